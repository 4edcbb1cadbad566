"""An enrolment on the teldata: one story for each step of the tree."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.bekostiging.parameters import parameters
from kernregister.kern.bekostiging.redenen import open_punten, signaal, tekst
from kernregister.kern.dossier import Adres, Nationaliteit, Verblijfstitel
from kernregister.kern.gegevens import Bron, Instelling, Soort
from tests.kern.bekostiging.opzet import (
    BASIS,
    FEBRUARI,
    JAAR,
    OKTOBER,
    OPLEIDINGEN,
    VAK,
    beslis,
    gegevens,
    inschrijving,
    met_opleiding,
    student,
)
from tests.kern.voorbeelden import ELDERS, INSTELLING, bpv, dag, geldig, periode

ALLES = frozenset(Bron)


def test_a_student_of_whom_everything_is_in_order_counts_on_both_teldata():
    uit = beslis(student(inschrijving()))
    assert [besluit.teldatum for besluit in uit.bekostiging.inschrijvingen] == [OKTOBER, FEBRUARI]
    assert uit.telt == uit.correctie == [True, True]
    assert uit.mis() == uit.onbekend() == []
    besluit = uit.op()
    assert (besluit.instelling, besluit.opleidingcode, besluit.niveau, besluit.leeftijd) == (
        INSTELLING,
        VAK,
        "MBO-3",
        19,
    )
    stappen = ["T10", "T20", "T30", "T40", "T50", "T60", "T70", "T71", "T80", "TA0", "TB0"]
    assert [reden.code for reden in besluit.redenen] == stappen


class TestInstelling:
    """Step 1."""

    def test_an_institution_that_is_not_funded_gets_nothing(self):
        stam = gegevens(instellingen={INSTELLING: Instelling(INSTELLING, soort=Soort.NBI)})
        uit = beslis(student(inschrijving()), stam)
        assert uit.telt == uit.correctie == [False, False]
        assert uit.mis() == ["T10"]
        assert uit.bijdragen == [0, 0]

    def test_an_institution_that_no_list_names_is_taken_to_be_funded_and_that_is_said(self):
        uit = beslis(student(inschrijving()), gegevens(instellingen={}))
        assert (uit.telt, uit.onbekend()) == ([True, True], ["T10"])


class TestGeldig:
    """Step 2."""

    @pytest.mark.parametrize(
        ("begin", "eind", "teldata"),
        [
            ("2025-10-01", None, [OKTOBER, FEBRUARI]),
            ("2025-10-02", None, [FEBRUARI]),
            ("2025-08-01", "2025-10-01", [OKTOBER]),
            ("2025-08-01", "2026-01-31", [OKTOBER]),
            ("2025-08-01", "2026-02-01", [OKTOBER, FEBRUARI]),
            ("2025-08-01", "2025-09-30", []),
            ("2026-02-02", None, []),
        ],
    )
    def test_what_counts_is_being_enrolled_on_the_day_itself(self, begin, eind, teldata):
        uit = beslis(student(inschrijving(begin=begin, eind=eind)))
        assert [besluit.teldatum for besluit in uit.bekostiging.inschrijvingen] == teldata

    def test_the_planned_end_plays_no_part(self):
        assert beslis(student(inschrijving(datum_uitschrijving_gepland="2025-09-01"))).telt == [True, True]

    def test_without_a_period_on_the_day_there_is_nothing_to_decide_on_and_the_reason_can_be_told(self):
        leeg = student(inschrijving(perioden=()))
        later = student(inschrijving(perioden=(periode("2026-03-01", bekostigbaar=True, opleidingcode=VAK),)))
        assert beslis(leeg).telt == beslis(later).telt == []
        geen = Reden("T20", False, {"teldatum": OKTOBER})
        assert tekst(geen, "nl").startswith("Op 01-10-2025 is er geen geldige")

    def test_a_period_that_begins_before_the_enrolment_holds_from_its_beginning(self):
        vroeg = inschrijving(perioden=(periode("2020-01-01", bekostigbaar=True, opleidingcode=VAK),))
        assert beslis(student(vroeg)).telt == [True, True]


class TestIndicatie:
    """Step 3, with the dates of the regulation: what holds on the teldatum decides."""

    @pytest.mark.parametrize(
        ("vanaf", "eerst", "dan", "telt"),
        [
            ("2025-10-01", False, True, [True, True]),
            ("2025-10-02", False, True, [False, True]),
            ("2026-02-01", False, True, [False, True]),
            ("2026-02-02", False, True, [False, False]),
            ("2025-11-01", True, False, [True, False]),
        ],
    )
    def test_the_indication_of_the_period_on_the_teldatum_decides(self, vanaf, eerst, dan, telt):
        perioden = (
            periode("2025-08-01", bekostigbaar=eerst, opleidingcode=VAK),
            periode(vanaf, bekostigbaar=dan, opleidingcode=VAK),
        )
        assert beslis(student(inschrijving(perioden=perioden))).telt == telt

    def test_an_empty_indication_is_no_yes(self):
        uit = beslis(student(inschrijving(bekostigbaar=None)))
        assert (uit.telt, uit.mis(), uit.op().indicatie_bekostigbaar) == ([False, False], ["T30"], False)


@pytest.mark.parametrize("leertraject", ["EX", "OVO", "ODT", "BOL_DT"])
def test_only_bol_and_bbl_count(leertraject):
    """Step 4."""
    uit = beslis(student(inschrijving(leertraject=leertraject)))
    assert (uit.telt, uit.correctie, uit.mis()) == ([False, False], [False, False], ["T40"])
    assert uit.op().bbl_bol_factor is None


class TestOpleiding:
    """Step 5."""

    def test_a_programme_that_no_list_of_today_knows_is_not_recognised(self):
        assert beslis(student(inschrijving(opleiding="11111"))).mis() == ["T50"]

    def test_of_an_old_list_nothing_follows(self):
        stam = gegevens(beschikbaar=ALLES - {Bron.OPLEIDINGEN_ACTUEEL})
        uit = beslis(student(inschrijving(opleiding="11111", niveau="MBO-2")), stam)
        assert uit.telt == [True, True]
        assert uit.onbekend() == ["T50", "TB0"]

    def test_recognition_is_that_of_the_teldatum(self):
        uit = beslis(student(inschrijving()), met_opleiding(geldig=(geldig("2020-01-01", "2026-01-01"),)))
        assert (uit.telt, uit.mis(1)) == ([True, False], ["T51"])

    @pytest.mark.parametrize(
        ("einde_instroom", "telt"),
        [("2021-10-01", [True, False]), ("2021-09-30", [False, False]), ("2025-12-31", [True, True])],
    )
    def test_a_programme_ends_its_duration_and_the_statutory_term_after_the_last_inflow(
        self, einde_instroom, telt
    ):
        uit = beslis(student(inschrijving()), met_opleiding(einde_instroom=dag(einde_instroom)))
        assert uit.telt == telt
        assert set(uit.mis(1)) <= {"T52"}

    def test_without_the_term_nobody_can_tell_when_it_ends(self):
        stam = replace(met_opleiding(einde_instroom=OKTOBER), wettelijke_termijn_maanden=None)
        uit = beslis(student(inschrijving()), stam)
        assert (uit.onbekend(0), uit.onbekend(1)) == ([], ["T52"])

    @pytest.mark.parametrize(
        ("vlag", "lijst", "bron", "code"),
        [
            ("cross_over", "toestemmingen", Bron.TOESTEMMINGEN, "T53"),
            ("unieke_vakopleiding", "licenties", Bron.LICENTIES, "T54"),
        ],
    )
    def test_what_asks_for_a_permission_or_a_licence_needs_it_on_the_teldatum(self, vlag, lijst, bron, code):
        stam = met_opleiding(**{vlag: True})
        assert beslis(student(inschrijving()), stam).mis() == [code]
        mag = replace(stam, **{lijst: {(INSTELLING, VAK): (geldig("2025-11-01"),)}})
        assert beslis(student(inschrijving()), mag).telt == [False, True]
        blind = replace(stam, beschikbaar=ALLES - {bron})
        assert beslis(student(inschrijving()), blind).onbekend() == [code]

    def test_a_cross_over_that_is_not_recognised_fails_on_that(self):
        stam = met_opleiding(cross_over=True, geldig=(geldig("2030-01-01"),))
        assert beslis(student(inschrijving()), stam).mis() == ["T51"]


def test_in_the_phase_vo_a_pupil_does_not_count_in_mbo():
    """Step 6."""
    assert beslis(student(inschrijving(leerroutefase="VO"))).mis() == ["T60"]
    assert beslis(student(inschrijving(leerroutefase="MBO"))).telt == [True, True]


class TestVerblijf:
    """Step 7."""

    VREEMDELING = (Nationaliteit("0263", "1990-01-01"),)

    def test_an_adult_without_right_of_residence_does_not_count(self):
        geen_titel = student(
            inschrijving(),
            geboortedatum="1990-01-01",
            nationaliteiten=self.VREEMDELING,
            verblijfstitels=(Verblijfstitel("98", "2020-01-01"),),
        )
        uit = beslis(geen_titel)
        assert (uit.telt, uit.correctie, uit.mis()) == ([False, False], [False, False], ["T70"])

    def test_an_institution_that_establishes_it_records_the_ground_and_without_it_nobody_can_tell(self):
        velden = {"geboortedatum": "1990-01-01", "nationaliteiten": self.VREEMDELING}
        assert beslis(student(inschrijving(verblijf_grond="W-document"), **velden)).onbekend() == []
        zonder = beslis(student(inschrijving(), **velden))
        assert (zonder.telt, zonder.onbekend()) == ([True, True], ["T70"])

    def test_each_enrolment_has_its_own_right(self):
        met_grond = inschrijving(verblijf_grond="W-document", bekostigbaar=False)
        zonder = inschrijving(BASIS, inschrijvingvolgnummer="2")
        uit = beslis(student(met_grond, zonder, geboortedatum="1990-01-01", nationaliteiten=self.VREEMDELING))
        assert [uit.onbekend(nummer) for nummer in range(4)] == [[], ["T70"], [], ["T70"]]

    def test_without_the_source_of_person_data_it_is_not_judged(self):
        uit = beslis(student(inschrijving()), gegevens(beschikbaar=ALLES - {Bron.VERBLIJF}))
        assert (uit.telt, uit.onbekend()) == ([True, True], ["T70"])

    def test_an_adult_of_whom_no_nationality_is_known_cannot_be_judged(self):
        assert beslis(student(inschrijving(), nationaliteiten=())).onbekend() == ["T70"]

    @pytest.mark.parametrize(
        ("adres", "mis", "onbekend"),
        [
            (Adres(landcode="6030"), [], []),
            (Adres(landcode="5010"), [], []),
            (Adres(landcode="9089"), [], ["T71"]),
            (Adres(landcode="5002"), ["T71"], []),
            (Adres(landcode="5002", datum_begin="2025-10-01"), ["T71"], []),
            (Adres(landcode="5002", datum_begin="2025-10-02"), [], ["T71"]),
            (Adres(landcode="5002", datum_begin="geen datum"), [], ["T71"]),
            (Adres(postcode="2904AA"), [], []),
        ],
    )
    def test_who_lives_abroad_counts_from_belgium_and_three_german_states_only(self, adres, mis, onbekend):
        uit = beslis(student(inschrijving(), adres=adres))
        assert (uit.mis(), uit.onbekend()) == (mis, onbekend)

    def test_from_belgium_the_placements_must_be_in_the_netherlands_which_nobody_tells(self):
        uit = beslis(student(inschrijving(bpvs=(bpv(opleidingcode=VAK),)), adres=Adres(landcode="5010")))
        assert uit.onbekend() == ["T71"]

    @pytest.mark.parametrize(
        ("vertrek", "terug", "onbekend"),
        [
            ("2025-01-01", None, ["T71"]),
            ("2025-10-01", None, ["T71"]),
            ("2025-10-02", None, []),
            ("2020-01-01", "2020-01-01", []),
            ("2020-01-01", "2025-10-01", []),
            ("2020-01-01", "2025-10-00", ["T71"]),
            ("2025-00-00", None, ["T71"]),
            ("2026-06-01", None, []),
            ("2020-01-01", "2021-01-01", []),
            ("2020-01-01", "2019-01-01", ["T71"]),
            ("2020-01-01", "2026-06-01", ["T71"]),
            ("onzin", None, ["T71"]),
        ],
    )
    def test_who_left_the_country_and_is_not_back_lives_nobody_knows_where(self, vertrek, terug, onbekend):
        weg = student(inschrijving(), datum_vertrek=None, datum_vestiging=None)
        weg = replace(weg, persoon=replace(weg.persoon, datum_vertrek=vertrek, datum_vestiging=terug))
        assert beslis(weg).onbekend() == onbekend


class TestPersoon:
    """Step 8."""

    def test_without_a_number_nobody_counts(self):
        assert beslis(student(inschrijving(), burgerservicenummer=None)).mis() == ["T80"]
        eigen = student(inschrijving(), burgerservicenummer=None, onderwijsnummer="100310303")
        assert beslis(eigen).telt == [True, True]

    @pytest.mark.parametrize(
        ("overleden", "telt"),
        [("2025-09-30", [False, False]), ("2025-10-01", [True, False]), ("2026-02-01", [True, True])],
    )
    def test_who_died_before_the_teldatum_does_not_count_and_on_that_day_still_does(self, overleden, telt):
        assert beslis(student(inschrijving(), datum_overlijden=overleden)).telt == telt


class TestEen:
    """Step 10."""

    def test_of_two_enrolments_at_one_institution_the_one_that_began_first_counts(self):
        eerst = inschrijving(begin="2025-08-01", inschrijvingvolgnummer="2")
        later = inschrijving(begin="2025-09-01", inschrijvingvolgnummer="1")
        uit = beslis(student(later, eerst))
        assert [b.inschrijvingvolgnummer for b in uit.bekostiging.inschrijvingen if b.status] == ["2", "2"]
        assert uit.correctie == [True, False, True, False]
        reden = signaal(uit.op(1).redenen)
        assert reden is not None
        assert tekst(reden, "nl") == "De student telt al mee met inschrijving 2 bij instelling 27DV."

    def test_of_two_that_began_on_one_day_the_lowest_institution_goes_first(self):
        uit = beslis(student(inschrijving(), inschrijving(instelling=ELDERS)))
        assert [b.instelling for b in uit.bekostiging.inschrijvingen if b.status] == [ELDERS, ELDERS]

    def test_who_changes_school_in_the_year_counts_once_in_the_studiejaar(self):
        hier = inschrijving(eind="2025-12-01")
        daar = inschrijving(begin="2025-12-02", instelling=ELDERS)
        assert beslis(student(hier, daar)).telt == [True, False]

    def test_who_counts_on_the_first_teldatum_has_been_counted_when_the_second_comes(self):
        perioden = (
            periode("2023-08-01", bekostigbaar=False, opleidingcode=VAK),
            periode("2025-11-01", bekostigbaar=True, opleidingcode=VAK),
        )
        oud = inschrijving(begin="2023-08-01", perioden=perioden)
        nieuw = inschrijving(begin="2025-09-01", inschrijvingvolgnummer="2")
        uit = beslis(student(oud, nieuw))
        assert (uit.telt, uit.mis(0), uit.mis(2)) == ([False, True, False, True], ["T30"], ["TA0"])

    def test_as_a_parameter_it_may_be_once_per_teldatum(self):
        per_teldatum = replace(parameters(JAAR), eenmaal_per="teldatum")
        hier = inschrijving(eind="2025-12-01")
        daar = inschrijving(begin="2025-12-02", instelling=ELDERS)
        assert beslis(student(hier, daar), parameters=per_teldatum).telt == [True, True]

    def test_an_enrolment_that_does_not_pass_the_other_steps_takes_nobodys_place(self):
        niet = inschrijving(begin="2025-08-01", bekostigbaar=False)
        wel = inschrijving(begin="2025-09-01", inschrijvingvolgnummer="2")
        uit = beslis(student(niet, wel))
        assert uit.telt == [False, True, False, True]
        assert uit.mis() == ["T30"]

    def test_who_lacks_a_placement_in_one_enrolment_counts_with_the_other(self):
        zonder_bpv = inschrijving(leertraject="BBL", begin="2025-08-01")
        bol = inschrijving(begin="2025-09-01", inschrijvingvolgnummer="2")
        uit = beslis(student(zonder_bpv, bol))
        assert uit.telt == uit.correctie == [False, True, False, True]
        assert uit.mis() == ["T90", "TA0"]

    def test_what_other_institutions_registered_may_be_unknown(self):
        uit = beslis(student(inschrijving()), gegevens(beschikbaar=ALLES - {Bron.ANDERE_INSTELLINGEN}))
        assert (uit.telt, uit.onbekend()) == ([True, True], ["TA0"])


def test_every_step_is_looked_at_and_the_first_that_failed_is_the_signal():
    uit = beslis(student(inschrijving(leertraject="EX", bekostigbaar=False, leerroutefase="VO")))
    assert uit.mis() == ["T30", "T40", "T60"]
    eerste = signaal(uit.op().redenen)
    assert eerste is not None
    assert eerste.code == "T30"
    assert [reden.code for reden in open_punten(uit.op().redenen)] == uit.mis()


class TestBijdrage:
    """What an enrolment that counts contributes."""

    def test_without_a_price_factor_it_counts_and_nobody_can_tell_for_how_much(self):
        uit = beslis(student(inschrijving()), met_opleiding(prijsfactor=None))
        assert (uit.telt, uit.bijdragen, uit.onbekend()) == ([True, True], [None, None], ["TB0"])

    def test_the_level_of_the_period_goes_before_that_of_the_programme(self):
        assert beslis(student(inschrijving(BASIS, niveau="MBO-1"))).op().niveau == "MBO-1"
        assert beslis(student(inschrijving(BASIS))).op().niveau == "MBO-2"

    def test_without_a_level_the_budget_is_not_known(self):
        uit = beslis(student(inschrijving()), met_opleiding(niveau=None))
        assert (uit.bijdragen[0], uit.onbekend()) == (None, ["TB1"])

    def test_a_level_that_no_budget_has_is_as_good_as_none(self):
        uit = beslis(student(inschrijving(niveau="MBO-9"), diplomas=()), met_opleiding(niveau=None))
        assert (uit.bijdragen[0], uit.onbekend()) == (None, ["TB1"])

    def test_who_does_not_count_contributes_nothing_however_little_is_known(self):
        uit = beslis(student(inschrijving(bekostigbaar=False)), met_opleiding(prijsfactor=None))
        assert (uit.bijdragen, uit.onbekend()) == ([0, 0], [])

    def test_bol_counts_for_the_whole_price_factor(self):
        assert [str(b) for b in beslis(student(inschrijving())).bijdragen] == ["1.25", "1.25"]

    def test_every_programme_of_the_stories_has_a_price_factor(self):
        for code, opleiding in OPLEIDINGEN.items():
            assert beslis(student(inschrijving(code))).bijdragen == [opleiding.prijsfactor] * 2
        assert beslis(student(inschrijving())).op().bbl_bol_factor == Decimal(1)


class TestLeeftijd:
    @pytest.mark.parametrize(
        ("geboren", "leeftijd"),
        [
            ("2007-08-01", 18),
            ("2007-08-02", 17),
            ("2007-00-00", None),
            ("2007-05-00", 18),
            ("2007-08-00", None),
            ("0000-00-00", None),
            ("onbekend", None),
            (None, None),
            ("2025-08-01", 0),
            ("2025-07-00", 0),
            ("2030-01-01", None),
            ("2030-00-00", None),
        ],
    )
    def test_it_is_that_of_the_first_of_august_as_far_as_the_date_of_birth_tells(self, geboren, leeftijd):
        assert beslis(student(inschrijving(), geboortedatum=geboren)).op().leeftijd == leeftijd
