"""What a delivery in bulk comes down to: refusals grouped by their cause, parents before children.

One refused enrolment drags its placements and results along. Mending the cause mends them all, so it is shown first,
with what follows from it, and what follows is not shown as trouble of its own.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from msgspec import Struct

from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.controles import GEEN_INSCHRIJVING, NIET_GEIDENTIFICEERD
from kernregister.web.api import weergave
from kernregister.web.api.problemen import Taal
from kernregister.web.api.weergave import Meldingantwoord

MEESTE_GENOEMD = 100
"""Ids that a group names; ``aantal`` tells how many there are."""

_VOLGORDE = {
    soort.__name__: plaats
    for plaats, soort in enumerate(
        (
            b.AanleverenIdentificatiePersoon,
            b.AanvragenVooropleiding,
            b.AanleverenInschrijving,
            b.AanleverenBpv,
            b.AanleverenDiploma,
            b.AanleverenResultaat,
            b.VerwijderenResultaat,
            b.VerwijderenBpv,
            b.VerwijderenInschrijving,
        )
    )
}


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


class _Telling:
    def __init__(self) -> None:
        self.aantal = self.gevolg = 0
        self.meldingen: list[UUID] = []


class Bulkverslag:
    """Counts as answers come by."""

    def __init__(self, taal: Taal) -> None:
        self.taal = taal
        self._teller: Counter[str] = Counter()
        self._groepen: dict[tuple[str, str], _Telling] = {}
        self._ouders: dict[tuple[str, ...], tuple[str, str]] = {}
        """What was refused and others hang on -> the group it is in."""

    def onleesbaar(self) -> None:
        """Count a line that is no melding."""
        self._teller["onleesbaar"] += 1

    def tel(self, melding: Any, antwoord: Meldingantwoord) -> None:
        """Count an answer, and see whether it follows from an earlier one."""
        sleutels = _hangt_aan(melding)
        if antwoord.aanvaard:
            self._teller["aanvaard"] += 1
            if eigen := _sleutel(melding):
                self._ouders.pop(eigen, None)
            return
        self._teller["geweigerd"] += 1
        codes = {bevinding.regel for bevinding in antwoord.bevindingen if bevinding.ernst == "fout"}
        oorzaak = None
        if codes and codes <= {GEEN_INSCHRIJVING.id, NIET_GEIDENTIFICEERD.id}:
            oorzaak = next((self._ouders[sleutel] for sleutel in sleutels if sleutel in self._ouders), None)
        if oorzaak is not None:
            self._groepen[oorzaak].gevolg += 1
        for code in sorted(codes) if oorzaak is None else ():
            groep = self._groepen.setdefault((antwoord.soort, code), _Telling())
            groep.aantal += 1
            if len(groep.meldingen) < MEESTE_GENOEMD:
                groep.meldingen.append(melding.id)
        if (eigen := _sleutel(melding)) and codes:
            self._ouders.setdefault(eigen, oorzaak or (antwoord.soort, min(codes)))

    def samenvatting(self) -> Samenvatting:
        """Return what it comes down to."""
        volgorde = sorted(
            self._groepen.items(), key=lambda een: (_VOLGORDE.get(een[0][0], 99), -een[1].aantal, een[0])
        )
        groepen = tuple(
            Groep(
                code,
                soort,
                *weergave.teksten(code, self.taal),
                groep.aantal,
                groep.gevolg,
                tuple(groep.meldingen),
            )
            for (soort, code), groep in volgorde
        )
        teller = self._teller
        return Samenvatting(
            sum(teller.values()), teller["aanvaard"], teller["geweigerd"], teller["onleesbaar"], groepen
        )


def _sleutel(melding: Any) -> tuple[str, ...] | None:
    """Return what other meldingen may hang on."""
    if isinstance(melding, b.AanleverenIdentificatiePersoon):
        return ("persoon", melding.pgn) if melding.pgn else None
    if isinstance(melding, b.AanleverenInschrijving):
        return "inschrijving", melding.pgn, melding.inschrijving.inschrijvingvolgnummer
    return None


def _hangt_aan(melding: Any) -> list[tuple[str, ...]]:
    """Return what a melding hangs on, the nearest first."""
    inhoud = getattr(melding, "diploma", None) or getattr(melding, "resultaat", None) or melding
    volgnummer = getattr(inhoud, "inschrijvingvolgnummer", None)
    uit: list[tuple[str, ...]] = [("inschrijving", melding.pgn, volgnummer)] if volgnummer else []
    return [*uit, ("persoon", melding.pgn)]
