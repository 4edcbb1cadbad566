"""Several at once: one number is one person, nobody waits for ever, and the same question gets the same number."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TypeVar

import pytest
from django.db import connections, transaction

from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.kern.dossier import Adres
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import (
    Abonnementsoort,
    Koppeling,
    Nummers,
    Personalia,
    Uitkomst,
    identificeer,
)

T = TypeVar("T")
BSNS = [burgerservicenummer(i, 600) for i in range(600)]
OWNS = [onderwijsnummer(i, 600) for i in range(600)]
DAG = date(2026, 2, 1)


def tegelijk(*taken: Callable[[], T]) -> list[T]:
    """Run each in a transaction and a thread of its own, let all begin at once, and return what they gave."""
    hek = threading.Barrier(len(taken))

    def draai(taak: Callable[[], T]) -> T:
        try:
            hek.wait(10)
            with transaction.atomic(using="stelsel"):
                return taak()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(taken)) as pool:
        return [een.result(30) for een in [pool.submit(draai, taak) for taak in taken]]


@pytest.mark.usefixtures("databank")
def test_the_same_persons_made_by_several_at_once_are_made_once() -> None:
    heen, terug = [Nummers(bsn) for bsn in BSNS[:200]], [Nummers(bsn) for bsn in reversed(BSNS[:200])]
    een, twee, drie = tegelijk(
        lambda: personen.maak(heen), lambda: personen.maak(terug), lambda: personen.maak(heen)
    )
    assert een == twee[::-1] == drie
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM personen_persoon), (SELECT count(*) FROM personen_nummer)"
        )
        assert cursor.fetchone() == (200, 200)


@pytest.mark.usefixtures("databank")
def test_who_waited_for_the_lock_sees_the_number_that_was_linked_meanwhile() -> None:
    (wie,) = personen.maak([Nummers(None, OWNS[0])])
    vast, gekoppeld = threading.Event(), threading.Event()

    def koppel() -> Nummers:
        personen.vergrendel([wie])
        vast.set()
        assert personen.koppel_bsn(wie, BSNS[0]).uitslag is Koppeling.GEKOPPELD
        gekoppeld.wait(0.2)  # the other waits for the lock meanwhile
        return Nummers(BSNS[0], OWNS[0])

    def wacht() -> Nummers:
        vast.wait(10)
        return personen.vergrendel([wie])[wie]

    een, ander = tegelijk(koppel, wacht)
    assert een == ander


@pytest.mark.usefixtures("databank")
def test_one_bsn_linked_to_two_persons_at_once_goes_to_one_of_them() -> None:
    een, twee = personen.maak([Nummers(None, OWNS[0]), Nummers(None, OWNS[1])])
    uit = tegelijk(lambda: personen.koppel_bsn(een, BSNS[0]), lambda: personen.koppel_bsn(twee, BSNS[0]))
    van_wie = personen.zoek([BSNS[0]])[BSNS[0]]
    assert van_wie in {een, twee}
    assert {een: uit[0], twee: uit[1]}[van_wie].uitslag is Koppeling.GEKOPPELD
    (verliezer,) = [uitslag for uitslag in uit if uitslag.uitslag is not Koppeling.GEKOPPELD]
    assert (verliezer.uitslag, verliezer.ander) == (Koppeling.VAN_ANDER, van_wie)


@pytest.mark.usefixtures("databank")
def test_two_institutions_that_bring_the_same_newcomer_get_the_same_onderwijsnummer() -> None:
    vraag = Personalia(
        geboortedatum="2007-04-03",
        geslacht="V",
        achternaam="Turfling",
        voornamen="Noor",
        adres=Adres("Veerhorstpad", "3", None, "9741KX", "Groningen"),
    )

    def kom() -> tuple[Uitkomst, str | None, int]:
        uit = identificeer(vraag)
        assert uit.persoon is not None
        return uit.uitkomst, uit.persoon.onderwijsnummer, personen.leg_vast(uit.persoon).persoon_id

    uit = tegelijk(kom, kom, kom)
    assert len({nummer for _, nummer, _ in uit}) == 1
    assert len({persoon for _, _, persoon in uit}) == 1
    assert Uitkomst.NIEUW in {uitkomst for uitkomst, _, _ in uit}


@pytest.mark.usefixtures("databank")
def test_a_subscription_set_twice_at_once_runs_once() -> None:
    (wie,) = personen.maak([Nummers(BSNS[0])])

    def zet() -> None:
        personen.vergrendel([wie])
        personen.zet_abonnement(wie, "27DV", Abonnementsoort.PERSOONSGEGEVENS, "aan", DAG)

    tegelijk(zet, zet)
    assert personen.abonnees([wie], Abonnementsoort.PERSOONSGEGEVENS, DAG) == [(wie, "27DV")]
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT einde FROM personen_abonnement ORDER BY id")
        assert cursor.fetchall() == [("vervangen",), (None,)]
