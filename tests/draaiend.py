"""A register that runs as `kernregister start` runs it, with its processes in sight."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kernregister.platform.databank.cluster import Cluster
from kernregister.platform.databank.verbindingen import cluster_van
from kernregister.platform.omgeving import Omgeving
from tests.conftest import ROOT
from tests.databank import tijdelijk_cluster

KERNREGISTER = (sys.executable, "-m", "kernregister")

GEDULD = 180
"""Seconds in which things must be as they should; a fraction of it on a machine at rest."""


def wacht_tot(klopt: Callable[[], object], wat: str) -> None:
    einde = time.monotonic() + GEDULD
    while not klopt():
        assert time.monotonic() < einde, f"na {GEDULD} s nog niet: {wat}"
        time.sleep(0.05)


def processen_onder(pid: int) -> dict[int, str]:
    """All descendants of a process, with their commands; zombies are not alive."""
    ouders: dict[int, int] = {}
    opdrachten: dict[int, str] = {}
    for map_ in Path("/proc").glob("[0-9]*"):
        try:
            staat, ouder = (map_ / "stat").read_text().rpartition(")")[2].split()[:2]
            opdracht = (map_ / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if staat != "Z":
            ouders[int(map_.name)] = int(ouder)
            opdrachten[int(map_.name)] = opdracht
    uit: dict[int, str] = {}
    nieuw = [pid]
    while nieuw:
        kinderen = [kind for kind, ouder in ouders.items() if ouder in nieuw]
        uit.update({kind: opdrachten[kind] for kind in kinderen})
        nieuw = kinderen
    return uit


@dataclass
class Register:
    """A register that runs as `kernregister start` runs it."""

    opzichter: subprocess.Popen[bytes]
    poort: int
    omgeving: dict[str, str]
    logboek: Path

    @property
    def cluster(self) -> Cluster:
        return cluster_van(Omgeving(self.omgeving, Path("nergens")))

    def gezond(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.poort}/gezond", timeout=5) as antwoord:
                return antwoord.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def pid_van(self, kenmerk: str) -> int | None:
        """The process directly under the supervisor that has this in its command."""
        onder = processen_onder(self.opzichter.pid)
        return min((pid for pid, opdracht in onder.items() if kenmerk in opdracht), default=None)

    def kernregister(self, *woorden: str) -> subprocess.CompletedProcess[str]:
        opdracht = [sys.executable, "-m", "kernregister", *woorden]
        return subprocess.run(
            opdracht, env=self.omgeving, cwd=ROOT, capture_output=True, text=True, check=False
        )

    def in_orde(self) -> bool:
        return self.kernregister("stand").returncode == 0


def vrije_poort() -> int:
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        return int(proef.getsockname()[1])


def schone_omgeving(**erbij: str) -> dict[str, str]:
    eigen = ("KERNREGISTER_", "DATABASE_URL", "DJANGO_")
    return {**{n: w for n, w in os.environ.items() if not n.startswith(eigen)}, **erbij}


@contextmanager
def draaiend_register(
    logboek: Path,
    opdracht: Sequence[str] = KERNREGISTER,
    werkers: int = 1,
    opties: Sequence[str] = (),
    **instellingen: str,
) -> Iterator[Register]:
    """Start a register in a folder of its own; whatever was killed of it, nothing remains afterwards.

    Args:
        logboek: where it may write what it says.
        opdracht: how to call the command line.
        werkers: processes of the web part.
        opties: more options of the command.
        instellingen: environment variables.
    """
    with tijdelijk_cluster() as plaats:
        plaats.map.chmod(0o711)
        omgeving = schone_omgeving(KERNREGISTER_VAR=str(plaats.map / "var"), **instellingen)
        poort = vrije_poort()
        woorden = [*opdracht, "start", "--poort", str(poort), "--werkers", str(werkers), *opties]
        with logboek.open("wb") as log:
            opzichter = subprocess.Popen(woorden, env=omgeving, cwd=ROOT, stdout=log, stderr=log)
        uit = Register(opzichter, poort, omgeving, logboek)
        try:
            wacht_tot(lambda: uit.gezond() or opzichter.poll() is not None, "het register start")
            assert opzichter.poll() is None, uit.logboek.read_text()
            yield uit
        finally:
            onder = processen_onder(opzichter.pid)
            opzichter.send_signal(signal.SIGTERM)
            try:
                opzichter.wait(GEDULD)
            except subprocess.TimeoutExpired:
                opzichter.kill()
                opzichter.wait()
            for pid in onder:
                if processen_onder(1).get(pid) == onder[pid]:
                    os.kill(pid, signal.SIGKILL)
            uit.cluster.stop()
