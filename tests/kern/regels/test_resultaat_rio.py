"""Group D against RIO, as stories."""

import pytest

from kernregister.kern.gegevens import Aanbieder
from tests.kern.voorbeelden import (
    AANBIEDER,
    bevindingen,
    diploma,
    examen,
    geldig,
    nbi,
    sleutels,
    stamgegevens,
    student,
)

ALTIJD = geldig("2010-01-01")


def _rio(geldigheid, *koppelingen):
    return stamgegevens(aanbieders={AANBIEDER: Aanbieder((geldigheid,), koppelingen)})


@pytest.mark.parametrize(
    ("koppelingen", "gevonden"),
    [
        ((("27DV", geldig("2026-01-30")),), False),
        ((("27DV", geldig("2020-01-01", "2026-01-30")),), True),
        ((("25LX", ALTIJD),), True),
        ((("25LX", ALTIJD), ("27DV", ALTIJD)), False),
        ((), True),
    ],
)
def test_the_aanbieder_belonged_to_the_institution_on_that_date(koppelingen, gevonden):
    wie = student(diplomas=(diploma("2026-01-30"),))
    assert bool(bevindingen("D08", wie, "2026-03-01", _rio(ALTIJD, *koppelingen))) is gevonden


@pytest.mark.parametrize(
    ("geldigheid", "gevonden"),
    [
        (geldig("2026-01-30"), False),
        (geldig("2026-01-31"), True),
        (geldig("2020-01-01", "2026-01-30"), True),
        (geldig("2020-01-01", "2026-01-31"), False),
    ],
)
def test_the_aanbieder_was_valid_on_that_date(geldigheid, gevonden):
    wie = student(diplomas=(diploma("2026-01-30"),))
    assert bool(bevindingen("D09", wie, "2026-03-01", _rio(geldigheid, ("27DV", ALTIJD)))) is gevonden


@pytest.mark.parametrize(
    ("code", "regels"), [(AANBIEDER, []), ("999A999", ["D08", "D09"]), (None, ["D09"]), ("", ["D09"])]
)
def test_a_missing_aanbieder_is_told_once_and_an_unknown_one_is_neither(code, regels):
    wie = student(diplomas=(diploma(onderwijsaanbieder=code),))
    assert [r for r in ("D08", "D09") if bevindingen(r, wie, "2026-03-01")] == regels


@pytest.mark.parametrize(
    ("gegevens", "datum", "peildatum", "gevonden"),
    [
        (stamgegevens(), "2019-07-31", "2020-07-31", False),
        (stamgegevens(), "2019-08-01", "2019-12-30", False),
        (stamgegevens(), "2019-08-01", "2019-12-31", True),
        (nbi(), "2020-07-31", "2021-07-31", False),
        (nbi(), "2020-08-01", "2020-10-31", False),
        (nbi(), "2020-08-01", "2020-11-01", True),
    ],
)
def test_results_since_rio_are_judged_once_its_controls_have_started(gegevens, datum, peildatum, gevonden):
    wie = student(diplomas=(diploma(datum, onderwijsaanbieder=None),))
    assert bool(bevindingen("D09", wie, peildatum, gegevens)) is gevonden


def test_loose_results_are_judged_and_parts_of_a_diploma_are_not():
    los = examen("3001", "L", instelling="27DV", datum_resultaat="2026-01-30")
    wie = student(diplomas=(diploma(onderdelen=(examen("3001", "A"),)),), los=(los, examen("3002", "Z")))
    assert sleutels(bevindingen("D09", wie, "2026-03-01")) == [("GeneriekExamenonderdeel", "27DV", "L")]
