"""Signals live: each melding opens and closes what it does, days come, and the register equals a fresh sweep."""

from datetime import date

import pytest
from msgspec import structs

from kernregister.fictief.fouten import planters
from kernregister.fictief.nummers import burgerservicenummer
from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import Inschrijving, Inschrijvingsperiode, Persoon
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.regels.paspoort import Fase
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.omkeren import achterstand, keer_om
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.voorzieningen.kwaliteit.opzet import (
    LADER,
    VANDAAG,
    laad,
    levens,
    lever,
    melding,
    open_in_tabel,
    persoon_id,
    verse_sweep,
    zet_klok,
)

WIE = Persoon(burgerservicenummer(0, 10), geboortedatum="2008-05-01", geslacht="V", achternaam="Voorbeeld")


def inschrijving(nummer: str = "1", instelling: str = "01AA", **velden: object) -> Inschrijving:
    periode = Inschrijvingsperiode(date(2025, 8, 1), "25655", "BOL", "MBO-4", bekostigbaar=True)
    basis = Inschrijving(
        instelling,
        nummer,
        date(2025, 8, 1),
        datum_uitschrijving_gepland=date(2028, 7, 31),
        perioden=(periode,),
    )
    return structs.replace(basis, **velden)


TE_LAAT = {"datum_uitschrijving_gepland": date(2025, 10, 1)}


@pytest.fixture
def maart(databank, monkeypatch):
    zet_klok(monkeypatch, VANDAAG)
    personen.maak([personen.Nummers(WIE.burgerservicenummer)])


def regels(uitkomsten) -> list[str]:
    return [u.regel for u in uitkomsten]


def test_a_melding_opens_a_signal_and_the_one_that_mends_it_closes_it(maart):
    antwoord = lever(WIE, inschrijving(**TE_LAAT))
    assert regels(antwoord.signalen_geopend) == ["B04"]
    antwoord = lever(WIE, inschrijving())
    assert regels(antwoord.signalen_gesloten) == ["B04"]
    assert levens(persoon_id(WIE)) == [("B04", VANDAAG, True, "", VANDAAG, True, "", False, VANDAAG)]


def test_in_one_batch_each_melding_has_its_own_effect(maart):
    antwoorden = register.verwerk(
        [
            melding(b.OvernemenInschrijving, "01AA", WIE, inschrijving=een)
            for een in (inschrijving(**TE_LAAT), inschrijving(), inschrijving(**TE_LAAT))
        ],
        LADER,
    )
    assert [regels(a.signalen_geopend) for a in antwoorden] == [["B04"], [], ["B04"]]
    assert [regels(a.signalen_gesloten) for a in antwoorden] == [[], ["B04"], []]
    assert [(leven[0], leven[4]) for leven in levens(persoon_id(WIE))] == [("B04", VANDAAG), ("B04", None)]


def test_a_signal_with_other_values_is_a_new_row_that_stands_as_long_as_the_old_one(maart, monkeypatch):
    lever(WIE, inschrijving(**TE_LAAT))
    zet_klok(monkeypatch, date(2026, 3, 9))
    antwoord = lever(WIE, inschrijving(datum_uitschrijving_gepland=date(2025, 11, 1)))
    assert (regels(antwoord.signalen_geopend), regels(antwoord.signalen_gesloten)) == (["B04"], ["B04"])
    oud, nieuw = levens(persoon_id(WIE))
    assert oud[7] is True
    assert (nieuw[1], nieuw[8]) == (date(2026, 3, 9), VANDAAG)


def test_what_a_melding_does_at_another_institution_is_on_their_list_and_not_in_its_answer(maart):
    lever(WIE, inschrijving("1", "01AA"))
    antwoord = lever(WIE, inschrijving("2", "02BB"))
    assert {u.sleutel.instelling for u in antwoord.signalen_geopend} == {"02BB"}
    with cursor() as sql:
        sql.execute("SELECT DISTINCT instelling FROM kwaliteit_signaal WHERE regel = 'E06'")
        assert {code for (code,) in sql} == {"01AA", "02BB"}


def test_a_day_opens_and_closes_what_no_melding_does(maart, monkeypatch):
    gepland = date(2026, 3, 10)
    assert not lever(WIE, inschrijving(datum_uitschrijving_gepland=gepland)).signalen_geopend
    for dag, open_ in ((date(2026, 6, 8), 0), (date(2026, 6, 9), 1)):
        zet_klok(monkeypatch, dag)
        keer_om()
        assert sum(open_in_tabel().values()) == open_, dag
    assert levens(persoon_id(WIE))[0][:4] == ("B04", date(2026, 6, 9), False, "kalender")


def test_a_melding_is_not_said_to_open_what_a_day_opened_before_it(maart, monkeypatch):
    lever(WIE, inschrijving(datum_uitschrijving_gepland=date(2026, 3, 10)))
    zet_klok(monkeypatch, date(2026, 7, 1))
    antwoord = lever(WIE, inschrijving("2"))
    assert "B04" not in regels(antwoord.signalen_geopend)
    assert levens(persoon_id(WIE))[0][:4] == ("B04", date(2026, 6, 9), False, "kalender")


def test_on_the_first_of_august_everybody_is_due_because_the_window_moves(maart, monkeypatch):
    lever(
        WIE,
        inschrijving(
            datum_uitschrijving_gepland=date(2025, 9, 1), datum_uitschrijving_werkelijk=date(2026, 3, 1)
        ),
    )
    zet_klok(monkeypatch, date(2026, 8, 1))
    assert achterstand() == 1
    assert keer_om() == 1
    assert achterstand() == 0


def test_a_broken_off_turn_goes_on_where_it_was(databank, monkeypatch):
    zet_klok(monkeypatch, VANDAAG)
    sector = Sector(30)
    laad(sector.dossiers())
    zet_klok(monkeypatch, date(2026, 8, 1))

    def breek_af(gedaan: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keer_om(per=10, meld=breek_af)
    assert achterstand() == 20
    assert keer_om(per=10) == 20


def test_a_changed_rule_closes_its_signals_with_the_reason_on_record(maart):
    lever(WIE, inschrijving(**TE_LAAT))
    register.stel_in(register.Instelling("B04", Fase.CONCEPT, date(2026, 1, 1), "te streng", "beheer"))
    assert keer_om() == 1
    assert levens(persoon_id(WIE))[0][4:7] == (VANDAAG, False, "regels B04")


def test_a_rule_in_the_shadow_is_on_record_and_in_no_answer(maart):
    register.stel_in(register.Instelling("B04", Fase.SCHADUW, date(2026, 1, 1), "eerst kijken", "beheer"))
    assert not lever(WIE, inschrijving(**TE_LAAT)).signalen_geopend
    with cursor() as sql:
        sql.execute("SELECT regel, schaduw FROM kwaliteit_signaal")
        assert sql.fetchall() == [("B04", True)]


def test_a_dry_run_leaves_nothing_behind(maart):
    proef = register.verwerk(
        [melding(b.OvernemenInschrijving, "01AA", WIE, inschrijving=inschrijving(**TE_LAAT))],
        LADER,
        proef=True,
    )
    assert regels(proef[0].signalen_geopend) == ["B04"]
    assert not open_in_tabel()
    assert regels(lever(WIE, inschrijving(**TE_LAAT)).signalen_geopend) == ["B04"]


def test_signals_of_a_loaded_sector_equal_a_fresh_sweep_and_hold_no_number(databank, monkeypatch):
    zet_klok(monkeypatch, VANDAAG)
    sector = Sector(400, fouten=dict.fromkeys(planters(), 1), peildatum=VANDAAG)
    stamgegevens.laad_gegevens(sector.gegevens, "test", "fictieve sector")
    laad(sector.dossiers())
    assert open_in_tabel() == verse_sweep(VANDAAG)
    with cursor() as sql:
        sql.execute("SELECT DISTINCT regel FROM kwaliteit_signaal WHERE gesloten_op IS NULL")
        assert {regel for (regel,) in sql} >= set(planters())
        sql.execute("SELECT string_agg(s::text, ' ') FROM kwaliteit_signaal s")
        (alles,) = sql.fetchone()
    nummers = {
        n for d in sector.dossiers() for n in (d.persoon.burgerservicenummer, d.persoon.onderwijsnummer) if n
    }
    assert not [n for n in nummers if n in alles]
