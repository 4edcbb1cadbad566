"""Log in as one of the people of the demo."""

from __future__ import annotations

from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina
from kernregister.web.toegang.gebruikers import VERBINDING
from kernregister.web.toegang.personas import PERSONAS


@pagina(
    "portaal_personas", "demo/", titel=("Kies wie u bent", "Choose who you are"), methoden=("GET", "POST")
)
def personas(bezoek: Bezoek) -> HttpResponse:
    """Show the people of the demo, and log in as one of them."""
    if bezoek.request.method == "POST":
        gekozen = {een.naam: een for een in PERSONAS}.get(bezoek.request.POST.get("persona", ""))
        if gekozen is None:
            raise Http404
        gebruiker = get_user_model().objects.using(VERBINDING).filter(username=gekozen.adres).first()
        if gebruiker is None:
            raise Http404
        login(bezoek.request, gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("portaal_begin")
    return bezoek.toon("portaal/personas/kies.html", {"personas": PERSONAS})
