"""The report in a real browser: it opens without a network, and everybody can work with it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kernregister.rapport import schrijf_rapport
from tests.browser.portaal.bezoeker import MAATSTAVEN
from tests.rapport.instelling import dossiers, uitslag

pytestmark = pytest.mark.browser

TELEFOON, BUREAU = {"width": 360, "height": 780}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    pad = shutil.which("chromium")
    if not pad:
        pytest.skip("geen Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=pad, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def rapporten(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    map_ = tmp_path_factory.mktemp("rapport")
    paden = {naam: map_ / f"{naam}.html" for naam in ("nl", "en", "leeg")}
    gevonden = uitslag(dossiers(200))
    schrijf_rapport(gevonden, paden["nl"], "nl")
    schrijf_rapport(gevonden, paden["en"], "en")
    schrijf_rapport(uitslag([], opmerkingen=[]), paden["leeg"], "nl")
    return paden


def open_(browser: Browser, pad: Path, **opties: Any) -> tuple[Page, list[str]]:
    """A page, with what went wrong on it or was asked of a network."""
    klachten: list[str] = []
    pagina = browser.new_page(**{"viewport": BUREAU, **opties})
    pagina.on("console", lambda m: klachten.append(m.text))
    pagina.on("pageerror", lambda f: klachten.append(str(f)))
    pagina.on("request", lambda v: None if v.url.startswith("file:") else klachten.append(v.url))
    pagina.goto(pad.as_uri())
    return pagina, klachten


def zichtbare_rijen(pagina: Page) -> list[str]:
    rijen = pagina.locator(".signaal:not([hidden]) tbody tr:not([hidden])")
    return rijen.all_text_contents()


@pytest.mark.parametrize(
    ("naam", "thema", "maat"),
    [
        ("nl", "light", TELEFOON),
        ("nl", "dark", BUREAU),
        ("en", "light", BUREAU),
        ("leeg", "light", BUREAU),
        ("leeg", "dark", TELEFOON),
    ],
)
def test_the_page_is_quiet_accessible_and_fits(
    browser: Browser, rapporten: dict[str, Path], naam: str, thema: Any, maat: dict[str, int]
):
    pagina, klachten = open_(browser, rapporten[naam], viewport=maat, color_scheme=thema)
    pagina.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert pagina.evaluate("document.documentElement.scrollWidth") <= maat["width"]
    pagina.evaluate(AXE_SCRIPT)
    uitslag_ = pagina.evaluate("(regels) => axe.run({ runOnly: regels })", MAATSTAVEN[thema])
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in uitslag_["violations"]] == []
    assert klachten == []
    pagina.close()


@pytest.mark.parametrize("thema", ["light", "dark"])
def test_plots_are_readable_on_their_background(browser: Browser, rapporten: dict[str, Path], thema: Any):
    """Axe does not look inside drawings: 4.5 to 1 for their text, 3 to 1 for their bars."""
    pagina, _ = open_(browser, rapporten["nl"], color_scheme=thema)
    contrast = """(element) => {
      const licht = (kleur) => {
        const [r, g, b] = kleur.match(/[\\d.]+/g).map(Number).map((k) => k / 255)
          .map((k) => (k <= 0.04045 ? k / 12.92 : ((k + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const vlak = licht(getComputedStyle(element.closest(".grafiek")).backgroundColor);
      const kleur = licht(getComputedStyle(element).fill);
      return (Math.max(vlak, kleur) + 0.05) / (Math.min(vlak, kleur) + 0.05);
    }"""
    for selector, minstens in (("svg text", 4.5), ('svg path[fill^="#"]', 3)):
        elementen = pagina.locator(selector)
        assert elementen.count() > 5
        assert min(e.evaluate(contrast) for e in elementen.all()) >= minstens
    pagina.close()


def test_the_filter_works_by_keyboard_and_tells_what_it_did(browser: Browser, rapporten: dict[str, Path]):
    pagina, klachten = open_(browser, rapporten["nl"])
    pagina.keyboard.press("Tab")
    expect(pagina.locator(".sprong")).to_be_focused()
    expect(pagina.locator(".sprong")).to_be_in_viewport()
    pagina.locator("#zoek").focus()
    alle = zichtbare_rijen(pagina)
    pagina.keyboard.type("visser")
    expect(pagina.get_by_role("status")).to_contain_text(f"van {len(alle)} rijen getoond")
    getoond = zichtbare_rijen(pagina)
    assert 0 < len(getoond) < len(alle)
    assert all("Visser" in rij for rij in getoond)
    assert pagina.locator(".signaal:not([hidden]) details:not([open])").count() == 0

    pagina.keyboard.press("Tab")
    expect(pagina.locator("#kies")).to_be_focused()
    pagina.locator("#kies").select_option("C02")
    expect(pagina.locator(".signaal:not([hidden])")).to_have_attribute("id", "C02")

    pagina.locator("#zoek").fill("bestaat niet")
    expect(pagina.get_by_role("status")).to_contain_text("Geen rij voldoet")
    pagina.locator("#wis").focus()
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#zoek")).to_be_focused()
    assert len(zichtbare_rijen(pagina)) == len(alle)

    pagina.locator("#alles").focus()
    pagina.keyboard.press("Space")
    assert pagina.locator(".signaal details:not([open])").count() == 0
    expect(pagina.locator("#alles")).to_have_text("Sluit alle tabellen")
    assert klachten == []
    pagina.close()


def test_a_link_to_a_rule_finds_it_though_it_is_folded_or_filtered_away(
    browser: Browser, rapporten: dict[str, Path]
):
    pagina, _ = open_(browser, rapporten["nl"])
    pagina.locator('#C02 a[href="#regel-C02"]').click()
    expect(pagina.locator("#regel-C02")).to_be_in_viewport()
    pagina.locator("#kies").select_option("B04")
    expect(pagina.locator("#C02")).to_be_hidden()
    pagina.locator('.telling-tabel a[href="#C02"]').click()
    expect(pagina.locator("#C02")).to_be_in_viewport()
    pagina.close()


def test_everything_is_there_without_a_script(browser: Browser, rapporten: dict[str, Path]):
    context = browser.new_context(java_script_enabled=False)
    pagina = context.new_page()
    pagina.goto(rapporten["nl"].as_uri())
    expect(pagina.locator("#filter")).to_be_hidden()
    dicht = pagina.locator(".signaal:has(details:not([open]))").first
    expect(dicht.locator("tbody tr").first).to_be_hidden()
    dicht.locator("summary").click()
    expect(pagina.locator(".signaal tbody tr").first).to_be_visible()
    context.close()


def test_on_paper_it_is_black_on_white_without_what_only_works_on_a_screen(
    browser: Browser, rapporten: dict[str, Path]
):
    pagina, _ = open_(browser, rapporten["nl"], color_scheme="dark")
    pagina.emulate_media(media="print", color_scheme="dark")
    assert pagina.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(pagina.locator("#filter")).to_be_hidden()
    expect(pagina.locator("nav")).to_be_hidden()
    assert pagina.pdf(format="A4").startswith(b"%PDF")
    pagina.close()
