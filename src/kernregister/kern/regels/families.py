"""Importing this module registers every rule family."""

from kernregister.kern.regels import (
    bpv,
    dubbel,
    inschrijving,
    inschrijving_opleiding,
    inschrijving_rio,
    persoon,
    resultaat,
    resultaat_rio,
)

families = (
    persoon,
    inschrijving,
    inschrijving_rio,
    inschrijving_opleiding,
    bpv,
    resultaat,
    resultaat_rio,
    dubbel,
)
