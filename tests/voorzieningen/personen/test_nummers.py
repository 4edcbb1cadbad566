"""Who a number is of: looked up, made, linked, merged, and never in the clear."""

import time
from collections.abc import Iterator

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Koppeling, Nummers

BSNS = [burgerservicenummer(i, 600) for i in range(600)]
OWNS = [onderwijsnummer(i, 600) for i in range(600)]


@pytest.fixture(autouse=True)
def _transactie(databank: object) -> Iterator[None]:
    with transaction.atomic(using="stelsel"):
        yield


def _maak(*paren: tuple[str | None, str | None]) -> list[int]:
    return personen.maak([Nummers(bsn, own) for bsn, own in paren])


def test_who_is_made_is_found_by_each_number_and_nobody_else_is() -> None:
    een, twee = _maak((BSNS[0], OWNS[0]), (None, OWNS[1]))
    assert personen.zoek([BSNS[0], OWNS[0], OWNS[1], BSNS[9]]) == {BSNS[0]: een, OWNS[0]: een, OWNS[1]: twee}
    assert personen.vergrendel([twee, een, 999]) == {
        een: Nummers(BSNS[0], OWNS[0]),
        twee: Nummers(None, OWNS[1]),
    }


def test_nothing_asked_nothing_answered() -> None:
    assert personen.zoek([]) == {}
    assert personen.vergrendel([]) == {}
    assert personen.maak([]) == []
    with pytest.raises(ValueError, match="burgerservicenummer of een onderwijsnummer"):
        personen.maak([Nummers()])


def test_the_same_number_twice_in_a_batch_is_one_person() -> None:
    een, twee, drie = _maak((BSNS[0], None), (BSNS[1], None), (BSNS[0], OWNS[0]))
    assert een == drie != twee
    assert personen.nummers_van([een])[een] == Nummers(BSNS[0], OWNS[0])


def test_a_bsn_found_later_links_and_the_onderwijsnummer_retires_but_still_finds() -> None:
    (wie,) = _maak((None, OWNS[0]))
    assert personen.koppel_bsn(wie, BSNS[0]).uitslag is Koppeling.GEKOPPELD
    assert personen.zoek([BSNS[0], OWNS[0]]) == {BSNS[0]: wie, OWNS[0]: wie}
    assert personen.vergrendel([wie])[wie] == Nummers(BSNS[0], OWNS[0])
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT soort, vervallen_op IS NOT NULL FROM personen_nummer ORDER BY soort")
        assert cursor.fetchall() == [("bsn", False), ("own", True)]
    assert personen.koppel_bsn(wie, BSNS[0]).uitslag is Koppeling.WAS_AL


def test_a_bsn_of_another_person_is_an_outcome_and_changes_nothing() -> None:
    een, twee = _maak((BSNS[0], None), (None, OWNS[1]))
    uitslag = personen.koppel_bsn(twee, BSNS[0])
    assert (uitslag.uitslag, uitslag.ander) == (Koppeling.VAN_ANDER, een)
    assert personen.nummers_van([twee])[twee] == Nummers(None, OWNS[1])


def test_a_second_bsn_for_one_person_is_an_outcome() -> None:
    (wie,) = _maak((BSNS[0], None))
    assert personen.koppel_bsn(wie, BSNS[1]).uitslag is Koppeling.HEEFT_ANDER
    assert personen.zoek([BSNS[1]]) == {}
    with pytest.raises(LookupError):
        personen.koppel_bsn(wie + 1, BSNS[2])


def test_merged_persons_are_found_as_the_one_left_however_far_and_can_be_split_again() -> None:
    een, twee = _maak((BSNS[0], None), (None, OWNS[1]))
    (drie,) = _maak((None, OWNS[2]))
    personen.voeg_samen(drie, twee)
    personen.voeg_samen(twee, een)
    assert set(personen.zoek([BSNS[0], OWNS[1], OWNS[2]]).values()) == {een}
    assert personen.vergrendel([een, twee, drie]) == {een: Nummers(BSNS[0], OWNS[2])}
    samen = personen.nummers_van([drie, een, twee])  # asked at once, each is told of as when asked alone
    assert samen == {id_: personen.nummers_van([id_])[id_] for id_ in (een, twee, drie)}
    assert (samen[een].onderwijsnummer, samen[twee].onderwijsnummer) == (OWNS[2], OWNS[1])
    assert _maak((None, OWNS[1])) == [een]
    with pytest.raises(LookupError, match="samenvoegen"):
        personen.voeg_samen(een, twee)  # it would run in a circle
    personen.haal_uiteen(twee)
    assert personen.zoek([OWNS[1], OWNS[2]]) == {OWNS[1]: twee, OWNS[2]: twee}
    assert personen.nummers_van([een])[een] == Nummers(BSNS[0], None)
    with pytest.raises(LookupError):
        personen.haal_uiteen(twee)


def test_five_hundred_persons_in_one_call_take_milliseconds() -> None:
    ids = _maak(*[(bsn, None) for bsn in BSNS[:500]])
    duur = []
    for _ in range(5):
        begin = time.perf_counter()
        assert len(personen.vergrendel(personen.zoek(BSNS[:500]).values())) == 500
        duur.append(time.perf_counter() - begin)
    assert len(set(ids)) == 500
    assert min(duur) < 0.1, duur  # some 10 ms; ten times that, so that a busy machine does not fail it


def test_a_pseudonym_is_stable_and_shows_nothing() -> None:
    assert personen.pseudoniem(7) == personen.pseudoniem(7) != personen.pseudoniem(8)
    assert len(personen.pseudoniem(7)) == 32
    assert BSNS[0] not in repr(Nummers(BSNS[0], OWNS[0]))


def test_no_number_stands_in_the_clear_in_any_table(databank: object) -> None:
    (wie,) = _maak((None, OWNS[0]))
    personen.koppel_bsn(wie, BSNS[0])
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'personen%'"
        )
        for (tabel,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {tabel} t")
            tekst = " ".join(rij for (rij,) in cursor.fetchall())
            for nummer in (BSNS[0], OWNS[0]):
                assert nummer not in tekst
                assert nummer.encode().hex() not in tekst  # nor as bytes


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.none() | st.sampled_from(BSNS), st.none() | st.sampled_from(OWNS)).filter(any),
        max_size=30,
        unique_by=(lambda paar: paar[0] or object(), lambda paar: paar[1] or object()),
    )
)
def test_whoever_is_made_is_found(paren: list[tuple[str | None, str | None]]) -> None:
    with transaction.atomic(using="stelsel"):
        ids = _maak(*paren)
        assert len(set(ids)) == len(paren)
        verwacht = {nummer: id_ for paar, id_ in zip(paren, ids, strict=True) for nummer in paar if nummer}
        assert personen.zoek(verwacht) == verwacht
        assert personen.vergrendel(ids) == {id_: Nummers(*paar) for paar, id_ in zip(paren, ids, strict=True)}
        transaction.set_rollback(True, using="stelsel")
