"""What breaks off: an upload halfway, a process that dies, two who decide at once, a register that moved on."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import connections
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from kernregister.platform.stukken import ONTVANGST_DUURT
from kernregister.web.leveringen import laden, loslaten
from kernregister.web.leveringen.models import Levering, Toestand
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import HIER, lukt, schrijf_in, wie
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.leveringen import als_ndjson, hier, lever_aan, levering, ro, werk

__all__ = ["hier", "ro", "werk"]

ADRES = "/meldingen/aanleveren/"


def half(browser: Client, inhoud: bytes) -> int:
    """Upload a file of which the connection breaks off when three quarters are there; return the status."""
    bestand = io.BytesIO(inhoud)
    bestand.name = "half.ndjson"
    heel = encode_multipart(BOUNDARY, {"bestand": bestand})
    gekomen = {"wsgi.input": io.BytesIO(heel[: len(heel) * 3 // 4]), "CONTENT_LENGTH": str(len(heel))}
    return browser.generic("POST", ADRES, heel, content_type=MULTIPART_CONTENT, **gekomen).status_code


def test_of_an_upload_that_breaks_off_nothing_is_taken_for_a_file(hier: None, bezoeker: MaakBezoeker) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=HIER)
    meldingen = als_ndjson(*(schrijf_in(wie(0), f"N{n}") for n in range(400)))
    assert half(amira, meldingen) == 422
    assert vraag("SELECT count(*) FROM leveringen_levering") == [(0,)]
    assert "half.ndjson" not in amira.get(ADRES).text


def test_what_a_process_left_that_died_while_a_file_came_in_is_seen_by_nobody_and_goes(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    adres = lever_aan(amira, ro.inhoud)
    assert werk() == 1
    nu = Levering.objects.using("stelsel")
    nu.update(toestand=Toestand.ONTVANGST)
    assert amira.get(adres).status_code == 404
    assert adres not in amira.get(ADRES).text
    assert amira.post(f"{adres}doorvoeren/").status_code == 404
    loslaten.ruim_op()
    assert nu.exists(), "it may still be coming in"
    nu.update(ontvangen_op=nu.get().ontvangen_op - ONTVANGST_DUURT)
    loslaten.ruim_op()
    assert vraag("SELECT count(*) FROM leveringen_stuk") == [(0,)]
    assert not nu.exists()


def test_a_file_that_is_not_as_it_was_delivered_is_not_applied_and_says_so(
    databank: Databank, ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    adres = lever_aan(amira, ro.inhoud)
    assert werk() == 1
    with databank.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute(
            "UPDATE leveringen_stuk SET inhoud = set_byte(inhoud, 30, 1 + get_byte(inhoud, 30) % 255)"
        )
    amira.post(f"{adres}doorvoeren/")
    werk()
    assert levering(adres).toestand == Toestand.ONBRUIKBAAR
    assert "niet meer zoals het is aangeleverd. Lever het opnieuw aan." in amira.get(adres).text
    assert vraag("SELECT count(*) FROM register_melding") == [(0,)]


def test_of_two_who_decide_at_the_same_moment_one_is_heard(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    adres = lever_aan(bezoeker(Rol.SIGNALEN, kenmerk=ro.brin), ro.inhoud)
    werk()
    samen = Barrier(4)

    def besluit(naam: str) -> bool:
        try:
            deze = levering(adres)
            samen.wait(60)
            doe = loslaten.trek_in if naam == "dunya" else laden.voer_door
            return doe(deze, naam)
        finally:
            connections.close_all()

    namen = ["amira", "bas", "chen", "dunya"]
    with ThreadPoolExecutor(4) as draden:
        gehoord = [naam for naam, ja in zip(namen, draden.map(besluit, namen), strict=True) if ja]
    assert len(gehoord) == 1
    gedaan = levering(adres)
    if gehoord == ["dunya"]:
        assert (gedaan.toestand, werk()) == (Toestand.INGETROKKEN, 0)
    else:
        assert (gedaan.doorgevoerd_door, werk()) == (gehoord[0], 1)
        assert levering(adres).toestand == Toestand.KLAAR


def test_who_applies_what_a_colleague_applies_already_is_told_so(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira, collega = (bezoeker(Rol.SIGNALEN, kenmerk=ro.brin, naam=naam) for naam in ("amira", "collega"))
    adres = lever_aan(amira, ro.inhoud)
    werk()
    assert "Het doorvoeren is begonnen" in collega.post(f"{adres}doorvoeren/", follow=True).text
    tekst = amira.post(f"{adres}doorvoeren/", follow=True).text
    assert "Dit kan nu niet (meer)" in tekst
    assert "doorgevoerd door collega" in " ".join(tekst.split())


def test_what_changed_while_somebody_looked_at_the_dry_run_is_shown_before_it_is_applied(
    hier: None, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=HIER)
    adres = lever_aan(amira, als_ndjson(schrijf_in(wie(0))))
    werk()
    assert 'name="gezien" value="0"' in amira.get(adres).text
    lukt(schrijf_in(wie(1)))
    gevraagd = amira.post(f"{adres}doorvoeren/", {"gezien": "0"}, follow=True).text
    assert "Er is nog niets doorgevoerd" in gevraagd
    assert "één melding van uw instelling is intussen verwerkt" in gevraagd
    assert 'name="gezien" value="1"' in gevraagd
    assert (levering(adres).toestand, werk()) == (Toestand.BEOORDEELD, 0)
    amira.post(f"{adres}doorvoeren/", {"gezien": "1"})
    assert werk() == 1
    assert levering(adres).toestand == Toestand.KLAAR


@pytest.mark.parametrize("gezien", ["", "x", "-1", "²", "9" * 5000])
def test_a_form_that_was_tampered_with_is_not_an_error(
    hier: None, bezoeker: MaakBezoeker, werk: Callable[[], int], gezien: str
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=HIER)
    adres = lever_aan(amira, als_ndjson(schrijf_in(wie(0))))
    werk()
    assert amira.post(f"{adres}doorvoeren/", {"gezien": gezien}).status_code == 302
