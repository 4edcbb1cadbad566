"""The door of the persons: who they are by number. Everything works on the connection of the apply step."""

from kernregister.voorzieningen.personen.nummers import (
    Koppeling,
    Koppeluitslag,
    Nummers,
    gaat_op_in,
    haal_uiteen,
    koppel_bsn,
    maak,
    nummers_van,
    pseudoniem,
    vergrendel,
    voeg_samen,
    zoek,
)

__all__ = [
    "Koppeling",
    "Koppeluitslag",
    "Nummers",
    "gaat_op_in",
    "haal_uiteen",
    "koppel_bsn",
    "maak",
    "nummers_van",
    "pseudoniem",
    "vergrendel",
    "voeg_samen",
    "zoek",
]
