"""The page of assurance reports: what was handed in on which OBO, and how far it is."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kernregister.kern.bekostiging.mutatiestop import uiterste_dag
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.pas import met_pas
from kernregister.platform.rechten import Recht
from kernregister.rapport.woorden import Woorden
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina

GROOTST: Final = 21 << 20
"""Most bytes that are read of a file: a little more than may be handed in, so that too large is said as such."""

TOESTANDEN: Final = {
    "aangeleverd": Tekst("aangeleverd", "handed in"),
    "goedgekeurd": Tekst("goedgekeurd", "approved"),
    "afgekeurd": Tekst("afgekeurd", "refused"),
    "vervangen": Tekst("vervangen", "replaced"),
}
STOPPEN: Final = (
    ("", Tekst("laat zoals het is", "leave as it is")),
    ("waarschuwen", Tekst("waarschuw bij wijzigingen", "warn about changes")),
    ("weigeren", Tekst("weiger wijzigingen", "refuse changes")),
)


@pagina("portaal_verantwoording", "verantwoording/", titel=("Assurance-rapport", "Assurance report"))
def lijst(bezoek: Bezoek) -> HttpResponseBase:
    """List the reports with their course; who may hand one in finds the form here."""
    return _toon(bezoek)


@pagina(
    "portaal_verantwoording_aanleveren",
    "verantwoording/aanleveren/",
    titel=("Assurance-rapport aanleveren", "Hand in an assurance report"),
    methoden=("POST",),
)
def aanleveren(bezoek: Bezoek) -> HttpResponseBase:
    """Take in a report on an OBO; all that is wrong with it is said at once."""
    bestand = bezoek.request.FILES.get("bestand")
    keuze = next((een for een in _obos(bezoek) if een["id"] == bezoek.request.POST.get("obo")), None)
    if keuze is None or not isinstance(bestand, UploadedFile):
        ontbreekt = Tekst("Kies een OBO en een bestand (PDF).", "Choose an OBO and a file (PDF).")
        return _toon(bezoek, [bezoek.tekst(ontbreekt)], 422)
    indiening = bekostigen.Indiening(
        UUID(keuze["id"]), keuze["sha256"], str(bestand.name), bestand.read(GROOTST)
    )
    try:
        _, nieuw = bekostigen.dien_in(indiening, _wie(bezoek))
    except bekostigen.Verantwoordingsfout as fout:
        return _toon(bezoek, list(fout.redenen), 422, "nl")
    gezegd = (
        Tekst("Het rapport is aangeleverd.", "The report was handed in.")
        if nieuw
        else Tekst("Dit rapport was al aangeleverd.", "This report had been handed in already.")
    )
    messages.success(bezoek.request, bezoek.tekst(gezegd))
    return redirect("portaal_verantwoording")


@pagina(
    "portaal_verantwoording_besluit",
    "verantwoording/<uuid:rapport_id>/besluit/",
    titel=("Over een assurance-rapport beslissen", "Decide on an assurance report"),
    methoden=("POST",),
)
def besluit(bezoek: Bezoek, rapport_id: UUID) -> HttpResponseBase:
    """Approve a report, or refuse it with the reason."""
    post = bezoek.request.POST
    stop = post.get("mutatiestop") or None
    if stop not in (None, "waarschuwen", "weigeren"):
        raise Http404
    try:
        bekostigen.beslis(
            rapport_id, post.get("besluit") == "goed", post.get("reden", ""), _wie(bezoek), stop
        )
    except bekostigen.Onvindbaar:
        raise Http404 from None
    except bekostigen.Verantwoordingsfout as fout:
        return _toon(bezoek, list(fout.redenen), 422, "nl")
    return redirect("portaal_verantwoording")


@pagina(
    "portaal_verantwoording_bestand",
    "verantwoording/<uuid:rapport_id>/bestand/",
    titel=("Het bestand van een assurance-rapport", "The file of an assurance report"),
)
def bestand(bezoek: Bezoek, rapport_id: UUID) -> HttpResponseBase:
    """Hand over the PDF as it was handed in: to be saved, not to be shown in the browser."""
    try:
        rapport, inhoud = bekostigen.bestand(rapport_id, bezoek.pas)
    except bekostigen.Onvindbaar:
        raise Http404 from None
    koppen = {"Content-Disposition": f'attachment; filename="{rapport.bestandsnaam}"'}
    return HttpResponse(inhoud, content_type="application/pdf", headers=koppen)


def _wie(bezoek: Bezoek) -> bekostigen.Bevoegde:
    # the client too is the person: whoever hands in does not decide, and the portal as such would be one client
    return bekostigen.Bevoegde(bezoek.pas, bezoek.naam, bezoek.naam)


def _obos(bezoek: Bezoek) -> list[dict[str, str]]:
    """Return the OBO's that a report can be about, the latest first."""
    with met_pas(bezoek.pas):
        klaar = [
            een
            for een in overzichten.aanvragen(bezoek.instelling, soort="OBO")
            if een.toestand == overzichten.Toestand.KLAAR
        ]
        bestanden = overzichten.bestanden([een.id for een in klaar])
    return [
        {
            "id": str(een.id),
            "sha256": bestanden[een.id][0].sha256,
            "studiejaar": een.studiejaar,
            "naam": bestanden[een.id][0].naam,
        }
        for een in klaar
        if bestanden[een.id]
    ]


def _toon(bezoek: Bezoek, fouten: list[str] | None = None, status: int = 200, taal: str = "") -> HttpResponse:
    """Show the page; ``taal``: of the faults, where that is not the language of the page."""
    mag_indienen = bezoek.heeft(Recht.ASSURANCE_INDIENEN)
    with met_pas(bezoek.pas):
        rapporten = bekostigen.rapporten(instelling=bezoek.instelling)
    jaar = Studiejaar.van(klok.vandaag())
    waarden = {
        "termijn": (str(jaar), Woorden(bezoek.taal).datum_voluit(uiterste_dag(jaar))),
        "rapporten": [(een, bezoek.tekst(TOESTANDEN[een.toestand])) for een in rapporten],
        "obos": _obos(bezoek) if mag_indienen else [],
        "mag_indienen": mag_indienen,
        "stoppen": [(waarde, bezoek.tekst(titel)) for waarde, titel in STOPPEN],
        "redenen": fouten or [],
        "redenentaal": taal,
    }
    return bezoek.toon("portaal/verantwoording/lijst.html", waarden, status=status)
