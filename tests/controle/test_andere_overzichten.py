"""OBO, GRONDSLAG and TBG-i are judged for what they carry, and no further."""

import pytest

from kernregister.controle.controle import controleer
from kernregister.controle.leveringen import Opdracht
from kernregister.kern.gegevens import Bron
from tests.controle.leveringen import schrijf_ro
from tests.kern.voorbeelden import inschrijving, student

OBO = """\
VLP|2025-2026|27DV|2026-03-24|2026-03-25
PER|999990007||2000-05-14|V
ISG|999990007||1|2023-08-01|2026-01-31|J|N
ISP|999990007||1|2025-02-01|25655|BBL||||J|J|N
BPV|999990007||1|C1|2025-09-01|2025-09-01||25655
ISG|999990007||2|2025-08-01|2026-07-31|J|J
ISP|999990007||2|2025-08-01|25655|BBL||||J|J|J
CTR|2|0|76965|76970|2
"""

GRONDSLAG = """\
VLP;27DV;2025;20251119;V
PER;000000007;12;12;12;12;V;2904;20251001;;;6030;6030;6030;;;0001;;
ISG;000000007;27DV;1;20240801;20250731;;
ISP;000000007;27DV;1;20240801;;25655;;BOL;;1;100A501;101X591;;
BPV;000000007;27DV;1;C1;20250801;20250801;20260731;;0;100808353;25655;
DIP;000000007;27DV;7;25656;20250630;1;1;100A501
GEO;000000007;27DV;7;8;3001;6;;74;;51;;;;
GEO;000000007;27DV;7;9;3005;6;;74;;51;;;;
SLR;1;1;1;0;1;0;1;0;0;2;0
"""


def uitslag(tmp_path, tekst, **velden):
    pad = tmp_path / "levering.csv"
    pad.write_text(tekst, "utf-8")
    return controleer(Opdracht((pad,), **velden))


def gevonden(uitslag):
    return sorted(u.regel for u in uitslag.uitkomsten)


def niet_beoordeeld(uitslag):
    return {n.regel: n.ontbreekt for n in uitslag.niet_beoordeeld}


def test_the_published_tbgi_has_nothing_against_it(gedeelde_data):
    uit = controleer(Opdracht((gedeelde_data / "duo-demo" / "TBGI_25LX_2027_20251124.XML",)))
    assert gevonden(uit) == []
    niet = niet_beoordeeld(uit)
    assert niet["D02"] == ("Dossier.inschrijvingen",)
    assert niet["G08"] == ("Inschrijvingsperiode",)
    assert not uit.dashboard.cellen


def test_an_obo_is_judged_for_what_it_carries(tmp_path):
    uit = uitslag(tmp_path, OBO)
    assert gevonden(uit) == ["B01", "B06", "C03", "E05"]
    assert not [cel for cel in uit.dashboard.cellen if cel[0] == "BPV's"]
    assert niet_beoordeeld(uit).keys() >= {"A03", "B02", "B04", "B05", "C02", "C04", "D05", "G09"}


def test_a_grondslag_tells_of_death_itself(tmp_path):
    uit = uitslag(tmp_path, GRONDSLAG)
    assert gevonden(uit) == ["A03", "B04", "C02", "D01", "D02", "D05"]
    niet = niet_beoordeeld(uit)
    assert niet["A02"] == ("Persoon.geboortedatum",)
    assert "Persoon.onderwijsnummer" in niet["A01"]
    assert "A03" not in niet


def test_a_file_of_persons_that_knows_of_no_death_leaves_that_of_the_delivery(tmp_path):
    personen = tmp_path / "personen.csv"
    personen.write_text("burgerservicenummer;achternaam\n000000007;Jansen\n", "utf-8")
    assert "A03" in gevonden(uitslag(tmp_path, GRONDSLAG, personen=personen))


def test_a_person_with_both_numbers_is_told_of(tmp_path):
    uit = uitslag(tmp_path, OBO.replace("|999990007||", "|999990007|100310303|"))
    assert [o.aantal for o in uit.opmerkingen if o.code == "twee_nummers"] == [1]
    assert not [o for o in uitslag(tmp_path, OBO).opmerkingen if o.code == "twee_nummers"]


@pytest.mark.parametrize(("eigen", "mogelijk"), [("91KA", True), ("25LX", False)])
def test_a_tbgi_of_another_institution_does_not_tell_what_is_fundable_there(
    tmp_path, gedeelde_data, eigen, mogelijk
):
    ro = schrijf_ro(tmp_path / "ro.csv", [student(inschrijving(instelling="27DV"))])
    ander = schrijf_ro(tmp_path / "ander.csv", [student(inschrijving(instelling=eigen))], eigen)
    tbgi = gedeelde_data / "duo-demo" / "TBGI_25LX_2027_20251124.XML"
    uit = controleer(Opdracht((ro,), ook=(ander if mogelijk else tbgi,)))
    assert (niet_beoordeeld(uit).get("E06") != (Bron.ANDERE_INSTELLINGEN,)) is mogelijk
