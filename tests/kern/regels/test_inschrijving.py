"""Group B on the enrolment itself, as stories."""

import pytest

from tests.kern.voorbeelden import bevindingen, bpv, dag, inschrijving, nbi, periode, sleutels, student

# ---- B01: twice the same


def _twee(eerste_eind, tweede_begin, **tweede):
    return student(
        inschrijving("2024-08-01", eerste_eind),
        inschrijving(tweede_begin, inschrijvingvolgnummer="2", **tweede),
    )


def test_two_enrolments_for_one_programme_at_once_are_found_on_the_later():
    (gevonden,) = bevindingen("B01", _twee(None, "2025-08-01"), "2026-03-01")
    assert gevonden.sleutel.inschrijvingvolgnummer == "2"
    assert gevonden.waarden == {"opleidingcode": "25655", "andere_inschrijving": "1"}


@pytest.mark.parametrize(
    ("eerste_eind", "tweede_begin", "gevonden"),
    [("2025-10-31", "2025-10-31", True), ("2025-10-31", "2025-11-01", False)],
)
def test_the_last_day_of_one_may_not_be_the_first_of_the_other(eerste_eind, tweede_begin, gevonden):
    assert bool(bevindingen("B01", _twee(eerste_eind, tweede_begin), "2026-03-01")) is gevonden


def test_programmes_are_compared_by_period():
    gewisseld = inschrijving(
        perioden=(periode("2024-08-01", opleidingcode="25655"), periode("2025-08-01", opleidingcode="25700"))
    )
    later = inschrijving("2025-08-01", inschrijvingvolgnummer="2")
    assert not bevindingen("B01", student(gewisseld, later), "2026-03-01")
    tegelijk = inschrijving("2025-07-31", inschrijvingvolgnummer="2")
    assert bevindingen("B01", student(gewisseld, tegelijk), "2026-03-01")


def test_another_institution_is_no_identical_enrolment():
    assert not bevindingen("B01", _twee(None, "2025-08-01", instelling="25LX"), "2026-03-01")


def test_of_three_each_pair_is_found_once():
    drie = student(*(inschrijving(inschrijvingvolgnummer=n) for n in "312"))
    gevonden = bevindingen("B01", drie, "2026-03-01")
    paren = [(u.waarden["andere_inschrijving"], u.sleutel.inschrijvingvolgnummer) for u in gevonden]
    assert sorted(paren) == [("1", "2"), ("1", "3"), ("2", "3")]


def test_an_overlap_counts_as_long_as_both_enrolments_are_in_the_window():
    (gevonden,) = bevindingen("B01", _twee("2025-04-30", "2025-03-01"), "2025-03-01")
    assert (gevonden.van, gevonden.tot) == (dag("2024-08-01"), dag("2025-08-01"))


# ---- B04: a planned end gone by


@pytest.mark.parametrize(
    ("peildatum", "gevonden"),
    [("2025-12-01", False), ("2026-04-30", False), ("2026-05-01", True)],  # 30 January + 90 is 30 April
)
def test_a_planned_end_may_be_ninety_days_old(peildatum, gevonden):
    wie = student(inschrijving(datum_uitschrijving_gepland="2026-01-30"))
    assert bool(bevindingen("B04", wie, peildatum)) is gevonden


def test_who_has_left_or_has_no_planned_end_is_not_overdue():
    weg = inschrijving(eind="2026-07-01", datum_uitschrijving_gepland="2026-01-30")
    open_ = inschrijving(datum_uitschrijving_gepland=None)
    assert not bevindingen("B04", student(weg, open_), "2026-07-31")


def test_an_enrolment_that_never_ends_stays_overdue_for_years():
    wie = student(inschrijving("2010-08-01", datum_uitschrijving_gepland="2013-07-31"))
    assert not bevindingen("B04", wie, "2013-10-29")
    assert bevindingen("B04", wie, "2013-10-30")
    assert bevindingen("B04", wie, "2026-03-01")


# ---- B05: a placement during examinations


def _examenkandidaat(**bpv_velden):
    return student(
        inschrijving(
            perioden=(periode("2024-08-01", "BOL"), periode("2026-01-01", "EX")),
            bpvs=(bpv("2025-02-03", **bpv_velden),),
        )
    )


@pytest.mark.parametrize(
    ("einde", "gevonden"),
    [
        ({"eind": "2025-12-31"}, False),
        ({"eind": "2026-01-01"}, True),
        ({"datum_einde_gepland": "2025-12-31"}, False),
        ({"datum_einde_gepland": "2026-01-01"}, True),
        (
            {"eind": "2025-12-31", "datum_einde_gepland": "2026-07-31"},
            False,
        ),  # what happened, not what was planned
        ({"datum_einde_gepland": None}, True),  # runs on
    ],
)
def test_a_placement_ends_before_the_examination_period(einde, gevonden):
    assert bool(bevindingen("B05", _examenkandidaat(**einde), "2026-03-01")) is gevonden


def test_examinations_before_the_placement_collide_only_when_they_meet():
    wie = student(
        inschrijving(
            perioden=(periode("2024-08-01", "EX"), periode("2025-02-03", "BOL")),
            bpvs=(bpv("2025-02-03"), bpv("2025-02-02", volgnummer="2")),
        )
    )
    assert sleutels(bevindingen("B05", wie, "2026-03-01")) == [("Bpv", "27DV", "2")]


def test_examination_enrolments_exist_at_funded_institutions_only():
    assert not bevindingen("B05", _examenkandidaat(), "2026-03-01", nbi())


# ---- B06: an end too far ahead


@pytest.mark.parametrize(
    ("peildatum", "gevonden"),
    [("2026-01-29", True), ("2026-03-31", True), ("2026-04-01", False), ("2026-04-02", False)],
)
def test_a_real_end_lies_at_most_ninety_days_ahead(peildatum, gevonden):
    wie = student(inschrijving(eind="2026-06-30"))  # 90 days after 1 April
    assert bool(bevindingen("B06", wie, peildatum)) is gevonden


def test_an_end_next_year_is_far_ahead_all_this_year():
    assert bevindingen("B06", student(inschrijving(eind="2027-12-31")), "2026-07-31")


# ---- the window


@pytest.mark.parametrize(
    ("eind", "peildatum", "gevonden"),
    [
        ("2026-05-03", "2026-08-01", True),  # 90 days before the studiejaar 2026-2027
        ("2026-05-02", "2026-08-01", False),
        ("2026-05-02", "2026-07-31", True),  # still in the studiejaar in which it ended
        ("2025-08-01", "2026-07-31", True),
        ("2025-05-02", "2026-07-31", False),
    ],
)
def test_only_enrolments_in_the_control_window_are_looked_at(eind, peildatum, gevonden):
    wie = student(inschrijving(eind=eind), geboortedatum="2020-01-01")
    assert bool(bevindingen("A02", wie, peildatum)) is gevonden


def test_an_enrolment_counts_from_the_studiejaar_in_which_it_begins():
    wie = student(inschrijving("2026-07-31"), geboortedatum="2020-01-01")
    assert not bevindingen("A02", wie, "2025-07-31")
    assert bevindingen("A02", wie, "2025-08-01")
