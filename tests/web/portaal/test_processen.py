"""Two web processes are one register: a session holds in both, and so does the count of attempts."""

import base64
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP

from kernregister.web.toegang.gebruikers import ken_toe, maak_gebruiker
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.draaiend import processen_onder, wacht_tot
from tests.web.portaal.conftest import GEHEIM, code_van

pytestmark = pytest.mark.traag

ADRES = "noor@voorbeeld.example"
WACHTWOORD = "een lang en eigen wachtwoord"


@pytest.fixture
def adres(databank: Databank, tmp_path: Path) -> Iterator[str]:
    """Give the address of two web processes on the database of the test."""
    gebruiker = maak_gebruiker(ADRES, "Noor", "Voorbeeld", WACHTWOORD)
    for rol in (Rol.TOEGANG, Rol.BEHEERDER):
        ken_toe(gebruiker, rol, "25PV", door="proef")
    TOTP.activate(gebruiker, GEHEIM)
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    omgeving = {
        **os.environ,
        **databank.verbindingen.als_omgeving(),
        "KERNREGISTER_SLEUTEL": base64.b64encode(bytes(range(32))).decode(),
        "KERNREGISTER_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "kernregister.web.settings",
    }
    opdracht = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
    opdracht += ["--host", "127.0.0.1", "--port", str(poort), "kernregister.web.wsgi:application"]
    with (tmp_path / "uitvoer").open("w") as uitvoer:
        proces = subprocess.Popen(opdracht, env=omgeving, stdout=uitvoer, stderr=uitvoer)
        try:
            uit = f"http://localhost:{poort}"
            wacht_tot(lambda: _antwoordt(uit), "een antwoord van de webprocessen")
            assert (
                len([een for een in processen_onder(proces.pid).values() if "resource_tracker" not in een])
                >= 2
            )
            yield uit
        finally:
            proces.terminate()
            proces.wait(30)


def _antwoordt(adres: str) -> bool:
    try:
        return requests.get(f"{adres}/gezond", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False


def verstuur(adres: str, pad: str, velden: dict[str, str], koekjes: dict[str, str] | None = None):
    """Send a form as a browser does, over connections of its own; returns the answer and the cookies."""
    with requests.Session() as sessie:
        sessie.cookies.update(koekjes or {})
        sessie.headers["Connection"] = "close"
        pagina = sessie.get(f"{adres}{pad}", timeout=30)
        bewijs = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', pagina.text)
        assert bewijs, pagina.text
        invoer = {**velden, "csrfmiddlewaretoken": bewijs[1]}
        antwoord = sessie.post(f"{adres}{pad}", invoer, timeout=30, allow_redirects=False)
        return antwoord, sessie.cookies.get_dict()


def test_attempts_count_over_all_processes(adres: str) -> None:
    teksten = [
        verstuur(adres, "/account/login/", {"login": ADRES, "password": f"fout {keer}"})[0].text
        for keer in range(9)
    ]
    assert ["te veel" in tekst.lower() for tekst in teksten] == [False] * 5 + [True] * 4


def test_a_session_of_one_process_holds_in_the_other(adres: str) -> None:
    _, koekjes = verstuur(adres, "/account/login/", {"login": ADRES, "password": WACHTWOORD})
    antwoord, koekjes = verstuur(adres, "/account/mfa/authenticate/", {"code": code_van(GEHEIM)}, koekjes)
    assert antwoord.status_code == 302
    statussen = {
        requests.get(
            f"{adres}/gebruikers/",
            cookies=koekjes,
            headers={"Connection": "close"},
            timeout=30,
            allow_redirects=False,
        ).status_code
        for _ in range(20)
    }
    assert statussen == {200}
