"""Difference files are read as they are written, and explained when they are not."""

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from kernregister.kern.formaten import obo, obov
from kernregister.kern.formaten.indeling import regel_van, tag
from kernregister.kern.formaten.obov_lezen import lees
from kernregister.kern.formaten.regelschrijver import Onschrijfbaar
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.kern.verschil import verschillen_van

PERSOON = obo.Per("999990007", None, "1991-10-07", "M")
ISG = obo.Isg("999990007", None, "1", date(2016, 8, 1), None, "J", "J")
BEEINDIGD = structs.replace(ISG, datum_uitschrijving_werkelijk=date(2016, 12, 31), geldig_op_1_februari="N")
VOORBEELD = Path(__file__).parents[1] / "voorbeeld_obo"


@pytest.mark.parametrize("soort", ["PER", "ISG", "ISP"])
def test_a_difference_file_can_be_read_back(soort: str) -> None:
    verslag = Verslag()
    pad = VOORBEELD / f"OBOV_{soort}_27DV_20170701.CSV"
    kop, bestand, regels = lees(pad, verslag)
    assert not verslag.opmerkingen
    assert obov.OBOV.aanhef(bestand, kop) + "".join(f"{regel_van(r)}\n" for r in regels) == pad.read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("inhoud", "wat"),
    [
        ("Recordsoort|Van\nVLP|2016-2017|27DV\n", "openingsrecord VLP"),
        ("", "openingsrecord VLP"),
        ("x\nVLP|2016-2017|27DV|2017-06-30|2017-05-31\n", "van welke recordsoort"),
    ],
)
def test_what_is_no_difference_file_is_refused(tmp_path: Path, inhoud: str, wat: str) -> None:
    pad = tmp_path / "lijst.csv"
    pad.write_text(inhoud)
    with pytest.raises(OnbruikbaarBestand, match=wat):
        lees(pad, Verslag())


def test_all_faults_of_a_difference_file_are_reported_without_a_number(tmp_path: Path) -> None:
    pad = tmp_path / "lijst.csv"
    goed = (VOORBEELD / "OBOV_ISG_27DV_20170701.CSV").read_text(encoding="utf-8")
    pad.write_text(goed.replace("|2016-12-31||N|W", "|31 dec||N|X").replace("||V", "|V"), encoding="utf-8")
    verslag = Verslag()
    _, _, regels = lees(pad, verslag)
    assert len(regels) == 2
    assert {(o.code, o.veld) for o in verslag.fouten} == {
        ("veld_ongeldig", "datum_uitschrijving_werkelijk_huidig"),
        ("veld_ongeldig", "soort_wijziging"),
        ("verschilregel", ""),
    }
    assert "99999" not in str(verslag.fouten)


def test_seven_files_are_written_also_where_nothing_changed_and_read_back(tmp_path: Path) -> None:
    kop = obov.Vlp("2016-2017", "27DV", date(2017, 6, 30), date(2017, 5, 31))
    verschillen = list(verschillen_van([PERSOON, ISG], [PERSOON, BEEINDIGD], obo.OBO))
    paden = obov.schrijf_obov(tmp_path, obov.OBOV, kop, verschillen, dag=date(2017, 7, 1))
    assert [pad.name[:8] for pad in paden] == [
        f"OBOV_{soort}" for soort in ("PER", "VBT", "NAT", "ISG", "ISP", "BPV", "DIP")
    ]
    for pad in paden:
        verslag = Verslag()
        gelezen, _, regels = lees(pad, verslag)
        assert gelezen == kop
        assert not verslag.opmerkingen
        assert [tag(type(r)) for r in regels] == (["ISG"] if "ISG" in pad.name else [])
        assert pad.read_bytes().count(b"\r\n") == 2 + len(regels)
    assert paden[3].read_bytes().endswith(b"\r\nISG|999990007||1|2016-08-01||J|J|||2016-12-31||N|W\r\n")


def test_a_value_that_would_break_a_line_leaves_no_difference_file(tmp_path: Path) -> None:
    kop = obov.Vlp("2016-2017", "27DV", date(2017, 6, 30), date(2017, 5, 31))
    raar = structs.replace(ISG, inschrijvingvolgnummer="1|2")
    with pytest.raises(Onschrijfbaar, match="ISG"):
        obov.schrijf_obov(tmp_path, obov.OBOV, kop, verschillen_van([], [PERSOON, raar], obo.OBO))
    assert list(tmp_path.iterdir()) == []
