"""From a number to the student, the signal and the form that mends it, and back to the line where one was."""

import html
import re
from datetime import date

import pytest
from django.test import Client
from msgspec.structs import replace

from kernregister.kern.dossier import Dossier
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.voorzieningen.register import verhaal
from tests.voorzieningen.register.verhaal import HIER
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.studentdossier.opzet import zet_klaar

GETAL = "/dashboard/getal/?regel=B04"
TERUG = re.compile(r'href="([^"]*)">Terug naar: ([^<]*)<')


@pytest.fixture
def persoon(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> int:
    """Somebody whose planned end lies more than 90 days back, and whom nobody disenrolled."""
    zet_klaar(monkeypatch)
    eigen = replace(verhaal.inschrijving("7"), datum_uitschrijving_gepland=date(2025, 9, 1), bpvs=())
    return verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3)), (eigen,)))


@pytest.fixture
def amira(persoon: int, bezoeker: MaakBezoeker) -> Client:
    return bezoeker(Rol.SIGNALEN, Rol.BEKOSTIGING, Rol.STUDENTDOSSIER, kenmerk=HIER)


def lees(browser: Client, adres: str) -> str:
    antwoord = browser.get(adres)
    assert antwoord.status_code == 200, adres
    return antwoord.text


def weg(tekst: str) -> tuple[str, str] | None:
    gevonden = TERUG.search(tekst)
    return (html.unescape(gevonden[1]), html.unescape(gevonden[2])) if gevonden else None


def test_from_a_number_to_the_form_that_mends_it_and_back_to_the_line(amira: Client, persoon: int) -> None:
    lijst = lees(amira, GETAL)
    signaal = lees(amira, re.search(r'href="(/signalen/\d+/)"', lijst)[1])
    formulier = lees(amira, html.unescape(re.search(r'href="(/invoer/[^"]*)">Herstel', signaal)[1]))
    assert "Inschrijving beëindigen" in formulier
    dossier = lees(amira, re.search(r'href="(/studentdossier/\d+/)"', lijst)[1])
    titel = "Datum uitschrijving gepland meer dan 90 dagen in het verleden"
    for tekst in (signaal, formulier, dossier, lees(amira, f"/invoer/?persoon={persoon}")):
        assert weg(tekst) == (f"{GETAL}#student-{persoon}", titel)
    assert f'id="student-{persoon}"' in lijst


def test_the_work_list_comes_back_with_its_filters_and_at_the_same_line(amira: Client) -> None:
    adres = "/signalen/?toon=signalen&regel=B04"
    lijst = lees(amira, adres)
    nummer = re.search(r'href="/signalen/(\d+)/"', lijst)[1]
    assert weg(lees(amira, f"/signalen/{nummer}/")) == (f"{adres}#rij-{nummer}", "De werklijst")
    assert f'id="rij-{nummer}"' in lijst


def test_what_was_mended_leads_on_to_the_rest_of_the_list(amira: Client, persoon: int) -> None:
    verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3)), (verhaal.inschrijving("8", bpvs=()),)))
    lees(amira, GETAL)
    adres = f"/invoer/inschrijving-verwijderen/?persoon={persoon}&volgnummer=8"
    vast = dict(re.findall(r'name="(id|moment)" value="([^"]*)"', lees(amira, adres)))
    gedaan = amira.post(adres, {**vast, "verstuur": "1"}, follow=True)
    assert "Het is verwijderd." in gedaan.text
    assert weg(gedaan.text)[0] == f"{GETAL}#student-{persoon}"


def test_who_begins_anew_or_in_another_capacity_is_not_led_back(
    amira: Client, persoon: int, bezoeker: MaakBezoeker
) -> None:
    dossier = f"/studentdossier/{persoon}/"
    assert weg(lees(amira, dossier)) is None
    for begin in ("/dashboard/", "/studentdossier/", "/invoer/"):
        lees(amira, GETAL)
        assert weg(lees(amira, dossier))
        lees(amira, begin)
        assert weg(lees(amira, dossier)) is None, begin


def test_the_list_of_own_students_is_a_list_to_come_back_to(amira: Client, persoon: int) -> None:
    adres = f"/studentdossier/?dag={date(2026, 1, 1)}"
    assert f'id="student-{persoon}"' in lees(amira, adres)
    assert weg(lees(amira, f"/studentdossier/{persoon}/")) == (f"{adres}#student-{persoon}", "Uw studenten")
