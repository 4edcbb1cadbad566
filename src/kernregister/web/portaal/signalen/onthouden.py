"""Pages of the work list that are asked for again are not worked out again, as long as nothing on them changed.

What somebody sees follows from their pass, so each pass has answers of its own. They hold by a mark of the list; what
records are worth has no mark, and is at most half a minute old.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from kernregister.platform import klok
from kernregister.platform.geheugen import onthoud
from kernregister.platform.pas import Pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.signalen.wens import belang

HOOGUIT: Final = 30
"""Seconds that what a record is worth may be old."""

_Merk = tuple[date, int, kwaliteit.Merk]


def _met_de_dag(merk: kwaliteit.Merk) -> _Merk:
    return klok.vandaag(), int(klok.nu().timestamp()) // HOOGUIT, merk


def oorzaken(
    bezoek: Bezoek,
    merk: kwaliteit.Merk,
    wens: kwaliteit.Wens,
    volgorde: kwaliteit.Volgorde,
    na: tuple[str, Any] | None,
    aantal: int,
) -> kwaliteit.Oorzaken:
    """Return a page of causes as the visitor sees them, while the list has this mark; inside ``met_pas``."""
    return _oorzaken(bezoek.pas, _met_de_dag(merk), bezoek.naam, wens, volgorde, na, aantal, belang(bezoek))


@onthoud(128)
def _oorzaken(
    pas: Pas,
    merk: _Merk,
    ik: str,
    wens: kwaliteit.Wens,
    volgorde: kwaliteit.Volgorde,
    na: tuple[str, Any] | None,
    aantal: int,
    waarde: str,
) -> kwaliteit.Oorzaken:
    return kwaliteit.oorzaken(wens, volgorde=volgorde, ik=ik, na=na, aantal=aantal, belang=waarde)


def werkregels(
    bezoek: Bezoek,
    merk: kwaliteit.Merk,
    wens: kwaliteit.Wens,
    volgorde: kwaliteit.Volgorde,
    na: tuple[str, Any] | None,
    aantal: int,
) -> kwaliteit.Werkbladzijde:
    """Return a page of signals as the visitor sees them, while the list has this mark; inside ``met_pas``."""
    return _werkregels(bezoek.pas, _met_de_dag(merk), wens, volgorde, na, aantal, belang(bezoek))


@onthoud(128)
def _werkregels(
    pas: Pas,
    merk: _Merk,
    wens: kwaliteit.Wens,
    volgorde: kwaliteit.Volgorde,
    na: tuple[str, Any] | None,
    aantal: int,
    waarde: str,
) -> kwaliteit.Werkbladzijde:
    return kwaliteit.werkregels(wens, volgorde=volgorde, na=na, aantal=aantal, belang=waarde)
