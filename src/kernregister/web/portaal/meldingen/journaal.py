"""The journal of an institution: what waits to be mended, by cause, and all that came in, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import klok
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.register import public as register
from kernregister.web.afzender import PORTAAL
from kernregister.web.api import cursors
from kernregister.web.api.problemen import Fout
from kernregister.web.leveringen.oorzaken import VOLGORDE
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.waarden import lees_dag
from kernregister.web.portaal.meldingen.woorden import (
    SOORTEN,
    VAN_INSTELLING,
    oorzaak_in_woorden,
    soort_in_woorden,
)
from kernregister.web.portaal.paginas import pagina

PER_BLADZIJDE: Final = 50
_CURSOR: Final = "portaal-meldingen"

UITKOMSTEN: Final = {
    "": Tekst("Alle", "All"),
    "geweigerd": Tekst("Geweigerd", "Refused"),
    "herstellen": Tekst("Nog te herstellen", "Still to be mended"),
    "aanvaard": Tekst("Aanvaard", "Accepted"),
}
WEGEN: Final = {
    "": Tekst("Alle wegen", "Any way"),
    "sis": Tekst("Studentinformatiesysteem", "Student information system"),
    "portaal": Tekst("Dit portaal", "This portal"),
}


class Vraag(Struct, frozen=True, kw_only=True):
    """What the address asks for; what it says wrongly is left out."""

    soort: str = ""
    uitkomst: str = ""
    oorzaak: str = ""
    via: str = ""
    persoon: int | None = None
    dag: date | None = None
    levering: UUID | None = None
    voor: int | None = None

    @property
    def gefilterd(self) -> bool:
        """Whether it narrows anything down."""
        return any((self.soort, self.uitkomst, self.oorzaak, self.via, self.persoon, self.dag, self.levering))

    def filter(self, instelling: str | None) -> register.Journaalfilter:
        """Return it as the register asks it."""
        return register.Journaalfilter(
            soort=self.soort or None,
            aanvaard={"aanvaard": True, "geweigerd": False}.get(self.uitkomst),
            te_herstellen=self.uitkomst == "herstellen",
            oorzaak=self.oorzaak or None,
            persoon=self.persoon,
            dag=self.dag,
            levering=self.levering,
            client=PORTAAL if self.via == "portaal" else None,
            niet_client=PORTAAL if self.via == "sis" else None,
            afzender=instelling,
        )


def lees_vraag(bezoek: Bezoek) -> Vraag:
    """Read the filters from the address."""
    get = bezoek.request.GET
    return Vraag(
        soort=get.get("soort", "") if get.get("soort") in SOORTEN else "",
        uitkomst=get.get("uitkomst", "") if get.get("uitkomst") in UITKOMSTEN else "",
        oorzaak=get.get("oorzaak", "")[:200].replace("\0", ""),
        via=get.get("via", "") if get.get("via") in WEGEN else "",
        persoon=_lees(int, persoon) if len(persoon := get.get("persoon", "")) <= 18 else None,
        dag=lees_dag(get.get("dag", "")),
        levering=_lees(UUID, get.get("levering", "")),
        voor=_cursor(get.get("cursor", "")),
    )


def _lees(soort: Any, tekst: str) -> Any:
    try:
        return soort(tekst) if tekst else None
    except (ValueError, OverflowError):
        return None


def _cursor(tekst: str) -> int | None:
    try:
        return int(cursors.lees(_CURSOR, tekst, int)) if tekst else None
    except Fout:
        return None


class Groep(Struct, frozen=True):
    """Refusals with the same cause, in words."""

    soort: str
    titel: str
    oorzaak: str
    regels: list[tuple[str, str, str]]
    aantal: int
    gevolg: int
    laatste: Any
    adres: str


class Rij(Struct, frozen=True):
    """A melding in the list, in words."""

    melding: register.Journaalregel
    titel: str
    student: register.Student | None
    uitleg: str
    """The first thing that refused it."""
    meer: int
    """How many other things did."""
    via: str
    adres: str


@pagina("portaal_meldingen", "meldingen/", titel=("Meldingen", "Meldingen"), methoden=("GET", "POST"))
def meldingen(bezoek: Bezoek) -> HttpResponse:
    """Show what waits to be mended, and the journal. A student is looked for by POST: what is typed may be a BSN."""
    if bezoek.request.method == "POST":
        return _zoek_student(bezoek)
    return _toon(bezoek)


def _toon(bezoek: Bezoek, status: int = 200, **waarden: Any) -> HttpResponse:
    vraag = lees_vraag(bezoek)
    instelling = bezoek.instelling
    with met_pas(bezoek.pas):
        gevonden = register.journaal(vraag.filter(instelling), vraag.voor, PER_BLADZIJDE + 1)
        meer, gevonden = len(gevonden) > PER_BLADZIJDE, gevonden[:PER_BLADZIJDE]
        wie = {een.persoon for een in gevonden if een.persoon is not None} | (
            {vraag.persoon} if vraag.persoon is not None else set()
        )
        studenten = register.studenten(wie, instelling)
        bezoek.gelezen(studenten.keys(), "meldingen bekijken")
        met_dossier = bezoek.met_dossier(studenten.keys())
        groepen, telling = _groepen(bezoek), _telling(bezoek)
    volgende = cursors.maak(_CURSOR, gevonden[-1].id) if meer else None
    return bezoek.toon(
        "portaal/meldingen/meldingen.html",
        {
            "vraag": vraag,
            "rijen": [_rij(bezoek, een, studenten) for een in gevonden],
            "met_dossier": met_dossier,
            "groepen": groepen,
            "telling": telling,
            "stempel": _stempel(telling),
            "student": studenten.get(vraag.persoon) if vraag.persoon is not None else None,
            "soorten": [("", bezoek.tekst(UITKOMSTEN[""]))]
            + [(een, soort_in_woorden(een, bezoek.taal)) for een in VAN_INSTELLING],
            "uitkomsten": [(een, bezoek.tekst(tekst)) for een, tekst in UITKOMSTEN.items()],
            "wegen": [(een, bezoek.tekst(tekst)) for een, tekst in WEGEN.items()],
            "volgende": volgende,
            **waarden,
        },
        status=status,
    )


def _groepen(bezoek: Bezoek) -> list[Groep]:
    """Return what waits, in the order in which it is mended: what others hang on first, then the largest."""
    if bezoek.instelling is None:
        return []
    gevonden = register.te_herstellen(bezoek.instelling)
    gevonden.sort(key=lambda een: (VOLGORDE.get(een.soort, 99), -een.aantal, een.oorzaak))
    return [
        Groep(
            een.soort,
            soort_in_woorden(een.soort, bezoek.taal),
            een.oorzaak,
            oorzaak_in_woorden(een.oorzaak, bezoek.taal),
            een.aantal,
            een.gevolg,
            een.laatste,
            "?"
            + urlencode({"uitkomst": "herstellen", "soort": een.soort, "oorzaak": een.oorzaak})
            + "#lijst",
        )
        for een in gevonden
    ]


def _telling(bezoek: Bezoek) -> register.Journaaltelling | None:
    return (
        register.journaaltelling(bezoek.instelling, klok.vandaag()) if bezoek.instelling is not None else None
    )


def _stempel(telling: register.Journaaltelling | None) -> str:
    """Return what differs as soon as anything on the page would: all that the browser says when it asks again."""
    return f"{telling.laatste}-{telling.te_herstellen}" if telling else ""


def _rij(bezoek: Bezoek, een: register.Journaalregel, studenten: dict[int, register.Student]) -> Rij:
    redenen = [bevinding.regel for bevinding in een.antwoord.bevindingen if bevinding.ernst == "fout"]
    teksten = [tekst for regel in redenen for _, tekst, _ in oorzaak_in_woorden(regel, bezoek.taal)]
    adres = reverse("portaal_melding", args=[een.uuid])
    return Rij(
        een,
        soort_in_woorden(een.soort, bezoek.taal),
        studenten.get(een.persoon) if een.persoon is not None else None,
        teksten[0] if teksten else "",
        len(teksten) - 1 if teksten else 0,
        weg_van(bezoek, een),
        adres if bezoek.instelling else f"{adres}?{urlencode({'afzender': een.afzender})}",
    )


def weg_van(bezoek: Bezoek, een: register.Journaalregel) -> str:
    """Return in words how a melding came in."""
    if een.levering is not None:
        return bezoek.tekst(Tekst("bestand", "file"))
    return bezoek.tekst(Tekst("portaal", "portal") if een.client == PORTAAL else Tekst("SIS", "SIS"))


def _zoek_student(bezoek: Bezoek) -> HttpResponse:
    """Find a student by the institution's own number, and show the meldingen about them."""
    getypt = bezoek.request.POST.get("studentnummer", "").strip()[:40]
    gevonden: Sequence[int] = ()
    if getypt and bezoek.instelling:
        with met_pas(bezoek.pas):
            gevonden = register.op_studentnummer(bezoek.instelling, [getypt]).get(getypt, [])
    if gevonden:
        return redirect(f"{reverse('portaal_meldingen')}?{urlencode({'persoon': gevonden[0]})}#lijst")
    fout = Tekst(
        "Geen student van uw instelling heeft dit eigen studentnummer. Controleer het in uw administratie; zoeken"
        " op BSN kan in het studentdossier.",
        "No student of your institution has this own student number. Check it in your administration; you can"
        " search by BSN in the student dossier.",
    )
    return _toon(bezoek, 422, studentnummer=getypt, studentfouten=[bezoek.tekst(fout)])


@pagina(
    "portaal_meldingen_telling",
    "meldingen/telling/",
    titel=("Stand van de meldingen", "State of the meldingen"),
)
def telling(bezoek: Bezoek) -> HttpResponse:
    """The counts on top of the page, when they are other than the page shows; otherwise nothing (204)."""
    with met_pas(bezoek.pas):
        nu = _telling(bezoek)
    stempel = _stempel(nu)
    if nu is None or bezoek.request.GET.get("sinds") == stempel:
        return HttpResponse(status=204)
    return bezoek.toon(
        "portaal/meldingen/telling.html",
        {
            "telling": nu,
            "stempel": stempel,
            "nieuw": True,
            "terug": reverse("portaal_meldingen"),
        },
    )


@pagina(
    "portaal_meldingen_opzij",
    "meldingen/opzij/",
    titel=("Meldingen opzij zetten", "Set meldingen aside"),
    methoden=("POST",),
)
def opzij(bezoek: Bezoek) -> HttpResponse:
    """Take refused meldingen off the list with a reason: one, or all with the same cause."""
    post = {naam: str(tekst).replace("\0", "") for naam, tekst in bezoek.request.POST.items()}
    instelling = bezoek.pas.sleutel
    if een := _lees(UUID, post.get("melding", "")):
        uuids, terug = [een], reverse("portaal_melding", args=[een])
    else:
        with met_pas(bezoek.pas):
            uuids = register.uuids_van_groep(instelling, post.get("soort", ""), post.get("oorzaak", ""))
        terug = reverse("portaal_meldingen")
    try:
        aantal = register.zet_opzij(uuids, instelling, bezoek.naam, post.get("reden", ""))
    except register.Redenfout as fout:
        messages.error(bezoek.request, str(fout))
        return redirect(terug)
    if aantal:
        tekst = Tekst("{n} melding(en) opzij gezet.", "{n} melding(en) set aside.")
        messages.success(bezoek.request, bezoek.tekst(tekst).format(n=aantal))
    return redirect(terug)
