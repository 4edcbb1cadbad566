"""Machine clients of the API: made as an administrator makes them, with a token as the token address gives it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kernregister.kern.leesbaar import als_object
from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from tests.databank import Databank

BASIS = "/api/v1"


def als_json(melding: Any) -> str:
    """Return a melding as a client sends it."""
    return json.dumps(
        {"soort": type(melding).__name__, **als_object(melding), "id": str(melding.id)}, default=str
    )


class Machine:
    """A client of one institution, or of another kind, that speaks the API."""

    def __init__(self, token: str, client_id: str) -> None:
        self.token, self.client_id = token, client_id
        from django.test import Client

        self.http = Client(raise_request_exception=False, SERVER_NAME="localhost")

    def __call__(
        self, methode: str, pad: str, inhoud: Any = None, soort: str = "application/json", **koppen: str
    ):
        """Send a request and return the answer."""
        extra = {f"HTTP_{naam.upper()}": waarde for naam, waarde in koppen.items()}
        if self.token:
            extra["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
        return self.http.generic(
            methode, BASIS + pad, inhoud or b"", content_type=soort if inhoud else "", **extra
        )


def verleen(aansluiting_id: str, rechten: list[str]) -> str:
    """Return a token as the token address would give it, without waiting for one."""
    import secrets

    from allauth.idp.oidc.models import Token
    from django.utils import timezone

    waarde = secrets.token_urlsafe(64)
    token = Token(
        type=Token.Type.ACCESS_TOKEN, client_id=aansluiting_id, expires_at=timezone.now() + timedelta(hours=1)
    )
    token.set_value(waarde)
    token.set_scopes(rechten)
    token.save()
    return waarde


MaakMachine = Callable[..., Machine]


@pytest.fixture
def machine(databank: Databank) -> MaakMachine:
    """Give a maker of clients; no institution, no token: nobody."""
    from kernregister.web.api import samenstelling
    from kernregister.web.toegang.aansluitingen import maak_aansluiting

    samenstelling.emmers.leeg()

    def maak(
        sleutel: str = "",
        soort: Soort | None = Soort.INSTELLING,
        rechten: list[Recht] | None = None,
        extra: str = "",
    ):
        if soort is None:
            return Machine("", "")
        aansluiting, _ = maak_aansluiting("proef", soort, sleutel, rechten, extra=extra)
        return Machine(verleen(aansluiting.client_id, aansluiting.rechten), aansluiting.client_id)

    return maak
