"""Asking for an overview: what is refused and why, and what comes of what is not."""

import threading
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from msgspec.structs import replace

from kernregister.kern.gegevens import Soort as Instellingssoort
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import Bijzonder
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.kwaliteit.opzet import lever, zet_klok
from tests.voorzieningen.overzichten.opzet import (
    BEGIN,
    EINDE,
    codes,
    gemaakt,
    gevuld,
    inhoud,
    instelling_van,
    vraag,
    vraag_aan,
)

JAAR = Studiejaar(2025)


def test_an_institution_gets_its_ro_at_once(databank):
    code = instelling_van(gevuld())
    ro = vraag("RO", code, begin=BEGIN, einde=EINDE)
    tekst = inhoud(ro).decode()
    assert tekst.startswith(f"VLP|{code}|2025-08-01|2026-07-31|")
    assert tekst.count("\nPER|") == ro.gedaan > 0
    assert "\nSLR|" in tekst
    assert ro.grondslag.keys() >= {"gegevens", "regels", "programma"}
    (bestand,) = overzichten.bestanden([ro.id], "stelsel")[ro.id]
    assert bestand.naam == f"RO_{code}_20250801_20260731.CSV"


def test_what_is_wrong_with_the_period_of_an_ro_is_said_in_the_words_of_the_manual(databank):
    code = instelling_van(gevuld(5))

    def bezwaren(begin, einde):
        return codes("RO", code, begin=begin, einde=einde)

    assert bezwaren(None, None) == ["periode-leeg"]
    assert bezwaren(BEGIN, None) == ["periode-leeg"]
    assert bezwaren(EINDE, BEGIN) == ["periode-volgorde"]
    assert bezwaren(date(2024, 8, 1), date(2026, 8, 1)) == ["periode-lengte"]
    assert bezwaren(date(2024, 8, 1), date(2026, 7, 31)) == []
    assert bezwaren(date(2024, 2, 29), date(2026, 2, 28)) == []
    assert bezwaren(BEGIN, BEGIN) == []
    assert bezwaren(date(1, 1, 1), date(9999, 12, 31)) == ["periode-lengte"]


def test_all_objections_come_at_once(databank):
    code = instelling_van(gevuld(5))
    vraag_aan("OBO", code, studiejaar=JAAR)
    assert codes("OBO", code, bijzonder=frozenset()) == ["autorisatie", "studiejaar-leeg", "niet-verwerkt"]


def test_an_institution_that_is_not_funded_gets_no_obo(databank):
    sector = gevuld(30)
    niet = [s.code for s in sector.scholen if s.instelling.soort == Instellingssoort.NBI]
    assert niet, "the fictitious sector has a niet-bekostigde instelling"
    assert codes("OBO", niet[0], studiejaar=JAAR) == ["niet-bekostigd"]
    assert codes("RO", niet[0], begin=BEGIN, einde=EINDE) == []


def test_an_obo_of_a_year_to_come_is_refused(databank):
    code = instelling_van(gevuld(5))
    assert codes("OBO", code, studiejaar=Studiejaar(2199)) == ["studiejaar-toekomst"]


@pytest.mark.parametrize("soort", ["", "obo", "XYZ", "RO;DROP"])
def test_a_kind_that_does_not_exist_is_refused(databank, soort):
    assert codes(soort, "27DV") == ["soort"]


def test_of_an_obo_one_is_on_its_way_at_a_time_and_of_an_ro_one_for_each_period(databank):
    code = instelling_van(gevuld(5))
    eerste = vraag_aan("OBO", code, studiejaar=JAAR)
    assert codes("OBO", code, studiejaar=Studiejaar(2024)) == ["niet-verwerkt"]
    gemaakt(eerste.id)
    assert codes("OBO", code, studiejaar=Studiejaar(2024)) == []
    vraag_aan("RO", code, begin=BEGIN, einde=EINDE)
    assert codes("RO", code, begin=BEGIN, einde=EINDE) == ["niet-verwerkt"]
    assert codes("RO", code, begin=BEGIN, einde=BEGIN) == []


def test_of_two_that_ask_at_the_same_moment_one_gets_it(databank):
    code = instelling_van(gevuld(5))
    klaar, uit = threading.Barrier(4), []

    def vraag_tegelijk():
        klaar.wait()
        uit.append(
            overzichten.vraag_aan(overzichten.Wens(soort="OBO", instelling=code, studiejaar=JAAR), "x")
        )
        connections.close_all()

    draden = [threading.Thread(target=vraag_tegelijk) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(isinstance(een, list) for een in uit) == [False, True, True, True]
    assert all(een[0].code == "niet-verwerkt" for een in uit if isinstance(een, list))


def test_the_same_request_again_is_the_same_request(databank):
    code, id_ = instelling_van(gevuld(5)), uuid4()
    een = vraag_aan("RO", code, begin=BEGIN, einde=EINDE, kenmerk=id_)
    gemaakt(een.id)
    assert vraag_aan("RO", code, begin=BEGIN, einde=EINDE, kenmerk=id_).id == een.id
    assert codes("RO", code, begin=BEGIN, einde=BEGIN, kenmerk=id_) == ["andere-aanvraag"]


def test_a_dry_run_records_nothing(databank):
    code = instelling_van(gevuld(5))
    wens = overzichten.Wens(soort="OBO", instelling=code, studiejaar=JAAR)
    assert overzichten.vraag_aan(wens, "test", proef=True) == []
    assert overzichten.aanvragen(verbinding="stelsel") == []


def test_special_data_asks_for_its_scope(databank):
    code = instelling_van(gevuld(5))
    ook = frozenset({Bijzonder.ONDERSTEUNING})
    assert codes("RO", code, begin=BEGIN, einde=EINDE, bijzonder=ook) == []
    assert codes("OBO", code, studiejaar=JAAR, bijzonder=ook) == ["autorisatie"]


def test_where_the_limits_of_duo_hold_an_obo_is_there_the_next_working_day_once_a_day(databank, monkeypatch):
    monkeypatch.setattr(settings, "DUO_GRENZEN", True)
    code = instelling_van(gevuld(5))
    zet_klok(
        monkeypatch, date(2026, 4, 2)
    )  # Maundy Thursday: Good Friday to Easter Monday are no working days
    obo = vraag_aan("OBO", code, studiejaar=JAAR)
    assert obo.beschikbaar_op.astimezone(UTC) == datetime(2026, 4, 7, 4, tzinfo=UTC)
    assert obo.stand is None
    assert codes("OBO", code, studiejaar=JAAR) == ["niet-verwerkt", "een-per-dag"]

    zet_klok(monkeypatch, date(2026, 4, 7))
    klaar = gemaakt(obo.id)
    assert klaar.stand is not None
    assert inhoud(klaar).startswith(f"VLP|2025-2026|{code}|2026-04-02|2026-04-02".encode())
    assert codes("OBO", code, studiejaar=JAAR) == []


def test_what_failed_is_not_the_one_of_the_day(databank, monkeypatch):
    monkeypatch.setattr(settings, "DUO_GRENZEN", True)
    code = instelling_van(gevuld(5))
    obo = vraag_aan("OBO", code, studiejaar=JAAR)
    overzichten.Aanvraag.objects.using("stelsel").filter(id=obo.id).update(toestand="mislukt")
    assert codes("OBO", code, studiejaar=JAAR) == []


def test_what_was_answered_is_in_it_also_while_older_work_still_runs(databank):
    sector = gevuld(5)
    code = instelling_van(sector)
    wie, een = next(
        (dossier.persoon, een)
        for dossier in sector.dossiers()
        for een in dossier.inschrijvingen
        if een.instelling == code
    )
    voor = register.stand()
    with databank.verbind("kernregister_stelsel") as ouder:
        ouder.autocommit = False
        ouder.execute("SELECT pg_current_xact_id()")
        later = een.datum_uitschrijving_gepland + timedelta(days=1)
        lever(wie, replace(een, datum_uitschrijving_gepland=later))
        assert register.stand() == voor, "its number waits for the older work"
        threading.Timer(0.2, ouder.rollback).start()
        ro = vraag_aan("RO", code, begin=BEGIN, einde=EINDE)
    assert ro.stand == register.stand() > voor


def test_what_was_lost_on_the_way_can_be_asked_again(databank, monkeypatch):
    from kernregister.voorzieningen.overzichten import maken

    code = instelling_van(gevuld(5))
    zet_klok(monkeypatch, date(2026, 3, 1))
    verloren = vraag_aan("OBO", code, studiejaar=JAAR)
    assert maken.geef_op() == 0
    zet_klok(monkeypatch, date(2026, 3, 2))
    assert maken.geef_op() == 1
    mislukt = overzichten.aanvraag(verloren.id, "stelsel")
    assert mislukt.toestand == "mislukt"
    assert "opnieuw" in mislukt.uitleg
    assert codes("OBO", code, studiejaar=JAAR) == []


def test_a_moment_to_come_or_without_a_zone_and_a_stand_that_is_not_there_are_refused(databank):
    code = instelling_van(gevuld(5))
    periode = {"begin": BEGIN, "einde": EINDE}
    assert codes("RO", code, **periode, moment=datetime.now(UTC) + timedelta(days=1)) == ["moment"]
    zonder = datetime(2026, 1, 1)  # noqa: DTZ001 - that is the point
    assert codes("RO", code, **periode, moment=zonder) == ["moment"]
    assert codes("RO", code, **periode, stand=register.stand()) == []
    assert codes("RO", code, **periode, stand=register.stand() + 1) == ["stand"]
    assert codes("RO", code, **periode, stand=10**9) == ["stand"]
    assert codes("RO", code, **periode, stand=-1) == ["stand"]
    assert codes("RO", code, **periode, stand=0, moment=datetime(2026, 1, 1, tzinfo=UTC)) == ["moment"]
    assert codes("RO", code, opnieuw=uuid4()) == ["opnieuw"]
