"""The figures: what is counted here is what the offline check counts on the same records, at any stand."""

from datetime import date

import pytest

from kernregister.controle.controle import controleer
from kernregister.controle.leveringen import Opdracht
from kernregister.fictief.fouten import planters
from kernregister.fictief.leveringen import schrijf
from kernregister.fictief.sector import Sector
from kernregister.kern.formaten.kwc import kwc_van
from kernregister.kern.overzichten.signaalrijen import BOVENBLOK, DUBBEL, tel
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Fase, Groep
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.voorzieningen.kwaliteit.opzet import VANDAAG, laad, lever, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import TE_LAAT, WIE, inschrijving

MORGEN = date(2026, 3, 2)


@pytest.fixture
def sector(databank, monkeypatch) -> Sector:
    """A sector with a case of every signal, loaded on the day before the tests ask for figures."""
    zet_klok(monkeypatch, VANDAAG)
    sector = Sector(400, fouten=dict.fromkeys(planters(), 1), peildatum=VANDAAG)
    stamgegevens.laad_gegevens(sector.gegevens, "test", "fictieve sector")
    laad(sector.dossiers())
    return sector


def als(code: str):
    return met_pas(Pas(Soort.INSTELLING, code))


def uitslag_van(sector: Sector, code: str, map_):
    """Check the files of one institution offline, with those of the others read along."""
    paden = schrijf(sector, map_)
    eigen = [pad for pad in paden if f"_{code}_" in pad.name]
    ook = [pad for pad in paden if pad not in eigen] + sorted((map_ / "ook").iterdir())
    return controleer(
        Opdracht(
            tuple(eigen),
            peildatum=VANDAAG,
            stamgegevens=map_ / "stamgegevens",
            personen=map_ / "personen.csv",
            ook=tuple(ook),
        )
    )


@pytest.mark.traag
def test_the_dashboard_equals_that_of_the_offline_check(sector, tmp_path):
    for school in sector.scholen[:3]:
        uitslag = uitslag_van(sector, school.code, tmp_path / school.code)
        with als(school.code):
            beeld = kwaliteit.dashboard(school.code)
        assert not any(rij.ontbreekt for rij in beeld.signalen)
        rijen = [rij for lijst in BOVENBLOK.values() for rij in lijst] + list(DUBBEL)
        for rij, beeldrij in zip(rijen, beeld.signalen, strict=True):
            gevonden = [u for u in uitslag.uitkomsten if u.regel == rij.regel]
            verwacht = {"": tel(catalogus()[rij.regel], gevonden)}
            if any(rij.teldata):
                verwacht = {
                    kolom: tel(
                        catalogus()[rij.regel], [u for u in gevonden if u.waarden["teldatum"] == teldatum]
                    )
                    for kolom, teldatum, telt in zip(
                        ("1-10", "1-2"), uitslag.studiejaar.teldata, rij.teldata, strict=True
                    )
                    if telt
                }
            assert beeldrij.aantallen == (verwacht if beeldrij.van_toepassing else {}), rij.regel
        assert {(c.blok, c.rij, c.kolom): c.aantal for c in beeld.cellen} == dict(uitslag.dashboard.cellen)
        assert beeld.totalen["personen"] == uitslag.dashboard.personen
        assert beeld.totalen["lopend"] == uitslag.dashboard.lopend


@pytest.mark.traag
def test_the_kwaliteitscontrolebestand_equals_that_of_the_offline_check(sector, tmp_path):
    code = sector.scholen[0].code
    uitslag = uitslag_van(sector, code, tmp_path)
    signalen = [u for u in uitslag.uitkomsten if catalogus()[u.regel].groep <= Groep.DUBBEL]
    with als(code):
        bestand = kwaliteit.kwc(code)[0]
    assert sorted(bestand.splitlines()) == sorted(kwc_van(signalen, catalogus(), uitslag.namen).splitlines())
    assert len(signalen) > 5


def test_a_placed_stand_is_what_an_as_of_count_gives_and_stays_when_the_register_moves_on(
    sector, monkeypatch
):
    code = sector.scholen[0].code
    zet_klok(monkeypatch, MORGEN)
    kwaliteit.keer_om()
    with als(code):
        geteld = kwaliteit.dashboard(code, stand_per=MORGEN)
    assert geteld.geplaatst_op is None
    assert kwaliteit.plaats() == len(sector.scholen)
    assert kwaliteit.plaats() == 0
    laad([Sector(3, zaad=9, peildatum=VANDAAG).dossier(0)])
    zet_klok(monkeypatch, date(2026, 3, 20))
    kwaliteit.keer_om()
    with als(code):
        bewaard = kwaliteit.dashboard(code, stand_per=MORGEN)
    assert bewaard.geplaatst_op is not None
    assert (bewaard.signalen, bewaard.cellen, bewaard.totalen) == (
        geteld.signalen,
        geteld.cellen,
        geteld.totalen,
    )


def test_what_is_asked_as_of_a_day_is_the_same_whenever_it_is_asked(sector, monkeypatch):
    code = next(geval.instelling for geval in sector.waarheid.gevallen if geval.regel == "B04")
    zet_klok(monkeypatch, MORGEN)
    kwaliteit.keer_om()
    with als(code):
        toen = kwaliteit.kwc(code, stand_per=MORGEN)[0]
    zet_klok(monkeypatch, date(2026, 7, 20))
    kwaliteit.keer_om()
    register.stel_in(register.Instelling("B04", Fase.CONCEPT, date(2026, 1, 1), "te streng", "beheer"))
    kwaliteit.keer_om()
    with als(code):
        assert kwaliteit.kwc(code, stand_per=MORGEN)[0] == toen
        assert len(toen.splitlines()) > 5
        assert kwaliteit.kwc(code)[0] != toen


def test_an_earlier_studiejaar_is_judged_on_its_last_day(sector):
    code = sector.scholen[0].code
    with als(code):
        beeld = kwaliteit.dashboard(code, Studiejaar(2024))
    assert (beeld.venster_van, beeld.venster_tot) == (date(2024, 5, 3), date(2025, 8, 1))
    assert {kolom for rij in beeld.signalen for kolom in rij.aantallen} == {"", "1-10", "1-2"}
    assert beeld.cellen


def test_a_day_to_come_and_a_studiejaar_to_come_are_refused_in_words(sector):
    code = sector.scholen[0].code
    with als(code):
        with pytest.raises(kwaliteit.Kwaliteitsfout, match=f"Stand per {MORGEN:%d-%m-%Y} kan nog niet"):
            kwaliteit.dashboard(code, stand_per=MORGEN)
        with pytest.raises(kwaliteit.Kwaliteitsfout, match="nog niet begonnen"):
            kwaliteit.dashboard(code, Studiejaar(2026))
        with pytest.raises(kwaliteit.Kwaliteitsfout, match="Kies voor 2024-2025"):
            kwaliteit.kwc(code, Studiejaar(2024))


def test_figures_are_placed_on_the_day_of_the_schedule(databank):
    assert kwaliteit.rooster() == 1
    kwaliteit.stel_rooster(5, "beheer")
    assert kwaliteit.rooster() == 5
    with pytest.raises(kwaliteit.Kwaliteitsfout, match="maandag"):
        kwaliteit.stel_rooster(8, "beheer")


def test_the_stand_per_a_day_holds_what_meldingen_did_before_it_and_what_days_did_up_to_it(
    databank, monkeypatch
):
    def regels_per(dag: date | None) -> list[str]:
        with als("01AA"):
            return [
                regel.split(b";")[1].decode()
                for regel in kwaliteit.kwc("01AA", stand_per=dag)[0].splitlines()[1:]
            ]

    maart, juni = date(2026, 3, 1), date(2026, 6, 1)
    zet_klok(monkeypatch, maart)
    personen.maak([personen.Nummers(WIE.burgerservicenummer)])
    # more than 90 days ahead until 2 April, so that signal goes by itself
    lever(WIE, inschrijving("1", datum_uitschrijving_werkelijk=date(2026, 7, 1)))
    lever(WIE, inschrijving("2", **TE_LAAT))
    register.stand()
    zet_klok(monkeypatch, juni)
    kwaliteit.keer_om()
    register.stel_in(register.Instelling("B04", Fase.CONCEPT, maart, "te streng", "beheer"))
    kwaliteit.keer_om()
    lever(WIE, inschrijving("3", datum_uitschrijving_werkelijk=date(2026, 10, 1)))
    register.stand()
    zet_klok(monkeypatch, date(2026, 6, 2))
    kwaliteit.keer_om()
    assert regels_per(maart) == []
    for dag in (date(2026, 3, 2), date(2026, 4, 1)):
        assert {"B04", "B06"} <= set(regels_per(dag))
    assert "B06" not in regels_per(date(2026, 4, 2))
    assert "B04" in regels_per(juni)
    assert "B06" not in regels_per(juni)
    assert "B06" in regels_per(date(2026, 6, 2))
    assert "B04" not in regels_per(date(2026, 6, 2))
    assert sorted(regels_per(date(2026, 6, 2))) == sorted(regels_per(None))
