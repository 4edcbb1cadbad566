"""What keeps a visit safe: sessions, forms, headers, limits on trying, and error pages that show nothing."""

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import URLPattern, path

from kernregister.fictief import nummers
from kernregister.web import urls
from kernregister.web.toegang.gebruikers import maak_gebruiker
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.web.portaal.conftest import GEHEIM, MaakBezoeker, code_van
from tests.web.portaal.test_rondgang_portaal import WEGEN

TLS = {"HTTP_X_FORWARDED_PROTO": "https"}
ADRES = "noor@voorbeeld.example"
WACHTWOORD = "een lang en eigen wachtwoord"


@pytest.fixture
def noor(databank: Databank) -> Iterator[Client]:
    """Give the browser of somebody with a password and a token generator."""
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(maak_gebruiker(ADRES, "Noor", "Voorbeeld", WACHTWOORD), GEHEIM)
    yield Client(SERVER_NAME="localhost", raise_request_exception=False)
    cache.clear()


def met_wachtwoord(browser: Client, wachtwoord: str = WACHTWOORD, adres: str = ADRES, **extra: Any):
    """Send the form of the login page."""
    return browser.post("/account/login/", {"login": adres, "password": wachtwoord}, **extra)


def meld_aan(browser: Client, **extra: Any):
    """Log in with password and code."""
    met_wachtwoord(browser, **extra)
    return browser.post("/account/mfa/authenticate/", {"code": code_van(GEHEIM)}, **extra)


@pytest.mark.parametrize("tls", [True, False])
def test_cookies_stay_out_of_scripts_and_other_sites_and_under_tls_come_back_over_tls_only(
    noor: Client, tls: bool
) -> None:
    extra = TLS if tls else {}
    noor.get("/account/login/", **extra)
    meld_aan(noor, **extra)
    noor.post("/voorkeur/", {"taal": "en"}, **extra)
    assert {"sessionid", "csrftoken", "taal"} <= set(noor.cookies)
    for naam, koekje in noor.cookies.items():
        assert koekje["httponly"], naam
        assert koekje["samesite"] == "Lax", naam
        assert bool(koekje["secure"]) is tls, naam
    assert not noor.cookies["sessionid"]["max-age"], "gone when the browser closes"


def test_logging_in_gives_another_session_so_that_nobody_can_lay_one_ready(noor: Client) -> None:
    noor.get("/account/login/?next=/")
    met_wachtwoord(noor)
    voor = noor.session.session_key
    noor.post("/account/mfa/authenticate/", {"code": code_van(GEHEIM)})
    assert noor.session.session_key != voor
    assert noor.get("/account/").status_code == 200
    dief = Client(SERVER_NAME="localhost")
    dief.cookies["sessionid"] = voor
    assert dief.get("/account/").status_code == 302


def test_logging_out_ends_the_session_also_for_who_kept_the_cookie(noor: Client) -> None:
    meld_aan(noor)
    sleutel = noor.cookies["sessionid"].value
    assert noor.get("/account/logout/").status_code == 200, "asks first: an image may not log anybody out"
    noor.post("/account/logout/")
    noor.cookies["sessionid"] = sleutel
    assert noor.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("sleutel", "geleden"),
    [("zitting_begin", settings.SESSION_COOKIE_AGE), ("zitting_laatst", settings.SESSION_IDLE)],
)
def test_a_session_ends_after_a_working_day_or_an_hour_without_a_step(
    bezoeker: MaakBezoeker, sleutel: str, geleden: int
) -> None:
    browser = bezoeker(Rol.REGISTERCONTROLE)
    assert browser.get("/dashboard/").status_code == 200
    for speling, verwacht in ((-60, 200), (1, 302)):
        sessie = browser.session
        sessie[sleutel] = time.time() - geleden - speling
        sessie.save()
        assert browser.get("/dashboard/", headers={"HX-Request": "true"}).status_code == (
            verwacht if verwacht == 200 else 401
        )


def test_a_page_that_refreshes_itself_keeps_no_session_alive(bezoeker: MaakBezoeker) -> None:
    browser = bezoeker(Rol.REGISTERCONTROLE)
    browser.get("/dashboard/")

    def zet_terug() -> float:
        sessie = browser.session
        sessie["zitting_laatst"] = time.time() - 1000
        sessie.save()
        return sessie["zitting_laatst"]

    laatst = zet_terug()
    browser.get("/dashboard/", headers={"HX-Request": "true"})
    assert browser.session["zitting_laatst"] == laatst
    browser.get("/dashboard/")
    assert browser.session["zitting_laatst"] > laatst


def test_who_is_shut_out_is_out_at_the_next_request(bezoeker: MaakBezoeker) -> None:
    from django.contrib.auth import get_user_model

    browser = bezoeker(Rol.REGISTERCONTROLE)
    assert browser.get("/dashboard/").status_code == 200
    get_user_model().objects.update(is_active=False)
    assert browser.get("/dashboard/")["Location"].startswith("/account/login/")


def test_another_password_ends_the_other_sessions_and_one_can_end_them_oneself(noor: Client) -> None:
    meld_aan(noor)
    ander = Client(SERVER_NAME="localhost")
    cache.clear()
    meld_aan(ander)
    assert ander.get("/account/").status_code == 200
    assert noor.get("/account/").text.count("127.0.0.1") == 2
    noor.post("/account/")
    assert ander.get("/account/").status_code == 302
    cache.clear()
    meld_aan(ander)
    nieuw = {
        "oldpassword": WACHTWOORD,
        "password1": "iets heel anders dan eerst",
        "password2": "iets heel anders dan eerst",
    }
    assert noor.post("/account/password/change/", nieuw).status_code == 302
    assert noor.get("/account/").status_code == 200
    assert ander.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("taal", "titel"), [("nl", "Het formulier is verlopen"), ("en", "The form has expired")]
)
def test_a_form_from_elsewhere_changes_nothing(bezoeker: MaakBezoeker, taal: str, titel: str) -> None:
    echt = bezoeker(Rol.BEHEERDER)
    browser = Client(enforce_csrf_checks=True, SERVER_NAME="localhost", raise_request_exception=False)
    browser.cookies["sessionid"] = echt.cookies["sessionid"].value
    browser.cookies["taal"] = taal
    for naam, pad in WEGEN.items():
        antwoord = browser.post(pad, {"taal": "en", "persona": "bas"})
        assert antwoord.status_code in (403, 404, 405), naam
        if antwoord.status_code == 403:
            assert titel in antwoord.text, naam
    assert browser.get("/gebruikers/").status_code == 200


def test_every_page_forbids_what_it_does_not_need(bezoeker: MaakBezoeker) -> None:
    browser = bezoeker(Rol.BEHEERDER)
    for naam, pad in WEGEN.items():
        koppen = browser.get(pad, **TLS).headers
        beleid = dict(
            deel.strip().partition(" ")[::2] for deel in koppen["Content-Security-Policy"].split(";")
        )
        assert beleid["default-src"] == "'none'", naam
        assert beleid["script-src"] == beleid["style-src"] == "'self'", naam
        assert (beleid["form-action"], beleid["frame-ancestors"]) == ("'self'", "'none'"), naam
        assert "unsafe" not in koppen["Content-Security-Policy"], naam
        assert koppen["X-Content-Type-Options"] == "nosniff", naam
        assert koppen["X-Frame-Options"] == "DENY", naam
        assert koppen["Referrer-Policy"] == "same-origin", naam
        assert "no-store" in koppen["Cache-Control"], naam
        assert koppen["Strict-Transport-Security"] == "max-age=31536000", naam
    assert "Strict-Transport-Security" not in browser.get("/gebruikers/").headers


def test_no_page_holds_a_script_or_style_that_the_policy_would_stop(bezoeker: MaakBezoeker) -> None:
    browser = bezoeker(Rol.BEHEERDER)
    for naam, pad in WEGEN.items():
        antwoord = browser.get(pad)
        if antwoord.headers.get("Content-Type", "").startswith("text/html"):
            tekst = antwoord.text
            assert "<style" not in tekst, naam
            assert " style=" not in tekst, naam
            assert tekst.count("<script") == tekst.count('<script src="/static/'), naam
            assert " onclick=" not in tekst, naam


def test_an_account_is_guessed_at_five_times_and_no_more_whoever_guesses(noor: Client) -> None:
    fout = [met_wachtwoord(Client(SERVER_NAME="localhost"), f"fout {keer}").text for keer in range(5)]
    assert not any("Te vaak" in tekst or "te veel" in tekst.lower() for tekst in fout)
    assert "te veel" in met_wachtwoord(noor).text.lower(), "the right password waits too"
    vreemd = [met_wachtwoord(noor, "x", "niemand@voorbeeld.example").text for _ in range(6)]
    assert "te veel" in vreemd[5].lower(), "and so does an address without account"


def test_a_code_is_guessed_at_five_times_and_no_more(noor: Client) -> None:
    met_wachtwoord(noor)
    for _ in range(5):
        assert noor.post("/account/mfa/authenticate/", {"code": "000000"}).status_code == 200
    antwoord = noor.post("/account/mfa/authenticate/", {"code": code_van(GEHEIM)})
    assert antwoord.status_code == 200
    assert "te veel" in antwoord.text.lower()
    assert noor.get("/account/").status_code == 302


def test_one_address_does_not_try_without_end(noor: Client) -> None:
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "3/m/ip"}):
        statussen = [met_wachtwoord(noor, "x", f"{keer}@voorbeeld.example").status_code for keer in range(4)]
    assert statussen == [200, 200, 200, 429]


def test_behind_a_proxy_the_address_of_the_visitor_counts(noor: Client) -> None:
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"}, ALLAUTH_TRUSTED_PROXY_COUNT=1):
        statussen = [
            met_wachtwoord(noor, "x", f"{keer}@voorbeeld.example", HTTP_X_FORWARDED_FOR=adres).status_code
            for keer, adres in enumerate(["10.0.0.1", "10.0.0.2", "9.9.9.9, 10.0.0.1"])
        ]
    assert statussen == [200, 200, 429], "what a visitor writes in front does not help"


def test_counts_of_attempts_sessions_and_accounts_are_out_of_reach_of_the_application(
    noor: Client, databank: Databank
) -> None:
    met_wachtwoord(noor, "fout")
    with databank.verbind("kernregister_stelsel") as stelsel:
        assert stelsel.execute("SELECT count(*) FROM toegang_geheugen").fetchone() != (0,)
        tabellen = stelsel.execute(
            "SELECT tablename FROM pg_tables WHERE tablename ~ "
            "'^(auth|account|mfa|socialaccount|usersessions|toegang|django_session)'"
        ).fetchall()
    assert len(tabellen) > 12
    with databank.verbind("kernregister_app") as app:
        for (tabel,) in tabellen:
            for opdracht in (f"SELECT 1 FROM {tabel}", f"DELETE FROM {tabel}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(opdracht)


def _gaat_mis(request: object) -> None:
    raise RuntimeError("geheim 999990007")


BROWSER = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize(
    ("pad", "status", "nl", "en"),
    [
        ("/bestaat-niet/", 404, "Niet gevonden", "Not found"),
        (
            f"/gebruikers/?wie={nummers.burgerservicenummer(1, 10)}",
            400,
            "Dit verzoek klopt niet",
            "is not right",
        ),
        ("/gaat-mis/", 500, "Algemene fout", "General error"),
    ],
)
def test_what_goes_wrong_has_a_page_in_both_languages_that_shows_nothing_of_the_inside(
    bezoeker: MaakBezoeker, monkeypatch: pytest.MonkeyPatch, pad: str, status: int, nl: str, en: str
) -> None:
    mis: list[URLPattern] = [path("gaat-mis/", _gaat_mis)]
    monkeypatch.setattr(urls, "urlpatterns", urls.urlpatterns + mis)
    for browser in (bezoeker(), bezoeker(Rol.BEHEERDER)):
        with override_settings(ROOT_URLCONF="kernregister.web.urls"):
            from django.urls import clear_url_caches

            clear_url_caches()
            for taal, tekst in (("nl", nl), ("en", en)):
                browser.cookies["taal"] = taal
                antwoord = browser.get(pad, **BROWSER)
                assert antwoord.status_code == status
                assert tekst in antwoord.text
                assert f'<html lang="{taal}"' in antwoord.text
                assert "geheim" not in antwoord.text
                assert nummers.burgerservicenummer(1, 10) not in antwoord.text
            clear_url_caches()


def test_a_machine_still_gets_a_problem(databank: Databank) -> None:
    antwoord = Client(SERVER_NAME="localhost").get("/api/v1/bestaat-niet", **BROWSER)
    assert antwoord["Content-Type"] == "application/problem+json"


def test_of_sessions_that_are_over_nothing_is_kept(noor: Client, databank: Databank) -> None:
    from kernregister.web.toegang.tasks import ruim_op

    meld_aan(noor)
    met_wachtwoord(noor, "fout")
    tabellen = ("django_session", "usersessions_usersession", "toegang_geheugen")

    def aantallen() -> list[int]:
        with databank.verbind("kernregister_stelsel") as stelsel:
            return [stelsel.execute(f"SELECT count(*) FROM {tabel}").fetchone()[0] for tabel in tabellen]

    ruim_op()
    voor = aantallen()
    assert voor[0] >= voor[1] == 1
    assert voor[2] > 0
    assert noor.get("/account/").status_code == 200
    with databank.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute("UPDATE django_session SET expire_date = now() - interval '1 minute'")
        stelsel.execute("UPDATE toegang_geheugen SET expires = now() - interval '1 minute'")
    ruim_op()
    assert aantallen() == [0, 0, 0]


def test_a_form_does_not_fill_the_disk_with_files_that_no_page_asks_for(bezoeker: MaakBezoeker) -> None:
    browser = bezoeker(Rol.SIGNALEN)
    bestanden = {f"bestand{nummer}": SimpleUploadedFile("x.csv", b"a;b\n") for nummer in range(5)}
    antwoord = browser.post("/administratie/", bestanden, **BROWSER)
    assert (antwoord.status_code, "Dit verzoek klopt niet" in antwoord.text) == (400, True)
