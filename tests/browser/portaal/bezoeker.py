"""Somebody with a browser, who looks at a page in every way: light and dark, on a phone and a desk."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Error, Page, Response

from tests.conftest import ROOT

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KLEUR = ["color-contrast", "link-in-text-block"]
"""What can differ between light and dark; all else was looked at in the light."""
MAATSTAVEN = {"light": WCAG, "dark": KLEUR}
"""Theme -> the rules of axe, in both languages."""
BREEDTES = (320, 1280)
BEELDEN = ROOT / "proefbeelden"
VERSTUURT = "button[name=verstuur], button[name=geven], button:not([name])"
"""What sends a form; its other buttons have names of their own."""
HOORT_ZO = {"bestaat-niet": 404, "account-oidc-error": 401}
"""Pages that say that something is wrong, and with which status."""


def links(pagina: Page) -> list[str]:
    """Return where a page leads to."""
    return pagina.eval_on_selector_all(
        "a[href]",
        "alle => alle.map(a => new URL(a.getAttribute('href'), location)).map(u => u.pathname + u.search)",
    )


class Bezoeker:
    """Somebody with a browser, and what went wrong in it."""

    def __init__(self, browser: Browser, taal: str, zitting: Any = None) -> None:
        """Open a browser.

        Args:
            browser: in which.
            taal: the language of the visitor.
            zitting: the cookies of somebody who has logged in; nobody when left out.
        """
        self.venster = browser.new_context(
            viewport={"width": 1280, "height": 900},
            locale={"nl": "nl-NL", "en": "en-GB"}[taal],
            storage_state=zitting,
        )
        self.taal = taal
        self.pagina = self.venster.new_page()
        self.klachten: list[str] = []
        self.pagina.on("console", self._hoor)
        self.pagina.on("pageerror", lambda f: self.klachten.append(str(f)))
        self.pagina.on("request", self._let_op)

    def _hoor(self, bericht: Any) -> None:
        # that a page answered 404 or 422 is no complaint: those are pages that people see
        if bericht.type in {"error", "warning"} and not re.search(r"status of 4\d\d", bericht.text):
            self.klachten.append(bericht.text)

    def _let_op(self, verzoek: Any) -> None:
        if not re.match(r"http://localhost:|data:|blob:", verzoek.url):
            self.klachten.append(f"vraagt {verzoek.url}")

    def bekijk(self, naam: str, adres: str) -> list[str]:
        """Go to a page, look at it, and return where it leads; what is wrong with it is in ``klachten``."""
        self.klachten.clear()
        antwoord = self._ga(adres)
        if antwoord is None:
            return []
        if antwoord.status != HOORT_ZO.get(naam, 200):
            self.klachten.append(f"status {antwoord.status} van {adres}")
        self.keur(naam)
        return links(self.pagina)

    def links_van(self, adres: str) -> list[str]:
        """Return where a page leads to, without a look at it."""
        self.pagina.goto(adres)
        return links(self.pagina)

    def verstuur_leeg(self, naam: str, adres: str) -> None:
        """Send the form of a page as it stands, and look at the page that says what is wrong with it."""
        self.klachten.clear()
        self._ga(adres)
        knop = self.pagina.locator("main form[method=post]").locator(VERSTUURT).first
        knop.evaluate("(knop) => { knop.form.noValidate = true; }")
        with self.pagina.expect_navigation():
            knop.click()
        if not self.pagina.locator(
            "main [aria-invalid=true], main [role=alert], main .utrecht-alert"
        ).count():
            self.klachten.append("zegt niet wat er mis is")
        self.keur(naam)

    def _ga(self, adres: str) -> Response | None:
        """Go to an address; None when there is a file, a part of a page or nothing at all."""
        self.pagina.emulate_media(color_scheme="light")
        self.pagina.set_viewport_size({"width": 1280, "height": 900})
        try:
            antwoord = self.pagina.goto(adres)
        except Error as fout:
            if "Download is starting" in fout.message or "net::ERR_ABORTED" in fout.message:
                return None
            raise
        soort = antwoord.headers.get("content-type", "") if antwoord else ""
        return antwoord if soort.startswith("text/html") and "<html" in antwoord.text() else None  # type: ignore[union-attr]

    def keur(self, naam: str) -> None:
        """Look at the page that is open; what is wrong with it comes to ``klachten``, and its pictures are kept."""
        self._keur_inhoud()
        for breedte in BREEDTES[::-1]:
            self.pagina.set_viewport_size({"width": breedte, "height": 900})
            for thema, regels in MAATSTAVEN.items():
                self.pagina.emulate_media(color_scheme=thema)  # type: ignore[arg-type]
                self._foto(BEELDEN / self.taal / f"{naam}_{breedte}_{thema}.png", breedte)
                if (breed := self.pagina.evaluate("document.documentElement.scrollWidth")) > breedte:
                    self.klachten.append(f"{breed} breed op {breedte}")
                self.klachten += [f"{breedte} {thema}: {klacht}" for klacht in self._axe(regels)]

    def _keur_inhoud(self) -> None:
        if (koppen := self.pagina.locator("h1").count()) != 1:
            self.klachten.append(f"{koppen} keer h1")
        if (taal := self.pagina.locator("html").get_attribute("lang")) != self.taal:
            self.klachten.append(f"taal is {taal}")
        if not re.fullmatch(r".+ · Kernregister", self.pagina.title()):
            self.klachten.append(f"titel is {self.pagina.title()!r}")

    def _foto(self, pad: Path, breedte: int) -> None:
        pad.parent.mkdir(parents=True, exist_ok=True)
        hoog = min(self.pagina.evaluate("document.documentElement.scrollHeight"), 4000)
        self.pagina.screenshot(
            path=pad, full_page=True, clip={"x": 0, "y": 0, "width": breedte, "height": hoog}
        )

    def _axe(self, regels: list[str]) -> list[str]:
        self.pagina.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })")
        if not self.pagina.evaluate("'axe' in window"):
            self.pagina.evaluate(AXE_SCRIPT)
        fouten = self.pagina.evaluate(
            "async (regels) => (await axe.run({ runOnly: regels, resultTypes: ['violations'] })).violations"
            ".map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))])",
            regels,
        )
        return [f"{regel}: {'; '.join(plekken)}" for regel, plekken in fouten]
