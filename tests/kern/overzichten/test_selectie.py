"""Which records of a student belong in an RO, an OBO and a GRONDSLAG, told at the boundaries."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from kernregister.kern.dossier import (
    AmvbOnderdeel,
    Dossier,
    ExtraOndersteuning,
    Keuzedeel,
    Nationaliteit,
    Verblijfstitel,
)
from kernregister.kern.overzichten.selectie import gekoppeld, voor_grondslag, voor_obo, voor_ro
from kernregister.kern.tijd import Studiejaar
from tests.kern.voorbeelden import (
    ELDERS,
    INSTELLING,
    ONDERWIJSNUMMER,
    bpv,
    diploma,
    examen,
    inschrijving,
    periode,
    student,
)

JAAR = Studiejaar(2025)
BEGIN, EINDE = JAAR.begin, date(2026, 7, 31)


def ro(dossier: Dossier) -> Dossier | None:
    return voor_ro(dossier, INSTELLING, BEGIN, EINDE)


def obo(dossier: Dossier) -> Dossier | None:
    return voor_obo(dossier, INSTELLING, JAAR)


def grondslag(dossier: Dossier) -> Dossier | None:
    return voor_grondslag(dossier, INSTELLING, JAAR)


ALLE = pytest.mark.parametrize("kies", [ro, obo, grondslag])


def nummers(deel: Dossier | None) -> dict[str, list[str]]:
    """What is in an overview, by its own numbers."""
    assert deel is not None
    return {
        naam: waarden
        for naam, waarden in {
            "inschrijvingen": [i.inschrijvingvolgnummer for i in deel.inschrijvingen],
            "perioden": [str(p.datum_begin) for i in deel.inschrijvingen for p in i.perioden],
            "bpvs": [b.volgnummer for i in deel.inschrijvingen for b in i.bpvs],
            "diplomas": [d.resultaatvolgnummer for d in deel.diplomas],
            "los": [o.resultaatvolgnummer for o in deel.losse_resultaten],
        }.items()
        if waarden
    }


def los(volgnummer: str, datum: str | None, **velden: Any) -> Keuzedeel:
    dag = date.fromisoformat(datum) if datum else None
    return Keuzedeel(
        volgnummer, "K0067", True, **({"instelling": INSTELLING, "datum_resultaat": dag} | velden)
    )


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


def bbl(begin: str = "2024-08-01", **velden: Any) -> Any:
    return inschrijving(begin, **({"perioden": (periode(begin, "BBL"),)} | velden))


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
