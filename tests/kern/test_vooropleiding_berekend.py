"""The two fields of the message that are computed: startkwalificatie and years without a diploma."""

import pytest
from msgspec import structs

from kernregister.kern.gegevens import Gegevens, Opleiding, Soort
from kernregister.kern.tijd import Studiejaar
from kernregister.kern.vooropleiding import (
    NIET_BEREKEND,
    jaren_zonder_diploma,
    startkwalificatie,
    vooropleiding,
)
from tests.kern.voorbeelden import (
    ELDERS,
    OPLEIDING,
    dag,
    deelname,
    diploma,
    inschrijving,
    nbi,
    periode,
    stamgegevens,
    student,
)
from tests.kern.voorbeelden_vooropleiding import (
    WISKUNDE,
    certificaat,
    ho_diploma,
    leerjaar,
    met_resultaten,
    vo_resultaat,
)


class TestStartkwalificatie:
    def test_of_whom_the_register_knows_nothing_it_is_unknown(self):
        assert startkwalificatie(student()) == "O"

    @pytest.mark.parametrize("niveau", ["HAVO", "VWO"])
    @pytest.mark.parametrize("sector", ["VO", "VSO", "VAVO"])
    def test_a_diploma_of_havo_or_vwo_gives_it(self, niveau, sector):
        assert startkwalificatie(met_resultaten(student(), vo_resultaat(niveau, sector=sector))) == "J"

    @pytest.mark.parametrize(
        ("niveau", "uit"), [("MBO-1", "N"), ("MBO-2", "J"), ("MBO-3", "J"), ("MBO-4", "J")]
    )
    def test_so_does_a_diploma_of_mbo_2_3_or_4(self, niveau, uit):
        lijst = Gegevens(opleidingen={OPLEIDING: Opleiding(OPLEIDING, niveau=niveau)})
        assert startkwalificatie(student(diplomas=(diploma(),)), lijst) == uit
        ingeschreven = student(inschrijving(perioden=(periode(niveau=niveau),)), diplomas=(diploma(),))
        assert startkwalificatie(ingeschreven) == uit

    @pytest.mark.parametrize(
        "anders",
        [
            vo_resultaat("VMBO"),
            certificaat(niveau="VWO"),
            vo_resultaat(waardedocument=None, vakken=(WISKUNDE,)),
            ho_diploma(),
        ],
    )
    def test_nothing_else_does(self, anders):
        assert startkwalificatie(met_resultaten(student(), anders)) == "N"

    def test_who_is_only_enrolled_does_not_have_it(self):
        assert startkwalificatie(student(inschrijving())) == "N"
        assert startkwalificatie(student(deelnames=(leerjaar(4),))) == "N"

    def test_a_diploma_of_unknown_level_is_no_reason_to_say_no(self):
        assert startkwalificatie(student(diplomas=(diploma(),))) == "O"
        elders = inschrijving(instelling=ELDERS, perioden=(periode(niveau="MBO-2"),))
        andere = inschrijving(perioden=(periode(niveau="MBO-2", opleidingcode="25000"),))
        assert startkwalificatie(student(elders, andere, diplomas=(diploma(),))) == "O"
        assert startkwalificatie(met_resultaten(student(diplomas=(diploma(),)), vo_resultaat())) == "J"

    def test_in_the_message_it_is_that_of_the_day(self):
        dossier = met_resultaten(
            student(deelnames=(deelname("VO", "2019-08-01", "2024-07-31"),)), vo_resultaat(datum="2024-06-12")
        )
        assert [
            vooropleiding(dossier, dag(peil)).startkwalificatie
            for peil in ("2019-07-31", "2024-06-11", "2024-06-12")
        ] == ["O", "N", "J"]


class TestJarenZonderDiploma:
    """The manual's example: applications from August 2018 are for 2019-2020."""

    JAAR = Studiejaar(2019)

    def jaren(self, *inschrijvingen, diplomas=(), gegevens=None):
        return jaren_zonder_diploma(
            student(*inschrijvingen, diplomas=diplomas), self.JAAR, gegevens or stamgegevens()
        )

    def test_the_last_enrolment_must_be_valid_on_or_after_1_august_2016(self):
        assert self.jaren(inschrijving("2014-08-01", "2016-07-31")) == NIET_BEREKEND == 99
        assert self.jaren(inschrijving("2014-08-01", "2016-08-01")) == 2

    def test_each_1_october_with_a_valid_enrolment_is_a_year(self):
        assert self.jaren(inschrijving("2016-08-01", "2018-09-30")) == 2
        assert self.jaren(inschrijving("2016-10-01", "2018-10-01")) == 3
        assert self.jaren(inschrijving("2016-10-02", "2017-09-30")) == 0

    def test_enrolments_side_by_side_do_not_count_double(self):
        assert (
            self.jaren(
                inschrijving("2016-08-01", "2018-07-31"), inschrijving("2017-08-01", instelling=ELDERS)
            )
            == 3
        )

    def test_a_gap_is_not_counted(self):
        assert (
            self.jaren(inschrijving("2013-08-01", "2014-07-31"), inschrijving("2017-08-01", "2018-07-31"))
            == 2
        )

    def test_the_studiejaar_applied_for_does_not_count_itself(self):
        assert self.jaren(inschrijving("2018-08-01")) == 1
        assert self.jaren(inschrijving("2019-08-01")) == NIET_BEREKEND

    def test_only_funded_institutions_count(self):
        assert self.jaren(inschrijving("2016-08-01"), gegevens=nbi()) == NIET_BEREKEND
        gemengd = structs.replace(nbi(), soort_standaard=Soort.BI)
        dossier = (inschrijving("2015-08-01"), inschrijving("2017-08-01", instelling=ELDERS))
        assert self.jaren(*dossier, gegevens=gemengd) == 2

    def test_without_mbo_there_is_nothing_to_count(self):
        assert self.jaren() == NIET_BEREKEND

    def test_a_diploma_begins_the_count_anew(self):
        lopend = inschrijving("2015-08-01", "2019-01-31")
        assert self.jaren(lopend) == 4
        assert self.jaren(lopend, diplomas=(diploma("2017-07-01"),)) == 2
        assert self.jaren(lopend, diplomas=(diploma("2017-10-01"), diploma("2016-01-01"))) == 1
        assert self.jaren(lopend, diplomas=(diploma("2019-01-31"),)) == 0
        assert self.jaren(lopend, diplomas=(diploma("2019-08-01"),)) == 4

    def test_in_the_message_it_is_for_the_next_studiejaar_and_counts_no_october_to_come(self):
        dossier = student(inschrijving("2023-08-01"))
        assert [
            vooropleiding(dossier, dag(peil), stamgegevens()).jaren_mbo_zonder_diploma
            for peil in ("2023-07-31", "2023-08-01", "2024-07-31", "2024-08-01", "2024-10-01")
        ] == [99, 0, 1, 1, 2]
