"""The first page: upload an export, go on with an earlier one, fetch a translation."""

from __future__ import annotations

from typing import Any, Final

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
from kernregister.platform.sql import STELSEL
from kernregister.web.administratie import bestanden, koppelingen, tasks
from kernregister.web.administratie.models import TE_DOEN, Koppeling, Toestand, Vergelijking
from kernregister.web.portaal.administratie import zicht
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.waarden import lees_dag
from kernregister.web.portaal.paginas import pagina

NIEUW, UIT_BESTAND = "", "toml"
MEESTE = 50
"""Exports that an institution keeps at once: as many as the page shows."""


class Formulier(Struct):
    """What was filled in, and what is wrong with it by field."""

    vanaf: str
    koppeling: str = NIEUW
    fouten: dict[str, list[str]] = field(default_factory=dict)

    def fout(self, veld: str, tekst: str) -> None:
        """Say what is wrong at a field."""
        self.fouten.setdefault(veld, []).append(tekst)


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
            .order_by("-ontvangen_op")[:MEESTE]
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


_GEEN_DAG: Final = Tekst("Vul een datum in, zoals 01-08-2024.", "Fill in a date, such as 01-08-2024.")
_GEEN_BESTAND: Final = Tekst("Kies een bestand met gegevens.", "Choose a file that holds data.")
_VOL: Final = Tekst(
    "Er worden al {n} bestanden van uw instelling bewaard. Vernietig er eerst een.",
    "{n} files of your institution are kept already. Destroy one of them first.",
)
_TE_GROOT: Final = Tekst(
    "Dit bestand is groter dan {grens} MB. Neem minder kolommen, of sla het op als CSV.",
    "This file is larger than {grens} MB. Take fewer columns, or save it as CSV.",
)
_GEEN_TOML: Final = Tekst("Kies het bestand met de koppeling.", "Choose the file with the mapping.")
_KOPPELING_WEG: Final = Tekst("Deze koppeling is er niet meer.", "This mapping is no longer there.")


def _upload(bezoek: Bezoek, formulier: Formulier) -> HttpResponse | None:
    """Take in an upload; None: there are faults, which are in the form."""
    vragen = bezoek.request.POST
    formulier.koppeling, formulier.vanaf = vragen.get("koppeling", NIEUW), vragen.get("vanaf", "")
    bestand: Any = bezoek.request.FILES.get("bestand")
    vanaf = lees_dag(formulier.vanaf)
    if vanaf is None:
        formulier.fout("vanaf", bezoek.tekst(_GEEN_DAG))
    if bestand is None or not bestand.size:
        formulier.fout("bestand", bezoek.tekst(_GEEN_BESTAND))
    elif bestand.size > bestanden.GROOTSTE_EXPORT:
        grens = bestanden.GROOTSTE_EXPORT >> 20
        formulier.fout("bestand", bezoek.tekst(_TE_GROOT).format(grens=grens))
    elif _is_vol(bezoek):
        formulier.fout("bestand", bezoek.tekst(_VOL).format(n=MEESTE))
    inhoud, eigen = _gekozen(bezoek, formulier)
    if formulier.fouten or vanaf is None:
        return None
    vergelijking = bestanden.neem_in(
        bezoek.instelling or "", bestand.name, bestand.chunks(), vanaf=vanaf, door=bezoek.naam
    )
    return _verder(bezoek, formulier, vergelijking, inhoud, eigen)


def _is_vol(bezoek: Bezoek) -> bool:
    """Tell whether the institution keeps as many exports as it may."""
    with met_pas(bezoek.pas):
        return Vergelijking.objects.using("default").filter(instelling=bezoek.instelling).count() >= MEESTE


def _gekozen(bezoek: Bezoek, formulier: Formulier) -> tuple[str | bytes, Koppeling | None]:
    """Return the translation that was chosen, and which of the institution's own it is; empty: it is yet to be made."""
    if formulier.koppeling == UIT_BESTAND:
        toml: Any = bezoek.request.FILES.get("toml")
        if toml is None or not toml.size:
            formulier.fout("toml", bezoek.tekst(_GEEN_TOML))
            return "", None
        inhoud = toml.read(GROOTSTE_TOML + 1)
        for fout in koppelingen.lees(inhoud)[1]:
            formulier.fout("toml", fout)
        return inhoud, None
    if formulier.koppeling == NIEUW:
        return "", None
    with met_pas(bezoek.pas):
        eigen = next((k for k in zicht.koppelingen() if str(k.pk) == formulier.koppeling), None)
    if eigen is None:
        formulier.fout("koppeling", bezoek.tekst(_KOPPELING_WEG))
        return "", None
    return eigen.toml, eigen


def _verder(
    bezoek: Bezoek,
    formulier: Formulier,
    vergelijking: Vergelijking,
    inhoud: str | bytes,
    eigen: Koppeling | None,
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
        toml: Any = bezoek.request.FILES["toml"]
        stam = toml.name.rpartition(".")[0] or toml.name
        eigen = koppelingen.bewaar(vergelijking.instelling, stam, tekst, bezoek.naam)
    van = Vergelijking.objects.using(STELSEL).filter(id=vergelijking.pk)
    van.update(koppeling=eigen, toestand=Toestand.KOPPELEN if fouten else Toestand.WACHT)
    if fouten:
        return redirect("portaal_administratie_koppelen", vergelijking_id=vergelijking.pk)
    tasks.vraag_vergelijking(vergelijking.pk)
    return redirect("portaal_administratie_vergelijking", vergelijking_id=vergelijking.pk)


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
