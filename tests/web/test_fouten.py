"""Bad input of every kind: always a problem that says what is wrong, where and how to mend it, and never a number."""

import json
import logging

import psycopg
import pytest
from django.db import OperationalError
from django.test import Client

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from kernregister.web import oauth
from kernregister.web.api import samenstelling
from kernregister.web.api.problemen import SOORTEN
from kernregister.web.toegang.limiet import Emmers
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.web.conftest import MaakMachine, als_json


def probleem(antwoord, status: int) -> dict:
    assert antwoord.status_code == status, antwoord.content
    assert antwoord["Content-Type"] == "application/problem+json"
    inhoud = antwoord.json()
    assert inhoud["status"] == status
    assert inhoud["type"].rpartition("/")[2] in SOORTEN
    assert inhoud["title"]
    assert inhoud["detail"]
    return inhoud


def test_every_kind_of_problem_is_explained_at_its_own_address(
    databank: Databank, machine: MaakMachine
) -> None:
    niemand = machine(soort=None)
    for soort in niemand("GET", "/fouten").json():
        uitleg = Client(SERVER_NAME="localhost").get(soort["type"]).json()
        assert uitleg == soort
        assert uitleg["titel"]["nl"] != uitleg["titel"]["en"]


@pytest.mark.parametrize(
    ("methode", "pad", "status"),
    [
        ("GET", "/bestaat-niet", 404),
        ("GET", "/dossiers/abc", 404),
        ("GET", "/dossiers/99999999999999999999", 404),
        ("GET", "/meldingen/geen-uuid", 404),
        ("DELETE", "/meldingen", 405),
        ("PUT", "/dossiers/1", 405),
        ("OPTIONS", "/stand", 405),
    ],
)
def test_addresses_and_methods_that_are_not_there(
    databank: Databank, machine: MaakMachine, methode: str, pad: str, status: int
) -> None:
    antwoord = machine("25PV")(methode, pad)
    probleem(antwoord, status)
    if status == 405:
        assert antwoord["Allow"]


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        (b"{", "JSON"),
        (b"\xff\xfe", ""),
        (b"[]", "soort"),
        (b"null", "soort"),
        (b'"tekst"', "soort"),
        (b'{"soort": "Onbekend"}', "AanleverenInschrijving"),
        (b'{"soort": 7}', "AanleverenInschrijving"),
        (b"[" * 5000, "JSON"),
        (b'{"soort": "VerwijderenInschrijving"}', "ontbreekt"),
        (
            b'{"soort": "VerwijderenInschrijving", "id": "x", "afzender": 1, "moment": "gisteren", "extra": 1}',
            "",
        ),
    ],
)
def test_what_is_no_melding_is_told_with_its_places(
    databank: Databank, machine: MaakMachine, inhoud: bytes, woord: str
) -> None:
    gezegd = probleem(machine("25PV")("POST", "/meldingen", inhoud), 400)
    assert gezegd["bevindingen"]
    assert woord in json.dumps(gezegd["bevindingen"], ensure_ascii=False)


def test_all_parameters_that_are_wrong_are_named_at_once(databank: Databank, machine: MaakMachine) -> None:
    eigen = machine("25PV")
    gezegd = probleem(eigen("GET", "/meldingen?aantal=veel&aanvaard=misschien&cursor=x&kleur=rood"), 400)
    paden = [punt["pad"] for punt in gezegd["bevindingen"]]
    assert paden == ["?aantal", "?aanvaard", "?kleur"]
    assert "geheel getal, minstens 1, hoogstens 1000" in gezegd["bevindingen"][0]["uitleg"]
    assert probleem(eigen("GET", "/meldingen?cursor=x"), 400)["bevindingen"][0]["pad"] == "?cursor"
    assert probleem(eigen("GET", "/meldingen?aantal=1&aantal=2"), 400)["bevindingen"][0]["pad"] == "?aantal"
    probleem(eigen("GET", "/meldingen?soort=%00"), 400)
    probleem(eigen("GET", "/stand?op=2999-01-01T00:00:00Z"), 422)
    probleem(eigen("GET", "/stand?op=2026-01-01T00:00:00"), 400)
    probleem(eigen("GET", "/dossiers/1?op=2026-01-01T00:00:00Z&stand=1"), 400)


def test_a_cursor_of_another_list_or_made_up_is_refused(databank: Databank, machine: MaakMachine) -> None:
    from kernregister.web.api import cursors

    eigen = machine("25PV")
    goed = cursors.maak("meldingen", 5)
    assert eigen("GET", f"/meldingen?cursor={goed}").status_code == 200
    probleem(eigen("GET", f"/inschrijvingen?cursor={goed}"), 400)
    probleem(eigen("GET", f"/meldingen?cursor={goed[:-2]}AA"), 400)
    probleem(eigen("GET", f"/signalen?cursor={'A' * 400}"), 400)


@pytest.mark.parametrize("soort", ["", "text/plain", "application/xml", "multipart/form-data; boundary=x"])
def test_another_kind_of_content_is_refused(databank: Databank, machine: MaakMachine, soort: str) -> None:
    probleem(machine("25PV")("POST", "/meldingen", b"{}", soort or "x/y"), 415)


def test_packed_content_is_refused(databank: Databank, machine: MaakMachine) -> None:
    probleem(machine("25PV")("POST", "/meldingen", b"{}", content_encoding="gzip"), 415)


def test_what_is_too_large_is_refused_before_it_is_read(databank: Databank, machine: MaakMachine) -> None:
    gezegd = probleem(machine("25PV")("POST", "/meldingen", b" " * (1 << 20) + b" "), 413)
    assert "1048576" in gezegd["bevindingen"][0]["uitleg"]


def test_a_refused_melding_is_a_problem_with_the_rules_as_codes_and_without_numbers(
    databank: Databank, machine: MaakMachine
) -> None:
    sector = opzet.zet_sector_klaar(10)
    dossier = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    brin = dossier.inschrijvingen[0].instelling
    eigen = machine(brin)
    melding = als_json(opzet.inschrijving(dossier))
    gezegd = probleem(eigen("POST", "/meldingen", melding), 422)
    assert [b["regel"] for b in gezegd["bevindingen"]] == ["N05"]
    assert gezegd["bevindingen"][0]["advies"]
    assert gezegd["antwoord"]["aanvaard"] is False
    assert dossier.persoon.burgerservicenummer not in json.dumps(gezegd)
    engels = probleem(eigen("POST", "/meldingen", melding, accept_language="en-GB, nl;q=0.4"), 422)
    assert engels["title"] == SOORTEN["geweigerd"].titel["en"]
    assert engels["bevindingen"][0]["tekst"] != gezegd["bevindingen"][0]["tekst"]
    anders = json.dumps({**json.loads(melding), "moment": "2026-03-02T10:00:00+00:00"})
    assert [b["regel"] for b in probleem(eigen("POST", "/meldingen", anders), 409)["bevindingen"]] == ["N02"]


def test_a_number_that_is_sent_never_comes_back_in_an_error_or_a_log(
    databank: Databank, machine: MaakMachine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bsn = burgerservicenummer(3, 10)
    eigen = machine("25PV")
    teksten = [
        eigen("POST", "/meldingen", json.dumps({"soort": bsn, bsn: bsn})),
        eigen(
            "POST", "/meldingen", json.dumps({"soort": "VerwijderenBpv", "id": bsn, "afzender": bsn, bsn: 1})
        ),
        eigen("POST", "/personen/zoek", json.dumps({"burgerservicenummer": int(bsn)})),
        eigen("POST", "/personen/zoek", json.dumps({"burgerservicenummer": bsn, bsn: bsn})),
        eigen(
            "POST", "/personen/zoek", json.dumps({"burgerservicenummer": bsn, "onderwijsnummer": "100000009"})
        ),
        eigen("GET", f"/meldingen?{bsn}=1"),
        eigen("GET", f"/meldingen?soort={bsn}"),
        eigen("GET", f"/{bsn}"),
        eigen("GET", f"/regels/{bsn}"),
        eigen("POST", "/regelinstellingen", json.dumps({"regel": bsn})),
    ]
    for antwoord in teksten:
        assert antwoord.status_code >= 400
        assert bsn not in antwoord.content.decode(), antwoord.content
    assert bsn not in "\n".join(
        regel.getMessage() for regel in caplog.records if not regel.name.startswith("django")
    )


def test_who_asks_too_much_waits_and_is_told_how_long(
    databank: Databank, machine: MaakMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samenstelling, "emmers", Emmers(3))
    eigen, ander = machine("25PV"), machine("99ZZ")
    antwoorden = [eigen("GET", "/stand") for _ in range(4)]
    assert [a.status_code for a in antwoorden] == [200, 200, 200, 429]
    assert antwoorden[0]["RateLimit-Policy"] == '"client";q=3;w=60'
    assert int(antwoorden[3]["Retry-After"]) in range(1, 21)
    probleem(antwoorden[3], 429)
    assert ander("GET", "/stand").status_code == 200, "a limit of one is not that of another"


def test_what_goes_wrong_inside_shows_no_trace_and_a_lost_database_asks_to_come_back(
    databank: Databank,
    machine: MaakMachine,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    from kernregister.voorzieningen.register import public as register

    eigen = machine("25PV")
    bsn = burgerservicenummer(4, 10)

    def stuk() -> int:
        raise KeyError(f"persoon {bsn}")

    monkeypatch.setattr(register, "stand", stuk)
    gezegd = probleem(eigen("GET", "/stand"), 500)
    assert gezegd["instance"].startswith("urn:kernregister:spoor:")
    assert "Traceback" not in json.dumps(gezegd)
    assert bsn not in caplog.text
    assert "KeyError bij test_fouten.py" in caplog.text

    def weg() -> int:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(register, "stand", weg)
    antwoord = eigen("GET", "/stand")
    probleem(antwoord, 503)
    assert antwoord["Retry-After"] == "2"


def test_a_lost_database_at_the_gate_is_no_server_error(
    databank: Databank, monkeypatch: pytest.MonkeyPatch
) -> None:
    def weg(token: str) -> None:
        raise OperationalError("weg")

    monkeypatch.setattr(samenstelling, "bezoeker", weg)
    antwoord = Client(SERVER_NAME="localhost").get("/api/v1/stand", HTTP_AUTHORIZATION="Bearer " + "x" * 30)
    probleem(antwoord, 503)


@pytest.mark.parametrize("fout", [OperationalError, psycopg.OperationalError])
def test_a_lost_database_is_no_server_error_where_tokens_are_given_either(
    databank: Databank, monkeypatch: pytest.MonkeyPatch, fout: type[Exception]
) -> None:
    def weg(request: object) -> None:
        raise fout("weg")

    monkeypatch.setattr(oauth.views, "token", weg)
    antwoord = Client(SERVER_NAME="localhost").post("/oauth/token", {"grant_type": "client_credentials"})
    probleem(antwoord, 503)
    assert antwoord["Retry-After"] == "2"


def test_what_was_fetched_is_not_sent_again(databank: Databank, machine: MaakMachine) -> None:
    eigen = machine("25PV")
    eerst = eigen("GET", "/regelinstellingen")
    nog_eens = eigen("GET", "/regelinstellingen", if_none_match=f'"anders", W/{eerst["ETag"]}')
    assert nog_eens.status_code == 304
    assert nog_eens.content == b""
    beheer = machine("", Soort.DUO, [Recht.REGISTER_BEHEREN])
    besluit = {"regel": "L07", "fase": "schaduw", "vanaf": "2026-10-01", "reden": "eerst tellen"}
    assert beheer("POST", "/regelinstellingen", json.dumps(besluit)).status_code == 201
    assert eigen("GET", "/regelinstellingen", if_none_match=eerst["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("besluit", "status"),
    [
        ({"regel": "B04", "fase": "weigeren", "vanaf": "2026-10-01", "reden": "streng"}, 422),
        ({"regel": "Z99", "fase": "signaal", "vanaf": "2026-10-01", "reden": "bestaat niet"}, 422),
        ({"regel": "B04", "fase": "soms", "vanaf": "morgen", "reden": ""}, 400),
    ],
)
def test_a_decision_about_a_rule_that_cannot_be_is_explained(
    databank: Databank, machine: MaakMachine, besluit: dict, status: int
) -> None:
    beheer = machine("", Soort.DUO, [Recht.REGISTER_BEHEREN])
    gezegd = probleem(beheer("POST", "/regelinstellingen", json.dumps(besluit)), status)
    if status == 400:
        assert [punt["pad"] for punt in gezegd["bevindingen"]] == ["fase", "reden", "vanaf"]


def test_pages_for_machines_set_no_cookie_and_headers_are_safe(
    databank: Databank, machine: MaakMachine
) -> None:
    antwoord = machine("25PV")("GET", "/stand")
    assert not antwoord.cookies
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Cache-Control"] == "private, no-cache"
    assert "Access-Control-Allow-Origin" not in antwoord
    assert antwoord["Trace-Id"]


def test_health_is_told_without_a_pass(databank: Databank) -> None:
    antwoord = Client(SERVER_NAME="localhost").get("/gezond")
    assert antwoord.status_code == 200
    assert antwoord.json() == {"gezond": True, "databank": "antwoordt"}
