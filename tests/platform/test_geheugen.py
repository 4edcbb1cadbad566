"""What a process keeps of its database goes when it gets another one, and not before."""

import pytest
from django.db import connections

from kernregister.platform import geheugen
from tests.databank import Databank


@geheugen.onthoud(2)
def naam(versie: int) -> str:
    with connections["stelsel"].cursor() as sql:
        sql.execute("SELECT current_database()")
        return str(sql.fetchone()[0])


@pytest.mark.parametrize("keer", [1, 2])
def test_nothing_of_the_database_of_an_earlier_test_is_left(databank: Databank, keer: int) -> None:
    assert naam(1) == databank.naam


def test_what_is_kept_is_asked_once_until_it_is_forgotten(databank: Databank) -> None:
    naam(1)
    stelsel = connections["stelsel"]
    stelsel.force_debug_cursor = True
    try:
        stelsel.queries_log.clear()
        assert naam(1) == databank.naam
        assert not stelsel.queries_log
        geheugen.vergeet()
        assert naam(1) == databank.naam
        assert stelsel.queries_log
    finally:
        stelsel.force_debug_cursor = False
