"""Overviews in the portal: asked for with the role that it takes, followed, and fetched."""

import re
from datetime import date

import pytest
from django.test import Client

from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.voorzieningen.overzichten.models import Aanvraag
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.web.portaal.conftest import MaakBezoeker


@pytest.fixture
def brin(databank: Databank) -> str:
    """Give a register in which a funded institution registered a student; its code."""
    sector = opzet.zet_sector_klaar(20)
    bekostigd = {school.code for school in sector.scholen if school.bi}
    dossier = next(
        d
        for d in sector.dossiers()
        if d.inschrijvingen and d.persoon.burgerservicenummer and d.inschrijvingen[0].instelling in bekostigd
    )
    code = dossier.inschrijvingen[0].instelling
    assert opzet.stuur(opzet.identificatie(dossier, code), opzet.inschrijving(dossier))[1].aanvaard
    return code


def vraag_ro(browser: Client, begin: str = "2025-08-01", einde: str = "2026-07-31"):
    return browser.post("/overzichten/", {"soort": "RO", "begin": begin, "einde": einde})


def test_an_ro_is_recorded_made_and_fetched(bezoeker: MaakBezoeker, brin: str) -> None:
    browser = bezoeker(Rol.REGISTERCONTROLE, kenmerk=brin)
    assert vraag_ro(browser)["Location"] == "/overzichten/"
    lijst = browser.get("/overzichten/")
    assert "Uw aanvraag is vastgelegd." in lijst.text
    aanvraag = Aanvraag.objects.using("stelsel").get()
    assert (aanvraag.soort, aanvraag.begin, aanvraag.instelling) == ("RO", date(2025, 8, 1), brin)
    overzichten.maak(aanvraag.id)
    bestand = browser.get(f"/overzichten/{aanvraag.id}/1/")
    assert bestand["Content-Disposition"].startswith('attachment; filename="RO_')
    assert bestand["Cache-Control"] == "private, no-store", "no copy of all students stays in the browser"
    assert brin.encode() in bestand.getvalue()
    assert browser.get(f"/overzichten/{aanvraag.id}/99/").status_code == 404


def test_the_page_asks_again_only_while_something_is_being_made(bezoeker: MaakBezoeker, brin: str) -> None:
    browser = bezoeker(Rol.REGISTERCONTROLE, kenmerk=brin)
    assert "hx-trigger" not in browser.get("/overzichten/").text
    vraag_ro(browser)
    lijst = browser.get("/overzichten/")
    assert "hx-trigger" in lijst.text
    kenmerk = re.search(r"kenmerk=([\w-]+)", lijst.text)[1]
    assert browser.get("/overzichten/stand/", {"kenmerk": kenmerk}).status_code == 204
    overzichten.maak(Aanvraag.objects.using("stelsel").get().id)
    nu = browser.get("/overzichten/stand/", {"kenmerk": kenmerk})
    assert nu.status_code == 200
    assert "klaar" in nu.text
    assert "hx-trigger" not in nu.text


@pytest.mark.parametrize(
    ("begin", "einde", "bezwaar"),
    [
        ("", "", "periode"),
        ("2026-07-31", "2025-08-01", "begindatum"),
        ("2020-08-01", "2026-07-31", "twee jaar"),
        ("31-02-2026", "2026-07-31", "geen datum"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_and_what_was_typed_stays(
    bezoeker: MaakBezoeker, brin: str, begin: str, einde: str, bezwaar: str
) -> None:
    antwoord = vraag_ro(bezoeker(Rol.REGISTERCONTROLE, kenmerk=brin), begin, einde)
    assert antwoord.status_code == 422
    assert bezwaar in antwoord.text
    assert f'value="{einde}"' in antwoord.text
    assert not Aanvraag.objects.using("stelsel").exists()


def test_a_day_is_taken_as_people_write_it(bezoeker: MaakBezoeker, brin: str) -> None:
    assert vraag_ro(bezoeker(Rol.REGISTERCONTROLE, kenmerk=brin), "1-8-2025", "31-07-2026").status_code == 302
    assert Aanvraag.objects.using("stelsel").get().begin == date(2025, 8, 1)


def test_in_english_an_objection_is_english_too(bezoeker: MaakBezoeker, brin: str) -> None:
    browser = bezoeker(Rol.REGISTERCONTROLE, kenmerk=brin)
    browser.cookies["taal"] = "en"
    for _ in range(2):
        antwoord = vraag_ro(browser)
    assert "An earlier request is still being made." in antwoord.text
    assert "The period is more than two years." in vraag_ro(browser, "2020-08-01", "2026-07-31").text


def test_each_role_asks_for_its_own_kind_and_a_forged_form_for_no_other(
    bezoeker: MaakBezoeker, brin: str
) -> None:
    obo = bezoeker(Rol.OBO, kenmerk=brin)
    assert "OBO" in obo.get("/overzichten/").text
    assert vraag_ro(obo).status_code == 403
    assert obo.post("/overzichten/", {"soort": "OBO", "studiejaar": "2025-2026"}).status_code == 302
    ophalen = bezoeker(Rol.BESTANDSUITWISSELING, kenmerk=brin)
    assert ophalen.get("/overzichten/").status_code == 200
    assert vraag_ro(ophalen).status_code == 403


def test_another_institution_finds_neither_request_nor_file(bezoeker: MaakBezoeker, brin: str) -> None:
    vraag_ro(bezoeker(Rol.REGISTERCONTROLE, kenmerk=brin))
    aanvraag = Aanvraag.objects.using("stelsel").get()
    overzichten.maak(aanvraag.id)
    ander = bezoeker(Rol.REGISTERCONTROLE, Rol.BESTANDSUITWISSELING, kenmerk="99ZZ")
    assert ander.get(f"/overzichten/{aanvraag.id}/1/").status_code == 404
    assert "Nog niets aangevraagd" in ander.get("/overzichten/").text


def test_an_accountant_reads_obo_s_and_asks_for_nothing(bezoeker: MaakBezoeker, brin: str) -> None:
    bezoeker(Rol.OBO, kenmerk=brin).post("/overzichten/", {"soort": "OBO", "studiejaar": "2025-2026"})
    aanvraag = Aanvraag.objects.using("stelsel").get()
    overzichten.maak(aanvraag.id)
    accountant = bezoeker(Rol.ACCOUNTANT, kenmerk=brin, studiejaar="2025-2026")
    lijst = accountant.get("/overzichten/")
    assert str(aanvraag.id) in lijst.text
    assert "<form" not in lijst.text.partition("<main")[2].partition("</main>")[0]
    assert accountant.get(f"/overzichten/{aanvraag.id}/1/").status_code in (200, 403)


def test_what_was_asked_for_long_ago_can_still_be_found(
    bezoeker: MaakBezoeker, brin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kernregister.web.portaal.overzichten import views

    monkeypatch.setattr(views, "PER_BLADZIJDE", 2)
    browser = bezoeker(Rol.REGISTERCONTROLE, kenmerk=brin)
    for dag in ("01", "02", "03"):
        vraag_ro(browser, f"2025-08-{dag}")
    eerste = browser.get("/overzichten/").text
    assert "03-08-2025" in eerste
    assert "01-08-2025 –" not in eerste
    verder = re.search(r'href="(\?voor=[\w-]+)" rel="next"', eerste)[1]
    tweede = browser.get(f"/overzichten/{verder}").text
    assert "01-08-2025 –" in tweede
    assert 'rel="next"' not in tweede
    assert f"&amp;{verder[1:]}" in tweede, "what is being made is followed on its own page"
    for vreemd in ("x", "00000000-0000-4000-8000-000000000000"):
        assert "03-08-2025" in browser.get("/overzichten/", {"voor": vreemd}).text


def test_a_tbg_i_is_asked_for_a_funding_year_by_who_has_to_do_with_funding(
    bezoeker: MaakBezoeker, brin: str
) -> None:
    browser = bezoeker(Rol.OBO, kenmerk=brin)
    jaar = re.search(
        r'id="TBGI-bekostigingsjaar".*?value="(\d{4})" selected', browser.get("/overzichten/").text, re.DOTALL
    )[1]
    vraag = {"soort": "TBGI", "bekostigingsjaar": jaar, "uitbreiding": "ja"}
    assert browser.post("/overzichten/", vraag)["Location"] == "/overzichten/"
    aanvraag = Aanvraag.objects.using("stelsel").get()
    assert (aanvraag.soort, str(aanvraag.bekostigingsjaar)) == ("TBGI", jaar)
    overzichten.maak(aanvraag.id)
    assert f'<td class="utrecht-table__cell">{jaar}</td>' in browser.get("/overzichten/").text
    assert browser.get(f"/overzichten/{aanvraag.id}/1/").status_code == 200
    verkeerd = browser.post("/overzichten/", vraag | {"bekostigingsjaar": "1999"})
    assert verkeerd.status_code == 422
    assert "Kies een bekostigingsjaar uit de lijst" in verkeerd.text
    zonder = bezoeker(Rol.REGISTERCONTROLE, kenmerk=brin)
    assert 'id="TBGI-bekostigingsjaar"' not in zonder.get("/overzichten/").text
    assert zonder.post("/overzichten/", vraag).status_code == 403
