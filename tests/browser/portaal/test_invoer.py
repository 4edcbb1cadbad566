"""The journey of entry: an institution without funding enrols a student, by keyboard only."""

import re
import time

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.portaal.conftest import Portaal

pytestmark = [pytest.mark.browser, pytest.mark.traag]


def _tab_naar(pagina: Page, wat: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(80):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("wat => document.activeElement.matches(wat)", wat):
            return
    raise AssertionError(f"{wat} is met het toetsenbord niet te bereiken")


def _typ(pagina: Page, veld: str, tekst: str) -> None:
    _tab_naar(pagina, f"[id='{veld}']")
    pagina.keyboard.type(tekst)


def test_dunya_enrols_a_new_student_by_keyboard_only(portaal: Portaal, pagina: Page) -> None:
    (voorbeeld, *_) = portaal.api(portaal.instellingen["nbi"], "GET", "/inschrijvingen?aantal=1")[
        "inschrijvingen"
    ]
    jaar, maand, dag = voorbeeld["datum_inschrijving"].split("-")
    begin = f"{dag}-{maand}-{jaar}"
    portaal.aanmelden(pagina, "dunya")
    pagina.goto(f"{portaal.adres}/invoer/identificeren/")
    for veld, tekst in (
        ("geboortedatum", f"14-05-{int(jaar) - 17}"),
        ("geslacht", "V"),
        ("achternaam", "Proefstra"),
        ("voornamen", "Pien"),
    ):
        _typ(pagina, veld, tekst)
    _tab_naar(pagina, "summary")
    pagina.keyboard.press("Enter")
    for veld, tekst in (
        ("adres-straat", "Dorpsstraat"),
        ("adres-huisnummer", "1"),
        ("adres-postcode", "1234AB"),
        ("adres-woonplaats", "Ons Dorp"),
    ):
        _typ(pagina, veld, tekst)
    _tab_naar(pagina, "button[name=verstuur]")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("onderwijsnummer gekregen")).to_be_visible()

    _tab_naar(pagina, "a[href*='/invoer/inschrijven/']")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(re.compile("/invoer/inschrijven/"))
    _typ(pagina, "inschrijving-datum_inschrijving", "31-02-2026")
    _typ(pagina, "inschrijving-datum_uitschrijving_gepland", f"{dag}-{maand}-{int(jaar) + 3}")
    fout = pagina.locator("#fout-inschrijving-datum_inschrijving")
    expect(fout).to_contain_text("Deze dag bestaat niet: 02-2026 heeft 28 dagen")
    assert pagina.evaluate("document.activeElement.id") == "inschrijving-datum_uitschrijving_gepland"
    pagina.keyboard.press("Shift+Tab")
    pagina.keyboard.press("Control+A")
    pagina.keyboard.type(begin)
    pagina.keyboard.press("Tab")
    expect(fout).to_be_empty()

    _typ(pagina, "inschrijving-perioden-0-datum_begin", begin)
    _typ(pagina, "inschrijving-perioden-0-opleidingcode", voorbeeld["opleidingcode"])
    expect(pagina.locator("#betekenis-inschrijving-perioden-0-opleidingcode")).to_be_empty()
    _typ(pagina, "inschrijving-perioden-0-leertraject", "BBL")
    expect(pagina.locator("#betekenis-inschrijving-perioden-0-opleidingcode")).not_to_be_empty()
    _tab_naar(pagina, "[id='inschrijving-perioden-0-onderwijsaanbieder']")
    pagina.keyboard.type("1")
    keuze = pagina.locator("#lijst-inschrijving-perioden-0-onderwijsaanbieder option").first
    expect(keuze).to_be_attached()
    pagina.keyboard.press("Control+A")
    pagina.keyboard.type(keuze.get_attribute("value") or "")
    pagina.keyboard.press("Tab")
    expect(pagina.locator("#gevolgen")).to_contain_text("kan zo verstuurd worden")
    _tab_naar(pagina, "button[name=verstuur]")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Inschrijven: verwerkt")
    expect(pagina.get_by_text("Het is geregistreerd.")).to_be_visible()


def _traag(route: Route) -> None:
    """Answer later than the check that a change brings on its way."""
    time.sleep(0.5)
    route.continue_()


def test_adding_a_period_keeps_what_was_typed_and_takes_the_reader_to_it(
    portaal: Portaal, pagina: Page
) -> None:
    (een, *_) = portaal.api(portaal.instellingen["nbi"], "GET", "/inschrijvingen?aantal=1")["inschrijvingen"]
    portaal.aanmelden(pagina, "dunya")
    pagina.goto(
        f"{portaal.adres}/invoer/periode/?persoon={een['persoon']}&volgnummer={een['inschrijvingvolgnummer']}"
    )
    rijen = pagina.locator(".kr-groep--rij")
    voor = rijen.count()
    pagina.locator("[id='inschrijving-perioden-0-leertraject']").select_option("BBL")
    pagina.route("**/invoer/periode/**", _traag)
    pagina.get_by_role("button", name="Voeg een periode toe").click()
    expect(rijen).to_have_count(voor + 1)
    expect(pagina.locator("[id='inschrijving-perioden-0-leertraject']")).to_have_value("BBL")
    expect(pagina.locator(f"[id='inschrijving-perioden-{voor}-datum_begin']")).to_be_focused()
    pagina.keyboard.type("1-9-2026")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#samenvatting")).to_be_visible()
    expect(rijen).to_have_count(voor + 1)
    expect(pagina.locator(f"[id='inschrijving-perioden-{voor}-datum_begin']")).to_have_value("1-9-2026")


def test_who_is_logged_out_meanwhile_loses_nothing_and_goes_on(portaal: Portaal, pagina: Page) -> None:
    (een, *_) = portaal.api(portaal.instellingen["nbi"], "GET", "/inschrijvingen?aantal=1")["inschrijvingen"]
    portaal.aanmelden(pagina, "dunya")
    pagina.goto(f"{portaal.adres}/invoer/inschrijven/?persoon={een['persoon']}")
    ander = pagina.context.new_page()
    ander.goto(f"{portaal.adres}/dashboard/")
    ander.get_by_role("button", name="Afmelden").click()
    ander.wait_for_url(lambda adres: "dashboard" not in adres)
    veld = pagina.locator("[id='inschrijving-datum_inschrijving']")
    pagina.bring_to_front()
    veld.fill("01-09-2025")
    veld.press("Tab")
    melding = pagina.locator("#zitting-weg")
    expect(melding).to_be_visible()
    expect(veld).to_have_value("01-09-2025")
    portaal.aanmelden(ander, "dunya")
    pagina.bring_to_front()
    pagina.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(melding).to_be_hidden()
    veld.fill("31-02-2025")
    veld.press("Tab")
    expect(pagina.locator("#fout-inschrijving-datum_inschrijving")).to_contain_text("28 dagen")


def test_who_presses_send_after_the_session_ended_finds_the_form_as_it_was(
    portaal: Portaal, pagina: Page
) -> None:
    (een, *_) = portaal.api(portaal.instellingen["nbi"], "GET", "/inschrijvingen?aantal=1")["inschrijvingen"]
    portaal.aanmelden(pagina, "dunya")
    pagina.goto(f"{portaal.adres}/invoer/inschrijven/?persoon={een['persoon']}")
    pagina.locator("[id='inschrijving-datum_inschrijving']").fill("01-09-2025")
    pagina.context.clear_cookies(name="sessionid")
    pagina.get_by_role("button", name="Verstuur").click()
    pagina.locator("button[name=persona][value=dunya]").click()
    expect(pagina.get_by_text("wat u typte staat hieronder")).to_be_visible()
    expect(pagina.locator("[id='inschrijving-datum_inschrijving']")).to_have_value("01-09-2025")


def test_what_is_said_at_a_field_above_leaves_the_field_of_the_reader_where_it_is(
    portaal: Portaal, pagina: Page
) -> None:
    (een, *_) = portaal.api(portaal.instellingen["nbi"], "GET", "/inschrijvingen?aantal=1")["inschrijvingen"]
    portaal.aanmelden(pagina, "dunya")
    pagina.goto(f"{portaal.adres}/invoer/inschrijven/?persoon={een['persoon']}")
    pagina.locator("[id='inschrijving-datum_inschrijving']").fill("31-02-2026")
    pagina.keyboard.press("Tab")
    plek = "document.activeElement.getBoundingClientRect().top"
    voor = pagina.evaluate(plek)
    expect(pagina.locator("#fout-inschrijving-datum_inschrijving")).to_contain_text("28 dagen")
    assert abs(pagina.evaluate(plek) - voor) < 2
