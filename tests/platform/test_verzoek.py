"""Around a request: its trace, safe headers, no number in an address."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from kernregister.fictief import nummers
from kernregister.platform import spoor
from kernregister.platform.verzoek import Verzoek

BSN = nummers.burgerservicenummer(1, 10)
OWN = nummers.onderwijsnummer(1, 10)


def vraag(pad: str, **koppen: str) -> HttpResponse:
    return Verzoek(lambda _: HttpResponse(spoor.trace_id()))(RequestFactory().get(pad, headers=koppen))


@pytest.mark.parametrize(
    "nummer", [BSN, OWN, f"{BSN[:4]}.{BSN[4:6]}.{BSN[6:]}", f"{BSN[:3]}%20{BSN[3:6]}%20{BSN[6:]}"]
)
@pytest.mark.parametrize(
    "pad",
    ["/personen/{}", "/personen/{}/dossier", "/p?pgn={}", "/p?q=a,{}", "/p?{}=1", "/p;{}", "/p?x=/y/{}"],
)
def test_an_address_with_a_number_is_refused_with_the_way_to_do_it(pad, nummer):
    antwoord = vraag(pad.format(nummer))
    assert antwoord.status_code == 400
    fout = json.loads(antwoord.content)
    assert "inhoud van het verzoek" in fout["detail"]
    assert antwoord["Content-Type"] == "application/problem+json"
    assert not any(n in antwoord.content.decode() for n in (BSN, OWN))


@pytest.mark.parametrize(
    "pad",
    [
        *(
            "/",
            "/meldingen/6f0d2f39-37d7-4ef9-9b9a-123456782000",
            "/inschrijvingen?vanaf=2025-08-01",
            "/personen/12",
        ),
        *("/opleidingen/25655", "/onderwijsaanbieders/100A501", "/stand/1234567890123"),
    ],
)
def test_other_addresses_pass(pad):
    assert vraag(pad).status_code == 200


def test_the_trace_of_the_asker_is_followed_and_told():
    antwoord = vraag("/", traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    assert antwoord.content.decode() == antwoord["Trace-Id"] == "0af7651916cd43dd8448eb211c80319c"
    assert vraag("/")["Trace-Id"] != vraag("/")["Trace-Id"]


@pytest.mark.parametrize("pad", ["/", f"/p?x={BSN}"], ids=["an answer", "a refusal"])
def test_every_answer_is_safe_unless_it_knows_better(pad):
    antwoord = vraag(pad)
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in antwoord["Content-Security-Policy"]
    assert antwoord["X-Frame-Options"] == "DENY"
    assert antwoord["Cache-Control"] == "private, no-store"
    eigen = Verzoek(lambda _: HttpResponse(headers={"Cache-Control": "public, max-age=60"}))
    assert eigen(RequestFactory().get("/"))["Cache-Control"] == "public, max-age=60"


def test_where_a_code_of_nine_digits_belongs_it_may_stand(settings_codes):
    assert vraag(f"/leerbedrijven/{BSN}").status_code == 200
    assert vraag(f"/bpv?leerbedrijf={BSN}").status_code == 200
    assert vraag(f"/leerbedrijven/x/{BSN}").status_code == 400
    assert vraag(f"/bpv?pgn={BSN}&leerbedrijf=1").status_code == 400


@pytest.fixture
def settings_codes():
    with override_settings(CODES_VAN_NEGEN_CIJFERS=("leerbedrijven", "leerbedrijf")):
        yield
