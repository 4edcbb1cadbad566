"""Visitors of the portal: people with an account and roles, logged in, each with a browser of their own."""

import base64
import hmac
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank

GEHEIM = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""The secret of every token generator in these tests."""

MaakBezoeker = Callable[..., Client]


def code_van(geheim: str) -> str:
    """Return what a token generator with a secret shows now (RFC 6238)."""
    teller = (int(time.time()) // 30).to_bytes(8)
    resultaat = hmac.digest(base64.b32decode(geheim), teller, "sha1")
    begin = resultaat[-1] & 15
    return f"{(int.from_bytes(resultaat[begin : begin + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


def bezorg_post() -> list[dict[str, Any]]:
    """Do what the worker does with who asked for a new password, and return what was in the queue for it."""
    from kernregister.web.toegang.tasks import stuur_wachtwoordlink
    from tests.wachtrij import werk

    return werk(stuur_wachtwoordlink)


@pytest.fixture
def brievenbus() -> Iterator[list[Any]]:
    """Give the e-mail that was sent during a test."""
    from django.core import mail
    from django.test import override_settings

    mail.outbox = []
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        yield mail.outbox


@pytest.fixture
def bezoeker(databank: Databank) -> MaakBezoeker:
    """Give a maker of visitors: ``bezoeker(Rol.SIGNALEN, kenmerk="25PV")``; Mijn DUO-toegang comes with it.

    With a ``studiejaar`` the roles are for that year only, as an accountant has them; without roles it is nobody.
    """
    from allauth.mfa.totp.internal.auth import TOTP
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
        TOTP.activate(gebruiker, GEHEIM)
        browser.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return maak
