"""The case of two institutions that each have a signal because of the other: their talk, until the signal is gone."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from msgspec import Struct

from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.kwaliteit.public import Standpunt
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.signalen import weergave
from kernregister.web.portaal.signalen.collegas import collegas
from kernregister.web.portaal.signalen.signaal import GROOTSTE

STANDPUNTEN: Final = {
    Standpunt.GEEN: Tekst("nog niets gezegd", "nothing said yet"),
    Standpunt.KLOPT: Tekst("ons gegeven klopt", "ours is right"),
    Standpunt.HERSTELT: Tekst("wij herstellen het", "we mend it"),
}
OVERLEG: Final = "zaak-overleggen"
"""The processing activity."""
PER_BLADZIJDE: Final = 50


class Zaakregel(Struct, frozen=True):
    """A case in the list."""

    zaak: kwaliteit.Zaak
    titel: str
    ander: str
    student: register.Student | None
    eigen_standpunt: str
    ander_standpunt: str


class Bericht(Struct, frozen=True):
    """A message in a case."""

    bericht: kwaliteit.Zaakbericht
    wie: str
    door: str
    """The name of who wrote, or the one to log in with when nobody of that name handles signals any more."""
    eigen: bool
    standpunt: str


def _regel(zaak: kwaliteit.Zaak, studenten: weergave.Studenten, bezoek: Bezoek) -> Zaakregel:
    return Zaakregel(
        zaak,
        weergave.regeltitel(zaak.regel, bezoek),
        weergave.instellingsnaam(zaak.ander, bezoek),
        studenten.get(zaak.persoon),
        bezoek.tekst(STANDPUNTEN[zaak.eigen_standpunt]),
        bezoek.tekst(STANDPUNTEN[zaak.ander_standpunt]),
    )


@pagina("portaal_zaken", "signalen/zaken/", titel=("Gedeelde zaken", "Shared cases"))
def zaken(bezoek: Bezoek) -> HttpResponse:
    """List the cases that the institution shares with another, the latest first."""
    vraag = bezoek.request.GET
    ook_dicht = vraag.get("ook") == "gesloten"
    voor = vraag.get("voor", "")
    with met_pas(bezoek.pas):
        gevonden = kwaliteit.zaken(
            alleen_open=not ook_dicht,
            voor=int(voor) if voor.isascii() and voor.isdigit() and len(voor) < 19 else None,
            aantal=PER_BLADZIJDE + 1,
        )
        bladzijde = gevonden[:PER_BLADZIJDE]
        personen = {een.persoon for een in bladzijde}
        studenten = register.studenten(personen, bezoek.instelling)
        bezoek.gelezen(personen, "gedeelde zaken bekijken", OVERLEG)
    waarden = {
        "zaken": [_regel(een, studenten, bezoek) for een in bladzijde],
        "ook_dicht": ook_dicht,
        "volgende": bladzijde[-1].id if len(gevonden) > PER_BLADZIJDE else None,
        "bladen": [
            (
                bezoek.tekst(Tekst("Per oorzaak", "By cause")),
                f"{reverse('portaal_signalen')}?toon=oorzaken",
                False,
            ),
            (
                bezoek.tekst(Tekst("Per signaal", "One by one")),
                f"{reverse('portaal_signalen')}?toon=signalen",
                False,
            ),
            (bezoek.tekst(Tekst("Gedeelde zaken", "Shared cases")), reverse("portaal_zaken"), True),
        ],
    }
    return bezoek.toon("portaal/signalen/zaken.html", waarden)


@pagina("portaal_zaak", "signalen/zaken/<int:nummer>/", titel=("Gedeelde zaak", "Shared case"))
def zaak(bezoek: Bezoek, nummer: int) -> HttpResponse:
    """Show a case: the own records, who the other is, and what was said.

    Raises:
        Http404: there is none in which the visitor's institution is one of the two.
    """
    return _toon(bezoek, nummer)


def _toon(bezoek: Bezoek, nummer: int, fout: str = "", status: int = 200) -> HttpResponse:
    if nummer >= GROOTSTE:
        raise Http404
    try:
        with met_pas(bezoek.pas):
            een, berichten = kwaliteit.zaak(nummer)
            eigen = kwaliteit.werkregels(
                kwaliteit.Wens(instelling=een.eigen, regel=een.regel, personen=(een.persoon,))
            ).regels
            studenten = register.studenten([een.persoon], een.eigen)
            bezoek.gelezen([een.persoon], "gedeelde zaak bekijken", OVERLEG)
            naar_dossier = bool(bezoek.met_dossier([een.persoon]))
    except kwaliteit.Onvindbaar:
        raise Http404 from None
    namen = {code: collegas(code) for code in (een.eigen, een.ander)}
    waarden: dict[str, Any] = {
        "regel": _regel(een, studenten, bezoek),
        "zaak": een,
        "naar_dossier": naar_dossier,
        "paspoort": catalogus()[een.regel],
        "signalen": [
            weergave.signaalbeeld(regel, studenten, bezoek)
            for regel in eigen
            if regel.waarden.get("andere_instelling") == een.ander
        ],
        "berichten": [
            Bericht(
                bericht,
                weergave.instellingsnaam(bericht.instelling, bezoek),
                namen[bericht.instelling].get(bericht.door, bericht.door),
                bericht.instelling == een.eigen,
                bezoek.tekst(STANDPUNTEN[bericht.standpunt]) if bericht.standpunt else "",
            )
            for bericht in berichten
        ],
        "standpunten": [
            ("", bezoek.tekst(Tekst("niets, alleen een bericht", "nothing, a message only"))),
            *((s.value, bezoek.tekst(STANDPUNTEN[s])) for s in (Standpunt.KLOPT, Standpunt.HERSTELT)),
        ],
        "fouten": {"tekst": [fout]} if fout else {},
        "getypt": bezoek.request.POST,
        "praat": bezoek.mag("portaal_zaak_zeggen") and een.gesloten_op is None,
    }
    return bezoek.toon("portaal/signalen/zaak.html", waarden, status=status)


@pagina(
    "portaal_zaak_zeggen",
    "signalen/zaken/<int:nummer>/zeggen/",
    titel=("Bericht in een gedeelde zaak", "Message in a shared case"),
    methoden=("POST",),
)
def zeggen(bezoek: Bezoek, nummer: int) -> HttpResponse:
    """Say something to the other institution, then show the case again.

    Raises:
        Http404: there is no such case for the visitor's institution, or an unknown standpoint.
    """
    post = bezoek.request.POST
    if nummer >= GROOTSTE or post.get("standpunt", "") not in Standpunt.values:
        raise Http404
    try:
        with met_pas(bezoek.pas):
            kwaliteit.zeg(nummer, post.get("tekst", ""), Standpunt(post.get("standpunt", "")), bezoek.naam)
    except kwaliteit.Onvindbaar:
        raise Http404 from None
    except kwaliteit.Kwaliteitsfout as fout:
        return _toon(bezoek, nummer, str(fout), status=422)
    messages.success(
        bezoek.request, bezoek.tekst(Tekst("Uw bericht staat erbij.", "Your message was added."))
    )
    return redirect("portaal_zaak", nummer=nummer)
