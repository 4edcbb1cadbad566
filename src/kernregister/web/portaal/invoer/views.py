"""Pages of entry: choose a student and what to do, fill in the form, and see what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kernregister.kern.meldingen.berichten import AanleverenIdentificatiePersoon
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.sleutels import is_nummer_van_persoon
from kernregister.platform.pas import met_pas
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.tonen import Fouten, Waarden
from kernregister.web.portaal.formulieren.versturen import verstuur
from kernregister.web.portaal.invoer import bulk_views, gedaan  # noqa: F401 - importing them declares their pages
from kernregister.web.portaal.invoer.controle import Uitslag, controleer, nummerfouten
from kernregister.web.portaal.invoer.identificeren import UITSLAGEN, fouten_van
from kernregister.web.portaal.invoer.invulling import Invulling, begin_formulier
from kernregister.web.portaal.invoer.student import Geregistreerd, haal
from kernregister.web.portaal.invoer.taken import TAKEN, Plek, Taak, mag_taak
from kernregister.web.portaal.paginas import pagina


@pagina("portaal_invoer", "invoer/", titel=("Invoeren", "Enter data"), methoden=("GET", "POST"))
def invoer(bezoek: Bezoek) -> HttpResponse:
    """Choose a student, and what to do; what is searched for goes in the body, for it may be a number."""
    persoon = bezoek.request.GET.get("persoon", "")
    if persoon.isdecimal() and len(persoon) < 19 and bezoek.request.method != "POST":
        return _van_student(bezoek, int(persoon))
    waarden: dict[str, Any] = {
        "identificeren": mag_taak(bezoek, TAKEN["identificeren"]),
        "zoek": "",
        "studenten": None,
    }
    if bezoek.request.method == "POST":
        tekst = bezoek.request.POST.get("zoek", "").strip()[:80]
        gevonden = _zoek(bezoek, tekst)
        if len(gevonden) == 1:
            return redirect(f"{reverse('portaal_invoer')}?persoon={gevonden[0].persoon}")
        waarden |= {"zoek": "" if is_nummer_van_persoon(tekst) else tekst, "studenten": gevonden}
    return bezoek.toon("portaal/invoer/begin.html", waarden)


def _zoek(bezoek: Bezoek, tekst: str) -> list[register.Student]:
    """Return the own students that a text means: a number of a person, an own student number, or part of a name."""
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
    invulling = begin_formulier(bezoek, taak, student, plek)
    if bezoek.request.method != "POST":
        return _toon(bezoek, invulling, invulling.begin)
    return _van_post(bezoek, invulling)


_EERST_EEN_STUDENT = Tekst("Kies eerst een student.", "Choose a student first.")


def _waarover(bezoek: Bezoek, taak: Taak) -> tuple[Geregistreerd | None, Plek]:
    vraag = bezoek.request.GET
    persoon = vraag.get("persoon", "")
    plek = Plek(vraag.get("volgnummer", "")[:200], vraag.get("nummer", "")[:200])
    if taak.maak is None or not persoon.isdecimal() or len(persoon) > 18:
        return None, plek
    return haal(bezoek, int(persoon)), plek


def _van_post(bezoek: Bezoek, invulling: Invulling) -> HttpResponse:
    """Do what the button that was used asks for."""
    post, formulier = bezoek.request.POST, invulling.formulier
    if (waarden := formulier.met_knop(post)) is not None:
        return _toon(bezoek, invulling, waarden, autofocus=post.get("erbij", "").partition(":")[0])
    live = "controle" in bezoek.request.GET and bezoek.is_fragment
    if live or "controleer" in post:
        uitslag = controleer(bezoek, formulier, post.dict(), live=live)
        if live:
            return _live(bezoek, invulling, uitslag)
        return _toon(bezoek, invulling, uitslag.waarden, uitslag.fouten, uitslag=uitslag)
    return _verstuur(bezoek, invulling)


def _verstuur(bezoek: Bezoek, invulling: Invulling) -> HttpResponse:
    """Send the form; refused, it is shown again with everything in it, as another melding."""
    formulier, post = invulling.formulier, bezoek.request.POST.dict()
    waarden = formulier.waarden(post)
    melding, fouten = formulier.lees(post)
    if isinstance(melding, AanleverenIdentificatiePersoon):
        fouten = nummerfouten(bezoek, waarden)
    if fouten or melding is None:
        return _toon(bezoek, invulling, waarden, fouten, status=422)
    (terug,) = verstuur(bezoek, [melding])
    if not terug.aanvaard:
        fouten = fouten_van(bezoek, formulier, terug, waarden)
        if not isinstance(melding, AanleverenIdentificatiePersoon):
            fouten = formulier.fouten_van(terug, waarden, melding)
        return _toon(bezoek, invulling, formulier.vernieuw(waarden), fouten, status=422)
    if terug.identificatie is not None:
        messages.success(bezoek.request, bezoek.tekst(UITSLAGEN[terug.identificatie.uitslag]))
        return redirect(f"{reverse('portaal_invoer')}?persoon={terug.persoon}")
    return redirect(f"{reverse('portaal_invoer_gedaan', args=[melding.id])}?taak={invulling.taak.slug}")


def _toon(
    bezoek: Bezoek,
    invulling: Invulling,
    waarden: Waarden,
    fouten: Fouten | None = None,
    *,
    uitslag: Uitslag | None = None,
    autofocus: str = "",
    status: int = 200,
) -> HttpResponse:
    return bezoek.toon(
        "portaal/invoer/formulier.html",
        {
            "invulling": invulling,
            "taak": invulling.taak,
            "student": invulling.student,
            "blok": invulling.formulier.velden(waarden, fouten),
            "samenvatting": invulling.samenvatting(fouten or {}),
            "uitslag": uitslag,
            "wijzigingen": invulling.wijzigingen(waarden),
            "nieuwe_rij": invulling.laatste_rij(waarden, autofocus),
            "met_geld": bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and bezoek.bekostigd,
        },
        status=status,
    )


def _live(bezoek: Bezoek, invulling: Invulling, uitslag: Uitslag) -> HttpResponse:
    """Return only what is said at the fields and beside the form: what is typed and where somebody is stay alone."""
    blok = invulling.formulier.velden(uitslag.waarden, uitslag.fouten)
    return bezoek.toon(
        "portaal/invoer/live.html",
        {
            "taak": invulling.taak,
            "plekken": invulling.plekken(blok, uitslag.fouten),
            "betekenissen": invulling.betekenissen(blok),
            "uitslag": uitslag,
            "wijzigingen": invulling.wijzigingen(uitslag.waarden),
            "boven": uitslag.fouten.get("", []),
            "met_geld": bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and bezoek.bekostigd,
        },
    )
