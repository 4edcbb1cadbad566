"""The dated values: each with its source, and what holds in which year."""

from datetime import date
from decimal import Decimal

import pytest

from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import OnbekendJaar, Parameters, historie, parameters
from kernregister.kern.bekostiging.verblijfsjaren import onderbroken, verblijfsjaren
from kernregister.kern.tijd import Studiejaar
from tests.kern.bekostiging.opzet import ENTREE, JAAR, VAK, beslis, gegevens, inschrijving, student


def test_every_value_has_a_source_and_what_we_decided_ourselves_says_why():
    for naam, rij in historie().items():
        for een in rij:
            assert een.bron, naam
            assert een.toelichting or not een.besluit, naam
            assert een.tot_en_met is None or een.tot_en_met >= een.vanaf, naam


def test_every_value_is_one_that_decisions_use():
    assert set(historie()) <= set(Parameters.__struct_fields__)


@pytest.mark.parametrize("jaar", range(2015, 2036))
def test_every_year_since_the_text_we_know_has_all_its_values(jaar):
    waarden = parameters(Bekostigingsjaar(jaar))
    assert {bron.naam for bron in waarden.bronnen} == {
        n for n, rij in historie().items() if any(e.geldt_in(jaar) for e in rij)
    }
    niveaus = [niveau for budget in waarden.budgetten for niveau in sorted(budget.niveaus)]
    assert niveaus == sorted(waarden.bbl_factor)
    assert all(waarden.budget_van(niveau) for niveau in niveaus)


def test_the_values_of_the_text():
    waarden = parameters(JAAR)
    assert waarden.bol_factor == 1
    assert {n: str(f) for n, f in waarden.bbl_factor.items()} == {
        "MBO-1": "0.5",
        "MBO-2": "0.4",
        "MBO-3": "0.4",
        "MBO-4": "0.4",
    }
    assert waarden.diplomawaarde == {"MBO-2": 1, "MBO-3": 3, "MBO-4": 5}
    assert waarden.specialistwaarde == 2
    assert (waarden.pok_uiterlijk.van(JAAR), waarden.pok_uiterlijk_vws.van(JAAR)) == (
        date(2025, 12, 31),
        date(2026, 6, 1),
    )
    assert waarden.cursusgeld is None
    assert waarden.budget_van(None) is None


def test_a_mark_names_the_values_and_not_the_year():
    assert parameters(Bekostigingsjaar(2026)).kenmerk == parameters(JAAR).kenmerk
    assert parameters(Bekostigingsjaar(2023)).kenmerk != parameters(JAAR).kenmerk


def test_of_a_year_before_the_text_nothing_is_known():
    with pytest.raises(
        OnbekendJaar, match="Van bekostigingsjaar 2014 zijn de rekenregels niet bekend; wel vanaf 2015"
    ):
        Beslisser(Bekostigingsjaar(2014), gegevens())


def test_the_funding_year_looks_two_years_back():
    assert Bekostigingsjaar.van(Studiejaar(2025)) == JAAR
    assert JAAR.teldata == (date(2025, 10, 1), date(2026, 2, 1))
    assert (JAAR.diplomajaar, str(JAAR)) == (2025, "2027")


class TestVerblijfsjaarfactor:
    """Until the teldata of studiejaar 2017-2018; each enrolment on 1 October counted as a year."""

    JAAR = Bekostigingsjaar(2019)

    def sinds(self, jaar: int, opleiding: str = VAK, **velden):
        uit = beslis(student(inschrijving(opleiding, begin=f"{jaar}-08-01", **velden)), jaar=self.JAAR)
        return uit.op().verblijfsjaren, uit.op().verblijfsjaarfactor, uit.bijdragen[0]

    @pytest.mark.parametrize(
        ("sinds", "jaren", "factor"),
        [
            (2017, 1, "1.2"),
            (2016, 2, "1"),
            (2014, 4, "1"),
            (2013, 5, "0.5"),
            (2012, 6, "0.5"),
            (2011, 7, "0"),
            (2005, 13, "0"),
        ],
    )
    def test_at_other_levels_the_first_year_counts_more_and_the_seventh_nothing(self, sinds, jaren, factor):
        assert self.sinds(sinds) == (jaren, Decimal(factor), Decimal(factor) * Decimal("1.25"))

    @pytest.mark.parametrize(("sinds", "factor"), [(2017, "1.2"), (2016, "0.6"), (2015, "0")])
    def test_in_entree_the_third_year_counts_for_nothing(self, sinds, factor):
        assert self.sinds(sinds, ENTREE)[1] == Decimal(factor)

    def test_who_came_after_october_is_in_the_first_year(self):
        uit = beslis(student(inschrijving(begin="2017-11-01")), jaar=self.JAAR)
        assert uit.op().verblijfsjaarfactor == Decimal("1.2")

    def test_since_then_there_is_none(self):
        besluit = beslis(student(inschrijving(begin="2005-08-01")), jaar=Bekostigingsjaar(2020)).op()
        assert (besluit.verblijfsjaren, besluit.verblijfsjaarfactor, besluit.bijdrage) == (
            None,
            None,
            Decimal("1.25"),
        )

    @pytest.mark.parametrize(
        ("weg", "terug", "jaren"),
        [
            (
                "2012-07-31",
                "2015-10-02",
                2,
            ),  # away on 1 October of 2012 up to 2015, back on that of 2016 and 2017
            ("2014-07-31", "2017-08-01", 1),  # away on those of 2014, 2015 and 2016
            ("2014-07-31", "2016-08-01", 6),  # on two of them only
        ],
    )
    def test_a_break_of_three_years_starts_the_count_again(self, weg, terug, jaren):
        eerst = inschrijving(begin="2010-08-01", eind=weg, inschrijvingvolgnummer="1")
        dossier = student(eerst, inschrijving(begin=terug, inschrijvingvolgnummer="2"))
        assert verblijfsjaren(dossier, 2017, onderbreking=3) == jaren

    def test_a_break_begins_with_the_first_of_october_itself(self):
        assert onderbroken(student(), date(2014, 10, 1), 2017, 3)
        assert not onderbroken(student(), date(2014, 10, 2), 2017, 3)

    def test_nobody_is_in_no_year(self):
        assert verblijfsjaren(student(), 2017, onderbreking=3) == 0
