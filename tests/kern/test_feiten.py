from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.kern.feiten import leid_af, vensterbereik
from kernregister.kern.gegevens import GEEN, Instelling, Soort, eerste_gat, geldig_op
from kernregister.kern.tijd import OPEN, Periode, Studiejaar
from tests.kern import ontmoetingen
from tests.kern.regels import orakel
from tests.kern.voorbeelden import dag, diploma, examen, geldig, inschrijving, periode, stamgegevens, student

DIT_JAAR = Studiejaar(2025)


def _feiten(dossier, gegevens=GEEN):
    return leid_af(dossier, DIT_JAAR, gegevens)


# ---- periods


def test_a_period_runs_until_the_next_and_ends_with_the_enrolment():
    """The worked example of the manual (h. 13): a domain, then a dossier, then a kwalificatie."""
    codes = {"2016-08-01": "79040", "2016-10-02": "22089", "2017-01-01": "90603"}
    wie = inschrijving(
        "2016-08-01", "2017-06-30", perioden=tuple(periode(d, opleidingcode=c) for d, c in codes.items())
    )
    (node,) = _feiten(student(wie)).inschrijvingen
    assert [(str(p.begin), str(p.eind)) for p in node.perioden] == [
        ("2016-08-01", "2016-10-02"),
        ("2016-10-02", "2017-01-01"),
        ("2017-01-01", "2017-07-01"),
    ]
    op = {
        d: node.periode_op(dag(d))
        for d in ("2016-07-31", "2016-10-01", "2017-02-01", "2017-06-30", "2017-07-01")
    }
    assert [p and p.periode.opleidingcode for p in op.values()] == [None, "79040", "90603", "90603", None]


def test_periods_are_put_in_order_and_kept_within_the_enrolment():
    wie = inschrijving(
        "2024-08-01", perioden=(periode("2025-02-01"), periode("2024-07-01"), periode("2024-07-15"))
    )
    (node,) = _feiten(student(wie)).inschrijvingen
    assert [str(p.periode.datum_begin) for p in node.perioden] == ["2024-07-01", "2024-07-15", "2025-02-01"]
    assert [p.begin < p.eind for p in node.perioden] == [False, True, True]
    assert node.perioden[1].begin == dag("2024-08-01")


def test_a_planned_end_ends_nothing():
    (node,) = _feiten(student(inschrijving(datum_uitschrijving_gepland="2025-01-01"))).inschrijvingen
    assert node.eind == node.perioden[-1].eind == OPEN


@given(ontmoetingen.dossiers, ontmoetingen.data)
def test_the_period_on_a_day_is_the_last_one_begun(dossier, op):
    if op == date.max:  # no exclusive end lies after it
        return
    for node in _feiten(dossier).inschrijvingen:
        gevonden = node.periode_op(op)
        assert (gevonden and gevonden.periode) == orakel.periode_op(node.inschrijving, op)


# ---- the tree


def test_records_stand_in_order_and_results_know_their_enrolment():
    wie = student(
        inschrijving("2025-08-01", inschrijvingvolgnummer="2"),
        inschrijving("2024-08-01", inschrijvingvolgnummer="9"),
        inschrijving("2024-08-01", inschrijvingvolgnummer="1", instelling="25LX"),
        diplomas=(
            diploma("2026-01-30", inschrijvingvolgnummer="2"),
            diploma("2025-07-01", inschrijvingvolgnummer="1"),
        ),
        los=(examen("3001", instelling="25LX", inschrijvingvolgnummer="1"), examen("3002")),
    )
    feiten = _feiten(wie, stamgegevens(instellingen={"25LX": Instelling("25LX", soort=Soort.NBI)}))
    assert [n.inschrijving.inschrijvingvolgnummer for n in feiten.inschrijvingen] == ["1", "9", "2"]
    assert [str(n.datum) for n in feiten.resultaten] == ["2025-07-01", "2026-01-30", "None", "None"]
    gekoppeld = [n.inschrijving and n.inschrijving.inschrijving.instelling for n in feiten.resultaten]
    assert gekoppeld == [None, "27DV", "25LX", None], "a volgnummer counts within its institution"
    assert [n.soort for n in feiten.resultaten] == [Soort.BI, Soort.BI, Soort.NBI, Soort.BI]


# ---- the window


@pytest.mark.parametrize(
    ("begin", "laatste", "van", "tot"),
    [
        ("2024-09-01", "2025-05-02", "2024-08-01", "2025-08-01"),
        ("2024-09-01", "2025-05-03", "2024-08-01", "2026-08-01"),
        ("2024-07-31", "2024-07-31", "2023-08-01", "2025-08-01"),
        ("2024-08-01", "2024-08-01", "2024-08-01", "2025-08-01"),
        ("0001-01-01", "0001-01-01", "0001-01-01", "0001-08-01"),
        ("2024-09-01", "9999-12-31", "2024-08-01", "9999-12-31"),
    ],
)
def test_a_record_counts_for_whole_studiejaren(begin, laatste, van, tot):
    assert vensterbereik(dag(begin), dag(laatste)) == (dag(van), dag(tot))


@pytest.mark.parametrize(("laatste", "tot"), [("2026-05-02", "2026-08-01"), ("2026-05-03", "2027-08-01")])
def test_of_an_enrolment_the_last_day_counts(laatste, tot):
    (node,) = _feiten(student(inschrijving("2024-09-01", laatste))).inschrijvingen
    assert node.vensterbereik() == node.perioden[0].vensterbereik() == (dag("2024-08-01"), dag(tot))


@given(ontmoetingen.dossiers, ontmoetingen.peildata)
def test_a_record_is_in_the_window_on_the_days_it_says(dossier, peildatum):
    feiten = leid_af(dossier, Studiejaar.van(peildatum), GEEN)
    for node in feiten.inschrijvingen:
        van, tot = node.vensterbereik()
        assert node.in_venster() == orakel.in_venster(node.inschrijving, peildatum)
        if node.begin < node.eind:
            assert node.in_venster() == (van <= peildatum < tot)
    for resultaat in feiten.resultaten:
        van, tot = resultaat.vensterbereik()
        assert resultaat.in_venster() == (resultaat.datum is not None and van <= peildatum < tot)


# ---- validity in reference data


@pytest.mark.parametrize(
    ("geldigheden", "gat"),
    [
        ([], "2025-01-01"),
        ([geldig("2025-01-01", "2026-01-01")], None),
        ([geldig("2025-01-01", "2025-12-31")], "2025-12-31"),
        ([geldig("2025-01-02")], "2025-01-01"),
        ([geldig("2025-06-01"), geldig("2024-01-01", "2025-06-01")], None),
        ([geldig("2025-06-02"), geldig("2024-01-01", "2025-06-01")], "2025-06-01"),
        (
            [geldig("2024-01-01", "2025-09-01"), geldig("2025-02-01", "2025-03-01"), geldig("2025-09-01")],
            None,
        ),
    ],
)
def test_the_first_day_that_is_not_covered(geldigheden, gat):
    assert eerste_gat(geldigheden, dag("2025-01-01"), dag("2026-01-01")) == (dag(gat) if gat else None)


_kort = st.dates(date(2025, 1, 1), date(2025, 2, 28))


@given(st.lists(st.builds(Periode, _kort, _kort), max_size=5), _kort, _kort)
def test_the_first_gap_is_found_by_looking_at_each_day(geldigheden, begin, eind):
    dagen = [date.fromordinal(d) for d in range(begin.toordinal(), eind.toordinal())]
    open_ = [d for d in dagen if not geldig_op(geldigheden, d)]
    assert eerste_gat(geldigheden, begin, eind) == (open_[0] if open_ else None)
