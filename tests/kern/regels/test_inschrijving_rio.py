"""Group B against RIO, as stories."""

import pytest

from kernregister.kern.gegevens import Aanbieder
from tests.kern.voorbeelden import (
    AANBIEDER,
    LOCATIE,
    bevindingen,
    dag,
    geldig,
    inschrijving,
    nbi,
    periode,
    stamgegevens,
    student,
)


def _met(begin="2024-08-01", eind=None, **velden):
    return student(inschrijving(begin, eind, perioden=(periode(begin, **velden),)))


# ---- B02: the location before RIO


@pytest.mark.parametrize(
    ("gegevens", "eerste_periode_tot", "gevonden"),
    [
        (stamgegevens(), "2019-08-01", True),
        (stamgegevens(), "2019-08-02", False),  # reaches into RIO
        (nbi(), "2020-08-01", True),
        (nbi(), "2020-08-02", False),
        (nbi(), "2019-08-01", True),
    ],
)
def test_a_period_wholly_before_rio_has_a_location_code(gegevens, eerste_periode_tot, gevonden):
    wie = student(inschrijving("2018-08-01", perioden=(periode("2018-08-01"), periode(eerste_periode_tot))))
    assert bool(bevindingen("B02", wie, "2026-03-01", gegevens)) is gevonden


def test_a_location_code_or_a_last_day_decides():
    assert not bevindingen(
        "B02", _met("2018-08-01", "2019-07-31", locatiecode_vsv="000012345678"), "2019-07-31"
    )
    assert bevindingen("B02", _met("2018-08-01", "2019-07-31"), "2019-07-31")
    assert not bevindingen("B02", _met("2018-08-01", "2019-08-01"), "2019-07-31")


# ---- B08: the onderwijsaanbieder is valid


def _rio(*geldigheden, koppelingen=None):
    altijd = (("27DV", geldig("2010-01-01")),)
    return {"aanbieders": {AANBIEDER: Aanbieder(geldigheden, altijd if koppelingen is None else koppelingen)}}


@pytest.mark.parametrize(
    ("geldigheden", "ongeldig_op"),
    [
        ((geldig("2024-08-01"),), None),
        ((geldig("2024-08-02"),), "2024-08-01"),
        ((geldig("2020-01-01", "2025-10-01"),), "2025-10-01"),
        ((geldig("2020-01-01", "2025-10-01"), geldig("2025-10-01")), None),
        ((geldig("2025-10-02"), geldig("2020-01-01", "2025-10-01")), "2025-10-01"),
        ((), "2024-08-01"),
    ],
)
def test_an_aanbieder_is_valid_on_every_day(geldigheden, ongeldig_op):
    gevonden = bevindingen("B08", _met(), "2026-03-01", stamgegevens(**_rio(*geldigheden)))
    assert [str(u.waarden["ongeldig_op"]) for u in gevonden] == ([ongeldig_op] if ongeldig_op else [])


def test_an_aanbieder_that_will_end_signals_on_the_day_it_ends():
    gegevens = stamgegevens(**_rio(geldig("2020-01-01", "2026-04-01")))
    assert not bevindingen("B08", _met(), "2026-03-31", gegevens)
    assert bevindingen("B08", _met(), "2026-04-01", gegevens)
    assert not bevindingen("B08", _met(eind="2026-03-31"), "2026-04-01", gegevens)


@pytest.mark.parametrize("code", [None, "999A999"])
def test_a_missing_or_unknown_aanbieder_counts_as_not_valid(code):
    (gevonden,) = bevindingen("B08", _met(onderwijsaanbieder=code), "2026-03-01")
    assert gevonden.sleutel.datum_begin == dag("2024-08-01")
    assert gevonden.waarden["onderwijsaanbieder"] == code


@pytest.mark.parametrize(
    ("gegevens", "ervoor", "eerste_dag"),
    [(stamgegevens(), "2019-12-30", "2019-12-31"), (nbi(), "2020-10-31", "2020-11-01")],
)
def test_the_controls_run_from_the_start_of_rio(gegevens, ervoor, eerste_dag):
    wie = _met("2016-08-01", onderwijsaanbieder=None)
    assert not bevindingen("B08", wie, ervoor, gegevens)
    assert bevindingen("B08", wie, eerste_dag, gegevens)


@pytest.mark.parametrize(
    ("gegevens", "volgende_periode", "gevonden"),
    [
        (stamgegevens(), "2019-08-01", False),
        (stamgegevens(), "2019-08-02", True),
        (nbi(), "2020-08-01", False),
        (nbi(), "2020-08-02", True),
    ],
)
def test_of_a_period_across_the_introduction_the_part_after_it_counts(gegevens, volgende_periode, gevonden):
    perioden = (periode("2016-08-01", onderwijsaanbieder=None), periode(volgende_periode))
    wie = student(inschrijving("2016-08-01", perioden=perioden))
    assert bool(bevindingen("B08", wie, "2026-03-01", gegevens)) is gevonden


# ---- B09: and linked to the institution


@pytest.mark.parametrize(
    ("koppelingen", "gevonden"),
    [
        ((("27DV", geldig("2020-01-01")),), False),
        ((("25LX", geldig("2020-01-01")),), True),
        ((("27DV", geldig("2020-01-01", "2025-10-01")), ("25LX", geldig("2025-10-01"))), True),
        ((("27DV", geldig("2025-10-01")), ("27DV", geldig("2020-01-01", "2025-10-01"))), False),
        ((), True),
    ],
)
def test_an_aanbieder_belongs_to_the_institution_on_every_day(koppelingen, gevonden):
    gegevens = stamgegevens(**_rio(geldig("2010-01-01"), koppelingen=koppelingen))
    assert bool(bevindingen("B09", _met(), "2026-03-01", gegevens)) is gevonden


def test_a_missing_aanbieder_is_told_once():
    assert not bevindingen("B09", _met(onderwijsaanbieder=None), "2026-03-01")
    assert bevindingen("B09", _met(onderwijsaanbieder="999A999"), "2026-03-01")


# ---- B10: the onderwijslocatie


@pytest.mark.parametrize(
    ("code", "gegevens", "gevonden"),
    [
        (LOCATIE, stamgegevens(), False),
        (None, stamgegevens(), True),
        ("999X999", stamgegevens(), True),
        (LOCATIE, nbi(), False),
        (None, nbi(), False),  # may be online
        ("999X999", nbi(), True),
    ],
)
def test_a_location_is_needed_at_a_funded_institution_and_right_everywhere(code, gegevens, gevonden):
    assert bool(bevindingen("B10", _met(onderwijslocatie=code), "2026-03-01", gegevens)) is gevonden


def test_a_location_that_closed_signals_from_its_closing():
    gegevens = stamgegevens(locaties={LOCATIE: (geldig("2020-01-01", "2026-02-01"),)})
    (gevonden,) = bevindingen("B10", _met(), "2026-03-01", gegevens)
    assert gevonden.van == dag("2026-02-01")
