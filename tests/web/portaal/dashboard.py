"""What the stories of the dashboard share: a day in March, somebody who looks, and reading what is shown."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from msgspec.structs import replace

from kernregister.kern.dossier import Dossier
from kernregister.voorzieningen.personen import public as personen
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.kwaliteit.opzet import VANDAAG, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import WIE
from tests.voorzieningen.register import verhaal
from tests.web.portaal.conftest import MaakBezoeker

HIER = "01AA"
MORGEN = date(2026, 3, 2)


@pytest.fixture
def maart(databank, monkeypatch):
    zet_klok(monkeypatch, VANDAAG)
    personen.maak([personen.Nummers(WIE.burgerservicenummer)])
    personen.neem_op([WIE])
    verhaal.registreer(Dossier(replace(WIE, achternaam="Zonderling", voornamen="Noor")))


@pytest.fixture
def amira(maart, bezoeker: MaakBezoeker) -> Client:
    return bezoeker(Rol.SIGNALEN, Rol.BEKOSTIGING, Rol.STUDENTDOSSIER, kenmerk=HIER)


def getal(tekst: str, rij: str) -> list[str]:
    """Return what stands in the cells of a row, as the page shows it."""
    (inhoud,) = re.findall(rf'<th scope="row">{re.escape(rij)}.*?</th>(.*?)</tr>', tekst, re.DOTALL)[:1]
    return [re.sub(r"<[^>]+>", "", cel).strip() for cel in re.findall(r"<td.*?</td>", inhoud, re.DOTALL)]


def lijst_van(browser: Client, vraag: str) -> list[dict[str, str]]:
    """Return the lines of the file of who stands behind a number."""
    antwoord = browser.get(f"/dashboard/getal/lijst/?{vraag}")
    assert antwoord.status_code == 200
    tekst = antwoord.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(tekst), delimiter=";"))
