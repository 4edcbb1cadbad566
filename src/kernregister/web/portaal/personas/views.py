"""Log in as one of the people of the demo."""

from __future__ import annotations

from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model, login
from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from msgspec import Struct

from kernregister.platform.rechten import mag
from kernregister.platform.sql import STELSEL
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.navigatie import onderdelen
from kernregister.web.portaal.paginas import Pagina, pagina
from kernregister.web.toegang.gebruikers import hoedanigheden
from kernregister.web.toegang.personas import PERSONAS, Persona


class Aanwezige(Struct, frozen=True):
    """One of the people of the demo, with what their roles open here."""

    persona: Persona
    kenmerken: tuple[str, ...]
    """The institutions that they act for, or ``DUO`` or ``SECTOR``."""
    onderdelen: list[Pagina]


@pagina(
    "portaal_personas", "demo/", titel=("Kies wie u bent", "Choose who you are"), methoden=("GET", "POST")
)
def personas(bezoek: Bezoek) -> HttpResponse:
    """Show the people of the demo, and log in as one of them."""
    accounts = _accounts()
    if bezoek.request.method == "POST":
        gebruiker = accounts.get(bezoek.request.POST.get("persona", ""))
        if gebruiker is None:
            raise Http404
        login(bezoek.request, gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        naar = bezoek.request.GET.get(REDIRECT_FIELD_NAME, "")
        eigen = url_has_allowed_host_and_scheme(naar, {bezoek.request.get_host()})
        return redirect(naar if eigen else "portaal_begin")
    aanwezig = [_aanwezige(een, accounts[een.naam]) for een in PERSONAS if een.naam in accounts]
    return bezoek.toon("portaal/personas/kies.html", {"aanwezig": aanwezig})


def _accounts() -> dict[str, User]:
    """Return the accounts of the people of the demo, by the name of the persona."""
    namen = {een.adres: een.naam for een in PERSONAS}
    gevonden = get_user_model().objects.using(STELSEL).filter(username__in=namen)
    return {namen[account.username]: account for account in gevonden}


def _aanwezige(persona: Persona, account: User) -> Aanwezige:
    als = hoedanigheden(account)
    return Aanwezige(
        persona,
        tuple(dict.fromkeys(een.kenmerk for een in als)),
        onderdelen(lambda naam: any(mag(een.pas, een.rechten, naam) for een in als)),
    )
