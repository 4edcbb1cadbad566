"""Bringing rows up to date when no melding does: parameters, reference data, open years or the program changed.

Also the first fill of a register that was loaded already. Each batch is a transaction of its own that records how far
it came; broken off at any moment, the next run goes on there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from kernregister.kern.dossier import Dossier, Persoon
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen import grondslag
from kernregister.voorzieningen.bekostigen.posten import besluiten
from kernregister.voorzieningen.bekostigen.volgen import Boek
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register

PER_KEER = 500
"""Persons in one transaction: short enough that a melding on one of them hardly waits."""


def werk_alles_bij(
    dag: date | None = None, per: int = PER_KEER, meld: Callable[[int], None] | None = None
) -> int:
    """Bring everybody up to date with what funding is decided with now; return how many persons were looked at.

    Args:
        dag: the day whose years are open; today when not given.
        per: persons in one transaction.
        meld: told after each batch how many have been done.
    """
    dag = dag or klok.vandaag()
    gedaan = 0
    while aantal := register.in_een_transactie(lambda: _volgende(dag, per)):
        gedaan += aantal
        if meld:
            meld(gedaan)
    return gedaan


def _volgende(dag: date, per: int) -> int:
    """Do the next persons, and return how many they were; 0: everybody is done."""
    huidig = grondslag.huidige(dag)
    stand = grondslag.leg_vast(huidig, klok.nu())
    if stand.klaar:
        return 0
    with cursor() as sql:
        sql.execute(
            "SELECT id FROM personen_persoon WHERE id > %s ORDER BY id LIMIT %s", [stand.tot_persoon, per]
        )
        ids = [id_ for (id_,) in sql]
    if ids:
        werk_bij(ids, dag, stand.reden)
    with cursor() as sql:
        sql.execute(
            "UPDATE bekostigen_grondslag SET tot_persoon = %s, klaar_op = %s WHERE id = %s",
            [ids[-1] if ids else stand.tot_persoon, None if ids else klok.nu(), stand.id],
        )
    return len(ids)


def werk_bij(ids: Collection[int], dag: date | None = None, reden: str | None = None) -> int:
    """Lock persons and bring their rows up to date, inside the caller's transaction; return how many rows differed.

    Args:
        ids: the persons.
        dag: the day whose years are open; today when not given.
        reden: what is put on record with what differs; without it, what changed since the last time.
    """
    huidig = grondslag.huidige(dag or klok.vandaag())
    eigen = personen.vergrendel(ids)
    dossiers = dict(register.dossiers(list(eigen)))
    boek = Boek(huidig, ids, klok.nu())
    verschil = 0
    for id_ in sorted(ids):
        posten = besluiten(dossiers.get(id_) or Dossier(Persoon()), huidig.beslissers).posten
        verschil += boek.haal_bij(id_, posten, reden)
    boek.leg_vast()
    return verschil


def achterstand(dag: date | None = None) -> bool:
    """Tell whether not everybody is up to date yet with what funding is decided with now."""
    vorige = grondslag.laatste()
    huidig = grondslag.huidige(dag or klok.vandaag())
    return vorige is None or vorige.kenmerk != huidig.kenmerk or not vorige.klaar
