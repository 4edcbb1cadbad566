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
    """A block of rows over the same columns, with DUO's heading and what it says is counted.

    ``zonder_bekostiging`` and ``uitleg_zonder`` are the heading and the explanation at an NBI.
    """

    blok: str
    titel: Tekst
    rijen: tuple[Telrij, ...]
    kolommen: Kolommen
    uitleg: Tekst
    totaal: bool = True
    alleen_bi: bool = False
    zonder_bekostiging: Tekst | None = None
    uitleg_zonder: Tekst | None = None


_BOL = Telrij("BOL", Tekst("BOL inschrijvingen", "BOL enrolments"))
_BBL = Telrij("BBL", Tekst("BBL inschrijvingen", "BBL enrolments"))

ONDERBLOK: tuple[Telblok, ...] = (
    Telblok(
        "Inschrijvingen bekostigbaar",
        Tekst("Aantal inschrijvingen MBO bekostigbaar", "Number of fundable enrolments in mbo"),
        (_BOL, _BBL),
        Kolommen.TELDATA,
        Tekst(
            "Het aantal voor bekostiging in aanmerking gebrachte BOL- en BBL-inschrijvingen dat is geregistreerd en "
            "dat geldig is op 1-10 c.q. 1-2 van het gevraagde studiejaar.",
            "The number of BOL and BBL enrolments put forward for funding that are registered, and valid on 1-10 or "
            "1-2 of the studiejaar that was asked for.",
        ),
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
        Tekst(
            "Het aantal (niet voor bekostiging in aanmerking gebrachte) BOL- en BBL-inschrijvingen en het aantal "
            "examen-inschrijvingen dat is geregistreerd en dat geldig is op 1-10 c.q. 1-2 van het gevraagde "
            "studiejaar.",
            "The number of BOL and BBL enrolments that are not put forward for funding, and of examination enrolments, "
            "that are registered, and valid on 1-10 or 1-2 of the studiejaar that was asked for.",
        ),
        uitleg_zonder=Tekst(
            "Het aantal BOL- en BBL-inschrijvingen dat is geregistreerd en dat geldig is op 1-10 c.q. 1-2 van het "
            "gevraagde studiejaar.",
            "The number of BOL and BBL enrolments that are registered, and valid on 1-10 or 1-2 of the studiejaar that "
            "was asked for.",
        ),
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
        Tekst(
            "Het aantal OVO- en ODT-inschrijvingen dat is geregistreerd en dat geldig is in het gevraagde studiejaar.",
            "The number of OVO and ODT enrolments that are registered, and valid in the studiejaar that was asked for.",
        ),
    ),
    Telblok(
        "BPV's",
        Tekst("Aantal BPV's in studiejaar", "Number of placements (BPV) in the studiejaar"),
        (Telrij("BPV's", Tekst("BPV's", "Placements (BPV)")),),
        Kolommen.STUDIEJAAR,
        Tekst(
            "Het aantal BPV's met een startdatum tussen 01-08 en 31-07 van het gevraagde studiejaar.",
            "The number of placements that begin between 01-08 and 31-07 of the studiejaar that was asked for.",
        ),
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
        Tekst(
            "Het aantal mbo-diploma's (waar de indicatie bekostigbaar 'Ja' of 'Nee' is geleverd) dat behaald is per "
            "kalenderjaar van het gevraagde studiejaar.",
            "The number of mbo diplomas (delivered as fundable or as not fundable) obtained in each calendar year of "
            "the studiejaar that was asked for.",
        ),
        uitleg_zonder=Tekst(
            "Het aantal mbo-diploma's dat behaald is per kalenderjaar van het gevraagde studiejaar.",
            "The number of mbo diplomas obtained in each calendar year of the studiejaar that was asked for.",
        ),
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
        Tekst(
            "Uitschrijving zonder diploma, maar wel met resultaat: het aantal onderdelen per kalenderjaar van het "
            "gevraagde studiejaar.",
            "End of an enrolment without a diploma, but with a result: the number of parts in each calendar year of "
            "the studiejaar that was asked for.",
        ),
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
    return blok._replace(
        titel=blok.zonder_bekostiging or blok.titel, rijen=rijen, uitleg=blok.uitleg_zonder or blok.uitleg
    )


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
