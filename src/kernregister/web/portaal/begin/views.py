"""The first page, and the choices of a visitor: capacity, language and theme."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from kernregister.web.portaal.bezoek import KEUZE, Bezoek
from kernregister.web.portaal.navigatie import onderdelen
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.taal import KOEKJE, THEMA, THEMAS

_JAAR = 365 * 24 * 3600


@pagina("portaal_begin", "", titel=("Begin", "Home"))
def begin(bezoek: Bezoek) -> HttpResponse:
    """Go to the first page that the roles of the visitor open; without one, tell what is missing."""
    for onderdeel in onderdelen(bezoek.mag):
        return redirect(onderdeel.naam)
    return bezoek.toon("portaal/begin/zonder_rol.html")


@pagina("portaal_kenmerk", "namens/", titel=("Namens", "On behalf of"), methoden=("POST",))
def kenmerk(bezoek: Bezoek) -> HttpResponse:
    """Act in another capacity from now on."""
    keuze = bezoek.request.POST.get("hoedanigheid", "")
    if keuze in {een.sleutel for een in bezoek.hoedanigheden}:
        bezoek.request.session[KEUZE] = keuze
        rotate_token(bezoek.request)  # a form that is open in another tab was meant for the other capacity
    return redirect("portaal_begin")


@pagina("portaal_voorkeur", "voorkeur/", titel=("Voorkeur", "Preference"), methoden=("POST",))
def voorkeur(bezoek: Bezoek) -> HttpResponse:
    """Read in another language, or in light or dark."""
    request = bezoek.request
    terug = request.POST.get("terug", "/")
    if not terug.startswith("/") or not url_has_allowed_host_and_scheme(terug, allowed_hosts=None):
        terug = "/"
    antwoord = HttpResponseRedirect(terug)
    for naam, waarden in ((KOEKJE, ("nl", "en")), (THEMA, (*THEMAS, ""))):
        keuze = request.POST.get(naam)
        if keuze is not None and keuze in waarden:
            antwoord.set_cookie(
                naam, keuze, max_age=_JAAR, secure=request.is_secure(), httponly=True, samesite="Lax"
            )
    return antwoord
