"""Pages of entry: choose a student and what to do, fill in the form, and see what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.sleutels import is_nummer_van_persoon
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.invoer import bulk_views, gedaan, gezocht  # noqa: F401 - importing them declares their pages
from kernregister.web.portaal.invoer.formulierblad import Formulierblad
from kernregister.web.portaal.invoer.identificeren import UITSLAGEN
from kernregister.web.portaal.invoer.invulling import begin_formulier
from kernregister.web.portaal.invoer.student import Geregistreerd, haal
from kernregister.web.portaal.invoer.taken import TAKEN, Plek, Taak, mag_taak
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.teruggaan import vergeet_lijst


@pagina("portaal_invoer", "invoer/", titel=("Invoeren", "Data entry"), methoden=("GET", "POST"))
def invoer(bezoek: Bezoek) -> HttpResponse:
    """Choose a student, and what to do; what is searched for goes in the body, for it may be a number."""
    persoon = bezoek.request.GET.get("persoon", "")
    if persoon.isdecimal() and len(persoon) < 19 and bezoek.request.method != "POST":
        return _van_student(bezoek, int(persoon))
    vergeet_lijst(bezoek)
    waarden: dict[str, Any] = {
        "identificeren": mag_taak(bezoek, TAKEN["identificeren"]),
        "zoek": "",
        "studenten": None,
    }
    if bezoek.request.method == "POST":
        tekst = bezoek.request.POST.get("zoek", "").replace("\0", "").strip()[:80]
        gevonden = _zoek(bezoek, tekst)
        if len(gevonden) == 1:
            return redirect(f"{reverse('portaal_invoer')}?persoon={gevonden[0].persoon}")
        gezocht.bewaar(bezoek, tekst)
        return redirect(f"{reverse('portaal_invoer')}?gezocht=1")
    eerder = gezocht.haal(bezoek) if "gezocht" in bezoek.request.GET else None
    if eerder is not None:
        gevonden = _zoek(bezoek, eerder, toont=True)
        waarden |= {"zoek": "" if is_nummer_van_persoon(eerder) else eerder, "studenten": gevonden}
    return bezoek.toon("portaal/invoer/begin.html", waarden)


def _zoek(bezoek: Bezoek, tekst: str, *, toont: bool = False) -> list[register.Student]:
    """Return the own students that a text means: a number of a person, an own student number, or part of a name.

    With ``toont`` all of them are shown; otherwise the one who is found, if there is one.
    """
    instelling = bezoek.instelling or ""
    als_nummer = tekst.replace(" ", "").replace(".", "")
    is_nummer = is_nummer_van_persoon(als_nummer)
    bekend = list(personen.zoek([als_nummer]).values()) if is_nummer else []
    with met_pas(bezoek.pas):
        if is_nummer:
            zichtbaar = [persoon for persoon in bekend if register.is_zichtbaar(persoon)]
            wie = register.studenten(zichtbaar, instelling)
            gevonden = [wie.get(een) or register.Student(een, "", "", None) for een in zichtbaar]
        else:
            gevonden = register.vind_studenten(instelling, tekst)
        if toont or len(gevonden) == 1:
            bezoek.gelezen([een.persoon for een in gevonden], "student zoeken", "registreren")
    return gevonden


def _van_student(bezoek: Bezoek, persoon: int) -> HttpResponse:
    student = haal(bezoek, persoon)
    mag = {slug: mag_taak(bezoek, taak) for slug, taak in TAKEN.items()}
    inschrijvingen = [
        {"een": een, "resultaten": student.resultaten_van(een.inschrijvingvolgnummer)}
        for een in student.inschrijvingen
    ]
    bekend = {een.inschrijvingvolgnummer for een in student.inschrijvingen}
    los = [r for r in student.resultaten if r.inschrijvingvolgnummer not in bekend]
    return bezoek.toon(
        "portaal/invoer/student.html",
        {
            "student": student,
            "inschrijvingen": inschrijvingen,
            "los": los,
            "mag": {k.replace("-", "_"): v for k, v in mag.items()},
        },
    )


@pagina(
    "portaal_invoer_soort",
    "invoer/<slug:soort>/",
    titel=("Invoeren", "Enter data"),
    methoden=("GET", "POST"),
)
def soort(bezoek: Bezoek, soort: str) -> HttpResponse:
    """Fill in one form: shown, checked while it is typed, and sent.

    Raises:
        Http404: there is no such thing to do, for this visitor or about this student.
    """
    taak = TAKEN.get(soort)
    if taak is None:
        raise Http404
    if not mag_taak(bezoek, taak):
        return bezoek.toon("portaal/fout.html", {"soort": "niet-toegestaan", "pagina": taak}, status=403)
    student, plek = _waarover(bezoek, taak)
    if taak.maak is not None and student is None:
        messages.info(bezoek.request, bezoek.tekst(_EERST_EEN_STUDENT))
        return redirect("portaal_invoer")
    blad = _Invoerblad(bezoek, begin_formulier(bezoek, taak, student, plek))
    if bezoek.request.method == "POST":
        return blad.handel_af()
    return blad.terug() or blad.toon(blad.invulling.begin)


_EERST_EEN_STUDENT = Tekst("Kies eerst een student.", "Choose a student first.")


def _waarover(bezoek: Bezoek, taak: Taak) -> tuple[Geregistreerd | None, Plek]:
    vraag = bezoek.request.GET
    persoon = vraag.get("persoon", "")
    plek = Plek(vraag.get("volgnummer", "")[:200], vraag.get("nummer", "")[:200])
    if taak.maak is None or not persoon.isdecimal() or len(persoon) > 18:
        return None, plek
    return haal(bezoek, int(persoon)), plek


class _Invoerblad(Formulierblad):
    sjabloon = "portaal/invoer/formulier.html"

    def eigen(self, geweigerd: UUID | None) -> dict[str, Any]:
        return {"student": self.invulling.student}

    def aanvaard(self, melding: Any, terug: Terugkoppeling) -> HttpResponse:
        if terug.identificatie is None:
            gedaan_ = reverse("portaal_invoer_gedaan", args=[melding.id])
            return redirect(f"{gedaan_}?taak={self.invulling.taak.slug}")
        messages.success(self.bezoek.request, self.bezoek.tekst(UITSLAGEN[terug.identificatie.uitslag]))
        return redirect(f"{reverse('portaal_invoer')}?persoon={terug.persoon}")
