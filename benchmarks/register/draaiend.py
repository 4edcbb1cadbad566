"""A register that runs as ``kernregister start`` runs it, in a folder of its own, with a database that forgets nothing.

What is committed is on the disk: nothing of PostgreSQL's safety is turned off, for us or for a peer.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.gegevens import MAP
from benchmarks.meten import WORTEL
from kernregister.platform.databank.cluster import Cluster
from kernregister.platform.databank.verbindingen import verbindingen
from kernregister.platform.omgeving import Omgeving

GEDULD = 120.0
"""Seconds in which a server must answer."""

ONBEPERKT = "100000000"


def eigen_omgeving(map_: Path) -> dict[str, str]:
    """Return the environment of a register in a folder: a trial that sets no limit to what a client may ask."""
    vreemd = ("KERNREGISTER_", "DATABASE_URL", "DJANGO_")
    return {
        **{naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(vreemd)},
        "DJANGO_SETTINGS_MODULE": "kernregister.web.settings",
        "KERNREGISTER_DEMO": "1",
        "KERNREGISTER_VAR": str(map_),
        "KERNREGISTER_VERZOEKEN_PER_MINUUT": ONBEPERKT,
    }


@contextmanager
def tijdelijke_map() -> Iterator[Path]:
    """Give a folder on the disk where the data of the measurements are: a folder in memory would flatter."""
    MAP.mkdir(exist_ok=True)
    map_ = Path(tempfile.mkdtemp(prefix="draait-", dir=MAP))
    map_.chmod(0o711)
    try:
        yield map_
    finally:
        shutil.rmtree(map_, ignore_errors=True)


@contextmanager
def register(map_: Path, werkers: int = 2) -> Iterator[str]:
    """Start a register, have this process's Django work on its database, and give its address."""
    map_.mkdir(mode=0o711, exist_ok=True)
    omgeving = eigen_omgeving(map_)
    poort = vrije_poort()
    opdracht = [
        sys.executable,
        "-m",
        "kernregister",
        "start",
        "--poort",
        str(poort),
        "--werkers",
        str(werkers),
    ]
    try:
        with draaiend(opdracht, omgeving, map_ / "uitvoer", f"http://127.0.0.1:{poort}/gezond"):
            os.environ.update(omgeving)
            os.environ.update(verbindingen(Omgeving(omgeving, map_)).als_omgeving())
            _zet_django_klaar()
            try:
                yield f"http://127.0.0.1:{poort}"
            finally:
                _verbreek()
    finally:
        Cluster(map_ / "postgres").stop()


@contextmanager
def draaiend(
    opdracht: Sequence[str], omgeving: Mapping[str, str], uitvoer: Path, gezond: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the end, once it answers at an address."""
    with uitvoer.open("wb") as log:
        proces = subprocess.Popen(opdracht, env=dict(omgeving), cwd=WORTEL, stdout=log, stderr=log)
    try:
        einde = time.monotonic() + GEDULD
        while not _antwoordt(gezond):
            if proces.poll() is not None or time.monotonic() > einde:
                raise RuntimeError(f"de server start niet: {uitvoer.read_text()[-2000:]}")
            time.sleep(0.05)
        yield proces
    finally:
        proces.send_signal(signal.SIGTERM)
        try:
            proces.wait(GEDULD)
        except subprocess.TimeoutExpired:
            proces.kill()
            proces.wait()


def vrije_poort() -> int:
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        return int(proef.getsockname()[1])


def _antwoordt(adres: str) -> bool:
    with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(adres, timeout=5) as antwoord:
        return bool(antwoord.status == 200)
    return False


def _zet_django_klaar() -> None:
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _verbreek() -> None:
    from django.db import connections

    connections.close_all()
