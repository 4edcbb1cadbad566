"""The parts of a student that overviews carry, as the stories about them ask for it."""

from datetime import date
from typing import Any

from kernregister.kern.dossier import Dossier, Keuzedeel
from kernregister.kern.overzichten.selectie import voor_grondslag, voor_obo, voor_ro
from kernregister.kern.tijd import Studiejaar
from tests.kern.voorbeelden import INSTELLING, inschrijving, periode

JAAR = Studiejaar(2025)
BEGIN, EINDE = JAAR.begin, date(2026, 7, 31)


def ro(dossier: Dossier) -> Dossier | None:
    return voor_ro(dossier, INSTELLING, BEGIN, EINDE)


def obo(dossier: Dossier) -> Dossier | None:
    return voor_obo(dossier, INSTELLING, JAAR)


def grondslag(dossier: Dossier) -> Dossier | None:
    return voor_grondslag(dossier, INSTELLING, JAAR)


def nummers(deel: Dossier | None) -> dict[str, list[str]]:
    """What is in an overview, by its own numbers."""
    assert deel is not None
    return {
        naam: waarden
        for naam, waarden in {
            "inschrijvingen": [i.inschrijvingvolgnummer for i in deel.inschrijvingen],
            "perioden": [str(p.datum_begin) for i in deel.inschrijvingen for p in i.perioden],
            "bpvs": [b.volgnummer for i in deel.inschrijvingen for b in i.bpvs],
            "diplomas": [d.resultaatvolgnummer for d in deel.diplomas],
            "los": [o.resultaatvolgnummer for o in deel.losse_resultaten],
        }.items()
        if waarden
    }


def los(volgnummer: str, datum: str | None, **velden: Any) -> Keuzedeel:
    dag = date.fromisoformat(datum) if datum else None
    return Keuzedeel(
        volgnummer, "K0067", True, **({"instelling": INSTELLING, "datum_resultaat": dag} | velden)
    )


def bbl(begin: str = "2024-08-01", **velden: Any) -> Any:
    return inschrijving(begin, **({"perioden": (periode(begin, "BBL"),)} | velden))
