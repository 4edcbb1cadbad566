"""The dashboard as people use it: from a number to the students, to another studiejaar, and as DUO."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portaal.conftest import Portaal

pytestmark = pytest.mark.browser


def test_from_a_number_to_the_students_behind_it_and_back(portaal: Portaal, pagina: Page) -> None:
    portaal.aanmelden(pagina, "amira")
    pagina.goto(f"{portaal.adres}/dashboard/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Het dashboard mbo")
    rij = pagina.get_by_role("row", name=re.compile("^BOL inschrijvingen")).first
    getal = rij.get_by_role("link").first
    aantal = getal.inner_text()
    getal.click()
    expect(pagina.get_by_text(f"{aantal} in totaal")).to_be_visible()
    assert pagina.locator("tbody tr").count() == min(int(aantal.replace(".", "")), 50)
    pagina.get_by_role("link", name="Terug naar het dashboard").click()
    pagina.get_by_label("Studiejaar", exact=True).select_option(index=1)
    pagina.get_by_role("button", name="Toon").click()
    expect(pagina).to_have_url(re.compile("studiejaar="))
    with pagina.expect_download() as bestand:
        pagina.get_by_role("link", name="Download deze cijfers").click()
    assert bestand.value.suggested_filename.endswith(".csv")


def test_duo_goes_from_all_institutions_to_one(portaal: Portaal, pagina: Page) -> None:
    portaal.aanmelden(pagina, "fenna")
    pagina.goto(f"{portaal.adres}/dashboard/")
    pagina.get_by_role("link", name=re.compile(portaal.instellingen["nbi"])).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Het dashboard mbo")
    expect(pagina.get_by_text("Assurance rapport gegevens")).to_have_count(0)
