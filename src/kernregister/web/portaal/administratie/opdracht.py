"""An assignment: first what it would do, then whether to do it, then what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.platform.sql import STELSEL
from kernregister.vergelijking.wijzigen import Keuze
from kernregister.web.administratie import opdrachten
from kernregister.web.administratie.models import Opdracht, Stap
from kernregister.web.api import weergave
from kernregister.web.portaal.administratie import zicht
from kernregister.web.portaal.administratie.woorden import aantal_verschillen
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.hoe_ver import hoe_ver, stempel_van
from kernregister.web.portaal.paginas import pagina

_TOON = 100
"""Refused differences on the page; the rest stands in the list of refused ones."""
_BEZIG = (Stap.PROEF_WACHT, Stap.PROEF, Stap.WACHT, Stap.BEZIG)
_KEUZE = {
    Keuze.OVERNEMEN: Tekst(
        "Uw administratie overnemen in het register", "Take your administration over into the register"
    ),
    Keuze.VERWIJDEREN: Tekst("Verwijderen uit het register", "Remove from the register"),
    Keuze.BEEINDIGEN: Tekst("Inschrijvingen beëindigen", "End enrolments"),
}

_ANDERS = Tekst(
    "Er is nog niets hersteld: sinds de proef zijn er verschillen opgelost, of door een collega in behandeling genomen."
    " Hieronder staat wat er over is.",
    "Nothing was mended yet: since the dry run differences were solved, or taken up by a colleague. Below is what is"
    " left.",
)


@pagina(
    "portaal_administratie_opdracht",
    "administratie/<uuid:vergelijking_id>/opdracht/<uuid:opdracht_id>/",
    titel=("Verschillen herstellen", "Mend differences"),
    methoden=("GET", "POST"),
)
def opdracht(bezoek: Bezoek, vergelijking_id: UUID, opdracht_id: UUID) -> HttpResponse:
    """Show what an assignment would do or did; do it, or let it be."""
    with met_pas(bezoek.pas):
        deze = zicht.vergelijking(vergelijking_id)
        werk = zicht.opdracht(opdracht_id, deze)
    if bezoek.request.method == "POST":
        return _beslis(bezoek, werk)
    bezig = werk.toestand in _BEZIG
    stil = opdrachten.staat_stil(werk)
    volgt = {"vergelijking": deze, "werk": werk, "stil": stil, "stempel": stempel_van(werk, stil)}
    if bezoek.is_fragment:
        return hoe_ver(bezoek, "portaal/administratie/opdracht_voortgang.html", volgt, bezig=bezig)
    with met_pas(bezoek.pas):
        eigen = zicht.verschillen(deze).filter(opdracht=werk)
        geweigerd = [] if bezig else list(eigen.filter(~Q(antwoord__aanvaard=True))[:_TOON])
        geslaagd = [] if bezig else list(eigen.filter(antwoord__aanvaard=True)[:10])
        rijen = zicht.rijen(bezoek, [*geweigerd, *geslaagd])
    waarden = {
        **volgt,
        "keuze": _KEUZE[Keuze(werk.keuze)],
        "bezig": bezig,
        "voorstel": werk.toestand == Stap.VOORSTEL,
        "geweigerd": [(rij, _redenen(bezoek, rij.antwoord)) for rij in rijen[: len(geweigerd)]],
        "geslaagd": rijen[len(geweigerd) :],
        "aanvaard": werk.uitkomst.get("aanvaard", 0),
        "hoeveel": _hoeveel(werk.uitkomst.get("aanvaard", 0), werk.uitkomst.get("meldingen", 0)),
        "niet": werk.uitkomst.get("geweigerd", 0),
        "uitkomst": werk.uitkomst,
    }
    return bezoek.toon("portaal/administratie/opdracht.html", waarden)


def _hoeveel(verschillen: int, meldingen: int) -> Tekst:
    return Tekst(
        f"{aantal_verschillen(verschillen).nl}, met {meldingen} {'melding' if meldingen == 1 else 'meldingen'}",
        f"{aantal_verschillen(verschillen).en}, by {meldingen} {'melding' if meldingen == 1 else 'meldingen'}",
    )


def _redenen(bezoek: Bezoek, antwoord: dict[str, Any]) -> list[str]:
    """Return in words why a difference was refused."""
    if "reden" in antwoord:
        return [bezoek.tekst(Tekst(*antwoord["reden"]))]
    return [f"{regel}: {weergave.teksten(regel, bezoek.taal)[0]}" for regel in antwoord.get("regels", ())]


def _beslis(bezoek: Bezoek, werk: Opdracht) -> HttpResponse:
    vergelijking_id = werk.vergelijking_id
    if bezoek.request.POST.get("actie") == "laat":
        Opdracht.objects.using(STELSEL).filter(id=werk.pk, toestand=Stap.VOORSTEL).delete()
        return redirect("portaal_administratie_vergelijking", vergelijking_id=vergelijking_id)
    if bezoek.request.POST.get("actie") == "hervat":
        opdrachten.hervat(werk, bezoek.naam)
    elif not opdrachten.voer_door(werk, bezoek.naam):
        messages.warning(bezoek.request, bezoek.tekst(_ANDERS))
        if not Opdracht.objects.using(STELSEL).filter(id=werk.pk).exists():
            return redirect("portaal_administratie_vergelijking", vergelijking_id=vergelijking_id)
    return redirect("portaal_administratie_opdracht", vergelijking_id=vergelijking_id, opdracht_id=werk.pk)
