"""The databases of tests: each its own, as the roles of production, and nothing is left however a test run ends."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import OperationalError, connections

from tests.conftest import ROOT

GEDOOD = """
import os, signal
from tests.databank import tijdelijk_cluster
with tijdelijk_cluster() as cluster:
    cluster.start()
    print(cluster.map, (cluster.data / "postmaster.pid").read_text().split()[0], flush=True)
    os.kill(os.getpid(), signal.{})
"""


@pytest.mark.parametrize("ronde", [1, 2])
def test_each_test_has_a_database_of_its_own(databank, ronde):
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_content_type WHERE app_label = 'proef'")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO django_content_type (app_label, model) VALUES ('proef', 'proef')")


def test_the_connections_of_django_are_those_of_production(databank):
    wie = {}
    for alias in ("default", "stelsel", "eigenaar"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_user, current_database()")
            wie[alias] = cursor.fetchone()
    assert wie == {
        "default": ("kernregister_app", databank.naam),
        "stelsel": ("kernregister_stelsel", databank.naam),
        "eigenaar": ("kernregister_eigenaar", databank.naam),
    }


def test_without_asking_for_a_database_there_is_none():
    with pytest.raises(OperationalError, match="vraag-de-fixture-databank"):
        connections["default"].cursor()


@pytest.mark.parametrize("signaal", ["SIGKILL", "SIGTERM"])
def test_a_test_run_that_is_killed_leaves_no_server_and_no_folder(signaal):
    uit = subprocess.run(
        [sys.executable, "-c", GEDOOD.format(signaal)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert uit.returncode == -getattr(signal, signaal)
    map_, pid = uit.stdout.split()
    einde = time.monotonic() + 30
    while Path(map_).exists() or _leeft(pid):
        assert time.monotonic() < einde
        time.sleep(0.02)


def _leeft(pid: str) -> bool:
    try:
        return (Path("/proc") / pid / "cmdline").read_bytes() != b""  # a zombie has none
    except OSError:
        return False
