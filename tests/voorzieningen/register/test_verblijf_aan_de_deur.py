"""Who may be enrolled, at the door: the three outcomes of the law, and the right to finish (WEB 8.1.1)."""

import pytest
from msgspec import structs

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.dossier import Nationaliteit, Verblijfstitel
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.voorzieningen.personen import public as personen
from tests.voorzieningen.register.wereld import (
    AANTAL,
    DAAR,
    MET_BSN,
    dossier,
    geweigerd,
    identificeer,
    lukt,
    periode,
    schrijf_in,
    wie,
    zet_klaar,
)

EEN = structs.replace(wie(3), burgerservicenummer=burgerservicenummer(MET_BSN, AANTAL))
"""Somebody the source does not know yet."""
VREEMDELING = Nationaliteit("0100", OnvolledigeDatum("2000-01-01"))


@pytest.fixture(autouse=True)
def wereld(databank, monkeypatch):
    zet_klaar(monkeypatch)


def vreemdeling(*titels: Verblijfstitel, geboren: str = "2000-01-01"):
    """Somebody of age who is not Dutch, with these titles, known to the source and identified."""
    een = structs.replace(
        EEN, geboortedatum=OnvolledigeDatum(geboren), nationaliteiten=(VREEMDELING,), verblijfstitels=titels
    )
    personen.neem_op([een])
    lukt(identificeer(een))
    return een


def titel(code: str, begin: str = "2010-01-01", eind: str | None = None) -> Verblijfstitel:
    return Verblijfstitel(code, OnvolledigeDatum(begin), OnvolledigeDatum(eind) if eind else None)


def test_a_title_that_gives_a_right_is_accepted():
    lukt(schrijf_in(vreemdeling(titel("21"))))


def test_a_title_that_gives_no_right_is_refused_whatever_the_institution_says():
    een = vreemdeling(titel("41"))
    assert (
        geweigerd(schrijf_in(een)) == geweigerd(schrijf_in(een, verblijf_grond="document gezien")) == ["M11"]
    )


def test_without_a_title_the_institution_establishes_it_and_says_on_what_ground():
    een = vreemdeling()
    assert geweigerd(schrijf_in(een)) == ["M12"]
    lukt(schrijf_in(een, verblijf_grond="document gezien"))


def test_who_is_under_age_on_the_first_day_is_not_asked():
    lukt(schrijf_in(vreemdeling(titel("41"), geboren="2007-01-01")))


def test_who_was_lawfully_enrolled_may_finish_the_programme_elsewhere_too_and_not_begin_another():
    een = vreemdeling(titel("21", eind="2024-12-31"), titel("41", "2024-12-31"))
    lukt(schrijf_in(een, datum_uitschrijving_werkelijk="2025-06-30", reden_uitschrijving="08"))
    verder = {"datum_inschrijving": "2025-08-01", "perioden": [periode("2025-08-01")]}
    lukt(identificeer(een, DAAR), schrijf_in(een, "2", DAAR, **verder))
    anders = {"datum_inschrijving": "2025-08-01", "perioden": [periode("2025-08-01", opleidingcode="25656")]}
    assert "M11" in geweigerd(schrijf_in(een, "3", DAAR, **anders))
    assert len(dossier(een).inschrijvingen) == 2
