"""Suggestions for a field whose codes are in a long list: what matches the text that is being typed."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.html import format_html_join

from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.keuzes import zoek
from kernregister.web.portaal.formulieren.waarden import lees_dag
from kernregister.web.portaal.paginas import pagina


@pagina(
    "portaal_lijst",
    "lijst/<slug:lijst>/",
    titel=("Codes van een lijst", "Codes of a list"),
    methoden=("POST",),
)
def lijst(bezoek: Bezoek, lijst: str) -> HttpResponse:
    """The options of a datalist. What was typed comes in the body, in the field that ``?veld=`` names;
    the day on which a code must hold stands in the field that ``?dag=`` names.

    Raises:
        Http404: no form has a field for codes of such a list.
    """
    tekst = bezoek.request.POST.get(bezoek.request.GET.get("veld", ""), "").replace("\0", "")
    dag = lees_dag(bezoek.request.POST.get(bezoek.request.GET.get("dag", ""), ""))
    try:
        gevonden = zoek(lijst, tekst, bezoek.instelling, dag)
    except LookupError:
        raise Http404 from None
    opties = format_html_join(
        "", '<option value="{}">{}</option>', ((een.waarde, een.titel) for een in gevonden)
    )
    return HttpResponse(opties)
