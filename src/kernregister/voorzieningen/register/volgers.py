"""Who wants to know at once what a melding changed: rooms above this one subscribe when they are loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from msgspec import Struct

from kernregister.kern.dossier import Dossier
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


class Signaalwisseling(Struct, frozen=True):
    """The signals that a melding opened and closed."""

    geopend: tuple[Uitkomst, ...] = ()
    gesloten: tuple[Uitkomst, ...] = ()


Volger = Callable[[Sequence[Toegepast], datetime, date], dict[int, Signaalwisseling]]
"""Is told of a whole batch, in its transaction and in its order; tells per melding what that did to the signals."""

volgers: list[Volger] = []
"""Subscribed by the rooms above, in their ``AppConfig.ready()``."""


def vertel(toegepast: Sequence[Toegepast], nu: datetime, vandaag: date) -> dict[int, Signaalwisseling]:
    """Tell all followers, and bring together what they say of the signals."""
    uit: dict[int, Signaalwisseling] = {}
    for volger in volgers if toegepast else ():
        for melding, wisseling in volger(toegepast, nu, vandaag).items():
            eerder = uit.get(melding, Signaalwisseling())
            uit[melding] = Signaalwisseling(
                eerder.geopend + wisseling.geopend, eerder.gesloten + wisseling.gesloten
            )
    return uit
