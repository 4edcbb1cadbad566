"""Sector information in the portal: asked for, followed and fetched by the sector and by DUO."""

from datetime import date

import pytest

from kernregister.voorzieningen.sectorinformatie import public as sectorinformatie
from kernregister.voorzieningen.sectorinformatie.models import Levering
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.voorzieningen.kwaliteit import opzet
from tests.web.portaal.conftest import MaakBezoeker


@pytest.fixture(autouse=True)
def _klok(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    opzet.zet_klok(monkeypatch, date(2026, 3, 2))


def test_a_researcher_asks_follows_and_fetches(bezoeker: MaakBezoeker) -> None:
    browser = bezoeker(Rol.SECTOR, kenmerk="SECTOR")
    assert "Nog niets aangevraagd" in browser.get("/sectorinformatie/").text
    vraag = {"studiejaar": "2025-2026", "stand_per": "2026-03-02"}
    assert browser.post("/sectorinformatie/", vraag).status_code == 302
    assert "hx-trigger" in browser.get("/sectorinformatie/").text
    levering = Levering.objects.using("stelsel").get()
    assert browser.get(f"/sectorinformatie/{levering.id}/").status_code == 404
    sectorinformatie.maak(levering.id)
    assert "hx-trigger" not in browser.get("/sectorinformatie/stand/").text
    bestand = browser.get(f"/sectorinformatie/{levering.id}/")
    assert bestand.content.startswith(b"PK")
    assert "SECTORINFORMATIE_2025-2026" in bestand["Content-Disposition"]


@pytest.mark.parametrize(
    ("jaar", "dag", "deel"),
    [
        ("2025-2026", "2026-04-01", "kan nog niet"),
        ("2025-2027", "2026-03-01", "Kies een studiejaar"),
        ("", "gisteren", "Kies een studiejaar"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    bezoeker: MaakBezoeker, jaar: str, dag: str, deel: str
) -> None:
    browser = bezoeker(Rol.SECTOR, kenmerk="SECTOR")
    antwoord = browser.post("/sectorinformatie/", {"studiejaar": jaar, "stand_per": dag})
    assert antwoord.status_code == 422
    assert deel in antwoord.text
    assert f'value="{dag}"' in antwoord.text


def test_an_institution_stays_outside(bezoeker: MaakBezoeker) -> None:
    assert bezoeker(Rol.SIGNALEN, Rol.BEHEERDER).get("/sectorinformatie/").status_code == 403
