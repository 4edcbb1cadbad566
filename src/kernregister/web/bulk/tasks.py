"""Bulk changes, by a worker."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from kernregister.platform.taken import OPNIEUW
from kernregister.web.bulk.uitvoeren import draai, ruim_op


@app.task(name="web.doe_bulk", retry=OPNIEUW)
def doe_bulk(bulk: str) -> None:
    """Do what a bulk change is at; when the worker dies or the database is away, it goes on where it was."""
    draai(UUID(bulk))


@app.periodic(cron="10 4 * * *", periodic_id="bulk")
@app.task(name="web.ruim_bulk_op", lock="web.ruim_bulk_op", queueing_lock="web.ruim_bulk_op")
def ruim_bulk_op(timestamp: int) -> None:
    """Each night, let go of what is not needed any more."""
    ruim_op()
