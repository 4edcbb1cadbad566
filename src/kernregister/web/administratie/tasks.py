"""Comparing and mending, by a worker; letting go of what is kept no longer. Tasks carry ids only."""

from __future__ import annotations

from uuid import UUID

from procrastinate import exceptions
from procrastinate.contrib.django import app

from kernregister.platform.taken import OPNIEUW, onderhanden
from kernregister.web.administratie import bestanden, uitvoeren, vergelijken
from kernregister.web.administratie.models import Toestand, Vergelijking

WACHTRIJ = "administratie"


@app.task(name="administratie.vergelijk", queue=WACHTRIJ, retry=OPNIEUW)
def vergelijk(vergelijking: str) -> None:
    """Put an upload beside the register; when the worker dies, another begins again."""
    vergelijken.vergelijk(UUID(vergelijking))


@app.task(name="administratie.beproef", queue=WACHTRIJ, retry=OPNIEUW)
def beproef_opdracht(opdracht: str) -> None:
    """Try an assignment without keeping anything of it."""
    uitvoeren.werk(UUID(opdracht), proef=True)


@app.task(name="administratie.voer_door", queue=WACHTRIJ, retry=OPNIEUW)
def voer_opdracht_door(opdracht: str) -> None:
    """Do an assignment; done again after an interruption, it goes on where it was."""
    uitvoeren.werk(UUID(opdracht), proef=False)


@app.periodic(cron="20 3 * * *", periodic_id="administratie")
@app.task(
    name="administratie.ruim_op",
    queue=WACHTRIJ,
    queueing_lock="administratie.ruim_op",
    lock="administratie.ruim_op",
)
def ruim_op(timestamp: int = 0) -> None:
    """Destroy uploads whose term has passed."""
    bestanden.vernietig_verlopen()


def staat_stil(vergelijking: Vergelijking) -> bool:
    """Tell whether a comparison was asked for of which no task waits or runs: it failed, and nobody goes on with it."""
    bezig = vergelijking.toestand in (Toestand.WACHT, Toestand.BEZIG)
    return bezig and str(vergelijking.id) not in onderhanden([vergelijk.name], "vergelijking")


def vraag_vergelijking(vergelijking: UUID) -> None:
    """Have an upload compared, unless that is asked for already."""
    slot = f"administratie.{vergelijking}"
    try:
        vergelijk.configure(queueing_lock=slot, lock=slot).defer(vergelijking=str(vergelijking))
    except exceptions.AlreadyEnqueued:
        return
