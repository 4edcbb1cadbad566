"""The worker beside somebody who can run any SQL as the application: everybody may speak on a channel of PostgreSQL."""

import base64
import os
import subprocess
import time
from pathlib import Path

import pytest

from kernregister.platform.databank.rollen import APP, STELSEL
from kernregister.platform.processen import opdrachten
from tests.databank import Databank

ONZIN = ("x", "[]", "{}", '{"type": "abort_job_requested", "job_id": 1}', '{"type": "job_inserted"}')
KANALEN = ("procrastinate_any_queue_v1", "procrastinate_queue_v1#platform")


@pytest.mark.traag
def test_the_worker_works_on_whatever_the_application_calls_out(databank: Databank, tmp_path: Path) -> None:
    omgeving = {
        **os.environ,
        **databank.verbindingen.als_omgeving(),
        "KERNREGISTER_SLEUTEL": base64.b64encode(bytes(range(32))).decode(),
        "KERNREGISTER_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "kernregister.web.settings",
    }
    with databank.verbind(STELSEL) as stelsel, (tmp_path / "uitvoer").open("w") as uitvoer:
        werker = subprocess.Popen(
            opdrachten(1, 1)["worker"], env=omgeving, stdout=uitvoer, stderr=uitvoer, cwd=tmp_path
        )
        try:
            tot = time.monotonic() + 30
            while not stelsel.execute("SELECT 1 FROM procrastinate_workers").fetchone():
                assert time.monotonic() < tot, (tmp_path / "uitvoer").read_text()
                time.sleep(0.1)
            with databank.verbind(APP) as app:
                for kanaal in KANALEN:
                    for onzin in ONZIN:
                        app.execute("SELECT pg_notify(%s, %s)", [kanaal, onzin])
            time.sleep(2)
            assert werker.poll() is None, (tmp_path / "uitvoer").read_text()
        finally:
            werker.terminate()
            werker.wait(30)
