"""Rounds of a delivery, by a worker."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from kernregister.platform.taken import OPNIEUW
from kernregister.web.leveringen.loslaten import ruim_op
from kernregister.web.leveringen.models import Ronde
from kernregister.web.leveringen.rondes import draai


@app.task(name="web.laad_levering", retry=OPNIEUW)
def laad_levering(levering: str) -> None:
    """Apply a delivery; when the worker dies or the database is away, it goes on where it was."""
    draai(UUID(levering), Ronde.ECHT)


@app.task(name="web.beproef_levering", retry=OPNIEUW)
def beproef_levering(levering: str) -> None:
    """Do the dry run of a delivery; as `laad_levering`."""
    draai(UUID(levering), Ronde.PROEF)


@app.periodic(cron="40 3 * * *", periodic_id="leveringen")
@app.task(
    name="web.ruim_leveringen_op",
    lock="web.ruim_leveringen_op",
    queueing_lock="web.ruim_leveringen_op",
)
def ruim_leveringen_op(timestamp: int) -> None:
    """Each night, let go of what is not needed any more."""
    ruim_op()
