"""Everybody can work with every page: in both languages, light and dark, on a phone and a desk.

Screenshots of all of them are kept in the folder ``proefbeelden``.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from kernregister.kern.tijd import Studiejaar
from tests.browser.portaal import werk as werk_van
from tests.browser.portaal.bezoeker import Bezoeker
from tests.browser.portaal.conftest import Portaal
from tests.browser.portaal.rondleiding import Rondleiding

pytestmark = pytest.mark.browser

ZONDER_AANMELDEN = (
    "/demo/",
    "/account/login/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-verlopen/",
    "/account/password/reset/key/done/",
    "/account/inactive/",
    "/account/oidc/cancelled/",
    "/account/oidc/error/",
    "/bestaat-niet/",
)
ANDERE = ("/account/mfa/totp/activate/", "/account/logout/")
"""Pages of django-allauth, for who has logged in; the others come by in the journey of an invitation."""
LEEG_VERSTUURD = {
    "": ("/account/login/",),
    "bas": ("/gebruikers/uitnodigen/",),
    "amira": (
        r"/invoer/inschrijven/\?persoon=\d+",
        "/invoer/identificeren/",
        "/invoer/bulk/",
        "/studentdossier/",
        "/meldingen/aanleveren/",
    ),
    "dunya": ("/administratie/",),
}
"""Person -> addresses of forms that are sent as they stand, and come back with what is wrong."""
ELDERS = {
    # files, of which there is none yet
    *("portaal_sectorbestand", "portaal_verantwoording_bestand", "portaal_invoer_bulk_bestand"),
    *("portaal_levering_fouten", "portaal_administratie_koppeling", "portaal_administratie_uitvoer"),
}
"""Files that nothing leads to in a demo where nobody has worked yet."""
VANDAAG = datetime.now(UTC).date()
if Studiejaar.van(VANDAAG).teldata[0] > VANDAAG:
    ELDERS.add("portaal_zaak")  # a double enrolment is one on a teldatum, and this studiejaar had none yet


@pytest.fixture(scope="module")
def werk(
    portaal: Portaal, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """Do what some pages are about, and give per person the addresses that it led to."""
    map_ = tmp_path_factory.mktemp("werk")
    gezien: dict[str, list[str]] = {}
    for wie in ("amira", "chen", "dunya"):
        bezoeker = Bezoeker(chromium, "nl")
        portaal.aanmelden(bezoeker.pagina, wie)
        gezien[wie] = getattr(werk_van, f"van_{wie}")(portaal, bezoeker.pagina, map_)
        bezoeker.venster.close()
    return gezien


@pytest.fixture
def bezoekers(chromium: Browser, portaal: Portaal, taal: str) -> Iterator[dict[str, Bezoeker]]:
    """Give people of the demo by name, logged in when they are first asked for; ``""`` is nobody."""

    class Mensen(dict[str, Bezoeker]):
        def __missing__(self, wie: str) -> Bezoeker:
            self[wie] = bezoeker = Bezoeker(chromium, taal)
            if wie:
                portaal.aanmelden(bezoeker.pagina, wie)
            return bezoeker

    mensen = Mensen()
    yield mensen
    for bezoeker in mensen.values():
        bezoeker.venster.close()


@pytest.mark.parametrize("taal", ["nl", "en"])
def test_every_page_is_quiet_accessible_and_fits(
    portaal: Portaal, bezoekers: dict[str, Bezoeker], werk: dict[str, list[str]], taal: str
) -> None:
    mis: dict[str, list[str]] = {}
    ronde = Rondleiding()
    for wie, gezien in werk.items():
        ronde.onthoud(wie, gezien)
    for wie, adressen in (("", ZONDER_AANMELDEN), ("bas", ANDERE)):
        for adres in adressen:
            ronde.onthoud(wie, bezoekers[wie].bekijk(_naam(adres), portaal.adres + adres))
            mis[adres] = bezoekers[wie].klachten[:]
    while gevonden := ronde.volgende():
        soort, wie, adres = gevonden
        ronde.onthoud(wie, bezoekers[wie].bekijk(soort.naam, portaal.adres + adres))
        mis[f"{soort.naam} als {wie}"] = bezoekers[wie].klachten[:]
        if soort.vast and "?" in adres:  # what was asked for may have no rows, and so no links
            ronde.onthoud(wie, bezoekers[wie].links_van(portaal.adres + f"/{soort.pad}"))
    for wie, vormen in LEEG_VERSTUURD.items():
        for vorm in vormen:
            adres = min(een for een in {vorm, *ronde.gezien[wie]} if re.fullmatch(vorm, een))
            bezoekers[wie].verstuur_leeg(f"{_naam(adres)}-leeg", portaal.adres + adres)
            mis[f"{adres} leeg verstuurd door {wie}"] = bezoekers[wie].klachten[:]
    klachten = [f"{waar}: {klacht}" for waar, gevonden_ in mis.items() for klacht in gevonden_]
    assert not klachten, "\n".join(klachten)
    assert {soort.naam for soort in ronde.open} <= ELDERS, "no page leads there"


def _naam(adres: str) -> str:
    return re.sub(r"\W+", "-", adres.partition("?")[0].strip("/"))


def tabs(pagina: Page, aantal: int) -> list[str]:
    """Press Tab and tell where the focus came."""
    uit = []
    for _ in range(aantal):
        pagina.keyboard.press("Tab")
        uit.append(
            pagina.evaluate(
                "(document.activeElement.textContent.trim() || document.activeElement.name || '').slice(0, 40)"
            )
        )
    return uit


def test_a_keyboard_goes_through_a_page_in_the_order_of_reading(portaal: Portaal, pagina: Page) -> None:
    portaal.aanmelden(pagina, "amira")
    pagina.goto(f"{portaal.adres}/regels/")
    assert tabs(pagina, 4) == ["Naar de inhoud", "Kernregister", "Amira van den Berg", "Afmelden"]
    menu = pagina.locator(".kr-menu--breed a").all_text_contents()
    assert tabs(pagina, len(menu)) == menu
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.closest('main') !== null")
    rand = pagina.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(rand.removesuffix("px")) >= 2, "where one is must be in sight"


def test_the_first_tab_and_enter_skip_to_the_content(portaal: Portaal, pagina: Page) -> None:
    portaal.aanmelden(pagina, "amira")
    pagina.goto(f"{portaal.adres}/regels/")
    pagina.keyboard.press("Tab")
    assert pagina.locator(".kr-sla-over").bounding_box()["y"] >= 0  # type: ignore[index]
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.id") == "inhoud"
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.closest('main') !== null")


def test_on_a_phone_the_menu_opens_without_a_script(portaal: Portaal, chromium: Browser) -> None:
    venster = chromium.new_context(
        viewport={"width": 320, "height": 700}, java_script_enabled=False, locale="nl-NL"
    )
    pagina = venster.new_page()
    portaal.aanmelden(pagina, "amira")
    pagina.goto(f"{portaal.adres}/regels/")
    link = pagina.locator(".kr-menu--smal").get_by_role("link", name="Dashboard")
    assert not link.is_visible()
    pagina.locator(".kr-menu--smal summary").click()
    link.click()
    pagina.wait_for_url("**/dashboard/**")
    venster.close()


def test_language_and_theme_are_chosen_without_a_script_and_kept(portaal: Portaal, chromium: Browser) -> None:
    venster = chromium.new_context(java_script_enabled=False, locale="nl-NL", color_scheme="light")
    pagina = venster.new_page()
    pagina.goto(f"{portaal.adres}/demo/")
    grond = "getComputedStyle(document.body).backgroundColor"
    licht = pagina.evaluate(grond)
    pagina.get_by_role("button", name="donker").click()
    assert pagina.evaluate(grond) != licht
    pagina.get_by_role("button", name="English").click()
    assert pagina.get_by_role("heading", level=1).text_content() == "Welcome to Kernregister"
    assert pagina.evaluate(grond) != licht
    assert pagina.locator("button[aria-current=true]").all_text_contents() == ["English", "dark"]
    venster.close()


def test_a_form_is_sent_once_however_often_somebody_presses(portaal: Portaal, pagina: Page) -> None:
    """Until the answer is there the page says that it is busy, and a second press does nothing."""
    portaal.aanmelden(pagina, "amira")
    pagina.goto(f"{portaal.adres}/regels/")
    verzonden: list[str] = []

    def zonder_antwoord(route: Route) -> None:
        verzonden.append(route.request.url)
        route.fulfill(status=204)  # the browser stays where it is, and goes on waiting

    pagina.route("**/voorkeur/", zonder_antwoord)
    knop = pagina.get_by_role("button", name="donker")
    knop.evaluate("(knop) => { knop.click(); knop.click(); }")
    expect(pagina.locator("html.kr-bezig")).to_be_attached()
    expect(pagina.locator("main[aria-busy=true]")).to_be_attached()
    expect(pagina.locator("#kr-bericht")).to_have_text("Even geduld, we zijn bezig.")
    expect(knop).to_have_attribute("aria-disabled", "true")
    knop.click(force=True)
    assert len(verzonden) == 1
    pagina.goto(f"{portaal.adres}/demo/")
    pagina.go_back()
    expect(knop).not_to_have_attribute("aria-disabled", "true")
    expect(pagina.locator("main[aria-busy=true]")).not_to_be_attached()


def test_on_paper_a_page_is_black_on_white_without_what_only_works_on_a_screen(
    portaal: Portaal, pagina: Page
) -> None:
    portaal.aanmelden(pagina, "amira")
    pagina.emulate_media(media="print", color_scheme="dark")
    pagina.goto(f"{portaal.adres}/dashboard/")
    assert pagina.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for weg in (".kr-menu--breed", ".kr-voet", ".kr-kop__wie"):
        assert not pagina.locator(weg).is_visible()
    assert pagina.pdf(format="A4").startswith(b"%PDF")
