"""Group C, as stories."""

import pytest

from tests.kern.voorbeelden import bevindingen, bpv, inschrijving, sleutels, student


def _met(*bpvs, eind=None):
    return student(inschrijving(eind=eind, bpvs=bpvs))


@pytest.mark.parametrize(
    ("peildatum", "gevonden"),
    [("2025-08-01", True), ("2026-03-31", True), ("2026-04-01", False), ("2026-07-31", False)],
)
def test_a_placement_ended_at_most_ninety_days_ahead(peildatum, gevonden):
    assert bool(bevindingen("C01", _met(bpv(eind="2026-06-30")), peildatum)) is gevonden


def test_a_planned_end_may_lie_far_ahead():
    assert not bevindingen("C01", _met(bpv(datum_einde_gepland="2028-07-31")), "2026-03-01")


@pytest.mark.parametrize(
    ("omvang", "gevonden"), [(None, True), (-1, True), (0, True), (1, False), (5120, False), (5121, True)]
)
def test_a_placement_takes_from_1_to_5120_hours(omvang, gevonden):
    assert bool(bevindingen("C02", _met(bpv(omvang=omvang)), "2026-03-01")) is gevonden


@pytest.mark.parametrize(
    ("uitschrijving", "einde", "gevonden"),
    [
        ("2026-01-30", "2026-01-30", False),
        ("2026-01-30", "2026-01-31", True),
        ("2026-01-30", None, True),  # planned for July, never ended
        (None, None, False),
        (None, "2026-01-30", False),
    ],
)
def test_a_placement_ends_with_the_enrolment(uitschrijving, einde, gevonden):
    assert bool(bevindingen("C03", _met(bpv(eind=einde), eind=uitschrijving), "2026-03-01")) is gevonden


@pytest.mark.parametrize(
    ("begin", "gepland", "gevonden"),
    [
        ("2025-02-03", "2029-02-03", False),
        ("2025-02-03", "2029-02-04", True),
        ("2025-02-03", None, False),
        ("2024-02-29", "2028-02-29", False),
        ("2024-02-29", "2028-03-01", True),
        ("2096-02-29", "2100-03-01", False),  # 2100 has no 29 February
        ("2096-02-29", "2100-03-02", True),
    ],
)
def test_a_placement_is_planned_for_four_years_at_most(begin, gepland, gevonden):
    assert bool(bevindingen("C04", _met(bpv(begin, datum_einde_gepland=gepland)), "2026-03-01")) is gevonden


def test_a_finding_names_its_placement():
    wie = _met(bpv(volgnummer="A1"), bpv(volgnummer="B2", omvang=0))
    assert sleutels(bevindingen("C02", wie, "2026-03-01")) == [("Bpv", "27DV", "B2")]
