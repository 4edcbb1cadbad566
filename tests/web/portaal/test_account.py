"""The own account: who am I, what do my roles open, and what I can change about logging in."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from kernregister.web.toegang.rollen import Rol
from tests.web.portaal.conftest import MaakBezoeker, bezorg_post
from tests.web.portaal.vragen import tel_vragen


def test_somebody_sees_each_capacity_with_its_roles_and_what_they_open(bezoeker: MaakBezoeker) -> None:
    from kernregister.web.toegang.gebruikers import ken_toe

    browser = bezoeker(Rol.BEHEERDER, naam="bas")
    for rol in (Rol.TOEGANG, Rol.REGISTERCONTROLE):
        ken_toe(get_user_model().objects.get(), rol, "27DV", door="proef")
    pagina = browser.get("/account/").text
    eerste, tweede = pagina.split("Namens 25PV")[1].split("Namens 27DV")
    assert "zichzelf en gebruikers (medewerkers) rollen en kenmerken toewijzen" in eerste
    assert "Gebruikers en rollen" in eerste
    assert "Dashboard" in tweede
    assert "Gebruikers en rollen" not in tweede.split("<h2")[0]
    assert "Bas Voorbeeld" in pagina


@pytest.mark.parametrize(("taal", "titel"), [("nl", "Mijn account"), ("en", "My account")])
def test_the_page_speaks_both_languages(bezoeker: MaakBezoeker, taal: str, titel: str) -> None:
    browser = bezoeker(Rol.SIGNALEN)
    browser.cookies["taal"] = taal
    assert f'<h1 class="utrecht-heading-1">{titel}</h1>' in browser.get("/account/").text


def test_who_has_no_role_left_still_has_an_account(bezoeker: MaakBezoeker) -> None:
    from kernregister.web.toegang.gebruikers import toekenningen, trek_in

    browser = bezoeker(Rol.SIGNALEN)
    for rij in toekenningen(get_user_model().objects.get()):
        trek_in(rij, door="proef")
    assert "U heeft nog geen rol" in browser.get("/account/").text


@pytest.mark.parametrize(
    "pad", ["/account/", "/gebruikers/", "/gebruikers/geschiedenis/", "/gebruikers/uitnodigen/"]
)
def test_no_page_asks_much_of_the_database_however_many_colleagues_there_are(
    bezoeker: MaakBezoeker, pad: str
) -> None:
    bas = bezoeker(Rol.BEHEERDER, naam="bas")
    voor = tel_vragen(bas, pad)
    for keer in range(5):
        bezoeker(Rol.SIGNALEN, Rol.STUDENTDOSSIER, naam=f"collega{keer}")
    assert tel_vragen(bas, pad) == voor <= 20


def test_who_has_no_password_chooses_one_by_a_link_in_the_mailbox_and_not_in_an_open_session(
    bezoeker: MaakBezoeker, brievenbus: list[Any]
) -> None:
    """An identity provider may close an account tomorrow: a password chosen today would open it all the same."""
    browser = bezoeker(Rol.REGISTERCONTROLE)
    wie = get_user_model().objects.get()
    keuze = {"password1": "een lang en eigen wachtwoord", "password2": "een lang en eigen wachtwoord"}
    for antwoord in (browser.get("/account/password/set/"), browser.post("/account/password/set/", keuze)):
        assert antwoord["Location"] == "/account/password/reset/"
    wie.refresh_from_db()
    assert not wie.has_usable_password()
    assert 'href="/account/password/reset/"' in browser.get("/account/").text
    browser.post("/account/password/reset/", {"email": wie.email})
    bezorg_post()
    assert [brief.to for brief in brievenbus] == [[wie.email]]
