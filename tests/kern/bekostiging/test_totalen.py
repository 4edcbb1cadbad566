"""Totals of institutions and of the sector, by hand from the formulas of the Uitvoeringsbesluit WEB."""

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec.structs import replace

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import Cursusgeld, Parameters, parameters
from kernregister.kern.bekostiging.totalen import Diplomatelling, Inschrijvingtelling, Optelling, rond
from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Opleiding
from tests.kern.bekostiging.opzet import (
    BASIS,
    ENTREE,
    JAAR,
    KADER,
    OPLEIDINGEN,
    VAK,
    beslis,
    gegevens,
    inschrijving,
    met_opleiding,
    student,
)
from tests.kern.bekostiging.test_bpv import plaats
from tests.kern.bekostiging.test_diplomas import diploma
from tests.kern.voorbeelden import ELDERS, INSTELLING


def tel_op(*dossiers: Dossier, waarden: Parameters | None = None, stam=None) -> Optelling:
    optelling = Optelling(waarden or parameters(JAAR))
    for dossier in dossiers:
        optelling.tel(beslis(dossier, stam, parameters=waarden).bekostiging)
    return optelling


def totaal(optelling: Optelling, budget: str, instelling: str = INSTELLING):
    van = optelling.instellingen()[instelling]
    return next(b for b in van.budgetten if b.budget == budget)


def bbl(opleiding=VAK, **velden):
    return student(inschrijving(opleiding, "BBL", bpvs=(plaats(opleidingcode=opleiding),)), **velden)


def bol(opleiding=VAK, **velden):
    return student(inschrijving(opleiding, **velden))


def test_the_worked_example_of_the_correction_factor():
    """Dbbl1 = 100, Dbol1 = 200, Dbbl2 = 120, Dbol2 = 190, factor 0.4: 478/480."""
    optelling = Optelling(parameters(JAAR))
    for leertraject, nummer, aantal in (("BBL", 0, 100), ("BOL", 0, 200), ("BBL", 1, 120), ("BOL", 1, 190)):
        telling = Inschrijvingtelling(aantal, aantal, bijdrage=Decimal(aantal))
        optelling.voeg_inschrijvingen_toe((INSTELLING, "MBO-3", leertraject, nummer), telling)
    van = totaal(optelling, "vak_middenkader_specialist")
    assert round(van.correctiefactor, 4) == Decimal("0.9958")
    assert van.idw == rond(Fraction(300) * Fraction(8, 10) * Fraction(478, 480), 2) == Decimal("239.00")
    assert van.voor_correctiefactor == {"BBL": (100, 120), "BOL": (200, 190)}


def test_in_entree_bbl_weighs_a_half_and_diplomas_nothing():
    van = totaal(tel_op(bbl(ENTREE), bol(ENTREE), bol(ENTREE, eind="2025-12-01")), "entree")
    # first (0.5 + 2), then (0.5 + 1): 4 / 5, over 0.5 + 1 + 1
    assert (van.correctiefactor, van.idw, van.idiw) == (Decimal("0.8"), Decimal("2.00"), Decimal("0.00"))


def test_of_other_levels_enrolments_weigh_eight_tenths_and_diplomas_two():
    met_diploma = student(inschrijving(), diplomas=(diploma(),))
    van = totaal(tel_op(bbl(), met_diploma), "vak_middenkader_specialist")
    assert van.som_bijdragen == Decimal("1.75"), "0.4 x 1.25 + 1 x 1.25"
    assert (van.correctiefactor, van.idw) == (1, Decimal("1.40"))
    assert (van.diplomas, van.som_diplomawaarde, van.idiw) == (1, 3, Decimal("0.60"))
    assert van.studentenwaarde == Decimal("2.00")


def test_who_lacks_a_placement_weighs_in_the_correction_factor_only():
    zonder = student(inschrijving(leertraject="BBL"))
    nieuw = inschrijving(leertraject="BBL", begin="2025-11-01", inschrijvingvolgnummer="7")
    van = totaal(tel_op(bbl(), zonder, student(nieuw)), "vak_middenkader_specialist")
    assert van.inschrijvingen == {"BBL": (1, 1)}
    assert van.voor_correctiefactor == {"BBL": (2, 3)}
    assert van.correctiefactor == Decimal("1.25")
    assert van.idw == Decimal("0.50"), "0.5 x 0.8 x 1.25"


def test_who_is_there_in_february_only_counts_through_the_correction_factor():
    van = totaal(tel_op(bol(), bol(begin="2025-11-01")), "vak_middenkader_specialist")
    assert (van.som_bijdragen, van.correctiefactor) == (Decimal("1.25"), Decimal("1.5"))


def test_without_anybody_on_the_first_teldatum_there_is_no_factor_and_no_value():
    van = totaal(tel_op(bol(begin="2025-11-01")), "vak_middenkader_specialist")
    assert (van.correctiefactor, van.idw) == (None, Decimal("0.00"))


@pytest.mark.parametrize(
    ("jaar", "namen"),
    [
        (2023, ["entree", "basisberoeps_vak_middenkader_specialist"]),
        (2024, ["entree", "basisberoeps", "vak_middenkader_specialist"]),
    ],
)
def test_the_basisberoepsopleiding_has_a_budget_of_its_own_since_the_amendment(jaar, namen):
    optelling = Optelling(parameters(Bekostigingsjaar(jaar)))
    for niveau in ("MBO-1", "MBO-2", "MBO-3", "MBO-4"):
        optelling.voeg_inschrijvingen_toe(
            (INSTELLING, niveau, "BOL", 0), Inschrijvingtelling(1, 1, bijdrage=Decimal(1))
        )
    (van,) = optelling.instellingen().values()
    assert [b.budget for b in van.budgetten] == namen
    assert sum(b.inschrijvingen["BOL"][0] for b in van.budgetten) == 4


def test_what_has_no_price_factor_or_level_is_counted_apart():
    zonder_factor = tel_op(bol(), bol(BASIS), stam=met_opleiding(prijsfactor=None))
    assert totaal(zonder_factor, "vak_middenkader_specialist").zonder_bijdrage == 1
    assert zonder_factor.sector().zonder_bijdrage == 1
    zonder_niveau = tel_op(
        student(inschrijving(), diplomas=(diploma(),)), stam=met_opleiding(niveau=None, soort_opleiding=None)
    )
    assert zonder_niveau.instellingen()[INSTELLING].zonder_niveau == zonder_niveau.sector().zonder_niveau == 2


class TestCursusgeld:
    """The deduction of UWB 2.6.1."""

    def sector(self, waarden=None):
        return tel_op(
            bbl(ENTREE, geboortedatum="2000-01-01"),
            bbl(BASIS, geboortedatum="2000-01-01"),
            bbl(VAK, geboortedatum="2007-08-01"),
            bbl(KADER, geboortedatum="2007-08-02"),
            bbl(KADER, geboortedatum="2007-00-00"),
            bol(VAK),
            waarden=waarden,
        ).instellingen()[INSTELLING]

    def test_students_in_bbl_of_eighteen_and_over_count(self):
        van = self.sector()
        assert (van.dbbl3, van.dbbl4, van.dbbl_leeftijd_onbekend) == (2, 1, 1)
        assert van.aftrek_cursusgeld is None, "the fee is not known"

    def test_of_an_unknown_level_nobody_can_tell_which_fee_and_none_is_taken(self):
        stam = met_opleiding(niveau=None, soort_opleiding=None)
        van = tel_op(bbl(VAK, geboortedatum="2000-01-01"), stam=stam).instellingen()[INSTELLING]
        assert (van.dbbl3, van.dbbl4, van.zonder_niveau) == (0, 0, 1)

    def test_with_the_fee_there_is_an_amount(self):
        waarden = replace(parameters(JAAR), cursusgeld=Cursusgeld(Decimal(299), Decimal(728)))
        assert self.sector(waarden).aftrek_cursusgeld == 2 * 299 + 728


class TestSector:
    def test_the_shares_of_institutions_add_up_and_give_whole_euros(self):
        optelling = tel_op(bol(), bol(), bol(instelling=ELDERS))
        budget = optelling.sector().budgetten[2]
        assert (budget.budget, budget.ldw, budget.ldiw) == ("vak_middenkader_specialist", Decimal("3.00"), 0)
        assert {code: round(deel, 4) for code, deel in budget.aandelen.items()} == {
            ELDERS: Decimal("0.3333"),
            INSTELLING: Decimal("0.6667"),
        }
        assert budget.rijksbijdrage(INSTELLING, Decimal(1000)) == 667
        assert budget.rijksbijdrage("99XX", Decimal(1000)) == 0
        assert optelling.sector().budgetten[0].aandelen == {}

    def test_shares_of_a_sweep_add_up_in_any_order_and_travel_between_processes(self):
        dossiers = [
            bol(),
            bbl(),
            student(inschrijving(BASIS), diplomas=(diploma(opleiding=BASIS),)),
            bol(instelling=ELDERS),
        ]
        geheel = tel_op(*dossiers)
        delen = [tel_op(dossier) for dossier in reversed(dossiers)]
        samen = Optelling(parameters(JAAR))
        for deel in delen:
            samen += pickle.loads(pickle.dumps(deel))
        assert samen.instellingen() == geheel.instellingen()
        assert samen.sector() == geheel.sector()

    def test_what_is_not_known_adds_up_too(self):
        stam = gegevens(opleidingen=OPLEIDINGEN | {KADER: Opleiding(KADER, niveau="MBO-4", met_vws=False)})
        onbekend = student(
            inschrijving(KADER, "BBL", bpvs=(plaats(opleidingcode=KADER),)),
            diplomas=(diploma(opleiding=KADER),),
            geboortedatum=None,
        )
        samen = tel_op(onbekend, stam=stam)
        samen += tel_op(onbekend, stam=stam)
        samen += tel_op(onbekend, stam=stam)
        van = totaal(samen, "vak_middenkader_specialist")
        assert (van.zonder_bijdrage, van.diplomas, van.zonder_diplomawaarde) == (3, 3, 3)
        assert samen.instellingen()[INSTELLING].dbbl_leeftijd_onbekend == 3
        assert (samen.sector().zonder_bijdrage, samen.sector().zonder_diplomawaarde) == (3, 3)

    def test_counts_of_a_database_add_up_the_same(self):
        uit_sql = Optelling(parameters(JAAR))
        sleutel = INSTELLING, "MBO-3", "BOL"
        for nummer in (0, 1):
            telling = Inschrijvingtelling(2, 2, bijdrage=Decimal("2.50"), op_leeftijd=2)
            uit_sql.voeg_inschrijvingen_toe((*sleutel, nummer), telling)
        uit_sql.voeg_diplomas_toe((INSTELLING, "MBO-3"), Diplomatelling(1, 0, Decimal(3)))
        geteld = tel_op(bol(), student(inschrijving(), diplomas=(diploma(),)))
        assert uit_sql.instellingen() == geteld.instellingen()

    def test_other_years_and_other_values_do_not_add_up(self):
        optelling = Optelling(parameters(JAAR))
        with pytest.raises(ValueError, match="gaan niet samen"):
            optelling += Optelling(parameters(Bekostigingsjaar(2026)))


@pytest.mark.parametrize(
    ("waarde", "afgerond"),
    [("1.005", "1.01"), ("1.0049", "1.00"), ("2", "2.00"), ("0", "0.00"), ("239.995", "240.00")],
)
def test_a_half_goes_up_and_only_once(waarde, afgerond):
    assert str(rond(Fraction(waarde), 2)) == afgerond


def test_nobody_is_no_institution():
    optelling = tel_op(student(inschrijving(bekostigbaar=False)), stam=gegevens())
    assert optelling.instellingen() == {}
    assert [budget.ldw for budget in optelling.sector().budgetten] == [0, 0, 0]
