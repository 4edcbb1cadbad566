"""What may happen to a person in the sandbox: they move, die, get a title or a burgerservicenummer.

Only in demo mode, and only with the built-in source.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.conf import settings
from msgspec.structs import replace

from kernregister.fictief.bevolking import bevolking
from kernregister.kern.dossier import Adres, Persoon, Verblijfstitel
from kernregister.kern.sleutels import Pgn, is_bsn
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.voorzieningen.personen.ingebouwd import neem_op, wijzig

T = TypeVar("T")


def vul(aantal: int, zaad: int, peildatum: date) -> int:
    """Fill the source with so many fictitious persons and return how many were new."""
    return _alleen_in_demo(lambda: neem_op(bevolking(aantal, zaad, peildatum)))


def verhuis(pgn: Pgn, adres: Adres) -> Persoon:
    """Give a person another address."""
    return _wijzig(pgn, lambda persoon: replace(persoon, adres=adres))


def overlijd(pgn: Pgn, op: date) -> Persoon:
    """Let a person have died on a day."""
    return _wijzig(pgn, lambda persoon: replace(persoon, datum_overlijden=op))


def geef_verblijfstitel(pgn: Pgn, code: str, begin: OnvolledigeDatum) -> Persoon:
    """Give a person a right of residence from a day on; the one they had ends on that day (exclusive)."""

    def met_titel(persoon: Persoon) -> Persoon:
        oude = tuple(
            replace(titel, datum_eind=begin) if titel.datum_eind is None else titel
            for titel in persoon.verblijfstitels
        )
        return replace(persoon, verblijfstitels=(*oude, Verblijfstitel(code, begin)))

    return _wijzig(pgn, met_titel)


def geef_bsn(pgn: Pgn, bsn: Pgn) -> Persoon:
    """Give a person with an onderwijsnummer a burgerservicenummer; the onderwijsnummer stays known.

    Raises:
        ValueError: it is no burgerservicenummer, or that of somebody else.
    """
    if not is_bsn(bsn):
        raise ValueError("verwacht negen cijfers die voldoen aan de elfproef van een burgerservicenummer")
    return _wijzig(pgn, lambda persoon: replace(persoon, burgerservicenummer=bsn))


def zet_geheim(pgn: Pgn, geheim: bool) -> Persoon:
    """Make the address of a person secret, or no longer."""
    return _wijzig(pgn, lambda persoon: replace(persoon, geheim=geheim))


def _wijzig(pgn: Pgn, verander: Callable[[Persoon], Persoon]) -> Persoon:
    return _alleen_in_demo(lambda: wijzig(pgn, verander))


def _alleen_in_demo(doe: Callable[[], T]) -> T:
    if not settings.DEMO:
        raise ValueError("de bron van persoonsgegevens kan alleen in de demo worden gewijzigd")
    return doe()
