"""What a delivery in bulk comes down to: refusals grouped by their cause, parents before children."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from msgspec import Struct

from kernregister.web.api import weergave
from kernregister.web.api.problemen import Taal
from kernregister.web.api.weergave import Meldingantwoord
from kernregister.web.leveringen.oorzaken import Oorzaken


class Groep(Struct, frozen=True, omit_defaults=True):
    """Refusals with one cause. ``gevolg`` counts meldingen that were refused only because one of these was."""

    regel: str
    soort: str
    tekst: str
    advies: str
    aantal: int
    gevolg: int = 0
    meldingen: tuple[UUID, ...] = ()


class Samenvatting(Struct, frozen=True):
    """What a delivery comes down to."""

    aantal: int
    aanvaard: int
    geweigerd: int
    onleesbaar: int
    groepen: tuple[Groep, ...]


class Bulkverslag:
    """Counts as answers come by."""

    def __init__(self, taal: Taal) -> None:
        self.taal = taal
        self._teller: Counter[str] = Counter()
        self._oorzaken = Oorzaken()

    def onleesbaar(self) -> None:
        """Count a line that is no melding."""
        self._teller["onleesbaar"] += 1

    def tel(self, melding: Any, antwoord: Meldingantwoord) -> None:
        """Count an answer, and see whether it follows from an earlier one."""
        self._teller["aanvaard" if antwoord.aanvaard else "geweigerd"] += 1
        self._oorzaken.tel(melding, antwoord)

    def samenvatting(self) -> Samenvatting:
        """Return what it comes down to."""
        groepen = tuple(
            Groep(
                een.regel,
                een.soort,
                *weergave.teksten(een.regel, self.taal),
                een.aantal,
                een.gevolg,
                tuple(een.meldingen),
            )
            for een in self._oorzaken.groepen
        )
        teller = self._teller
        return Samenvatting(
            sum(teller.values()), teller["aanvaard"], teller["geweigerd"], teller["onleesbaar"], groepen
        )
