from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.kern.tijd import (
    OPEN,
    OnvolledigeDatum,
    Periode,
    Studiejaar,
    dagen_na,
    is_onvolledige_datum,
    jaren_na,
    laatst,
    leeftijd,
    maanden_na,
    volgende_maand,
    vroegst,
)
from tests.kern.voorbeelden import dag

periodes = st.builds(Periode, st.dates(), st.dates())


# ---- studiejaar


@pytest.mark.parametrize(
    ("op", "studiejaar"),
    [("2025-07-31", "2024-2025"), ("2025-08-01", "2025-2026"), ("2026-07-31", "2025-2026")],
)
def test_a_studiejaar_runs_from_august_through_july(op, studiejaar):
    assert str(Studiejaar.van(dag(op))) == studiejaar
    assert Studiejaar.lees(studiejaar) == Studiejaar.lees(studiejaar[:4]) == Studiejaar.van(dag(op))


def test_its_teldata_and_its_control_window():
    studiejaar = Studiejaar(2025)
    assert studiejaar.teldata == (dag("2025-10-01"), dag("2026-02-01"))
    assert studiejaar.controlevenster == Periode(dag("2025-05-03"), dag("2026-08-01"))
    assert (studiejaar.begin - studiejaar.controlevenster.begin).days == 90


@pytest.mark.parametrize("tekst", ["", "25-26", "2025-2027", "2025/2026", "1025"])
def test_what_is_no_studiejaar_is_refused(tekst):
    with pytest.raises(ValueError):  # noqa: PT011 - int() speaks too
        Studiejaar.lees(tekst)


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)))
def test_every_day_lies_in_its_studiejaar(op):
    assert Studiejaar.van(op).begin <= op < Studiejaar.van(op).eind


# ---- moving along the calendar


@given(st.dates(), st.integers(-4_000_000, 4_000_000))
def test_days_stay_on_the_calendar(op, aantal):
    try:
        verwacht = op + timedelta(aantal)
    except OverflowError:
        verwacht = date.max if aantal > 0 else date.min
    assert dagen_na(op, aantal) == verwacht


@pytest.mark.parametrize(
    ("van", "jaren", "tot"),
    [
        ("2024-02-29", 4, "2028-02-29"),
        ("2024-02-29", 1, "2025-03-01"),
        ("2096-02-29", 4, "2100-03-01"),
        ("2025-07-31", 1, "2026-07-31"),
        ("9998-07-31", 2, "9999-12-31"),
    ],
)
def test_years_later(van, jaren, tot):
    assert jaren_na(dag(van), jaren) == dag(tot)


@pytest.mark.parametrize(
    ("van", "maanden", "tot"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-08-31", 13, "2026-09-30"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-06-30", 0, "2025-06-30"),
        ("9999-11-30", 1, "9999-12-30"),
        ("9999-12-01", 1, "9999-12-31"),
    ],
)
def test_months_later(van, maanden, tot):
    assert maanden_na(dag(van), maanden) == dag(tot)


@given(st.dates(), st.integers(0, 150_000))
def test_months_never_raise_and_never_go_back(op, maanden):
    assert maanden_na(op, maanden) >= op


@given(st.dates())
def test_the_next_month_begins_after_this_one(op):
    eerste, volgende = op.replace(day=1), volgende_maand(op)
    assert eerste <= op <= volgende
    assert volgende == OPEN or (volgende.day == 1 and 28 <= (volgende - eerste).days <= 31)


# ---- dates that are partly known


@pytest.mark.parametrize(
    ("tekst", "eerste", "laatste"),
    [
        ("2006-05-14", "2006-05-14", "2006-05-14"),
        ("2006-05-00", "2006-05-01", "2006-05-31"),
        ("2024-02-00", "2024-02-01", "2024-02-29"),
        ("2006-00-00", "2006-01-01", "2006-12-31"),
        ("0000-00-00", "0001-01-01", "9999-12-31"),
    ],
)
def test_the_earliest_and_the_latest_day_it_can_be(tekst, eerste, laatste):
    assert is_onvolledige_datum(tekst)
    assert vroegst(OnvolledigeDatum(tekst)) == dag(eerste)
    assert laatst(OnvolledigeDatum(tekst)) == dag(laatste)


_GEEN_DATUM = """
2006 2006-05 2006-13-01 2006-02-30 2006-00-14 0000-05-14 2006/05/14 14-05-2006 2006-05-1 ٢٠٠٦-05-14 0000-05-00
-001-01-01
"""


@pytest.mark.parametrize("tekst", ["", *_GEEN_DATUM.split()])
def test_what_is_no_date_at_all(tekst):
    assert not is_onvolledige_datum(tekst)


@given(st.dates())
def test_a_whole_date_is_only_itself(op):
    tekst = OnvolledigeDatum(op.isoformat())
    assert is_onvolledige_datum(tekst)
    assert vroegst(tekst) == laatst(tekst) == op


@given(st.text(max_size=12) | st.from_regex(r"\d{4}-\d\d-\d\d", fullmatch=True))
def test_what_is_a_date_has_its_bounds(tekst):
    if is_onvolledige_datum(tekst):
        assert vroegst(OnvolledigeDatum(tekst)) <= laatst(OnvolledigeDatum(tekst))


@pytest.mark.parametrize(
    ("geboren", "op", "jaren"),
    [
        ("2006-05-14", "2024-05-13", 17),
        ("2006-05-14", "2024-05-14", 18),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2026-01-01", "2025-12-31", -1),
    ],
)
def test_age_in_whole_years(geboren, op, jaren):
    assert leeftijd(dag(geboren), dag(op)) == jaren
