"""An Excel workbook as a function of what is in it: the same bytes for the same content.

Texts are texts (nothing begins a formula), numbers and dates are numbers and dates in the Dutch form. openpyxl makes
the workbook, its styles and its sheets with their headers; the rows of a table are written as XML beside it and put in
at the end. That takes a fifth of the time: 95,000 cells of a difference list in 0.2 s instead of 1.1.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

from kernregister.kern.formaten.rekenblad import zonder_formule

DATUM: Final = "dd-mm-yyyy"
MOMENT: Final = "dd-mm-yyyy hh:mm:ss"
GETAL: Final = "#,##0.00####"

LEEGGEMAAKT: Final = "leeggemaakt"
"""What stands where there was a value and is none any more."""

BREEDSTE: Final = 60
"""Characters of a column at most; what is longer wraps."""

_A4: Final = 9
_LEESBAAR: Final = 220
"""Characters beside each other on a page across that one can still read: a wider table goes over several pages."""
_REGELHOOGTE: Final = 15
"""Of a line of text, in points."""
_MEESTE_REGELS: Final = 12
"""Lines of a row at most; the rest of a longer text is read in the cell."""
_OOIT: Final = (1980, 1, 1, 0, 0, 0)
_EINDE: Final = b"</sheetData>"
_DAG_NUL: Final = date(1899, 12, 30)
"""What a spreadsheet counts days from."""
_GEMAAKT: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_VERBODEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LANGSTE_CEL: Final = 32_000

_KOP: Final = PatternFill("solid", fgColor="154273")
_INVUL: Final = PatternFill("solid", fgColor="FFF9E0")
_ANDERS: Final = PatternFill("solid", fgColor="FDE3C8")
_ONDER: Final = Border(bottom=Side(style="thin", color="B0B0B0"))


class Kolom(Struct, frozen=True):
    """A column: its header, its width in characters, and what may be filled in.

    ``keuzes`` are the values that the cells offer; ``invullen`` marks a column for whoever uses the workbook.
    """

    kop: str
    breedte: int = 14
    keuzes: tuple[str, ...] = ()
    invullen: bool = False

    @property
    def ruimte(self) -> int:
        """Its width, with room for the longest word of its header."""
        return max(min(self.breedte, BREEDSTE), max(map(len, self.kop.split()), default=0) + 3)

    @property
    def loopt_door(self) -> bool:
        """Whether a long text goes on on the next line."""
        return self.breedte >= BREEDSTE // 2


class Anders(Struct, frozen=True):
    """A value that is to stand out, because it is another than before; None: it was emptied."""

    waarde: Any


class Werkmap:
    """A workbook that is being written.

    Args:
        titel: what it is, in its properties.
        gemaakt: the day that its properties name; not that of writing, for the bytes follow from the content.
    """

    def __init__(self, titel: str, gemaakt: date) -> None:
        self._boek: Any = Workbook(write_only=True)
        self._boek.properties.title = titel
        self._boek.properties.creator = "Kernregister"
        self._gemaakt = gemaakt
        self._bekende_stijlen: dict[tuple[bool, bool, bool], dict[type, int]] = {}
        self._rijen: dict[str, bytes] = {}
        """Part of the workbook -> the rows that are to be put in."""

    def tabel(self, naam: str, kolommen: Sequence[Kolom], rijen: Iterable[Sequence[Any]]) -> int:
        """Add a sheet with a table: bold frozen header, filter, print settings; return the number of rows."""
        blad: Any = self._boek.create_sheet(naam)
        self._drukaf(blad, naam, liggend=True)
        blad.print_title_rows = "1:1"
        blad.freeze_panes = "D2" if len(kolommen) > 6 else "A2"
        blad.page_setup.fitToWidth = -(-sum(kolom.ruimte for kolom in kolommen) // _LEESBAAR)
        if blad.page_setup.fitToWidth > 1:
            blad.print_title_cols = "A:C"
        for nummer, kolom in enumerate(kolommen, 1):
            blad.column_dimensions[get_column_letter(nummer)].width = kolom.ruimte
        hoogte = max((-(-len(kolom.kop) // (kolom.ruimte - 2)) for kolom in kolommen), default=1)
        blad.row_dimensions[1].height = _REGELHOOGTE * hoogte
        blad.append([_kopcel(blad, kolom.kop) for kolom in kolommen])
        stijlen = [
            (self._stijlen(blad, kolom), self._stijlen(blad, kolom, anders=True)) for kolom in kolommen
        ]
        schrijver = Rijschrijver(stijlen, kolommen)
        regels = [schrijver.rij(nummer, rij) for nummer, rij in enumerate(rijen, 2)]
        self._rijen[f"xl/worksheets/sheet{len(self._boek.worksheets)}.xml"] = "".join(regels).encode()
        aantal = len(regels)
        blad.auto_filter.ref = f"A1:{get_column_letter(len(kolommen))}{aantal + 1}"
        for nummer, kolom in enumerate(kolommen, 1):
            if kolom.keuzes and aantal:
                letter = get_column_letter(nummer)
                self._keuzes(blad, kolom, f"{letter}2:{letter}{aantal + 1}")
        return aantal

    def bladzijde(self, naam: str, breedtes: Sequence[int], regels: Iterable[Sequence[Any]]) -> None:
        """Add a sheet of lines for reading: one that begins with ``Kop`` is a heading, one of a single text a sentence.

        A sentence runs on over the whole width.
        """
        blad: Any = self._boek.create_sheet(naam)
        self._drukaf(blad, naam, liggend=False)
        for nummer, breedte in enumerate(breedtes, 1):
            blad.column_dimensions[get_column_letter(nummer)].width = breedte
        kolommen = [Kolom("", breedte) for breedte in breedtes]
        heel = [Kolom("", sum(breedtes))]
        for nummer, regel in enumerate(regels, 1):
            if regel and isinstance(regel[0], Kop):
                blad.append([_kopcel(blad, regel[0].tekst), *(_kopcel(blad, str(w)) for w in regel[1:])])
                continue
            zin = len(regel) == 1
            if zin:
                blad.merged_cells.add(f"A{nummer}:{get_column_letter(len(breedtes))}{nummer}")
            delen = list(zip(heel if zin else kolommen, regel, strict=False))
            blad.row_dimensions[nummer].height = _REGELHOOGTE * _regels(delen)
            blad.append([_cel(blad, kolom, waarde) for kolom, waarde in delen])

    def schrijf(self, pad: Path) -> None:
        """Write the workbook."""
        los = io.BytesIO()
        with zipfile.ZipFile(los, "w", zipfile.ZIP_STORED) as archief:
            ExcelWriter(self._boek, archief).save()
        moment = f"{self._gemaakt:%Y-%m-%dT12:00:00Z}".encode()
        with zipfile.ZipFile(los) as bron, zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as doel:
            for naam in bron.namelist():
                inhoud = bron.read(naam)
                if naam in self._rijen:
                    inhoud = inhoud.replace(_EINDE, self._rijen[naam] + _EINDE, 1)
                elif naam == "docProps/core.xml":
                    inhoud = _GEMAAKT.sub(rb"\g<1>" + moment, inhoud)
                lid = zipfile.ZipInfo(naam, _OOIT)
                lid.compress_type = zipfile.ZIP_DEFLATED
                lid.create_system = 3
                doel.writestr(lid, inhoud)

    def _stijlen(self, blad: Any, kolom: Kolom, *, anders: bool = False) -> dict[type, int]:
        """Return the style of each form of value in a column; columns that look alike share them."""
        naam = kolom.loopt_door, kolom.invullen, anders
        if naam not in self._bekende_stijlen:
            self._bekende_stijlen[naam] = {
                soort: _maak(blad, kolom, vorm, anders=anders).style_id for soort, vorm in _VORMEN.items()
            }
        return self._bekende_stijlen[naam]

    def _drukaf(self, blad: Any, naam: str, *, liggend: bool) -> None:
        blad.page_setup.orientation = "landscape" if liggend else "portrait"
        blad.page_setup.paperSize = _A4
        blad.page_setup.fitToHeight = 0
        blad.sheet_properties.pageSetUpPr.fitToPage = True
        blad.oddFooter.left.text = f"{self._boek.properties.title} – {naam}"
        blad.oddFooter.right.text = "&P van &N"

    def _keuzes(self, blad: Any, kolom: Kolom, bereik: str) -> None:
        lijst = DataValidation(type="list", formula1=f'"{",".join(kolom.keuzes)}"', allow_blank=True)
        lijst.error = f"Kies een van: {', '.join(kolom.keuzes)}."
        lijst.errorTitle = kolom.kop
        lijst.prompt = lijst.error
        lijst.promptTitle = kolom.kop
        lijst.showErrorMessage = lijst.showInputMessage = True
        lijst.add(bereik)
        blad.data_validations.append(lijst)


class Kop(Struct, frozen=True):
    """The text of a heading on a sheet for reading."""

    tekst: str


class Rijschrijver:
    """Writes the rows of a table as XML. An empty cell is written only where something is to be filled in.

    Args:
        stijlen: of each column, by form of value: those of every value, and those of a value that stands out.
        kolommen: the columns.
    """

    def __init__(
        self, stijlen: Sequence[tuple[dict[type, int], dict[type, int]]], kolommen: Sequence[Kolom]
    ) -> None:
        self._kolommen = [
            (get_column_letter(nummer), *paar, kolom.invullen)
            for nummer, (paar, kolom) in enumerate(zip(stijlen, kolommen, strict=True), 1)
        ]
        self._lang = [(plaats, kolom) for plaats, kolom in enumerate(kolommen) if kolom.loopt_door]

    def rij(self, nummer: int, waarden: Sequence[Any]) -> str:
        """Return a row, as high as its longest text."""
        cellen = []
        for (letter, gewoon, anders, invullen), gegeven in zip(self._kolommen, waarden, strict=True):
            waarde, stijlen = gegeven, gewoon
            if type(gegeven) is Anders:
                waarde, stijlen = gegeven.waarde or LEEGGEMAAKT, anders
            soort = type(waarde)
            if waarde is None or waarde == "":
                if invullen:
                    cellen.append(f'<c r="{letter}{nummer}" s="{stijlen[soort]}"/>')
            elif soort is str:
                tekst = escape(_veilig(waarde))
                rand = ' xml:space="preserve"' if tekst != tekst.strip() else ""
                cellen.append(
                    f'<c r="{letter}{nummer}" s="{stijlen[str]}" t="inlineStr"><is><t{rand}>{tekst}</t></is></c>'
                )
            else:
                cellen.append(
                    f'<c r="{letter}{nummer}" s="{stijlen[soort]}"><v>{_getal(soort, waarde)}</v></c>'
                )
        regels = _regels((kolom, waarden[plaats]) for plaats, kolom in self._lang)
        hoogte = f' ht="{regels * _REGELHOOGTE}" customHeight="1"' if regels > 1 else ""
        return f'<row r="{nummer}"{hoogte}>{"".join(cellen)}</row>'


def _regels(delen: Iterable[tuple[Kolom, Any]]) -> int:
    """Return over how many lines the longest text in its column goes."""
    meeste = 1
    for kolom, waarde in delen:
        if type(waarde) is str and kolom.loopt_door:
            meeste = max(meeste, -(-len(waarde) * 11 // (kolom.breedte * 10)))
    return min(meeste, _MEESTE_REGELS)


def _getal(soort: type, waarde: Any) -> str:
    if soort is date:
        return str((waarde - _DAG_NUL).days)
    if soort is datetime:
        seconden = waarde.hour * 3600 + waarde.minute * 60 + waarde.second
        return repr((waarde.date() - _DAG_NUL).days + seconden / 86400)
    return f"{waarde:f}" if soort is Decimal else str(waarde)


_VORMEN: Final[dict[type, str]] = {
    str: "@",
    int: "0",
    Decimal: GETAL,
    date: DATUM,
    datetime: MOMENT,
    type(None): "General",
}


def _maak(blad: Any, kolom: Kolom, vorm: str, *, anders: bool = False) -> Any:
    cel: Any = WriteOnlyCell(blad)
    if anders:
        cel.font = Font(name="Calibri", bold=True)
        cel.fill = _ANDERS
    cel.number_format = vorm
    cel.alignment = Alignment(vertical="top", wrap_text=kolom.loopt_door)
    if kolom.invullen:
        cel.fill = _INVUL
        cel.border = _ONDER
    return cel


def _cel(blad: Any, kolom: Kolom, waarde: Any) -> Any:
    cel = _maak(blad, kolom, _VORMEN[type(waarde)])
    cel.value = _veilig(waarde) if type(waarde) is str else waarde
    return cel


def _kopcel(blad: Any, tekst: str) -> Any:
    cel: Any = WriteOnlyCell(blad, _veilig(tekst))
    cel.font = Font(name="Calibri", bold=True, color="FFFFFF")
    cel.fill = _KOP
    cel.alignment = Alignment(vertical="top", wrap_text=True)
    return cel


def _veilig(tekst: str) -> str:
    """Return a text that a cell can hold and that begins no formula."""
    return zonder_formule(_VERBODEN.sub("\ufffd", tekst))[:_LANGSTE_CEL]
