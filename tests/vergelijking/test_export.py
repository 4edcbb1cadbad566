"""Exports as they come: any separator, encoding or workbook; and what is none."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.vergelijking.export import open_export


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
        (lambda pad: pad.mkdir(), "kan het bestand niet lezen"),
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
