"""The institutions of the fictitious sector: how large, of which kind, where they teach and what they may give.

Their codes begin with 91 to 99 and have a K as first letter (vo schools a V, vso schools an S), their aanbieders and
locations in RIO begin with 9: no institution was ever given such a code.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from msgspec import Struct

from kernregister.fictief.opleidingen import CROSS_OVERS, UNIEK, Kwalificatie, kwalificaties, verzonnen
from kernregister.fictief.toeval import Toeval
from kernregister.kern.gegevens import Instelling, Soort
from kernregister.kern.regels.rio import INGANG
from kernregister.kern.tijd import Periode

MEESTE: Final = 60
STUDENTEN_PER_INSTELLING: Final = 400
"""A small sector has fewer institutions, so that each still has a few hundred students."""

VERLOPEN: Final = date(2021, 1, 1)
"""From this day on one aanbieder and one location of each institution are no longer valid, though still linked."""

NIVEAUS: Final = ("MBO-1", "MBO-2", "MBO-3", "MBO-4")
_LEDEN: Final = (
    *("De Zilverlinde", "Het Vuurbaken", "Oosterkroon", "De Wolkenmaker", "Vlierhoek"),
    *("De Koperen Kop", "Hazelsteyn", "De Zeven Ambachten", "Waterwende", "De Nieuwe Gilde"),
    *("Meerkoetlaan", "De Regenboogbrug", "Klaverpoort", "Het Kompas van Nergens", "De Stille Motor"),
    *("Zonnehoorn", "De Draaibank", "Rietvink", "De Papieren Haven", "Windewater"),
)
_SOORTNAMEN: Final = {
    Soort.BI: ("ROC", "Vakcollege", "Beroepscollege"),
    Soort.NBI: ("Opleidingen", "Vakschool", "Instituut"),
}
"""A regionaal opleidingencentrum (ROC) is always funded (WEB 1.3.1)."""


class Vestiging(NamedTuple):
    """Where a student is taught, as RIO knows it."""

    aanbieder: str
    locatie: str


class School(Struct, frozen=True):
    """An institution with all that its students' records are made of."""

    plaats: int
    instelling: Instelling
    gewicht: float
    vestigingen: tuple[Vestiging, ...]
    """Valid without end; students of the old one went to the first of these."""
    oud: Vestiging
    """Valid until the day of moving."""
    verlopen: Vestiging
    """Not valid since ``VERLOPEN``, though still linked."""
    overgedragen: Vestiging
    """Not linked since ``VERLOPEN``, though still valid."""
    aanbod: dict[str, tuple[Kwalificatie, ...]]
    odt: tuple[Kwalificatie, ...]
    mag_cross_over: bool
    locatiecode_vsv: str

    @property
    def code(self) -> str:
        """The institution's code."""
        return self.instelling.code

    @property
    def bi(self) -> bool:
        """Whether it is funded."""
        return self.instelling.soort is Soort.BI

    def volgnummer(self, nummer: int) -> str:
        """Return an inschrijvingvolgnummer in the way of this institution."""
        return (f"{nummer}", f"C{nummer}", f"{nummer:03d}")[self.plaats % 3]

    def rio_periode(self) -> Periode:
        """Return the time since RIO came into force for this kind of institution."""
        return Periode(INGANG[self.instelling.soort])


def aantal_voor(dossiers: int) -> int:
    """Return how many institutions a sector of this many dossiers has."""
    return max(3, min(MEESTE, dossiers // STUDENTEN_PER_INSTELLING))


def scholen(aantal: int, zaad: int) -> tuple[School, ...]:
    """Return the institutions, the first the largest. One in five is not funded."""
    return tuple(_school(plaats, zaad) for plaats in range(aantal))


def vo_code(nummer: int) -> str:
    """Return the code of a vo school (from 0)."""
    return _code(nummer, "V")


def vso_code(nummer: int) -> str:
    """Return the code of a vso school (from 0)."""
    return _code(nummer, "S")


def _code(nummer: int, letter: str) -> str:
    return f"{91 + nummer // 26}{letter}{chr(65 + nummer % 26)}"


def _school(plaats: int, zaad: int) -> School:
    toeval = Toeval(zaad, (1 << 39) + plaats)
    bi, uniek = plaats % 5 != 2, plaats % 10 == 1
    soort = Soort.BI if bi else Soort.NBI
    naam = f"{_SOORTNAMEN[soort][plaats // len(_LEDEN) % 3]} {_LEDEN[plaats % len(_LEDEN)]}"
    aanbod = _aanbod(toeval, bi)
    extra = verzonnen()
    if plaats % 3 == 0:
        aanbod["MBO-4"] += (extra[CROSS_OVERS[0]],)
    if uniek:
        aanbod["MBO-4"] += (extra[UNIEK[0]],)
    return School(
        plaats,
        Instelling(_code(plaats, "K"), naam, soort, uniek),
        (0.6 + toeval.trek()) / (1 + plaats / 20) * (1 if bi else 0.3),
        tuple(_vestiging(plaats, nummer) for nummer in range(1, toeval.getal(3, 8))),
        _vestiging(plaats, 800),
        _vestiging(plaats, 900),
        _vestiging(plaats, 950),
        aanbod,
        tuple(toeval.greep([k for niveau in NIVEAUS[1:] for k in aanbod[niveau][:6]], 4)),
        plaats % 3 == 0,
        f"999{plaats:03d}000001",
    )


def _vestiging(plaats: int, nummer: int) -> Vestiging:
    return Vestiging(f"9{plaats:02d}A{nummer:03d}", f"9{plaats:02d}X{nummer:03d}")


def _aanbod(toeval: Toeval, bi: bool) -> dict[str, tuple[Kwalificatie, ...]]:
    domeinen = list(dict.fromkeys(k.domein for k in kwalificaties()))
    eigen = toeval.greep(domeinen, toeval.getal(7, 13) if bi else toeval.getal(3, 5))
    aanbod = {}
    for niveau in NIVEAUS:
        alle = [k for k in kwalificaties() if k.niveau == niveau]
        passend = [k for k in alle if k.domein in eigen]
        aanbod[niveau] = tuple(passend if len(passend) >= 4 else toeval.greep(alle, 6))
    return aanbod
