"""The queue of tasks: Procrastinate in the database itself, in the role ``stelsel``.

A room writes its tasks in ``tasks.py`` with `app`. Arguments are ids of rows and nothing else: a queue is read by
makers and shown in logs, and a number of a person has no place there.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from kernregister.platform.sql import WEG

MEESTE_POGINGEN = 5
"""Times a task is begun that takes its worker down with it; then it counts as failed and waits for a person."""

OPNIEUW = RetryStrategy(max_attempts=MEESTE_POGINGEN, exponential_wait=2, retry_exceptions=set(WEG))
"""For a task that begins again, or goes on, when the database was away for a moment."""

STIL = 30
"""Seconds without a sign of life after which a worker is taken for dead."""


def onderhanden(taken: Sequence[str], argument: str) -> set[str]:
    """Return for which rows, by the value of this argument, one of these tasks waits or runs."""
    with connections["stelsel"].cursor() as sql:
        sql.execute(
            "SELECT DISTINCT args ->> %s FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing') AND task_name = ANY (%s)",
            [argument, [*taken]],
        )
        return {waarde for (waarde,) in sql.fetchall()}


@app.periodic(cron="* * * * *", periodic_id="herstel")
@app.task(
    name="platform.herstel_vastgelopen",
    queue="platform",
    queueing_lock="platform.herstel_vastgelopen",
    pass_context=True,
)
async def herstel_vastgelopen(context: JobContext, timestamp: int) -> None:
    """Have the tasks of workers that died begin again; a task that keeps killing its worker fails for good."""
    beheer = context.app.job_manager
    for taak in await beheer.get_stalled_jobs(seconds_since_heartbeat=STIL):
        if taak.attempts < MEESTE_POGINGEN:
            await beheer.retry_job(taak)
        else:
            await beheer.finish_job(taak, Status.FAILED, delete_job=False)
