"""Machine clients: a secret gives a token, a token gives what its client was given, and no more."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from kernregister.web.toegang import aansluitingen, poort
from kernregister.web.toegang.aansluitingen import Aansluitingfout, lijst, maak_aansluiting, trek_in
from tests.databank import Databank


def _vraag_token(client_id: str, geheim: str, **meer: str):
    basis = base64.b64encode(f"{client_id}:{geheim}".encode()).decode()
    velden = {"grant_type": "client_credentials", **meer}
    return Client(SERVER_NAME="localhost").post("/oauth/token", velden, HTTP_AUTHORIZATION=f"Basic {basis}")


def test_a_client_gets_a_token_for_its_secret_and_the_gate_knows_it(databank: Databank) -> None:
    aansluiting, geheim = maak_aansluiting("SIS van 25PV", Soort.INSTELLING, "25PV")
    antwoord = _vraag_token(aansluiting.client_id, geheim)
    assert antwoord.status_code == 200, antwoord.content
    inhoud = antwoord.json()
    assert inhoud["token_type"] == "Bearer"
    assert inhoud["expires_in"] == 3600
    wie = poort.bezoeker(inhoud["access_token"])
    assert wie is not None
    assert (wie.pas.soort, wie.pas.sleutel) == (Soort.INSTELLING, "25PV")
    assert Recht.MELDINGEN_SCHRIJVEN in wie.rechten
    assert Recht.ONDERSTEUNING_LEZEN not in wie.rechten, "a fact of health is given by name only"


def test_a_wrong_secret_and_other_ways_in_give_no_token(databank: Databank) -> None:
    aansluiting, geheim = maak_aansluiting("SIS", Soort.INSTELLING, "25PV")
    assert _vraag_token(aansluiting.client_id, geheim + "x").status_code == 401
    assert _vraag_token("niemand", geheim).status_code == 401
    assert _vraag_token(aansluiting.client_id, geheim, grant_type="password").status_code in (400, 401)
    assert _vraag_token(aansluiting.client_id, geheim, scope="register.beheren").status_code == 400
    assert Client(SERVER_NAME="localhost").get("/oauth/token").status_code == 405


def test_a_token_with_fewer_scopes_opens_less(databank: Databank) -> None:
    aansluiting, geheim = maak_aansluiting("SIS", Soort.INSTELLING, "25PV")
    inhoud = _vraag_token(aansluiting.client_id, geheim, scope="signalen.lezen").json()
    wie = poort.bezoeker(inhoud["access_token"])
    assert wie is not None
    assert wie.rechten == {"signalen.lezen"}


def test_special_data_is_in_the_pass_only_when_it_was_given(databank: Databank) -> None:
    rechten = [Recht.DOSSIER_LEZEN, Recht.ONDERSTEUNING_LEZEN]
    aansluiting, geheim = maak_aansluiting("SIS", Soort.INSTELLING, "25PV", rechten)
    alles = poort.bezoeker(_vraag_token(aansluiting.client_id, geheim).json()["access_token"])
    minder = poort.bezoeker(
        _vraag_token(aansluiting.client_id, geheim, scope="dossier.lezen").json()["access_token"]
    )
    assert alles is not None
    assert minder is not None
    assert [b.value for b in alles.pas.bijzonder] == ["ondersteuning"]
    assert not minder.pas.bijzonder


def test_a_revoked_client_is_out_at_once_where_it_is_not_remembered(databank: Databank) -> None:
    aansluiting, geheim = maak_aansluiting("SIS", Soort.INSTELLING, "25PV")
    token = _vraag_token(aansluiting.client_id, geheim).json()["access_token"]
    assert poort.bezoeker(token)
    trek_in(aansluiting.client_id)
    poort.vergeet()
    assert poort.bezoeker(token) is None
    assert _vraag_token(aansluiting.client_id, geheim).status_code in (400, 401)
    assert lijst()[0].ingetrokken_op is not None
    with pytest.raises(Aansluitingfout):
        trek_in(aansluiting.client_id)


def test_a_connection_ends_on_its_last_day(databank: Databank) -> None:
    aansluiting, geheim = maak_aansluiting(
        "SIS", Soort.INSTELLING, "25PV", geldig_tot=datetime.now(UTC) + timedelta(hours=1)
    )
    token = _vraag_token(aansluiting.client_id, geheim).json()["access_token"]
    assert poort.bezoeker(token)
    aansluiting.geldig_tot = datetime.now(UTC) - timedelta(seconds=1)
    aansluiting.save()
    poort.vergeet()
    assert poort.bezoeker(token) is None


@pytest.mark.parametrize(
    ("soort", "sleutel", "extra", "woord"),
    [
        (Soort.INSTELLING, "", "", "sleutel nodig"),
        (Soort.INSTELLING, "Deltion", "", "instellingscode"),
        (Soort.INSTELLING, "25|V", "", "rechte streep"),
        (Soort.DUO, "25PV", "", "geen sleutel"),
        (Soort.ACCOUNTANT, "25PV", "", "studiejaar"),
        (Soort.ACCOUNTANT, "25PV", "2025-2027", "studiejaar"),
        (Soort.INSTELLING, "25PV", "2025-2026", "accountant"),
    ],
)
def test_a_connection_that_cannot_be_is_explained(
    databank: Databank, soort: Soort, sleutel: str, extra: str, woord: str
) -> None:
    with pytest.raises(Aansluitingfout, match=woord):
        maak_aansluiting("SIS", soort, sleutel, extra=extra)


@pytest.mark.parametrize(
    "tabel", ["allauth_idp_oidc_token", "allauth_idp_oidc_client", "toegang_aansluiting"]
)
@pytest.mark.parametrize("zin", ["SELECT * FROM {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES"])
def test_the_application_role_cannot_reach_clients_or_tokens_with_raw_sql(
    databank: Databank, tabel: str, zin: str
) -> None:
    with databank.verbind("kernregister_app") as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(zin.format(tabel))


def test_secrets_and_tokens_are_nowhere_in_the_clear(databank: Databank) -> None:
    aansluiting, geheim = maak_aansluiting("SIS", Soort.INSTELLING, "25PV")
    token = _vraag_token(aansluiting.client_id, geheim).json()["access_token"]
    with databank.verbind("kernregister_stelsel") as stelsel:
        rijen = [
            stelsel.execute(f"SELECT * FROM {tabel}").fetchall()
            for tabel in ("allauth_idp_oidc_client", "allauth_idp_oidc_token", "toegang_aansluiting")
        ]
    assert geheim not in repr(rijen)
    assert token not in repr(rijen)


def test_who_keeps_asking_for_tokens_has_to_wait(databank: Databank) -> None:
    antwoorden = [_vraag_token("steeds-weer", "fout") for _ in range(40)]
    laatste = antwoorden[-1]
    assert laatste.status_code == 429
    assert int(laatste["Retry-After"]) > 0
    assert laatste["Content-Type"] == "application/problem+json"


def test_a_client_can_find_where_tokens_are(databank: Databank) -> None:
    gegevens = Client(SERVER_NAME="localhost").get("/.well-known/oauth-authorization-server").json()
    assert gegevens["token_endpoint"].endswith("/oauth/token")
    assert gegevens["grant_types_supported"] == ["client_credentials"]


def test_the_id_of_a_client_never_looks_like_the_number_of_a_person(databank, monkeypatch):
    ids = iter([UUID("a999990019b0deadbeefdeadbeefcafe"), UUID("deadbeefdeadbeefdeadbeefdeadbeef")])
    monkeypatch.setattr(aansluitingen, "uuid4", lambda: next(ids))
    aansluiting, _ = maak_aansluiting("SIS", Soort.INSTELLING, "27DV")
    assert aansluiting.client_id == "deadbeef" * 4
