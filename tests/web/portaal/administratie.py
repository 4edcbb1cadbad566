"""A college with students in the register, its own administration as a file, and somebody who works on it."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from msgspec import structs

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.formaten.indeling import tag
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.vergelijking.herstel import herstel
from kernregister.vergelijking.register import groep_van
from kernregister.vergelijking.wijzigen import Opdracht
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.web.administratie import tasks
from kernregister.web.administratie.models import Verschil
from kernregister.web.administratie.rijen import afwijking_van, student_van
from kernregister.web.toegang.rollen import Rol
from tests import wachtrij
from tests.databank import Databank
from tests.vergelijking.eigen import als_toml, export_van
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register import opzet
from tests.web.portaal.conftest import MaakBezoeker

GEPLAND = "datum_uitschrijving_gepland"


def werk() -> None:
    """Do the tasks that were asked for, as the worker does."""
    wachtrij.werk(tasks.vergelijk, tasks.beproef_opdracht, tasks.voer_opdracht_door)


@dataclass
class College:
    """An institution with students in the register, and its browser."""

    brin: str
    browser: Client
    databank: Databank

    def dossiers(self) -> dict[int, Dossier]:
        """Return what the register holds of its students now."""
        alle = dict(register.van_instelling(self.brin, register.stand()))
        return {wie: dossier for wie, dossier in alle.items() if groep_van(dossier, self.brin)}

    def groepen(self) -> dict[int, Groep]:
        """Return the records of its students, to change in the own administration."""
        return {wie: groep_van(dossier, self.brin) for wie, dossier in self.dossiers().items()}

    def upload(self, export: str | bytes, toml: str | bytes | None = None, **anders: Any) -> HttpResponse:
        """Upload an export, with a translation from a file when one is given."""
        velden: dict[str, Any] = {
            "bestand": _bestand(export, "export.csv"),
            "koppeling": "" if toml is None else "toml",
            "vanaf": "1990-01-01",
        }
        if toml is not None:
            velden["toml"] = _bestand(toml, "koppeling.toml")
        return self.browser.post("/administratie/", velden | anders)

    def vergelijk(self, groepen: Iterable[Groep]) -> str:
        """Upload an administration that says this, have it compared, and return the address of the result."""
        antwoord = self.upload(export_van(groepen), als_toml())
        assert antwoord.status_code == 302, antwoord.text
        werk()
        return str(antwoord["Location"])

    def verschillen(self, **filter_: Any) -> list[Verschil]:
        """Return the differences that are kept."""
        return list(Verschil.objects.using("stelsel").filter(**filter_).order_by("id"))

    def los_op(
        self, adres: str, actie: str = "overnemen", vraag: dict[str, str] | None = None, **velden: Any
    ) -> str:
        """Choose what is to happen with all of a list, see it tried, do it, and return the last page."""
        lijst = f"{adres}verschillen/?{urlencode(vraag or {})}"
        antwoord = self.browser.post(lijst, {"bereik": "alle", "actie": actie, **velden})
        assert antwoord.status_code == 302, antwoord.text
        werk()
        voorstel = self.browser.get(antwoord["Location"]).text
        if "actie" in voorstel and 'value="doe"' in voorstel:
            self.browser.post(antwoord["Location"], {"actie": "doe"})
            werk()
        return str(self.browser.get(antwoord["Location"]).text)

    def vergelijk_opnieuw(self, groepen: dict[int, Groep]) -> list[Verschil]:
        """Upload the same administration once more, and return what still differs."""
        al = {verschil.pk for verschil in self.verschillen()}
        self.vergelijk(groepen.values())
        return [verschil for verschil in self.verschillen() if verschil.pk not in al]

    def los_elders_op(self, verschil: Verschil) -> None:
        """Let the own system deliver by itself what an upload found."""
        opdracht = Opdracht(uuid4(), self.brin, opzet.MOMENT)
        dossier = dict(register.dossiers(van=[verschil.persoon]))[verschil.persoon]
        meldingen = herstel([afwijking_van(verschil)], dossier, student_van(verschil, dossier), opdracht)
        (antwoord,) = register.verwerk(meldingen, register.Herkomst("sis", self.brin))
        assert antwoord.aanvaard

    def nieuwe_student(self, voorbeeld: Groep) -> Groep:
        """Return an enrolment like this one, of somebody whom the source of persons knows and the register does not."""
        nummer = burgerservicenummer(7, 9)
        personen.neem_op([Persoon(nummer, None, OnvolledigeDatum("2007-03-04"), "V", "Nieuweling")])
        groep = [r for r in voorbeeld if tag(type(r)) in ("PER", "ISG", "ISP")]
        nummers = {"burgerservicenummer": nummer, "onderwijsnummer": None}
        kop = structs.replace(groep[0], **nummers, geboortedatum="2007-03-04", geslacht="V")
        return [kop, *(structs.replace(r, **nummers) for r in groep[1:])]

    def pagina(self, adres: str, **vraag: str) -> str:
        """Return the words of a page."""
        antwoord = self.browser.get(adres, vraag)
        assert antwoord.status_code == 200, antwoord.status_code
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", antwoord.text))


def _bestand(inhoud: str | bytes, naam: str) -> io.BytesIO:
    bestand = io.BytesIO(inhoud.encode() if isinstance(inhoud, str) else inhoud)
    bestand.name = naam
    return bestand


def college(bezoeker: MaakBezoeker, databank: Databank, tmp_path: Any, studenten: int = 60) -> College:
    """Return the largest institution of a fictitious sector, with its RO in the register."""
    from kernregister.fictief.leveringen import schrijf

    sector: Sector = opzet.zet_sector_klaar(studenten)
    pad = max(schrijf(sector, tmp_path), key=lambda een: een.stat().st_size)
    brin = pad.name.split("_")[1]
    register.laad_ro(pad, register.Herkomst("test", brin), lambda _: None)
    return College(brin, bezoeker(Rol.SIGNALEN, kenmerk=brin), databank)


@pytest.fixture
def huis(
    bezoeker: MaakBezoeker, databank: Databank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> College:
    zet_klok(monkeypatch, date(2026, 3, 2))
    return college(bezoeker, databank, tmp_path)


def lopend(groep: list[Any]) -> int | None:
    """Return where an enrolment stands that has not ended."""
    for plaats, record in enumerate(groep):
        if tag(type(record)) == "ISG" and record.datum_uitschrijving_werkelijk is None:
            return plaats
    return None


def verzet(groepen: dict[int, list[Any]], aantal: int) -> set[int]:
    """Let the own administration plan the end of so many enrolments otherwise; return whose."""
    wie = [n for n, groep in groepen.items() if lopend(groep) is not None][:aantal]
    for n in wie:
        plaats = lopend(groepen[n])
        assert plaats is not None
        groepen[n][plaats] = structs.replace(groepen[n][plaats], **{GEPLAND: date(2028, 1, 31)})
    return set(wie)
