"""The screens under (voor)Opleidingen: vo, vso, vavo, mbo and ho, of any institution (Handleiding h. 07 and 08)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kernregister.kern.dossier import Deelname, Diploma, HoDiploma, VoResultaat
from kernregister.kern.inzage import Inzage
from kernregister.kern.vooropleiding import NIET_BEREKEND, Getoond, sector_van
from kernregister.web.portaal.studentdossier import resultaten
from kernregister.web.portaal.studentdossier.delen import (
    LEEG,
    Blok,
    Deel,
    Rij,
    Schrijver,
    Tabel,
    Uitleg,
    Veld,
)

SECTOR: Final = {
    "VO": ("voortgezet onderwijs", "secondary education"),
    "VSO": ("voortgezet speciaal onderwijs", "special secondary education"),
    "VAVO": ("voortgezet algemeen volwassenenonderwijs", "general adult education"),
    "MBO": ("middelbaar beroepsonderwijs", "vocational education"),
    "HO": ("hoger onderwijs", "higher education"),
}
_WAARDEDOCUMENT: Final = {
    "DIPLOMA": ("diploma", "diploma"),
    "CERTIFICAAT": ("certificaat", "certificate"),
}
_KWALIFICATIE: Final = {
    "J": ("Ja", "Yes"),
    "N": ("Nee", "No"),
    "O": ("Onbekend", "Unknown"),
}


def sector(code: str, s: Schrijver) -> str:
    """Return a sector by code and name."""
    bekend = SECTOR.get(code)
    return f"{code.lower()} – {s.tekst(*bekend)}" if bekend else code


def kenmerken(gezien: Inzage, s: Schrijver) -> Iterator[Deel]:
    """Give what follows from the whole: startkwalificatie and years in mbo without a diploma."""
    if not gezien.volledig:
        yield Uitleg(
            s.tekst("(voor)Opleidingen", "(Earlier) education"),
            tekst=s.tekst(
                "Een accountant ziet de eigen gegevens van de instelling in het studiejaar, geen vooropleidingen.",
                "An accountant sees the institution's own data of the studiejaar, no earlier education.",
            ),
        )
        return
    jaren = gezien.jaren_mbo_zonder_diploma
    niet = s.tekst("niet berekend", "not computed")
    yield Blok(
        s.tekst("(voor)Opleidingen", "(Earlier) education"),
        velden=s.velden(
            (
                "Startkwalificatie behaald",
                "Basic qualification",
                f"{gezien.startkwalificatie} – {s.tekst(*_KWALIFICATIE[gezien.startkwalificatie])}",
            ),
            (
                "Aantal jaren mbo zonder diploma",
                "Years in mbo without a diploma",
                f"{jaren} – {niet}" if jaren == NIET_BEREKEND else str(jaren),
            ),
        ),
    )


def deelnames(gezien: Inzage, s: Schrijver, adres: str, gekozen: int) -> Iterator[Deel]:
    """Give the list of participations in order of date of enrolment; every line leads to its details."""
    titel = s.tekst("Deelnames", "Participations")
    if not gezien.vooropleidingen.deelnames:
        if gezien.volledig:
            yield Uitleg(
                titel,
                tekst=s.tekst("Er zijn geen deelnames om te tonen.", "There are no participations to show."),
            )
        return
    yield Tabel(
        titel,
        id="vooropleiding-deelnames",
        koppen=s.koppen(
            ("Sector", "Sector"),
            ("Instelling", "Institution"),
            ("Datum inschrijving", "Date of enrolment"),
            ("Datum uitschrijving", "End date"),
            ("Opleiding", "Programme"),
        ),
        rijen=tuple(
            Rij(
                (
                    een.sector.lower(),
                    s.instelling(een.instelling),
                    s.dag(een.datum_begin),
                    s.dag(een.datum_eind),
                    _opleiding(een, s),
                ),
                f"{adres}lijst=deelnames&regel={plaats}#vooropleiding" if adres else "",
                plaats == gekozen,
            )
            for plaats, een in enumerate(gezien.vooropleidingen.deelnames, 1)
        ),
    )


def _opleiding(een: Deelname, s: Schrijver) -> str:
    jaar = f"{s.tekst('leerjaar', 'year')} {een.leerjaar}" if een.leerjaar else ""
    code = s.code("opleidingen", een.opleidingcode) if een.opleidingcode else ""
    return ", ".join(deel for deel in (code or een.niveau or "", jaar) if deel) or LEEG


def deelname(een: Deelname, s: Schrijver) -> Iterator[Deel]:
    """Give the details of a participation: what is known of it."""
    mbo = een.sector == "MBO"
    yield Blok(
        s.tekst("Deelname", "Participation"),
        id="vooropleiding",
        velden=_gevuld(
            s,
            ("Sector", "Sector", sector(een.sector, s)),
            ("Instelling", "Institution", _instelling(een, s)),
            ("Inschrijvingvolgnummer", "Enrolment number", een.inschrijvingvolgnummer),
            ("Datum inschrijving", "Date of enrolment", s.dag(een.datum_begin)),
            ("Datum uitschrijving", "End date", s.dag(een.datum_eind) if een.datum_eind else None),
            ("Opleiding", "Programme", een.opleidingcode and s.code("opleidingen", een.opleidingcode)),
            ("Niveau", "Level", s.niveau(een.niveau, een.opleidingcode) if mbo else een.niveau),
            ("Leerjaar", "Year", een.leerjaar and str(een.leerjaar)),
            ("Profiel", "Profile", een.profiel),
            ("WEC-schoolsoort", "Kind of special school", een.wec_schoolsoort),
            ("Leerroute", "Learning route", een.leerroute and s.waarde("leerroute", een.leerroute)),
            (
                "Leerroutefase",
                "Phase of the learning route",
                een.leerroutefase and s.waarde("leerroutefase", een.leerroutefase),
            ),
        ),
    )


def _instelling(een: Deelname, s: Schrijver) -> str:
    return (s.instelling_met_soort if een.sector == "MBO" else s.instelling)(een.instelling)


def resultatenlijst(gezien: Inzage, s: Schrijver, adres: str, gekozen: int) -> Iterator[Deel]:
    """Give the list of results in order of date of enrolment; every line leads to its details."""
    titel = s.tekst("Resultaten", "Results")
    if not gezien.vooropleidingen.resultaten:
        if gezien.volledig:
            yield Uitleg(
                titel, tekst=s.tekst("Er zijn geen resultaten om te tonen.", "There are no results to show.")
            )
        return
    yield Tabel(
        titel,
        id="vooropleiding-resultaten",
        koppen=s.koppen(
            ("Sector", "Sector"),
            ("Instelling", "Institution"),
            ("Wat", "What"),
            ("Datum", "Date"),
        ),
        rijen=tuple(
            Rij(
                (
                    sector_van(een).lower(),
                    s.instelling(een.instelling),
                    wat(een, s),
                    datum(een, s),
                ),
                f"{adres}lijst=resultaten&regel={plaats}#vooropleiding" if adres else "",
                plaats == gekozen,
            )
            for plaats, een in enumerate(gezien.vooropleidingen.resultaten, 1)
        ),
    )


def wat(een: Getoond, s: Schrijver) -> str:
    """Return what a result is of, and whether it is a diploma or a certificate."""
    match een:
        case VoResultaat():
            document = _WAARDEDOCUMENT.get(een.waardedocument or "")
            return " ".join((s.tekst(*document) if document else "", een.niveau.lower())).strip()
        case HoDiploma():
            return " ".join(deel for deel in (een.opleidingcode, een.opleidingnaam, een.graad) if deel)
    return resultaten.wat(een, s)


def datum(een: Getoond, s: Schrijver) -> str:
    """Return the date of a result, or the year of the exam where it has no date."""
    if not isinstance(een, VoResultaat):
        return s.dag(een.datum_resultaat)
    return s.dag(een.uitslagdatum) if een.uitslagdatum else str(een.examenjaar or LEEG)


def resultaat(een: Getoond, s: Schrijver) -> Iterator[Deel]:
    """Give the details of a result."""
    match een:
        case VoResultaat():
            yield from _vo(een, s)
        case HoDiploma():
            yield _ho(een, s)
        case Diploma():
            yield _mbo(een, s)
            yield from resultaten.onderdelen(een.onderdelen, s)
        case _:
            yield _mbo(een, s)
            yield from resultaten.onderdelen((een,), s)


def _mbo(een: Getoond, s: Schrijver) -> Blok:
    niveau = s.niveau(None, een.opleidingcode) if isinstance(een, Diploma) else None
    return Blok(
        s.tekst("Resultaat", "Result"),
        id="vooropleiding",
        velden=_gevuld(
            s,
            ("Sector", "Sector", sector("MBO", s)),
            ("Instelling", "Institution", s.instelling_met_soort(een.instelling)),
            ("Resultaatvolgnummer", "Result number", een.resultaatvolgnummer),
            ("Wat", "What", wat(een, s)),
            ("Niveau", "Level", niveau),
            ("Datum resultaat", "Date of result", datum(een, s)),
            ("Inschrijvingvolgnummer", "Enrolment number", een.inschrijvingvolgnummer),
        ),
    )


def _vo(een: VoResultaat, s: Schrijver) -> Iterator[Deel]:
    document = _WAARDEDOCUMENT.get(een.waardedocument or "")
    yield Blok(
        s.tekst("Resultaat", "Result"),
        id="vooropleiding",
        velden=_gevuld(
            s,
            ("Sector", "Sector", sector(een.sector, s)),
            ("Instelling", "Institution", s.instelling(een.instelling)),
            ("Resultaatvolgnummer", "Result number", een.resultaatvolgnummer),
            ("Niveau", "Level", een.niveau.lower()),
            ("Waardedocument", "Document", document and s.tekst(*document)),
            ("Opleiding", "Programme", een.opleidingcode),
            ("Staatsexamen", "State exam", s.ja_nee(True) if een.staatsexamen else None),
            ("Uitslagcode", "Outcome", een.uitslagcode),
            ("Uitslagdatum", "Date of outcome", s.dag(een.uitslagdatum) if een.uitslagdatum else None),
            ("Examenjaar", "Year of the exam", een.examenjaar and str(een.examenjaar)),
            ("Profielen", "Profiles", ", ".join(een.profielen)),
            ("Inschrijvingvolgnummer", "Enrolment number", een.inschrijvingvolgnummer),
        ),
    )
    if een.vakken:
        yield Tabel(
            s.tekst("Vakken", "Subjects"),
            3,
            koppen=s.koppen(
                ("Vak", "Subject"),
                ("Cijfer SE", "School exam"),
                ("Cijfer CE", "Central exam"),
                ("Eindcijfer", "Final mark"),
                ("Beoordeling", "Assessment"),
            ),
            rijen=tuple(
                Rij(
                    (
                        vak.code,
                        s.cijfer(vak.cijfer_se),
                        s.cijfer(vak.cijfer_ce),
                        s.cijfer(vak.eindcijfer),
                        vak.beoordeling or LEEG,
                    )
                )
                for vak in een.vakken
            ),
        )


def _ho(een: HoDiploma, s: Schrijver) -> Blok:
    return Blok(
        s.tekst("Resultaat", "Result"),
        id="vooropleiding",
        velden=_gevuld(
            s,
            ("Sector", "Sector", sector("HO", s)),
            ("Instelling", "Institution", een.instelling and s.instelling(een.instelling)),
            ("Resultaatvolgnummer", "Result number", een.resultaatvolgnummer),
            (
                "Opleiding",
                "Programme",
                f"{een.opleidingcode} – {een.opleidingnaam}" if een.opleidingnaam else een.opleidingcode,
            ),
            ("Niveau", "Level", een.niveau),
            ("Graad", "Degree", een.graad),
            ("Datum resultaat", "Date of result", s.dag(een.datum_resultaat)),
            ("Inschrijvingvolgnummer", "Enrolment number", een.inschrijvingvolgnummer),
        ),
    )


def _gevuld(s: Schrijver, *paren: tuple[str, str, str | int | None]) -> tuple[Veld, ...]:
    """Return the fields that are filled: of what others registered much is unknown."""
    return s.velden(*((nl, en, str(waarde)) for nl, en, waarde in paren if waarde and waarde != LEEG))
