"""Bringing persons up to date when no melding does: a day came, or what signals are judged with has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date

from django.db import transaction

from kernregister.kern.dossier import Dossier, Persoon
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.bijhouden import Bijwerking
from kernregister.voorzieningen.kwaliteit.bladen import vergeet_levende
from kernregister.voorzieningen.kwaliteit.grondslag import huidige, nummer
from kernregister.voorzieningen.kwaliteit.signaal import Ingreep
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register

PER_KEER = 500
"""Persons in one transaction: short enough that a melding on one of them hardly waits."""


def keer_om(dag: date | None = None, per: int = PER_KEER, meld: Callable[[int], None] | None = None) -> int:
    """Bring everybody who is due up to date, and return how many that were.

    Each batch is a transaction of its own. Broken off at any moment, the next run does what is left: whoever is done
    is no longer due. On 1 August everybody is, because the control window moves.

    Args:
        dag: the day to judge on; today when not given.
        per: persons in one transaction.
        meld: told after each batch how many have been done.
    """
    dag = dag or klok.vandaag()
    gedaan = 0
    for ids in _toe_aan(dag, per):
        with transaction.atomic(using="stelsel"):
            werk_bij(ids, dag)
        gedaan += len(ids)
        if meld:
            meld(gedaan)
    return gedaan


def werk_bij(ids: Collection[int], dag: date | None = None, reden: str = "") -> None:
    """Lock persons and bring their signals up to date, inside the caller's transaction.

    Args:
        ids: the persons.
        dag: the day to judge on; today when not given.
        reden: judge them anew for this reason, whether or not they are due.
    """
    dag = dag or klok.vandaag()
    eigen = personen.vergrendel(ids)
    dossiers = dict(register.dossiers(list(eigen)))
    werk = Bijwerking(ids, klok.nu(), dag)
    for id_ in sorted(ids):
        if id_ not in eigen:
            werk.laat_los(id_)
            continue
        dossier = dossiers.get(id_) or Dossier(Persoon())
        werk.haal_bij(id_, dossier)
        if reden:
            werk.beoordeel(id_, dossier, Ingreep(dag, reden=reden))
    werk.leg_vast()


def na_vernietiging(wie: Collection[int]) -> None:
    """Judge and count persons anew of whom something was destroyed because its term had passed."""
    vergeet_levende()
    werk_bij(wie, reden="bewaartermijn verstreken")


def achterstand(dag: date | None = None) -> int:
    """Return how many persons are still due: what is left of a turn or of a change that was made active."""
    dag = dag or klok.vandaag()
    with transaction.atomic(using="stelsel"), cursor() as sql:
        sql.execute(
            "SELECT count(*) FROM kwaliteit_kantelmoment WHERE dag <= %s OR grondslag <> %s",
            [dag, nummer(huidige(dag), klok.nu())],
        )
        (aantal,) = sql.fetchone() or (0,)
    return int(aantal)


def _toe_aan(dag: date, per: int) -> Iterator[list[int]]:
    """Give the persons that are due, some at a time and in order of id, so that the table is gone through once."""
    laatste = 0
    while True:
        with transaction.atomic(using="stelsel"), cursor() as sql:
            sql.execute(
                "SELECT persoon_id FROM kwaliteit_kantelmoment"
                " WHERE persoon_id > %s AND (dag <= %s OR grondslag <> %s)"
                " ORDER BY persoon_id LIMIT %s",
                [laatste, dag, nummer(huidige(dag), klok.nu()), per],
            )
            ids = [id_ for (id_,) in sql]
        if not ids:
            return
        yield ids
        laatste = ids[-1]
