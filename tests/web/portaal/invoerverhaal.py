"""How the stories of entry begin: the small world of the register, and somebody at a keyboard."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from kernregister.kern.dossier import Persoon
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.kern import voorbeelden
from tests.voorzieningen.register import wereld as w
from tests.web.portaal.conftest import MaakBezoeker

INSCHRIJVING = {
    "inschrijving-inschrijvingvolgnummer": "1",
    "inschrijving-datum_inschrijving": "1-8-2024",
    "inschrijving-datum_uitschrijving_gepland": "31-7-2027",
    "inschrijving-perioden-0-datum_begin": "1-8-2024",
    "inschrijving-perioden-0-opleidingcode": voorbeelden.OPLEIDING,
    "inschrijving-perioden-0-leertraject": "BOL",
    "inschrijving-perioden-0-onderwijsaanbieder": voorbeelden.AANBIEDER,
}
"""What an institution without funding types to enrol somebody."""

BPV = {
    "bpv-volgnummer": "1",
    "bpv-afsluitdatum": "10-01-2025",
    "bpv-datum_begin": "03-02-2025",
    "bpv-datum_einde_gepland": "03-07-2026",
    "bpv-omvang": "640",
    "bpv-leerbedrijf_id": voorbeelden.LEERBEDRIJF,
    "bpv-opleidingcode": voorbeelden.OPLEIDING,
}


class Toetsenbord:
    """Somebody who fills in forms as a browser without JavaScript does."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser

    def open(self, adres: str) -> str:
        antwoord = self.browser.get(adres)
        assert antwoord.status_code == 200, (antwoord.status_code, antwoord.text)
        return antwoord.text

    def verstuur(self, adres: str, knop: str = "verstuur", **velden: str) -> Any:
        """Open a page, fill in its form and press a button."""
        waarden = velden_van(self.open(adres)) | velden
        return self.browser.post(adres, waarden | {knop: "1"})

    def lukt(self, adres: str, **velden: str) -> str:
        """Send a form that is in order, and return the page that comes then."""
        antwoord = self.verstuur(adres, **velden)
        assert antwoord.status_code == 302, fouten_van(antwoord.text)
        return self.open(antwoord["Location"])


def velden_van(html: str) -> dict[str, str]:
    """Return what stands in the form of a page."""
    formulier = html[html.index('id="formulier"') : html.index("</form>", html.index('id="formulier"'))]
    uit = {}
    for veld in re.finditer(r"<input[^>]*>", formulier):
        naam = re.search(r' name="([^"]*)"', veld[0])
        waarde = re.search(r' value="([^"]*)"', veld[0])
        if naam:
            uit[naam[1]] = unescape(waarde[1]) if waarde else ""
    for veld in re.finditer(r'<select[^>]* name="([^"]*)".*?</select>', formulier, re.DOTALL):
        gekozen = re.search(r'<option value="([^"]*)" selected', veld[0])
        uit[veld[1]] = unescape(gekozen[1]) if gekozen else ""
    for veld in re.finditer(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', formulier, re.DOTALL):
        uit[veld[1]] = unescape(veld[2])
    return uit


def fouten_van(html: str) -> dict[str, str]:
    """Return what is said to be wrong, by field."""
    boodschap = r'(?:<div class="utrecht-form-field-error-message">.*?</div>)*'
    plekken = re.finditer(rf'id="fout-([^"]*)" aria-live="polite">({boodschap})\s*</div>', html, re.DOTALL)
    zonder_opmaak = {plek[1]: unescape(re.sub(r"<[^>]+>", " ", plek[2])).split() for plek in plekken}
    return {veld: " ".join(woorden) for veld, woorden in zonder_opmaak.items() if woorden}


def iemand(plaats: int = 0) -> Persoon:
    return w.wie(plaats)


def identificeer(wie: Toetsenbord, plaats: int = 0) -> int:
    """Identify somebody by the short set, and return who it is."""
    student = iemand(plaats)
    antwoord = wie.verstuur(
        "/invoer/identificeren/",
        burgerservicenummer=student.burgerservicenummer or "",
        geboortedatum="14-05-2006",
        geslacht="V",
    )
    assert antwoord.status_code == 302, fouten_van(antwoord.text)
    return int(antwoord["Location"].rpartition("=")[2])


@pytest.fixture
def nbi(databank: Databank, monkeypatch: pytest.MonkeyPatch, bezoeker: MaakBezoeker) -> Toetsenbord:
    """Somebody of an institution without funding."""
    w.zet_klaar(monkeypatch)
    return Toetsenbord(bezoeker(Rol.SIGNALEN, kenmerk=w.NBI))


@pytest.fixture
def bi(databank: Databank, monkeypatch: pytest.MonkeyPatch, bezoeker: MaakBezoeker) -> Toetsenbord:
    """Somebody of a funded institution, who also sees funding."""
    w.zet_klaar(monkeypatch)
    return Toetsenbord(bezoeker(Rol.SIGNALEN, Rol.BEKOSTIGING, kenmerk=w.HIER))
