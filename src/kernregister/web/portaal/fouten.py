"""Django's own error pages in the look of the portal, for what never reaches a page of ours."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.rechten import VOOR_MACHINES
from kernregister.web.portaal import concept
from kernregister.web.portaal.taal import taal_van

LOG = logging.getLogger("kernregister.web")

_TEKSTEN: Final = {
    400: (
        Tekst("Dit verzoek klopt niet", "This request is not right"),
        Tekst(
            "Het adres of de inhoud is niet te lezen, of er staat een persoonsnummer in het adres. Zoek een student op "
            "met het formulier: een nummer hoort nooit in een adres.",
            "The address or the content cannot be read, or a number of a person is in the address. Look up a student "
            "with the form: a number never belongs in an address.",
        ),
    ),
    403: (
        Tekst("Geen toegang", "No access"),
        Tekst(
            "U mag dit niet openen. De Beheerder instelling kan u de rol geven die daarvoor nodig is.",
            "You may not open this. The administrator of your institution can give you the role that it asks for.",
        ),
    ),
    429: (
        Tekst("Te veel pogingen", "Too many attempts"),
        Tekst(
            "Er is te vaak iets geprobeerd. Wacht enkele minuten en probeer het opnieuw.",
            "Something was tried too often. Wait a few minutes and try again.",
        ),
    ),
}
_FORMULIER: Final = (
    Tekst("Het formulier is verlopen", "The form has expired"),
    Tekst(
        "Er is niets gewijzigd. Ga terug, laad de pagina opnieuw en verstuur het formulier nog eens. Helpt dat niet, "
        "sta dan koekjes van deze site toe.",
        "Nothing was changed. Go back, reload the page and send the form again. If that does not help, allow cookies "
        "of this site.",
    ),
)


_Afhandeling = Callable[..., HttpResponse]


def _voor_mensen(status: int) -> Callable[[_Afhandeling], _Afhandeling]:
    """Make a handler of Django's: a machine gets the bare status, which ``Buitenkant`` dresses as a problem."""

    def kies(maak: _Afhandeling) -> _Afhandeling:
        @wraps(maak)
        def handel_af(request: HttpRequest, *woorden: Any, **meer: Any) -> HttpResponse:
            if request.path_info.startswith(VOOR_MACHINES):
                return HttpResponse(status=status)
            with translation.override(taal_van(request)):
                return maak(request, *woorden, **meer)

        return handel_af

    return kies


@_voor_mensen(400)
def onjuist(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read, or that carries a number of a person in its address."""
    return _toon(request, 400)


@_voor_mensen(403)
def geen_toegang(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer who may not do this."""
    return _toon(request, 403)


@_voor_mensen(404)
def niet_gevonden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that does not exist."""
    return render(request, "portaal/fout.html", {"soort": "niet-gevonden"}, status=404)


@_voor_mensen(429)
def te_vaak(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer who tries too often."""
    return _toon(request, 429)


@_voor_mensen(500)
def storing(request: HttpRequest) -> HttpResponse:
    """Answer when something went wrong in the house; nothing of it shows."""
    return render(request, "portaal/fout.html", {"soort": "storing", "kaal": True}, status=500)


@_voor_mensen(403)
def formulier_verlopen(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its proof that it comes from a page of ours.

    Who logged in again meanwhile has an old proof: what they typed comes back, to be sent once more.
    """
    if "HX-Request" not in request.headers and (adres := concept.bewaar(request)):
        return redirect(adres)
    LOG.warning("formulier zonder geldig bewijs op %s", request.path_info)
    return _toon(request, 403, *_FORMULIER)


def _toon(
    request: HttpRequest, status: int, titel: Tekst | None = None, uitleg: Tekst | None = None
) -> HttpResponse:
    titel, uitleg = (titel, uitleg) if titel and uitleg else _TEKSTEN[status]
    return render(
        request,
        "portaal/fouten/melding.html",
        {"titel": titel, "uitleg": uitleg, "kaal": status == 400},
        status=status,
    )
