"""The vooropleidingen that an institution sees in a studentdossier (Handleiding ROD mbo, h. 07)."""

import pytest
from msgspec import structs

from kernregister.kern.dossier import Keuzedeel
from kernregister.kern.tijd import OPEN
from kernregister.kern.vooropleiding import (
    Vooropleidingen,
    vooropleidingen_in_dossier,
)
from tests.kern.voorbeelden import (
    ELDERS,
    INSTELLING,
    dag,
    deelname,
    diploma,
    inschrijving,
    student,
)
from tests.kern.voorbeelden_vooropleiding import (
    ho_diploma,
    leerjaar,
    met_resultaten,
    vo_resultaat,
)


class TestStudentdossier:
    """The vooropleidingen in a studentdossier."""

    def test_all_sectors_are_shown_in_the_order_of_enrolment(self):
        dossier = student(
            inschrijving("2022-08-01", "2024-07-31"),
            deelnames=(
                deelname("HO", "2024-09-01"),
                deelname("VAVO", "2021-08-01", "2022-07-31"),
                deelname("VSO", "2014-08-01", "2016-07-31", wec_schoolsoort="ZMLK"),
                deelname("VO", "2016-08-01", "2021-07-31"),
            ),
        )
        getoond = vooropleidingen_in_dossier(dossier, OPEN).deelnames
        assert [d.sector for d in getoond] == ["VSO", "VO", "VAVO", "MBO", "HO"]

    def test_results_stand_at_the_enrolment_they_belong_to(self):
        dossier = met_resultaten(
            student(
                inschrijving("2021-08-01", "2024-07-31"),
                diplomas=(diploma("2024-07-31"),),
                los=(Keuzedeel("9", "K0067", True, ELDERS, dag("2022-01-01")),),
            ),
            ho_diploma("2025-06-30"),
            vo_resultaat(datum="2021-06-12"),
            vo_resultaat(
                "VMBO", None, resultaatvolgnummer="2", uitslagcode="L", waardedocument=None, examenjaar=2018
            ),
        )
        getoond = vooropleidingen_in_dossier(dossier, OPEN).resultaten
        assert [r.resultaatvolgnummer for r in getoond] == ["2", "1", "1", "9", "1"]
        assert [type(r).__name__ for r in getoond][2:] == ["Diploma", "Keuzedeel", "HoDiploma"]

    def test_a_result_that_names_no_enrolment_stands_at_its_own_date(self):
        dossier = met_resultaten(
            student(
                inschrijving("2020-08-01", "2022-07-31"),
                diplomas=(diploma("2022-07-31", resultaatvolgnummer="2"),),
                deelnames=(deelname("VO", "2016-08-01", "2021-07-31"),),
            ),
            vo_resultaat(datum="2021-06-12"),
        )
        getoond = vooropleidingen_in_dossier(dossier, OPEN).resultaten
        assert [r.resultaatvolgnummer for r in getoond] == ["2", "1"]

    def test_a_number_of_another_sector_of_the_same_institution_is_another_enrolment(self):
        dossier = met_resultaten(
            student(
                inschrijving("2018-08-01", "2021-07-31"),
                diplomas=(diploma("2021-07-31", resultaatvolgnummer="2"),),
                deelnames=(
                    deelname(
                        "VAVO", "2022-08-01", "2023-07-31", instelling=INSTELLING, inschrijvingvolgnummer="1"
                    ),
                ),
            ),
            vo_resultaat(
                datum="2016-06-12", sector="VAVO", instelling=INSTELLING, inschrijvingvolgnummer="1"
            ),
        )
        getoond = vooropleidingen_in_dossier(dossier, OPEN).resultaten
        assert [r.resultaatvolgnummer for r in getoond] == ["2", "1"]

    def test_whether_a_diploma_was_funded_is_between_its_institution_and_duo(self):
        dossier = student(inschrijving(), diplomas=(diploma(bekostigbaar=True),))
        assert vooropleidingen_in_dossier(dossier, OPEN).resultaten == (diploma(),)

    @pytest.mark.parametrize("jaar", [None, 0, 12000])
    def test_a_result_that_cannot_be_placed_in_time_is_left_out(self, jaar):
        dossier = met_resultaten(student(inschrijving()), vo_resultaat(datum=None, examenjaar=jaar))
        assert vooropleidingen_in_dossier(dossier, OPEN).resultaten == ()

    def test_special_education_is_shown_only_with_a_wec_schoolsoort(self):
        school = deelname("VSO", "2018-08-01", "2022-07-31")
        resultaat = vo_resultaat(sector="VSO", datum="2022-06-12")
        zonder = met_resultaten(student(inschrijving("2022-08-01"), deelnames=(school,)), resultaat)
        uit = vooropleidingen_in_dossier(zonder, OPEN)
        assert ([d.sector for d in uit.deelnames], uit.resultaten) == (["MBO"], ())
        wel = structs.replace(zonder, deelnames=(structs.replace(school, wec_schoolsoort="ZMLK"),))
        uit = vooropleidingen_in_dossier(wel, OPEN)
        assert ([d.sector for d in uit.deelnames], uit.resultaten) == (["VSO", "MBO"], (resultaat,))

    @pytest.mark.parametrize(
        ("uitslag", "datum"), [("E", None), ("L", None), ("A", "2024-06-12"), ("G", "2024-06-12")]
    )
    def test_an_exam_spread_or_early_shows_no_date_of_its_outcome(self, uitslag, datum):
        resultaat = vo_resultaat(uitslagcode=uitslag, waardedocument=None, examenjaar=2024)
        getoond = vooropleidingen_in_dossier(
            met_resultaten(student(inschrijving()), resultaat), OPEN
        ).resultaten
        assert [r.uitslagdatum for r in getoond] == [dag(datum) if datum else None]

    def test_an_exam_before_the_state_shows_no_programme(self):
        staat = vo_resultaat(opleidingcode="0371", staatsexamen=True)
        school = vo_resultaat("VWO", opleidingcode="0371", resultaatvolgnummer="2")
        getoond = vooropleidingen_in_dossier(
            met_resultaten(student(inschrijving()), staat, school), OPEN
        ).resultaten
        assert [r.opleidingcode for r in getoond] == [None, "0371"]

    def test_nothing_is_visible_before_an_enrolment_exists(self):
        dossier = met_resultaten(student(deelnames=(leerjaar(4),)), vo_resultaat())
        assert vooropleidingen_in_dossier(dossier, OPEN) == Vooropleidingen()

    def test_what_lies_after_the_own_enrolment_is_not_shown(self):
        eigen = inschrijving("2020-08-01", "2023-07-31")
        dossier = met_resultaten(
            student(
                eigen,
                inschrijving("2023-07-31", instelling=ELDERS),
                inschrijving("2023-08-01", instelling="30AB"),
                diplomas=(diploma("2023-07-31"), diploma("2023-08-01", resultaatvolgnummer="2")),
            ),
            ho_diploma("2026-06-30"),
            vo_resultaat(datum=None, uitslagcode="E", examenjaar=2024),
            vo_resultaat(datum=None, resultaatvolgnummer="3"),
        )
        uit = vooropleidingen_in_dossier(dossier, dag("2023-07-31"))
        assert [d.instelling for d in uit.deelnames] == [INSTELLING, ELDERS]
        assert [r.resultaatvolgnummer for r in uit.resultaten] == ["1"]
