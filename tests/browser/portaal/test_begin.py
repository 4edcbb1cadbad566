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


def test_a_system_of_the_institution_is_told_the_stand(portaal: Portaal) -> None:
    assert portaal.api(portaal.instellingen["eerste"], "GET", "/stand")["stand"] > 0
