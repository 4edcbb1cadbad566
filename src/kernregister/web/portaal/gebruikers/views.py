"""Who works with the portal for a kenmerk, in which roles."""

from __future__ import annotations

from django.http import HttpResponse

from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina
from kernregister.web.toegang.models import Roltoekenning


@pagina("portaal_gebruikers", "gebruikers/", titel=("Gebruikers en rollen", "Users and roles"))
def gebruikers(bezoek: Bezoek) -> HttpResponse:
    """List the users of the kenmerk with their roles."""
    assert bezoek.hoedanigheid is not None
    rijen = (
        Roltoekenning.objects.filter(kenmerk=bezoek.hoedanigheid.kenmerk, ingetrokken_op=None)
        .select_related("gebruiker")
        .order_by("gebruiker__username", "rol")
    )
    return bezoek.toon("portaal/gebruikers/lijst.html", {"rijen": rijen})
