"""The lower part of DUO's dashboard as it is laid out: blocks, rows and labels, in DUO's order (Handleiding, h. 06).

What an institution without funding (NBI) has no part in is absent there, and its labels do not speak of funding.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kernregister.kern.gegevens import Soort
from kernregister.kern.overzichten.dashboard import Cel
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.tijd import Studiejaar


class Kolommen(StrEnum):
    """Over what the columns of a block run."""

    TELDATA = "teldata"
    STUDIEJAAR = "studiejaar"
    JAREN = "jaren"
    """The calendar years that the studiejaar touches."""


class Telrij(NamedTuple):
    """A row: its name in the counts, and DUO's label. ``zonder_bekostiging`` is the label at an NBI."""

    rij: str
    label: Tekst
    alleen_bi: bool = False
    zonder_bekostiging: Tekst | None = None


class Telblok(NamedTuple):
    """A block of rows over the same columns, with DUO's heading."""

    blok: str
    titel: Tekst
    rijen: tuple[Telrij, ...]
    kolommen: Kolommen
    totaal: bool = True
    alleen_bi: bool = False
    zonder_bekostiging: Tekst | None = None


_BOL = Telrij("BOL", Tekst("BOL inschrijvingen", "BOL enrolments"))
_BBL = Telrij("BBL", Tekst("BBL inschrijvingen", "BBL enrolments"))

ONDERBLOK: tuple[Telblok, ...] = (
    Telblok(
        "Inschrijvingen bekostigbaar",
        Tekst("Aantal inschrijvingen MBO bekostigbaar", "Number of fundable enrolments in mbo"),
        (_BOL, _BBL),
        Kolommen.TELDATA,
        alleen_bi=True,
    ),
    Telblok(
        "Inschrijvingen niet bekostigbaar",
        Tekst("Aantal inschrijvingen MBO niet bekostigbaar", "Number of enrolments in mbo, not fundable"),
        (
            _BOL,
            _BBL,
            Telrij("Examen", Tekst("Examen inschrijvingen", "Examination enrolments"), alleen_bi=True),
        ),
        Kolommen.TELDATA,
        zonder_bekostiging=Tekst("Aantal inschrijvingen MBO", "Number of enrolments in mbo"),
    ),
    Telblok(
        "Derde leerweg",
        Tekst("Aantal inschrijvingen MBO derde leerweg", "Number of enrolments in mbo, third learning path"),
        (
            Telrij("OVO", Tekst("OVO inschrijvingen", "OVO enrolments")),
            Telrij("ODT", Tekst("ODT inschrijvingen", "ODT enrolments")),
        ),
        Kolommen.STUDIEJAAR,
    ),
    Telblok(
        "BPV's",
        Tekst("Aantal BPV's in studiejaar", "Number of placements (BPV) in the studiejaar"),
        (Telrij("BPV's", Tekst("BPV's", "Placements (BPV)")),),
        Kolommen.STUDIEJAAR,
        totaal=False,
    ),
    Telblok(
        "Diploma's",
        Tekst("Diploma's", "Diplomas"),
        (
            Telrij(
                "bekostigbaar", Tekst("MBO diploma's bekostigbaar", "Fundable mbo diplomas"), alleen_bi=True
            ),
            Telrij(
                "niet bekostigbaar",
                Tekst("MBO diploma's niet bekostigbaar", "Mbo diplomas, not fundable"),
                zonder_bekostiging=Tekst("MBO diploma's", "Mbo diplomas"),
            ),
        ),
        Kolommen.JAREN,
        totaal=False,
    ),
    Telblok(
        "Losse resultaten",
        Tekst("'Losse' resultaten", "'Loose' results"),
        (
            Telrij(
                "Generieke examenonderdelen", Tekst("Generieke examenonderdelen", "Generic exam subjects")
            ),
            Telrij("Keuzedelen", Tekst("Keuzedelen", "Electives (keuzedelen)")),
            Telrij("AMvB-onderdelen", Tekst("AMvB onderdelen", "Parts asked for by decree (AMvB)")),
        ),
        Kolommen.JAREN,
        totaal=False,
    ),
)
"""The blocks under the double enrolments, in DUO's order."""

TOTAAL = "totaal"
"""The row that adds up the rows of its block; counted by nobody, and no `Cel` has it."""


def telblokken(soort: Soort) -> tuple[Telblok, ...]:
    """Return the blocks as an institution of a kind has them."""
    if soort is Soort.BI:
        return ONDERBLOK
    return tuple(_zonder_bekostiging(blok) for blok in ONDERBLOK if not blok.alleen_bi)


def _zonder_bekostiging(blok: Telblok) -> Telblok:
    rijen = tuple(
        rij._replace(label=rij.zonder_bekostiging or rij.label) for rij in blok.rijen if not rij.alleen_bi
    )
    return blok._replace(titel=blok.zonder_bekostiging or blok.titel, rijen=rijen)


def kolommen_van(blok: Telblok, studiejaar: Studiejaar) -> tuple[str, ...]:
    """Return the columns of a block by their name in the counts."""
    match blok.kolommen:
        case Kolommen.TELDATA:
            return "1-10", "1-2"
        case Kolommen.JAREN:
            return str(studiejaar.start), str(studiejaar.start + 1)
        case _:
            return ("studiejaar",)


def cellen_van(blok: Telblok, rij: str, kolom: str) -> tuple[Cel, ...]:
    """Return the cells that a number adds up: one, or those of all rows for the total; none: it is not there."""
    namen = [een.rij for een in blok.rijen]
    if rij == TOTAAL and blok.totaal:
        return tuple((blok.blok, naam, kolom) for naam in namen)
    return ((blok.blok, rij, kolom),) if rij in namen else ()
