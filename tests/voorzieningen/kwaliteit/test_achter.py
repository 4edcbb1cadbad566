"""Behind every number stand exactly the records that it counts, and live figures follow each melding."""

from datetime import date

import pytest
from msgspec import structs

from kernregister.fictief.fouten import planters
from kernregister.fictief.sector import Sector
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.overzichten.telblokken import TOTAAL, cellen_van, kolommen_van, telblokken
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.voorzieningen.kwaliteit.opzet import LADER, VANDAAG, laad, lever, melding, persoon_id, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import TE_LAAT, WIE, inschrijving

MORGEN = date(2026, 3, 2)
HIER = "01AA"


@pytest.fixture
def sector(databank, monkeypatch) -> Sector:
    zet_klok(monkeypatch, VANDAAG)
    sector = Sector(300, fouten=dict.fromkeys(planters(), 1), peildatum=VANDAAG)
    stamgegevens.laad_gegevens(sector.gegevens, "test", "fictieve sector")
    laad(sector.dossiers())
    return sector


@pytest.fixture
def maart(databank, monkeypatch):
    zet_klok(monkeypatch, VANDAAG)
    personen.maak([personen.Nummers(WIE.burgerservicenummer)])


def als(code: str):
    return met_pas(Pas(Soort.INSTELLING, code))


def getallen(beeld: kwaliteit.Dashboardbeeld):
    """Give every number of a dashboard with what it is asked by."""
    for rij in beeld.signalen:
        for kolom, aantal in rij.aantallen.items():
            if aantal is not None:
                yield kwaliteit.Getal(rij.regel, kolom), aantal
    geteld = {(c.blok, c.rij, c.kolom): c.aantal for c in beeld.cellen}
    for blok in telblokken(stamgegevens.gegevens().soort_van(beeld.instelling)):
        for rij in [*(r.rij for r in blok.rijen), TOTAAL]:
            for kolom in kolommen_van(blok, Studiejaar.lees(beeld.studiejaar)):
                cellen = cellen_van(blok, rij, kolom)
                yield kwaliteit.Getal(cellen=cellen), sum(geteld.get(cel, 0) for cel in cellen)


def lijst(code: str, getal: kwaliteit.Getal, *vraag: object, per: int = 7) -> list[kwaliteit.Telregel]:
    """Read the whole list, page by page."""
    uit: list[kwaliteit.Telregel] = []
    while True:
        stuk = kwaliteit.achter(code, getal, *vraag, vanaf=len(uit), hoeveel=per)
        uit += stuk.regels
        if len(stuk.regels) < per:
            return uit


@pytest.mark.traag
def test_behind_every_number_stand_as_many_records_now_per_a_day_and_of_an_earlier_studiejaar(
    sector, monkeypatch
):
    zet_klok(monkeypatch, MORGEN)
    kwaliteit.keer_om()
    gezien = 0
    for school in sector.scholen:
        for vraag in ((None, None), (None, MORGEN), (Studiejaar(2024), None)):
            with als(school.code):
                for getal, aantal in getallen(kwaliteit.dashboard(school.code, *vraag)):
                    regels = lijst(school.code, getal, *vraag)
                    assert len(regels) == aantal, (school.code, vraag, getal)
                    assert len(set(map(str, regels))) == aantal or getal.regel
                    gezien += aantal
    assert gezien > 1000


@pytest.mark.traag
def test_a_list_per_a_day_stays_when_the_register_moves_on(sector, monkeypatch):
    code = sector.scholen[0].code
    getal = kwaliteit.Getal(cellen=(("Inschrijvingen bekostigbaar", "BOL", "1-10"),))
    zet_klok(monkeypatch, MORGEN)
    kwaliteit.keer_om()
    with als(code):
        toen = lijst(code, getal, None, MORGEN)
    weg = next(
        een
        for d in sector.dossiers()
        for een in d.inschrijvingen
        if een.instelling == code
        and een.inschrijvingvolgnummer == toen[0].records[0].inschrijvingvolgnummer
        and persoon_id(d.persoon) == toen[0].persoon
    )
    wie = next(d.persoon for d in sector.dossiers() if weg in d.inschrijvingen)
    lever(wie, structs.replace(weg, datum_uitschrijving_werkelijk=date(2025, 9, 1)))
    zet_klok(monkeypatch, date(2026, 3, 9))
    kwaliteit.keer_om()
    with als(code):
        assert lijst(code, getal, None, MORGEN) == toen
        assert len(lijst(code, getal)) == len(toen) - 1


def test_the_live_figures_follow_each_melding_and_each_day(maart, monkeypatch):
    def bol(kolom: str = "1-10") -> tuple[int, int]:
        with als(HIER):
            beeld = kwaliteit.dashboard(HIER)
            cel = ("Inschrijvingen bekostigbaar", "BOL", kolom)
            getal = next((c.aantal for c in beeld.cellen if (c.blok, c.rij, c.kolom) == cel), 0)
            assert len(lijst(HIER, kwaliteit.Getal(cellen=(cel,)))) == getal
            return getal, beeld.totalen["lopend"]

    assert bol() == (0, 0)
    lever(WIE, inschrijving("1"))
    assert bol() == (1, 1)
    lever(WIE, inschrijving("2", **TE_LAAT))
    assert bol() == (2, 2)
    lever(WIE, inschrijving("2", datum_uitschrijving_werkelijk=date(2025, 9, 30)))
    assert bol() == (1, 1)
    lever(WIE, inschrijving("1", datum_uitschrijving_werkelijk=date(2026, 3, 10)))
    assert bol("1-2") == (1, 1)
    zet_klok(monkeypatch, date(2026, 3, 10))
    assert bol("1-2") == (1, 1)
    zet_klok(monkeypatch, date(2026, 3, 11))
    assert bol("1-2") == (1, 0)
    (antwoord,) = register.verwerk(
        [melding(b.VerwijderenInschrijving, HIER, WIE, inschrijvingvolgnummer="1")], LADER
    )
    assert antwoord.aanvaard, antwoord
    assert bol() == (0, 0)


@pytest.mark.traag
def test_what_was_brought_up_to_date_is_what_a_fresh_count_gives(sector):
    code = sector.scholen[0].code

    def beelden() -> list[kwaliteit.Dashboardbeeld]:
        with als(code):
            beide = [kwaliteit.dashboard(code), kwaliteit.dashboard(code, Studiejaar(2024))]
        return [structs.replace(een, merk="") for een in beide]

    beelden()
    ander = Sector(90, zaad=9, fouten=dict.fromkeys(planters(), 1), peildatum=VANDAAG, instellingen=3)
    for dossier in list(ander.dossiers())[::3]:
        laad([dossier])
        bijgewerkt = beelden()
    with cursor() as sql:
        sql.execute("DELETE FROM kwaliteit_telblad WHERE stand_per IS NULL")
    assert beelden() == bijgewerkt


def test_a_number_of_another_institution_is_not_reachable(maart):
    lever(WIE, inschrijving("1", **TE_LAAT))
    with als("02BB"), pytest.raises(kwaliteit.Onvindbaar):
        kwaliteit.achter(HIER, kwaliteit.Getal("B04"))
    with met_pas(Pas(Soort.ACCOUNTANT, HIER, "2024-2025")):
        with pytest.raises(kwaliteit.Onvindbaar, match="2024-2025"):
            kwaliteit.achter(HIER, kwaliteit.Getal("B04"), Studiejaar(2025))
        assert kwaliteit.dashboard(HIER).studiejaar == "2024-2025"
    with met_pas(Pas(Soort.DUO)):
        (regel,) = kwaliteit.achter(HIER, kwaliteit.Getal("B04")).regels
    assert (regel.persoon, regel.records[0].inschrijvingvolgnummer) == (persoon_id(WIE), "1")


def test_who_waits_is_not_kept_waiting_by_a_large_institution(maart):
    lever(WIE, inschrijving("1"))
    with als(HIER):
        with pytest.raises(kwaliteit.WordtGeteld):
            kwaliteit.dashboard(HIER, hoogstens=0)
        kwaliteit.dashboard(HIER)
        assert kwaliteit.dashboard(HIER, hoogstens=0).totalen["personen"] == 1


def test_what_was_asked_for_before_the_day_of_placing_is_placed_then(maart, monkeypatch):
    lever(WIE, inschrijving("1"))
    register.stand()
    zet_klok(monkeypatch, MORGEN)
    kwaliteit.keer_om()
    with als(HIER):
        assert kwaliteit.dashboard(HIER, None, MORGEN).geplaatst_op is None
        assert kwaliteit.geplaatst(HIER) == ()
    assert kwaliteit.plaats() == 1
    with als(HIER):
        assert kwaliteit.dashboard(HIER, None, MORGEN).geplaatst_op is not None
        assert kwaliteit.geplaatst(HIER) == (MORGEN,)
