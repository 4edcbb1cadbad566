"""`kernregister start` keeps everything running, whatever is killed, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kernregister.platform import processen
from kernregister.platform.databank.verbindingen import cluster_van
from kernregister.platform.omgeving import Omgeving
from kernregister.platform.processen import Opzichter, Proces
from tests.conftest import ROOT
from tests.databank import Databank, tijdelijk_cluster
from tests.draaiend import (
    GEDULD,
    Register,
    draaiend_register,
    processen_onder,
    schone_omgeving,
    vrije_poort,
    wacht_tot,
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with draaiend_register(tmp_path / "log", KERNREGISTER_DEMO="1") as uit:
        yield uit


@pytest.mark.traag
def test_whatever_is_killed_everything_answers_again_and_sigterm_leaves_nothing_behind(register):
    wacht_tot(register.in_orde, "alles is in orde")

    for kenmerk in ("granian", "platform.werker"):
        oud = register.pid_van(kenmerk)
        os.kill(oud, signal.SIGKILL)
        wacht_tot(lambda k=kenmerk, o=oud: register.pid_van(k) not in {None, o}, f"{kenmerk} draait weer")
        wacht_tot(register.gezond, "het web antwoordt weer")

    postmaster = int((register.cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    wacht_tot(lambda: not register.cluster.draait(), "de databank is weg")
    wacht_tot(register.gezond, "het web antwoordt weer, met databank")
    wacht_tot(register.in_orde, "ook de worker is er weer")

    onder = processen_onder(register.opzichter.pid)
    register.opzichter.send_signal(signal.SIGTERM)
    assert register.opzichter.wait(GEDULD) == 0
    assert not register.cluster.draait()
    assert [opdracht for pid, opdracht in processen_onder(1).items() if onder.get(pid) == opdracht] == []
    with socket.socket() as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        proef.bind(("127.0.0.1", register.poort))
    logboek = register.logboek.read_text()
    assert "De databank is gestopt en start opnieuw." in logboek
    assert "web is gestopt (signaal SIGKILL)" in logboek
    assert register.cluster.wachtwoord("kernregister_app") not in logboek


@pytest.mark.traag
def test_a_killed_supervisor_takes_web_and_worker_along_and_can_start_again(register):
    onder = processen_onder(register.opzichter.pid)
    assert any("granian" in opdracht for opdracht in onder.values())
    register.opzichter.kill()
    register.opzichter.wait()
    wacht_tot(lambda: not onder.keys() & processen_onder(1).keys(), "alles eronder is gestopt")
    stand = json.loads(register.kernregister("stand", "--json").stdout)
    assert stand["databank"] is True  # it waits for the next start, which finds it as it is
    assert not register.gezond()


def test_a_process_that_keeps_dying_is_started_ever_more_slowly(tmp_path, monkeypatch):
    monkeypatch.setattr(processen, "EERSTE_PAUZE", 0.02)
    sporen = tmp_path / "sporen"
    gemeld: list[str] = []
    proces = Proces("web", ["sh", "-c", f"echo x >> {sporen}; exit 3"], {"PATH": os.environ["PATH"]})
    begin = time.monotonic()
    while len(gemeld) < 5:
        proces.houd_gaande(gemeld.append)
        time.sleep(0.005)
    proces.stop(time.monotonic())
    assert time.monotonic() - begin > 0.02 * (1 + 2 + 4 + 8)
    assert len(sporen.read_text().split()) == 5
    assert all("exitcode 3" in regel for regel in gemeld)


def test_what_a_dead_process_had_started_does_not_live_on(tmp_path):
    pidbestand = tmp_path / "pid"
    gemeld: list[str] = []
    ouder = Proces(
        "web", ["sh", "-c", f"sleep 600 & echo $! > {pidbestand}; exit 1"], {"PATH": os.environ["PATH"]}
    )
    wacht_tot(lambda: ouder.houd_gaande(gemeld.append) or gemeld, "het sterven is gezien")
    wees = int(pidbestand.read_text())
    ouder.stop(time.monotonic())
    wacht_tot(lambda: not _leeft(wees), "de wees is weg")


def test_what_a_killed_process_had_in_temporary_files_is_taken_away(tmp_path):
    """A delivery lies there in the clear while it is read; only who reads it may come near."""
    plek, gemeld = tmp_path / "plek", []
    lezer = Proces(
        "worker",
        [
            "sh",
            "-c",
            f'echo geheim > "$TMPDIR/levering"; stat -c %a "$TMPDIR" > {plek}; echo "$TMPDIR" >> {plek}; kill -KILL $$',
        ],
        {"PATH": os.environ["PATH"]},
    )
    wacht_tot(lambda: lezer.houd_gaande(gemeld.append) or gemeld, "het sterven is gezien")
    rechten, map_ = plek.read_text().split()
    assert rechten == "700"
    assert not Path(map_).exists()


def test_a_process_that_will_not_stop_is_killed_at_the_deadline():
    doof = Proces(
        "worker", ["sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"], {"PATH": os.environ["PATH"]}
    )
    doof.houd_gaande(print)
    time.sleep(0.2)
    doof.vraag_te_stoppen()
    begin = time.monotonic()
    doof.stop(begin + 0.5)
    assert 0.4 < time.monotonic() - begin < 5


def test_a_signal_ends_the_supervisor_and_gives_the_old_handlers_back():
    vorige = signal.getsignal(signal.SIGTERM)
    gemeld: list[str] = []
    stopt = Proces(
        "klaar", ["sh", "-c", f"kill -TERM {os.getpid()}; sleep 600"], {"PATH": os.environ["PATH"]}
    )
    Opzichter([stopt], None, gemeld.append).draai()
    assert signal.getsignal(signal.SIGTERM) is vorige
    assert gemeld == []


def _leeft(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def draai(*woorden: str, **omgeving: str) -> subprocess.CompletedProcess[str]:
    opdracht = [sys.executable, "-m", "kernregister", *woorden]
    return subprocess.run(
        opdracht, env=schone_omgeving(**omgeving), cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_start_needs_a_key_and_says_how_to_make_one(tmp_path):
    uit = draai("start", KERNREGISTER_VAR=str(tmp_path / "var"))
    assert uit.returncode == 2
    assert "KERNREGISTER_SLEUTEL ontbreekt" in uit.stderr
    assert not (tmp_path / "var" / "postgres").exists()


def test_start_says_that_the_port_is_taken_before_anything_runs(tmp_path):
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        poort = str(bezet.getsockname()[1])
        uit = draai("start", "--poort", poort, KERNREGISTER_VAR=str(tmp_path / "var"), KERNREGISTER_DEMO="1")
    assert uit.returncode == 2
    assert f"Poort {poort} is al in gebruik" in uit.stderr
    assert not (tmp_path / "var" / "postgres").exists()


@pytest.mark.parametrize("poort", ["0", "-1", "65536", "http", "9" * 4400, "8000 "])
def test_a_port_that_is_none(poort):
    uit = draai("start", f"--poort={poort}")
    assert uit.returncode == 2
    assert "verwacht een getal van 1 tot en met 65535" in uit.stderr


@pytest.mark.traag
def test_on_a_server_of_others_start_refuses_until_somebody_migrates(databank: Databank):
    with databank.verbind("kernregister_eigenaar") as eigenaar:
        eigenaar.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        eigenaar.execute("DROP TABLE django_session")
    omgeving = {"KERNREGISTER_DEMO": "1", "KERNREGISTER_VAR": "var", **databank.verbindingen.als_omgeving()}
    start = draai("start", "--poort", str(vrije_poort()), **omgeving)
    assert start.returncode == 2
    assert "er wachten 1 migraties" in start.stderr
    assert json.loads(draai("stand", "--json", **omgeving).stdout)["migraties"] == ["sessions.0001_initial"]

    zonder = draai("migreer", **omgeving)
    assert zonder.returncode == 2
    assert "DATABASE_URL_EIGENAAR ontbreekt" in zonder.stderr

    omgeving |= databank.verbindingen.als_omgeving(eigenaar=True)
    assert draai("migreer", **omgeving).stdout.splitlines() == [
        "sessions.0001_initial",
        "1 migraties gedaan.",
    ]
    assert draai("migreer", **omgeving).stdout == "De tabellen waren al bij.\n"
    stand = draai("stand", **omgeving)
    assert stand.returncode == 1  # nobody started a worker
    assert "Er is geen worker" in stand.stdout


@pytest.mark.traag
def test_migrating_the_embedded_database_starts_it_and_leaves_it_as_it_was():
    with tijdelijk_cluster() as plaats:
        plaats.map.chmod(0o711)
        omgeving = {"KERNREGISTER_VAR": str(plaats.map / "var"), "KERNREGISTER_DEMO": "1"}
        cluster = cluster_van(Omgeving(omgeving, Path("nergens")))
        try:
            assert "migraties gedaan." in draai("migreer", **omgeving).stdout
            assert not cluster.draait()
            cluster.start()
            assert draai("migreer", **omgeving).stdout == "De tabellen waren al bij.\n"
            assert cluster.draait()
        finally:
            cluster.stop()


def test_the_stand_of_a_register_that_does_not_run_is_no_traceback(tmp_path):
    uit = draai("stand", "--json", KERNREGISTER_VAR=str(tmp_path / "var"), KERNREGISTER_DEMO="1")
    assert uit.returncode == 1
    stand = json.loads(uit.stdout)
    assert (stand["goed"], stand["databank"], stand["versie"], stand["migraties"]) == (
        False,
        False,
        None,
        None,
    )
    assert "De databank antwoordt niet" in stand["gebreken"][0]
