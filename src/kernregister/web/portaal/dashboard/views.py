"""The dashboard of an institution."""

from __future__ import annotations

from django.http import HttpResponse

from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina


@pagina("portaal_dashboard", "dashboard/", titel=("Dashboard", "Dashboard"))
def dashboard(bezoek: Bezoek) -> HttpResponse:
    """Show the figures of the institution, counted now."""
    with met_pas(bezoek.pas):
        beeld = kwaliteit.dashboard(bezoek.instelling) if bezoek.instelling else None
    return bezoek.toon("portaal/dashboard/dashboard.html", {"beeld": beeld})
