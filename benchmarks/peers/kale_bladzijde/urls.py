"""The bare page, beside the addresses of the portal (one logs in there)."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import include, path

from kernregister.platform.pas import met_pas
from kernregister.platform.rechten import mag
from kernregister.platform.sql import cursor
from kernregister.web.portaal.bezoek import Bezoek

_SJABLOON = Engine().from_string(
    "<!doctype html><title>Signalen</title><h1>Signalen</h1><table>{% for id, regel, persoon, sinds in rijen %}"
    "<tr><td>{{ id }}</td><td>{{ regel }}</td><td>{{ persoon }}</td><td>{{ sinds }}</td></tr>{% endfor %}</table>"
)
_RIJEN = (
    "SELECT id, regel, persoon_id, sinds FROM kwaliteit_signaal"
    " WHERE gesloten_op IS NULL AND instelling = %s ORDER BY id LIMIT 50"
)
_AANTAL = "SELECT count(*) FROM kwaliteit_signaal WHERE gesloten_op IS NULL AND instelling = %s"


def bladzijde(request: HttpRequest) -> HttpResponse:
    """Show fifty open signals of the institution."""
    return HttpResponse(_SJABLOON.render(Context({"rijen": _vraag(request, _RIJEN)})))


def aantal(request: HttpRequest) -> HttpResponse:
    """Tell how many there are."""
    return HttpResponse(str(_vraag(request, _AANTAL)[0][0]))


def _vraag(request: HttpRequest, vraag: str) -> list[tuple[object, ...]]:
    bezoek = Bezoek(request, "portaal_dashboard")
    if bezoek.gebruiker is None or not mag(bezoek.pas, bezoek.rechten, bezoek.pagina):
        raise PermissionError
    with met_pas(bezoek.pas), cursor("default") as sql:
        sql.execute(vraag, [bezoek.instelling])
        return sql.fetchall()


urlpatterns = [
    path("kaal/", bladzijde),
    path("kaal/aantal/", aantal),
    path("", include("kernregister.web.urls")),
]
