"""Two overviews as files: difference files in a folder or a zip, and never over somebody else's work."""

import zipfile
from pathlib import Path

import pytest

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.verschil import SoortWijziging
from kernregister.vergelijking import overzichten
from kernregister.vergelijking.overzichten import vergelijk_overzichten

VOORBEELD = Path(__file__).parents[1] / "kern" / "voorbeeld_obo"
OUD, NIEUW = sorted(VOORBEELD.glob("OBO_*"))


def test_the_folder_gets_the_seven_files_of_the_manuals_example(tmp_path: Path) -> None:
    uitkomst = vergelijk_overzichten(OUD, NIEUW, tmp_path)
    for verwacht in VOORBEELD.glob("OBOV_*"):
        assert (tmp_path / verwacht.name).read_bytes() == verwacht.read_bytes()
    assert len(uitkomst.bestanden) == 8
    assert (uitkomst.aantal(), uitkomst.personen) == (13, 5)
    assert uitkomst.aantal("ISP", relevant=True) == 4
    assert uitkomst.aantal(soort=SoortWijziging.WIJZIGING) == 5
    assert not uitkomst.opmerkingen


def test_two_processes_give_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overzichten, "KLEIN", 0)
    vergelijk_overzichten(OUD, NIEUW, tmp_path / "een", processen=1)
    vergelijk_overzichten(OUD, NIEUW, tmp_path / "twee", processen=2)
    for pad in (tmp_path / "een").iterdir():
        assert (tmp_path / "twee" / pad.name).read_bytes() == pad.read_bytes()


def test_a_zip_holds_them_as_duo_delivers_them_and_can_itself_be_compared(tmp_path: Path) -> None:
    zip_ = tmp_path / "27DV.ZIP"
    with zipfile.ZipFile(zip_, "w") as bestand:
        bestand.write(NIEUW, NIEUW.name)
        bestand.write(VOORBEELD / "OBOV_ISG_27DV_20170701.CSV", "OBOV_ISG_27DV_20170701.CSV")
    vergelijk_overzichten(OUD, zip_, tmp_path / "uit", zip_=True)
    assert {pad.name for pad in (tmp_path / "uit").iterdir()} == {"27DV_20170701.ZIP", "verschillen.csv"}
    with zipfile.ZipFile(tmp_path / "uit" / "27DV_20170701.ZIP") as bestand:
        assert len(bestand.namelist()) == 7
        naam = "OBOV_ISP_27DV_20170701.CSV"
        assert bestand.read(naam) == (VOORBEELD / naam).read_bytes()


def test_files_of_duo_in_the_folder_are_not_overwritten_but_our_own_are(tmp_path: Path) -> None:
    van_duo = tmp_path / "OBOV_ISG_27DV_20170701.CSV"
    van_duo.write_text("van DUO")
    with pytest.raises(OnbruikbaarBestand, match="niets overschreven"):
        vergelijk_overzichten(OUD, NIEUW, tmp_path)
    assert van_duo.read_text() == "van DUO"
    van_duo.unlink()
    vergelijk_overzichten(OUD, NIEUW, tmp_path)
    vergelijk_overzichten(OUD, NIEUW, tmp_path)


def test_totals_that_are_not_those_of_the_file_are_reported(tmp_path: Path) -> None:
    ander = tmp_path / "nieuw.csv"
    ander.write_bytes(NIEUW.read_bytes().replace(b"CTR|5|", b"CTR|6|"))
    (opmerking,) = vergelijk_overzichten(OUD, ander).opmerkingen
    assert (opmerking.code, opmerking.bestand) == ("controletotaal", "nieuw.csv")


def test_an_export_without_a_translation_is_recognised_as_a_mistake(tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text("BSN;Naam\n1;x\n")
    with pytest.raises(OnbruikbaarBestand, match="--vertaling"):
        vergelijk_overzichten(OUD, export)


@pytest.mark.parametrize("inhoud", [b"", b"PK\x03\x04kapot", b"\x00\x01\x02", b"VLP|2016-2017|27DV\n"])
def test_rubbish_is_refused(tmp_path: Path, inhoud: bytes) -> None:
    pad = tmp_path / "rommel"
    pad.write_bytes(inhoud)
    with pytest.raises(OnbruikbaarBestand):
        vergelijk_overzichten(pad, NIEUW)
