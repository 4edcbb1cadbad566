"""Reference data in the portal: looked up, loaded as a concept with its faults all at once, and made to hold."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.web.portaal.conftest import MaakBezoeker

KOP = b"code,naam\n"


@pytest.fixture
def beheerder(databank: Databank, bezoeker: MaakBezoeker) -> Client:
    opzet.zet_sector_klaar(20)
    return bezoeker(Rol.STAMGEGEVENS, kenmerk="DUO")


def laad(browser: Client, lijst: str, inhoud: bytes):
    bestand = SimpleUploadedFile("lijst.csv", inhoud)
    return browser.post("/stamgegevens/laden/", {"lijst": lijst, "bestand": bestand})


def test_every_list_can_be_looked_up(beheerder: Client) -> None:
    assert beheerder.get("/stamgegevens/").status_code == 200
    for naam in stamgegevens.LIJSTEN:
        assert beheerder.get(f"/stamgegevens/lijst/{naam}/").status_code == 200, naam
    assert "91KA" in beheerder.get("/stamgegevens/lijst/instellingen/", {"zoek": "91KA"}).text
    leeg = beheerder.get("/stamgegevens/lijst/instellingen/", {"zoek": "xyzzy", "op": "geen dag"})
    assert "Niets gevonden" in leeg.text
    assert beheerder.get("/stamgegevens/lijst/nergens/").status_code == 404


def test_a_list_is_a_concept_until_somebody_says_why_it_holds(beheerder: Client) -> None:
    voor = stamgegevens.versie()
    regels = b"code;naam;begin\n0099;Proefland;2020-01-01\n"
    antwoord = laad(beheerder, "landen", regels)
    if antwoord.status_code == 422:
        pytest.fail(antwoord.text.partition('role="alert"')[2][:800])
    assert stamgegevens.versie() == voor
    assert "concept" in beheerder.get("/stamgegevens/").text
    zonder = beheerder.post(f"/stamgegevens/{voor + 1}/activeren/", {"reden": " "})
    assert zonder.status_code == 422
    beheerder.cookies["taal"] = "en"
    in_engels = beheerder.post(f"/stamgegevens/{voor + 1}/activeren/", {"reden": " "}).text
    assert "<li>Say who makes it hold, and why" in in_engels, (
        "of one language with the page, so not marked as Dutch"
    )
    assert beheerder.post(f"/stamgegevens/{voor + 1}/activeren/", {"reden": "proef"}).status_code == 302
    assert stamgegevens.versie() == voor + 1


def test_all_faults_of_a_file_are_said_at_once(beheerder: Client) -> None:
    antwoord = laad(beheerder, "instellingen", b"\x00\xff geen csv")
    assert antwoord.status_code == 422
    assert "/tmp" not in antwoord.text
    assert "kr-foutenlijst" in antwoord.text
    assert "aria-invalid" not in antwoord.text, "it is not said again at every field of the page"
    assert laad(beheerder, "nergens", KOP).status_code == 422
    assert beheerder.post("/stamgegevens/laden/", {"lijst": "instellingen"}).status_code == 422


def test_who_mends_signals_at_an_institution_looks_up_what_the_rules_check_with(
    bezoeker: MaakBezoeker, databank: Databank
) -> None:
    sector = opzet.zet_sector_klaar(20)
    browser = bezoeker(Rol.SIGNALEN, kenmerk=sector.scholen[0].code)
    assert 'href="/stamgegevens/"' in browser.get("/signalen/").text
    tabel = browser.get("/stamgegevens/lijst/onderwijsaanbieders/").text.partition("<table")[2]
    assert "<form" not in tabel.partition("</main>")[0]
    assert re.search(r"\b\d\d-\d\d-\d{4}\b", tabel), "days as people write them"
    assert not re.search(
        r"\b\d{4}-\d\d-\d\d\b|None|_", tabel.partition("</table>")[0].replace("utrecht-table__", "")
    )


def test_who_may_read_changes_nothing(bezoeker: MaakBezoeker, databank: Databank) -> None:
    lezer = bezoeker(Rol.SECTOR, kenmerk="SECTOR")
    assert "<form" not in lezer.get("/stamgegevens/").text.partition("<main")[2].partition("</main>")[0]
    assert laad(lezer, "instellingen", KOP).status_code == 403
