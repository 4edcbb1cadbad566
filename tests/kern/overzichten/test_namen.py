"""Files are called what the PvE calls them."""

from datetime import date

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.overzichten import namen
from kernregister.kern.tijd import Studiejaar

DAG = date(2026, 3, 2)
JAAR = Studiejaar(2025)


def test_an_ro_names_its_institution_and_its_period():
    begin, einde = date(2025, 8, 1), date(2026, 7, 31)
    assert namen.bestandsnaam_ro("27DV", begin, einde) == "RO_27DV_20250801_20260731.CSV"
    assert namen.zipnaam_ro("27DV", begin, einde) == "RO_27DV_20250801_20260731.ZIP"


def test_an_obo_and_its_differences_go_in_one_zip():
    assert namen.bestandsnaam_obo("27DV", JAAR, DAG) == "OBO_27DV_2025_20260302.CSV"
    assert namen.bestandsnaam_obov("VBT", "27DV", DAG) == "OBOV_VBT_27DV_20260302.CSV"
    assert namen.zipnaam_obo("27DV", DAG) == "27DV_20260302.ZIP"


def test_a_tbgi_names_the_funding_year_and_a_grondslag_the_studiejaar():
    jaar = Bekostigingsjaar.van(JAAR)
    assert namen.bestandsnaam_tbgi("27DV", jaar, DAG) == "TBGI_27DV_2027_20260302.XML"
    assert namen.bestandsnaam_grondslag("27DV", JAAR, DAG) == "GRONDSLAG_IP_MBO_27DV_20260302_2025.csv"
    assert namen.zipnaam_grondslag("27DV", DAG) == "GRONDSLAG_IP_MBO_27DV_20260302.zip"
