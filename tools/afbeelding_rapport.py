"""Renew the picture of the report in the README: ``python tools/afbeelding_rapport.py``.

Makes a fictitious sector, checks the largest delivery in it and photographs the top of the report, in its
light theme, with the system's Chromium. The same seed gives the same page; fonts and pixels are those of the machine.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kernregister.controle.controle import controleer
from kernregister.controle.leveringen import Opdracht
from kernregister.fictief.fouten import lees_fouten
from kernregister.fictief.kalender import PEILDATUM
from kernregister.fictief.leveringen import schrijf
from kernregister.fictief.sector import Sector
from kernregister.rapport import schrijf_rapport

AFBEELDING = Path(__file__).parents[1] / "docs" / "afbeeldingen" / "rapport.png"
DOSSIERS, ZAAD = 24_000, 2026
FOUTEN = (
    "A02=150,B01=260,B04=900,B05=310,C01=90,C02=1100,C03=700,C04=120,D01=60,D02=420,D03=45,D07=80,E05=330"
)
MAAT = {"width": 1280, "height": 1450}
GROOTST = 300_000


def main() -> int:
    """Renew the picture; 1 when it became too large for a README."""
    with tempfile.TemporaryDirectory() as naam:
        sector, pagina = Path(naam) / "sector", Path(naam) / "rapport.html"
        leveringen = schrijf(Sector(DOSSIERS, ZAAD, lees_fouten(FOUTEN), PEILDATUM), sector)
        grootste = max(leveringen, key=lambda pad: pad.stat().st_size)
        uitslag = controleer(
            Opdracht((grootste,), stamgegevens=sector / "stamgegevens", personen=sector / "personen.csv")
        )
        schrijf_rapport(uitslag, pagina)
        _fotografeer(pagina)
    grootte = AFBEELDING.stat().st_size
    sys.stdout.write(f"{AFBEELDING.name}: {grootte:,} bytes\n")
    return int(grootte > GROOTST)


def _fotografeer(pagina: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        blad = browser.new_page(viewport=MAAT, color_scheme="light")
        blad.goto(pagina.as_uri())
        AFBEELDING.parent.mkdir(parents=True, exist_ok=True)
        blad.screenshot(path=AFBEELDING)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
