"""What people do before the pages are looked at, so that every page has something to show."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from kernregister.fictief.nummers import burgerservicenummer
from tests.browser.portaal.bezoeker import links
from tests.browser.portaal.conftest import Portaal
from tests.browser.portaal.test_meldingen import ro_van


def _hier(pagina: Page, vorm: str) -> str:
    """Return where somebody came, once it is an address of this form."""
    pagina.wait_for_url(re.compile(vorm))
    return urlsplit(pagina.url).path


def van_amira(portaal: Portaal, pagina: Page, map_: Path) -> list[str]:
    """Deliver a file and a change to many, and come to a refused melding; return the addresses that it led to."""
    bestand = map_ / "RO.CSV"
    bestand.write_text(ro_van(portaal.instellingen["eerste"], 3))
    pagina.goto(f"{portaal.adres}/meldingen/aanleveren/")
    pagina.get_by_label("Bestand").set_input_files(bestand)
    pagina.get_by_role("button", name="Lever aan").click()
    expect(pagina.get_by_role("heading", name="Dit gebeurt er als u doorvoert")).to_be_visible(timeout=60_000)
    uit = [_hier(pagina, "/leveringen/")]
    pagina.goto(f"{portaal.adres}/meldingen/?uitkomst=herstellen&soort=AanleverenInschrijving")
    pagina.locator("tbody a[href^='/meldingen/']").first.click()
    uit += [_hier(pagina, r"/meldingen/[0-9a-f-]{36}/"), *links(pagina)]
    (een, *_) = portaal.api(
        portaal.instellingen["eerste"],
        "GET",
        "/meldingen?soort=AanleverenInschrijving&aanvaard=true&aantal=1",
    )["meldingen"]
    uit += [f"/invoer/gedaan/{een['id']}/", f"/invoer/inschrijven/?persoon={een['persoon']}"]
    pagina.goto(f"{portaal.adres}/invoer/bulk/")
    pagina.locator("[name=studentnummers]").fill("100040")
    pagina.locator("[name=wat][value=gepland]").check()
    pagina.locator("[name=gepland_datum]").fill("31-07-2029")
    pagina.get_by_role("button", name="Toon wat er verandert").click()
    return [*uit, _hier(pagina, r"/invoer/bulk/[0-9a-f-]{36}/")]


def van_chen(portaal: Portaal, pagina: Page, _map: Path) -> list[str]:
    """Look which cases there are with another institution."""
    pagina.goto(f"{portaal.adres}/signalen/zaken/?ook=gesloten")
    return links(pagina)


def van_dunya(portaal: Portaal, pagina: Page, map_: Path) -> list[str]:
    """Compare an administration with the register, and look at each that was compared before."""
    bestand = map_ / "studenten.csv"
    rijen = [f"{burgerservicenummer(n, 1_000_000)};{n};01-08-2026;31-07-2028;25655;BOL" for n in (1, 2, 3)]
    kop = "Burgerservicenummer;Inschrijvingvolgnummer;Datum inschrijving;Datum uitschrijving gepland;"
    bestand.write_text("\r\n".join((f"{kop}Opleidingcode;Leertraject", *rijen)))
    pagina.goto(f"{portaal.adres}/administratie/")
    pagina.get_by_label("Export van uw administratie").set_input_files(bestand)
    pagina.get_by_role("button", name="Uploaden").click()
    uit = [_hier(pagina, "/koppelen/")]
    pagina.get_by_role("button", name="Bewaren en vergelijken").click()
    expect(pagina.locator("a[href*='/verschillen/']").first).to_be_visible(timeout=60_000)
    uit += [_hier(pagina, r"/administratie/[0-9a-f-]{36}/$"), *links(pagina)]
    pagina.goto(f"{portaal.adres}/administratie/")
    for adres in [een for een in links(pagina) if re.fullmatch(r"/administratie/[0-9a-f-]{36}/", een)]:
        pagina.goto(f"{portaal.adres}{adres}")
        uit += links(pagina)
    return uit
