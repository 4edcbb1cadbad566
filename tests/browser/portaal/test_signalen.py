"""A work list that empties while somebody looks at it, and a double enrolment that two institutions talk about."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from kernregister.kern.tijd import Studiejaar
from tests.browser.portaal.conftest import Portaal

pytestmark = pytest.mark.browser

NIET_VAN_MELDING = {"instelling", "op_onderwijsnummer", "bpvs"}
VANDAAG = datetime.now(UTC).date()
LANG_GELEDEN = (VANDAAG - timedelta(days=150)).isoformat()


def lopende(portaal: Portaal, instelling: str, aantal: int) -> list[dict[str, Any]]:
    """Return dossiers of students with one running, fundable enrolment, which began well before the planned end."""
    uit = []
    for een in portaal.api(instelling, "GET", "/inschrijvingen?aantal=300")["inschrijvingen"]:
        dossier = portaal.api(instelling, "GET", f"/dossiers/{een['persoon']}")["dossier"]
        eigen = [i for i in dossier["inschrijvingen"] if i["instelling"] == instelling]
        if len(eigen) == 1 and _past(eigen[0]) and dossier["persoon"].get("burgerservicenummer"):
            uit.append({"persoon": dossier["persoon"], "inschrijving": eigen[0]})
        if len(uit) == aantal:
            return uit
    raise AssertionError(f"de demo heeft geen {aantal} zulke studenten")


def _past(een: dict[str, Any]) -> bool:
    periode = een["perioden"][-1]
    return (
        not een.get("datum_uitschrijving_werkelijk")
        and een["datum_inschrijving"] < LANG_GELEDEN
        and een["datum_uitschrijving_gepland"] > VANDAAG.isoformat()
        and not een.get("bpvs")
        and bool(periode.get("bekostigbaar"))
        and periode["leertraject"] in {"BOL", "BBL"}
    )


def meld(portaal: Portaal, instelling: str, soort: str, **inhoud: Any) -> None:
    """Deliver a melding as the system of the institution does."""
    kop = {
        "soort": soort,
        "id": str(uuid4()),
        "afzender": instelling,
        "moment": datetime.now(UTC).isoformat(),
    }
    antwoord = portaal.api(instelling, "POST", "/meldingen", kop | inhoud)
    assert antwoord["aanvaard"], antwoord


def lever(portaal: Portaal, instelling: str, student: dict[str, Any], **anders: Any) -> None:
    """Deliver the enrolment of a student, with some fields changed."""
    bekend = {n: waarde for n, waarde in student["inschrijving"].items() if n not in NIET_VAN_MELDING}
    nummer = student["persoon"]["burgerservicenummer"]
    meld(
        portaal,
        instelling,
        "AanleverenInschrijving",
        burgerservicenummer=nummer,
        inschrijving=bekend | anders,
    )


def test_amira_finds_the_largest_cause_and_sees_the_list_get_shorter(portaal: Portaal, pagina: Page) -> None:
    eerste = portaal.instellingen["eerste"]
    studenten = lopende(portaal, eerste, 3)
    for student in studenten:
        lever(portaal, eerste, student, datum_uitschrijving_gepland=LANG_GELEDEN)
    portaal.aanmelden(pagina, "amira")
    pagina.goto(f"{portaal.adres}/signalen/?volgorde=aantal&regel=B04")
    pagina.locator(".kr-werklijst tbody th a").first.click()
    rijen = pagina.locator(".kr-werklijst tbody tr")
    expect(pagina.get_by_role("heading", level=2).first).to_contain_text("B04")
    expect(rijen).to_have_count(3)

    rijen.first.get_by_role("link").click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("B04")
    expect(pagina.get_by_text("Geopend door een melding")).to_be_visible()
    pagina.get_by_role("link", name="Herstel in het formulier").click()
    expect(pagina).to_have_url(re.compile("/invoer/beeindigen/"))
    pagina.go_back()
    pagina.go_back()

    expect(rijen).to_have_count(3)
    pagina.set_viewport_size({"width": 1280, "height": 500})
    pagina.get_by_text("Meer filters en volgorde").click()
    for rij in rijen.all():
        rij.get_by_role("checkbox").check()
    zoekveld = pagina.get_by_label("Eigen studentnummer")
    zoekveld.fill("12ab")
    pagina.evaluate("window.scrollTo(0, 120)")
    hoogte, plek = rijen.last.bounding_box(), pagina.evaluate("window.scrollY")
    assert plek > 0
    lever(portaal, eerste, studenten[0])
    expect(pagina.locator(".kr-nieuws")).to_contain_text("1 opgelost", timeout=15_000)
    expect(rijen).to_have_count(3)  # struck through, and still where it stood
    expect(pagina.locator("tr:has(.kr-opgelost)")).to_have_count(1)
    assert (rijen.last.bounding_box(), pagina.evaluate("window.scrollY")) == (hoogte, plek)
    expect(zoekveld).to_be_focused()
    expect(zoekveld).to_have_value("12ab")
    expect(pagina.locator("details.kr-meer")).to_have_attribute("open", "")
    expect(rijen.get_by_role("checkbox", checked=True)).to_have_count(3)
    pagina.locator(".kr-nieuws").get_by_role("link", name="Tonen").click()
    expect(rijen).to_have_count(2)
    for student in studenten[1:]:
        lever(portaal, eerste, student)


@pytest.mark.skipif(
    Studiejaar.van(VANDAAG).teldata[0] > VANDAAG,
    reason="een dubbele inschrijving telt op een teldatum, en dit studiejaar had er nog geen",
)
def test_chen_sees_the_case_that_amira_talks_about(portaal: Portaal, pagina: Page, chromium: Browser) -> None:
    eerste, tweede = portaal.instellingen["eerste"], portaal.instellingen["tweede"]
    (student,) = lopende(portaal, eerste, 1)
    daar = lopende(portaal, tweede, 1)[0]["inschrijving"]
    wie = {veld: student["persoon"][veld] for veld in ("burgerservicenummer", "geboortedatum", "geslacht")}
    meld(portaal, tweede, "AanleverenIdentificatiePersoon", **wie, doel="inschrijving")
    lever(portaal, tweede, {**student, "inschrijving": daar}, inschrijvingvolgnummer="D7")
    portaal.aanmelden(pagina, "amira")
    pagina.goto(f"{portaal.adres}/signalen/zaken/")
    pagina.locator("table tbody th a").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text(tweede)
    pagina.get_by_label("Bericht aan de andere instelling").fill("Bij ons volgt deze student lessen.")
    pagina.get_by_label("ons gegeven klopt").check()
    pagina.get_by_role("button", name="Verstuur").click()
    expect(pagina.get_by_text("Uw bericht staat erbij")).to_be_visible()

    venster = chromium.new_context(locale="en-GB", viewport={"width": 320, "height": 800})
    ander = venster.new_page()
    portaal.aanmelden(ander, "chen")
    ander.goto(f"{portaal.adres}/signalen/zaken/")
    ander.locator("table tbody th a").first.click()
    expect(ander.get_by_text("Bij ons volgt deze student lessen.")).to_be_visible()
    expect(ander.get_by_text("ours is right").first).to_be_visible()
    expect(ander.get_by_text("D7")).to_be_visible()
    assert ander.evaluate("document.documentElement.scrollWidth") <= 320
    venster.close()
