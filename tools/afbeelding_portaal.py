"""Renew the picture of the portal in the README, from a demo that runs: ``python tools/afbeelding_portaal.py [ADRES]``.

Photographs the top of the dashboard of the first institution, in its light theme, with the system's Chromium. Fonts
and pixels are those of the machine.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

AFBEELDING = Path(__file__).parents[1] / "docs" / "afbeeldingen" / "portaal.png"
MAAT = {"width": 1280, "height": 860}
GROOTST = 300_000


def main(adres: str) -> int:
    """Renew the picture; 1 when it became too large for a README."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        blad = browser.new_page(viewport=MAAT, color_scheme="light", locale="nl-NL")
        blad.goto(f"{adres}/demo/")
        blad.locator("button[name=persona][value=amira]").click()
        blad.goto(f"{adres}/dashboard/")
        AFBEELDING.parent.mkdir(parents=True, exist_ok=True)
        blad.screenshot(path=AFBEELDING)
        browser.close()
    grootte = AFBEELDING.stat().st_size
    sys.stdout.write(f"{AFBEELDING.name}: {grootte:,} bytes\n")
    return int(grootte > GROOTST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"))
