"""Making an overview, by a worker, and letting go of what is kept no longer. Tasks carry ids of requests only."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from kernregister.platform.taken import OPNIEUW
from kernregister.voorzieningen.overzichten import bewaren, maken

WACHTRIJ = "overzichten"


@app.task(name="overzichten.maak", queue=WACHTRIJ, retry=OPNIEUW)
def maak_overzicht(aanvraag: str) -> None:
    """Make an overview; when the worker dies, another begins again and makes the same bytes."""
    maken.maak(UUID(aanvraag))


@app.periodic(cron="*/10 * * * *", periodic_id="overzichten")
@app.task(
    name="overzichten.ruim_op",
    queue=WACHTRIJ,
    queueing_lock="overzichten.ruim_op",
    lock="overzichten.ruim_op",
)
def ruim_op(timestamp: int = 0) -> None:
    """Give up on what was lost on the way, and destroy files whose term has passed."""
    maken.geef_op()
    bewaren.vernietig()
