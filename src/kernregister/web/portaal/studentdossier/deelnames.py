"""The screen Deelnames: the list of own enrolments, and the details of one (Handleiding h. 08).

What is only for funded institutions is not shown to others; what an enrolment does not have is not shown at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kernregister.kern.dossier import Bpv, Inschrijving, Inschrijvingsperiode
from kernregister.kern.inzage import Inzage, perioden_met_einde
from kernregister.web.portaal.studentdossier.delen import Blok, Deel, Rij, Schrijver, Tabel, Uitleg
from kernregister.web.portaal.studentdossier.wijzigen import NERGENS, Actie, Wegen


def op_volgorde(gezien: Inzage) -> list[Inschrijving]:
    """Return the own enrolments, the latest first: the place of each in it is its number in addresses."""
    return sorted(
        gezien.eigen.inschrijvingen,
        key=lambda een: (een.datum_inschrijving, een.inschrijvingvolgnummer),
        reverse=True,
    )


def lijst(gezien: Inzage, s: Schrijver, adres: str, gekozen: int) -> Iterator[Deel]:
    """Give the list; every line leads to its details.

    Args:
        gezien: the dossier.
        s: how values are written.
        adres: to which ``regel=<place>`` is added; empty: the lines lead nowhere.
        gekozen: the place of the line that is shown; 0: none.
    """
    titel = s.tekst("Deelname(s)", "Enrolment(s)")
    inschrijvingen = op_volgorde(gezien)
    if not inschrijvingen:
        yield Uitleg(
            titel,
            tekst=s.tekst(
                "Op dit moment zijn er geen deelnames van de student bij uw instelling.",
                "There are no enrolments of the student at your institution at this point.",
            ),
        )
        return
    yield Tabel(
        titel,
        id="deelnames",
        koppen=s.koppen(
            ("Instellingscode", "Institution"),
            ("Inschrijvingvolgnummer", "Enrolment number"),
            ("Datum inschrijving", "Date of enrolment"),
            ("Datum uitschrijving gepland", "Planned end date"),
            ("Datum uitschrijving werkelijk", "Actual end date"),
        ),
        rijen=tuple(
            Rij(
                (
                    een.instelling,
                    een.inschrijvingvolgnummer,
                    s.dag(een.datum_inschrijving),
                    s.dag(een.datum_uitschrijving_gepland),
                    s.dag(een.datum_uitschrijving_werkelijk),
                ),
                f"{adres}regel={plaats}#deelname" if adres else "",
                plaats == gekozen,
            )
            for plaats, een in enumerate(inschrijvingen, 1)
        ),
    )


def details(
    een: Inschrijving, gezien: Inzage, s: Schrijver, bekostigd: bool, naar: Wegen = NERGENS
) -> Iterator[Deel]:
    """Give the details of one enrolment: itself, its periods, its extra support and its placements."""
    nummer = een.inschrijvingvolgnummer
    yield Blok(
        s.tekst("Deelname", "Enrolment"),
        id="deelname",
        velden=s.velden(
            ("Instelling", "Institution", s.instelling_met_soort(een.instelling)),
            ("Inschrijvingvolgnummer", "Enrolment number", een.inschrijvingvolgnummer),
            ("Datum inschrijving", "Date of enrolment", s.dag(een.datum_inschrijving)),
            ("Datum uitschrijving gepland", "Planned end date", s.dag(een.datum_uitschrijving_gepland)),
            ("Datum uitschrijving werkelijk", "Actual end date", s.dag(een.datum_uitschrijving_werkelijk)),
            (
                "Reden uitschrijving",
                "Reason for ending",
                s.waarde("reden_uitschrijving", een.reden_uitschrijving),
            ),
        ),
        acties=(
            *naar.naar("inschrijving", s.tekst("Wijzigen", "Change"), nummer),
            *naar.naar("periode", s.tekst("Perioden wijzigen", "Change periods"), nummer),
            *naar.naar("beeindigen", s.tekst("Beëindigen", "End"), nummer),
            *naar.naar("bpv", s.tekst("BPV toevoegen", "Add a placement"), nummer),
        ),
    )
    for periode, einde in perioden_met_einde(een, gezien):
        yield _periode(periode, einde, s, bekostigd)
    if bekostigd and een.extra_ondersteuning:
        yield Tabel(
            s.tekst("Periode(s) Extra Ondersteuning", "Period(s) of extra support"),
            3,
            koppen=s.koppen(
                ("Datum begin periode", "Begin of period"), ("Datum einde periode", "End of period")
            ),
            rijen=tuple(
                Rij((s.dag(steun.datum_begin), s.dag(steun.datum_eind))) for steun in een.extra_ondersteuning
            ),
        )
    for bpv in sorted(een.bpvs, key=lambda bpv: (bpv.datum_begin, bpv.volgnummer), reverse=True):
        yield _bpv(bpv, s, naar.naar("bpv", s.tekst("Wijzigen", "Change"), nummer, bpv.volgnummer))


def _periode(periode: Inschrijvingsperiode, einde: date | None, s: Schrijver, bekostigd: bool) -> Blok:
    paren = [
        ("Datum begin periode", "Begin of period", s.dag(periode.datum_begin)),
        ("Datum einde periode", "End of period", s.dag(einde)),
        ("Opleiding", "Programme", s.code("opleidingen", periode.opleidingcode)),
        ("Leertraject", "Route", s.waarde("leertraject", periode.leertraject)),
        ("Niveau", "Level", s.niveau(periode.niveau, periode.opleidingcode)),
        ("Indicatie Bekostigbaar", "Fundable", s.ja_nee(periode.bekostigbaar)),
        ("Locatiecode VSV", "Location code VSV", periode.locatiecode_vsv or ""),
        ("Onderwijsaanbieder", "Education provider", periode.onderwijsaanbieder or ""),
        ("Onderwijslocatie", "Education location", s.code("onderwijslocaties", periode.onderwijslocatie)),
        ("Leerroute", "Learning route", s.waarde("leerroute", periode.leerroute)),
        ("Leerroutefase", "Phase of the learning route", s.waarde("leerroutefase", periode.leerroutefase)),
    ]
    if not bekostigd:
        del paren[5]
    return Blok(f"{s.tekst('Periode', 'Period')} {s.dag(periode.datum_begin)}", 3, velden=s.velden(*paren))


def _bpv(bpv: Bpv, s: Schrijver, acties: tuple[Actie, ...]) -> Blok:
    return Blok(
        f"BPV {bpv.volgnummer}",
        3,
        id=f"bpv-{bpv.volgnummer}",
        acties=acties,
        velden=s.velden(
            ("Volgnummer", "Number", bpv.volgnummer),
            ("Afsluitdatum", "Date of the agreement", s.dag(bpv.afsluitdatum)),
            ("Datum begin", "Begin date", s.dag(bpv.datum_begin)),
            ("Datum einde gepland", "Planned end date", s.dag(bpv.datum_einde_gepland)),
            ("Datum einde werkelijk", "Actual end date", s.dag(bpv.datum_einde_werkelijk)),
            ("Omvang (in uren)", "Size (in hours)", "" if bpv.omvang is None else str(bpv.omvang)),
            ("Opleiding", "Programme", s.code("opleidingen", bpv.opleidingcode)),
            ("Leerbedrijf-ID", "Training company", s.code("leerbedrijven", bpv.leerbedrijf_id)),
            ("Keuzedeel", "Elective", s.code("keuzedelen", bpv.keuzedeelcode)),
        ),
    )
