"""The differences of a group, student by student, and what is to be done with them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.vergelijking.oorzaken import Aard
from kernregister.vergelijking.wijzigen import Keuze
from kernregister.web.administratie import opdrachten
from kernregister.web.administratie.models import Afloop, Vergelijking, Verschil
from kernregister.web.portaal.administratie import zicht
from kernregister.web.portaal.administratie.woorden import AFLOOP, NIVEAU, aantal_verschillen, groepnaam
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.waarden import lees_dag
from kernregister.web.portaal.paginas import pagina

PER_BLADZIJDE: Final = 50
_FILTERS: Final = ("aard", "niveau", "veld", "oorzaak")
TE_DOEN: Final = "te-doen"
_NIETS_TE_DOEN: Final = Tekst(
    "Deze verschillen zijn al opgelost, of een collega herstelt ze op dit moment.",
    "These differences are solved already, or a colleague is mending them right now.",
)


@pagina(
    "portaal_administratie_verschillen",
    "administratie/<uuid:vergelijking_id>/verschillen/",
    titel=("Verschil voor verschil", "Difference by difference"),
    methoden=("GET", "POST"),
)
def verschillen(bezoek: Bezoek, vergelijking_id: UUID) -> HttpResponse:
    """Show differences, and begin what the user chooses."""
    vraag = bezoek.request.GET
    gestuurd = bezoek.request.POST if bezoek.request.method == "POST" else None
    fouten: list[tuple[str, str]] = []
    bladzijde = _geheel(vraag.get("bladzijde", ""), 1)
    with met_pas(bezoek.pas):
        deze = zicht.vergelijking(vergelijking_id)
        gekozen = zicht.verschillen(deze).filter(gefilterd(vraag))
        bevoegd = _ids(gekozen, gestuurd) if gestuurd is not None else None
    if gestuurd is not None and bevoegd is not None:
        antwoord = _doe(bezoek, deze, bevoegd, gestuurd, fouten)
        if antwoord is not None:
            return antwoord
    with met_pas(bezoek.pas):
        aantal = gekozen.count()
        begin = (bladzijde - 1) * PER_BLADZIJDE
        rijen = zicht.rijen(bezoek, list(gekozen[begin : begin + PER_BLADZIJDE]), verwijst=True)
    aard, niveau, veld = (vraag.get(naam, "") for naam in ("aard", "niveau", "veld"))
    bekend = aard in set(Aard) and niveau in NIVEAU
    waarden = {
        "vergelijking": deze,
        "titel": groepnaam(aard, niveau, veld) if bekend else Tekst("Alle verschillen", "All differences"),
        "rijen": rijen,
        "aantal": aantal,
        "bladzijde": bladzijde,
        "bladzijden": -(-aantal // PER_BLADZIJDE),
        "afloop": vraag.get("afloop", TE_DOEN),
        "aflopen": [
            (TE_DOEN, bezoek.tekst(Tekst("te doen", "to do"))),
            *((naam, bezoek.tekst(tekst)) for naam, tekst in AFLOOP.items()),
            ("alle", bezoek.tekst(Tekst("alle", "all"))),
        ],
        "bekostiging": vraag.get("bekostiging") == "ja",
        "verborgen": [(naam, vraag[naam]) for naam in _FILTERS if vraag.get(naam)],
        "ontbreekt": aard == Aard.NIET_IN_EXPORT,
        "tegenstrijdig": aard == Aard.TEGENSTRIJDIG,
        "van_de_brp": niveau == "persoon" and bool(veld),
        "redenen": [("", "–")]
        + [
            (code, f"{code}: {bezoek.tekst(Tekst(een.nl, een.en))}")
            for code, een in WAARDELIJSTEN["reden_uitschrijving"].waarden.items()
        ],
        "fouten": fouten,
        "gestuurd": gestuurd or {},
    }
    return bezoek.toon("portaal/administratie/verschillen.html", waarden, status=422 if fouten else 200)


def gefilterd(vraag: QueryDict) -> Q:
    """Return the condition that the query of a list asks for."""
    uit = Q(**{naam: vraag[naam] for naam in _FILTERS if vraag.get(naam)})
    if vraag.get("aard") and "veld" in vraag and not vraag["veld"]:
        uit &= Q(veld="")
    afloop = vraag.get("afloop", TE_DOEN)
    if afloop == TE_DOEN:
        uit &= Q(afloop__in=(Afloop.OPEN, Afloop.GEWEIGERD))
    elif afloop in Afloop.values:
        uit &= Q(afloop=afloop)
    if vraag.get("bekostiging") == "ja":
        uit &= Q(raakt_bekostiging=True)
    return uit


def _ids(gekozen: QuerySet[Verschil], gestuurd: QueryDict) -> list[int]:
    """Return which differences are meant, of those that the pass shows."""
    if gestuurd.get("bereik") != "alle":
        aangekruist = [
            int(tekst) for tekst in gestuurd.getlist("rij") if tekst.isdecimal() and len(tekst) < 19
        ]
        gekozen = gekozen.filter(pk__in=aangekruist)
    return list(gekozen.values_list("pk", flat=True))


def _doe(
    bezoek: Bezoek, deze: Vergelijking, ids: list[int], gestuurd: QueryDict, fouten: list[tuple[str, str]]
) -> HttpResponse | None:
    """Begin what was asked; None: it cannot be, and the faults say why."""
    actie = gestuurd.get("actie", "")
    dag, reden = lees_dag(gestuurd.get("dag", "")), gestuurd.get("reden", "")
    if not ids:
        _fout(bezoek, fouten, "bereik", "Kruis ten minste één verschil aan.", "Tick at least one difference.")
    if actie == Keuze.BEEINDIGEN and dag is None:
        _fout(
            bezoek,
            fouten,
            "dag",
            "Vul de laatste dag van de inschrijving in.",
            "Fill in the last day of enrolment.",
        )
    if actie == Keuze.BEEINDIGEN and reden not in WAARDELIJSTEN["reden_uitschrijving"].waarden:
        _fout(bezoek, fouten, "reden", "Kies de reden van uitschrijving.", "Choose the reason for ending.")
    if fouten:
        return None
    rijen = Verschil.objects.filter(pk__in=ids)
    terug = f"{reverse('portaal_administratie_verschillen', args=[deze.pk])}?{bezoek.request.GET.urlencode()}"
    if actie in ("eigen", "terug"):
        aantal = opdrachten.zet_op_lijst(deze, rijen, terug=actie == "terug", door=bezoek.naam)
        wat = aantal_verschillen(aantal)
        tekst = (
            Tekst(f"{wat.nl} van de lijst gehaald.", f"{wat.en} taken off the list.")
            if actie == "terug"
            else Tekst(
                f"{wat.nl} op uw lijst gezet om zelf te verbeteren.", f"{wat.en} put on your list to mend."
            )
        )
        messages.success(bezoek.request, bezoek.tekst(tekst))
        return redirect(terug)
    if actie not in set(Keuze):
        return redirect(terug)
    beeindigt = actie == Keuze.BEEINDIGEN
    opdracht = opdrachten.begin(
        deze,
        rijen,
        Keuze(actie),
        door=bezoek.naam,
        dag=dag if beeindigt else None,
        reden=reden if beeindigt else "",
    )
    if opdracht is None:
        messages.info(bezoek.request, bezoek.tekst(_NIETS_TE_DOEN))
        return redirect(terug)
    return redirect("portaal_administratie_opdracht", vergelijking_id=deze.pk, opdracht_id=opdracht.pk)


def _fout(bezoek: Bezoek, fouten: list[tuple[str, str]], veld: str, nl: str, en: str) -> None:
    fouten.append((veld, bezoek.tekst(Tekst(nl, en))))


def _geheel(tekst: str, standaard: int) -> int:
    return int(tekst) if tekst.isdecimal() and 0 < int(tekst[:6]) == int(tekst) else standaard
