"""Difference files are read as they are written, and explained when they are not."""

from pathlib import Path

import pytest

from kernregister.kern.formaten import obov
from kernregister.kern.formaten.indeling import regel_van
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag

VOORBEELD = Path(__file__).parents[1] / "voorbeeld_obo"


@pytest.mark.parametrize("soort", ["PER", "ISG", "ISP"])
def test_a_difference_file_can_be_read_back(soort: str) -> None:
    verslag = Verslag()
    pad = VOORBEELD / f"OBOV_{soort}_27DV_20170701.CSV"
    kop, bestand, regels = obov.lees(pad, verslag)
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
        obov.lees(pad, Verslag())


def test_all_faults_of_a_difference_file_are_reported_without_a_number(tmp_path: Path) -> None:
    pad = tmp_path / "lijst.csv"
    goed = (VOORBEELD / "OBOV_ISG_27DV_20170701.CSV").read_text(encoding="utf-8")
    pad.write_text(goed.replace("|2016-12-31||N|W", "|31 dec||N|X").replace("||V", "|V"), encoding="utf-8")
    verslag = Verslag()
    _, _, regels = obov.lees(pad, verslag)
    assert len(regels) == 2
    assert {(o.code, o.veld) for o in verslag.fouten} == {
        ("veld_ongeldig", "datum_uitschrijving_werkelijk_huidig"),
        ("veld_ongeldig", "soort_wijziging"),
        ("verschilregel", ""),
    }
    assert "99999" not in str(verslag.fouten)
