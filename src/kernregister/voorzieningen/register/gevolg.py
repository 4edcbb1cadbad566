"""What became of a melding, in one word: what a report of many meldingen counts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kernregister.kern.meldingen.toepassen import Mutatie, Soort


class Gevolg(StrEnum):
    """What became of a melding."""

    NIEUW = "nieuw"
    GEWIJZIGD = "gewijzigd"
    VERWIJDERD = "verwijderd"
    ONGEWIJZIGD = "ongewijzigd"
    """Accepted, and the register held it just so."""
    HERHAALD = "herhaald"
    """It came in before under the same UUID: the same answer, and nothing changed."""
    GEWEIGERD = "geweigerd"


def gevolg_van(mutaties: Sequence[Mutatie]) -> Gevolg:
    """Return what became of an accepted melding, given what it changed; what it tells of the person counts last."""
    for mutatie in sorted(mutaties, key=lambda een: een.sleutel.soort is Soort.PERSOON):
        if mutatie.na is None:
            return Gevolg.VERWIJDERD
        return Gevolg.NIEUW if mutatie.voor is None else Gevolg.GEWIJZIGD
    return Gevolg.ONGEWIJZIGD
