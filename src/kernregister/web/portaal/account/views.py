"""The page of the own account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.rechten import mag
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.navigatie import onderdelen
from kernregister.web.portaal.paginas import Pagina, pagina
from kernregister.web.toegang import tweede_factor
from kernregister.web.toegang.gebruikers import Hoedanigheid
from kernregister.web.toegang.rollen import ROLLEN, Rol, Rolbeschrijving

_BEEINDIGD = Tekst("Uw andere sessies zijn afgemeld.", "Your other sessions were logged out.")


class Werk(Struct, frozen=True):
    """What somebody may do in one capacity."""

    hoedanigheid: Hoedanigheid
    rollen: list[Rolbeschrijving]
    onderdelen: list[Pagina]
    """The parts of the portal that these roles open."""
    hier: bool
    """Whether the visitor acts in this capacity now."""


@pagina("portaal_account", "account/", titel=("Mijn account", "My account"), methoden=("GET", "POST"))
def account(bezoek: Bezoek) -> HttpResponse:
    """Show who the visitor is and what they may do; end the other sessions."""
    gebruiker = bezoek.gebruiker
    assert gebruiker is not None
    if bezoek.request.method == "POST":
        for sessie in UserSession.objects.purge_and_list(gebruiker):
            if not sessie.is_current():
                sessie.end()
        messages.success(bezoek.request, bezoek.tekst(_BEEINDIGD))
        return redirect("portaal_account")
    codes = Authenticator.objects.filter(user=gebruiker, type=Authenticator.Type.RECOVERY_CODES).first()
    return bezoek.toon(
        "portaal/account/account.html",
        {
            "werk": [_werk(bezoek, een) for een in bezoek.hoedanigheden],
            "via_aanbieder": tweede_factor.via_aanbieder(bezoek.request, gebruiker),
            "tokengenerator": tweede_factor.heeft_tokengenerator(gebruiker),
            "codes": len(codes.wrap().get_unused_codes()) if codes else None,
            "sessies": UserSession.objects.purge_and_list(gebruiker),
        },
    )


def _werk(bezoek: Bezoek, een: Hoedanigheid) -> Werk:
    volgorde = [rol for rol in Rol if rol in een.rollen]
    open_ = onderdelen(lambda naam: mag(een.pas, een.rechten, naam))
    return Werk(een, [ROLLEN[rol] for rol in volgorde], open_, een == bezoek.hoedanigheid)
