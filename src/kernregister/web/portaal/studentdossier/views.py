"""The pages of the studentdossier: finding a student, and every screen of the dossier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import audit, klok
from kernregister.platform.geheugen import een_transactie
from kernregister.platform.pas import met_pas
from kernregister.platform.sql import WEG
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import foutpagina, pagina
from kernregister.web.portaal.studentdossier import deelnames, resultaten, vooropleiding
from kernregister.web.portaal.studentdossier.blik import Blik, kijk, onthoud
from kernregister.web.portaal.studentdossier.delen import Deel, aaneen
from kernregister.web.portaal.studentdossier.gebeurtenissen import Adressen, gebeurtenissen, teldata
from kernregister.web.portaal.studentdossier.gezien import leesbaar
from kernregister.web.portaal.studentdossier.persoonsgegevens import persoonsgegevens
from kernregister.web.portaal.studentdossier.studenten import bekenden, studentenlijst
from kernregister.web.portaal.studentdossier.tijdlijn import teken
from kernregister.web.portaal.studentdossier.uitleg import begrippen
from kernregister.web.portaal.studentdossier.veranderd import stappen
from kernregister.web.portaal.studentdossier.werk import bekostiging, signalen
from kernregister.web.portaal.studentdossier.zoeken import (
    ALGEMENE_FOUT,
    GEEN_GEGEVENS,
    Criteria,
    Uitslag,
    criteria,
    zoek,
)
from kernregister.web.portaal.teruggaan import onthoud_lijst, vergeet_lijst

BASIS = "studentdossier/<int:persoon>/"
DOSSIER = "portaal_studentdossier_persoon"
SJABLOON = "portaal/studentdossier/"

Waarden = dict[str, Any]

_NIETS = Uitslag()
_UW_STUDENTEN = Tekst("Uw studenten", "Your students")


@pagina(
    "portaal_studentdossier",
    "studentdossier/",
    titel=("Studentdossier", "Student dossier"),
    methoden=("GET", "POST"),
)
def zoeken(bezoek: Bezoek) -> HttpResponse:
    """Find a student by exactly one number, or in the list of the own students."""
    vergeet_lijst(bezoek)
    if bezoek.request.method != "POST":
        return _zoekscherm(bezoek, Criteria())
    wie = criteria(bezoek)
    try:
        uitslag = zoek(bezoek, wie)
    except WEG:
        raise
    except Exception as fout:  # noqa: BLE001 - the manual has a message for it, and what was typed stays
        foutpagina(bezoek, fout)
        uitslag = Uitslag(melding=ALGEMENE_FOUT)
    if uitslag.gevonden and not uitslag.keuze:
        return redirect(DOSSIER, persoon=uitslag.gevonden[0])
    return _zoekscherm(bezoek, wie, uitslag)


def _zoekscherm(bezoek: Bezoek, wie: Criteria, uitslag: Uitslag = _NIETS) -> HttpResponse:
    melding = uitslag.melding
    kaal = melding is ALGEMENE_FOUT
    lijst = None if kaal else studentenlijst(bezoek)
    if lijst and lijst.regels:
        onthoud_lijst(bezoek, _UW_STUDENTEN)
    waarden = {
        "wie": wie,
        "melding": melding,
        "gevonden": bekenden(bezoek, list(uitslag.gevonden)),
        "vertrokken": uitslag.vertrokken if bezoek.mag("portaal_invoer") else None,
        "recent": [] if kaal else bekenden(bezoek),
        "lijst": lijst,
    }
    return bezoek.toon(f"{SJABLOON}zoeken.html", waarden, status=melding.status if melding else 200)


def _scherm(
    bezoek: Bezoek, persoon: int, pagina_: str, wat: str, sjabloon: str, maak: Callable[[Blik], Waarden]
) -> HttpResponse:
    """Show a screen of a dossier, or say that there is nothing to show."""
    with een_transactie(), met_pas(bezoek.pas):
        blik = kijk(bezoek, persoon, wat)
        waarden = maak(blik) if blik else {}
        vertrokken = persoon if blik is None and register.is_zichtbaar(persoon) else None
    if blik is None:
        return _zoekscherm(bezoek, Criteria(), Uitslag(melding=GEEN_GEGEVENS, vertrokken=vertrokken))
    onthoud(bezoek, persoon)
    vraag = bezoek.request.GET
    kop = {
        "blik": blik,
        "persoon": blik.gezien.eigen.persoon,
        "tabs": _tabs(bezoek, blik, pagina_),
        "begrippen": begrippen(pagina_, waarden.get("delen", ())),
        "bewaar": [(naam, vraag[naam][:40]) for naam in ("soort", "lijst", "alles") if naam in vraag],
    }
    return bezoek.toon(f"{SJABLOON}{sjabloon}.html", {**kop, **waarden})


_TABS = (
    (DOSSIER, "Persoonsgegevens", "Personal data"),
    ("portaal_studentdossier_deelnames", "Deelnames", "Enrolments"),
    ("portaal_studentdossier_resultaten", "Resultaten", "Results"),
    ("portaal_studentdossier_vooropleiding", "(voor)Opleidingen", "(Earlier) education"),
    ("portaal_studentdossier_tijdlijn", "Tijdlijn", "Timeline"),
    ("portaal_studentdossier_veranderd", "Wat veranderde", "What changed"),
    ("portaal_studentdossier_inzage", "Wie keek", "Who looked"),
)


def _tabs(bezoek: Bezoek, blik: Blik, hier: str) -> list[tuple[str, str, bool]]:
    """Return the tabs that the visitor may open: always all of them, also where there is nothing under one."""
    return [
        (blik.schrijver.tekst(nl, en), _adres(naam, blik).rstrip("?&"), naam == hier)
        for naam, nl, en in _TABS
        if bezoek.mag(naam)
    ]


def _adres(naam: str, blik: Blik) -> str:
    """Return the address of a screen at the chosen moment, to which more can be added."""
    return reverse(naam, args=[blik.persoon]) + blik.moment.adres


def _plaats(bezoek: Bezoek, aantal: int) -> int:
    """Return which line of a list is chosen, from 1; 0: none."""
    regel = bezoek.request.GET.get("regel", "")
    plaats = int(regel) if regel.isascii() and regel.isdigit() and len(regel) < 6 else 0
    return plaats if plaats <= aantal else 0


@pagina(DOSSIER, BASIS, titel=("Persoonsgegevens", "Personal data"))
def overzicht(bezoek: Bezoek, persoon: int) -> HttpResponse:
    """Show the person, and what waits; with ``alles=1`` all screens under each other, to print."""
    alles = bezoek.request.GET.get("alles") == "1"

    def maak(blik: Blik) -> Waarden:
        delen = _alles(blik) if alles else list(persoonsgegevens(blik.gezien, blik.schrijver))
        werk = {} if alles else {"signalen": signalen(bezoek, persoon), **bekostiging(bezoek, blik)}
        return {"delen": delen, "alles": alles, **werk}

    wat = "studentdossier afdrukken" if alles else "studentdossier bekijken"
    return _scherm(bezoek, persoon, DOSSIER, wat, "dossier", maak)


def _alles(blik: Blik) -> list[Deel]:
    gezien, s = blik.gezien, blik.schrijver
    vooraf = gezien.vooropleidingen
    return aaneen(
        [
            persoonsgegevens(gezien, s),
            deelnames.lijst(gezien, s, "", 0),
            *(deelnames.details(een, gezien, s, blik.bekostigd) for een in deelnames.op_volgorde(gezien)),
            *(
                deel
                for menu in resultaten.MENU
                for deel in (
                    resultaten.lijst(gezien, menu, s, "", 0),
                    *(
                        resultaten.details(een, s, blik.bekostigd)
                        for een in resultaten.op_volgorde(gezien, menu.soort)
                    ),
                )
            ),
            vooropleiding.kenmerken(gezien, s),
            vooropleiding.deelnames(gezien, s, "", 0),
            vooropleiding.resultatenlijst(gezien, s, "", 0),
            *(vooropleiding.resultaat(een, s) for een in vooraf.resultaten),
        ]
    )


@pagina(
    "portaal_studentdossier_deelnames",
    f"{BASIS}deelnames/",
    titel=("Deelnames", "Enrolments"),
)
def deelnames_(bezoek: Bezoek, persoon: int) -> HttpResponse:
    """Show the own enrolments, and one of them whole."""
    naam = "portaal_studentdossier_deelnames"

    def maak(blik: Blik) -> Waarden:
        alle = deelnames.op_volgorde(blik.gezien)
        gekozen = _plaats(bezoek, len(alle)) or min(len(alle), 1)
        delen = list(deelnames.lijst(blik.gezien, blik.schrijver, _adres(naam, blik), gekozen))
        if gekozen:
            delen += deelnames.details(
                alle[gekozen - 1], blik.gezien, blik.schrijver, blik.bekostigd, blik.naar
            )
        return {"delen": delen}

    return _scherm(bezoek, persoon, naam, "deelnames bekijken", "dossier", maak)


@pagina(
    "portaal_studentdossier_resultaten",
    f"{BASIS}resultaten/",
    titel=("Resultaten", "Results"),
)
def resultaten_(bezoek: Bezoek, persoon: int) -> HttpResponse:
    """Show the own results of one of four kinds, and one of them whole."""
    naam = "portaal_studentdossier_resultaten"

    def maak(blik: Blik) -> Waarden:
        s, adres = blik.schrijver, _adres(naam, blik)
        soort = bezoek.request.GET.get("soort", "")
        menu = next((een for een in resultaten.MENU if een.soort == soort), resultaten.MENU[0])
        alle = resultaten.op_volgorde(blik.gezien, menu.soort)
        gekozen = _plaats(bezoek, len(alle)) or min(len(alle), 1)
        delen = list(resultaten.lijst(blik.gezien, menu, s, adres, gekozen))
        if gekozen:
            delen += resultaten.details(alle[gekozen - 1], s, blik.bekostigd, blik.naar)
        keuze = [
            (
                f"{bezoek.tekst(een.titel)} ({len(resultaten.op_volgorde(blik.gezien, een.soort))})",
                f"{adres}soort={een.soort}",
                een is menu,
            )
            for een in resultaten.MENU
        ]
        return {"delen": delen, "keuze": keuze}

    return _scherm(bezoek, persoon, naam, "resultaten bekijken", "dossier", maak)


@pagina(
    "portaal_studentdossier_vooropleiding",
    f"{BASIS}vooropleiding/",
    titel=("(voor)Opleidingen", "(Earlier) education"),
)
def vooropleiding_(bezoek: Bezoek, persoon: int) -> HttpResponse:
    """Show what the student did and obtained before and elsewhere, and one of it whole."""
    naam = "portaal_studentdossier_vooropleiding"

    def maak(blik: Blik) -> Waarden:
        s, adres, gezien = blik.schrijver, _adres(naam, blik), blik.gezien
        delen = list(vooropleiding.kenmerken(gezien, s))
        if not gezien.volledig:
            return {"delen": delen}
        alle = gezien.vooropleidingen
        met_resultaten = bezoek.request.GET.get("lijst") == "resultaten"
        gekozen = _plaats(bezoek, len(alle.resultaten if met_resultaten else alle.deelnames))
        if met_resultaten:
            delen += vooropleiding.resultatenlijst(gezien, s, adres, gekozen)
            delen += vooropleiding.resultaat(alle.resultaten[gekozen - 1], s) if gekozen else ()
        else:
            delen += vooropleiding.deelnames(gezien, s, adres, gekozen)
            delen += vooropleiding.deelname(alle.deelnames[gekozen - 1], s) if gekozen else ()
        keuze = [
            (
                f"{s.tekst('Deelnames', 'Participations')} ({len(alle.deelnames)})",
                f"{adres}lijst=deelnames",
                not met_resultaten,
            ),
            (
                f"{s.tekst('Resultaten', 'Results')} ({len(alle.resultaten)})",
                f"{adres}lijst=resultaten",
                met_resultaten,
            ),
        ]
        return {"delen": delen, "keuze": keuze}

    return _scherm(bezoek, persoon, naam, "vooropleiding bekijken", "dossier", maak)


@pagina(
    "portaal_studentdossier_tijdlijn",
    f"{BASIS}tijdlijn/",
    titel=("Tijdlijn", "Timeline"),
)
def tijdlijn(bezoek: Bezoek, persoon: int) -> HttpResponse:
    """Show the whole dossier in order of time, as a picture and as a list."""
    naam = "portaal_studentdossier_tijdlijn"

    def maak(blik: Blik) -> Waarden:
        vandaag = klok.vandaag()
        waar = Adressen(
            *(
                _adres(f"portaal_studentdossier_{deel}", blik)
                for deel in ("deelnames", "resultaten", "vooropleiding")
            )
        )
        alle = gebeurtenissen(blik, waar, signalen(bezoek, persoon))
        dagen = teldata(blik, vandaag)
        return {"lijn": teken(alle, dagen, vandaag, blik.schrijver), "gebeurtenissen": alle, "teldata": dagen}

    return _scherm(bezoek, persoon, naam, "tijdlijn bekijken", "tijdlijn", maak)


@pagina(
    "portaal_studentdossier_veranderd",
    f"{BASIS}veranderd/",
    titel=("Wat veranderde", "What changed"),
)
def veranderd(bezoek: Bezoek, persoon: int) -> HttpResponse:
    """Show the versions of the own records, each with the melding that made it."""
    naam = "portaal_studentdossier_veranderd"

    def maak(blik: Blik) -> Waarden:
        regels = register.versieregels(persoon)
        return {"stappen": stappen(regels, blik.schrijver, blik.bekostigd)}

    return _scherm(bezoek, persoon, naam, "wijzigingen bekijken", "veranderd", maak)


@pagina(
    "portaal_studentdossier_inzage",
    f"{BASIS}inzage/",
    titel=("Wie keek", "Who looked"),
)
def inzage(bezoek: Bezoek, persoon: int) -> HttpResponse:
    """Show which colleagues looked at this dossier, and when."""
    naam = "portaal_studentdossier_inzage"

    def maak(_: Blik) -> Waarden:
        gelezen = audit.wie_las(personen.pseudoniem(persoon))
        return {"wie": [(een, leesbaar(een.wat, bezoek)) for een in gelezen]}

    return _scherm(bezoek, persoon, naam, "inzage bekijken", "inzage", maak)
