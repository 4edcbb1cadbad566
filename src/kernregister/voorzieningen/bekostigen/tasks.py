"""What happens by itself: rows brought up to date when what they rest on changed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from kernregister.voorzieningen.bekostigen import bijwerken, definitief_bepalen

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


@app.task(name="bekostigen.stel_vast", queue=WACHTRIJ)
def stel_vast(run: int) -> None:
    """Determine the definitive status of a year; when the worker dies, another goes on where it was."""
    definitief_bepalen.draai(run)
