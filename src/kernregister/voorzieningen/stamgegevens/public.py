"""The door of the room: reference data by version, look-ups, recognitions, and importing and activating lists.

A version is made by an import (`laad`), is a concept until `activeer`, and never changes. What rules read is
`gegevens`; a code of a list is `opzoeken`, a page of it `lijst`.
"""

from __future__ import annotations

from pathlib import Path

from kernregister.kern.gegevens import Gegevens
from kernregister.voorzieningen.stamgegevens.actions import (
    Sleutels,
    Stamgegevensfout,
    Telling,
    Uitslag,
    Volger,
    activeer,
    geraakt,
    herstel,
    laad,
    volgers,
)
from kernregister.voorzieningen.stamgegevens.erkenningen import (
    Erkenningen,
    Erkenningsbron,
    erkenningen,
    erkenningen_beschikbaar,
    gebruik,
)
from kernregister.voorzieningen.stamgegevens.inlezen import Invoerfout
from kernregister.voorzieningen.stamgegevens.lijsten import LIJSTEN, Lijst
from kernregister.voorzieningen.stamgegevens.manifest import lees_beginset, lees_bronnen
from kernregister.voorzieningen.stamgegevens.queries import (
    gegevens,
    gegevens_van,
    is_actueel,
    lijst,
    namen,
    opzoeken,
    overzicht,
    versie,
)
from kernregister.voorzieningen.stamgegevens.uit_gegevens import toevoer_van
from kernregister.voorzieningen.stamgegevens.verschil import Verschil

__all__ = [
    "LIJSTEN",
    "Erkenningen",
    "Erkenningsbron",
    "Invoerfout",
    "Lijst",
    "Sleutels",
    "Stamgegevensfout",
    "Telling",
    "Uitslag",
    "Verschil",
    "Volger",
    "activeer",
    "erkenningen",
    "erkenningen_beschikbaar",
    "gebruik",
    "gegevens",
    "gegevens_van",
    "geraakt",
    "herstel",
    "is_actueel",
    "laad",
    "laad_beginset",
    "laad_bestanden",
    "laad_gegevens",
    "lijst",
    "namen",
    "opzoeken",
    "overzicht",
    "versie",
    "volgers",
]


def laad_bestanden(paden: list[Path], door: str) -> Uitslag:
    """Import manifests, and files named after their list, as one concept.

    Raises:
        OnbruikbaarBestand: a manifest is wrong, or a file has the name of no list.
        Invoerfout: files cannot be used, or have faults; it names them all, and nothing is kept.
    """
    return laad(lees_bronnen(paden), door)


def laad_beginset(door: str) -> Uitslag:
    """Import the set that comes along: programmes of 2015 (not current), BRP tables and generic exam parts."""
    return laad(lees_beginset(), door)


def laad_gegevens(gegevens: Gegevens, door: str, reden: str) -> int:
    """Import reference data that are there already, such as those of the fictitious sector, and make them active.

    Lists that they do not hold stay as they are. Returns the number of the version that is active then.
    """
    uitslag = laad(toevoer_van(gegevens, reden), door)
    if uitslag.versie != versie():
        activeer(uitslag.versie, door, reden)
    return uitslag.versie
