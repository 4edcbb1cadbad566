"""The source of person data (BRP, through DUO) as an adapter: what is asked of it, and which one is in use."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from msgspec import Struct

from kernregister.kern.dossier import Persoon
from kernregister.kern.sleutels import Pgn
from kernregister.voorzieningen.personen.personalia import Personalia

INGEBOUWD = "kernregister.voorzieningen.personen.ingebouwd.IngebouwdeBron"
"""The source in use unless ``KERNREGISTER_PERSONENBRON`` names another by its dotted path."""


class Bronwijzigingen(Struct, frozen=True):
    """Persons whose data changed, as they are now, and where to go on asking; ``tot`` means something to the source."""

    personen: tuple[Persoon, ...]
    tot: str


class Personenbron(Protocol):
    """A source of person data. It answers as of now, with both numbers of a person as far as they have them.

    Every method may raise ``OSError`` when the source cannot be reached; nothing was changed then.
    """

    def personen(self, pgns: Collection[Pgn]) -> dict[Pgn, Persoon]:
        """Return the persons behind numbers; an onderwijsnummer still leads to who has a burgerservicenummer now."""

    def kandidaten(self, vraag: Personalia) -> tuple[Persoon, ...]:
        """Return all persons who may be meant by an extended set: those that differ from it in one field at most."""

    def geef_onderwijsnummer(self, vraag: Personalia) -> Persoon:
        """Register somebody whom nobody knows and return them with a new onderwijsnummer.

        Whoever asks for the same person at the same time gets the same number.
        """

    def gewijzigd(self, na: str, aantal: int) -> Bronwijzigingen:
        """Return whose data changed since an earlier answer (empty: since the beginning), so many at most."""


@lru_cache(maxsize=1)
def bron() -> Personenbron:
    """Return the source in use.

    Raises:
        ImportError: the setting names something that is not there.
    """
    soort = import_string(settings.OMGEVING.waarden.get("KERNREGISTER_PERSONENBRON") or INGEBOUWD)
    gemaakt: Personenbron = soort()
    return gemaakt
