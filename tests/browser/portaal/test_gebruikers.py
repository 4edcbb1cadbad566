"""A Beheerder invites a colleague, who chooses a password, connects a token generator and goes to work."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portaal.conftest import Portaal
from tests.browser.portaal.test_toegankelijk import Bezoeker
from tests.web.portaal.conftest import code_van

pytestmark = pytest.mark.browser
WACHTWOORD = "een lang wachtwoord van Sanne"


def nodig_uit(portaal: Portaal, pagina: Page, adres: str) -> str:
    """Invite somebody as the Beheerder, first with a mistake; returns the link that the demo shows."""
    portaal.aanmelden(pagina, "bas")
    pagina.goto(f"{portaal.adres}/gebruikers/")
    pagina.get_by_role("link", name="Collega uitnodigen").click()
    pagina.get_by_label("E-mailadres").fill(adres)
    pagina.get_by_label("Voornaam").fill("Sanne")
    pagina.get_by_label("Achternaam").fill("Jansen")
    pagina.get_by_role("button", name="Uitnodigen").click()
    pagina.get_by_role("link", name="Kies minstens één rol.").click()
    expect(pagina.get_by_label("Voornaam")).to_have_value("Sanne")
    pagina.get_by_label("Gebruiker registercontrole").check()
    pagina.get_by_role("button", name="Uitnodigen").click()
    expect(pagina.get_by_role("heading", name="Sanne Jansen")).to_be_visible()
    link = re.search(
        r"https?://\S+/password/reset/key/\S+", pagina.locator(".utrecht-alert--info").inner_text()
    )
    assert link
    return link[0]


def bekijk(wie: Bezoeker, portaal: Portaal, naam: str, pad: str) -> None:
    """Look at a page that only somebody who is logging in gets to see, in every way."""
    wie.bekijk(naam, f"{portaal.adres}{pad}")
    assert wie.klachten == []


def test_from_invitation_to_work(portaal: Portaal, pagina: Page, chromium: Browser) -> None:
    link = nodig_uit(portaal, pagina, "sanne.jansen@voorbeeld.example")
    bezoeker = Bezoeker(chromium, "nl")
    sanne = bezoeker.pagina
    sanne.goto(link)
    for veld in sanne.locator("input[type=password]").all():
        veld.fill(WACHTWOORD)
    sanne.get_by_role("button", name="Opslaan").click()
    sanne.get_by_role("link", name="Naar aanmelden").click()
    sanne.get_by_label("E-mail").fill("sanne.jansen@voorbeeld.example")
    sanne.get_by_label("Wachtwoord").fill(WACHTWOORD)
    sanne.get_by_role("button", name="Aanmelden").click()
    kop = sanne.get_by_role("heading", level=1)
    expect(kop).to_have_text("Koppel een tokengenerator")
    sanne.goto(f"{portaal.adres}/dashboard/")
    expect(kop).to_have_text("Koppel een tokengenerator")
    bekijk(bezoeker, portaal, "tokengenerator", "/account/mfa/totp/activate/")
    assert sanne.locator("img.kr-qr").evaluate("plaatje => plaatje.naturalWidth") > 0
    sanne.get_by_label("Code").fill(code_van(sanne.locator(".kr-sleutel").inner_text()))
    sanne.keyboard.press("Enter")
    expect(kop).to_have_text("Herstelcodes")
    bekijk(bezoeker, portaal, "herstelcodes", "/account/mfa/recovery-codes/")
    sanne.goto(f"{portaal.adres}/dashboard/")
    expect(kop).to_contain_text("dashboard")
    pagina.reload()
    pagina.get_by_role("button", name=re.compile("Intrekken.*registercontrole")).click()
    sanne.reload()
    expect(kop).to_have_text("Geen toegang")
    bezoeker.venster.close()
