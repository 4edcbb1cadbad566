"""Working days of the Netherlands, for who wants to wait for one."""

from datetime import UTC, date, datetime

import pytest

from kernregister.voorzieningen.overzichten.beleid import Beleid
from kernregister.voorzieningen.overzichten.werkdagen import (
    eerste_paasdag,
    feestdagen,
    is_werkdag,
    volgende_werkdag,
)

PASEN = (
    "2000-04-23",
    "2008-03-23",
    "2019-04-21",
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2038-04-25",
    "2049-04-18",
)


@pytest.mark.parametrize("dag", [date.fromisoformat(dag) for dag in PASEN])
def test_easter_falls_where_the_almanac_has_it(dag):
    assert eerste_paasdag(dag.year) == dag


def test_easter_is_a_sunday_between_its_bounds_for_ever():
    for jaar in range(1900, 2500):
        dag = eerste_paasdag(jaar)
        assert dag.isoweekday() == 7
        assert date(jaar, 3, 22) <= dag <= date(jaar, 4, 25)


def test_the_public_holidays_of_a_year_are_those_of_the_law():
    assert sorted(feestdagen(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]
    assert date(2025, 4, 26) in feestdagen(2025), (
        "27 April is a Sunday: the King's birthday is kept the day before"
    )


@pytest.mark.parametrize(
    ("dag", "volgende"),
    [
        ("2026-03-02", "2026-03-03"),
        ("2026-03-06", "2026-03-09"),
        ("2026-04-02", "2026-04-07"),
        ("2025-12-24", "2025-12-29"),
        ("2025-12-31", "2026-01-02"),
    ],
)
def test_the_next_working_day_passes_over_weekends_and_holidays(dag, volgende):
    assert volgende_werkdag(date.fromisoformat(dag)) == date.fromisoformat(volgende)
    assert is_werkdag(date.fromisoformat(volgende))


def test_a_day_is_that_of_the_netherlands():
    nacht = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past twelve on Tuesday
    uitgesteld = Beleid(uitgesteld=True)
    assert uitgesteld.beschikbaar(nacht).isoformat() == "2026-03-04T06:00:00+01:00"
    assert uitgesteld.peilmoment(nacht).isoformat() == "2026-03-03T23:59:59.999999+01:00"
    assert Beleid().beschikbaar(nacht) == Beleid().peilmoment(nacht) == nacht
