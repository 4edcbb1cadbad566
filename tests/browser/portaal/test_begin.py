"""Coming in: choosing a persona, switching language, and acting for another institution."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portaal.conftest import Portaal

pytestmark = pytest.mark.browser


def test_an_accountant_switches_between_two_clients_and_leaves(portaal: Portaal, pagina: Page) -> None:
    portaal.aanmelden(pagina, "emiel")
    keuze = pagina.get_by_label("Namens")
    expect(keuze).to_contain_text(portaal.instellingen["tweede"])
    keuze.select_option(index=1)
    tweede = re.compile(f"^accountant:{portaal.instellingen['tweede']}:")
    expect(pagina.get_by_label("Namens")).to_have_value(tweede)
    pagina.get_by_role("button", name="English").click()
    pagina.get_by_role("button", name="Log out").click()
    pagina.goto(f"{portaal.adres}/dashboard/")
    expect(pagina).to_have_url(f"{portaal.adres}/demo/?next=/dashboard/")


def test_a_colleague_elsewhere_finds_nothing_at_the_addresses_of_an_institution(
    portaal: Portaal, pagina: Page
) -> None:
    portaal.aanmelden(pagina, "amira")
    adressen = []
    for lijst, een in (("/signalen/?toon=signalen", "/signalen/"), ("/meldingen/", "/meldingen/")):
        pagina.goto(f"{portaal.adres}{lijst}")
        links = pagina.locator(f"main a[href^='{een}']").evaluate_all("(alle) => alle.map((a) => a.pathname)")
        adressen.append(next(adres for adres in links if re.fullmatch(rf"{een}[0-9a-f-]+/", adres)))
    portaal.aanmelden(pagina, "chen")
    for adres in adressen:
        antwoord = pagina.goto(f"{portaal.adres}{adres}")
        assert antwoord is not None
        assert antwoord.status == 404
        expect(pagina.get_by_role("heading", name="Niet gevonden")).to_be_visible()


def test_a_system_of_the_institution_is_told_the_stand(portaal: Portaal) -> None:
    assert portaal.api(portaal.instellingen["eerste"], "GET", "/stand")["stand"] > 0
