"""Clients that mean harm, or are merely slow: others do not notice."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client, RequestFactory, override_settings

from kernregister.platform import klok
from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.overzichten.actions import MEESTE_ONDERWEG
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.sectorinformatie import actions as sectorinformatie
from kernregister.web import oauth
from kernregister.web.api import bulk
from kernregister.web.leveringen import laden
from kernregister.web.leveringen.models import Levering
from kernregister.web.toegang.aansluitingen import maak_aansluiting
from kernregister.web.toegang.herkomst import adres_van
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.web.conftest import MaakMachine, Machine


def test_a_slow_sender_of_an_ro_does_not_hold_up_the_stand_of_others(databank: Databank) -> None:
    """Stand numbers are handed out below the oldest running transaction: a sender may not keep one open."""
    sector = opzet.zet_sector_klaar(10)
    ander = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    standen = []

    def traag() -> Iterator[bytes]:
        yield b"VLP|"
        (terug,) = opzet.stuur(opzet.identificatie(ander, ander.inschrijvingen[0].instelling))
        assert terug.aanvaard
        standen.append(register.stand())
        yield b"27DV|"

    levering = laden.neem_in("27DV", "proef", traag())
    assert standen == [1]
    assert levering.omvang == 9
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT inhoud FROM leveringen_stuk ORDER BY nummer")
        assert not any(b"VLP" in bytes(inhoud) or b"27DV" in bytes(inhoud) for (inhoud,) in cursor)


def test_of_an_ro_that_breaks_off_nothing_is_kept(databank: Databank) -> None:
    def breekt_af() -> Iterator[bytes]:
        yield b"VLP|"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        laden.neem_in("27DV", "proef", breekt_af())
    assert not Levering.objects.using("stelsel").exists()


def test_what_is_no_list_of_meldingen_is_not_answered_to_its_end(
    databank: Databank, machine: MaakMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer to two bytes is hundreds of bytes long: a gigabyte of rubbish would fill the disk."""
    monkeypatch.setattr(bulk, "MEESTE_ONLEESBAAR", 50)
    antwoord = machine("25PV")("POST", "/meldingen/bulk", b"x\n" * 5000, "application/x-ndjson")
    *antwoorden, slot = map(json.loads, antwoord.getvalue().splitlines())
    antwoord.close()
    assert len(antwoorden) == slot["samenvatting"]["onleesbaar"] == 50
    assert slot["afgebroken"]["status"] == 400


@pytest.mark.parametrize("pad", ["/oauth/token", "/oauth/revoke"])
def test_who_is_not_known_has_no_large_body_taken_in(databank: Databank, pad: str) -> None:
    """A form with a file would be written to disk before anybody looks at who sends it."""
    antwoord = Client(SERVER_NAME="localhost").post(pad, {"token": "x" * 20_000})
    assert antwoord.status_code == 413


@pytest.mark.parametrize("pad", ["/oauth/token", "/oauth/revoke"])
def test_secrets_are_not_tried_out_without_end(databank: Databank, pad: str) -> None:
    aansluiting, _ = maak_aansluiting("SIS", Soort.INSTELLING, "25PV")
    oauth.per_client.leeg()
    velden = {"token": "x", "client_id": aansluiting.client_id, "client_secret": "geraden"}
    client = Client(SERVER_NAME="localhost")
    try:
        statussen = [client.post(pad, velden).status_code for _ in range(oauth.per_client.per_minuut + 5)]
    finally:
        oauth.per_client.leeg()
    assert statussen[0] in {400, 401}
    assert statussen[-1] == 429


@pytest.mark.parametrize("adressen", [("10.0.0.1", "10.0.0.2"), ("2001:db8::1", "2001:db8:1::1")])
def test_behind_a_proxy_one_visitor_does_not_use_up_what_another_may_try(
    databank: Databank, monkeypatch: pytest.MonkeyPatch, adressen: tuple[str, str]
) -> None:
    """And what a visitor writes in front of its address, or chooses within its own network, does not help."""
    monkeypatch.setattr(oauth, "per_adres", oauth.Emmers(2))
    een, ander = adressen
    gekozen = f"9.9.9.9, {een}" + ("9" if ":" in een else "")
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        statussen = [
            Client(SERVER_NAME="localhost").post("/oauth/token", HTTP_X_FORWARDED_FOR=keten).status_code
            for keten in (een, een, gekozen, ander)
        ]
    assert [status == 429 for status in statussen] == [False, False, True, False]


def test_where_no_proxy_is_told_of_nobody_says_from_where_they_come() -> None:
    koppen = {
        "HTTP_X_FORWARDED_FOR": "10.9.8.7",
        "HTTP_X_REAL_IP": "10.9.8.7",
        "HTTP_FORWARDED": "for=10.9.8.7",
    }
    verzoek = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **koppen)
    assert adres_van(verzoek) == "10.0.0.1"
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        assert adres_van(verzoek) == "10.9.8.7"


@pytest.mark.parametrize("keten", ["10.0.0.1", "", "a, b", "\0, \0", "10.0.0.1, 999.1.1.1"])
def test_what_did_not_pass_all_proxies_counts_as_who_connected(databank: Databank, keten: str) -> None:
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=2):
        for pad in ("/oauth/token", "/account/login/"):
            antwoord = Client(SERVER_NAME="localhost", raise_request_exception=False).post(
                pad, {"login": "x@x.nl", "password": "x"}, HTTP_X_FORWARDED_FOR=keten
            )
            assert antwoord.status_code in {200, 400, 401}


def test_an_institution_does_not_fill_the_queue_of_overviews(
    databank: Databank, machine: MaakMachine
) -> None:
    """Each period is another RO, and there are thousands of them: others wait behind them."""
    wie, ander = machine("25PV", rechten=list(Recht)), machine("27DV", rechten=list(Recht))

    def vraag(van: Machine, dag: int) -> int:
        einde = date(2025, 2, 1) + timedelta(days=dag)
        inhoud = {"soort": "RO", "begin": "2025-01-01", "einde": str(einde)}
        return van("POST", "/overzichten", json.dumps(inhoud)).status_code

    assert {vraag(wie, dag) for dag in range(MEESTE_ONDERWEG)} == {202}
    assert vraag(wie, 99) == 422
    assert vraag(ander, 99) == 202


def test_the_sector_is_not_counted_without_end(databank: Databank, machine: MaakMachine) -> None:
    sector = machine("", Soort.SECTOR, [Recht.SECTORINFORMATIE_LEZEN])
    vandaag = klok.vandaag()

    def vraag(dagen: int) -> int:
        return sector(
            "POST", "/sectorinformatie", json.dumps({"stand_per": str(vandaag - timedelta(days=dagen))})
        ).status_code

    assert {vraag(dagen) for dagen in range(sectorinformatie.MEESTE_ONDERWEG)} == {202}
    assert vraag(99) == 422
    assert vraag(0) == 202, "what was asked for already is no more work"
