"""A file is delivered: the dry run is watched, the report is read, and it is applied."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.dossier import Dossier, Inschrijving, Inschrijvingsperiode, Persoon
from kernregister.kern.formaten.indeling import regel_van
from kernregister.kern.formaten.ro import RO, Slr, Vlp
from kernregister.kern.formaten.ro_dossier import records_van
from kernregister.kern.formaten.totalen import Teller, totalen_van
from kernregister.kern.tijd import OnvolledigeDatum
from tests.browser.portaal.conftest import Portaal

pytestmark = pytest.mark.browser


def ro_van(instelling: str, aantal: int) -> str:
    """Return an RO with students whom the demo does not know yet."""
    teller = Teller(RO.totalen)
    regels = [
        regel_van(
            Vlp(instelling, date(2025, 8, 1), date(2026, 7, 31), date(2026, 3, 1)),
        )
    ]
    for plaats in range(aantal):
        wie = Persoon(
            burgerservicenummer(900_000 + plaats, 1_000_000), None, OnvolledigeDatum("2006-05-14"), "V"
        )
        een = Inschrijving(
            instelling,
            f"J{plaats}",
            date(2025, 8, 1),
            date(2028, 7, 31),
            perioden=(Inschrijvingsperiode(date(2025, 8, 1), "25655", "BOL", "MBO-4", True),),
        )
        records = list(records_van(Dossier(wie, (een,)), instelling))
        teller.tel([records])
        regels += [regel_van(record) for record in records]
    regels.append(regel_van(Slr(**totalen_van(RO.totalen, teller.tellingen))))
    return "".join(f"{regel}\n" for regel in regels)


def test_amira_delivers_an_ro_watches_the_dry_run_and_applies_it(
    portaal: Portaal, pagina: Page, tmp_path: Path
) -> None:
    bestand = tmp_path / "RO.CSV"
    bestand.write_text(ro_van(portaal.instellingen["eerste"], 40))
    portaal.aanmelden(pagina, "amira")
    pagina.get_by_role("link", name="Meldingen", exact=True).click()
    pagina.get_by_role("link", name="Bestand aanleveren").click()
    pagina.get_by_label("Bestand").set_input_files(bestand)
    pagina.get_by_role("button", name="Lever aan").click()
    expect(pagina).to_have_url(re.compile("/meldingen/leveringen/"))
    expect(pagina.get_by_role("heading", name="Dit gebeurt er als u doorvoert")).to_be_visible(timeout=60_000)
    expect(pagina.get_by_text("40 gegevens veranderen")).to_be_visible()
    pagina.get_by_role("button", name="Doorvoeren").click()
    expect(pagina.get_by_text("Precies zoals de proef")).to_be_visible(timeout=60_000)
    pagina.get_by_role("link", name="Toon de meldingen van deze levering").click()
    expect(pagina.get_by_role("row", name=re.compile("Inschrijving uit RO"))).to_have_count(40)
