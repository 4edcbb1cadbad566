"""The timeline as a picture: where each mark stands. The template draws it as SVG, with classes and no styles.

All is in whole units: a template writes a fraction as the language has it, and a picture knows no comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from kernregister.kern.tijd import OPEN, dagen_na
from kernregister.web.portaal.studentdossier.delen import Schrijver
from kernregister.web.portaal.studentdossier.gebeurtenissen import (
    TITELS,
    VROEGSTE_JAREN,
    Gebeurtenis,
    Groep,
    Teldatum,
)

PER_JAAR = 48
"""Width of a year where there are many, so that twenty are seen at once; a few years take the room that there is."""
RUIM, MEESTE_PER_JAAR = 1120, 260
RIJ = 30
"""Height of a row, of which the mark itself takes less."""
KOP = 24
"""Room for the name of a group, and for the years on top."""
MARGE = 12
LATER = 8
"""Years after today that the picture shows at most."""
KLEINSTE = 6
"""Width of the shortest bar."""


class Streep(Struct, frozen=True):
    """Something that lasted."""

    x: int
    y: int
    breedte: int
    gebeurtenis: Gebeurtenis
    loopt: bool
    """It lasts still."""

    @property
    def vlak(self) -> int:
        """Width of the bar inside its line."""
        return self.breedte - 2


class Punt(Struct, frozen=True):
    """Something that happened on a day."""

    x: int
    y: int
    gebeurtenis: Gebeurtenis


class Lijn(Struct, frozen=True):
    """A day that is drawn from top to bottom."""

    x: int
    titel: str


class Baan(Struct, frozen=True):
    """The name of a group, at the height where its rows begin."""

    y: int
    titel: str


class Tijdlijn(Struct, frozen=True):
    """The picture."""

    breedte: int
    hoogte: int
    jaren: tuple[Lijn, ...]
    teldata: tuple[Lijn, ...]
    vandaag: Lijn
    banen: tuple[Baan, ...]
    strepen: tuple[Streep, ...]
    punten: tuple[Punt, ...]


class _Schaal(Struct, frozen=True):
    begin: date
    eind: date
    per_jaar: int

    def x(self, dag: date) -> int:
        binnen = min(max(dag, self.begin), self.eind)
        return round(MARGE + (binnen - self.begin).days / 365.25 * self.per_jaar)


def teken(
    alle: Sequence[Gebeurtenis], dagen: Sequence[Teldatum], vandaag: date, s: Schrijver
) -> Tijdlijn | None:
    """Return where everything stands; None: there is nothing to draw."""
    if not alle:
        return None
    schaal = _schaal(alle, vandaag)
    y: int = KOP
    banen, strepen, punten = [], [], []
    for groep in Groep:
        eigen = [een for een in alle if een.groep is groep]
        if not eigen:
            continue
        banen.append(Baan(y + KOP - 8, s.tekst(*TITELS[groep])))
        y += KOP
        vol: list[int] = []
        for een in eigen:
            van, tot = schaal.x(een.begin), schaal.x(dagen_na(_laatste(een, vandaag), 1))
            breedte = max(tot - van, KLEINSTE)
            rij = _vrije_rij(vol, van, van + (RIJ if een.is_punt else breedte))
            hoogte = y + rij * RIJ
            if een.is_punt:
                punten.append(Punt(van, hoogte + RIJ // 2, een))
            else:
                strepen.append(Streep(van, hoogte, breedte, een, een.eind is None))
        y += len(vol) * RIJ + 6
    return Tijdlijn(
        schaal.x(schaal.eind) + MARGE,
        y,
        tuple(
            Lijn(schaal.x(date(jaar, 1, 1)), str(jaar))
            for jaar in range(schaal.begin.year, schaal.eind.year + 1)
        ),
        tuple(Lijn(schaal.x(een.dag), een.titel) for een in dagen),
        Lijn(schaal.x(vandaag), s.tekst("Vandaag", "Today")),
        tuple(banen),
        tuple(strepen),
        tuple(punten),
    )


def _laatste(een: Gebeurtenis, vandaag: date) -> date:
    """Return until when something is drawn: what lasts goes on to its planned end, or at least until today."""
    if een.eind is not None:
        return een.eind
    return max(een.gepland or vandaag, vandaag, een.begin)


def _schaal(alle: Sequence[Gebeurtenis], vandaag: date) -> _Schaal:
    eerste = min(een.begin for een in alle).year
    laatste = max(min(_laatste(een, vandaag), OPEN).year for een in alle)
    begin = min(max(eerste, vandaag.year - VROEGSTE_JAREN), vandaag.year)
    eind = max(min(laatste, vandaag.year + LATER), vandaag.year)
    per_jaar = max(PER_JAAR, min(RUIM // (eind + 1 - begin), MEESTE_PER_JAAR))
    return _Schaal(date(begin, 1, 1), date(eind, 12, 31), per_jaar)


def _vrije_rij(vol: list[int], van: int, tot: int) -> int:
    """Return the first row that is free from a place on, and take it up to another."""
    for rij, bezet in enumerate(vol):
        if bezet <= van:
            vol[rij] = tot
            return rij
    vol.append(tot)
    return len(vol) - 1
