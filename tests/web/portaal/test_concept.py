"""Who is logged out while filling in a form finds it back after logging in: they, there, once, and nobody else."""

import re
import time
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.contrib.auth import get_user, login
from django.http import HttpRequest
from django.test import Client

from kernregister.platform.versleuteling import kluis
from kernregister.web.portaal import concept
from kernregister.web.portaal.concept import _Briefje, _plaats
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.register import wereld as w
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.invoerverhaal import (
    INSCHRIJVING,
    Toetsenbord,
    bi,
    identificeer,
    iemand,
    nbi,
    velden_van,
)

__all__ = ["bi", "nbi"]


def _verzoek(browser: Client) -> HttpRequest:
    verzoek = HttpRequest()
    verzoek.session = browser.session
    return verzoek


def _afgemeld(browser: Client) -> Any:
    """End the session of a browser, as it is after an hour without a step; return who it was."""
    wie = get_user(_verzoek(browser))
    sessie = browser.session
    sessie["zitting_laatst"] = time.time() - 100_000
    sessie.save()
    return wie


def _meld_aan(browser: Client, wie: Any) -> None:
    """Log in within the session that is left, as the login page does."""
    verzoek = _verzoek(browser)
    login(verzoek, wie, backend="django.contrib.auth.backends.ModelBackend")
    verzoek.session.save()
    browser.cookies["sessionid"] = str(verzoek.session.session_key)


def _getypt(wie: Toetsenbord, adres: str, **velden: str) -> dict[str, str]:
    return velden_van(wie.open(adres)) | velden


def test_a_form_that_was_sent_too_late_comes_back_filled_in_and_is_then_sent_once(nbi: Toetsenbord) -> None:
    adres = f"/invoer/inschrijven/?persoon={identificeer(nbi)}"
    velden = _getypt(nbi, adres, **INSCHRIJVING)
    wie = _afgemeld(nbi.browser)
    weg = nbi.browser.post(adres, velden | {"verstuur": "1"})
    assert weg.status_code == 302
    assert "/account/login/?next=/invoer/inschrijven/" in weg["Location"]
    assert nbi.browser.get(adres).status_code == 302, "nobody sees it before logging in"
    _meld_aan(nbi.browser, wie)
    html = nbi.open(adres)
    assert "U was afgemeld" in html
    terug = velden_van(html)
    assert {naam: terug[naam] for naam in INSCHRIJVING} == INSCHRIJVING
    assert terug["id"] == velden["id"], "it is still the same melding"
    assert w.dossier(iemand()).inschrijvingen == (), "nothing is sent by itself"
    assert "U was afgemeld" not in nbi.open(adres), "once"
    assert nbi.browser.post(adres, terug | {"verstuur": "1"}).status_code == 302
    assert len(w.dossier(iemand()).inschrijvingen) == 1


def test_what_waits_is_sealed_and_its_address_holds_no_number(nbi: Toetsenbord) -> None:
    bsn = iemand().burgerservicenummer or ""
    adres = "/invoer/identificeren/"
    velden = _getypt(nbi, adres, burgerservicenummer=bsn, geboortedatum="14-05-2006")
    wie = _afgemeld(nbi.browser)
    weg = nbi.browser.post(adres, velden)
    assert bsn not in weg["Location"]
    bewaard = str(dict(nbi.browser.session))
    assert "portaal.concept" in bewaard
    assert bsn not in bewaard
    assert "14-05-2006" not in bewaard
    _meld_aan(nbi.browser, wie)
    assert velden_van(nbi.open(adres))["burgerservicenummer"] == bsn


def test_another_who_logs_in_at_the_same_browser_sees_nothing_of_it(
    nbi: Toetsenbord, bezoeker: MaakBezoeker
) -> None:
    adres = "/invoer/identificeren/"
    velden = _getypt(nbi, adres, geboortedatum="14-05-2006")
    wie = _afgemeld(nbi.browser)
    nbi.browser.post(adres, velden)
    ander = _afgemeld(bezoeker(Rol.SIGNALEN, kenmerk=w.NBI, naam="ander"))
    _meld_aan(nbi.browser, ander)
    assert "14-05-2006" not in nbi.open(adres)
    assert "portaal.concept" not in nbi.browser.session
    _meld_aan(nbi.browser, wie)
    assert "14-05-2006" not in nbi.open(adres)


def test_a_form_that_is_found_too_late_is_gone(nbi: Toetsenbord, monkeypatch: pytest.MonkeyPatch) -> None:
    adres = "/invoer/identificeren/"
    velden = _getypt(nbi, adres, geboortedatum="14-05-2006")
    wie = _afgemeld(nbi.browser)
    nbi.browser.post(adres, velden)
    sessie = nbi.browser.session
    sessie["portaal.concept"] = sessie["portaal.concept"] | {"op": time.time() - 3700}
    sessie.save()
    _meld_aan(nbi.browser, wie)
    assert "14-05-2006" not in nbi.open(adres)


@pytest.mark.parametrize("briefje", ["", "x", "{vals}", "{elders}"])
def test_a_form_without_a_slip_of_ours_for_this_page_is_not_kept(nbi: Toetsenbord, briefje: str) -> None:
    adres = "/invoer/identificeren/"
    velden = _getypt(nbi, adres, geboortedatum="14-05-2006")
    goed = velden["briefje"]
    elders = velden_van(nbi.open("/invoer/identificeren/?x=1"))["briefje"]
    velden["briefje"] = briefje.format(vals=goed[:-2] + "AA", elders=elders)
    _afgemeld(nbi.browser)
    assert nbi.browser.post(adres, velden).status_code == 302
    assert "portaal.concept" not in nbi.browser.session


def _met_bewijs(nbi: Toetsenbord) -> Client:
    """Return a browser in which the same person is logged in, that checks forms as a real one has to."""
    wie = get_user(_verzoek(nbi.browser))
    browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(wie, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def test_who_logged_in_again_in_another_tab_gets_the_form_back_with_a_new_proof(nbi: Toetsenbord) -> None:
    browser = _met_bewijs(nbi)
    velden = velden_van(browser.get("/invoer/identificeren/").text) | {"geboortedatum": "14-05-2006"}
    browser.cookies["csrftoken"] = "n" * 32  # what another login leaves
    weg = browser.post("/invoer/identificeren/", velden)
    assert (weg.status_code, weg["Location"]) == (302, "/invoer/identificeren/")
    html = browser.get(weg["Location"]).text
    terug = velden_van(html)
    assert terug["geboortedatum"] == "14-05-2006"
    assert browser.post("/invoer/identificeren/", terug | {"controleer": "1"}).status_code == 200


def test_another_site_cannot_fill_in_a_form(nbi: Toetsenbord) -> None:
    browser = _met_bewijs(nbi)
    browser.get("/invoer/identificeren/")
    weg = browser.post("/invoer/identificeren/", {"geboortedatum": "14-05-2006", "briefje": "x"})
    assert weg.status_code == 403
    assert "14-05-2006" not in browser.get("/invoer/identificeren/").text


def _van_niemand(adres: str, velden: dict[str, str], herkomst: str) -> Any:
    """Send a form with a browser that brings no cookies, as when another site makes it send one (SameSite=Lax)."""
    browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    return browser.post(adres, velden, headers={"Origin": herkomst})


def test_another_site_cannot_replace_the_session_of_who_visits_it(nbi: Toetsenbord) -> None:
    """A slip of its own makes a form no less that of another site."""
    adres = "/invoer/identificeren/"
    velden = _getypt(nbi, adres, geboortedatum="14-05-2006")
    for elders in ("https://kwaad.example", "null", "http://localhost:81"):
        weg = _van_niemand(adres, velden, elders)
        assert weg.status_code == 403
        assert "sessionid" not in weg.cookies
    weg = _van_niemand(adres, velden, "http://localhost")
    assert weg.status_code == 302
    assert "sessionid" in weg.cookies


def test_with_one_slip_nobody_fills_the_database_with_sessions(nbi: Toetsenbord) -> None:
    concept.per_persoon.leeg()
    adres = "/invoer/identificeren/"
    velden = _getypt(nbi, adres, geboortedatum="14-05-2006")
    gelukt = [
        "sessionid" in _van_niemand(adres, velden, "http://localhost").cookies
        for _ in range(concept.per_persoon.per_minuut + 3)
    ]
    assert gelukt.count(True) < len(gelukt)
    assert gelukt[:5] == [True] * 5
    concept.per_persoon.leeg()


def test_the_choice_of_a_bulk_change_comes_back_too(bi: Toetsenbord) -> None:
    html = bi.open("/invoer/bulk/")
    slip = re.search(r'name="briefje" value="([^"]+)"', html)
    assert slip
    wie = _afgemeld(bi.browser)
    bi.browser.post("/invoer/bulk/", {"briefje": slip[1], "wat": "gepland", "gepland_datum": "31-07-2028"})
    _meld_aan(bi.browser, wie)
    html = bi.open("/invoer/bulk/")
    assert 'value="31-07-2028"' in html
    assert re.search(r'value="gepland" checked', html)


def test_what_was_sealed_for_one_address_opens_at_no_other() -> None:
    hier = _Briefje(1, "instelling:25PV:", "/invoer/bulk/")
    elders = _Briefje(1, "instelling:25PV:", "/invoer/identificeren/")
    with pytest.raises(InvalidTag):
        kluis().open(kluis().sluit(b"{}", _plaats(hier)), _plaats(elders))
