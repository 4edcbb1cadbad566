"""What a student learned before, to tell stories about: builders beside those of ``voorbeelden``."""

from decimal import Decimal
from typing import Any

from msgspec import structs

from kernregister.kern.dossier import (
    Deelname,
    Dossier,
    HoDiploma,
    Vak,
    VooropleidingResultaat,
    VoResultaat,
)
from tests.kern.voorbeelden import dag, deelname

SCHOOL = "01AA"
HOGESCHOOL = "21AB"
WISKUNDE = Vak("2601", Decimal("6.4"), Decimal("5.8"), 6)


def vo_resultaat(niveau: str = "HAVO", datum: str | None = "2024-06-12", **velden: Any) -> VoResultaat:
    standaard = {
        "resultaatvolgnummer": "1",
        "sector": "VO",
        "instelling": SCHOOL,
        "waardedocument": "DIPLOMA",
        "uitslagcode": "G",
    }
    return VoResultaat(niveau=niveau, uitslagdatum=dag(datum) if datum else None, **(standaard | velden))


def certificaat(**velden: Any) -> VoResultaat:
    standaard = {
        "sector": "VAVO",
        "waardedocument": "CERTIFICAAT",
        "uitslagcode": "D",
        "vakken": (WISKUNDE,),
    }
    return vo_resultaat(**(standaard | velden))


def ho_diploma(datum: str = "2023-06-30", **velden: Any) -> HoDiploma:
    standaard = {
        "resultaatvolgnummer": "1",
        "instelling": HOGESCHOOL,
        "graad": "Bachelor",
        "niveau": "HBO",
    }
    return HoDiploma(opleidingcode="34404", datum_resultaat=dag(datum), **(standaard | velden))


def leerjaar(nummer: int, niveau: str | None = "HAVO") -> Deelname:
    """A stretch at school: leerjaar 1 began in August 2018."""
    return deelname("VO", f"{2017 + nummer}-08-01", f"{2018 + nummer}-07-31", leerjaar=nummer, niveau=niveau)


def met_resultaten(dossier: Dossier, *resultaten: VooropleidingResultaat) -> Dossier:
    return structs.replace(dossier, vooropleidingen=resultaten)
