"""The first page: upload an export, go on with an earlier one, fetch a translation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from msgspec import Struct, field

from kernregister.kern.formaten.bron import GROOTSTE_TOML
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.pas import met_pas
from kernregister.web.administratie import bestanden, koppelingen, tasks
from kernregister.web.administratie.models import Koppeling, Toestand, Vergelijking
from kernregister.web.administratie.opdrachten import TE_DOEN
from kernregister.web.portaal.administratie import zicht
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina

NIEUW, UIT_BESTAND = "", "toml"


class Formulier(Struct):
    """What was filled in, and what is wrong with it by field."""

    vanaf: str
    koppeling: str = NIEUW
    fouten: dict[str, list[str]] = field(default_factory=dict)

    @property
    def lijst(self) -> list[tuple[str, str]]:
        """All faults with their fields."""
        return [(naam, fout) for naam, fouten in self.fouten.items() for fout in fouten]


@pagina(
    "portaal_administratie",
    "administratie/",
    titel=("Eigen administratie", "Own administration"),
    methoden=("GET", "POST"),
)
def administratie(bezoek: Bezoek) -> HttpResponse:
    """Show what was uploaded and take in a new export."""
    formulier = Formulier(Studiejaar(Studiejaar.van(klok.vandaag()).start - 1).begin.isoformat())
    if bezoek.request.method == "POST":
        antwoord = _upload(bezoek, formulier)
        if antwoord is not None:
            return antwoord
    with met_pas(bezoek.pas):
        eigen = zicht.koppelingen()
        vergelijkingen = list(
            Vergelijking.objects.using("default")
            .annotate(open=Count("verschil", filter=Q(verschil__afloop__in=TE_DOEN)), alle=Count("verschil"))
            .order_by("-ontvangen_op")[:50]
        )
    keuzes = [
        (
            NIEUW,
            bezoek.tekst(
                Tekst("Kolommen op de volgende pagina koppelen", "Map the columns on the next page")
            ),
        ),
        *(
            (str(een.pk), f"{een.naam} ({bezoek.tekst(Tekst('versie', 'version'))} {een.versie})")
            for een in eigen
        ),
        (
            UIT_BESTAND,
            bezoek.tekst(Tekst("Een koppeling uit een bestand (TOML)", "A mapping from a file (TOML)")),
        ),
    ]
    waarden = {
        "formulier": formulier,
        "keuzes": keuzes,
        "koppelingen": eigen,
        "vergelijkingen": vergelijkingen,
        "dagen": settings.ADMINISTRATIE_DAGEN,
        "grens": bestanden.GROOTSTE_EXPORT >> 20,
    }
    return bezoek.toon(
        "portaal/administratie/overzicht.html", waarden, status=422 if formulier.fouten else 200
    )


def _upload(bezoek: Bezoek, formulier: Formulier) -> HttpResponse | None:
    """Take in an upload; None: there are faults, which are in the form."""
    vragen, instelling = bezoek.request.POST, bezoek.instelling or ""
    formulier.koppeling, formulier.vanaf = vragen.get("koppeling", NIEUW), vragen.get("vanaf", "")
    bestand: Any = bezoek.request.FILES.get("bestand")
    toml: Any = bezoek.request.FILES.get("toml")
    vanaf = _dag(formulier.vanaf)
    fouten = formulier.fouten
    if vanaf is None:
        _fout(
            bezoek,
            fouten,
            "vanaf",
            "Vul een datum in, zoals 01-08-2024.",
            "Fill in a date, such as 01-08-2024.",
        )
    if bestand is None or not bestand.size:
        _fout(bezoek, fouten, "bestand", "Kies een bestand met gegevens.", "Choose a file that holds data.")
    elif bestand.size > bestanden.GROOTSTE_EXPORT:
        grens = bestanden.GROOTSTE_EXPORT >> 20
        _fout(
            bezoek,
            fouten,
            "bestand",
            f"Dit bestand is groter dan {grens} MB. Neem minder kolommen, of sla het op als CSV.",
            f"This file is larger than {grens} MB. Take fewer columns, or save it as CSV.",
        )
    inhoud: str | bytes = ""
    eigen: Koppeling | None = None
    if formulier.koppeling == UIT_BESTAND:
        if toml is None or not toml.size:
            _fout(
                bezoek,
                fouten,
                "toml",
                "Kies het bestand met de koppeling.",
                "Choose the file with the mapping.",
            )
        else:
            inhoud = toml.read(GROOTSTE_TOML + 1)
    elif formulier.koppeling:
        with met_pas(bezoek.pas):
            eigen = next((k for k in zicht.koppelingen() if str(k.pk) == formulier.koppeling), None)
        if eigen is None:
            _fout(
                bezoek,
                fouten,
                "koppeling",
                "Deze koppeling is er niet meer.",
                "This mapping is no longer there.",
            )
        else:
            inhoud = eigen.toml
    if inhoud and not eigen:
        fouten.setdefault("toml", []).extend(koppelingen.lees(inhoud)[1])
        if not fouten["toml"]:
            del fouten["toml"]
    if fouten:
        return None
    assert vanaf is not None
    vergelijking = bestanden.neem_in(
        instelling, bestand.name, bestand.chunks(), vanaf=vanaf, door=bezoek.naam
    )
    return _verder(bezoek, formulier, vergelijking, inhoud, eigen, toml.name if toml else "")


def _verder(
    bezoek: Bezoek,
    formulier: Formulier,
    vergelijking: Vergelijking,
    inhoud: str | bytes,
    eigen: Koppeling | None,
    naam: str,
) -> HttpResponse | None:
    """Look into the export: compare when its translation fits, otherwise go to the page on which it is made."""
    vertaling, _ = koppelingen.lees(inhoud)
    try:
        _, fouten = koppelingen.open_met(vergelijking, vertaling)
    except OnbruikbaarBestand as fout:
        bestanden.vernietig(vergelijking, bezoek.naam)
        formulier.fouten["bestand"] = [maskeer(str(fout))]
        return None
    if not inhoud:
        return redirect("portaal_administratie_koppelen", vergelijking_id=vergelijking.pk)
    if eigen is None:
        tekst = inhoud.decode("utf-8-sig") if isinstance(inhoud, bytes) else inhoud
        stam = naam.rpartition(".")[0] or naam
        eigen = koppelingen.bewaar(vergelijking.instelling, stam, tekst, bezoek.naam)
    van = Vergelijking.objects.using(bestanden.STELSEL).filter(id=vergelijking.pk)
    van.update(koppeling=eigen, toestand=Toestand.KOPPELEN if fouten else Toestand.WACHT)
    if fouten:
        return redirect("portaal_administratie_koppelen", vergelijking_id=vergelijking.pk)
    tasks.vraag_vergelijking(vergelijking.pk)
    return redirect("portaal_administratie_vergelijking", vergelijking_id=vergelijking.pk)


def _fout(bezoek: Bezoek, fouten: dict[str, list[str]], veld: str, nl: str, en: str) -> None:
    fouten.setdefault(veld, []).append(bezoek.tekst(Tekst(nl, en)))


def _dag(tekst: str) -> date | None:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        return None


@pagina(
    "portaal_administratie_koppeling",
    "administratie/koppeling/<int:koppeling_id>/",
    titel=("Koppeling ophalen", "Fetch a mapping"),
)
def koppeling(bezoek: Bezoek, koppeling_id: int) -> HttpResponse:
    """Give a translation as the file that the command line takes."""
    with met_pas(bezoek.pas):
        gevonden = zicht.koppeling(koppeling_id)
    kaal = "".join(c if c.isascii() and c.isalnum() else "-" for c in gevonden.naam).strip("-").lower()
    naam = f"{kaal or 'koppeling'}-v{gevonden.versie}.toml"
    koppen = {"Content-Disposition": f'attachment; filename="{naam}"'}
    return HttpResponse(gevonden.toml, content_type="application/toml; charset=utf-8", headers=koppen)
