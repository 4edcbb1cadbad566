"""What happens by itself: the turn of the day, the weekly figures, and sweeps. Tasks carry numbers of rows only."""

from __future__ import annotations

from procrastinate.contrib.django import app

from kernregister.platform import klok
from kernregister.voorzieningen.kwaliteit import dashboard, omkeren, sweeps

WACHTRIJ = "kwaliteit"


@app.periodic(cron="*/10 * * * *", periodic_id="kwaliteit")
@app.task(
    name="kwaliteit.keer_om", queue=WACHTRIJ, queueing_lock="kwaliteit.keer_om", lock="kwaliteit.keer_om"
)
def keer_om(timestamp: int = 0) -> None:
    """Bring everybody who is due up to date, and on the day of the schedule place the figures after it.

    Every ten minutes and not once a night: when nobody is due it costs one look, and a day on which the machine was
    off, a moved clock or a change that was made active is caught up with by itself.
    """
    dag = klok.vandaag()
    omkeren.keer_om(dag)
    if dag.isoweekday() == dashboard.rooster() and not dashboard.is_geplaatst(dag):
        dashboard.plaats(dag)


@app.task(name="kwaliteit.sweep", queue=WACHTRIJ, pass_context=False)
def sweep(nummer: int) -> None:
    """Try out a change on all dossiers; begun again after a fall, it goes on where it was."""
    sweeps.draai(nummer)
