"""The page of overviews: what can be asked for, how far it is, and the files."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from msgspec import structs

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import klok
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.web import verstrekken
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.overzichten.aanvragen import (
    SOORTEN,
    Invoer,
    bekostigingsjaren,
    jaren,
    lees,
    standaard,
    te_vragen,
)
from kernregister.web.portaal.paginas import PAGINAS, pagina

VASTGELEGD = Tekst(overzichten.VASTGELEGD, "Your request has been recorded.")
PER_BLADZIJDE = 25
ONDERWEG = {overzichten.Toestand.WACHT, overzichten.Toestand.BEZIG}


@pagina("portaal_overzichten", "overzichten/", titel=("Overzichten", "Overviews"), methoden=("GET", "POST"))
def lijst(bezoek: Bezoek) -> HttpResponseBase:
    """List what was asked for, and take a new request."""
    if bezoek.request.method == "POST":
        return _vraag_aan(bezoek)
    return _toon(bezoek, standaard(klok.vandaag()))


@pagina("portaal_overzichten_stand", "overzichten/stand/", titel=("Hoe ver", "How far"))
def stand(bezoek: Bezoek) -> HttpResponseBase:
    """Return the list alone, for the page to refresh; nothing when it is as the page has it."""
    waarden = _aanvragen(bezoek)
    if bezoek.request.GET.get("kenmerk") == waarden["kenmerk"]:
        return HttpResponse(status=204)
    return bezoek.toon("portaal/overzichten/stand.html", waarden)


@pagina(
    "portaal_overzicht_bestand",
    "overzichten/<uuid:aanvraag_id>/<int:nummer>/",
    titel=("Bestand ophalen", "Fetch a file"),
)
def bestand(bezoek: Bezoek, aanvraag_id: UUID, nummer: int) -> HttpResponseBase:
    """Hand over a file of an overview."""
    with met_pas(bezoek.pas):
        aanvraag = overzichten.aanvraag(aanvraag_id)
        bestanden = overzichten.bestanden([aanvraag_id])[aanvraag_id]
    if aanvraag is None or not 1 <= nummer <= len(bestanden):
        raise Http404
    if set(aanvraag.bijzonder) - bezoek.pas.bijzonder:
        return bezoek.toon("portaal/overzichten/bijzonder.html", {"aanvraag": aanvraag}, status=403)
    try:
        antwoord = verstrekken.stuur(aanvraag, bestanden[nummer - 1], bezoek.pas, bezoek.naam)
    except overzichten.Vernietigd:
        return bezoek.toon("portaal/overzichten/vernietigd.html", {"aanvraag": aanvraag}, status=404)
    antwoord.headers["Cache-Control"] = "private, no-store"  # a browser keeps no second copy of all students
    return antwoord


def _vraag_aan(bezoek: Bezoek) -> HttpResponseBase:
    naam = bezoek.request.POST.get("soort", "")
    soort = next((een for een in te_vragen(bezoek) if een.naam == naam), None)
    if soort is None:
        return bezoek.toon(
            "portaal/fout.html", {"soort": "niet-toegestaan", "pagina": PAGINAS[bezoek.pagina]}, status=403
        )
    wens, invoer = lees(bezoek, soort)
    if wens is not None:
        uit = overzichten.vraag_aan(wens, bezoek.naam, bijzonder=bezoek.pas.bijzonder)
        if not isinstance(uit, list):
            messages.success(bezoek.request, bezoek.tekst(VASTGELEGD))
            return redirect("portaal_overzichten")
        invoer = structs.replace(
            invoer, fouten={"": [bezoek.tekst(Tekst(een.tekst, een.engels or een.tekst)) for een in uit]}
        )
    return _toon(bezoek, invoer, status=422)


def _toon(bezoek: Bezoek, invoer: Invoer, status: int = 200) -> HttpResponse:
    waarden = {
        "soorten": te_vragen(bezoek),
        "invoer": invoer,
        "jaren": jaren(klok.vandaag()),
        "bekostigingsjaren": bekostigingsjaren(klok.vandaag()),
        **_aanvragen(bezoek),
    }
    return bezoek.toon("portaal/overzichten/lijst.html", waarden, status=status)


def _aanvragen(bezoek: Bezoek) -> dict[str, object]:
    with met_pas(bezoek.pas):
        vorige = _vorige(bezoek.request.GET.get("voor", ""))
        gevonden = overzichten.aanvragen(
            bezoek.instelling,
            voor=(vorige.aangevraagd_op, vorige.id) if vorige else None,
            aantal=PER_BLADZIJDE + 1,
        )
        aanvragen = gevonden[:PER_BLADZIJDE]
        bestanden = overzichten.bestanden([een.id for een in aanvragen])
    titels = {een.naam: bezoek.tekst(een.titel) for een in SOORTEN}
    rijen = [_rij(een, bestanden[een.id], titels.get(een.soort, een.soort)) for een in aanvragen]
    laatste = "-".join(f"{een.id.hex[:6]}{een.toestand[0]}{een.gedaan}" for een in aanvragen[:5])
    return {
        "rijen": rijen,
        "onderweg": any(rij["onderweg"] for rij in rijen),
        "kenmerk": laatste,
        "voor": vorige.id if vorige else "",
        "volgende": f"?voor={aanvragen[-1].id}" if len(gevonden) > PER_BLADZIJDE else "",
        "eerste": reverse("portaal_overzichten") if vorige else "",
    }


def _vorige(tekst: str) -> overzichten.Aanvraag | None:
    """Return the request after which a page of the list begins; None: it is the first page."""
    try:
        return overzichten.aanvraag(UUID(tekst)) if tekst else None
    except ValueError:
        return None


def _rij(
    aanvraag: overzichten.Aanvraag, bestanden: list[overzichten.Bestand], titel: str
) -> dict[str, object]:
    """Return a row of the list: the overview, its workbook and the whole as a zip stand first, the rest behind them."""
    genummerd = list(enumerate(bestanden, 1))
    voorop = [(nr, een) for nr, een in genummerd if nr == 1 or een.naam.endswith((".XLSX", ".ZIP"))]
    return {
        "aanvraag": aanvraag,
        "titel": titel,
        "voorop": voorop,
        "verder": [paar for paar in genummerd if paar not in voorop],
        "onderweg": aanvraag.toestand in ONDERWEG,
        "deel": round(100 * aanvraag.gedaan / aanvraag.totaal) if aanvraag.totaal else None,
    }
