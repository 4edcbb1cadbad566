"""What happens by itself: rows brought up to date, overviews at scheduled moments, the definitive status."""

from __future__ import annotations

from procrastinate.contrib.django import app

from kernregister.platform.taken import OPNIEUW
from kernregister.voorzieningen.bekostigen import bewaren, bijwerken, definitief_bepalen, momenten

WACHTRIJ = "bekostigen"


@app.periodic(cron="*/10 * * * *", periodic_id="bekostigen")
@app.task(
    name="bekostigen.werk_bij",
    queue=WACHTRIJ,
    queueing_lock="bekostigen.werk_bij",
    lock="bekostigen.werk_bij",
)
def werk_bij(timestamp: int = 0) -> None:
    """Bring everybody up to date with the parameters, reference data, open years and program of now.

    When nothing changed it costs one look; broken off, the next run goes on where it was.
    """
    bijwerken.werk_alles_bij()


@app.periodic(cron="5 * * * *", periodic_id="tbg")
@app.task(
    name="bekostigen.vraag_tbg_aan",
    queue=WACHTRIJ,
    queueing_lock="bekostigen.vraag_tbg_aan",
    lock="bekostigen.vraag_tbg_aan",
)
def vraag_tbg_aan(timestamp: int = 0) -> None:
    """Ask for the TBG overview of every funded institution when a scheduled moment has come."""
    momenten.vraag_aan_op()


@app.task(name="bekostigen.stel_vast", queue=WACHTRIJ, retry=OPNIEUW)
def stel_vast(run: int) -> None:
    """Determine the definitive status of a year; when the worker dies, another goes on where it was."""
    definitief_bepalen.draai(run)


@app.periodic(cron="40 3 * * *", periodic_id="bekostigen-bewaren")
@app.task(
    name="bekostigen.vernietig",
    queue=WACHTRIJ,
    queueing_lock="bekostigen.vernietig",
    lock="bekostigen.vernietig",
)
def vernietig(timestamp: int = 0) -> None:
    """Destroy files of assurance reports and definitive decisions whose term has passed."""
    bewaren.vernietig()
