"""The figures laid out as DUO does it: its rows, in its order, under its labels (Handleiding, h. 06)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from kernregister.kern.gegevens import Bron
from kernregister.kern.gegevens import Soort as Instellingsoort
from kernregister.kern.overzichten.telblokken import TOTAAL, Kolommen, Telblok, kolommen_van, telblokken
from kernregister.kern.regels.paspoort import Groep, Tekst
from kernregister.kern.regels.woorden import WOORDEN
from kernregister.kern.tijd import Studiejaar
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.portaal.dashboard.vraag import TOTAALRIJ, Dashboardvraag


class Cel(Struct, frozen=True):
    """A cell: a number with the query of who stands behind it; or, without a number, why there is none."""

    aantal: int | None = None
    adres: str = ""
    reden: Tekst | None = None


class Rij(Struct, frozen=True):
    """A row. ``code`` is the rule that it counts, where it counts one."""

    label: Tekst
    cellen: tuple[Cel, ...]
    merk: str = ""
    code: str = ""
    totaal: bool = False


class Blok(Struct, frozen=True):
    """A block: heading, names of the columns, rows."""

    titel: Tekst
    kolommen: tuple[Tekst, ...]
    rijen: tuple[Rij, ...]
    letter: str = ""
    over: Tekst | None = None
    """Over what the columns run."""
    uitleg: Tekst | None = None
    """What is counted, in the words of the manual."""


_GROEPEN: Final = {
    Groep.PERSOON: Tekst("Persoonsgegevens", "Personal data"),
    Groep.INSCHRIJVING: Tekst("Inschrijvingsgegevens", "Enrolment data"),
    Groep.BPV: Tekst("BPV-gegevens", "Placement (BPV) data"),
    Groep.RESULTAAT: Tekst("Resultaatgegevens", "Result data"),
}
_DUBBEL: Final = Tekst("Dubbele Inschrijvingen", "Double enrolments")
_DUBBEL_PER_TELDATUM: Final = Tekst(
    "Dubbele Inschrijvingen per teldatum", "Double enrolments on each counting date"
)
_DUBBEL_UITLEG: Final = Tekst(
    "Het aantal dubbele inschrijvingen waarvan de leerroutefase mbo afwijkt van de fase vo of vso. Dit wordt op de "
    "eerste van elke maand beoordeeld.",
    "The number of double enrolments of which the leerroutefase in mbo differs from that in vo or vso. This is judged "
    "on the first of each month.",
)
_TELDATUM_UITLEG: Final = Tekst(
    "Het aantal studenten met meer dan één inschrijving op de teldatum 01-10 of 01-02.",
    "The number of students with more than one enrolment on the counting date 01-10 or 01-02.",
)
_MAANDELIJKS: Final = frozenset({"E01", "E02"})
"""Rules that are judged on the first of each month."""
_AANTAL: Final = Tekst("Aantal", "Number")
_TELDATUM: Final = Tekst("Teldatum", "Counting date")
_JAAR: Final = Tekst("Jaar", "Year")
_HUIDIG: Final = Tekst("Huidig studiejaar", "Current studiejaar")
_GEEN: Final = Cel()
_NOG_NIET: Final = Tekst("nog niet", "not yet")


def boven(beeld: kwaliteit.Dashboardbeeld, vraag: Dashboardvraag) -> list[Blok]:
    """Return the upper blocks: the counts of signals of groups A to D that apply to the institution."""
    blokken = []
    for groep, titel in _GROEPEN.items():
        rijen = tuple(
            Rij(een.label, (_telling(een, "", vraag),), een.merk, een.regel)
            for een in beeld.signalen
            if een.groep == groep.value and een.van_toepassing
        )
        blokken.append(Blok(titel, (_AANTAL,), rijen, groep.value))
    return blokken


def onder(beeld: kwaliteit.Dashboardbeeld, vraag: Dashboardvraag, soort: Instellingsoort) -> list[Blok]:
    """Return the lower blocks: double enrolments, and how many records of each kind there are."""
    studiejaar = Studiejaar.lees(beeld.studiejaar)
    geteld = {(cel.blok, cel.rij, cel.kolom): cel.aantal for cel in beeld.cellen}
    jaar = _HUIDIG if studiejaar == Studiejaar.van(beeld.stand_per) else _studiejaar(studiejaar)
    return [*_dubbel(beeld, vraag), *_telblokken(geteld, soort, studiejaar, vraag, jaar)]


def _studiejaar(jaar: Studiejaar) -> Tekst:
    geschreven = str(jaar).replace("-", "/")
    return Tekst(f"Studiejaar {geschreven}", f"Studiejaar {geschreven}")


def _dubbel(beeld: kwaliteit.Dashboardbeeld, vraag: Dashboardvraag) -> Iterator[Blok]:
    """Give the double enrolments: what is judged every month, and what is judged on each teldatum."""
    groep = [een for een in beeld.signalen if een.groep == Groep.DUBBEL.value and een.van_toepassing]
    maandelijks = tuple(
        Rij(een.label, (_telling(een, "", vraag),), een.merk, een.regel)
        for een in groep
        if een.regel in _MAANDELIJKS
    )
    if maandelijks:
        yield Blok(_DUBBEL, (_AANTAL,), maandelijks, "E", uitleg=_DUBBEL_UITLEG)
    rijen = []
    for een in groep:
        if een.regel not in _MAANDELIJKS:
            eerste = _telling(een, "1-10", vraag)
            rijen.append(
                Rij(
                    een.label,
                    (eerste, _GEEN if een.ontbreekt else _telling(een, "1-2", vraag)),
                    een.merk,
                    een.regel,
                )
            )
    kolommen = (Tekst("1-10", "1-10"), Tekst("1-2", "1-2"))
    yield Blok(_DUBBEL_PER_TELDATUM, kolommen, tuple(rijen), "E", _TELDATUM, _TELDATUM_UITLEG)


def _telling(een: kwaliteit.Signaaltelling, kolom: str, vraag: Dashboardvraag) -> Cel:
    if een.ontbreekt:
        return Cel(reden=_niet_te_beoordelen(een.ontbreekt))
    if kolom not in een.aantallen:
        return _GEEN
    aantal = een.aantallen[kolom]
    if aantal is None:
        return Cel(reden=_NOG_NIET)
    return Cel(aantal, vraag.adres(regel=een.regel, kolom=kolom) if aantal else "")


def _niet_te_beoordelen(ontbreekt: tuple[str, ...]) -> Tekst:
    """Return that a rule could not be judged, with what is missing in words."""
    namen = [WOORDEN[Bron(een)] if een in set(Bron) else Tekst(een, een) for een in ontbreekt]
    return Tekst(
        f"niet te beoordelen: {', '.join(naam.nl for naam in namen)} ontbreekt",
        f"cannot be judged: no {', '.join(naam.en for naam in namen)}",
    )


def _telblokken(
    geteld: dict[tuple[str, str, str], int],
    soort: Instellingsoort,
    studiejaar: Studiejaar,
    vraag: Dashboardvraag,
    jaar: Tekst,
) -> Iterator[Blok]:
    for blok in telblokken(soort):
        kolommen = kolommen_van(blok, studiejaar)
        rijen = [
            Rij(
                rij.label,
                _cellen(
                    blok, rij.rij, [geteld.get((blok.blok, rij.rij, k), 0) for k in kolommen], kolommen, vraag
                ),
            )
            for rij in blok.rijen
        ]
        if blok.totaal:
            sommen = [sum(geteld.get((blok.blok, rij.rij, k), 0) for rij in blok.rijen) for k in kolommen]
            rijen.append(Rij(TOTAALRIJ, _cellen(blok, TOTAAL, sommen, kolommen, vraag), totaal=True))
        namen, over = _kop(blok, kolommen, jaar)
        yield Blok(blok.titel, namen, tuple(rijen), over=over, uitleg=blok.uitleg)


def _kop(blok: Telblok, kolommen: tuple[str, ...], jaar: Tekst) -> tuple[tuple[Tekst, ...], Tekst | None]:
    if blok.kolommen is Kolommen.STUDIEJAAR:
        return (jaar,), None
    over = _TELDATUM if blok.kolommen is Kolommen.TELDATA else _JAAR
    return tuple(Tekst(naam, naam) for naam in kolommen), over


def _cellen(
    blok: Telblok, rij: str, aantallen: list[int], kolommen: tuple[str, ...], vraag: Dashboardvraag
) -> tuple[Cel, ...]:
    return tuple(
        Cel(aantal, vraag.adres(blok=blok.blok, rij=rij, kolom=kolom) if aantal else "")
        for aantal, kolom in zip(aantallen, kolommen, strict=True)
    )
