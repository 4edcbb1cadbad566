"""A year accounted for: the controller fetches overviews and hands in the report, DUO decides, the sector counts."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portaal.conftest import Portaal
from tests.voorzieningen.bekostigen import rapporten

pytestmark = pytest.mark.browser

GEDULD = 60_000
"""Milliseconds in which an overview is made; a fraction of it on a machine at rest."""


def test_a_controller_fetches_an_ro_and_hands_in_the_report_that_duo_approves(
    portaal: Portaal, pagina: Page, tmp_path: Path
) -> None:
    portaal.aanmelden(pagina, "ilse")
    pagina.get_by_role("link", name="Overzichten").first.click()
    pagina.get_by_role("button", name="Aanvragen RO").click()
    expect(pagina.get_by_text("Uw aanvraag is vastgelegd.")).to_be_visible()
    ro = pagina.locator("tbody tr", has_text="Registratie Overzicht").first
    expect(ro.get_by_text("klaar")).to_be_visible(timeout=GEDULD)  # the page shows it by itself
    with pagina.expect_download() as ophalen:
        ro.get_by_role("link").first.click()
    assert ophalen.value.suggested_filename.startswith(f"RO_{portaal.instellingen['eerste']}_")

    (tmp_path / "AR_2025.pdf").write_bytes(rapporten.rapport())
    pagina.goto(f"{portaal.adres}/verantwoording/")
    pagina.get_by_label("Rapport (PDF)").set_input_files(tmp_path / "AR_2025.pdf")
    pagina.get_by_role("button", name="Verstuur").click()
    expect(pagina.get_by_text("Het rapport is aangeleverd.")).to_be_visible()

    portaal.aanmelden(pagina, "fenna")
    pagina.goto(f"{portaal.adres}/verantwoording/")
    pagina.get_by_role("button", name="Keur goed").first.click()
    portaal.aanmelden(pagina, "ilse")
    pagina.goto(f"{portaal.adres}/dashboard/")
    expect(pagina.get_by_text("GOEDGEKEURD", exact=False).first).to_be_visible()


def test_a_researcher_asks_for_counts_of_the_sector_and_fetches_them(portaal: Portaal, pagina: Page) -> None:
    portaal.aanmelden(pagina, "guus")
    pagina.goto(f"{portaal.adres}/sectorinformatie/")
    pagina.get_by_role("button", name="Aanvragen").click()
    ophalen = pagina.get_by_role("link", name="Ophalen").first
    expect(ophalen).to_be_visible(timeout=GEDULD)
    with pagina.expect_download() as bestand:
        ophalen.click()
    assert bestand.value.suggested_filename.startswith("SECTORINFORMATIE_")
    pagina.goto(f"{portaal.adres}/dashboard/")
    expect(pagina.get_by_role("heading", name="Geen toegang")).to_be_visible()
