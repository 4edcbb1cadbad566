"""Refusals counted by their cause, parents before children.

One refused enrolment drags its placements and results along. Mending the cause mends them all, so it is counted first,
with what follows from it, and what follows is not counted as trouble of its own.
"""

from __future__ import annotations

from typing import Any, Final, Protocol
from uuid import UUID

from msgspec import Struct, field

from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.controles import GEEN_INSCHRIJVING, NIET_GEIDENTIFICEERD

MEESTE_GENOEMD: Final = 100
"""Ids that a cause names; ``aantal`` tells how many there are."""

VOLGORDE: Final = {
    soort.__name__: plaats
    for plaats, soort in enumerate(
        (
            b.AanleverenIdentificatiePersoon,
            b.AanvragenVooropleiding,
            b.AanleverenInschrijving,
            b.OvernemenInschrijving,
            b.AanleverenBpv,
            b.AanleverenDiploma,
            b.OvernemenDiploma,
            b.AanleverenResultaat,
            b.OvernemenResultaat,
            b.VerwijderenResultaat,
            b.VerwijderenBpv,
            b.VerwijderenInschrijving,
        )
    )
}
"""Kinds of melding in the order in which they are mended: what others hang on first."""


class Antwoord(Protocol):
    """What is counted: an answer of the register, or that answer as the API shows it."""

    @property
    def soort(self) -> str:
        """The kind of melding."""

    @property
    def aanvaard(self) -> bool:
        """Whether it was accepted."""

    @property
    def bevindingen(self) -> tuple[Any, ...]:
        """What was found."""


class Oorzaak(Struct):
    """Refusals of a kind of melding with one cause. ``gevolg`` counts those refused only because one of these was."""

    soort: str
    regel: str
    aantal: int = 0
    gevolg: int = 0
    meldingen: list[UUID] = field(default_factory=list)


class Oorzaken:
    """Counts as answers come by, in the order of the meldingen."""

    def __init__(self) -> None:
        self._groepen: dict[tuple[str, str], Oorzaak] = {}
        self._ouders: dict[tuple[str, ...], tuple[str, str]] = {}
        """What was refused and others hang on -> the group it is in."""

    def tel(self, melding: Any, antwoord: Antwoord) -> bool:
        """Count an answer; return whether it is a refusal that follows from an earlier one."""
        if antwoord.aanvaard:
            if eigen := _sleutel(melding):
                self._ouders.pop(eigen, None)
            return False
        codes = {bevinding.regel for bevinding in antwoord.bevindingen if bevinding.ernst == "fout"}
        oorzaak = None
        if codes and codes <= {GEEN_INSCHRIJVING.id, NIET_GEIDENTIFICEERD.id}:
            aan = (self._ouders[sleutel] for sleutel in _hangt_aan(melding) if sleutel in self._ouders)
            oorzaak = next(aan, None)
        if oorzaak is not None:
            self._groepen[oorzaak].gevolg += 1
        for code in sorted(codes) if oorzaak is None else ():
            groep = self._groepen.setdefault((antwoord.soort, code), Oorzaak(antwoord.soort, code))
            groep.aantal += 1
            if len(groep.meldingen) < MEESTE_GENOEMD:
                groep.meldingen.append(melding.id)
        if (eigen := _sleutel(melding)) and codes:
            self._ouders.setdefault(eigen, oorzaak or (antwoord.soort, min(codes)))
        return oorzaak is not None

    @property
    def groepen(self) -> list[Oorzaak]:
        """The causes, in the order in which they are mended, the largest first."""
        return sorted(
            self._groepen.values(), key=lambda een: (VOLGORDE.get(een.soort, 99), -een.aantal, een.regel)
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
