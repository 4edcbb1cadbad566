"""An institution delivers its RO: it is taken in, loaded by a worker, and followed."""

from pathlib import Path

import pytest

from kernregister.fictief.leveringen import schrijf
from kernregister.fictief.sector import Sector
from kernregister.web.leveringen.tasks import laad_levering
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.wachtrij import werk
from tests.web.conftest import MaakMachine

SOORT = "application/octet-stream"


@pytest.fixture
def ro(databank: Databank, tmp_path: Path) -> tuple[str, bytes]:
    """Give an institution of a fictitious sector with its RO."""
    sector: Sector = opzet.zet_sector_klaar(60)
    pad = max(schrijf(sector, tmp_path), key=lambda een: een.stat().st_size)
    return pad.name.split("_")[1], pad.read_bytes()


def test_an_ro_loads_an_institution_and_again_changes_nothing(
    ro: tuple[str, bytes], machine: MaakMachine
) -> None:
    brin, inhoud = ro
    eigen, ander = machine(brin), machine("99ZZ")
    antwoord = eigen("POST", "/leveringen/ro", inhoud, SOORT)
    assert antwoord.status_code == 202, antwoord.content
    pad = antwoord["Location"].removeprefix("/api/v1")
    assert eigen("GET", pad).json()["toestand"] == "wacht"
    assert ander("GET", pad).status_code == 404
    werk(laad_levering)
    klaar = eigen("GET", pad).json()
    assert klaar["toestand"] == "klaar", klaar
    assert klaar["aanvaard"] > 10
    assert klaar["gedaan"] == klaar["aanvaard"] + sum(reden["aantal"] for reden in klaar["geweigerd"])
    ingeschreven = eigen("GET", "/inschrijvingen?aantal=1000").json()["inschrijvingen"]
    assert ingeschreven
    stand = eigen("GET", "/stand").json()["stand"]
    eigen("POST", "/leveringen/ro", inhoud, SOORT)
    werk(laad_levering)
    assert eigen("GET", "/stand").json()["stand"] == stand
    assert eigen("GET", "/inschrijvingen?aantal=1000").json()["inschrijvingen"] == ingeschreven


@pytest.mark.parametrize("inhoud", [b"geen RO", b"PK\x03\x04kapot", b"\x00" * 1000, b"VLP;1;2\n"])
def test_what_is_no_ro_is_explained(
    ro: tuple[str, bytes], machine: MaakMachine, inhoud: bytes, databank: Databank
) -> None:
    eigen = machine(ro[0])
    pad = eigen("POST", "/leveringen/ro", inhoud, SOORT)["Location"].removeprefix("/api/v1")
    werk(laad_levering)
    einde = eigen("GET", pad).json()
    assert einde["toestand"] == "onbruikbaar"
    assert einde["uitleg"]
    with databank.verbind("kernregister_stelsel") as stelsel:
        assert stelsel.execute("SELECT count(*) FROM leveringen_stuk").fetchone() == (0,)


def test_the_ro_of_another_is_not_loaded(ro: tuple[str, bytes], machine: MaakMachine) -> None:
    vreemd = machine("99ZZ")
    pad = vreemd("POST", "/leveringen/ro", ro[1], SOORT)["Location"].removeprefix("/api/v1")
    werk(laad_levering)
    einde = vreemd("GET", pad).json()
    assert einde["toestand"] == "onbruikbaar"
    assert "niet van 99ZZ" in einde["uitleg"]
    assert vreemd("GET", "/inschrijvingen").json()["inschrijvingen"] == []


def test_an_empty_file_and_another_kind_are_refused_at_once(machine: MaakMachine) -> None:
    eigen = machine("25PV")
    assert eigen("POST", "/leveringen/ro", b" ", SOORT).status_code == 400
    assert eigen("POST", "/leveringen/ro", b"{}", "application/json").status_code == 415


def test_a_file_lies_encrypted_until_it_is_loaded(
    ro: tuple[str, bytes], machine: MaakMachine, databank: Databank
) -> None:
    brin, inhoud = ro
    machine(brin)("POST", "/leveringen/ro", inhoud, SOORT)
    with databank.verbind("kernregister_stelsel") as stelsel:
        (stuk,) = stelsel.execute("SELECT inhoud FROM leveringen_stuk").fetchone()
        (taak,) = stelsel.execute("SELECT args::text FROM procrastinate_jobs").fetchone()
    assert inhoud[200:260] not in stuk
    assert "levering" in taak
