"""Bulk changes by a worker: how far it is, nothing done twice when it begins again, gone on with after a failure."""

from datetime import timedelta
from typing import Any

import pytest

from kernregister.web.bulk import kiezen, uitvoeren
from kernregister.web.bulk.models import Regel, Toestand, Uitkomst
from tests.voorzieningen.register import wereld as w
from tests.voorzieningen.register.verhaal import vraag
from tests.web.portaal.bulkverhaal import GEPLAND, bulk_van, gepland_einde, schrijf_studenten_in, vooraf
from tests.web.portaal.invoerverhaal import Toetsenbord, bi, iemand

__all__ = ["bi"]


@pytest.fixture
def meer_dan_meteen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave everything to the worker, two students at a time."""
    monkeypatch.setattr(kiezen, "METEEN", 0)
    monkeypatch.setattr(uitvoeren, "PER_KEER", 2)


def test_many_are_done_by_a_worker_and_the_page_shows_how_far_it_is(
    bi: Toetsenbord, meer_dan_meteen: None
) -> None:
    schrijf_studenten_in(5)
    adres = vooraf(bi, cohort="2024", **GEPLAND)
    html = bi.open(adres)
    assert "<progress" in html
    stil = bi.browser.get(f"{adres}?stand=beoordelen-0", headers={"HX-Request": "true"})
    assert stil.status_code == 204
    assert len(vraag("SELECT id FROM procrastinate_jobs WHERE task_name = 'web.doe_bulk'")) == 1
    uitvoeren.draai(bulk_van(adres).id)
    gelezen = "SELECT count(*) FROM platform_auditregel WHERE handeling = 'gelezen'"
    voor = vraag(gelezen)
    klaar = bi.browser.get(f"{adres}?stand=beoordelen-0", headers={"HX-Request": "true"})
    assert klaar.headers["HX-Refresh"] == "true"
    assert vraag(gelezen) == voor, "nobody was shown to anybody"
    bi.browser.post(adres)
    bi.browser.post(adres)
    assert bulk_van(adres).toestand == Toestand.DOORVOEREN
    uitvoeren.draai(bulk_van(adres).id)
    assert bulk_van(adres).gedaan == 5
    assert gepland_einde(4) == "2028-07-31"


def test_a_worker_that_dies_goes_on_where_it_was_and_nothing_is_done_twice(
    bi: Toetsenbord, meer_dan_meteen: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    schrijf_studenten_in(5)
    adres = vooraf(bi, cohort="2024", **GEPLAND)
    uitvoeren.draai(bulk_van(adres).id)
    bi.browser.post(adres)
    neem_over, keren = uitvoeren._neem_over, []

    def sterf(*delen: Any) -> None:
        keren.append(1)
        if len(keren) == 4:
            raise KeyboardInterrupt
        neem_over(*delen)

    monkeypatch.setattr(uitvoeren, "_neem_over", sterf)
    with pytest.raises(KeyboardInterrupt):
        uitvoeren.draai(bulk_van(adres).id)
    assert bulk_van(adres).gedaan == 2
    assert gepland_einde(3) == "2028-07-31"  # it was delivered, and only the answer was lost
    uitvoeren.draai(bulk_van(adres).id)
    assert bulk_van(adres).toestand == Toestand.KLAAR
    uitkomsten = Regel.objects.using("stelsel").values_list("uitkomst", flat=True)
    assert set(uitkomsten) == {Uitkomst.AANVAARD}
    na_begin = "SELECT count(*) FROM register_melding WHERE client = 'portaal'"
    assert vraag(na_begin) == [(5,)]


def test_what_a_failure_broke_off_is_gone_on_with_from_the_page(
    bi: Toetsenbord, meer_dan_meteen: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    schrijf_studenten_in(3)
    adres = vooraf(bi, cohort="2024", **GEPLAND)
    vraag("UPDATE procrastinate_jobs SET status = 'failed' RETURNING id")
    assert "storing" not in bi.open(adres), "it may be being done right now"
    monkeypatch.setattr(kiezen, "EVEN", timedelta())
    assert "door een storing afgebroken" in bi.open(adres)
    bi.browser.post(adres, {"actie": "hervat"})
    bi.browser.post(adres, {"actie": "hervat"})
    assert "storing" not in bi.open(adres)
    assert vraag("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'") == [(1,)]
    uitvoeren.draai(bulk_van(adres).id)
    assert bulk_van(adres).toestand == Toestand.BEOORDEELD


def test_who_changed_meanwhile_is_changed_from_what_is_registered_then(
    bi: Toetsenbord, meer_dan_meteen: None
) -> None:
    schrijf_studenten_in(2)
    adres = vooraf(bi, cohort="2024", **GEPLAND)
    uitvoeren.draai(bulk_van(adres).id)
    w.lukt(
        w.plaats_bpv(iemand(0)), w.schrijf_in(iemand(0), extra_ondersteuning=[{"datum_begin": "2025-01-01"}])
    )
    w.lukt(w.schrijf_in(iemand(1), datum_uitschrijving_gepland="2028-07-31"))
    bi.browser.post(adres)
    uitvoeren.draai(bulk_van(adres).id)
    eerste = w.dossier(iemand(0)).inschrijvingen[0]
    assert len(eerste.bpvs) == len(eerste.extra_ondersteuning) == 1
    assert str(eerste.datum_uitschrijving_gepland) == "2028-07-31"
    uitkomsten = Regel.objects.using("stelsel").order_by("volgorde").values_list("uitkomst", flat=True)
    assert sorted(uitkomsten) == [Uitkomst.AANVAARD, Uitkomst.ONGEWIJZIGD]


def test_what_is_being_sent_lies_encrypted_and_goes_when_it_is_done(
    bi: Toetsenbord, meer_dan_meteen: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    schrijf_studenten_in(1)
    adres = vooraf(bi, cohort="2024", **GEPLAND)
    uitvoeren.draai(bulk_van(adres).id)
    bi.browser.post(adres)
    lever = uitvoeren._lever
    gezien: list[bytes] = []

    def kijk(*delen: Any, **anders: Any) -> Any:
        gezien.extend(bytes(rij) for (rij,) in vraag("SELECT melding FROM bulk_regel") if rij is not None)
        return lever(*delen, **anders)

    monkeypatch.setattr(uitvoeren, "_lever", kijk)
    uitvoeren.draai(bulk_van(adres).id)
    assert len(gezien) == 1
    assert (iemand().burgerservicenummer or "").encode() not in gezien[0]
    assert vraag("SELECT count(*) FROM bulk_regel WHERE melding IS NOT NULL") == [(0,)]
