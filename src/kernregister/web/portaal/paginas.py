"""Pages, declared: each with its name in the permission table, its address and a title in two languages."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import SuspiciousOperation
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, get_resolver, path
from django.utils import translation
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.rechten import ALLEEN_PROEF, INGELOGD, OPENBAAR
from kernregister.platform.sql import DATABANKFOUT, WEG
from kernregister.web.api.samenstelling import sluit_verbindingen
from kernregister.web.portaal import concept
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.modules import laad

LOG = logging.getLogger("kernregister.web")

Functie = Callable[..., HttpResponseBase]


class Pagina(Struct, frozen=True):
    """One page."""

    naam: str
    """Name in the permission table and in ``urls``."""
    pad: str
    """Address, with Django's converters; a number of a person never stands in it."""
    functie: Functie
    titel: Tekst
    methoden: tuple[str, ...]


PAGINAS: dict[str, Pagina] = {}
"""All pages by name; filled as the modules of pages are imported (``portaal.modules``)."""


def pagina(
    naam: str, pad: str, *, titel: tuple[str, str], methoden: Iterable[str] = ("GET",)
) -> Callable[[Functie], Functie]:
    """Register a function as a page; it takes a `Bezoek` and what stands in the address.

    Args:
        naam: name in the permission table, beginning with ``portaal_``.
        pad: address without leading slash, with trailing slash.
        titel: in Dutch and English.
        methoden: HTTP methods; HEAD comes with GET.
    """

    def registreer(functie: Functie) -> Functie:
        if naam in PAGINAS:
            raise ValueError(f"{naam} is al een pagina")
        PAGINAS[naam] = Pagina(naam, pad, functie, Tekst(*titel), tuple(methoden))
        return functie

    return registreer


def adressen() -> list[URLPattern]:
    """Return the addresses of all pages."""
    laad()
    return [path(een.pad, _uitvoerder(een), name=een.naam) for een in PAGINAS.values()]


def _uitvoerder(een: Pagina) -> Callable[..., HttpResponseBase]:
    """Return the view of a page: who may not enter is told why, and no error shows its insides."""

    def voer_uit(request: HttpRequest, **pad: Any) -> HttpResponseBase:
        bezoek = Bezoek(request, een.naam)
        with translation.override(bezoek.taal):
            try:
                antwoord = _onleesbaar(request) or _weiger(bezoek, een) or een.functie(bezoek, **pad)
            except SuspiciousOperation:
                raise  # more or larger than a form may be: not a failure, and Django has a page for it
            except Exception as fout:  # noqa: BLE001 - whatever goes wrong, a page says so
                antwoord = foutpagina(bezoek, fout)
        antwoord.headers.setdefault("Vary", "Cookie, Accept-Language, HX-Request")
        return antwoord

    return voer_uit


def _weiger(bezoek: Bezoek, een: Pagina) -> HttpResponseBase | None:
    """Return what somebody gets who may not enter; None: come in."""
    if bezoek.request.method not in (*een.methoden, "HEAD"):
        return HttpResponseNotAllowed(een.methoden)
    if een.naam in ALLEEN_PROEF and not settings.DEMO:
        raise Http404
    if een.naam in OPENBAAR:
        return None
    if bezoek.gebruiker is None:
        return _naar_aanmelden(bezoek)
    if anders := _andere_hoedanigheid(bezoek, een):
        return anders
    if een.naam in INGELOGD or bezoek.mag(een.naam):
        return None
    return bezoek.toon("portaal/fout.html", {"soort": "niet-toegestaan", "pagina": een}, status=403)


def _onleesbaar(request: HttpRequest) -> HttpResponseBase | None:
    """Return what somebody gets whose address holds what no browser sends and no database keeps; None: go on."""
    if not any("\0" in tekst for naam, alle in request.GET.lists() for tekst in (naam, *alle)):
        return None
    return get_resolver().resolve_error_handler(400)(request, None)  # type: ignore[call-arg]


def _andere_hoedanigheid(bezoek: Bezoek, een: Pagina) -> HttpResponseBase | None:
    """Return what somebody gets whose capacity just ended, before anything is done in another one."""
    weg = bezoek.houd_hoedanigheid()
    if weg and bezoek.is_fragment:
        return HttpResponse(status=409, headers={"HX-Refresh": "true"})
    if weg and bezoek.request.method == "POST" and een.naam not in INGELOGD:
        return bezoek.toon("portaal/fout.html", {"soort": "andere-hoedanigheid", "kenmerk": weg}, status=409)
    return None


def _naar_aanmelden(bezoek: Bezoek) -> HttpResponse:
    """Send somebody to the login page, and keep what they typed; a part of a page makes the browser go there whole."""
    if bezoek.is_fragment:
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    if bezoek.request.method == "POST":
        concept.bewaar(bezoek.request)
    return redirect_to_login(bezoek.request.get_full_path(), settings.LOGIN_URL)


STATUS: Final = {"niet-gevonden": 404, "even-niet": 503, "storing": 500}


def foutpagina(bezoek: Bezoek, fout: Exception) -> HttpResponse:
    """Return the page that an exception stands for; what it says goes nowhere, for a number may be in it."""
    soort = (
        "niet-gevonden" if isinstance(fout, Http404) else "even-niet" if isinstance(fout, WEG) else "storing"
    )
    if soort != "niet-gevonden":
        plekken = [
            f"{plek.filename.rpartition('/')[2]}:{plek.lineno}"
            for plek in traceback.extract_tb(fout.__traceback__)
        ]
        LOG.error("pagina %s: %s bij %s", bezoek.pagina, type(fout).__name__, " < ".join(plekken[::-1][:8]))
    if isinstance(fout, DATABANKFOUT) and not isinstance(fout, ProtectedError):
        sluit_verbindingen()
    return bezoek.toon(
        "portaal/fout.html", {"soort": soort, "kaal": soort != "niet-gevonden"}, status=STATUS[soort]
    )
