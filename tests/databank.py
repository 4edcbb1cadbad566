"""Fixtures for tests on a real PostgreSQL: one cluster a process, one migrated template, a fresh copy for each test.

``KERNREGISTER_TEST_POSTGRES=16`` runs them on the other version. However pytest ends, a watcher stops the cluster and
removes its folder: it waits for a pipe that the system closes when this process is gone.
"""

import base64
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kernregister.platform.databank.cluster import BEHEERDER, Cluster
from kernregister.platform.databank.rollen import APP, EIGENAAR, STELSEL
from kernregister.platform.databank.verbindingen import Verbindingen, maak_gereed

VERSIE = int(os.environ.get("KERNREGISTER_TEST_POSTGRES", "18"))
SJABLOON = "sjabloon"

_DJANGO_KAMERS = {"platform", "voorzieningen", "web", "koppelingen", "crash"}
_ROL_VAN_ALIAS = {"default": APP, "stelsel": STELSEL, "eigenaar": EIGENAAR}
_RUIM_OP = """
cat >/dev/null
map=$1
pid=$(head -n 1 "$map/data/postmaster.pid" 2>/dev/null)
leeft() {
  [ -n "$pid" ] || return 1
  if [ -d /proc/self ]; then grep -qsF "$map" "/proc/$pid/cmdline"; else kill -0 "$pid" 2>/dev/null; fi
}
leeft && kill -QUIT "$pid"
while leeft; do sleep 0.01; done
rm -rf "$map"
"""
_nummers = itertools.count(1)


@dataclass(frozen=True)
class Databank:
    """A database of one test: an empty register with all its tables."""

    cluster: Cluster
    naam: str

    def url(self, rol: str) -> str:
        """Return the address for a role."""
        return self.cluster.url(rol, self.naam)

    def verbind(self, rol: str) -> psycopg.Connection:
        """Return a session of a role, outside Django; every statement is a transaction of its own."""
        return psycopg.connect(self.url(rol), autocommit=True)

    @property
    def verbindingen(self) -> Verbindingen:
        """The addresses of this database; with ``als_omgeving`` for other processes."""
        return Verbindingen(self.url(APP), self.url(STELSEL), self.url(EIGENAAR))


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Set Django up before test modules that use it are imported; the pure rooms never wait for it."""
    if isinstance(collector, pytest.Module) and _DJANGO_KAMERS & {*collector.path.parts}:
        with suppress(
            Exception
        ):  # settings that do not load fail the tests that need them, in their own place
            zet_django_klaar()


def zet_django_klaar() -> None:
    """Set Django up with a key of its own and without a database: only the fixture ``databank`` gives it one."""
    import django
    from django.apps import apps

    if apps.ready:
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "kernregister.web.settings"
    os.environ["KERNREGISTER_SLEUTEL"] = base64.b64encode(bytes(range(32))).decode()
    for rol in ("", "_STELSEL", "_EIGENAAR"):
        os.environ.pop(f"DATABASE_URL{rol}", None)
    django.setup()
    _wijs_django(None, "")


@contextmanager
def tijdelijk_cluster(versie: int = VERSIE, **opties: Any) -> Iterator[Cluster]:
    """Give a cluster in a folder of its own, not started; it ends and goes away whatever happens."""
    # A short path: a socket lies in it. Not pytest's own folder: that one is closed to the user who runs PostgreSQL.
    map_ = Path(tempfile.mkdtemp(prefix="kr-", dir=_snelle_schijf()))
    opties = {"duurzaam": False, **opties}
    opruimer = ["sh", "-c", _RUIM_OP, "sh", str(map_)]
    with subprocess.Popen(opruimer, stdin=subprocess.PIPE, start_new_session=True):
        yield Cluster(map_, versie, **opties)


def _snelle_schijf() -> str | None:
    """Return a folder in memory when there is room: a copy of the template takes 20 ms there, and 700 on some disks."""
    geheugen = "/dev/shm"
    if os.access(geheugen, os.W_OK) and shutil.disk_usage(geheugen).free > 1_000_000_000:
        return geheugen
    return None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The PostgreSQL of this process, running, with the three roles and an empty template."""
    with tijdelijk_cluster() as uit:
        uit.start()
        maak_gereed(uit, SJABLOON)
        yield uit


@pytest.fixture(scope="session")
def sjabloon(cluster: Cluster) -> str:
    """The template, migrated as the owner."""
    from django.core.management import call_command

    zet_django_klaar()
    with django_op(cluster, SJABLOON):
        call_command("migrate", database="eigenaar", verbosity=0, interactive=False)
    return SJABLOON


@pytest.fixture(scope="session")
def _beheer(cluster: Cluster) -> Iterator[psycopg.Connection]:
    with psycopg.connect(cluster.url(BEHEERDER, "postgres"), autocommit=True) as beheer:
        yield beheer


@contextmanager
def django_op(cluster: Cluster, databank: str) -> Iterator[None]:
    """Have Django's connections work on a database as their own roles; afterwards they lead nowhere again."""
    _wijs_django(cluster, databank)
    try:
        yield
    finally:
        _wijs_django(None, "")


@pytest.fixture
def databank(cluster: Cluster, sjabloon: str, _beheer: psycopg.Connection) -> Iterator[Databank]:
    """Give a fresh copy of the template, and have Django's connections work on it as their own roles."""
    uit = Databank(cluster, f"proef_{next(_nummers)}")
    _beheer.execute(f"CREATE DATABASE {uit.naam} OWNER {EIGENAAR} TEMPLATE {sjabloon} STRATEGY FILE_COPY")
    try:
        with django_op(cluster, uit.naam):
            yield uit
    finally:
        _beheer.execute(f"DROP DATABASE {uit.naam} WITH (FORCE)")


def _wijs_django(cluster: Cluster | None, databank: str) -> None:
    """Have Django's connections lead to a database as their roles; without one they lead nowhere.

    What was kept of the database before it is let go of.
    """
    from django.db import connections

    from kernregister.platform import geheugen

    geheugen.vergeet()
    connections.close_all()
    for alias, rol in _ROL_VAN_ALIAS.items():
        connections.settings.setdefault(alias, {**connections.settings["stelsel"]})
        connections.settings[alias].update(
            NAME=databank or "geen",
            USER=rol,
            PASSWORD=cluster.wachtwoord(rol) if cluster else "",
            HOST=str(cluster.socketmap) if cluster else "/vraag-de-fixture-databank",
            PORT="",
        )
        with suppress(AttributeError):
            del connections[alias]  # it holds the settings it was made with
