"""The way of a private provider without a SIS link: upload, map two columns, solve a group."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portaal.conftest import Portaal

pytestmark = pytest.mark.browser

KOP = "Kenmerk;Stamnummer;Volgnr inschrijving;Startdatum;Geplande einddatum;Crebo;Leervorm"


def export(portaal: Portaal, map_: Path, aantal: int = 12) -> Path:
    """Write what a provider without a SIS keeps of students who are enrolled: each planned a month later."""
    nbi = portaal.instellingen["nbi"]
    lijst = portaal.api(nbi, "GET", "/inschrijvingen?aantal=200")["inschrijvingen"]
    rijen = [KOP]
    for een in lijst:
        dossier = portaal.api(nbi, "GET", f"/dossiers/{een['persoon']}")["dossier"]
        rij = _rij(nbi, dossier, een["inschrijvingvolgnummer"])
        if rij and len(rijen) <= aantal:
            rijen.append(rij)
    pad = map_ / "studenten.csv"
    pad.write_text("\r\n".join(rijen), encoding="utf-8")
    return pad


def _rij(nbi: str, dossier: dict[str, Any], volgnummer: str) -> str:
    wie = dossier["persoon"].get("burgerservicenummer")
    een = next(i for i in dossier["inschrijvingen"] if i["inschrijvingvolgnummer"] == volgnummer)
    if not wie or een.get("datum_uitschrijving_werkelijk") or len(een["perioden"]) != 1:
        return ""
    jaar, maand, dag = een["datum_inschrijving"].split("-")
    periode = een["perioden"][0]
    leervorm = {"BOL": "overdag", "BBL": "werkend leren"}.get(periode["leertraject"], periode["leertraject"])
    velden = [
        wie,
        f"S{wie[:2]}",
        volgnummer,
        f"{dag}-{maand}-{jaar}",
        "31-01-2029",
        periode["opleidingcode"],
        leervorm,
    ]
    return ";".join(velden)


def test_dunya_uploads_her_administration_maps_it_and_solves_a_group(
    portaal: Portaal, pagina: Page, tmp_path: Path
) -> None:
    portaal.aanmelden(pagina, "dunya")
    pagina.get_by_role("link", name="Eigen administratie").first.click()
    pagina.get_by_label("Export van uw administratie").set_input_files(export(portaal, tmp_path))
    pagina.get_by_role("button", name="Uploaden").click()

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Kolommen koppelen")
    expect(pagina.get_by_label("Kenmerk")).to_have_value("persoon.burgerservicenummer")
    pagina.get_by_label("Leervorm").select_option(label="Leertraject")
    pagina.get_by_label("Stamnummer").select_option(value="studentnummer")
    pagina.get_by_role("button", name="Waarden bijwerken").click()
    for waarde, code in (("overdag", "BOL"), ("werkend leren", "BBL")):
        if pagina.get_by_label(waarde, exact=True).count():
            pagina.get_by_label(waarde, exact=True).select_option(value=code)
    pagina.get_by_role("button", name="Bewaren en vergelijken").click()

    groep = pagina.get_by_role("link", name="Datum uitschrijving gepland (Inschrijving): verschilt")
    groep.click(timeout=60_000)
    expect(pagina.get_by_role("row").filter(has_text="31-01-2029").first).to_be_visible()
    pagina.get_by_label("voor alle").check()
    pagina.get_by_role("button", name="Mijn administratie klopt").click()
    pagina.get_by_role("button", name="Herstel").click(timeout=60_000)
    expect(pagina.get_by_role("heading", name="Dit is er gebeurd")).to_be_visible(timeout=60_000)
    hersteld = pagina.locator("dt", has_text="Hersteld").locator("xpath=following-sibling::dd")
    expect(hersteld).not_to_have_text("0 verschillen, met 0 meldingen")
    pagina.get_by_role("link", name="Alle groepen").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Verschillen met het register")
