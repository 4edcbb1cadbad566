"""The page of sector information."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.sectorinformatie import public as sectorinformatie
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.overzichten.aanvragen import jaren
from kernregister.web.portaal.paginas import pagina

ONDERWEG = {sectorinformatie.Toestand.WACHT, sectorinformatie.Toestand.BEZIG}


@pagina(
    "portaal_sectorinformatie",
    "sectorinformatie/",
    titel=("Sectorinformatie", "Sector information"),
    methoden=("GET", "POST"),
)
def lijst(bezoek: Bezoek) -> HttpResponseBase:
    """List what was asked for, and take a new request."""
    if bezoek.request.method == "POST":
        return _vraag_aan(bezoek)
    vandaag = klok.vandaag()
    return _toon(bezoek, str(Studiejaar.van(vandaag)), vandaag.isoformat())


@pagina("portaal_sectorinformatie_stand", "sectorinformatie/stand/", titel=("Hoe ver", "How far"))
def stand(bezoek: Bezoek) -> HttpResponseBase:
    """Return the list alone, for the page to refresh; nothing when it is as the page has it."""
    waarden = _leveringen(bezoek)
    if bezoek.request.GET.get("kenmerk") == waarden["kenmerk"]:
        return HttpResponse(status=204)
    return bezoek.toon("portaal/sectorinformatie/stand.html", waarden)


@pagina(
    "portaal_sectorbestand",
    "sectorinformatie/<uuid:levering_id>/",
    titel=("Bestand ophalen", "Fetch a file"),
)
def bestand(bezoek: Bezoek, levering_id: UUID) -> HttpResponseBase:
    """Hand over the tables; nobody's data are in them."""
    with met_pas(bezoek.pas):
        gevonden = sectorinformatie.bestand(levering_id)
    if gevonden is None:
        raise Http404
    naam, inhoud = gevonden
    koppen = {"Content-Disposition": f'attachment; filename="{naam}"'}
    return HttpResponse(inhoud, content_type="application/zip", headers=koppen)


def _vraag_aan(bezoek: Bezoek) -> HttpResponseBase:
    jaar, dag = (bezoek.request.POST.get(naam, "").strip() for naam in ("studiejaar", "stand_per"))
    try:
        studiejaar, stand_per = Studiejaar.lees(jaar), date.fromisoformat(dag)
    except ValueError:
        fout = Tekst(
            "Kies een studiejaar en een dag, zoals 2025-2026 en 2026-02-02.",
            "Choose a studiejaar and a day, such as 2025-2026 and 2026-02-02.",
        )
        return _toon(bezoek, jaar, dag, bezoek.tekst(fout))
    try:
        sectorinformatie.vraag_aan(studiejaar, stand_per, bezoek.naam)
    except kwaliteit.Kwaliteitsfout as fout:
        return _toon(bezoek, jaar, dag, str(fout))
    gezegd = Tekst("Uw aanvraag is vastgelegd.", "Your request has been recorded.")
    messages.success(bezoek.request, bezoek.tekst(gezegd))
    return redirect("portaal_sectorinformatie")


def _toon(bezoek: Bezoek, jaar: str, dag: str, fout: str = "") -> HttpResponse:
    waarden = {
        "jaar": jaar,
        "dag": dag,
        "redenen": [fout] if fout else [],
        "jaren": jaren(klok.vandaag()),
        **_leveringen(bezoek),
    }
    return bezoek.toon("portaal/sectorinformatie/lijst.html", waarden, status=422 if fout else 200)


def _leveringen(bezoek: Bezoek) -> dict[str, object]:
    with met_pas(bezoek.pas):
        leveringen = sectorinformatie.leveringen()[:25]
    return {
        "leveringen": leveringen,
        "onderweg": any(een.toestand in ONDERWEG for een in leveringen),
        "kenmerk": "-".join(f"{een.id.hex[:6]}{een.toestand[0]}{een.gedaan}" for een in leveringen[:5]),
    }
