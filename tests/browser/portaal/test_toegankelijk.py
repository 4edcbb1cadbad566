"""Everybody can work with every page: in both languages, light and dark, on a phone and a desk.

Screenshots of all of them are kept in the folder ``proefbeelden``.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Route, expect

from kernregister.fictief.nummers import burgerservicenummer
from tests.browser.portaal.conftest import Portaal
from tests.browser.portaal.rondleiding import Rondleiding
from tests.browser.portaal.test_meldingen import ro_van
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KLEUR = ["color-contrast", "link-in-text-block"]
"""What can differ between light and dark; all else was looked at in the light."""
BREEDTES = (320, 1280)
THEMAS = ("light", "dark")
BEELDEN = ROOT / "proefbeelden"
ZONDER_AANMELDEN = ("/demo/", "/account/login/", "/account/password/reset/", "/bestaat-niet/")
ANDERE = ("/account/mfa/totp/activate/", "/account/password/change/")
"""Pages of django-allauth, for who has logged in."""
ELDERS = {
    # files, of which there is none yet
    *("portaal_sectorbestand", "portaal_verantwoording_bestand", "portaal_invoer_bulk_bestand"),
    *("portaal_levering_fouten", "portaal_administratie_koppeling", "portaal_administratie_uitvoer"),
    # after much work: the journeys of their own come there
    *("portaal_zaak", "portaal_invoer_gedaan", "portaal_administratie_opdracht"),
    "portaal_melding_herstellen",
}
"""Pages that nothing leads to in a demo where nobody has worked yet."""


def links(pagina: Page) -> list[str]:
    """Return where a page leads to."""
    return pagina.eval_on_selector_all(
        "a[href]",
        "alle => alle.map(a => new URL(a.getAttribute('href'), location)).map(u => u.pathname + u.search)",
    )


class Bezoeker:
    """Somebody with a browser, and what went wrong in it."""

    def __init__(self, browser: Browser, taal: str) -> None:
        self.venster = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale={"nl": "nl-NL", "en": "en-GB"}[taal]
        )
        self.taal = taal
        self.pagina = self.venster.new_page()
        self.klachten: list[str] = []
        self.pagina.on(
            "console", lambda m: self.klachten.append(m.text) if m.type in {"error", "warning"} else None
        )
        self.pagina.on("pageerror", lambda f: self.klachten.append(str(f)))
        self.pagina.on("request", self._let_op)

    def _let_op(self, verzoek: Any) -> None:
        if not re.match(r"http://localhost:|data:|blob:", verzoek.url):
            self.klachten.append(f"vraagt {verzoek.url}")

    def bekijk(self, naam: str, adres: str) -> list[str]:
        """Look at a page in every way, and return where it leads; what is wrong with it is in ``klachten``."""
        self.klachten.clear()
        self.pagina.emulate_media(color_scheme="light")
        self.pagina.set_viewport_size({"width": 1280, "height": 900})
        vooraf = self.venster.request.get(adres)  # a file, a part of a page or nothing at all is no page
        if not vooraf.headers.get("content-type", "").startswith("text/html") or "<html" not in vooraf.text():
            return []
        antwoord = self.pagina.goto(adres)
        assert antwoord is not None
        klachten = self._klachten_over_inhoud()
        beelden = BEELDEN / self.taal
        for breedte in BREEDTES[::-1]:
            self.pagina.set_viewport_size({"width": breedte, "height": 900})
            for thema in THEMAS:
                self.pagina.emulate_media(color_scheme=thema)  # type: ignore[arg-type]
                self._foto(beelden / f"{naam}_{breedte}_{thema}.png", breedte)
                if (breed := self.pagina.evaluate("document.documentElement.scrollWidth")) > breedte:
                    klachten.append(f"{breed} breed op {breedte}")
                klachten += [
                    f"{breedte} {thema}: {klacht}"
                    for klacht in self._axe(WCAG if thema == "light" else KLEUR)
                ]
        if naam == "bestaat-niet":
            self.klachten = [k for k in self.klachten if "404 (Not Found)" not in k]
        elif antwoord.status >= 400:
            klachten.append(f"status {antwoord.status} van {adres}")
        self.klachten += klachten
        return links(self.pagina)

    def links_van(self, adres: str) -> list[str]:
        """Return where a page leads to, without a look at it."""
        self.pagina.goto(adres)
        return links(self.pagina)

    def _klachten_over_inhoud(self) -> list[str]:
        uit = []
        if (koppen := self.pagina.locator("h1").count()) != 1:
            uit.append(f"{koppen} keer h1")
        if (taal := self.pagina.locator("html").get_attribute("lang")) != self.taal:
            uit.append(f"taal is {taal}")
        if not re.fullmatch(r".+ · Kernregister", self.pagina.title()):
            uit.append(f"titel is {self.pagina.title()!r}")
        return uit

    def _foto(self, pad: Path, breedte: int) -> None:
        pad.parent.mkdir(parents=True, exist_ok=True)
        hoog = min(self.pagina.evaluate("document.documentElement.scrollHeight"), 4000)
        self.pagina.screenshot(
            path=pad, full_page=True, clip={"x": 0, "y": 0, "width": breedte, "height": hoog}
        )

    def _axe(self, welke: list[str]) -> list[str]:
        self.pagina.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })")
        if not self.pagina.evaluate("'axe' in window"):
            self.pagina.evaluate(AXE_SCRIPT)
        fouten = self.pagina.evaluate(
            "async (welke) => (await axe.run({ runOnly: welke, resultTypes: ['violations'] })).violations"
            ".map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))])",
            welke,
        )
        return [f"{regel}: {'; '.join(plekken)}" for regel, plekken in fouten]


@pytest.fixture(scope="module")
def werk(
    portaal: Portaal, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """Do what some pages are about, and give per person the addresses that it led to."""
    map_ = tmp_path_factory.mktemp("werk")
    gezien: dict[str, list[str]] = {}
    for wie, doe in (("amira", _lever_en_wijzig), ("dunya", _vergelijk)):
        bezoeker = Bezoeker(chromium, "nl")
        portaal.aanmelden(bezoeker.pagina, wie)
        gezien[wie] = doe(portaal, bezoeker.pagina, map_)
        bezoeker.venster.close()
    return gezien


def _lever_en_wijzig(portaal: Portaal, pagina: Page, map_: Path) -> list[str]:
    bestand = map_ / "RO.CSV"
    bestand.write_text(ro_van(portaal.instellingen["eerste"], 3))
    pagina.goto(f"{portaal.adres}/meldingen/aanleveren/")
    pagina.get_by_label("Bestand").set_input_files(bestand)
    pagina.get_by_role("button", name="Lever aan").click()
    expect(pagina.get_by_role("heading", name="Dit gebeurt er als u doorvoert")).to_be_visible(timeout=60_000)
    uit = [pagina.url]
    pagina.goto(f"{portaal.adres}/meldingen/")
    pagina.get_by_role("link", name="Toon de melding").first.click()
    uit += [pagina.url, *links(pagina)]
    pagina.goto(f"{portaal.adres}/invoer/bulk/")
    pagina.locator("[name=studentnummers]").fill("100040")
    pagina.locator("[name=wat][value=gepland]").check()
    pagina.locator("[name=gepland_datum]").fill("31-07-2029")
    pagina.get_by_role("button", name="Toon wat er verandert").click()
    pagina.wait_for_url(re.compile(r"/invoer/bulk/[0-9a-f-]{36}/"))
    return [urlsplit(adres).path for adres in (*uit, pagina.url)]


def _vergelijk(portaal: Portaal, pagina: Page, map_: Path) -> list[str]:
    bestand = map_ / "studenten.csv"
    rijen = [f"{burgerservicenummer(n, 1_000_000)};{n};01-08-2026;31-07-2028;25655;BOL" for n in (1, 2, 3)]
    kop = "Burgerservicenummer;Inschrijvingvolgnummer;Datum inschrijving;Datum uitschrijving gepland;"
    bestand.write_text("\r\n".join((f"{kop}Opleidingcode;Leertraject", *rijen)))
    pagina.goto(f"{portaal.adres}/administratie/")
    pagina.get_by_label("Export van uw administratie").set_input_files(bestand)
    pagina.get_by_role("button", name="Uploaden").click()
    uit = [pagina.url]
    pagina.get_by_role("button", name="Bewaren en vergelijken").click()
    expect(pagina.locator("a[href*='/verschillen/']").first).to_be_visible(timeout=60_000)
    return [urlsplit(adres).path for adres in (*uit, pagina.url)] + links(pagina)


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
    for adres in ZONDER_AANMELDEN:
        bezoekers[""].bekijk(adres.strip("/").replace("/", "-"), portaal.adres + adres)
        mis[adres] = bezoekers[""].klachten[:]
    for adres in ANDERE:
        bezoekers["bas"].bekijk(adres.strip("/").replace("/", "-"), portaal.adres + adres)
        mis[adres] = bezoekers["bas"].klachten[:]
    ronde = Rondleiding()
    for wie, adressen in werk.items():
        ronde.onthoud(wie, adressen)
    while gevonden := ronde.volgende():
        soort, wie, adres = gevonden
        ronde.onthoud(wie, bezoekers[wie].bekijk(soort.naam, portaal.adres + adres))
        mis[f"{soort.naam} als {wie}"] = bezoekers[wie].klachten[:]
        if soort.vast and "?" in adres:  # what was asked for may have no rows, and so no links
            ronde.onthoud(wie, bezoekers[wie].links_van(portaal.adres + f"/{soort.pad}"))
    klachten = [f"{waar}: {klacht}" for waar, gevonden_ in mis.items() for klacht in gevonden_]
    assert not klachten, "\n".join(klachten)
    assert {soort.naam for soort in ronde.open} <= ELDERS, "no page leads there"


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
