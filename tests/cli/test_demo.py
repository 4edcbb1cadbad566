"""``kernregister start --demo``: filled once, kept, and begun anew when the filling broke off."""

import subprocess
import time
from pathlib import Path

import pytest

from tests.draaiend import GEDULD, KERNREGISTER, Register, draaiend_register

pytestmark = pytest.mark.traag


def start_weer(register: Register, logboek: Path) -> str:
    """Start the same register once more, until it is healthy; return what it said."""
    woorden = [*KERNREGISTER, "start", "--poort", str(register.poort), "--demo"]
    with logboek.open("wb") as log:
        proces = subprocess.Popen(woorden, env=register.omgeving, stdout=log, stderr=log)
    try:
        einde = time.monotonic() + GEDULD
        while not register.gezond():
            assert proces.poll() is None, logboek.read_text()
            assert time.monotonic() < einde, logboek.read_text()
            time.sleep(0.1)
    finally:
        proces.terminate()
        proces.wait(GEDULD)
    return logboek.read_text()


def test_a_demo_says_who_one_can_be_and_is_filled_once(tmp_path: Path) -> None:
    with draaiend_register(tmp_path / "log", opties=["--demo"], KERNREGISTER_DEMO_STUDENTEN="60") as register:
        eerste = register.logboek.read_text()
        assert "60 fictieve studenten" in eerste
        assert "Amira van den Berg" in eerste
        assert f"http://localhost:{register.poort}/" in eerste
        register.opzichter.terminate()
        register.opzichter.wait(GEDULD)

        tweede = start_weer(register, tmp_path / "tweede")
        assert "Amira van den Berg" in tweede
        assert "fictieve studenten met" not in tweede

        (Path(register.omgeving["KERNREGISTER_VAR"]) / "demo-onderweg").touch()
        derde = start_weer(register, tmp_path / "derde")
        assert "brak eerder af; het begint opnieuw" in derde
        assert "60 fictieve studenten met" in derde
