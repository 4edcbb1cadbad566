"""Logging in with a password and a token generator: who is led where, and what a stranger learns."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernregister.web.toegang.gebruikers import ken_toe, maak_gebruiker
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.web.portaal.conftest import GEHEIM, bezorg_post, code_van

ADRES = "noor@voorbeeld.example"
WACHTWOORD = "een lang en eigen wachtwoord"


@pytest.fixture
def browser(databank: Databank) -> Iterator[Client]:
    """Give the browser of somebody with an account and a role, who has not logged in yet."""
    gebruiker = maak_gebruiker(ADRES, "Noor", "Voorbeeld", WACHTWOORD)
    for rol in (Rol.TOEGANG, Rol.REGISTERCONTROLE):
        ken_toe(gebruiker, rol, "25PV", door="proef")
    yield Client(SERVER_NAME="localhost", raise_request_exception=False)
    cache.clear()


def meld_aan(browser: Client, adres: str = ADRES, wachtwoord: str = WACHTWOORD, naar: str = ""):
    """Send the form of the login page."""
    return browser.post("/account/login/", {"login": adres, "password": wachtwoord, "next": naar})


def koppel(browser: Client) -> str:
    """Connect a token generator, and return its secret."""
    pagina = browser.get("/account/mfa/totp/activate/").text
    sleutel = re.search(r'kr-sleutel">([A-Z2-7]+)<', pagina)
    assert sleutel, pagina
    antwoord = browser.post("/account/mfa/totp/activate/", {"code": code_van(sleutel[1])})
    assert antwoord["Location"] == "/account/mfa/recovery-codes/"
    return sleutel[1]


def test_before_a_token_generator_is_connected_no_page_opens(browser: Client) -> None:
    assert meld_aan(browser, naar="/dashboard/").status_code == 302
    for pad in ("/", "/dashboard/", "/account/", "/account/password/change/", "/account/mfa/recovery-codes/"):
        assert browser.get(pad)["Location"] == "/account/mfa/totp/activate/", pad
    pagina = browser.get("/account/mfa/totp/activate/").text
    assert "Hoofdmenu" not in pagina
    assert 'autocomplete="one-time-code"' in pagina
    koppel(browser)
    assert browser.get("/dashboard/").status_code == 200


def test_with_a_token_generator_the_password_alone_opens_nothing(browser: Client) -> None:
    meld_aan(browser)
    geheim = koppel(browser)
    browser.post("/account/logout/")
    cache.clear()  # the code that connected it would count as used
    assert meld_aan(browser, naar="/dashboard/")["Location"] == "/account/mfa/authenticate/"
    assert browser.get("/dashboard/")["Location"].startswith("/account/login/")
    fout = browser.post("/account/mfa/authenticate/", {"code": "000000"})
    assert 'id="code-fout"' in fout.text
    code = code_van(geheim)
    assert browser.post("/account/mfa/authenticate/", {"code": code})["Location"] == "/dashboard/"
    assert browser.get("/dashboard/").status_code == 200


def test_a_code_works_once_as_long_as_it_would_be_good(browser: Client) -> None:
    meld_aan(browser)
    geheim = koppel(browser)
    code = code_van(geheim)
    uitkomsten = []
    for _ in range(3):
        ander = Client(SERVER_NAME="localhost")
        meld_aan(ander)
        uitkomsten.append(ander.post("/account/mfa/authenticate/", {"code": code}).status_code)
        (gebruiker,) = get_user_model().objects.all()
        cache.delete(f"allauth.mfa.totp.used?user={gebruiker.pk}&code={code}")  # what allauth forgets soon
    assert uitkomsten == [302, 200, 200]


def test_a_recovery_code_opens_the_account_once(browser: Client) -> None:
    meld_aan(browser)
    koppel(browser)
    codes = re.findall(r"<code>([0-9]{8})</code>", browser.get("/account/mfa/recovery-codes/").text)
    assert len(codes) == 10
    for verwacht in (302, 200):
        ander = Client(SERVER_NAME="localhost")
        meld_aan(ander)
        assert ander.post("/account/mfa/authenticate/", {"code": codes[0]}).status_code == verwacht
    assert "nog 9" in browser.get("/account/").text
    assert browser.post("/account/mfa/recovery-codes/generate/").status_code == 302
    assert codes[1] not in browser.get("/account/mfa/recovery-codes/").text
    assert "nog 10" in browser.get("/account/").text


def test_the_secret_of_a_token_generator_lies_encrypted(browser: Client, databank: Databank) -> None:
    meld_aan(browser)
    geheim = koppel(browser)
    with databank.verbind("kernregister_stelsel") as stelsel:
        rijen = stelsel.execute("SELECT data::text FROM mfa_authenticator").fetchall()
    assert len(rijen) == 2
    assert not any(geheim in data for (data,) in rijen)


def test_who_takes_the_token_generator_away_connects_another_before_going_on(browser: Client) -> None:
    meld_aan(browser)
    koppel(browser)
    assert browser.post("/account/mfa/totp/deactivate/").status_code == 302
    assert browser.get("/dashboard/")["Location"] == "/account/mfa/totp/activate/"
    koppel(browser)
    assert browser.get("/dashboard/").status_code == 200


@pytest.mark.parametrize("pad", ["signup/", "email/", "confirm-email/", "login/code/confirm/", "3rdparty/"])
def test_nobody_makes_an_account_or_adds_an_address_by_itself(browser: Client, pad: str) -> None:
    assert browser.get(f"/account/{pad}").status_code == 404


def test_a_stranger_and_a_wrong_password_get_the_same_answer(browser: Client) -> None:
    vreemd, fout = meld_aan(browser, "niemand@voorbeeld.example"), meld_aan(browser, wachtwoord="iets anders")

    def kaal(antwoord) -> str:
        zonder = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", antwoord.text)
        return zonder.replace("niemand@voorbeeld.example", ADRES)

    assert vreemd.status_code == fout.status_code == 200
    assert kaal(vreemd) == kaal(fout)


def test_asking_for_a_new_password_tells_nothing_about_who_has_an_account(
    browser: Client, brievenbus: list[Any]
) -> None:
    """Nor does it by how long it takes: both times one task is put in the queue, which holds no link."""
    for adres, ontvangers in ((ADRES, [[ADRES]]), ("niemand@voorbeeld.example", [])):
        brievenbus.clear()
        with CaptureQueriesContext(connections["stelsel"]) as vragen:
            antwoord = browser.post("/account/password/reset/", {"email": adres})
        assert (antwoord.status_code, antwoord["Location"]) == (302, "/account/password/reset/done/")
        assert not brievenbus, "no mail server is waited for"
        assert sum("procrastinate_defer" in vraag["sql"] for vraag in vragen) == 1
        (opdracht,) = bezorg_post()
        assert set(opdracht) == {"gebruiker", "basis"}
        assert [bericht.to for bericht in brievenbus] == ontvangers


def test_no_link_goes_to_who_was_shut_out_meanwhile(browser: Client, brievenbus: list[Any]) -> None:
    browser.post("/account/password/reset/", {"email": ADRES})
    get_user_model().objects.update(is_active=False)
    assert len(bezorg_post()) == 1
    assert not brievenbus


def test_a_link_for_a_new_password_works_once_and_opens_nothing_by_itself(
    browser: Client, brievenbus: list[Any]
) -> None:
    browser.post("/account/password/reset/", {"email": ADRES})
    bezorg_post()
    link = re.search(r"http://localhost(/account/password/reset/key/\S+)", brievenbus[0].body)
    assert link
    formulier = browser.get(link[1], follow=True).redirect_chain[-1][0]
    nieuw = {"password1": "nog een lang wachtwoord", "password2": "nog een lang wachtwoord"}
    assert browser.post(formulier, {**nieuw, "password2": "anders"}).status_code == 200
    assert browser.post(formulier, {"password1": "kort", "password2": "kort"}).status_code == 200
    assert browser.post(formulier, nieuw)["Location"] == "/account/password/reset/key/done/"
    assert browser.get("/dashboard/")["Location"].startswith("/account/login/")
    assert "werkt niet meer" in Client(SERVER_NAME="localhost").get(link[1], follow=True).text
    assert meld_aan(browser).status_code == 200
    assert meld_aan(browser, wachtwoord=nieuw["password1"]).status_code == 302


@pytest.mark.parametrize(
    ("taal", "woorden"),
    [
        ("nl", ("Aanmelden", "Wachtwoord", "Dit veld is verplicht")),
        ("en", ("Log in", "Password", "required")),
    ],
)
def test_the_login_page_speaks_the_language_of_the_visitor(
    browser: Client, taal: str, woorden: tuple[str, ...]
) -> None:
    browser.cookies["taal"] = taal
    pagina = browser.post("/account/login/", {}).text
    assert [woord for woord in woorden if woord not in pagina] == []
    assert 'autocomplete="username"' in pagina
    assert 'autocomplete="current-password"' in pagina
    assert 'aria-invalid="true"' in pagina


def test_the_secret_in_these_tests_makes_codes() -> None:
    assert re.fullmatch(r"[0-9]{6}", code_van(GEHEIM))
