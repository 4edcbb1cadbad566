"""Group D on diplomas and their parts, as stories."""

import pytest

from kernregister.kern.dossier import Keuzedeel
from kernregister.kern.gegevens import Opleiding
from tests.kern.voorbeelden import (
    OPLEIDING,
    bevindingen,
    diploma,
    examen,
    geldig,
    inschrijving,
    periode,
    sleutels,
    stamgegevens,
    student,
)

GESLAAGD = "2026-01-30"


def _geslaagd(*diplomas, **velden):
    return student(inschrijving(eind=GESLAAGD, **velden), diplomas=diplomas)


# ---- D01: enrolled for what was obtained


@pytest.mark.parametrize(
    ("opleidingcode", "instelling", "gevonden"),
    [
        (OPLEIDING, "27DV", False),
        ("25700", "27DV", False),  # of an earlier period
        ("99999", "27DV", True),
        (OPLEIDING, "25LX", True),
    ],
)
def test_a_diploma_is_for_a_programme_one_was_enrolled_for(opleidingcode, instelling, gevonden):
    perioden = (periode("2024-08-01", opleidingcode="25700"), periode("2025-02-01"))
    wie = _geslaagd(diploma(opleidingcode=opleidingcode, instelling=instelling), perioden=perioden)
    assert bool(bevindingen("D01", wie, "2026-03-01")) is gevonden


def test_any_enrolment_at_the_institution_will_do():
    wie = student(
        inschrijving(eind=GESLAAGD, perioden=(periode(opleidingcode="25700"),)),
        inschrijving("2020-08-01", "2024-07-31", inschrijvingvolgnummer="0"),
        diplomas=(diploma(),),
    )
    assert not bevindingen("D01", wie, "2026-03-01")


# ---- D02: out on the day of the diploma


@pytest.mark.parametrize(
    ("eind", "volgnummer", "gevonden"),
    [
        (GESLAAGD, "1", False),
        ("2026-01-31", "1", True),
        (None, "1", True),
        (GESLAAGD, "9", True),  # points nowhere
        (GESLAAGD, None, False),
        ("2026-01-31", None, True),
        (None, None, True),
    ],
)
def test_a_diploma_ends_its_enrolment(eind, volgnummer, gevonden):
    wie = student(inschrijving(eind=eind), diplomas=(diploma(GESLAAGD, inschrijvingvolgnummer=volgnummer),))
    assert bool(bevindingen("D02", wie, "2026-03-01")) is gevonden


def test_without_a_volgnummer_the_enrolment_is_for_the_same_programme_and_institution():
    los = diploma(GESLAAGD, inschrijvingvolgnummer=None)
    anders = inschrijving(eind=GESLAAGD, perioden=(periode(opleidingcode="25700"),))
    elders = inschrijving(eind=GESLAAGD, instelling="25LX")
    assert bevindingen("D02", student(anders, elders, diplomas=(los,)), "2026-03-01")


def test_a_volgnummer_counts_within_its_institution():
    elders = inschrijving(eind=GESLAAGD, instelling="25LX")
    wie = student(inschrijving(), elders, diplomas=(diploma(GESLAAGD),))
    assert bevindingen("D02", wie, "2026-03-01")


# ---- D03, D04: too many diplomas


def test_each_diploma_after_the_first_on_an_enrolment_is_extra():
    wie = _geslaagd(
        diploma(GESLAAGD, resultaatvolgnummer="R3", opleidingcode="25701"),
        diploma(GESLAAGD, resultaatvolgnummer="R2", opleidingcode="25700"),
        diploma("2025-12-01", resultaatvolgnummer="R9"),
    )
    gevonden = bevindingen("D03", wie, "2026-03-01")
    assert sleutels(gevonden) == [("Diploma", "27DV", "R2"), ("Diploma", "27DV", "R3")]
    assert {u.waarden["ander_diploma"] for u in gevonden} == {"R9"}
    assert not bevindingen("D04", wie, "2026-03-01")


def test_diplomas_without_an_enrolment_share_none():
    twee = (
        diploma(resultaatvolgnummer=n, inschrijvingvolgnummer=None, opleidingcode=f"2570{n}") for n in "12"
    )
    assert not bevindingen("D03", _geslaagd(*twee), "2026-03-01")


@pytest.mark.parametrize(
    ("velden", "dubbel"),
    [
        ({}, True),
        ({"instelling": "25LX"}, False),
        ({"opleidingcode": "25700"}, False),
        ({"inschrijvingvolgnummer": "2"}, True),
    ],
)
def test_one_institution_gives_one_diploma_for_a_programme(velden, dubbel):
    wie = _geslaagd(diploma("2025-07-01"), diploma(GESLAAGD, resultaatvolgnummer="2", **velden))
    assert bool(bevindingen("D04", wie, "2026-03-01")) is dubbel


def test_an_earlier_diploma_of_long_ago_makes_the_new_one_extra():
    wie = _geslaagd(diploma("2015-07-01"), diploma(GESLAAGD, resultaatvolgnummer="2"))
    assert sleutels(bevindingen("D04", wie, "2026-03-01")) == [("Diploma", "27DV", "2")]


# ---- D05: a subject twice


@pytest.mark.parametrize(
    ("codes", "extra"),
    [
        (["3005", "3006", "3013"], []),
        (["3001", "3005"], ["3005"]),
        (["3013", "3003"], ["3003"]),
        (["3002", "3028", "3004"], ["3028", "3004"]),
        (["3010", "3010"], []),  # a code of no known subject
    ],
)
def test_dutch_english_and_arithmetic_stand_once_on_a_diploma(codes, extra):
    delen = tuple(examen(code, f"R{i}") for i, code in enumerate(codes))
    wie = _geslaagd(diploma(onderdelen=(Keuzedeel("K1", "K0067", True), *delen)))
    assert [u.waarden["code"] for u in bevindingen("D05", wie, "2026-03-01")] == extra


def test_parts_of_two_diplomas_or_loose_parts_do_not_count_together():
    los = examen("3001", "L", instelling="27DV", datum_resultaat=GESLAAGD)
    een = diploma(onderdelen=(examen("3001", "A"),))
    ander = diploma(resultaatvolgnummer="2", onderdelen=(examen("3005", "B"),))
    wie = student(inschrijving(eind=GESLAAGD), diplomas=(een, ander), los=(los,))
    assert not bevindingen("D05", wie, "2026-03-01")


# ---- D06: cross-overs


@pytest.mark.parametrize(
    ("cross_over", "toestemming", "gevonden"),
    [
        (True, (), True),
        (True, (geldig("2026-01-30"),), False),
        (True, (geldig("2020-01-01", "2026-01-30"),), True),
        (False, (), False),
        (None, (), False),
    ],
)
def test_a_cross_over_diploma_needs_permission_on_its_date(cross_over, toestemming, gevonden):
    gegevens = stamgegevens(
        opleidingen={OPLEIDING: Opleiding(OPLEIDING, cross_over=cross_over)},
        toestemmingen={("27DV", OPLEIDING): toestemming},
    )
    assert bool(bevindingen("D06", _geslaagd(diploma(GESLAAGD)), "2026-03-01", gegevens)) is gevonden


# ---- D07: ODT


@pytest.mark.parametrize(
    ("perioden", "gevonden"),
    [
        ((periode("2024-08-01", "ODT"),), True),
        ((periode("2024-08-01", "BOL"), periode("2026-01-30", "ODT")), True),
        ((periode("2024-08-01", "ODT"), periode("2026-01-30", "BOL")), False),
        ((), False),
    ],
)
def test_the_period_on_the_day_of_the_diploma_is_not_odt(perioden, gevonden):
    wie = _geslaagd(diploma(GESLAAGD), perioden=perioden)
    assert bool(bevindingen("D07", wie, "2026-03-01")) is gevonden


def test_a_diploma_outside_its_enrolment_falls_in_no_period():
    wie = _geslaagd(diploma("2026-02-01"), perioden=(periode(leertraject="ODT"),))
    assert not bevindingen("D07", wie, "2026-03-01")


# ---- the window


@pytest.mark.parametrize(
    ("datum", "peildatum", "gevonden"),
    [
        ("2026-05-02", "2026-08-01", False),
        ("2026-05-03", "2026-08-01", True),
        ("2026-05-02", "2026-07-31", True),
        ("2027-07-31", "2026-08-01", True),
        ("2027-08-01", "2026-08-01", False),
    ],
)
def test_a_diploma_counts_when_it_is_dated_in_the_window(datum, peildatum, gevonden):
    wie = student(diplomas=(diploma(datum),))
    assert bool(bevindingen("D01", wie, peildatum)) is gevonden
