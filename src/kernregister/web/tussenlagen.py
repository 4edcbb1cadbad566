"""What every request passes: problems instead of Django's error pages, and for the API no more than that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware
from django.shortcuts import redirect
from django.utils import translation

from kernregister.platform.rechten import OPENBAAR, VOOR_MACHINES, ZONDER_TOKEN
from kernregister.web.api import problemen
from kernregister.web.portaal.taal import taal_van
from kernregister.web.toegang import tweede_factor, zitting

Volgende = Callable[[HttpRequest], HttpResponseBase]


class Buitenkant:
    """For machines: a problem where Django would show an error page, and HTTPS once it was HTTPS."""

    def __init__(self, volgende: Volgende) -> None:
        self.volgende = volgende

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer, dressed."""
        antwoord = self.volgende(request)
        if not request.path_info.startswith(VOOR_MACHINES):
            return antwoord
        if antwoord.status_code >= 400 and "json" not in antwoord.headers.get("Content-Type", ""):
            taal = problemen.taal_van(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
            koppen = {naam: antwoord[naam] for naam in ("Allow", "Retry-After") if naam in antwoord.headers}
            antwoord = problemen.als_antwoord(problemen.bij_status(antwoord.status_code), taal)
            for naam, waarde in koppen.items():
                antwoord.headers[naam] = waarde
        antwoord.headers["X-Content-Type-Options"] = "nosniff"
        antwoord.headers["Referrer-Policy"] = "no-referrer"
        if request.is_secure():
            antwoord.headers["Strict-Transport-Security"] = "max-age=31536000"
        return antwoord


class _AlleenVoorMensen:
    """Leaves a layer of Django out for addresses of machines: a bearer token needs no session."""

    def __call__(self: Any, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(VOOR_MACHINES):
            return self.get_response(request)  # type: ignore[no-any-return]
        return super().__call__(request)  # type: ignore[misc,no-any-return]


class Veiligheid(_AlleenVoorMensen, SecurityMiddleware):
    """Django's security headers, on pages; what a browser keeps of a page with TLS it sends back over TLS only."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Add the headers."""
        antwoord = super().process_response(request, response)
        if request.is_secure():
            for koekje in antwoord.cookies.values():
                koekje["secure"] = True
        return antwoord


class Sessie(_AlleenVoorMensen, SessionMiddleware):
    """Sessions, on pages."""


class Gewoon(_AlleenVoorMensen, CommonMiddleware):
    """Slashes and lengths, on pages."""


class Vervalsing(_AlleenVoorMensen, CsrfViewMiddleware):
    """Protection against forged forms, on pages."""

    def process_view(self, request: HttpRequest, *args: Any) -> Any:
        """Check a form; an address of machines takes none from a browser's session."""
        return None if request.path_info.startswith(VOOR_MACHINES) else super().process_view(request, *args)


class Aanmelding(_AlleenVoorMensen, AuthenticationMiddleware):
    """Who is logged in, on pages."""


class Taal:
    """The language of the visitor, also for the texts of Django and django-allauth."""

    def __init__(self, volgende: Volgende) -> None:
        self.volgende = volgende

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language that the visitor reads."""
        if request.path_info.startswith(VOOR_MACHINES):
            return self.volgende(request)
        with translation.override(taal_van(request)):
            return self.volgende(request)


class Zitting:
    """Ends a session after a working day, or when nothing was done for a while."""

    def __init__(self, volgende: Volgende) -> None:
        self.volgende = volgende

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, as nobody when the time of the session is over."""
        if not request.path_info.startswith(VOOR_MACHINES) and request.user.is_authenticated:
            if zitting.is_voorbij(request):
                logout(request)
            else:
                zitting.houd_bij(request)
        return self.volgende(request)


class Token:
    """Leads who has no token generator yet to the page where one is connected, before any other page opens."""

    def __init__(self, volgende: Volgende) -> None:
        self.volgende = volgende

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or send somebody to connect a token generator first."""
        return self.volgende(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponseBase | None:
        """Hold back every page but those that are needed to connect one, and those that are open to everybody."""
        weg = request.resolver_match
        if request.path_info.startswith(VOOR_MACHINES) or weg is None or not request.user.is_authenticated:
            return None
        if weg.url_name in OPENBAAR | ZONDER_TOKEN or tweede_factor.voldoet(request):
            return None
        return redirect("mfa_activate_totp")


class Berichten(_AlleenVoorMensen, MessageMiddleware):
    """What a page tells about the step before, on pages."""
