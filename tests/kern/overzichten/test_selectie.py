"""Which records of a student belong in an RO and a GRONDSLAG, and in no overview at all, told at the boundaries."""

from datetime import date

import pytest
from msgspec.structs import replace

from kernregister.kern.dossier import (
    AmvbOnderdeel,
    ExtraOndersteuning,
    Nationaliteit,
    Verblijfstitel,
)
from kernregister.kern.overzichten.selectie import gekoppeld
from tests.kern.overzichten.selecteren import bbl, grondslag, los, nummers, obo, ro
from tests.kern.voorbeelden import (
    ELDERS,
    ONDERWIJSNUMMER,
    bpv,
    diploma,
    examen,
    inschrijving,
    periode,
    student,
)

ALLE = pytest.mark.parametrize("kies", [ro, obo, grondslag])


@ALLE
@pytest.mark.parametrize(
    ("begin", "eind", "erin"),
    [
        ("2024-08-01", "2025-07-31", False),
        ("2024-08-01", "2025-08-01", True),
        ("2026-07-31", None, True),
        ("2026-08-01", None, False),
        ("2024-08-01", None, True),
        ("2025-09-01", "2025-09-01", True),
        ("2025-09-02", "2025-09-01", False),
    ],
)
def test_an_enrolment_is_in_it_when_it_is_valid_on_some_day_both_ends_included(kies, begin, eind, erin):
    assert (kies(student(inschrijving(begin, eind))) is not None) is erin


@ALLE
def test_a_planned_end_plays_no_part(kies):
    verstreken = inschrijving(datum_uitschrijving_gepland="2025-01-31")
    assert nummers(kies(student(verstreken)))["inschrijvingen"] == ["1"]


@ALLE
def test_nothing_of_another_institution_is_ever_in_it(kies):
    daar = inschrijving(instelling=ELDERS, perioden=(periode(leertraject="BBL"),), bpvs=(bpv(),))
    hier = inschrijving(inschrijvingvolgnummer="2", bpvs=(bpv(volgnummer="hier"),))
    beide = student(
        daar,
        hier,
        diplomas=(diploma("2025-12-01", instelling=ELDERS, resultaatvolgnummer="9"),),
        los=(los("8", "2025-12-01", instelling=ELDERS),),
    )
    assert nummers(kies(beide)) == nummers(kies(student(hier)))
    assert kies(student(daar, diplomas=(diploma("2025-12-01", instelling=ELDERS),))) is None


@ALLE
def test_what_a_person_does_outside_mbo_is_not_in_it(kies):
    deel = kies(student(inschrijving()))
    assert (deel.deelnames, deel.vooropleidingen) == ((), ())


def test_an_ro_has_enrolments_whole():
    heel = inschrijving(
        perioden=(periode("2024-08-01"), periode("2025-02-01"), periode("2026-08-01")),
        extra_ondersteuning=(ExtraOndersteuning(date(2024, 9, 1), date(2024, 12, 1)),),
        bpvs=(
            bpv("2024-09-01", "2024-12-31"),
            bpv(volgnummer="2", opleidingcode=None, keuzedeelcode="K0067"),
        ),
    )
    deel = ro(student(heel))
    assert deel is not None
    assert deel.inschrijvingen == (heel,)


@pytest.mark.parametrize(
    ("datum", "erin"),
    [("2025-07-31", False), ("2025-08-01", True), ("2026-07-31", True), ("2026-08-01", False)],
)
def test_an_ro_has_results_obtained_in_the_period_both_ends_included(datum, erin):
    met_diploma = student(diplomas=(diploma(datum, inschrijvingvolgnummer=None),))
    met_los = student(los=(los("1", datum),))
    assert [ro(met_diploma) is not None, ro(met_los) is not None] == [erin, erin]


def test_an_ro_has_the_results_of_its_enrolments_whenever_they_were_obtained():
    deel = ro(
        student(
            inschrijving(),
            diplomas=(
                diploma("2024-01-01", resultaatvolgnummer="mee"),
                diploma("2024-01-01", resultaatvolgnummer="niet", inschrijvingvolgnummer="2"),
            ),
            los=(los("mee", None, inschrijvingvolgnummer="1"), los("niet", None)),
        )
    )
    assert nummers(deel)["diplomas"] == ["mee"]
    assert nummers(deel)["los"] == ["mee"]


def test_a_diploma_of_the_period_brings_its_parts_into_an_ro_but_not_an_enrolment_that_ended_before():
    onderdelen = (examen("3005", "2"), AmvbOnderdeel("3", "C0004"))
    deel = ro(
        student(
            inschrijving("2022-08-01", "2025-07-31"), diplomas=(diploma("2025-09-01", onderdelen=onderdelen),)
        )
    )
    assert deel is not None
    assert nummers(deel) == {"diplomas": ["1"]}
    assert deel.diplomas[0].onderdelen == onderdelen


@pytest.mark.parametrize(
    ("datum", "erin"),
    [("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_diplomas_are_those_of_the_calendar_year_in_which_the_studiejaar_begins(datum, erin):
    met = student(inschrijving("2022-08-01", "2025-03-31"), diplomas=(diploma(datum),))
    for kies in (obo, grondslag):
        deel = kies(met)
        assert (deel is not None) is erin
        if erin:
            assert nummers(deel) == {"inschrijvingen": ["1"], "perioden": ["2022-08-01"], "diplomas": ["1"]}


def test_a_grondslag_has_the_enrolments_of_its_results_whole_also_when_they_ended_before():
    oud = inschrijving(
        "2022-08-01",
        "2025-07-31",
        perioden=(periode("2022-08-01"), periode("2023-08-01")),
        bpvs=(bpv("2022-09-01", "2023-01-31"),),
    )
    for resultaat in (
        {"diplomas": (diploma("2025-02-01"),)},
        {"los": (los("1", "2025-09-01", inschrijvingvolgnummer="1"),)},
    ):
        deel = grondslag(student(oud, **resultaat))
        assert deel is not None
        assert deel.inschrijvingen == (oud,)


@pytest.mark.parametrize(
    ("datum", "erin"),
    [("2025-07-31", False), ("2025-08-01", True), ("2026-07-31", True), ("2026-08-01", False), (None, False)],
)
def test_loose_results_of_a_grondslag_are_those_of_the_studiejaar(datum, erin):
    assert (grondslag(student(los=(los("1", datum),))) is not None) is erin


def test_a_result_belongs_to_the_enrolment_on_its_own_number_when_both_numbers_have_one():
    op_bsn = inschrijving("2022-08-01", "2024-07-31")
    op_own = replace(inschrijving("2021-08-01", "2023-07-31"), op_onderwijsnummer=True)
    behaald = replace(diploma("2025-02-01"), op_onderwijsnummer=True)
    wie = student(op_bsn, op_own, diplomas=(behaald,), onderwijsnummer=ONDERWIJSNUMMER)
    assert gekoppeld(wie, behaald) is op_own
    assert grondslag(wie).inschrijvingen == (op_own,)
    zonder = student(op_bsn, diplomas=(behaald,), onderwijsnummer=ONDERWIJSNUMMER)
    assert gekoppeld(zonder, behaald) is op_bsn


@ALLE
def test_records_are_in_the_order_of_their_keys_however_the_register_had_them(kies):
    rommelig = student(
        bbl(
            inschrijvingvolgnummer="2",
            perioden=(periode("2026-02-01", "BBL"), periode("2024-08-01", "BBL")),
            bpvs=(bpv(volgnummer="b"), bpv(volgnummer="a")),
            extra_ondersteuning=(ExtraOndersteuning(date(2026, 1, 1)), ExtraOndersteuning(date(2025, 1, 1))),
        ),
        inschrijving(inschrijvingvolgnummer="10"),
        diplomas=(
            diploma("2025-12-02", resultaatvolgnummer="9", inschrijvingvolgnummer="2"),
            diploma(
                "2025-12-02",
                resultaatvolgnummer="8",
                inschrijvingvolgnummer="2",
                onderdelen=(examen("3005", "12"), examen("3006", "11")),
            ),
        ),
        los=(los("7", "2025-12-01"), los("6", "2025-12-01")),
        verblijfstitels=(Verblijfstitel("22", "2021-01-01"), Verblijfstitel("21", "2020-01-01")),
        nationaliteiten=(Nationaliteit("0339", "2020-01-01"), Nationaliteit("0052", "2021-01-01")),
    )
    deel = kies(rommelig)
    gevonden = nummers(deel)
    assert gevonden["inschrijvingen"] == ["10", "2"]
    assert gevonden["perioden"] == ["2024-08-01", "2024-08-01", "2026-02-01"]
    assert gevonden["bpvs"] == ["a", "b"]
    assert gevonden["diplomas"] == ["8", "9"]
    assert [e.datum_begin.year for e in deel.inschrijvingen[1].extra_ondersteuning] == [2025, 2026]
    if kies is not obo:
        assert gevonden["los"] == ["6", "7"]
        assert [o.resultaatvolgnummer for o in deel.diplomas[0].onderdelen] == ["11", "12"]
    else:
        assert [v.code for v in deel.persoon.verblijfstitels] == ["21", "22"]
        assert [n.code for n in deel.persoon.nationaliteiten] == ["0052", "0339"]
