"""Exports as they come: any separator, encoding or workbook; and what is none."""

import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.vergelijking.export import MEESTE_RIJEN, open_export


def excel(pad: Path, *rijen: list[object], blad: str = "Studenten") -> Path:
    werkmap = Workbook()
    werkblad = werkmap.active
    assert werkblad is not None
    werkblad.title = blad
    for rij in rijen:
        werkblad.append(rij)
    werkmap.create_sheet("Leeg")
    werkmap.save(pad)
    return pad


@pytest.mark.parametrize("teken", [";", ",", "\t", "|"])
@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252"])
def test_separator_and_encoding_are_found_out(tmp_path: Path, teken: str, codering: str) -> None:
    pad = tmp_path / "export.txt"
    regels = [f'"Naam{teken}s"{teken}Plaats', f"Zoë{teken}Lübeck", "", f"x{teken}"]
    pad.write_bytes("\r\n".join(regels).encode(codering))
    export = open_export(pad)
    assert export.kolommen == (f"Naam{teken}s", "Plaats")
    assert list(export.rijen()) == [(2, ["Zoë", "Lübeck"]), (4, ["x", ""])]


def test_cells_of_a_workbook_become_text_as_one_reads_it(tmp_path: Path) -> None:
    pad = excel(
        tmp_path / "export.xlsx",
        ["BSN", "Begin", "Eind", "Crebo", "Cijfer", "Ja", None],
        [
            12345678,
            datetime(2024, 8, 1),  # noqa: DTZ001 - a cell has no zone
            date(2027, 7, 31),
            25655.0,
            7.5,
            True,
            None,
        ],
    )
    export = open_export(pad)
    assert export.kolommen == ("BSN", "Begin", "Eind", "Crebo", "Cijfer", "Ja")
    assert list(export.rijen()) == [(2, ["12345678", "2024-08-01", "2027-07-31", "25655", "7.5", "J"])]


def test_a_header_that_stands_lower_is_found_where_it_is_said_to_be(tmp_path: Path) -> None:
    pad = excel(tmp_path / "export.xlsx", ["Lijst van", "vandaag"], [], ["BSN", "Naam"], ["1", "x"])
    assert list(open_export(pad, kopregel=3).rijen()) == [(4, ["1", "x"])]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    pad = excel(tmp_path / "export.xlsx", ["BSN"])
    with pytest.raises(OnbruikbaarBestand, match=r"geen blad 'Blad1'. Wel: Studenten, Leeg"):
        open_export(pad, blad="Blad1")


def _zip(pad: Path) -> None:
    with zipfile.ZipFile(pad, "w") as zip_:
        zip_.writestr("export.csv", "BSN;Naam\n")


def _kapot(pad: Path) -> None:
    excel(pad, ["BSN"], *[[str(n)] for n in range(100)])
    pad.write_bytes(pad.read_bytes()[:-200])


def _kapot_blad(pad: Path) -> None:
    with zipfile.ZipFile(pad, "w") as zip_:
        zip_.writestr("xl/workbook.xml", "<geen werkmap")


@pytest.mark.parametrize(
    ("maak", "wat"),
    [
        (lambda pad: None, "bestaat niet"),
        (lambda pad: pad.write_bytes(b""), "is leeg"),
        (lambda pad: pad.write_bytes(b" \r\n"), "is leeg"),
        (lambda pad: pad.write_bytes(b";;;\n1;2\n"), "geen kolomnamen"),
        (lambda pad: pad.write_bytes(b"BSN\x00\x01"), "geen tekstbestand"),
        (lambda pad: pad.write_bytes("BSN;Naam".encode("utf-16")), "UTF-16"),
        (lambda pad: pad.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 600), "oud Excel"),
        (lambda pad: pad.write_bytes(b'BSN;Naam\n1;"' + b"x" * 200_000), "aanhalingsteken niet gesloten"),
        (lambda pad: pad.write_bytes(b";".join([b"k"] * 2000)), "meer dan 1000 kolommen"),
        (lambda pad: pad.mkdir(), "dit is een map"),
        (_zip, "zonder Excel-werkmap"),
        (_kapot, "beschadigd"),
        (_kapot_blad, "beschadigd"),
    ],
)
def test_what_is_no_export_is_refused_in_plain_words(tmp_path: Path, maak: object, wat: str) -> None:
    pad = tmp_path / "export"
    maak(pad)  # type: ignore[operator]
    with pytest.raises(OnbruikbaarBestand, match=wat):
        list(open_export(pad).rijen())


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, inhoud: bytes) -> None:
    pad = tmp_path_factory.getbasetemp() / "willekeurig"
    pad.write_bytes(inhoud)
    try:
        export = open_export(pad)
    except OnbruikbaarBestand:
        return
    assert all(len(rij) == len(export.kolommen) for _, rij in export.rijen())


def _met_blad(pad: Path, van: bytes, naar: bytes, **meer: bytes) -> Path:
    """Make a workbook of which the sheet is changed, and parts are added."""
    bron = excel(pad.with_suffix(".bron"), ["BSN"], ["1"])
    with zipfile.ZipFile(bron) as uit, zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as zip_:
        for lid in uit.namelist():
            inhoud = uit.read(lid)
            zip_.writestr(lid, inhoud.replace(van, naar) if lid.endswith("sheet1.xml") else inhoud)
        for naam, inhoud in meer.items():
            zip_.writestr(f"xl/{naam}.xml", inhoud)
    return pad


@pytest.mark.parametrize("rij", [MEESTE_RIJEN, 10**14])
def test_a_cell_far_below_the_others_takes_no_time(tmp_path: Path, rij: int) -> None:
    cel = b'<row r="%d"><c r="A%d"><v>2</v></c></row></sheetData>' % (rij, rij)
    pad = _met_blad(tmp_path / "ver.xlsx", b"</sheetData>", cel)
    rijen = [waarden for _, waarden in open_export(pad).rijen()]
    assert rijen == ([["1"], ["2"]] if rij == MEESTE_RIJEN else [["1"]])


@pytest.mark.parametrize(
    "entiteit",
    [
        b'<!ENTITY a "' + b"x" * 1000 + b'">' + b'<!ENTITY b "' + b"&a;" * 50_000 + b'">',
        b'<!ENTITY b SYSTEM "file:///etc/hostname">',
    ],
)
def test_entities_in_a_workbook_are_not_expanded(tmp_path: Path, entiteit: bytes) -> None:
    pad = _met_blad(
        tmp_path / "e.xlsx", b"</sheetData>", b'<row r="9"><c r="A9"><v>&b;</v></c></row></sheetData>'
    )
    with zipfile.ZipFile(pad) as zip_:
        leden = {lid: zip_.read(lid) for lid in zip_.namelist()}
    with zipfile.ZipFile(pad, "w") as zip_:
        for lid, inhoud in leden.items():
            los = inhoud.partition(b"?>")[2] or inhoud
            met = b"<!DOCTYPE x [" + entiteit + b"]>" + los
            zip_.writestr(lid, met if lid.endswith("sheet1.xml") else inhoud)
    try:
        rijen = [waarden for _, waarden in open_export(pad).rijen()]
    except OnbruikbaarBestand:
        return
    assert sum(len(waarde) for waarden in rijen for waarde in waarden) < 10


def test_a_workbook_that_unpacks_out_of_bounds_is_refused(tmp_path: Path) -> None:
    for naam, meer in (("bom", b" " * (60 << 20)), ("sharedStrings", os.urandom(1 << 18) * 132)):
        pad = _met_blad(tmp_path / f"{naam}.xlsx", b"", b"", **{naam: meer})
        with pytest.raises(OnbruikbaarBestand, match="veel te groot"):
            open_export(pad)


def test_a_pipe_is_refused_and_a_line_without_end_too(tmp_path: Path) -> None:
    pad = tmp_path / "lang.csv"
    pad.write_bytes(b"BSN;Naam\n" + b"x" * (3 << 20))
    with pytest.raises(OnbruikbaarBestand, match="langer dan"):
        list(open_export(pad).rijen())
    with pytest.raises(OnbruikbaarBestand, match="geen gewoon bestand"):
        open_export(Path(os.devnull))
