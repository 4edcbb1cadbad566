"""Sector information over the API: asked for, followed, fetched; institutions stay outside."""

import hashlib
import io
import zipfile
from datetime import date
from uuid import UUID, uuid4

import pytest

from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.sectorinformatie import public as sectorinformatie
from tests.databank import Databank
from tests.voorzieningen.kwaliteit import opzet
from tests.web.conftest import MaakMachine

RECHT = [Recht.SECTORINFORMATIE_LEZEN]


@pytest.fixture(autouse=True)
def _klok(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    opzet.zet_klok(monkeypatch, date(2026, 3, 2))


def test_it_is_asked_for_followed_and_fetched(machine: MaakMachine) -> None:
    sector = machine("", Soort.SECTOR, RECHT)
    gevraagd = sector("POST", "/sectorinformatie", '{"studiejaar": "2025-2026"}')
    assert gevraagd.status_code == 202
    adres = gevraagd["Location"].removeprefix("/api/v1")
    assert sector("GET", adres).json()["toestand"] == "wacht"
    assert sector("GET", f"{adres}/bestand").status_code == 404
    sectorinformatie.maak(UUID(gevraagd.json()["id"]))
    klaar = sector("GET", adres).json()
    assert (klaar["toestand"], klaar["grondslag"]["drempel"]) == ("klaar", 5)
    bestand = sector("GET", f"{adres}/bestand")
    assert bestand["Content-Type"] == "application/zip"
    assert hashlib.sha256(bestand.content).hexdigest() == klaar["sha256"]
    namen = zipfile.ZipFile(io.BytesIO(bestand.content)).namelist()
    assert namen[:3] == ["LEESMIJ.txt", "woordenboek.csv", "woordenboek.parquet"]
    assert "SECTORINFORMATIE_2025-2026_20260302.ZIP" in bestand["Content-Disposition"]
    (op_lijst,) = sector("GET", "/sectorinformatie").json()["leveringen"]
    assert op_lijst == klaar


def test_the_same_question_is_answered_by_what_is_there(machine: MaakMachine) -> None:
    eerste = machine("", Soort.SECTOR, RECHT)("POST", "/sectorinformatie", "{}").json()
    tweede = machine("", Soort.DUO, RECHT)("POST", "/sectorinformatie", "{}").json()
    assert eerste["id"] == tweede["id"]


@pytest.mark.parametrize("soort", [Soort.INSTELLING, Soort.SCHOOL])
def test_who_is_not_of_the_sector_stays_outside(machine: MaakMachine, soort: Soort) -> None:
    wie = machine("25PV", soort, list(Recht))
    for methode, adres in (("POST", ""), ("GET", ""), ("GET", f"/{uuid4()}"), ("GET", f"/{uuid4()}/bestand")):
        assert wie(methode, f"/sectorinformatie{adres}", "{}" if methode == "POST" else "").status_code == 403


@pytest.mark.parametrize(
    ("vraag", "deel"),
    [
        ('{"stand_per": "2026-04-01"}', "kan nog niet"),
        ('{"stand_per": "0001-01-01"}', "kies een dag vanaf 01-08-1900"),
        ('{"studiejaar": "2025-2027"}', "een studiejaar is zoals"),
        ('{"studiejaar": "2026-2027"}', "nog niet begonnen"),
        ('{"drempel": 1}', "drempel"),
    ],
)
def test_what_cannot_be_is_refused_in_words(machine: MaakMachine, vraag: str, deel: str) -> None:
    antwoord = machine("", Soort.SECTOR, RECHT)("POST", "/sectorinformatie", vraag)
    assert antwoord.status_code in (400, 422)
    assert deel in antwoord.content.decode()
