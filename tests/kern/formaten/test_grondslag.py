"""The GRONDSLAG: semicolons, dates of eight digits, pseudonyms, and what real files add."""

from datetime import date

import pytest

from kernregister.kern.formaten.grondslag import GRONDSLAG
from kernregister.kern.formaten.lezen import open_levering
from kernregister.kern.formaten.recordbestand import Recordlezer
from kernregister.kern.formaten.schrijven import schrijf

BESTAND = """\
VLP;27DV;2025;20251119;V
PER;000000007;37;37;38;37;V;2904;;;;6030;6030;6030;;;0001;;3362;;;
ISG;000000007;27DV;1;20250801;20260731;;
ISP;000000007;27DV;1;20250801;;25655;;BBL;;1;100A501;101X591;;
ISE;000000007;27DV;1;20250901;
BPV;000000007;27DV;1;C1;20250801;20250801;20260731;;400;100808353;25655;
BII;000000007;27DV;1;20251001;20251119T103000;V;1;1;0.50;1.00;;;0.500000
DIP;000000007;27DV;7;25655;20250630;1;1;100A501
BID;000000007;27DV;7;MBO-2;0;;;20251119T103000;V;1;3
GEO;000000007;27DV;7;8;3005;6;;74;;51;;;;
KZD;000000007;27DV;7;9;K0067;BEHAALD;;;;
KZD;000000007;27DV;;10;K0138;NIET BEHAALD;0;20250630;1;
SLR;1;1;1;1;1;1;1;1;0;1;2
"""


def lees(tmp_path, tekst):
    pad = tmp_path / "grondslag.csv"
    pad.write_bytes(tekst.encode())
    with open_levering(pad) as [levering]:
        gelezen = list(levering.dossiers())
        levering.controleer_totalen()
        return levering, gelezen


def test_a_file_gives_dossiers_with_the_institution_of_each_record(tmp_path):
    levering, [dossier] = lees(tmp_path, BESTAND)
    assert levering.verslag.opmerkingen == []
    assert (levering.kop.instellingscode, levering.kop.datum_aanmaak) == ("27DV", date(2025, 11, 19))
    [inschrijving] = dossier.inschrijvingen
    assert (inschrijving.instelling, inschrijving.perioden[0].bekostigbaar) == ("27DV", True)
    assert (len(inschrijving.extra_ondersteuning), inschrijving.bpvs[0].omvang) == (1, 400)
    assert [len(d.onderdelen) for d in dossier.diplomas] == [2]
    assert [(o.behaald, o.certificaat, o.instelling) for o in dossier.losse_resultaten] == [
        (False, False, "27DV")
    ]


def test_its_number_is_never_judged_as_that_of_a_person():
    assert {"Persoon.burgerservicenummer", "Persoon.onderwijsnummer"} <= GRONDSLAG.ontbreekt


def test_what_was_read_is_written_the_same_with_the_extra_fields_of_a_person(tmp_path):
    levering, _ = lees(tmp_path, BESTAND)
    pad = tmp_path / "weer.csv"
    groepen = list(Recordlezer(levering.verkenning, levering.verslag).groepen())
    schrijf(pad, GRONDSLAG, levering.kop, groepen, "\n")
    assert pad.read_text() == BESTAND


@pytest.mark.parametrize("regel", ["VLP;2025;20251119;V", "VLP;2025;20251119;V;;;;"])
def test_an_opening_record_without_institution_takes_that_of_the_records(tmp_path, regel):
    levering, gelezen = lees(tmp_path, BESTAND.replace("VLP;27DV;2025;20251119;V", regel))
    assert levering.kop.instellingscode == "27DV"
    assert len(gelezen) == 1
    assert {o.code for o in levering.verslag.opmerkingen} <= {
        "vlp_zonder_instelling",
        "lege_velden_achteraan",
    }
    assert "vlp_zonder_instelling" in {o.code for o in levering.verslag.opmerkingen}


def test_a_provisional_file_has_no_funding_information_and_that_is_fine(tmp_path):
    zonder = "".join(r for r in BESTAND.splitlines(keepends=True) if r[:3] not in ("BII", "BID"))
    levering, _ = lees(tmp_path, zonder.replace("SLR;1;1;1;1;1;1;1;1;", "SLR;1;1;1;1;1;0;1;0;"))
    assert levering.verslag.opmerkingen == []
