"""Tokens for machine clients: OAuth2 client credentials, by allauth's provider, with a limit on trying (ADR 0022)."""

from __future__ import annotations

import base64
import binascii

from allauth.idp.oidc import views
from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from kernregister.platform.rechten import Recht
from kernregister.platform.sql import STELSEL, WEG
from kernregister.web.api import problemen
from kernregister.web.api.samenstelling import sluit_verbindingen
from kernregister.web.toegang.herkomst import netwerk_van
from kernregister.web.toegang.limiet import Emmers

per_client = Emmers(30)
"""Tokens given or taken back a minute for one client from one address: a token holds an hour."""

per_adres = Emmers(600)
"""The same from one address, whatever the client: suppliers serve many institutions from one."""

_GROOTSTE = 10_000


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Give a token to a client that shows its secret."""
    if (weigering := _weiger(request)) is not None:
        return weigering
    try:
        antwoord: HttpResponse = views.token(request)
        if antwoord.status_code == 200:
            with connections[STELSEL].cursor() as cursor:
                cursor.execute(
                    "DELETE FROM allauth_idp_oidc_token WHERE expires_at < now() - interval '1 hour'"
                )
    except WEG:
        sluit_verbindingen()
        taal = problemen.taal_van(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        return problemen.als_antwoord(problemen.Fout("even-niet", koppen={"Retry-After": "2"}), taal)
    antwoord["Cache-Control"] = "no-store"
    return antwoord


def _weiger(request: HttpRequest) -> HttpResponse | None:
    """Return why a request is not even read, before anybody is known: it is too large, or one of too many."""
    adres = netwerk_van(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > _GROOTSTE:
        return JsonResponse({"error": "invalid_request"}, status=413)
    for emmers, wie in ((per_adres, adres), (per_client, f"{adres} {_client(request)}")):
        stand = emmers.neem(wie)
        if not stand.mag:
            fout = problemen.Fout("te-vaak", koppen=stand.koppen())
            taal = problemen.taal_van(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
            return problemen.als_antwoord(fout, taal)
    return None


def _client(request: HttpRequest) -> str:
    """Return the id that a client says it has, for counting only."""
    soort, _, gegevens = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if soort.lower() == "basic":
        try:
            return base64.b64decode(gegevens).decode("latin-1").partition(":")[0][:100]
        except (binascii.Error, ValueError):
            return ""
    return str(request.POST.get("client_id", ""))[:100]


@csrf_exempt
@require_POST
def intrekken(request: HttpRequest) -> HttpResponse:
    """Take back a token before its time (RFC 7009)."""
    if (weigering := _weiger(request)) is not None:
        return weigering
    antwoord: HttpResponse = views.revoke(request)
    return antwoord


@require_GET
def gegevens(request: HttpRequest) -> JsonResponse:
    """What a client needs to know to get a token (RFC 8414)."""
    return JsonResponse(
        {
            "issuer": request.build_absolute_uri("/").rstrip("/"),
            "token_endpoint": request.build_absolute_uri(reverse("oauth-token")),
            "revocation_endpoint": request.build_absolute_uri(reverse("oauth-intrekken")),
            "response_types_supported": [],
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "scopes_supported": [recht.value for recht in Recht],
        }
    )
