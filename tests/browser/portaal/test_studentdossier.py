"""Somebody of intake looks into a dossier: found by number, read screen by screen, as it was, and by keyboard."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portaal.conftest import Portaal

pytestmark = pytest.mark.browser


@pytest.fixture
def student(portaal: Portaal) -> dict[str, Any]:
    """Somebody who is enrolled at the first institution, with a placement."""
    brin = portaal.instellingen["eerste"]
    for een in portaal.api(brin, "GET", "/inschrijvingen?aantal=100")["inschrijvingen"]:
        if "datum_uitschrijving_werkelijk" not in een:
            dossier = portaal.api(brin, "GET", f"/dossiers/{een['persoon']}")["dossier"]
            eigen = dossier["inschrijvingen"]
            bsn = dossier["persoon"].get("burgerservicenummer")
            if bsn and len(eigen) == 1 and eigen[0].get("bpvs"):
                return {"persoon": een["persoon"], "bsn": bsn, **eigen[0]}
    raise AssertionError("niemand in de demo met een bpv")


def test_a_dossier_is_found_by_number_and_read_screen_by_screen(
    portaal: Portaal, pagina: Page, student: dict[str, Any]
) -> None:
    adressen: list[str] = []
    pagina.on("request", lambda verzoek: adressen.append(verzoek.url))
    portaal.aanmelden(pagina, "hanna")
    pagina.get_by_role("button", name="Zoek persoon").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Geen zoekcriterium")
    pagina.get_by_label("Burgerservicenummer").fill("123456789")
    pagina.get_by_role("button", name="Zoek persoon").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Burgerservicenummer niet nummer proof")
    expect(pagina.get_by_label("Burgerservicenummer")).to_have_value("123456789")
    pagina.get_by_label("Burgerservicenummer").fill(student["bsn"])
    pagina.keyboard.press("Enter")
    expect(pagina).to_have_url(f"{portaal.adres}/studentdossier/{student['persoon']}/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Overzicht studentdossier")
    tabs = pagina.get_by_role("navigation", name="Schermen van het dossier")
    tabs.get_by_role("link", name="Deelnames").click()
    expect(pagina.get_by_role("heading", name=re.compile("^BPV "))).not_to_have_count(0)
    for tab in ("Resultaten", "(voor)Opleidingen", "Tijdlijn", "Wat veranderde", "Wie keek"):
        tabs.get_by_role("link", name=tab, exact=True).click()
        expect(tabs.locator("[aria-current=page]")).to_have_text(tab)
    expect(pagina.get_by_role("cell", name="hanna@voorbeeld.example").first).to_be_visible()
    pagina.get_by_role("link", name="Zoek persoon").click()
    expect(pagina.get_by_role("heading", name="Onlangs geopend")).to_be_visible()
    assert not [adres for adres in adressen if student["bsn"] in adres]


def test_the_timeline_leads_to_its_screens_and_the_past_is_one_choice_away(
    portaal: Portaal, pagina: Page, student: dict[str, Any]
) -> None:
    portaal.aanmelden(pagina, "hanna")
    pagina.goto(f"{portaal.adres}/studentdossier/{student['persoon']}/tijdlijn/")
    pagina.locator("svg a").filter(has_text="BPV").first.locator("rect").click()
    expect(pagina).to_have_url(re.compile(r"/deelnames/\?regel=\d+#deelname$"))
    pagina.get_by_text("Bekijk het dossier op een ander moment").click()
    pagina.get_by_label("Geldig op").fill(student["datum_inschrijving"])
    pagina.get_by_role("button", name="Toon").click()
    expect(pagina.get_by_text("Wat geldt op")).to_be_visible()
    expect(pagina.get_by_role("heading", name=re.compile("^BPV "))).to_have_count(0)
    pagina.get_by_role("link", name="Persoonsgegevens").click()
    expect(pagina.get_by_text("Wat geldt op")).to_be_visible()
    pagina.get_by_role("link", name="Terug naar nu").click()
    expect(pagina.get_by_text("Wat geldt op")).to_have_count(0)


def test_another_institution_does_not_get_in(portaal: Portaal, pagina: Page, student: dict[str, Any]) -> None:
    portaal.aanmelden(pagina, "dunya")
    antwoord = pagina.goto(f"{portaal.adres}/studentdossier/{student['persoon']}/")
    assert antwoord is not None
    assert antwoord.status == 404
    expect(pagina.get_by_role("alert")).to_contain_text("Geen gegevens gevonden")
