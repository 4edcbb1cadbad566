"""Which records of a student belong in an OBO, told at the boundaries."""

from typing import Any

import pytest
from msgspec.structs import replace

from kernregister.kern.dossier import (
    Nationaliteit,
    Verblijfstitel,
)
from tests.kern.overzichten.selecteren import bbl, grondslag, nummers, obo, ro
from tests.kern.voorbeelden import (
    ONDERWIJSNUMMER,
    bpv,
    diploma,
    inschrijving,
    periode,
    student,
)


@pytest.mark.parametrize(
    ("andere", "perioden"),
    [
        (("2025-07-31",), ["2025-07-31"]),
        (("2025-08-01",), ["2025-08-01"]),
        (("2026-07-31",), ["2024-08-01", "2026-07-31"]),
        (("2026-08-01",), ["2024-08-01"]),
        (("2025-01-01", "2025-08-02"), ["2025-01-01", "2025-08-02"]),
    ],
)
def test_an_obo_has_the_periods_that_are_valid_in_the_studiejaar(andere, perioden):
    deel = obo(student(inschrijving(perioden=(periode("2024-08-01"), *map(periode, andere)))))
    assert nummers(deel)["perioden"] == perioden


def test_a_period_that_would_begin_after_the_end_of_its_enrolment_is_never_valid():
    deel = obo(
        student(inschrijving(eind="2025-12-31", perioden=(periode("2024-08-01"), periode("2026-01-01"))))
    )
    assert nummers(deel)["perioden"] == ["2024-08-01"]


def test_an_obo_has_no_bpv_of_a_student_in_bol():
    assert "bpvs" not in nummers(obo(student(inschrijving(bpvs=(bpv(),)))))


def test_an_obo_has_all_bpvs_of_a_student_in_bbl_also_those_of_before():
    deel = obo(student(bbl(bpvs=(bpv("2024-08-01", "2025-06-30"), bpv("2025-08-01", volgnummer="2")))))
    assert nummers(deel)["bpvs"] == ["1", "2"]


def test_a_student_in_bbl_has_also_the_bpvs_of_other_enrolments_of_that_year_in_the_obo():
    bol = inschrijving(inschrijvingvolgnummer="2", bpvs=(bpv(volgnummer="bol"),))
    vroeger = inschrijving(
        "2023-08-01", "2025-07-31", inschrijvingvolgnummer="3", bpvs=(bpv(volgnummer="vroeger"),)
    )
    deel = obo(
        student(
            bbl(bpvs=(bpv(volgnummer="bbl"),)),
            bol,
            vroeger,
            diplomas=(diploma("2025-06-01", inschrijvingvolgnummer="3"),),
        )
    )
    assert nummers(deel)["inschrijvingen"] == ["1", "2", "3"]
    assert nummers(deel)["bpvs"] == ["bbl", "bol"]


def test_who_was_in_bbl_before_the_studiejaar_and_is_in_bol_now_has_no_bpvs_in_the_obo():
    gewisseld = inschrijving(
        perioden=(periode("2024-08-01", "BBL"), periode("2025-08-01", "BOL")), bpvs=(bpv(),)
    )
    assert "bpvs" not in nummers(obo(student(gewisseld)))
    een_dag = replace(gewisseld, perioden=(periode("2024-08-01", "BBL"), periode("2025-08-02", "BOL")))
    assert nummers(obo(student(een_dag)))["bpvs"] == ["1"]


def test_a_bpv_for_a_keuzedeel_is_never_in_an_obo():
    deel = obo(student(bbl(bpvs=(bpv(volgnummer="2", opleidingcode=None, keuzedeelcode="K0067"),))))
    assert "bpvs" not in nummers(deel)


def test_bbl_on_one_number_counts_for_the_bpvs_on_the_other_because_it_is_one_student():
    op_own = inschrijving(bpvs=(bpv(volgnummer="own"),), op_onderwijsnummer=True)
    deel = obo(student(op_own, bbl(bpvs=(bpv(volgnummer="bsn"),)), onderwijsnummer=ONDERWIJSNUMMER))
    assert sorted(nummers(deel)["bpvs"]) == ["bsn", "own"]


@pytest.mark.parametrize(
    ("datum", "behaald_in"),
    [
        ("2025-01-31", "2024-08-01"),
        ("2025-02-01", "2025-02-01"),
        ("2025-06-30", "2025-02-01"),
        ("2025-11-30", "2025-02-01"),
    ],
)
def test_an_enrolment_that_ended_before_is_in_the_obo_with_the_period_in_which_its_diploma_was_obtained(
    datum, behaald_in
):
    oud = inschrijving(
        "2023-08-01",
        "2025-06-30",
        perioden=(periode("2023-08-01"), periode("2024-08-01"), periode("2025-02-01")),
    )
    assert nummers(obo(student(oud, diplomas=(diploma(datum),))))["perioden"] == [behaald_in]


def test_a_diploma_dated_before_its_enrolment_is_in_the_obo_with_the_first_period():
    deel = obo(student(inschrijving("2026-09-01"), diplomas=(diploma("2025-12-01"),)))
    assert nummers(deel)["perioden"] == ["2026-09-01"]


def test_the_period_of_a_diploma_comes_beside_those_of_the_studiejaar_and_never_twice():
    lopend = inschrijving(perioden=(periode("2024-08-01"), periode("2025-08-01")))
    voor = obo(student(lopend, diplomas=(diploma("2025-06-30"),)))
    erin = obo(student(lopend, diplomas=(diploma("2025-09-30"),)))
    assert nummers(voor)["perioden"] == ["2024-08-01", "2025-08-01"]
    assert nummers(erin)["perioden"] == ["2025-08-01"]


def test_a_diploma_that_names_no_enrolment_has_no_place_in_an_obo_but_has_in_the_others():
    los_diploma = student(diplomas=(diploma("2025-12-01", inschrijvingvolgnummer=None),))
    assert obo(los_diploma) is None
    assert ro(los_diploma) is not None
    assert grondslag(los_diploma) is not None


def test_a_diploma_that_names_an_enrolment_nobody_knows_is_in_it_alone():
    deel = obo(student(diplomas=(diploma("2025-12-01", inschrijvingvolgnummer="weg"),)))
    assert nummers(deel) == {"diplomas": ["1"]}


def herkomst(**velden: Any) -> dict[str, Any]:
    return {
        "verblijfstitels": (Verblijfstitel("21", "2020-01-01"),),
        "nationaliteiten": (Nationaliteit("0001", "0000-00-00"),),
    } | velden


def test_nationality_and_residence_are_in_the_obo_of_who_is_in_it_because_of_an_enrolment_only():
    oud, nu = inschrijving("2022-08-01", "2025-07-31"), inschrijving()
    behaald = (diploma("2025-07-01"),)
    door_diploma, door_inschrijving = (obo(student(i, diplomas=behaald, **herkomst())) for i in (oud, nu))
    assert door_diploma is not None
    assert door_inschrijving is not None
    assert (door_diploma.persoon.verblijfstitels, door_diploma.persoon.nationaliteiten) == ((), ())
    assert len(door_inschrijving.persoon.verblijfstitels) == 1
    assert len(door_inschrijving.persoon.nationaliteiten) == 1


@pytest.mark.parametrize(
    ("begin", "eind", "erin"),
    [
        ("2020-01-01", "2025-08-01", False),
        ("2020-01-01", "2025-08-02", True),
        ("2026-07-31", None, True),
        ("2026-08-01", None, False),
        ("2025-10-01", "2025-10-01", False),
        ("0000-00-00", None, True),
        ("0000-00-00", "0000-00-00", True),
        ("2026-00-00", None, True),
        ("2026-08-00", None, False),
        ("2020-01-01", "2025-00-00", True),
        ("2020-01-01", "2025-07-00", False),
        ("2020-01-01", "2025-08-00", True),
        ("geen datum", None, True),
    ],
)
def test_they_hold_in_the_studiejaar_when_they_may_the_end_not_included(begin, eind, erin):
    deel = obo(
        student(
            inschrijving(),
            verblijfstitels=(Verblijfstitel("21", begin, eind),),
            nationaliteiten=(Nationaliteit("0339", begin, eind),),
        )
    )
    assert deel is not None
    assert [bool(deel.persoon.verblijfstitels), bool(deel.persoon.nationaliteiten)] == [erin, erin]
