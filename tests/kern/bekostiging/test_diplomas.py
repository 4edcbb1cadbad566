"""Diplomas: who counts, and every cell of the table of values."""

import pytest
from msgspec.structs import replace

from kernregister.kern.bekostiging.diploma import hoogste_voor
from kernregister.kern.bekostiging.kader import Kader
from kernregister.kern.bekostiging.parameters import parameters
from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Bron, Instelling, Opleiding, Soort
from tests.kern import voorbeelden
from tests.kern.bekostiging.opzet import (
    BASIS,
    ENTREE,
    JAAR,
    KADER,
    OPLEIDINGEN,
    SPECIALIST,
    VAK,
    Uitkomst,
    beslis,
    gegevens,
    inschrijving,
    met_opleiding,
    student,
)
from tests.kern.voorbeelden import ELDERS, INSTELLING, dag, periode


def diploma(datum="2025-06-17", opleiding=VAK, nummer="1", **velden):
    return voorbeelden.diploma(
        datum, **({"resultaatvolgnummer": nummer, "opleidingcode": opleiding, "bekostigbaar": True} | velden)
    )


def school(*diplomas, begin="2015-08-01", **velden) -> Dossier:
    """A student who never left: enrolled all the while, so that there is no break."""
    return student(inschrijving(begin=begin), diplomas=diplomas, **velden)


def behaald(eerder: str | None, nieuw: str) -> Uitkomst:
    """What a diploma of 2025 is worth after an earlier one of 2023."""
    oud = (diploma("2023-06-30", eerder, "0"),) if eerder else ()
    return beslis(school(*oud, diploma(opleiding=nieuw)))


@pytest.mark.parametrize(
    ("eerder", "nieuw", "waarde"),
    [
        *((None, nieuw, waarde) for nieuw, waarde in ((BASIS, 1), (VAK, 3), (KADER, 5), (SPECIALIST, 2))),
        *((ENTREE, nieuw, waarde) for nieuw, waarde in ((BASIS, 1), (VAK, 3), (KADER, 5), (SPECIALIST, 2))),
        *((BASIS, nieuw, waarde) for nieuw, waarde in ((BASIS, 0), (VAK, 2), (KADER, 4), (SPECIALIST, 2))),
        *((VAK, nieuw, waarde) for nieuw, waarde in ((BASIS, None), (VAK, 0), (KADER, 2), (SPECIALIST, 2))),
        *(
            (KADER, nieuw, waarde)
            for nieuw, waarde in ((BASIS, None), (VAK, None), (KADER, 0), (SPECIALIST, 2))
        ),
        *(
            (SPECIALIST, nieuw, waarde)
            for nieuw, waarde in ((BASIS, 1), (VAK, 3), (KADER, 5), (SPECIALIST, 0))
        ),
    ],
)
def test_every_cell_of_the_table(eerder, nieuw, waarde):
    """None: left out, as the student already had a higher one. A specialist counts as its highest other diploma."""
    uit = behaald(eerder, nieuw)
    if waarde is None:
        assert (uit.diploma().status, uit.diploma_mis(), uit.waarden) == (False, ["R80"], [0])
    else:
        assert (uit.diploma().status, uit.diploma_mis(), uit.waarden) == (True, [], [waarde])


@pytest.mark.parametrize("ander", [BASIS, VAK, KADER])
def test_after_a_specialist_the_highest_other_diploma_decides(ander):
    uit = beslis(
        school(
            diploma("2022-06-30", ander, "0"),
            diploma("2023-06-30", SPECIALIST, "1"),
            diploma(opleiding=KADER),
        )
    )
    assert uit.waarden == [{BASIS: 4, VAK: 2, KADER: 0}[ander]]
    assert (uit.diploma().niveau_hoogst_bekostigde_diploma, uit.diploma().hoogst_is_specialist) == (
        "MBO-4",
        True,
    )


def test_what_is_told_of_a_diploma():
    besluit = behaald(BASIS, KADER).diploma()
    assert (besluit.niveau, besluit.specialist) == ("MBO-4", False)
    assert (besluit.niveau_hoogst_bekostigde_diploma, besluit.hoogst_is_specialist) == ("MBO-2", False)
    assert [reden.code for reden in besluit.redenen] == [
        "R10",
        "R20",
        "R30",
        "R40",
        "R50",
        "R60",
        "R70",
        "R80",
    ]
    eerste = behaald(None, SPECIALIST).diploma()
    assert (eerste.specialist, eerste.niveau_hoogst_bekostigde_diploma, eerste.hoogst_is_specialist) == (
        True,
        None,
        None,
    )


def test_an_entree_diploma_does_not_count():
    uit = behaald(None, ENTREE)
    assert (uit.waarden, uit.diploma_mis()) == ([0], ["R40"])


def test_only_diplomas_of_the_calendar_year_are_decided_on():
    uit = beslis(
        school(diploma("2024-12-31", nummer="0"), diploma("2025-01-01"), diploma("2026-01-01", nummer="2"))
    )
    assert [d.resultaatvolgnummer for d in uit.bekostiging.diplomas] == ["1"]
    assert uit.waarden == [0], "the one of 2024 came first"


class TestVoorwaarden:
    def test_an_institution_that_is_not_funded_gets_nothing(self):
        stam = gegevens(instellingen={INSTELLING: Instelling(INSTELLING, soort=Soort.NBI)})
        assert beslis(school(diploma()), stam).diploma_mis() == ["R10"]
        assert beslis(school(diploma()), gegevens(instellingen={})).diploma_onbekend() == ["R10"]

    @pytest.mark.parametrize("indicatie", [False, None])
    def test_the_institution_says_that_it_is_to_be_funded(self, indicatie):
        assert beslis(school(diploma(bekostigbaar=indicatie))).diploma_mis() == ["R20"]

    @pytest.mark.parametrize(
        "velden", [{"inschrijvingvolgnummer": None}, {"inschrijvingvolgnummer": "9"}, {"instelling": ELDERS}]
    )
    def test_an_enrolment_at_the_same_institution_belongs_to_it(self, velden):
        uit = beslis(school(diploma(**velden)))
        assert uit.diploma_mis() == ["R50"]
        assert "R60" not in [reden.code for reden in uit.diploma().redenen], (
            "of nobody is told that they were enrolled"
        )

    @pytest.mark.parametrize("leertraject", ["OVO", "ODT", "BOL_DT"])
    def test_a_diploma_of_a_leertraject_that_is_never_funded_does_not_count(self, leertraject):
        uit = beslis(student(inschrijving(leertraject=leertraject), diplomas=(diploma("2025-12-01"),)))
        assert (uit.diploma_mis(), uit.waarden) == (["R61"], [0])

    def test_without_a_level_it_counts_and_nobody_can_tell_for_what(self):
        uit = beslis(school(diploma()), met_opleiding(niveau=None, soort_opleiding=None))
        assert (uit.diploma().status, uit.waarden, uit.diploma_onbekend()) == (True, [None], ["R40"])

    def test_the_level_may_come_from_the_enrolment(self):
        stam = met_opleiding(niveau=None, soort_opleiding=None)
        van = student(inschrijving(niveau="MBO-3"), diplomas=(diploma(),))
        assert beslis(van, stam).waarden == [3]

    def test_the_level_of_another_programme_in_that_enrolment_says_nothing(self):
        perioden = (
            periode("2024-08-01", bekostigbaar=True, opleidingcode=VAK, niveau="MBO-3"),
            periode("2025-02-01", bekostigbaar=True, opleidingcode=KADER, niveau="MBO-4"),
            periode("2025-03-01", bekostigbaar=True, opleidingcode=VAK),
        )
        van = student(inschrijving(perioden=perioden), diplomas=(diploma(),))
        assert beslis(van, met_opleiding(niveau=None, soort_opleiding=None)).diploma().niveau == "MBO-3"

    def test_an_earlier_diploma_at_level_four_of_unknown_kind_leaves_the_value_open(self):
        stam = gegevens(opleidingen=OPLEIDINGEN | {"25999": Opleiding("25999", niveau="MBO-4")})
        uit = beslis(school(diploma("2023-06-30", "25999", "0"), diploma()), stam)
        assert (uit.waarden, uit.diploma_onbekend()) == ([None], ["R81"])

    def test_a_level_that_does_not_exist_is_as_good_as_none(self):
        van = student(inschrijving(niveau="GLR"), diplomas=(diploma(),))
        stam = met_opleiding(niveau=None, soort_opleiding=None)
        assert beslis(van, stam).diploma_onbekend() == ["R40"]

    def test_at_level_four_it_must_be_known_whether_it_is_of_a_specialist(self):
        stam = gegevens(opleidingen=OPLEIDINGEN | {KADER: Opleiding(KADER, niveau="MBO-4")})
        uit = beslis(school(diploma(opleiding=KADER)), stam)
        assert (uit.diploma().status, uit.waarden, uit.diploma_onbekend()) == (True, [None], ["R41"])

    def test_an_earlier_diploma_of_which_the_level_is_unknown_leaves_the_value_open(self):
        stam = gegevens(beschikbaar=frozenset(Bron) - {Bron.OPLEIDINGEN_ACTUEEL})
        uit = beslis(school(diploma("2023-06-30", "11111", "0"), diploma()), stam)
        assert (uit.diploma().status, uit.waarden, uit.diploma_onbekend()) == (True, [None], ["R81"])

    def test_what_other_institutions_registered_may_be_unknown(self):
        stam = gegevens(beschikbaar=frozenset(Bron) - {Bron.ANDERE_INSTELLINGEN})
        uit = beslis(school(diploma()), stam)
        assert (uit.waarden, uit.diploma_onbekend()) == ([3], ["R80"])


class TestExtraneus:
    def extraneus(self, *eerdere, **velden):
        examen = inschrijving(
            leertraject="EX",
            begin="2025-05-01",
            eind="2025-06-17",
            inschrijvingvolgnummer="9",
            bekostigbaar=False,
        )
        return student(examen, *eerdere, diplomas=(diploma(inschrijvingvolgnummer="9", **velden),))

    @pytest.mark.parametrize(
        ("eind", "telt"),
        [("2022-12-31", False), ("2023-01-01", True), ("2024-07-31", True), ("2025-04-30", True)],
    )
    def test_who_left_without_diploma_has_two_calendar_years_to_obtain_it(self, eind, telt):
        uit = beslis(self.extraneus(inschrijving(begin="2020-08-01", eind=eind)))
        assert (uit.diploma().status, uit.diploma_mis()) == (telt, [] if telt else ["R60"])

    def test_who_became_an_extraneus_on_the_day_itself_was_a_student_until_then(self):
        perioden = (periode("2025-06-17", bekostigbaar=True, opleidingcode=VAK),)
        assert beslis(self.extraneus(inschrijving(begin="2025-06-17", perioden=perioden))).diploma_mis() == []

    @pytest.mark.parametrize(
        "eerdere",
        [
            (),
            (inschrijving(begin="2020-08-01", eind="2024-07-31", bekostigbaar=False),),
            (inschrijving("25182", "OVO", begin="2020-08-01", eind="2024-07-31"),),
        ],
    )
    def test_who_was_no_funded_student_before_does_not_count(self, eerdere):
        assert beslis(self.extraneus(*eerdere)).diploma_mis() == ["R60"]

    def test_at_an_institution_that_is_not_funded_nobody_is_a_funded_student(self):
        nbi = {
            code: Instelling(code, soort=soort)
            for code, soort in ((INSTELLING, Soort.BI), (ELDERS, Soort.NBI))
        }
        daar = inschrijving(begin="2020-08-01", eind="2024-07-31", instelling=ELDERS)
        assert beslis(self.extraneus(daar), gegevens(instellingen=nbi)).diploma_mis() == ["R60"]
        assert beslis(self.extraneus(daar)).diploma_mis() == []

    def test_an_enrolment_that_ended_with_a_diploma_does_not_count_for_it(self):
        eerder = inschrijving(begin="2020-08-01", eind="2024-07-31")
        dossier = self.extraneus(eerder)
        met = replace(dossier, diplomas=(*dossier.diplomas, diploma("2024-07-31", BASIS, "5")))
        assert beslis(met).diploma_mis() == ["R60"]

    def test_an_enrolment_may_itself_go_on_as_extraneus(self):
        def doorgegaan(vanaf):
            perioden = (
                periode("2018-08-01", bekostigbaar=True, opleidingcode=VAK),
                periode(vanaf, "EX", bekostigbaar=False, opleidingcode=VAK),
            )
            return student(inschrijving(begin="2018-08-01", perioden=perioden), diplomas=(diploma(),))

        assert beslis(doorgegaan("2024-01-01")).diploma_mis() == []
        assert beslis(doorgegaan("2022-08-01")).diploma_mis() == ["R60"]

    def test_what_other_institutions_registered_may_be_unknown(self):
        stam = gegevens(beschikbaar=frozenset(Bron) - {Bron.ANDERE_INSTELLINGEN})
        assert beslis(self.extraneus(), stam).diploma_onbekend() == ["R60", "R80"]


class TestEenPerJaar:
    """WEB 2.2.2 lid 4."""

    def test_of_two_of_one_level_in_a_year_only_the_first_counts(self):
        uit = beslis(school(diploma("2025-02-01", nummer="1"), diploma("2025-06-01", nummer="2")))
        assert (uit.waarden, uit.diploma_mis(1)) == ([3, 0], ["R70"])
        (waarom,) = [reden for reden in uit.diploma(1).redenen if reden.voldaan is False]
        assert waarom.waarden == {"instelling": INSTELLING, "resultaatvolgnummer": "1"}

    def test_a_lower_one_later_in_the_year_does_not_count(self):
        uit = beslis(school(diploma("2025-02-01", KADER, "1"), diploma("2025-06-01", BASIS, "2")))
        assert (uit.waarden, uit.diploma_mis(1)) == ([5, 0], ["R70", "R80"])

    def test_a_higher_one_adds_the_difference(self):
        uit = beslis(school(diploma("2025-02-01", BASIS, "1"), diploma("2025-06-01", KADER, "2")))
        assert uit.waarden == [1, 4]

    def test_of_those_of_one_day_the_lowest_is_the_earlier_in_whatever_order_they_stand(self):
        dag_ = "2025-06-30"
        drie = (diploma(dag_, KADER, "1"), diploma(dag_, SPECIALIST, "2"), diploma(dag_, BASIS, "3"))
        uit = beslis(school(*drie))
        assert [(d.resultaatvolgnummer, d.bijdrage) for d in uit.bekostiging.diplomas] == [
            ("3", 1),
            ("1", 4),
            ("2", 2),
        ]
        assert uit.bekostiging == beslis(school(*reversed(drie))).bekostiging

    def test_one_that_does_not_count_itself_takes_nothing_from_the_next(self):
        uit = beslis(
            school(diploma("2025-02-01", KADER, "1", bekostigbaar=False), diploma("2025-06-01", VAK, "2"))
        )
        assert uit.waarden == [0, 3]


class TestOnderbreking:
    """Three calendar years on end without enrolment on 1 October: what came before is left out."""

    def terug(self, weg: str, terug: str, **velden) -> Dossier:
        eerst = inschrijving(begin="2015-08-01", eind=weg)
        nu = inschrijving(begin=terug, inschrijvingvolgnummer="2")
        return student(
            eerst,
            nu,
            diplomas=(
                diploma(weg, KADER, "0"),
                diploma("2025-06-17", KADER, "1", inschrijvingvolgnummer="2"),
            ),
        )

    @pytest.mark.parametrize(
        ("weg", "terug", "waarde"),
        [
            ("2021-07-31", "2024-08-01", 5),  # not on 1 October of 2021, 2022 and 2023
            ("2021-07-31", "2023-10-01", 0),  # of 2021 and 2022 only
            ("2021-10-01", "2024-08-01", 0),  # still there on 1 October 2021
            ("2021-10-01", "2024-10-02", 5),  # of 2022, 2023 and 2024
            ("2021-07-31", "2025-01-01", 5),
        ],
    )
    def test_three_years_away_and_one_starts_anew(self, weg, terug, waarde):
        assert beslis(self.terug(weg, terug)).waarden == [waarde]

    def test_three_years_that_are_not_on_end_are_no_break(self):
        los = [
            inschrijving(begin=f"{jaar}-08-01", eind=f"{jaar + 1}-07-01", inschrijvingvolgnummer=str(jaar))
            for jaar in (2018, 2020, 2022, 2024)
        ]
        dossier = student(
            *los,
            diplomas=(
                diploma("2019-07-01", KADER, "0", inschrijvingvolgnummer="2018"),
                diploma("2025-06-17", KADER, "1", inschrijvingvolgnummer="2024"),
            ),
        )
        assert beslis(dossier).waarden == [0]


class TestEerdere:
    def test_an_earlier_diploma_that_was_not_funded_is_not_looked_at(self):
        dossier = school(diploma("2023-06-30", KADER, "0", bekostigbaar=False), diploma(opleiding=BASIS))
        assert beslis(dossier).waarden == [1]
        alle = replace(parameters(JAAR), eerdere_diplomas="alle")
        assert beslis(dossier, parameters=alle).diploma_mis() == ["R80"]

    def test_the_highest_before_a_day_can_be_asked(self):
        dossier = school(
            diploma("2020-06-30", VAK, "0"),
            diploma("2022-06-30", BASIS, "1"),
            diploma("2025-06-17", KADER, "2"),
        )
        hoger = replace(
            dossier, diplomas=(*dossier.diplomas, diploma("2021-06-30", KADER, "3", bekostigbaar=False))
        )
        kader = Kader(JAAR, gegevens())
        assert hoogste_voor(hoger, dag("2025-06-17"), kader) == hoogste_voor(
            dossier, dag("2025-06-17"), kader
        )
        hoogste = hoogste_voor(dossier, dag("2025-06-17"), kader)
        assert hoogste is not None
        assert hoogste.niveau == "MBO-3"
        assert hoogste_voor(dossier, dag("2020-06-30"), kader) is None
