"""Who wants to know at once what a melding changed, or has a say before it: rooms above this one subscribe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Bekostigingswijziging
from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.terugkoppeling import Terugmelding
from kernregister.kern.meldingen.toepassen import Mutatie
from kernregister.kern.regels.motor import Uitkomst


class Toegepast(Struct, frozen=True):
    """A melding of the batch that was accepted: the dossier before and after it, and what changed in it."""

    melding: int
    persoon: int
    voor: Dossier
    na: Dossier
    afzender: str
    mutaties: tuple[Mutatie, ...]


class Doorwerking(Struct, frozen=True):
    """What a melding worked through to: signals that it opened and closed, and its sender's provisional funding."""

    geopend: tuple[Uitkomst, ...] = ()
    gesloten: tuple[Uitkomst, ...] = ()
    bekostiging: tuple[Bekostigingswijziging, ...] = ()


Volger = Callable[[Sequence[Toegepast], datetime, date], dict[int, Doorwerking]]
"""Is told of a whole batch, in its transaction and in its order; tells per melding what that did."""

volgers: list[Volger] = []
"""Subscribed by the rooms above, in their ``AppConfig.ready()``."""


Wachter = Callable[[str, Dossier, Sequence[Mutatie], date], tuple[Terugmelding, ...]]
"""Is shown a melding that the rules accept: its sender, the dossier as it is, what would change, and the day.

A finding with ernst ``fout`` refuses it after all; a ``waarschuwing`` goes along in the answer.
"""

wachters: list[Wachter] = []
"""Subscribed like followers."""


def bezwaren(
    afzender: str, dossier: Dossier, mutaties: Sequence[Mutatie], vandaag: date
) -> tuple[Terugmelding, ...]:
    """Return what those who have a say find of a melding that the rules accept."""
    return tuple(een for wachter in wachters for een in wachter(afzender, dossier, mutaties, vandaag))


def vertel(toegepast: Sequence[Toegepast], nu: datetime, vandaag: date) -> dict[int, Doorwerking]:
    """Tell all followers, and bring together what they say."""
    uit: dict[int, Doorwerking] = {}
    for volger in volgers if toegepast else ():
        for melding, nieuw in volger(toegepast, nu, vandaag).items():
            eerder = uit.get(melding, Doorwerking())
            uit[melding] = Doorwerking(
                eerder.geopend + nieuw.geopend,
                eerder.gesloten + nieuw.gesloten,
                eerder.bekostiging + nieuw.bekostiging,
            )
    return uit
