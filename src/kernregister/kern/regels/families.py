"""Importing this module registers every rule family."""

from kernregister.kern.regels import (
    inschrijving,
)

families = (inschrijving,)
