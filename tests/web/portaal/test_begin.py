"""Where a visit begins: who is sent where, in which language, and what a page says about itself."""

import pytest

from kernregister.web.toegang.rollen import Rol
from tests.web.portaal.conftest import MaakBezoeker


def test_nobody_is_asked_to_log_in_and_comes_back_where_they_went(bezoeker: MaakBezoeker) -> None:
    antwoord = bezoeker().get("/dashboard/")
    assert antwoord.status_code == 302
    assert antwoord["Location"] == "/account/login/?next=/dashboard/"


def test_a_visitor_begins_at_the_first_page_that_the_roles_open(bezoeker: MaakBezoeker) -> None:
    assert bezoeker(Rol.REGISTERCONTROLE).get("/")["Location"] == "/dashboard/"
    assert bezoeker(Rol.BEHEERDER).get("/")["Location"] == "/gebruikers/"


def test_a_page_that_no_role_opens_says_which_one_and_who_can_help(bezoeker: MaakBezoeker) -> None:
    antwoord = bezoeker(Rol.REGISTERCONTROLE).get("/gebruikers/")
    assert antwoord.status_code == 403
    assert "Gebruikers en rollen" in antwoord.text
    assert "Beheerder instelling" in antwoord.text


@pytest.mark.parametrize(("kop", "woord"), [("nl-NL,nl;q=0.9", "Afmelden"), ("en-GB,en;q=0.9", "Log out")])
def test_the_browser_chooses_the_language_until_the_visitor_does(
    bezoeker: MaakBezoeker, kop: str, woord: str
) -> None:
    browser = bezoeker(Rol.REGISTERCONTROLE)
    assert woord in browser.get("/dashboard/", headers={"Accept-Language": kop}).text
    browser.post("/voorkeur/", {"taal": "en", "terug": "/dashboard/"})
    assert "Log out" in browser.get("/dashboard/", headers={"Accept-Language": "nl"}).text


@pytest.mark.parametrize(
    "terug", ["https://elders.example/", "//elders.example", "javascript:alert(1)", "9", "portaal_begin"]
)
def test_a_preference_never_sends_somebody_elsewhere(bezoeker: MaakBezoeker, terug: str) -> None:
    assert bezoeker().post("/voorkeur/", {"thema": "donker", "terug": terug})["Location"] == "/"
