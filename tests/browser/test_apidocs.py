"""The page of the API in a real browser: readable on a phone and on a desk, by day and at night, for everybody."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser

from tests.browser.portaal.bezoeker import WCAG
from tests.browser.test_rapport import BUREAU, TELEFOON, browser, open_

pytestmark = pytest.mark.browser
__all__ = ["browser"]


MAAK = """
import sys, django
django.setup()
from kernregister.web.api.documentatie import _bladzijde
from kernregister.web.api.modules import laad
laad()
for taal in ("nl", "en"):
    open(f"{sys.argv[1]}/{taal}.html", "w").write(_bladzijde(taal, False)[0])
"""


@pytest.fixture(scope="module")
def bladzijden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the page in both languages, made by a process of its own: no database is asked."""
    map_ = tmp_path_factory.mktemp("docs")
    adres = "postgresql://niemand@localhost/geen"
    omgeving = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kernregister.web.settings",
        "KERNREGISTER_DEMO": "1",
        "KERNREGISTER_VAR": str(map_ / "var"),
        "DATABASE_URL": adres,
        "DATABASE_URL_STELSEL": adres,
    }
    subprocess.run([sys.executable, "-c", MAAK, str(map_)], env=omgeving, check=True, timeout=60)
    return map_


@pytest.mark.parametrize("taal", ["nl", "en"])
@pytest.mark.parametrize(("thema", "maat"), [("light", TELEFOON), ("dark", TELEFOON), ("dark", BUREAU)])
def test_the_page_of_the_api_is_quiet_accessible_and_fits(
    browser: Browser, bladzijden: Path, taal: Any, thema: Any, maat: dict[str, int]
) -> None:
    pagina, klachten = open_(browser, bladzijden / f"{taal}.html", viewport=maat, color_scheme=thema)
    # one of each kind: all of them open is a page of a hundred screens
    pagina.evaluate(
        "for (const id of ['melding_indienen', 'inschrijvingen', 'schema-Meldingantwoord'])"
        " document.getElementById(id).open = true"
    )
    assert pagina.evaluate("document.documentElement.scrollWidth") <= maat["width"]
    pagina.evaluate(AXE_SCRIPT)
    gevonden = pagina.evaluate("(tags) => axe.run({runOnly: tags})", WCAG)
    assert [(v["id"], v["nodes"][0]["html"]) for v in gevonden["violations"]] == []
    assert klachten == []
    pagina.close()
