"""A workbook: what goes in comes out as it was, begins no formula, and is the same bytes whenever it is written."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.writer import excel

from kernregister.kern.formaten.rekenblad import zonder_formule
from kernregister.voorzieningen.overzichten.werkmap import LEEGGEMAAKT, Anders, Kolom, Kop, Werkmap

DAG = date(2026, 3, 2)
VROEG, LAAT = datetime.fromisoformat("1901-01-01"), datetime.fromisoformat("2199-12-31")
WAARDEN = (
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=30)
    | st.integers(-(10**9), 10**9)
    | st.decimals(-1000, 1000, places=4)
    | st.dates(date(1901, 1, 1), date(2199, 12, 31))
    | st.datetimes(VROEG, LAAT).map(lambda moment: moment.replace(microsecond=0))
    | st.none()
)


def maak(pad: Path, rijen: list[tuple], keuzes: tuple[str, ...] = ()) -> Path:
    boek = Werkmap("Proef <&>", DAG)
    boek.bladzijde("Lezen", (20, 40), [(Kop("Kop"), "Waarde"), ("a", Decimal("1.5")), ()])
    kolommen = [Kolom("Een"), Kolom("Twee", 50), Kolom("Vink", 12, keuzes, invullen=True)]
    boek.tabel("Tabel", kolommen, [(*rij, None) for rij in rijen])
    boek.schrijf(pad)
    return pad


def rijen_van(pad: Path) -> list[tuple]:
    blad = load_workbook(pad)["Tabel"]
    return list(blad.iter_rows(min_row=2, max_col=2, values_only=True)) if blad.max_row > 1 else []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WAARDEN, WAARDEN), max_size=8))
def test_values_come_out_as_they_went_in(tmp_path, rijen):
    for erin, eruit in zip(rijen, rijen_van(maak(tmp_path / "w.xlsx", rijen)), strict=False):
        for voor, na in zip(erin, eruit, strict=True):
            match voor:
                case str():
                    assert (na or "") == zonder_formule(voor)
                case datetime():
                    assert abs((na - voor).total_seconds()) < 1
                case date():
                    assert na.date() == voor
                case Decimal():
                    assert Decimal(str(na or 0)) == voor
                case _:
                    assert na == voor


@pytest.mark.parametrize("tekst", ["=1+1", "+31612", "-2", "@SOM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_text_begins_a_formula(tmp_path, tekst):
    cel = load_workbook(maak(tmp_path / "w.xlsx", [(tekst, tekst)]))["Tabel"]["A2"]
    assert cel.data_type == "s"
    assert not str(cel.value).lstrip().startswith(("=", "+", "-", "@"))


def test_markup_control_characters_and_very_long_texts_do_no_harm(tmp_path):
    rijen = rijen_van(
        maak(tmp_path / "w.xlsx", [("<a>&\"'</a>", "x" * 100_000), ("a\x00\x1b\ud800b", "é€😀")])
    )
    assert rijen[0][0] == "<a>&\"'</a>"
    assert len(rijen[0][1]) == 32_000
    assert rijen[1] == ("a\ufffd\ufffd\ufffdb", "é€😀")


def test_the_bytes_do_not_depend_on_when_it_is_written(tmp_path, monkeypatch):
    rijen = [("a", DAG), ("b", Decimal("2.50"))]
    eerste = maak(tmp_path / "een.xlsx", rijen).read_bytes()

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)

    monkeypatch.setattr(excel.datetime, "datetime", Later)
    assert maak(tmp_path / "twee.xlsx", rijen).read_bytes() == eerste
    with zipfile.ZipFile(BytesIO(eerste)) as zip_:
        assert {lid.date_time for lid in zip_.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-03-02T12:00:00Z" in zip_.read("docProps/core.xml")


def test_a_table_has_a_frozen_bold_header_a_filter_and_cells_to_fill_in(tmp_path):
    blad = load_workbook(maak(tmp_path / "w.xlsx", [("a", "b"), ("c", "d")], ("ja", "nee")))["Tabel"]
    assert blad.freeze_panes == "A2"
    assert all(cel.font.bold for cel in blad[1])
    assert blad.auto_filter.ref == "A1:C3"
    (keuze,) = blad.data_validations.dataValidation
    assert str(keuze.sqref) == "C2:C3"
    assert keuze.formula1 == '"ja,nee"'
    assert blad["C2"].fill.fgColor.rgb.endswith("FFF9E0")
    assert blad.page_setup.orientation == "landscape"
    assert blad.sheet_properties.pageSetUpPr.fitToPage
    assert blad.print_title_rows == "$1:$1"


def test_an_empty_table_is_a_header(tmp_path):
    boek = load_workbook(maak(tmp_path / "w.xlsx", [], ("ja", "nee")))
    assert boek["Tabel"].max_row == 1
    assert boek["Tabel"].auto_filter.ref == "A1:C1"
    assert [rij[:2] for rij in boek["Lezen"].iter_rows(values_only=True)][:2] == [
        ("Kop", "Waarde"),
        ("a", 1.5),
    ]


def test_what_is_other_than_before_stands_out_and_what_was_emptied_says_so(tmp_path):
    kolommen = [Kolom("Was"), Kolom("Is")]
    boek = Werkmap("Proef", date(2026, 3, 2))
    boek.tabel("Blad", kolommen, [("a", "a"), ("a", Anders("b")), ("a", Anders(None))])
    boek.schrijf(tmp_path / "proef.xlsx")
    blad = load_workbook(tmp_path / "proef.xlsx")["Blad"]
    assert [rij[1].value for rij in blad.iter_rows(min_row=2)] == ["a", "b", LEEGGEMAAKT]
    assert [rij[1].font.bold for rij in blad.iter_rows(min_row=2)] == [False, True, True]


def test_a_long_text_has_the_room_to_be_read_on_paper(tmp_path):
    boek = Werkmap("Proef", date(2026, 3, 2))
    zin = "woord " * 60
    boek.bladzijde("Lezen", (20, 20), [(Kop("Kop"),), (zin,), ("kort", "kort")])
    boek.tabel(
        "Breed",
        [Kolom("Burgerservicenummer", 10), *(Kolom(f"Kolom {n}", 40) for n in range(9))],
        [[zin] * 10],
    )
    boek.schrijf(tmp_path / "proef.xlsx")
    gelezen = load_workbook(tmp_path / "proef.xlsx")
    lezen, breed = gelezen["Lezen"], gelezen["Breed"]
    assert [str(bereik) for bereik in lezen.merged_cells.ranges] == ["A2:B2"]
    assert lezen.row_dimensions[2].height > 5 * (lezen.row_dimensions[3].height or 15)
    assert breed.row_dimensions[2].height > 100
    assert breed.column_dimensions["A"].width > len("Burgerservicenummer")
    assert breed.page_setup.fitToWidth == 2
    assert breed.print_title_cols == "$A:$C"
