"""What stands around the figures: how many signals are open, what the week did, what is at stake, two plots."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.kwaliteit import public as kwaliteit

WEKEN: Final = 26
"""How far back the trend goes."""

KLASSEN: Final = {
    "0-7": Tekst("0 tot 7 dagen", "0 to 7 days"),
    "8-30": Tekst("8 tot 30 dagen", "8 to 30 days"),
    "31-90": Tekst("31 tot 90 dagen", "31 to 90 days"),
    "91-365": Tekst("91 dagen tot een jaar", "91 days to a year"),
    "366+": Tekst("meer dan een jaar", "more than a year"),
}
_OPEN: Final = Tekst("Open signalen", "Open signals")


class Belang(Struct, frozen=True):
    """What does not count for reasons that the institution itself can mend, and what it would contribute."""

    jaar: int
    inschrijvingen: int
    waarde: Decimal


class Samenvatting(Struct, frozen=True):
    """The figures of a day beside those of DUO."""

    opening: kwaliteit.Opening
    geopend: int
    """In the seven days up to it."""
    gesloten: int
    belang: Belang | None
    """None: not for this visitor, or not of this institution."""
    verloop: list[tuple[Tekst, list[tuple[Any, int]]]]
    veroudering: list[tuple[Tekst, int]]
    laatste: date | None
    """The last day that is counted, where that is not today."""


def samenvatting(instelling: str, met_belang: bool, vandaag: date, stand: date | None = None) -> Samenvatting:
    """Return what is open at an institution now or at a stand; inside ``met_pas``.

    Args:
        instelling: its code.
        met_belang: whether what is at stake for the funding is told: that is known of now only.
        vandaag: the day it is.
        stand: per which day; the day before it is the last that is counted. None: now.
    """
    tot = stand or vandaag + timedelta(days=1)
    laatste = tot - timedelta(days=1) if stand else None
    punten = kwaliteit.verloop(tot - timedelta(weeks=WEKEN), tot, "week", instelling)
    opening = kwaliteit.opening(instelling, laatste)
    return Samenvatting(
        opening=opening,
        geopend=punten[-1].geopend,
        gesloten=punten[-1].gesloten,
        belang=_belang(instelling) if met_belang and not stand else None,
        verloop=[(_OPEN, [(punt.begin + timedelta(days=6), punt.open) for punt in punten])],
        veroudering=[(naam, opening.per_klasse.get(klasse, 0)) for klasse, naam in KLASSEN.items()],
        laatste=laatste,
    )


def _belang(instelling: str) -> Belang | None:
    jaar = Bekostigingsjaar.van(Studiejaar.van(klok.vandaag()))
    try:
        regels = bekostigen.prognose(instelling, jaar.jaar, "opleiding")
    except bekostigen.Bekostigingsfout:
        return None
    # Of 1 February it works through in the correction factor only: adding the two up would count twice.
    eerste = [een for een in regels if een.soort == "inschrijving" and een.teldatum == jaar.teldata[0]]
    return Belang(
        jaar.jaar,
        sum(een.op_het_spel for een in eerste),
        sum((een.op_het_spel_waarde for een in eerste), Decimal(0)),
    )
