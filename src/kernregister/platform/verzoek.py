"""Around every request: its trace, the headers that keep a browser safe, and no number of a person in an address."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import get_resolver

from kernregister.platform import spoor
from kernregister.platform.nummers import is_nummer

KOPPEN: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
"""Headers of every answer that does not set them itself, also of one that is refused before anything looks at it."""

_SCHEIDING: Final = re.compile(r"[/=&;,+?]")


class Verzoek:
    """The middleware; put it first, so that whatever goes wrong after it is in the trace."""

    def __init__(self, volgende: Callable[[HttpRequest], HttpResponse]) -> None:
        self.volgende = volgende

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request within its trace."""
        with spoor.volg(spoor.nieuw(request.headers.get("traceparent"))) as hier:
            antwoord = _weiger(request) if nummer_in_adres(request) else self.volgende(request)
            for kop, waarde in KOPPEN.items():
                antwoord.headers.setdefault(kop, waarde)
            antwoord.headers["Trace-Id"] = hier.trace_id
            return antwoord


def nummer_in_adres(request: HttpRequest) -> bool:
    """Tell whether a part of the path or the query is the number of a person: addresses end up in logs everywhere.

    Some codes have nine digits too, and one in ten passes the check; ``settings.CODES_VAN_NEGEN_CIJFERS`` names the
    parts of an address after which such a code may follow.
    """
    codes = frozenset(getattr(settings, "CODES_VAN_NEGEN_CIJFERS", ()))
    delen = ["", *_SCHEIDING.split(request.path_info)]
    for naam, waarden in request.GET.lists():
        delen += ["", naam]
        for waarde in waarden:
            for deel in _SCHEIDING.split(waarde):
                delen += [naam, deel]
    return any(is_nummer(deel) and voor not in codes for voor, deel in pairwise(delen))


def _weiger(request: HttpRequest) -> HttpResponse:
    if "text/html" in request.headers.get("Accept", ""):  # a browser: the page that the addresses name for it
        return get_resolver().resolve_error_handler(400)(request, None)  # type: ignore[call-arg]
    return JsonResponse(
        {
            "type": "about:blank",
            "title": "Een persoonsnummer hoort niet in een adres",
            "status": 400,
            "detail": "In het adres van dit verzoek staat een BSN of onderwijsnummer. Adressen komen in logboeken "
            "terecht. Zet het nummer in de inhoud van het verzoek (POST).",
        },
        status=400,
        content_type="application/problem+json",
    )
