"""What happens by itself: the turn of the day, the weekly figures, a sweep by the worker."""

from datetime import date

import pytest

from kernregister.fictief.sector import Sector
from kernregister.kern.regels.paspoort import Fase
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.kwaliteit import tasks
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.kwaliteit.opzet import VANDAAG, laad, zet_klok

MAANDAG, DINSDAG = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def sector(databank, monkeypatch) -> Sector:
    zet_klok(monkeypatch, VANDAAG)
    sector = Sector(30, peildatum=VANDAAG)
    laad(sector.dossiers())
    return sector


def geplaatst(sector: Sector) -> tuple[date, ...]:
    return kwaliteit.geplaatst(sector.scholen[0].code, "stelsel")


def test_figures_are_placed_on_the_day_of_the_schedule_and_once(sector, monkeypatch):
    for dag in (MAANDAG, MAANDAG, DINSDAG):
        zet_klok(monkeypatch, dag)
        tasks.keer_om(0)
    assert geplaatst(sector) == (MAANDAG,)
    kwaliteit.stel_rooster(DINSDAG.isoweekday(), "beheer")
    tasks.keer_om(0)
    assert geplaatst(sector) == (DINSDAG, MAANDAG)


def test_without_a_schedule_nothing_is_placed(sector, monkeypatch):
    kwaliteit.stel_rooster(0, "beheer")
    zet_klok(monkeypatch, MAANDAG)
    tasks.keer_om(0)
    assert geplaatst(sector) == ()


def test_the_turn_of_the_day_catches_up_with_days_on_which_nothing_ran(sector, monkeypatch):
    zet_klok(monkeypatch, date(2027, 9, 6))
    assert kwaliteit.achterstand() == 30
    tasks.keer_om(0)
    assert kwaliteit.achterstand() == 0


def test_a_sweep_waits_for_the_worker_under_its_number_only(sector):
    nummer = kwaliteit.beproef("beheer", regels={"B04": Fase.CONCEPT})
    with cursor() as sql:
        sql.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = 'kwaliteit.sweep'")
        assert sql.fetchall() == [(f'{{"nummer": {nummer}}}',)]
    tasks.sweep(nummer)
    assert kwaliteit.sweep(nummer, "stelsel").klaar_op
    assert [s.id for s in kwaliteit.sweeps(verbinding="stelsel")] == [nummer]


def test_rules_in_the_shadow_are_counted_for_who_looks_after_the_register_only(sector, monkeypatch):
    for regel in ("B04", "B08", "C02", "D01", "D02"):
        register.stel_in(register.Instelling(regel, Fase.SCHADUW, date(2026, 1, 1), "eerst kijken", "beheer"))
    laad([Sector(300, zaad=5, fouten={"B04": 3}, peildatum=VANDAAG).dossier(plaats) for plaats in range(300)])
    with met_pas(Pas(Soort.DUO)):
        tellingen = kwaliteit.schaduw()
    assert sum(t.aantal for t in tellingen if t.regel == "B04") == 3
    with met_pas(Pas(Soort.INSTELLING, tellingen[0].instelling)):
        assert not kwaliteit.open_signalen(kwaliteit.Filter(regel="B04")).signalen
        with pytest.raises(kwaliteit.Onvindbaar):
            kwaliteit.schaduw()
