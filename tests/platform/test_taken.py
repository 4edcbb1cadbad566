"""Tasks are not lost: those of a worker that died begin again, and one that keeps killing workers ends as failed."""

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from kernregister.platform import taken
from tests.databank import Databank

HERSTEL = "platform.herstel_vastgelopen"


def vastgelopen_taak(databank: Databank, pogingen: int) -> int:
    """A task that a worker took on long ago, and was never heard of since."""
    with databank.verbind("kernregister_stelsel") as stelsel:
        werker = stelsel.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        ).fetchone()
        taak = stelsel.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, worker_id) "
            "VALUES ('default', 'proef', 'doing', %s, %s) RETURNING id",
            [pogingen, werker[0]],
        ).fetchone()
    return taak[0]


def toestand(taak: int) -> str:
    return ProcrastinateJob.objects.using("stelsel").get(pk=taak).status


@pytest.mark.parametrize(
    ("pogingen", "daarna"),
    [(0, "todo"), (taken.MEESTE_POGINGEN - 1, "todo"), (taken.MEESTE_POGINGEN, "failed")],
)
def test_the_task_of_a_dead_worker_begins_again_but_not_for_ever(databank, pogingen, daarna):
    taak = vastgelopen_taak(databank, pogingen)
    app.configure_task(HERSTEL).defer(timestamp=0)
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, queues=["platform"])
    assert toestand(taak) == daarna


def test_the_repair_is_asked_for_once_however_many_workers_ask():
    assert app.tasks[HERSTEL].queueing_lock == HERSTEL
    assert app.tasks[HERSTEL].queue == "platform"


def test_the_queue_is_out_of_reach_of_the_application(databank):
    with databank.verbind("kernregister_app") as app_, pytest.raises(Exception, match="permission denied"):
        app_.execute("SELECT * FROM procrastinate_jobs")
