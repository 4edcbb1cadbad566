"""For whom somebody acts: as chosen, never as another forces or changes meanwhile."""

import re
from typing import Any

import pytest
from django.test import Client

from kernregister.web.toegang.rollen import Rol
from tests.web.portaal.conftest import MaakBezoeker


def test_a_capacity_that_is_gone_falls_back_to_one_that_is_there(bezoeker: MaakBezoeker) -> None:
    from django.contrib.auth import get_user_model

    from kernregister.web.toegang.gebruikers import ken_toe, toekenningen, trek_in

    browser = bezoeker(Rol.REGISTERCONTROLE, kenmerk="25PV")
    wie = get_user_model().objects.get()
    for rol in (Rol.TOEGANG, Rol.REGISTERCONTROLE):
        ken_toe(wie, rol, "27DV", door="proef")
    browser.post("/namens/", {"hoedanigheid": "instelling:27DV:"})
    assert 'value="instelling:27DV:" selected' in browser.get("/dashboard/").text
    for rij in toekenningen(wie, "27DV"):
        trek_in(rij, door="proef")
    assert "Namens <strong>25PV</strong>" in browser.get("/dashboard/").text


def _geef(wie: Any, kenmerk: str, *rollen: Rol) -> None:
    from kernregister.web.toegang.gebruikers import ken_toe

    for rol in (Rol.TOEGANG, *rollen):
        ken_toe(wie, rol, kenmerk, door="proef")


def test_a_beheerder_elsewhere_draws_nobody_over_by_giving_roles(bezoeker: MaakBezoeker) -> None:
    """Who gets roles of another institution unasked goes on for the own one: what they upload stays there."""
    from django.contrib.auth import get_user_model

    browser = bezoeker(Rol.REGISTERCONTROLE, kenmerk="25PV")
    wie = get_user_model().objects.get()
    browser.get("/dashboard/")
    _geef(wie, "01AA", Rol.REGISTERCONTROLE)
    assert 'value="instelling:25PV:" selected' in browser.get("/dashboard/").text
    opnieuw = Client(SERVER_NAME="localhost")
    opnieuw.force_login(wie, backend="django.contrib.auth.backends.ModelBackend")
    assert 'value="instelling:25PV:" selected' in opnieuw.get("/dashboard/").text, "at the next login too"


@pytest.mark.parametrize("ververst", [False, True])
def test_a_form_for_an_institution_is_never_taken_for_another(bezoeker: MaakBezoeker, ververst: bool) -> None:
    """A role that ends while a form is filled in, or another tab that changes the capacity, stops the form."""
    from django.contrib.auth import get_user_model

    from kernregister.web.toegang.gebruikers import toekenningen, trek_in

    (
        bezoeker(Rol.BEHEERDER, kenmerk="25PV", naam="blijft"),
        bezoeker(Rol.BEHEERDER, kenmerk="27DV", naam="hier"),
    )
    bezoeker(Rol.BEHEERDER, kenmerk="25PV", naam="anna")
    wie = get_user_model().objects.get(first_name="Anna")
    _geef(wie, "27DV", Rol.BEHEERDER)
    browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    browser.force_login(wie, backend="django.contrib.auth.backends.ModelBackend")

    def bewijs() -> str:
        (waarde, *_) = re.findall(
            'csrfmiddlewaretoken" value="([^"]+)"', browser.get("/gebruikers/uitnodigen/").text
        )
        return waarde

    def nodig_uit(met: str):
        velden = {
            "adres": "nieuw@voorbeeld.example",
            "voornaam": "N",
            "achternaam": "W",
            "rol": "gebruiker-registercontrole",
        }
        return browser.post("/gebruikers/uitnodigen/", {**velden, "csrfmiddlewaretoken": met})

    oud = bewijs()
    browser.post("/namens/", {"hoedanigheid": "instelling:27DV:", "csrfmiddlewaretoken": oud})
    assert nodig_uit(oud).status_code == 403, "the form was opened for 25PV"
    nieuw = bewijs()
    for rij in toekenningen(wie, "27DV"):
        trek_in(rij, door="proef")
    if ververst:
        deel = browser.get("/gebruikers/", headers={"HX-Request": "true"})
        assert (deel.status_code, deel["HX-Refresh"]) == (409, "true"), (
            "the page must show for whom one acts now"
        )
        assert nodig_uit(nieuw).status_code == 403
        return
    geweigerd = nodig_uit(nieuw)
    assert geweigerd.status_code == 409
    assert "27DV" in geweigerd.text
    assert not get_user_model().objects.filter(username="nieuw@voorbeeld.example").exists()
    assert nodig_uit(bewijs()).status_code == 302, "once seen for whom, it goes on"
