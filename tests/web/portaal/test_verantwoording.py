"""The assurance report in the portal: handed in by the institution or its accountant, decided on by DUO."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernregister.voorzieningen.overzichten.models import Aanvraag
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet, rapporten
from tests.voorzieningen.bekostigen.verantwoorden import obo
from tests.voorzieningen.register.wereld import DAAR, HIER, identificeer, lukt, schrijf_in, wie
from tests.web.portaal.conftest import MaakBezoeker

JAAR = "2025-2026"


@pytest.fixture
def aanvraag(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> Aanvraag:
    """Give the OBO of an institution with one student; it is the second of March 2026."""
    opzet.zet_klaar(monkeypatch)
    lukt(identificeer(wie(0), HIER), schrijf_in(wie(0), van=HIER))
    return obo(HIER)


def lever_aan(browser: Client, aanvraag: Aanvraag, inhoud: bytes | None = None, naam: str = "AR_2025.pdf"):
    bestand = SimpleUploadedFile(naam, rapporten.rapport() if inhoud is None else inhoud)
    return browser.post("/verantwoording/aanleveren/", {"obo": str(aanvraag.id), "bestand": bestand})


def test_a_report_goes_from_the_institution_to_duo_and_back(
    bezoeker: MaakBezoeker, aanvraag: Aanvraag
) -> None:
    instelling = bezoeker(Rol.ASSURANCE, kenmerk=HIER, naam="ingrid")
    assert lever_aan(instelling, aanvraag).status_code == 302
    lijst = instelling.get("/verantwoording/")
    assert "Het rapport is aangeleverd." in lijst.text
    adres = re.search(r"/verantwoording/([0-9a-f-]{36})/bestand/", lijst.text)[1]
    assert instelling.get(f"/verantwoording/{adres}/bestand/").content == rapporten.rapport()

    duo = bezoeker(Rol.DUO, kenmerk="DUO", naam="dirk")
    zonder_reden = duo.post(f"/verantwoording/{adres}/besluit/", {"besluit": "fout"})
    assert zonder_reden.status_code == 422
    goed = duo.post(f"/verantwoording/{adres}/besluit/", {"besluit": "goed"})
    assert goed.status_code == 302, goed.text.partition("<main")[2][:1500]
    assert "goedgekeurd" in instelling.get("/verantwoording/").text
    cijfers = bezoeker(Rol.REGISTERCONTROLE, kenmerk=HIER).get("/dashboard/").text
    assert "Controlejaar 2025" in cijfers
    assert "GOEDGEKEURD (02-03-26)" in cijfers


def test_the_deadline_is_1_july_within_the_studiejaar(bezoeker: MaakBezoeker, aanvraag: Aanvraag) -> None:
    tekst = bezoeker(Rol.ASSURANCE, kenmerk=HIER).get("/verantwoording/").text
    assert "Uiterlijk 1 juli moet een goedkeurend assurance-rapport bij DUO binnen zijn" in tekst
    assert "over 2025-2026 op 1 juli 2026" in tekst
    assert "na het studiejaar" not in tekst


@pytest.mark.parametrize(
    ("inhoud", "naam", "bezwaar"),
    [(b"", "leeg.pdf", "leeg"), (b"MZ\x90", "AR.pdf", "geen PDF"), (None, "AR 2025.pdf", "naam")],
)
def test_what_is_no_report_is_refused_with_the_reason(
    bezoeker: MaakBezoeker, aanvraag: Aanvraag, inhoud: bytes | None, naam: str, bezwaar: str
) -> None:
    antwoord = lever_aan(bezoeker(Rol.ASSURANCE, kenmerk=HIER), aanvraag, inhoud, naam)
    assert antwoord.status_code == 422
    assert bezwaar in antwoord.text


def test_who_reads_hands_nothing_in_and_who_hands_in_decides_nothing(
    bezoeker: MaakBezoeker, aanvraag: Aanvraag
) -> None:
    lezer = bezoeker(Rol.BEKOSTIGING, kenmerk=HIER)
    assert "Aanleveren" not in lezer.get("/verantwoording/").text.partition("<main")[2]
    assert lever_aan(lezer, aanvraag).status_code == 403
    indiener = bezoeker(Rol.ASSURANCE, kenmerk=HIER)
    assert indiener.post(f"/verantwoording/{aanvraag.id}/besluit/", {"besluit": "goed"}).status_code == 403


def test_an_accountant_hands_in_for_the_own_year_and_another_institution_for_nobody(
    bezoeker: MaakBezoeker, aanvraag: Aanvraag
) -> None:
    ander = bezoeker(Rol.ASSURANCE, kenmerk=DAAR)
    assert lever_aan(ander, aanvraag).status_code == 422
    ander_jaar = bezoeker(Rol.ASSURANCE, Rol.ACCOUNTANT, kenmerk=HIER, studiejaar="2024-2025")
    assert lever_aan(ander_jaar, aanvraag).status_code == 422
    eigen_jaar = bezoeker(Rol.ASSURANCE, Rol.ACCOUNTANT, kenmerk=HIER, studiejaar=JAAR)
    assert lever_aan(eigen_jaar, aanvraag).status_code == 302
