"""What a comparison gives: how far it is, what was wrong with the file, the differences by group."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.platform.sql import STELSEL
from kernregister.vergelijking.oorzaken import Aard
from kernregister.web.administratie import bestanden, tasks
from kernregister.web.administratie.models import TE_DOEN, Afloop, Opdracht, Stap, Toestand, Vergelijking
from kernregister.web.administratie.vergelijken import is_verouderd
from kernregister.web.portaal.administratie import zicht
from kernregister.web.portaal.administratie.woorden import groepnaam, veldnaam
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.hoe_ver import hoe_ver, stempel_van
from kernregister.web.portaal.paginas import pagina

_SECTIES = (
    (
        Tekst("Alleen in uw administratie", "In your administration only"),
        frozenset({Aard.NIET_IN_REGISTER.value}),
    ),
    (Tekst("Alleen in het register", "In the register only"), frozenset({Aard.NIET_IN_EXPORT.value})),
    (
        Tekst("Velden die verschillen", "Fields that differ"),
        frozenset(
            {Aard.VERSCHIL.value, Aard.LEEG_EIGEN.value, Aard.LEEG_REGISTER.value, Aard.TEGENSTRIJDIG.value}
        ),
    ),
)
_MEESTE_OORZAKEN = 4


class Groep(Struct):
    """Differences of one kind on one field, biggest first."""

    naam: Tekst
    vraag: str
    """The query of the list that shows them."""
    alle: int
    open: int
    bekostiging: int
    oorzaken: list[tuple[Tekst, int, str]]
    verdacht: bool


@pagina(
    "portaal_administratie_vergelijking",
    "administratie/<uuid:vergelijking_id>/",
    titel=("Verschillen met het register", "Differences with the register"),
    methoden=("GET", "POST"),
)
def vergelijking(bezoek: Bezoek, vergelijking_id: UUID) -> HttpResponse:
    """Show a comparison; what changed in the register since is worked in by itself."""
    with met_pas(bezoek.pas):
        deze = zicht.vergelijking(vergelijking_id)
        verouderd = is_verouderd(deze)
        bezig = deze.toestand in (Toestand.WACHT, Toestand.BEZIG)
        secties = _secties(deze) if deze.toestand == Toestand.KLAAR and not bezoek.is_fragment else []
        opdrachten = list(
            Opdracht.objects.using("default")
            .filter(vergelijking=deze)
            .exclude(toestand=Stap.KLAAR)
            .order_by("-moment")[:5]
        )
    if bezoek.request.method == "POST":
        return _doe(bezoek, deze)
    if deze.toestand == Toestand.KOPPELEN:
        return redirect("portaal_administratie_koppelen", vergelijking_id=vergelijking_id)
    if verouderd:
        tasks.vraag_vergelijking(deze.pk)
    stil = tasks.staat_stil(deze)
    volgt = {"vergelijking": deze, "stil": stil, "stempel": stempel_van(deze, stil)}
    if bezoek.is_fragment:
        return hoe_ver(bezoek, "portaal/administratie/voortgang.html", volgt, bezig=bezig or verouderd)
    alle = sum(groep.alle for _, groepen in secties for groep in groepen)
    over = sum(groep.open for _, groepen in secties for groep in groepen)
    waarden = {
        **volgt,
        "secties": secties,
        "alle": alle,
        "open": over,
        "klaar": alle - over,
        "bezig": bezig,
        "verouderd": verouderd,
        "opdrachten": opdrachten,
        "opmerkingen": [_opmerking(een) for een in deze.opmerkingen],
        "fouten": [("", regel) for regel in deze.uitleg.splitlines()],
    }
    return bezoek.toon("portaal/administratie/vergelijking.html", waarden)


def _doe(bezoek: Bezoek, deze: Vergelijking) -> HttpResponse:
    """Destroy an upload, or go back to its translation."""
    actie = bezoek.request.POST.get("actie")
    if actie == "vernietig":
        bestanden.vernietig(deze, bezoek.naam)
        return redirect("portaal_administratie")
    if actie == "hervat" and tasks.staat_stil(deze):
        tasks.vraag_vergelijking(deze.pk)
    if actie == "koppelen" and deze.toestand in (Toestand.KLAAR, Toestand.ONBRUIKBAAR):
        van = Vergelijking.objects.using(STELSEL).filter(id=deze.pk)
        van.update(toestand=Toestand.KOPPELEN)
        return redirect("portaal_administratie_koppelen", vergelijking_id=deze.pk)
    return redirect("portaal_administratie_vergelijking", vergelijking_id=deze.pk)


def _secties(deze: Vergelijking) -> list[tuple[Tekst, list[Groep]]]:
    """Return the groups that there are, the biggest first; in one question."""
    verdacht = {tuple(een) for een in deze.tellingen.get("verdacht", ())}
    telling = (
        zicht.verschillen(deze)
        .order_by()
        .values("aard", "niveau", "veld", "oorzaak", "oorzaak_en")
        .annotate(
            alle=Count("id"),
            over=Count("id", filter=Q(afloop__in=TE_DOEN)),
            eigen=Count("id", filter=Q(afloop=Afloop.EIGEN)),
            bekostiging=Count("id", filter=Q(raakt_bekostiging=True, afloop__in=TE_DOEN)),
        )
    )
    per_groep: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for rij in telling:
        per_groep[rij["aard"], rij["niveau"], rij["veld"]].append(dict(rij))
    uit = []
    for titel, aarden in _SECTIES:
        groepen = [
            _groep(sleutel, rijen, verdacht) for sleutel, rijen in per_groep.items() if sleutel[0] in aarden
        ]
        if groepen:
            uit.append((titel, sorted(groepen, key=lambda g: (not g.verdacht, -g.open, -g.alle, g.naam.nl))))
    return uit


def _groep(
    sleutel: tuple[str, str, str], rijen: list[dict[str, Any]], verdacht: set[tuple[str, ...]]
) -> Groep:
    aard, niveau, veld = sleutel
    vraag = {"aard": aard, "niveau": niveau, "veld": veld}
    oorzaken = sorted((rij for rij in rijen if rij["over"]), key=lambda rij: -rij["over"])[:_MEESTE_OORZAKEN]
    return Groep(
        groepnaam(aard, niveau, veld),
        urlencode(vraag),
        sum(rij["alle"] for rij in rijen),
        sum(rij["over"] - rij["eigen"] for rij in rijen),
        sum(rij["bekostiging"] for rij in rijen),
        [
            (
                Tekst(r["oorzaak"], r["oorzaak_en"] or r["oorzaak"]),
                r["over"],
                urlencode({**vraag, "oorzaak": r["oorzaak"]}),
            )
            for r in oorzaken
        ],
        any((niveau, veld, rij["oorzaak"]) in verdacht for rij in rijen),
    )


_UITLEG = {
    "rij_dubbel": Tekst(
        "Rijen staan er meer dan eens, in alle kolommen gelijk; ze zijn één keer gebruikt.",
        "Rows occur more than once, the same in all columns; they were used once.",
    ),
    "nummer_ontbreekt": Tekst(
        "Rijen zonder burgerservicenummer of onderwijsnummer zijn overgeslagen.",
        "Rows without a burgerservicenummer or onderwijsnummer were passed over.",
    ),
    "voorloopnullen": Tekst(
        "Persoonsnummers waren korter dan negen cijfers (Excel laat nullen vooraan weg); aangevuld.",
        "Personal numbers were shorter than nine digits (Excel drops leading zeros); filled up.",
    ),
    "nummerproef": Tekst(
        "Persoonsnummers doorstaan de elfproef niet; er is wel op gezocht.",
        "Personal numbers fail the check digit; they were searched for all the same.",
    ),
    "sleutel_onbekend": Tekst(
        "Rijen waarin niet te lezen is welk record het is, zijn daarvoor overgeslagen.",
        "Rows that do not tell which record it is were passed over for it.",
    ),
    "waarde_onleesbaar": Tekst(
        "Waarden die niet te lezen zijn, zijn niet vergeleken. Vertaal ze, of geef de datumvorm op.",
        "Values that cannot be read were not compared. Translate them, or say how dates are written.",
    ),
}


def _opmerking(een: dict[str, Any]) -> dict[str, Any]:
    """Return a remark on the file as the page shows it: what, in which field, on which lines."""
    plaatsen = een["plaatsen"]
    niveau, _, veld = een["veld"].partition(": ")
    naam = veldnaam(veld) if veld and "," not in veld else Tekst(een["veld"], een["veld"])
    return {
        "tekst": _UITLEG.get(een["code"], Tekst(een["tekst"], een["tekst"])),
        "fout": een["fout"],
        "veld": naam,
        "niveau": niveau if veld else "",
        "verwacht": een["verwacht"],
        "aantal": een["aantal"],
        "plaatsen": plaatsen,
        "meer": een["aantal"] - len(plaatsen),
    }
