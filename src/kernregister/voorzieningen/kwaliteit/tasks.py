"""What happens by itself: the turn of the day, the weekly figures, and sweeps. Tasks carry numbers of rows only."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kernregister.kern.regels.paspoort import Fase
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.taken import OPNIEUW
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


@app.task(name="kwaliteit.sweep", queue=WACHTRIJ, retry=OPNIEUW)
def sweep(nummer: int) -> None:
    """Try out a change on all dossiers; begun again after a fall, it goes on where it was."""
    sweeps.draai(nummer)


@app.task(name="kwaliteit.tel", queue=WACHTRIJ, retry=OPNIEUW)
def tel(instelling: str, jaar: int, dag: str) -> None:
    """Count an institution that is too large to count while somebody waits; ``dag`` is empty for now."""
    per = date.fromisoformat(dag) if dag else None
    dashboard.dashboard(instelling, Studiejaar(jaar), per, verbinding="stelsel")


def vraag_telling(instelling: str, studiejaar: Studiejaar, stand_per: date | None = None) -> None:
    """Have the worker count an institution; asked again before it has begun, it is done once.

    The figures are for who may see them: a page asks for them after its pass was judged.
    """
    dag = stand_per.isoformat() if stand_per else ""
    slot = f"kwaliteit.tel {instelling} {studiejaar} {dag}"
    with suppress(AlreadyEnqueued), transaction.atomic(using="stelsel"):
        tel.configure(queueing_lock=slot, lock=slot).defer(
            instelling=instelling, jaar=studiejaar.start, dag=dag
        )


def beproef(door: str, gegevens_versie: int | None = None, regels: Mapping[str, Fase] | None = None) -> int:
    """Have a change tried out on all dossiers by the worker; return the number under which it is followed.

    Args:
        door: who asks.
        gegevens_versie: a concept version of the reference data.
        regels: rule -> the stage of life that it is to get.

    Raises:
        Kwaliteitsfout: there is nothing to try out, or a rule or version does not exist.
    """
    with transaction.atomic(using="stelsel"):
        nummer = sweeps.begin(door, gegevens_versie, regels)
        sweep.defer(nummer=nummer)
    return nummer
