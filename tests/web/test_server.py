"""The API behind the real server, on loopback: the client of the documentation, streams, and who hangs up halfway."""

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from kernregister.platform.pas import Soort
from kernregister.web.toegang.aansluitingen import maak_aansluiting
from tests.conftest import ROOT
from tests.databank import Databank
from tests.web.conftest import MaakMachine

pytestmark = pytest.mark.traag


@pytest.fixture
def server(databank: Databank, tmp_path: Path) -> Iterator[str]:
    """Start Granian on a free port with the database of the test, as a trial."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    omgeving = {
        **os.environ,
        **databank.verbindingen.als_omgeving(),
        "KERNREGISTER_DEMO": "1",
        "KERNREGISTER_SLEUTEL": base64.b64encode(bytes(range(32))).decode(),
        "KERNREGISTER_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "kernregister.web.settings",
    }
    opdracht = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(poort),
    ]
    with (tmp_path / "uitvoer").open("w") as uitvoer:
        proces = subprocess.Popen(
            [*opdracht, "kernregister.web.wsgi:application"], env=omgeving, stdout=uitvoer, stderr=uitvoer
        )
        try:
            adres = f"http://127.0.0.1:{poort}"
            wacht_op(adres, tmp_path / "uitvoer")
            yield adres
        finally:
            proces.terminate()
            proces.wait(10)


def wacht_op(adres: str, uitvoer: Path) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{adres}/gezond", timeout=2) as antwoord:
                assert antwoord.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(uitvoer.read_text())


def blok(taal: str) -> str:
    """Return the example in a language from the documentation."""
    return re.search(rf"```{taal}\n(.*?)```", (ROOT / "docs/api.md").read_text(), re.DOTALL)[1]


@pytest.fixture
def omgeving(server: str) -> dict[str, str]:
    aansluiting, geheim = maak_aansluiting("voorbeeld", Soort.INSTELLING, "25PV")
    return {**os.environ, "KERNREGISTER": server, "CLIENT_ID": aansluiting.client_id, "CLIENT_SECRET": geheim}


def test_the_client_of_the_documentation_works(omgeving: dict[str, str]) -> None:
    uit = subprocess.run(
        [sys.executable, "-c", blok("python")],
        env=omgeving,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert uit.returncode == 0, uit.stderr
    assert "proef: 200 True" in uit.stdout
    assert "geweigerd: " in uit.stdout
    assert "wijzigingen tot stand 1" in uit.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
def test_the_example_with_curl_works(omgeving: dict[str, str]) -> None:
    uit = subprocess.run(
        ["sh", "-c", blok("sh")], env=omgeving, capture_output=True, text=True, timeout=60, check=False
    )
    assert json.loads(uit.stdout)["stand"] == 0, uit.stderr


def test_a_stream_without_a_length_is_read_to_its_end(server: str, machine: MaakMachine) -> None:
    token = machine("25PV").token
    verbinding = HTTPConnection(server.removeprefix("http://"), timeout=30)
    regels = (b'{"soort": "x"}\n' for _ in range(5000))
    koppen = {"Authorization": f"Bearer {token}", "Content-Type": "application/x-ndjson"}
    verbinding.request("POST", "/api/v1/meldingen/bulk", regels, koppen, encode_chunked=True)
    antwoord = verbinding.getresponse()
    *antwoorden, slot = antwoord.read().splitlines()
    verbinding.close()
    assert antwoord.status == 200
    assert len(antwoorden) == 5000
    assert json.loads(slot)["samenvatting"]["onleesbaar"] == 5000


def test_the_server_lives_on_when_somebody_hangs_up_halfway(server: str, machine: MaakMachine) -> None:
    token = machine("25PV").token
    host, poort = server.removeprefix("http://").split(":")
    for _ in range(3):
        with socket.create_connection((host, int(poort))) as lijn:
            lijn.sendall(
                b"POST /api/v1/meldingen/bulk HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                b"Content-Length: 100000\r\nAuthorization: Bearer "
                + token.encode()
                + b'\r\n\r\n{"soort": "x"}\n'
            )
    with urllib.request.urlopen(f"{server}/gezond", timeout=10) as antwoord:
        assert antwoord.status == 200
    for pad, status in (
        ("/api/v1/bestaat-niet", 404),
        ("/api/v1/stand", 401),
        ("/api/v1/%00", 404),
        ("/", 302),
    ):
        verbinding = HTTPConnection(host, int(poort), timeout=10)
        verbinding.request("GET", pad)
        antwoord = verbinding.getresponse()
        antwoord.read()
        verbinding.close()
        assert antwoord.status == status, pad
