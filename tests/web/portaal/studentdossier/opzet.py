"""A small world for stories of the studentdossier: three institutions, and students to tell of."""

import re
from datetime import date

import pytest
from django.test import Client

from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Gegevens, Instelling, Opleiding, Soort
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register import verhaal
from tests.voorzieningen.register.verhaal import DAAR, HIER

VANDAAG = date(2026, 3, 2)
NBI = "30ZZ"
ZOEK = "/studentdossier/"
SCHERMEN = ("", "deelnames/", "resultaten/", "vooropleiding/", "tijdlijn/", "veranderd/", "inzage/")


def zet_klaar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two funded institutions and one that is not; it is 2 March 2026."""
    zet_klok(monkeypatch, VANDAAG)
    instellingen = {
        HIER: Instelling(HIER, "ROC Hier"),
        DAAR: Instelling(DAAR, "ROC Daar"),
        NBI: Instelling(NBI, "Opleider", Soort.NBI),
    }
    opleidingen = {"25655": Opleiding("25655", "Verzorgende", niveau="MBO-3")}
    stamgegevens.laad_gegevens(
        Gegevens(instellingen=instellingen, opleidingen=opleidingen), "test", "kleine wereld"
    )


def student(plaats: int = 3, *inschrijvingen: object, **anders: object) -> int:
    """Register somebody with a school before and an enrolment here and elsewhere; a story changes what it is about."""
    persoon = anders.pop("persoon", {})
    standaard = {
        "diplomas": (verhaal.diploma("9"), verhaal.diploma("19", DAAR)),
        "losse_resultaten": (verhaal.keuzedeel(),),
        "deelnames": (verhaal.deelname(),),
        "vooropleidingen": (verhaal.vo_resultaat(),),
    }
    wie = verhaal.wie(verhaal.bsn(plaats), voornamen="Noor", geboorteplaats="Ons Dorp", **persoon)
    eigen = inschrijvingen or (verhaal.inschrijving("1"), verhaal.inschrijving("7", DAAR))
    return verhaal.registreer(Dossier(wie, eigen, **(standaard | anders)))


def zoek(browser: Client, **getypt: str):
    return browser.post(ZOEK, getypt)


def lees(browser: Client, persoon: int, scherm: str = "", vraag: str = "") -> str:
    antwoord = browser.get(f"{ZOEK}{persoon}/{scherm}{vraag}")
    assert antwoord.status_code == 200, antwoord.status_code
    return " ".join(antwoord.text.split())


def velden(tekst: str) -> dict[str, str]:
    """Return the fields of a screen, the last of each label."""
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", tekst))
