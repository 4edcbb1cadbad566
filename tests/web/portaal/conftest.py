"""Visitors of the portal: people with an account and roles, logged in, each with a browser of their own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank

MaakBezoeker = Callable[..., Client]


@pytest.fixture
def bezoeker(databank: Databank) -> MaakBezoeker:
    """Give a maker of visitors: ``bezoeker(Rol.SIGNALEN, kenmerk="25PV")``; Mijn DUO-toegang comes with it.

    With a ``studiejaar`` the roles are for that year only, as an accountant has them; without roles it is nobody.
    """
    from django.contrib.auth import get_user_model

    from kernregister.platform import klok
    from kernregister.web.toegang.gebruikers import ken_toe, maak_gebruiker

    def maak(*rollen: Rol, kenmerk: str = "25PV", studiejaar: str = "", naam: str = "iemand") -> Client:
        browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
        if not rollen:
            return browser
        adres = f"{naam}.{get_user_model().objects.count()}@voorbeeld.example"
        gebruiker = maak_gebruiker(adres, naam.capitalize(), "Voorbeeld")
        tot = klok.nu() + timedelta(days=30) if studiejaar else None
        ken_toe(gebruiker, Rol.TOEGANG, kenmerk, door="proef")
        for rol in set(rollen) - {Rol.TOEGANG}:
            ken_toe(gebruiker, rol, kenmerk, door="proef", studiejaar=studiejaar, geldig_tot=tot)
        browser.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return maak
