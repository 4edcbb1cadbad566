"""The API put together: every declared route behind the gate, and nothing that fails without a problem as answer."""

from __future__ import annotations

import inspect
import logging
import traceback
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kernregister.platform.rechten import ALLEEN_PROEF, OPENBAAR, mag
from kernregister.platform.sql import DATABANKFOUT, WEG
from kernregister.web.api import problemen
from kernregister.web.api.modules import laad
from kernregister.web.api.problemen import Fout
from kernregister.web.api.routes import ROUTES, Route, Verzoek, schrijf
from kernregister.web.toegang.limiet import Emmers
from kernregister.web.toegang.poort import Bezoeker, bezoeker

LOG = logging.getLogger("kernregister.web")

PADTYPEN = {"int": int, "uuid": UUID, "str": str, "slug": str}
"""Django's converters that addresses use, with what they give."""

emmers = Emmers(max(1, settings.VERZOEKEN_PER_MINUUT // max(1, settings.WEBPROCESSEN)))


class Poort:
    """Ninja's authentication: a bearer token, and nothing else."""

    def __call__(self, request: HttpRequest) -> Bezoeker | None:
        """Return who asks, or None."""
        soort, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        token = token.strip()
        return bezoeker(token) if soort.lower() == "bearer" and 20 <= len(token) <= 500 else None


def maak_api() -> NinjaAPI:
    """Return the API with all its routes."""
    api = NinjaAPI(
        title="Kernregister", docs_url=None, openapi_url=None, urls_namespace="api-v1", renderer=None
    )
    laad()
    for route in ROUTES.values():
        api.default_router.add_api_operation(
            route.pad,
            [route.methode],
            _uitvoerder(route),
            auth=None if route.naam in OPENBAAR else Poort(),
            operation_id=route.naam,
            include_in_schema=False,
        )
    for soort in (Exception, Http404, HttpError, ValidationError, AuthenticationError):
        api.add_exception_handler(soort, _op_fout)
    return api


def actieve_routes() -> list[Route]:
    """Return the routes of this installation: those of a trial only in one."""
    laad()
    return [route for route in ROUTES.values() if settings.DEMO or route.naam not in ALLEEN_PROEF]


def padvelden(pad: str) -> dict[str, type]:
    """Return what stands between braces in an address, with its type."""
    delen = [deel.partition("}")[0] for deel in pad.split("{")[1:]]
    return {naam: PADTYPEN[soort] for soort, _, naam in (deel.partition(":") for deel in delen)}


def _uitvoerder(route: Route) -> Callable[..., HttpResponseBase]:
    """Return the view of a route, with a signature from which ninja knows what stands in the address."""

    def voer_uit(request: HttpRequest, **pad: Any) -> HttpResponseBase:
        return antwoord_op(Verzoek(request, route), pad)

    delen = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    for naam, soort in padvelden(route.pad).items():
        delen.append(inspect.Parameter(naam, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=soort))
    voer_uit.__signature__ = inspect.Signature(delen)  # type: ignore[attr-defined]
    voer_uit.__name__ = route.naam
    return voer_uit


def antwoord_op(verzoek: Verzoek, pad: dict[str, Any]) -> HttpResponseBase:
    """Return the answer of a route: counted, admitted, read, run and written."""
    route, koppen = verzoek.route, {}
    try:
        if route.naam in ALLEEN_PROEF and not settings.DEMO:
            raise Fout("niet-gevonden")
        if verzoek.bezoeker is not None:
            stand = emmers.neem(verzoek.bezoeker.client)
            koppen = stand.koppen()
            if not stand.mag:
                raise Fout("te-vaak")
            if not mag(verzoek.bezoeker.pas, verzoek.bezoeker.rechten, route.naam):
                raise Fout("niet-toegestaan")
        if any(isinstance(waarde, int) and waarde >= 1 << 63 for waarde in pad.values()):
            raise Fout("niet-gevonden")
        verzoek.lees()
        uitkomst = route.functie(verzoek, **pad)
        antwoord = (
            uitkomst
            if isinstance(uitkomst, HttpResponse | StreamingHttpResponse)
            else schrijf(verzoek, uitkomst)
        )
    except Exception as fout:  # noqa: BLE001 - whatever goes wrong, a problem is the answer
        antwoord = als_probleem(fout, verzoek)
    for naam, waarde in koppen.items():
        antwoord[naam] = waarde
    return antwoord


def als_probleem(fout: Exception, verzoek: Verzoek) -> HttpResponse:
    """Return the problem that an exception stands for; what it says goes nowhere, for a number may be in it."""
    if isinstance(fout, Fout):
        return problemen.als_antwoord(fout, verzoek.taal)
    plekken = [
        f"{plek.filename.rpartition('/')[2]}:{plek.lineno}"
        for plek in traceback.extract_tb(fout.__traceback__)
    ]
    LOG.error("route %s: %s bij %s", verzoek.route.naam, type(fout).__name__, " < ".join(plekken[::-1][:8]))
    if isinstance(fout, WEG):
        sluit_verbindingen()
        return problemen.als_antwoord(Fout("even-niet", koppen={"Retry-After": "2"}), verzoek.taal)
    if isinstance(fout, DATABANKFOUT):
        sluit_verbindingen()
    return problemen.als_antwoord(Fout("storing"), verzoek.taal)


def sluit_verbindingen() -> None:
    """Close connections after a failure, so that the next request makes new ones.

    Also one that still answers: it may keep the plan of a statement for a table that a migration changed meanwhile, and
    would refuse that statement for as long as it lives.
    """
    for verbinding in connections.all(initialized_only=True):
        if not verbinding.in_atomic_block:
            verbinding.close()


def _op_fout(request: HttpRequest, fout: Any) -> HttpResponse:
    """Answer what goes wrong before a route is reached: nobody known, or an address that does not fit."""
    taal = problemen.taal_van(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    if isinstance(fout, AuthenticationError):
        return problemen.als_antwoord(Fout("niet-aangemeld"), taal)
    if isinstance(fout, Http404 | ValidationError):
        return problemen.als_antwoord(Fout("niet-gevonden"), taal)
    if isinstance(fout, WEG):
        sluit_verbindingen()
        return problemen.als_antwoord(Fout("even-niet", koppen={"Retry-After": "2"}), taal)
    LOG.error("verzoek voor een route: %s", type(fout).__name__)
    return problemen.als_antwoord(Fout("storing"), taal)
