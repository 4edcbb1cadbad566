"""What the message tells an institution of earlier education (Handleiding ROD mbo, h. 07)."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.kern.dossier import Adres, AmvbOnderdeel, Deelname, Dossier, Keuzedeel, Persoon, VoResultaat
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.leesbaar import als_object, uit_object
from kernregister.kern.tijd import OPEN, Studiejaar
from kernregister.kern.vooropleiding import (
    Vooropleiding,
    Vooropleidingen,
    jaren_zonder_diploma,
    vooropleiding,
    vooropleidingen_in_dossier,
)
from tests.kern import strategieen
from tests.kern.voorbeelden import (
    BSN,
    ELDERS,
    INSTELLING,
    OPLEIDING,
    dag,
    deelname,
    diploma,
    examen,
    inschrijving,
    periode,
    student,
)
from tests.kern.voorbeelden_vooropleiding import (
    HOGESCHOOL,
    SCHOOL,
    WISKUNDE,
    certificaat,
    ho_diploma,
    leerjaar,
    met_resultaten,
    vo_resultaat,
)

PEILDATUM = dag("2026-03-01")


class TestDeelname:
    """The enrolments in the message."""

    def test_who_follows_vavo_for_a_school_gives_two_current_enrolments(self):
        rutte = (
            deelname("VO", "2020-08-01", "2026-07-31"),
            deelname("VAVO", "2025-08-01", "2026-07-31", instelling=INSTELLING),
        )
        geleverd = vooropleiding(student(deelnames=rutte), PEILDATUM).deelnames
        assert [(d.sector, d.instelling) for d in geleverd] == [("VO", SCHOOL), ("VAVO", INSTELLING)]

    def test_an_enrolment_in_mbo_is_one_of_them_without_what_only_its_own_institution_should_know(self):
        lopend = inschrijving(perioden=(periode("2024-08-01", "BBL", niveau="MBO-2", leerroute="DLR"),))
        assert vooropleiding(student(lopend), PEILDATUM).deelnames == (
            Deelname(
                "MBO",
                INSTELLING,
                dag("2024-08-01"),
                None,
                "DLR",
                inschrijvingvolgnummer="1",
                opleidingcode=OPLEIDING,
                niveau="MBO-2",
            ),
        )

    def test_an_enrolment_in_mbo_shows_the_programme_of_the_day(self):
        perioden = (
            periode("2024-08-01", opleidingcode="25000"),
            periode("2025-08-01", opleidingcode="25001"),
        )
        dossier = student(inschrijving(perioden=perioden))
        assert vooropleiding(dossier, dag("2025-07-31")).deelnames[0].opleidingcode == "25000"
        assert vooropleiding(dossier, dag("2025-08-01")).deelnames[0].opleidingcode == "25001"

    @pytest.mark.parametrize("volgorde", [1, -1])
    def test_without_a_current_enrolment_the_last_known_is_given(self, volgorde):
        school = (deelname("VO", "2016-08-01", "2020-07-31"), deelname("VSO", "2020-08-01", "2023-07-31"))
        dossier = student(deelnames=school[::volgorde])
        assert [d.sector for d in vooropleiding(dossier, PEILDATUM).deelnames] == ["VSO"]

    def test_the_last_known_may_be_in_mbo(self):
        dossier = student(
            inschrijving("2022-08-01", "2024-07-31"), deelnames=(deelname("VO", "2018-08-01", "2022-07-31"),)
        )
        assert [d.sector for d in vooropleiding(dossier, PEILDATUM).deelnames] == ["MBO"]

    def test_an_enrolment_is_current_up_to_and_including_its_last_day(self):
        dossier = student(
            deelnames=(deelname("VO", "2016-08-01", "2024-07-31"), deelname("HO", "2022-09-01", "2024-07-30"))
        )
        assert {d.sector for d in vooropleiding(dossier, dag("2024-07-31")).deelnames} == {"VO"}
        assert {d.sector for d in vooropleiding(dossier, dag("2024-07-30")).deelnames} == {"VO", "HO"}
        assert {d.sector for d in vooropleiding(dossier, dag("2024-08-01")).deelnames} == {"VO"}

    @pytest.mark.parametrize("niveau", ["HAVO", "VWO", "HAVO/VWO"])
    def test_the_most_recent_of_leerjaar_3_4_and_5_in_havo_or_vwo_is_given_too(self, niveau):
        dossier = student(
            inschrijving(), deelnames=(leerjaar(4, niveau), leerjaar(3, niveau), leerjaar(2, niveau))
        )
        geleverd = vooropleiding(dossier, PEILDATUM).deelnames
        assert [(d.sector, d.leerjaar) for d in geleverd] == [("MBO", None), ("VO", 4)]

    @pytest.mark.parametrize("jaar", [3, 4, 5])
    def test_each_of_these_three_years_is(self, jaar):
        dossier = student(inschrijving(), deelnames=(leerjaar(jaar), leerjaar(2), leerjaar(6)))
        assert [d.leerjaar for d in vooropleiding(dossier, PEILDATUM).deelnames] == [None, jaar]

    @pytest.mark.parametrize(
        "ander", [leerjaar(2), leerjaar(6, "VWO"), leerjaar(4, "VMBO"), leerjaar(4, None)]
    )
    def test_no_other_year_or_school_is(self, ander):
        dossier = student(inschrijving(), deelnames=(ander,))
        assert [d.sector for d in vooropleiding(dossier, dag("2025-03-01")).deelnames if d != ander] == [
            "MBO"
        ]
        assert len(vooropleiding(dossier, PEILDATUM).deelnames) == 1

    def test_a_year_of_havo_that_is_already_there_is_given_once(self):
        dossier = student(deelnames=(leerjaar(3), leerjaar(4)))
        assert vooropleiding(dossier, dag("2022-03-01")).deelnames == (leerjaar(4),)  # current
        assert vooropleiding(dossier, PEILDATUM).deelnames == (leerjaar(4),)  # last known

    def test_what_begins_later_is_not_given(self):
        dossier = student(inschrijving("2026-08-01"), deelnames=(deelname("VO", "2021-08-01", "2025-07-31"),))
        assert [d.sector for d in vooropleiding(dossier, dag("2026-07-31")).deelnames] == ["VO"]
        assert [d.sector for d in vooropleiding(dossier, dag("2026-08-01")).deelnames] == ["MBO"]


class TestVoResultaten:
    """The results of vo and vavo in the message."""

    def test_all_diplomas_and_certificates_of_vmbo_havo_and_vwo_are_given_with_profiles_and_subjects(self):
        resultaten = (
            vo_resultaat("VMBO", "2020-06-10", profielen=("0110",), vakken=(WISKUNDE,)),
            vo_resultaat("HAVO", resultaatvolgnummer="2", profielen=("0120", "0130"), vakken=(WISKUNDE,)),
            certificaat(niveau="VWO", resultaatvolgnummer="3"),
            vo_resultaat("VWO", "2025-06-10", resultaatvolgnummer="4"),
        )
        assert vooropleiding(met_resultaten(student(), *resultaten), PEILDATUM).vo_resultaten == resultaten

    def test_other_education_at_a_school_is_not(self):
        dossier = met_resultaten(
            student(), vo_resultaat("PRO"), vo_resultaat("VSO", sector="VSO", resultaatvolgnummer="2")
        )
        assert vooropleiding(dossier, PEILDATUM).vo_resultaten == ()

    def test_without_a_diploma_the_subjects_are_given_and_no_more(self):
        gezakt = vo_resultaat(
            waardedocument=None, uitslagcode="A", vakken=(WISKUNDE,), profielen=("0120",), examenjaar=2024
        )
        assert vooropleiding(met_resultaten(student(), gezakt), PEILDATUM).vo_resultaten == (
            VoResultaat("1", "VO", "HAVO", SCHOOL, examenjaar=2024, vakken=(WISKUNDE,)),
        )

    def test_without_subjects_there_is_nothing_to_give(self):
        dossier = met_resultaten(student(), vo_resultaat(waardedocument=None, uitslagcode="A"))
        assert vooropleiding(dossier, PEILDATUM).vo_resultaten == ()

    def test_a_diploma_makes_an_end_to_the_loose_subjects_of_its_level(self):
        gezakt = vo_resultaat(waardedocument=None, datum="2023-06-12", vakken=(WISKUNDE,))
        vwo = vo_resultaat("VWO", waardedocument=None, resultaatvolgnummer="2", vakken=(WISKUNDE,))
        gehaald = vo_resultaat(resultaatvolgnummer="3")
        geleverd = vooropleiding(met_resultaten(student(), gezakt, vwo, gehaald), PEILDATUM).vo_resultaten
        assert [r.resultaatvolgnummer for r in geleverd] == ["2", "3"]

    def test_a_certificate_does_not(self):
        gezakt = vo_resultaat(waardedocument=None, datum="2023-06-12", vakken=(WISKUNDE,))
        behaald = certificaat(resultaatvolgnummer="2")
        geleverd = vooropleiding(met_resultaten(student(), gezakt, behaald), PEILDATUM).vo_resultaten
        assert [r.resultaatvolgnummer for r in geleverd] == ["1", "2"]

    def test_a_diploma_is_given_from_its_own_day(self):
        dossier = met_resultaten(student(), vo_resultaat(datum="2026-03-01"))
        assert vooropleiding(dossier, dag("2026-02-28")).vo_resultaten == ()
        assert vooropleiding(dossier, dag("2026-03-01")).vo_resultaten == (vo_resultaat(datum="2026-03-01"),)


class TestMboEnHo:
    """The results of mbo and of higher education in the message."""

    def test_an_mbo_diploma_is_given_with_its_parts_but_not_with_its_funding(self):
        delen = (Keuzedeel("2", "K0067", True), AmvbOnderdeel("3", "C0004"), examen("3005", "4"))
        gehaald = diploma(bekostigbaar=True, onderdelen=delen)
        geleverd = vooropleiding(student(diplomas=(gehaald,)), PEILDATUM).mbo_diplomas
        assert geleverd == (diploma(onderdelen=delen),)

    def test_loose_results_are_given_when_obtained_or_completed(self):
        los = (
            Keuzedeel("1", "K0067", True, INSTELLING, dag("2025-07-01")),
            Keuzedeel("2", "K0068", False, INSTELLING, dag("2025-07-01")),
            AmvbOnderdeel("3", "C0004", INSTELLING, dag("2025-07-01")),
            examen("3005", "4", datum_resultaat="2025-07-01"),
            examen("3006", "5", datum_resultaat="2025-07-01", eindcijfer=None, cijfer_ie=Decimal("7.1")),
            examen("3003", "6", datum_resultaat="2025-07-01", eindcijfer=None, vrijstelling="HAVO"),
            examen("3013", "7", datum_resultaat="2026-07-01"),
        )
        geleverd = vooropleiding(student(los=los), PEILDATUM).mbo_resultaten
        assert [r.resultaatvolgnummer for r in geleverd] == ["1", "3", "4", "6"]

    def test_all_diplomas_of_higher_education_are_given(self):
        dossier = met_resultaten(student(), ho_diploma(), vo_resultaat(), ho_diploma("2026-06-30"))
        assert vooropleiding(dossier, PEILDATUM).ho_diplomas == (ho_diploma(),)


class TestGeheimAdres:
    """Who hides is not to be found by way of a school."""

    def test_with_a_secret_address_every_institution_reads_99aa(self):
        dossier = met_resultaten(
            student(
                inschrijving(),
                diplomas=(
                    diploma(
                        onderdelen=(examen("3005", instelling=INSTELLING, onderwijsaanbieder="100A501"),)
                    ),
                ),
                los=(Keuzedeel("2", "K0067", True, ELDERS, dag("2025-07-01"), onderwijsaanbieder="100A501"),),
                deelnames=(leerjaar(4),),
                geheim=True,
            ),
            vo_resultaat(),
            ho_diploma(),
        )
        for uit in (vooropleiding(dossier, PEILDATUM), vooropleidingen_in_dossier(dossier, OPEN)):
            tekst = msgspec.json.encode(als_object(uit)).decode()
            assert tekst.count("99AA") == 7  # 2 participations, 3 results, and a diploma with its part
            for verraad in (SCHOOL, INSTELLING, ELDERS, HOGESCHOOL, "100A501"):
                assert f'"{verraad}"' not in tekst

    def test_what_has_no_institution_gets_none(self):
        dossier = met_resultaten(student(geheim=True), vo_resultaat(instelling=None, staatsexamen=True))
        assert vooropleiding(dossier, PEILDATUM).vo_resultaten[0].instelling is None

    def test_without_a_secret_address_institutions_are_named(self):
        dossier = met_resultaten(student(inschrijving(), diplomas=(diploma(),)), vo_resultaat())
        uit = vooropleiding(dossier, PEILDATUM)
        assert uit.deelnames[0].instelling == uit.mbo_diplomas[0].instelling == INSTELLING
        assert uit.mbo_diplomas[0].onderwijsaanbieder
        assert uit.vo_resultaten[0].instelling == SCHOOL


BEGIN_VAN_DE_HISTORIE = [("VO", 2006), ("VSO", 2012), ("VAVO", 2007), ("HO", 1991)]


class TestHistorie:
    """The register does not go back for ever."""

    @pytest.mark.parametrize(("sector", "jaar"), BEGIN_VAN_DE_HISTORIE)
    def test_a_participation_counts_when_it_lasted_into_the_first_year(self, sector, jaar):
        wel = deelname(sector, f"{jaar - 2}-08-01", f"{jaar}-01-01", wec_schoolsoort="ZMLK")
        niet = deelname(sector, f"{jaar - 2}-08-01", f"{jaar - 1}-12-31", wec_schoolsoort="ZMLK")
        for kandidaat, verwacht in ((wel, (wel,)), (niet, ())):
            dossier = student(inschrijving("2026-08-01"), deelnames=(kandidaat,))
            assert vooropleiding(dossier, PEILDATUM).deelnames == verwacht
            assert vooropleidingen_in_dossier(dossier, PEILDATUM).deelnames == verwacht

    @pytest.mark.parametrize(("sector", "jaar"), BEGIN_VAN_DE_HISTORIE[:3])
    def test_so_does_a_result_of_that_year(self, sector, jaar):
        wel, niet = (
            vo_resultaat(sector=sector, datum=f"{jaar}-01-01"),
            vo_resultaat(sector=sector, datum=f"{jaar - 1}-12-31"),
        )
        assert vooropleiding(met_resultaten(student(), wel, niet), PEILDATUM).vo_resultaten == (wel,)

    def test_higher_education_goes_back_to_1991(self):
        dossier = met_resultaten(student(), ho_diploma("1990-12-31"), ho_diploma("1991-01-01"))
        assert vooropleiding(dossier, PEILDATUM).ho_diplomas == (ho_diploma("1991-01-01"),)

    def test_mbo_goes_back_to_2007(self):
        dossier = student(
            inschrijving("2003-08-01", "2006-12-31"), diplomas=(diploma("2006-12-31"), diploma("2007-01-01"))
        )
        uit = vooropleiding(dossier, PEILDATUM)
        assert (uit.deelnames, [d.datum_resultaat.year for d in uit.mbo_diplomas]) == ((), [2007])

    def test_an_exam_without_a_date_is_of_its_year(self):
        oud, nieuw = (
            vo_resultaat(datum=None, examenjaar=jaar, resultaatvolgnummer=str(jaar)) for jaar in (2005, 2006)
        )
        geleverd = vooropleiding(met_resultaten(student(), oud, nieuw), PEILDATUM).vo_resultaten
        assert [r.examenjaar for r in geleverd] == [2006]


@given(strategieen.van(Dossier), strategieen.DATA, strategieen.van(Gegevens), st.integers(-5, 12000))
def test_any_dossier_has_a_vooropleiding(dossier, peildatum, gegevens, jaar):
    uit = vooropleiding(dossier, peildatum, gegevens)
    assert all(d.datum_begin <= peildatum for d in uit.deelnames)
    assert jaren_zonder_diploma(dossier, Studiejaar(jaar), gegevens) >= 0
    lijst = vooropleidingen_in_dossier(dossier, peildatum)
    assert list(lijst.deelnames) == sorted(lijst.deelnames, key=lambda d: d.datum_begin)
    codes = {r.instelling for r in (*uit.deelnames, *uit.vo_resultaten, *uit.mbo_diplomas, *lijst.resultaten)}
    assert not dossier.persoon.geheim or codes <= {"99AA", "", None}


@given(strategieen.van(Dossier), strategieen.DATA)
def test_what_is_found_comes_back_whole_through_json(dossier, peildatum):
    uit = vooropleiding(dossier, peildatum)
    assert uit_object(Vooropleiding, als_object(uit)) == uit
    lijst = vooropleidingen_in_dossier(dossier, peildatum)
    assert uit_object(Vooropleidingen, als_object(lijst)) == lijst


def test_a_person_and_an_outcome_read_as_words():
    dossier = Dossier(
        Persoon(
            BSN, voornamen="Noor", adres=Adres(landcode="6030", adresregels=("Musterweg 1",)), geheim=True
        ),
        vooropleidingen=(vo_resultaat(vakken=(WISKUNDE,)), ho_diploma()),
    )
    leesbaar = als_object(dossier)
    assert leesbaar["persoon"]["adres"] == {"landcode": "6030", "adresregels": ["Musterweg 1"]}
    assert [r["soort"] for r in leesbaar["vooropleidingen"]] == ["VO", "HO"]
    assert leesbaar["vooropleidingen"][0]["vakken"] == [
        {"code": "2601", "cijfer_se": "6.4", "cijfer_ce": "5.8", "eindcijfer": 6}
    ]
    assert uit_object(Dossier, leesbaar) == dossier
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(dossier), type=Dossier) == dossier


def test_a_dossier_packed_before_it_knew_vooropleiding_can_still_be_read():
    oud = [["999990007", None, None], [], [], [], [["VO", "01AA", "2024-08-01", None, None, "VO"]]]
    assert msgspec.convert(oud, Dossier) == Dossier(
        Persoon("999990007"), deelnames=(Deelname("VO", "01AA", date(2024, 8, 1), leerroutefase="VO"),)
    )
