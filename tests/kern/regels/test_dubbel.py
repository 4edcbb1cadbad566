"""Group E, as stories."""

import pytest

from kernregister.kern.gegevens import Instelling, Soort
from kernregister.kern.sleutels import GEHEIM
from tests.kern.voorbeelden import (
    bevindingen,
    dag,
    deelname,
    inschrijving,
    nbi,
    periode,
    sleutels,
    stamgegevens,
    student,
)

SECTOREN = pytest.mark.parametrize(("regel", "sector"), [("E01", "VO"), ("E02", "VSO")])


def _doorlopend(fase, leertraject="BOL", eind=None):
    return inschrijving(
        "2025-08-01",
        eind,
        perioden=(periode("2025-08-01", leertraject, leerroute="DLR", leerroutefase=fase),),
    )


# ---- E01, E02: the phase of a leerroute


@SECTOREN
@pytest.mark.parametrize(
    ("mbo", "vo", "gevonden"),
    [
        ("MBO", "MBO", False),
        ("VO", "VO", False),
        ("MBO", "VO", True),
        ("VO", "MBO", True),
        ("MBO", None, True),
        ("VO", None, True),
        (None, "VO", False),
        (None, None, False),
    ],
)
def test_both_schools_tell_the_same_phase(regel, sector, mbo, vo, gevonden):
    wie = student(_doorlopend(mbo), deelnames=(deelname(sector, leerroutefase=vo),))
    assert bool(bevindingen(regel, wie, "2026-03-01")) is gevonden


@SECTOREN
def test_examination_enrolments_and_the_other_sector_are_left_out(regel, sector):
    andere = "VSO" if sector == "VO" else "VO"
    school = deelname(sector, leerroutefase="VO")
    assert not bevindingen(regel, student(_doorlopend("MBO", "EX"), deelnames=(school,)), "2026-03-01")
    elders = deelname(andere, leerroutefase="VO")
    assert not bevindingen(regel, student(_doorlopend("MBO"), deelnames=(elders,)), "2026-03-01")


@pytest.mark.parametrize(
    ("vo_begin", "vo_eind", "van", "tot"),
    [
        ("2025-09-01", "2025-09-01", "2025-09-01", "2025-10-01"),
        ("2025-09-02", "2025-09-30", None, None),  # on no first of a month
        ("2025-09-02", "2025-10-01", "2025-10-01", "2025-11-01"),
        ("2025-09-15", "2026-01-15", "2025-10-01", "2026-02-01"),
        ("2024-08-01", None, "2025-08-01", "9999-12-31"),
        ("2024-08-01", "2025-07-31", None, None),
    ],
)
def test_the_first_of_the_month_decides(vo_begin, vo_eind, van, tot):
    wie = student(_doorlopend("MBO"), deelnames=(deelname("VO", vo_begin, vo_eind, leerroutefase="VO"),))
    gevonden = bevindingen("E01", wie, van or "2025-10-01")
    assert [(str(u.van), str(u.tot)) for u in gevonden] == ([(van, tot)] if van else [])


def test_the_finding_is_on_the_period_and_names_the_school():
    wie = student(_doorlopend("MBO"), deelnames=(deelname("VO", leerroutefase="VO", instelling="01AA"),))
    (gevonden,) = bevindingen("E01", wie, "2026-03-01")
    assert sleutels([gevonden]) == [("Inschrijvingsperiode", "27DV", "2025-08-01")]
    assert gevonden.waarden["andere_instelling"] == "01AA"


# ---- E03, E04: enrolled in vo or vso as well


@pytest.mark.parametrize(
    ("regel", "sector", "peildatum", "teldata"),
    [
        ("E03", "VO", "2025-09-30", []),
        ("E03", "VO", "2025-10-01", ["2025-10-01"]),
        ("E03", "VO", "2026-07-31", ["2025-10-01"]),
        ("E03", "VO", "2026-08-01", []),
        ("E04", "VSO", "2025-09-30", []),
        ("E04", "VSO", "2025-10-01", ["2025-10-01"]),
        ("E04", "VSO", "2026-01-31", ["2025-10-01"]),
        ("E04", "VSO", "2026-02-01", ["2025-10-01", "2026-02-01"]),
        ("E04", "VSO", "2026-07-31", ["2025-10-01", "2026-02-01"]),
    ],
)
def test_vo_is_counted_in_october_and_vso_in_february_too(regel, sector, peildatum, teldata):
    wie = student(inschrijving(), deelnames=(deelname(sector),))
    gevonden = bevindingen(regel, wie, peildatum)
    assert [str(u.waarden["teldatum"]) for u in gevonden] == teldata
    assert {u.waarden["andere_instelling"] for u in gevonden} <= {"01AA"}


@pytest.mark.parametrize(("regel", "sector"), [("E03", "VO"), ("E04", "VSO")])
@pytest.mark.parametrize(
    ("leertraject", "leerroute", "gevonden"),
    [
        ("BOL", None, True),
        ("BBL", None, True),
        ("BOL", "DLR", False),
        ("EX", None, False),
        ("OVO", None, False),
    ],
)
def test_only_bol_and_bbl_outside_a_leerroute_count(regel, sector, leertraject, leerroute, gevonden):
    wie = student(
        inschrijving(perioden=(periode(leertraject=leertraject, leerroute=leerroute),)),
        deelnames=(deelname(sector),),
    )
    assert bool(bevindingen(regel, wie, "2026-03-01")) is gevonden


@pytest.mark.parametrize(("regel", "sector", "gevonden"), [("E03", "VO", False), ("E04", "VSO", True)])
def test_a_leerroute_at_the_other_school_leaves_out_vo_but_not_vso(regel, sector, gevonden):
    wie = student(inschrijving(), deelnames=(deelname(sector, leerroute="DLR"),))
    assert bool(bevindingen(regel, wie, "2026-03-01")) is gevonden


@pytest.mark.parametrize(
    ("begin", "eind", "gevonden"),
    [
        ("2024-08-01", "2025-09-30", False),
        ("2024-08-01", "2025-10-01", True),
        ("2025-10-01", None, True),
        ("2025-10-02", None, False),
    ],
)
def test_both_must_be_enrolled_on_the_very_day(begin, eind, gevonden):
    wie = student(inschrijving(), deelnames=(deelname("VO", begin, eind),))
    assert bool(bevindingen("E03", wie, "2026-03-01")) is gevonden
    andersom = student(inschrijving(begin, eind), deelnames=(deelname("VO"),))
    assert bool(bevindingen("E03", andersom, "2026-03-01")) is gevonden


def test_who_finishes_vo_subjects_through_vavo_is_left_out_of_vo_but_not_of_vso():
    rutte = (deelname("VO"), deelname("VSO"), deelname("VAVO"))
    assert not bevindingen("E03", student(inschrijving(), deelnames=rutte), "2026-03-01")
    assert bevindingen("E04", student(inschrijving(), deelnames=rutte), "2026-03-01")
    alleen_vavo = student(inschrijving(), deelnames=(deelname("VAVO"),))
    assert not bevindingen("E03", alleen_vavo, "2026-03-01")
    vavo_voorbij = (deelname("VO"), deelname("VAVO", eind="2025-09-30"))
    assert bevindingen("E03", student(inschrijving(), deelnames=vavo_voorbij), "2026-03-01")


# ---- E05, E06: fundable twice


def _bekostigbaar(volgnummer="1", instelling="27DV", begin="2025-08-01", eind=None, **velden):
    perioden = (periode(begin, **({"bekostigbaar": True} | velden)),)
    return inschrijving(
        begin, eind, instelling=instelling, inschrijvingvolgnummer=volgnummer, perioden=perioden
    )


def test_fundable_twice_at_one_institution_on_both_counting_dates():
    wie = student(_bekostigbaar("2", begin="2025-09-01"), _bekostigbaar("1"))
    gevonden = bevindingen("E05", wie, "2026-03-01")
    assert [(str(u.waarden["teldatum"]), u.waarden["andere_inschrijving"]) for u in gevonden] == [
        ("2025-10-01", "1"),
        ("2026-02-01", "1"),
    ]
    assert {u.sleutel.inschrijvingvolgnummer for u in gevonden} == {"2"}
    assert not bevindingen("E06", wie, "2026-03-01")


@pytest.mark.parametrize(
    ("velden", "teldata"),
    [
        ({"eind": "2025-09-30"}, []),
        ({"eind": "2025-10-01"}, ["2025-10-01"]),
        ({"begin": "2025-10-02"}, ["2026-02-01"]),
        ({"begin": "2026-02-02"}, []),
        ({"bekostigbaar": False}, []),
        ({"bekostigbaar": None}, []),
        ({"leertraject": "EX"}, []),
        ({"leertraject": "BBL"}, ["2025-10-01", "2026-02-01"]),
        ({"leerroute": "DLR"}, ["2025-10-01", "2026-02-01"]),
    ],
)
@pytest.mark.parametrize(("regel", "waar"), [("E05", "27DV"), ("E06", "25LX")])
def test_the_period_on_the_counting_date_decides(regel, waar, velden, teldata):
    wie = student(_bekostigbaar(), _bekostigbaar("2", waar, **velden))
    assert sorted({str(u.waarden["teldatum"]) for u in bevindingen(regel, wie, "2026-03-01")}) == teldata


def test_each_institution_hears_of_the_other_by_its_code_only():
    wie = student(_bekostigbaar(), _bekostigbaar("X9", "25LX"))
    gevonden = bevindingen("E06", wie, "2025-11-01")
    assert [(u.sleutel.instelling, u.waarden) for u in gevonden] == [
        ("27DV", {"teldatum": dag("2025-10-01"), "andere_instelling": "25LX"}),
        ("25LX", {"teldatum": dag("2025-10-01"), "andere_instelling": "27DV"}),
    ]
    assert not bevindingen("E05", wie, "2025-11-01")


def test_of_who_has_a_secret_address_nobody_hears_where_they_go_to_school():
    mbo = student(_bekostigbaar(), _bekostigbaar("X9", "25LX"), geheim=True)
    assert {u.waarden["andere_instelling"] for u in bevindingen("E06", mbo, "2025-11-01")} == {GEHEIM}
    scholen = (deelname("VO", instelling="01AA"), deelname("VO", instelling="02BB"))
    vo = student(_bekostigbaar(), deelnames=scholen, geheim=True)
    assert [u.waarden["andere_instelling"] for u in bevindingen("E03", vo, "2025-11-01")] == [GEHEIM]
    fase = student(_doorlopend("MBO"), deelnames=(deelname("VO", leerroutefase="VO"),), geheim=True)
    assert [u.waarden["andere_instelling"] for u in bevindingen("E01", fase, "2026-03-01")] == [GEHEIM]


def test_three_enrolments_give_two_extra_ones():
    wie = student(*(_bekostigbaar(n) for n in "312"))
    assert [u.sleutel.inschrijvingvolgnummer for u in bevindingen("E05", wie, "2025-11-01")] == ["2", "3"]


@pytest.mark.parametrize("regel", ["E05", "E06"])
def test_funding_is_for_funded_institutions(regel):
    wie = student(_bekostigbaar(), _bekostigbaar("2"))
    assert not bevindingen(regel, wie, "2026-03-01", nbi())


def test_an_enrolment_at_a_non_funded_institution_is_never_the_other_one():
    wie = student(_bekostigbaar(), _bekostigbaar("2", "25LX"))
    instellingen = {"27DV": Instelling("27DV"), "25LX": Instelling("25LX", soort=Soort.NBI)}
    assert not bevindingen("E06", wie, "2026-03-01", stamgegevens(instellingen=instellingen))
