"""An institution follows a person as long as it has a purpose, nine months at most; who followed whom stays known."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connections, transaction

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.abonnementen import looptijd
from kernregister.voorzieningen.personen.public import Abonnementsoort, Doel, Nummers

PERSOON, VOOR = Abonnementsoort.PERSOONSGEGEVENS, Abonnementsoort.VOOROPLEIDING
DAG = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def _transactie(databank: object) -> Iterator[None]:
    with transaction.atomic(using="stelsel"):
        yield


@pytest.fixture
def wie() -> int:
    return personen.maak([Nummers(burgerservicenummer(1, 90))])[0]


def _rijen() -> list[tuple[str, str | None]]:
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT instelling, einde FROM personen_abonnement ORDER BY id")
        return cursor.fetchall()


def test_a_subscription_holds_from_its_day_for_nine_months(wie: int) -> None:
    personen.zet_abonnement(wie, "27DV", PERSOON, "aan", DAG)
    for op, volgt in (
        (date(2026, 1, 31), False),
        (DAG, True),
        (date(2026, 10, 31), True),
        (date(2026, 11, 1), False),
    ):
        assert personen.abonnees([wie], PERSOON, op) == ([(wie, "27DV")] if volgt else [])
    assert personen.abonnees([wie], VOOR, DAG) == []
    assert personen.abonnees([], PERSOON, DAG) == []
    assert looptijd(DAG) == 9


def test_the_task_ends_what_is_due_and_nothing_else(wie: int) -> None:
    personen.zet_abonnement(wie, "27DV", PERSOON, "aan", DAG)
    personen.zet_abonnement(wie, "25PX", PERSOON, "aan", date(2026, 2, 2))
    assert personen.verloop(date(2026, 10, 31)) == 0
    assert personen.verloop(date(2026, 11, 1)) == 1
    assert personen.verloop(date(2026, 11, 1)) == 0
    assert _rijen() == [("27DV", "termijn"), ("25PX", None)]


def test_the_institution_ends_it_itself(wie: int) -> None:
    personen.zet_abonnement(wie, "27DV", PERSOON, "uit", DAG)  # there is none: nothing happens
    personen.zet_abonnement(wie, "27DV", PERSOON, "aan", DAG)
    personen.zet_abonnement(wie, "25PX", PERSOON, "aan", DAG)
    personen.zet_abonnement(wie, "27DV", VOOR, "aan", DAG)
    personen.zet_abonnement(wie, "27DV", PERSOON, "uit", DAG)
    assert personen.abonnees([wie], PERSOON, DAG) == [(wie, "25PX")]
    assert personen.abonnees([wie], VOOR, DAG) == [(wie, "27DV")]
    assert _rijen() == [("27DV", "instelling"), ("25PX", None), ("27DV", None)]


def test_setting_it_again_starts_a_new_term_and_keeps_the_old_row(wie: int) -> None:
    personen.zet_abonnement(wie, "27DV", PERSOON, "aan", DAG, doel=Doel.AANMELDING, referentie="A1")
    later = date(2026, 8, 1)
    personen.zet_abonnement(wie, "27DV", PERSOON, "aan", later, doel=Doel.INSCHRIJVING, referentie="I1")
    assert personen.abonnees([wie], PERSOON, date(2027, 4, 30)) == [(wie, "27DV")]
    assert personen.abonnees([wie], PERSOON, date(2027, 5, 1)) == []
    assert _rijen() == [("27DV", "vervangen"), ("27DV", None)]


def test_asking_once_is_recorded_and_follows_nobody(wie: int) -> None:
    personen.zet_abonnement(wie, "27DV", VOOR, "eenmalig", DAG)
    assert personen.abonnees([wie], VOOR, DAG) == []
    personen.zet_abonnement(wie, "27DV", VOOR, "aan", DAG)
    personen.zet_abonnement(wie, "27DV", VOOR, "eenmalig", DAG)
    assert personen.abonnees([wie], VOOR, DAG) == [(wie, "27DV")]
    assert _rijen() == [("27DV", "eenmalig"), ("27DV", None), ("27DV", "eenmalig")]


def test_without_its_purpose_it_ends(wie: int) -> None:
    personen.zet_abonnement(wie, "27DV", PERSOON, "aan", DAG, doel="aanmelding", referentie="A1")
    personen.zet_abonnement(wie, "27DV", VOOR, "aan", DAG, doel="inschrijving", referentie="I1")
    assert personen.doel_vervallen(wie, "25PX") == 0
    assert personen.doel_vervallen(wie, "27DV", "inschrijving", "I2") == 0
    assert personen.doel_vervallen(wie, "27DV", "aanmelding", "A1") == 1
    assert personen.abonnees([wie], VOOR, DAG) == [(wie, "27DV")]
    assert personen.doel_vervallen(wie, "27DV") == 1
    assert [einde for _, einde in _rijen()] == ["doel", "doel"]


def test_who_follows_a_merged_person_follows_the_one_left(wie: int) -> None:
    (ander,) = personen.maak([Nummers(burgerservicenummer(2, 90))])
    personen.zet_abonnement(ander, "27DV", PERSOON, "aan", DAG)
    personen.zet_abonnement(wie, "27DV", PERSOON, "aan", DAG)
    personen.voeg_samen(ander, wie)
    assert personen.abonnees([wie], PERSOON, DAG) == [(wie, "27DV")]
    assert personen.abonnees([wie, ander], PERSOON, DAG) == sorted([(wie, "27DV"), (ander, "27DV")])
    personen.zet_abonnement(wie, "27DV", PERSOON, "uit", DAG)
    assert personen.abonnees([wie], PERSOON, DAG) == []


def test_what_is_no_kind_or_no_purpose_is_refused(wie: int) -> None:
    with pytest.raises(ValueError, match="adres"):
        personen.zet_abonnement(wie, "27DV", "adres", "aan", DAG)
    with pytest.raises(ValueError, match="nieuwsgierig"):
        personen.zet_abonnement(wie, "27DV", PERSOON, "aan", DAG, doel="nieuwsgierig")
    assert _rijen() == []
