"""Group A, as stories."""

import pytest

from kernregister.kern.gegevens import Bron, Gegevens
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor
from tests.kern.voorbeelden import (
    BSN,
    ONDERWIJSNUMMER,
    bevindingen,
    dag,
    diploma,
    examen,
    inschrijving,
    sleutels,
    student,
)


def test_a_known_bsn_shows_what_still_comes_on_the_onderwijsnummer():
    oud = inschrijving("2023-08-01", op_onderwijsnummer=True)
    nieuw = inschrijving("2024-08-01", inschrijvingvolgnummer="2")
    los = examen("3001", "7", instelling="27DV", datum_resultaat="2026-01-30", op_onderwijsnummer=True)
    papier = diploma("2026-01-30", op_onderwijsnummer=True)
    wie = student(oud, nieuw, diplomas=(papier,), los=(los,), onderwijsnummer=ONDERWIJSNUMMER)
    gevonden = bevindingen("A01", wie, "2026-03-01")
    assert sleutels(gevonden) == [
        ("Inschrijving", "27DV", "1"),
        ("Diploma", "27DV", "1"),
        ("GeneriekExamenonderdeel", "27DV", "7"),
    ]
    assert {u.sleutel.pgn for u in gevonden} == {ONDERWIJSNUMMER}, "found again on the number it came on"
    assert BSN not in repr(gevonden)


def test_who_has_only_an_onderwijsnummer_is_delivered_on_it_rightly():
    wie = student(
        inschrijving(op_onderwijsnummer=True), burgerservicenummer=None, onderwijsnummer=ONDERWIJSNUMMER
    )
    assert bevindingen("A01", wie, "2026-03-01") == []


@pytest.mark.parametrize(
    ("geboren", "ingeschreven", "leeftijd"),
    [
        ("2012-08-02", "2026-08-01", 13),
        ("2012-08-01", "2026-08-01", None),  # 14 that very day
        ("1955-08-02", "2026-08-01", None),  # 70, and 71 the next day
        ("1955-08-01", "2026-08-01", 71),
        ("2012-02-29", "2026-02-28", 13),
        ("2012-02-29", "2026-03-01", None),
        ("2012-08-00", "2026-08-01", None),  # may have turned 14
        ("2012-09-00", "2026-08-01", 13),  # cannot have
        ("2012-00-00", "2026-08-01", None),
        ("2013-00-00", "2026-08-01", 13),
        ("1955-08-00", "2026-08-01", None),  # may still be 70
        ("1955-07-00", "2026-08-01", 71),
        ("1954-00-00", "2026-08-01", 71),
        ("0000-00-00", "2026-08-01", None),
        ("2027-01-01", "2026-08-01", -1),
        (None, "2026-08-01", None),
    ],
)
def test_age_on_the_day_of_enrolment(geboren, ingeschreven, leeftijd):
    wie = student(inschrijving(ingeschreven), geboortedatum=geboren)
    gevonden = bevindingen("A02", wie, ingeschreven)
    assert [u.waarden["leeftijd"] for u in gevonden] == ([] if leeftijd is None else [leeftijd])


@pytest.mark.parametrize(
    ("eind", "gevonden"), [(None, True), ("2025-11-08", False), ("2025-11-09", False), ("2025-11-10", True)]
)
def test_nobody_is_enrolled_after_death(eind, gevonden):
    wie = student(inschrijving(eind=eind), datum_overlijden="2025-11-09")
    assert bool(bevindingen("A03", wie, "2026-03-01")) is gevonden


def test_death_is_seen_from_its_day_on():
    wie = student(inschrijving(), datum_overlijden="2025-11-09")
    assert not bevindingen("A03", wie, "2025-11-08")
    assert bevindingen("A03", wie, "2025-11-09")


def test_without_the_register_of_persons_neither_numbers_nor_death_are_judged():
    motor = Motor([catalogus()["A01"], catalogus()["A03"]], dag("2026-03-01"), Gegevens())
    assert [n.ontbreekt for n in motor.niet_beoordeeld] == [(Bron.NUMMERS,), (Bron.OVERLIJDEN,)]
