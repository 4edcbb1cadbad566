"""A student to tell stories about: builders with sensible defaults, so that a test names only what matters to it."""

from datetime import date
from typing import Any

from kernregister.kern.dossier import (
    Bpv,
    Deelname,
    Diploma,
    Dossier,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
    Onderdeel,
    Persoon,
)
from kernregister.kern.gegevens import Aanbieder, Bron, Gegevens, Instelling, Opleiding, Soort
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor, Uitkomst
from kernregister.kern.tijd import OPEN, Periode

BSN = "999990007"
ONDERWIJSNUMMER = "100310303"
INSTELLING = "27DV"
ELDERS = "25LX"
OPLEIDING = "25655"
AANBIEDER = "100A501"
LOCATIE = "101X591"
LEERBEDRIJF = "100012345"


def dag(tekst: str) -> date:
    return date.fromisoformat(tekst)


def _met_data(velden: dict[str, Any]) -> dict[str, Any]:
    """Let a story write its dates as text."""
    data = {
        n: dag(w) for n, w in velden.items() if n.startswith(("datum_", "afsluit")) and isinstance(w, str)
    }
    return velden | data


def periode(begin: str = "2024-08-01", leertraject: str = "BOL", **velden: Any) -> Inschrijvingsperiode:
    standaard = {"opleidingcode": OPLEIDING, "onderwijsaanbieder": AANBIEDER, "onderwijslocatie": LOCATIE}
    return Inschrijvingsperiode(dag(begin), leertraject=leertraject, **_met_data(standaard | velden))


def inschrijving(begin: str = "2024-08-01", eind: str | None = None, **velden: Any) -> Inschrijving:
    standaard = {
        "instelling": INSTELLING,
        "inschrijvingvolgnummer": "1",
        "datum_uitschrijving_gepland": "2027-07-31",
        "datum_uitschrijving_werkelijk": eind,
        "reden_uitschrijving": "08" if eind else None,
        "perioden": (periode(begin),),
    }
    return Inschrijving(datum_inschrijving=dag(begin), **_met_data(standaard | velden))


def bpv(begin: str = "2025-02-03", eind: str | None = None, **velden: Any) -> Bpv:
    standaard = {
        "volgnummer": "1",
        "afsluitdatum": begin,
        "datum_einde_gepland": "2026-07-03",
        "datum_einde_werkelijk": eind,
        "omvang": 640,
        "leerbedrijf_id": LEERBEDRIJF,
        "opleidingcode": OPLEIDING,
    }
    return Bpv(datum_begin=dag(begin), **_met_data(standaard | velden))


def diploma(datum: str = "2026-01-30", **velden: Any) -> Diploma:
    standaard = {
        "instelling": INSTELLING,
        "resultaatvolgnummer": "1",
        "opleidingcode": OPLEIDING,
        "inschrijvingvolgnummer": "1",
        "onderwijsaanbieder": AANBIEDER,
    }
    return Diploma(datum_resultaat=dag(datum), **_met_data(standaard | velden))


def examen(code: str, volgnummer: str = "1", **velden: Any) -> GeneriekExamenonderdeel:
    return GeneriekExamenonderdeel(volgnummer, code, **_met_data({"eindcijfer": 7} | velden))


def deelname(sector: str, begin: str = "2024-08-01", eind: str | None = None, **velden: Any) -> Deelname:
    return Deelname(
        sector, velden.pop("instelling", "01AA"), dag(begin), dag(eind) if eind else None, **_met_data(velden)
    )


def student(
    *inschrijvingen: Inschrijving,
    diplomas: tuple[Diploma, ...] = (),
    los: tuple[Onderdeel, ...] = (),
    deelnames: tuple[Deelname, ...] = (),
    **persoon: Any,
) -> Dossier:
    standaard = {"burgerservicenummer": BSN, "geboortedatum": "2006-05-14"}
    return Dossier(Persoon(**_met_data(standaard | persoon)), inschrijvingen, diplomas, los, deelnames)


def geldig(begin: str, eind: str | None = None) -> Periode:
    """A validity of which ``eind`` is the first day that it no longer holds."""
    return Periode(dag(begin), dag(eind) if eind else OPEN)


def stamgegevens(**delen: Any) -> Gegevens:
    """All reference data there can be, in which the standard student has nothing wrong; a story replaces parts."""
    altijd = geldig("2010-01-01")
    standaard = {
        "beschikbaar": frozenset(Bron),
        "instellingen": {code: Instelling(code) for code in (INSTELLING, ELDERS)},
        "aanbieders": {AANBIEDER: Aanbieder((altijd,), ((INSTELLING, altijd), (ELDERS, altijd)))},
        "locaties": {LOCATIE: (altijd,)},
        "opleidingen": {OPLEIDING: Opleiding(OPLEIDING, duur_maanden=36)},
        "wettelijke_termijn_maanden": 24,
        "erkenningen": {(LEERBEDRIJF, OPLEIDING): (altijd,)},
    }
    return Gegevens(**(standaard | delen))


def nbi(**delen: Any) -> Gegevens:
    """The same, at an institution that is not funded."""
    return stamgegevens(instellingen={INSTELLING: Instelling(INSTELLING, soort=Soort.NBI)}, **delen)


def bevindingen(
    regel: str, dossier: Dossier, peildatum: str, gegevens: Gegevens | None = None
) -> list[Uitkomst]:
    """What one rule finds on a dossier on a day."""
    motor = Motor([catalogus()[regel]], dag(peildatum), gegevens or stamgegevens())
    assert not motor.niet_beoordeeld
    return motor.controleer(dossier)


def sleutels(uitkomsten: list[Uitkomst]) -> list[tuple[str, str, str | None]]:
    """Where findings were put: kind of record, institution, and its own number or begin."""
    return [
        (
            u.sleutel.record,
            u.sleutel.instelling,
            u.sleutel.bpv_volgnummer
            or u.sleutel.resultaatvolgnummer
            or (u.sleutel.datum_begin and str(u.sleutel.datum_begin))
            or u.sleutel.inschrijvingvolgnummer,
        )
        for u in uitkomsten
    ]
