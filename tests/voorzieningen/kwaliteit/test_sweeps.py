"""A change is tried out on everybody before it becomes active, and does what was foretold."""

from datetime import date

import pytest
from msgspec import structs

from kernregister.fictief.fouten import planters
from kernregister.fictief.sector import Sector
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.regels.paspoort import Fase
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.voorzieningen.kwaliteit.opzet import VANDAAG, laad, open_in_tabel, verse_sweep, zet_klok


@pytest.fixture
def sector(databank, monkeypatch) -> Sector:
    zet_klok(monkeypatch, VANDAAG)
    sector = Sector(400, fouten=dict.fromkeys(planters(), 1), peildatum=VANDAAG)
    stamgegevens.laad_gegevens(sector.gegevens, "test", "fictieve sector")
    laad(sector.dossiers())
    return sector


def aantal(regel: str) -> int:
    with cursor() as sql:
        sql.execute(
            "SELECT count(*) FROM kwaliteit_signaal WHERE regel = %s AND gesloten_op IS NULL", [regel]
        )
        return sql.fetchone()[0]


def test_a_rule_that_stops_closes_what_the_sweep_foretold(sector):
    voor = aantal("B04")
    nummer = kwaliteit.begin("beheer", regels={"B04": Fase.CONCEPT})
    with pytest.raises(kwaliteit.Kwaliteitsfout, match="nog bezig"):
        kwaliteit.activeer(nummer, "beheer", "te streng")
    beeld = kwaliteit.draai(nummer, per=100)
    assert (beeld.gedaan, beeld.totaal) == (400, 400)
    assert {g.regel for g in beeld.gevolgen} == {"B04"}
    assert sum(g.gesloten for g in beeld.gevolgen) == voor
    assert sum(g.geopend for g in beeld.gevolgen) == 0
    assert all(1 <= len(g.voorbeelden) <= 3 for g in beeld.gevolgen)
    assert aantal("B04") == voor
    kwaliteit.activeer(nummer, "beheer", "te streng")
    assert kwaliteit.achterstand() == 400
    kwaliteit.keer_om()
    assert (aantal("B04"), kwaliteit.achterstand()) == (0, 0)
    assert open_in_tabel() == verse_sweep(VANDAAG)


def test_new_reference_data_do_what_the_sweep_foretold(sector):
    uitslag = stamgegevens.laad(de_helft_van_de_aanbieders(sector.gegevens), "test")
    voor = aantal("B08")
    nummer = kwaliteit.begin("beheer", gegevens_versie=uitslag.versie)
    beeld = kwaliteit.draai(nummer)
    verwacht = sum(g.geopend - g.gesloten for g in beeld.gevolgen if g.regel == "B08")
    assert verwacht > 0
    kwaliteit.activeer(nummer, "beheer", "nieuwe lijst")
    kwaliteit.keer_om()
    assert aantal("B08") == voor + verwacht
    assert open_in_tabel() == verse_sweep(VANDAAG)
    with cursor() as sql:
        sql.execute(
            "SELECT DISTINCT geopend_reden FROM kwaliteit_signaal WHERE regel = 'B08' AND geopend_door IS NULL"
        )
        assert sql.fetchall() == [(f"stamgegevens versie {uitslag.versie}",)]


def de_helft_van_de_aanbieders(gegevens: Gegevens) -> list:
    """Give the lists anew, with every other onderwijsaanbieder left out."""
    half = dict(list(gegevens.aanbieders.items())[::2])
    return stamgegevens.toevoer_van(structs.replace(gegevens, aanbieders=half), "test")


def test_a_sweep_that_was_broken_off_goes_on_where_it_was(sector):
    def breek_af(gedaan: int, totaal: int) -> None:
        raise KeyboardInterrupt

    nummer = kwaliteit.begin("beheer", regels={"B04": Fase.CONCEPT})
    with pytest.raises(KeyboardInterrupt):
        kwaliteit.draai(nummer, per=150, meld=breek_af)
    assert kwaliteit.sweep(nummer, "stelsel").gedaan == 150
    heel = kwaliteit.draai(kwaliteit.begin("beheer", regels={"B04": Fase.CONCEPT}))
    rest = kwaliteit.draai(nummer)
    tel = [
        {(g.regel, g.instelling): (g.geopend, g.gesloten, g.personen) for g in b.gevolgen}
        for b in (rest, heel)
    ]
    assert tel[0] == tel[1]


def test_an_institution_sees_what_a_change_does_to_itself_only(sector):
    nummer = kwaliteit.begin("beheer", regels=dict.fromkeys(planters(), Fase.CONCEPT))
    alles = kwaliteit.draai(nummer).gevolgen
    code = sector.scholen[0].code
    with met_pas(Pas(Soort.INSTELLING, code)):
        eigen = kwaliteit.sweep(nummer).gevolgen
    assert eigen == tuple(g for g in alles if g.instelling == code)
    assert len(eigen) < len(alles)


def test_nothing_to_try_out_is_said_in_words(databank, monkeypatch):
    zet_klok(monkeypatch, date(2026, 3, 1))
    with pytest.raises(kwaliteit.Kwaliteitsfout, match="Noem een versie"):
        kwaliteit.begin("beheer")
    with pytest.raises(kwaliteit.Kwaliteitsfout, match="geen regel Z99"):
        kwaliteit.begin("beheer", regels={"Z99": Fase.SIGNAAL})
    with pytest.raises(kwaliteit.Kwaliteitsfout, match="bestaat niet"):
        kwaliteit.begin("beheer", gegevens_versie=12345)
    with pytest.raises(kwaliteit.Onvindbaar):
        kwaliteit.draai(12345)
