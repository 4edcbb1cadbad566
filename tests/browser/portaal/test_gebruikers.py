"""A Beheerder invites a colleague, who chooses a password, connects a token generator and goes to work."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portaal.bezoeker import Bezoeker
from tests.browser.portaal.conftest import Portaal
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


def meld_aan(pagina: Page, portaal: Portaal) -> None:
    """Log in with a password, as far as that brings somebody."""
    pagina.goto(f"{portaal.adres}/account/login/")
    pagina.get_by_label("E-mail").fill("sanne.jansen@voorbeeld.example")
    pagina.get_by_label("Wachtwoord").fill(WACHTWOORD)
    pagina.get_by_role("button", name="Aanmelden").click()


def bekijk(wie: Bezoeker, portaal: Portaal, pad: str, *, verstuur: bool = False) -> None:
    """Look at a page that only this visitor gets to see, in every way and in both languages.

    Args:
        wie: the visitor, who comes back at the page itself or at what it leads to.
        portaal: where.
        pad: of the page.
        verstuur: in Dutch look at what it says when its form is sent empty.
    """
    naam = re.sub(r"\W+", "-", re.sub(r"key/[^/]+", "key", pad.strip("/")))
    assert wie.venster.browser is not None
    ander = Bezoeker(wie.venster.browser, "en", wie.venster.storage_state())
    ander.bekijk(naam, f"{portaal.adres}{pad}")
    ander.venster.close()
    (wie.verstuur_leeg if verstuur else wie.bekijk)(naam, f"{portaal.adres}{pad}")
    assert ander.klachten + wie.klachten == [], naam


def test_from_invitation_to_work(portaal: Portaal, pagina: Page, chromium: Browser) -> None:
    link = nodig_uit(portaal, pagina, "sanne.jansen@voorbeeld.example")
    bezoeker = Bezoeker(chromium, "nl")
    sanne = bezoeker.pagina
    sanne.goto(link)
    bekijk(bezoeker, portaal, urlsplit(sanne.url).path, verstuur=True)
    for veld in sanne.locator("input[type=password]").all():
        veld.fill(WACHTWOORD)
    sanne.get_by_role("button", name="Opslaan").click()
    expect(sanne.get_by_role("link", name="Naar aanmelden")).to_be_visible()
    meld_aan(sanne, portaal)
    kop = sanne.get_by_role("heading", level=1)
    expect(kop).to_have_text("Koppel een tokengenerator")
    sanne.goto(f"{portaal.adres}/dashboard/")
    expect(kop).to_have_text("Koppel een tokengenerator")
    bekijk(bezoeker, portaal, "/account/mfa/totp/activate/", verstuur=True)
    sanne.goto(f"{portaal.adres}/account/mfa/totp/activate/")  # each look makes another secret
    assert sanne.locator("img.kr-qr").evaluate("plaatje => plaatje.naturalWidth") > 0
    sanne.get_by_label("Code").fill(code_van(sanne.locator(".kr-sleutel").inner_text()))
    sanne.keyboard.press("Enter")
    expect(kop).to_have_text("Herstelcodes")
    for pad in ("recovery-codes", "recovery-codes/generate", "totp/deactivate"):
        bekijk(bezoeker, portaal, f"/account/mfa/{pad}/")
    for pad in ("password/change", "reauthenticate", "mfa/reauthenticate"):
        bekijk(bezoeker, portaal, f"/account/{pad}/", verstuur=True)
    sanne.goto(f"{portaal.adres}/dashboard/")
    expect(kop).to_contain_text("dashboard")
    pagina.reload()
    pagina.get_by_role("button", name=re.compile("Intrekken.*registercontrole")).click()
    sanne.reload()
    expect(kop).to_have_text("Geen toegang")
    sanne.goto(f"{portaal.adres}/account/logout/")
    sanne.get_by_role("main").get_by_role("button", name="Afmelden").click()
    meld_aan(sanne, portaal)
    expect(kop).to_have_text("Code van uw tokengenerator")
    bekijk(bezoeker, portaal, "/account/mfa/authenticate/", verstuur=True)
    bezoeker.venster.close()
