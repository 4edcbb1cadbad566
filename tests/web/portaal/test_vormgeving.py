"""The frame of every page, and the parts that pages are made of."""

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import kernregister.web.portaal
from kernregister.web.toegang.rollen import Rol
from tests.web.portaal.conftest import MaakBezoeker


def bouw(sjabloon: str, taal: str = "nl", **waarden: Any) -> Any:
    """Return a part of a page as a browser gets it."""
    from django.template.loader import get_template
    from django.test import RequestFactory

    request = RequestFactory().get("/", headers={"accept-language": taal})
    return html.fromstring(get_template(sjabloon).render({"request": request, **waarden}, request))


def test_a_browser_keeps_what_a_page_loads_until_it_changes(bezoeker: MaakBezoeker) -> None:
    browser = bezoeker(Rol.REGISTERCONTROLE)
    pagina = browser.get("/dashboard/").text
    adressen = re.findall(r'(?:href|src)="(/static/[^"]+)"', pagina)
    assert any(adres.startswith("/static/gebouwd/stijl.css?v=") for adres in adressen)
    for adres in adressen:
        antwoord = browser.get(adres, headers={"accept-encoding": "gzip"})
        assert antwoord.status_code == 200
        assert re.search(r"\?v=[0-9a-f]{10}$", adres)
        assert antwoord["Cache-Control"] == "max-age=31536000, public"
        assert "Access-Control-Allow-Origin" not in antwoord
        inhoud = b"".join(antwoord.streaming_content)
        if "/gebouwd/" in adres and adres.partition("?")[0].endswith(("css", "js")):
            assert antwoord["Content-Encoding"] == "gzip"
            assert len(inhoud) < 20_000


def test_a_font_is_fetched_once(bezoeker: MaakBezoeker) -> None:
    """The address in the style is that of the page's preload, or the browser would fetch it twice."""
    browser = bezoeker(Rol.REGISTERCONTROLE)
    vooraf = re.findall(
        r'<link rel="preload" href="/static/gebouwd/([^"]+)"', browser.get("/dashboard/").text
    )
    stijl = b"".join(browser.get("/static/gebouwd/stijl.css").streaming_content).decode()
    assert len(vooraf) == 2
    assert vooraf == re.findall(r"url\('([^']+\.woff2[^']*)'\)", stijl)


def test_the_menu_says_where_one_is_and_in_whose_name(bezoeker: MaakBezoeker) -> None:
    pagina = html.fromstring(bezoeker(Rol.REGISTERCONTROLE).get("/dashboard/").text)
    hier = pagina.xpath("//nav[contains(@class, 'kr-menu--breed')]//a[@aria-current]")
    assert [link.text for link in hier] == ["Dashboard"]
    assert pagina.xpath("string(//details[contains(@class, 'kr-menu--smal')]/summary)") == "Menu: Dashboard"
    assert "Namens 25PV" in pagina.xpath("normalize-space(//header)")
    assert pagina.xpath("string(//a[contains(@class, 'kr-kop__naam')]/@href)") == "/account/"


def test_the_first_thing_on_a_page_leads_past_the_menu(bezoeker: MaakBezoeker) -> None:
    pagina = html.fromstring(bezoeker(Rol.REGISTERCONTROLE).get("/dashboard/").text)
    eerste = pagina.xpath("//body//a")[0]
    assert eerste.get("href") == "#inhoud"
    assert pagina.xpath("//main/@id") == ["inhoud"]


@pytest.mark.parametrize(
    ("soort", "veld"),
    [
        ("text", "input"),
        ("select", "select"),
        ("textarea", "textarea"),
        ("checkbox", "input"),
        ("radio", "input"),
    ],
)
def test_a_field_names_itself_its_help_and_its_faults(databank: Any, soort: str, veld: str) -> None:
    deel = bouw(
        "portaal/onderdelen/veld.html",
        naam="reden",
        label="Reden",
        soort=soort,
        hulp="Kort.",
        fouten=["Vul een reden in."],
        keuzes=[("01", "Ziek")],
        verplicht=True,
    )
    element = deel.xpath(f".//{veld}")[0]
    assert element.get("aria-invalid") == "true"
    assert "reden-fout" in element.get("aria-describedby")
    assert deel.get("id") == "veld-reden"
    assert deel.xpath("string(.//*[@id='reden-fout'])") == "Vul een reden in."
    naam = deel.xpath(".//label[@for='reden']") or deel.xpath(".//label[.//input]")
    assert naam, "a label belongs to it"


def test_what_is_wrong_is_said_on_top_and_leads_to_its_field(databank: Any) -> None:
    fouten = [("reden", "Vul een reden in."), ("", "De gegevens zijn intussen veranderd.")]
    lijst = bouw("portaal/onderdelen/fouten.html", fouten=fouten)
    assert lijst.get("role") == "alert"
    assert [(link.get("href"), link.text) for link in lijst.xpath(".//a")] == [
        ("#veld-reden", "Vul een reden in.")
    ]
    assert "intussen veranderd" in lijst.text_content()


def test_nothing_is_alarming_about_an_empty_list(databank: Any) -> None:
    deel = bouw("portaal/onderdelen/leeg.html", titel="Geen signalen", adres="/invoer/", actie="Voer iets in")
    assert deel.xpath("string(.//a/@href)") == "/invoer/"
    assert not deel.xpath(".//*[@role]")


def test_every_class_of_ours_has_a_style_and_every_style_a_place() -> None:
    portaal = Path(kernregister.web.portaal.__file__).parent
    naam = r"kr-[a-z][\w-]*"
    stijlen = "\n".join(pad.read_text() for pad in portaal.glob("static/portaal/*.css"))
    gemaakt = set(re.findall(rf"\.({naam})", stijlen))
    bladen = [*portaal.rglob("*.html"), *portaal.rglob("*.py"), *portaal.glob("static/portaal/*.js")]
    tekst = "\n".join(pad.read_text() for pad in bladen)
    gebruikt = set(re.findall(rf"\b{naam}", tekst)) - {"kr-bericht"}  # that is the name of a place
    families = tuple(een for een in gebruikt if een.endswith("-"))  # the rest of the name is a value
    assert gebruikt - gemaakt - set(families) == set(), "used without a style"
    assert {een for een in gemaakt - gebruikt if not een.startswith(families)} == set(), (
        "styled and never used"
    )
