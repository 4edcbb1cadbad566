"""Reading the export of a student administration: any CSV, or an Excel workbook, row by row."""

from __future__ import annotations

import codecs
import csv
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.formaten.bron import (
    GROOTSTE_VERHOUDING,
    controleer_inhoudsopgave,
    controleer_tekst,
    eerste_bytes,
    tekstregels,
)
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer

GROOTSTE_BESTAND: Final = 512 << 20
GROOTSTE_WERKMAP: Final = 256 << 20
"""Most bytes of an Excel workbook unpacked: a hundred thousand students."""

GROOTSTE_TEKSTEN: Final = 32 << 20
"""Most bytes of the different texts in a workbook, which are kept in memory."""

MEESTE_KOLOMMEN: Final = 1000
MEESTE_RIJEN: Final = 1 << 20
"""Most rows that Excel itself can have."""

_SCHEIDINGSTEKENS: Final = ";,\t|"
_BLOK: Final = 1 << 20
_ZIP: Final = b"PK\x03\x04"
_OUD_EXCEL: Final = b"\xd0\xcf\x11\xe0"

Rij = tuple[int, list[str]]
"""Number of a row as a spreadsheet shows it, and its values as text."""


class Export(Struct, frozen=True):
    """An export whose form is known: where its header stands, and how its text is written."""

    pad: Path
    kolommen: tuple[str, ...]
    kopregel: int
    scheidingsteken: str = ""
    codering: str = ""
    blad: str = ""

    def rijen(self) -> Iterator[Rij]:
        """Give the rows under the header, each as wide as the header; empty rows are passed over."""
        breedte = len(self.kolommen)
        alle = _excelrijen(self.pad, self.blad, breedte) if self.blad else _csvrijen(self)
        for nummer, rij in alle:
            if nummer > self.kopregel and any(rij):
                yield nummer, (rij + [""] * breedte)[:breedte]


def open_export(
    pad: Path, *, kopregel: int = 1, scheidingsteken: str = "", codering: str = "", blad: str = ""
) -> Export:
    """Take a first look at an export; what is not given is found out.

    Raises:
        OnbruikbaarBestand: it is no CSV or Excel workbook, it is broken, or it has no header.
    """
    begin = eerste_bytes(pad, GROOTSTE_BESTAND)
    if not begin.strip():
        raise OnbruikbaarBestand(f"{pad.name}: het bestand is leeg.")
    if begin.startswith(_OUD_EXCEL):
        raise OnbruikbaarBestand(
            f"{pad.name}: dit is een oud Excel-bestand (.xls), of een met een wachtwoord. "
            "Sla het op als .xlsx zonder wachtwoord, of als CSV."
        )
    if begin.startswith(_ZIP):
        blad, kop = _excelkop(pad, blad, kopregel)
        export = Export(pad, (), kopregel, blad=blad)
    else:
        controleer_tekst(begin, pad.name)
        codering = _controleer_codering(pad, codering)
        eerste = begin.decode(codering, errors="replace").lstrip("\r\n").split("\n")[0]
        teken = scheidingsteken or max(_SCHEIDINGSTEKENS, key=_buiten_aanhaling(eerste).count)
        export = Export(pad, (), kopregel, teken, codering)
        kop = next((rij for nummer, rij in _csvrijen(export) if nummer == kopregel), [])
    kolommen = tuple(naam.strip() for naam in kop)
    while kolommen and not kolommen[-1]:
        kolommen = kolommen[:-1]
    if not kolommen:
        raise OnbruikbaarBestand(
            f"{pad.name}: op regel {kopregel} staan geen kolomnamen. Staat de kop lager, geef dan kopregel op."
        )
    if any(_is_nummer(naam) for naam in kolommen):
        raise OnbruikbaarBestand(
            f"{pad.name}: op regel {kopregel} staan gegevens van een student in plaats van kolomnamen. "
            "Exporteer met een kop, of geef kopregel op."
        )
    if len(kolommen) > MEESTE_KOLOMMEN:
        raise OnbruikbaarBestand(
            f"{pad.name}: meer dan {MEESTE_KOLOMMEN} kolommen; dit is geen export van studenten."
        )
    return Export(pad, kolommen, export.kopregel, export.scheidingsteken, export.codering, export.blad)


def _is_nummer(naam: str) -> bool:
    """Tell whether the name of a column is a person's number: the names are shown, and may be passed on."""
    nummer = naam.zfill(9)
    return len(naam) >= 8 and (is_bsn(nummer) or is_onderwijsnummer(nummer))


def _controleer_codering(pad: Path, codering: str) -> str:
    """Return the encoding of a text: the one given, else UTF-8 where the whole file is that, else Windows-1252."""
    if codering:
        return codering
    lezer = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        with pad.open("rb") as bestand:
            while blok := bestand.read(_BLOK):
                lezer.decode(blok)
            lezer.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _buiten_aanhaling(regel: str) -> str:
    return "".join(regel.split('"')[::2])


def _csvrijen(export: Export) -> Iterator[Rij]:
    with export.pad.open(encoding=export.codering, errors="replace", newline="") as bestand:
        lezer = csv.reader(tekstregels(bestand, export.pad.name), delimiter=export.scheidingsteken)
        try:
            for nummer, rij in enumerate(lezer, 1):
                yield nummer, [waarde.strip() for waarde in rij]
        except csv.Error:
            raise OnbruikbaarBestand(
                f"{export.pad.name}: rond regel {lezer.line_num} is dit geen CSV meer. Waarschijnlijk is een "
                "aanhalingsteken niet gesloten; exporteer het bestand opnieuw."
            ) from None


def _excelkop(pad: Path, blad: str, kopregel: int) -> tuple[str, list[str]]:
    """Return the sheet to read (the one asked for, else the first) and its header."""
    with closing(_werkmap(pad)) as werkmap:
        namen: list[str] = [werkblad.title for werkblad in werkmap.worksheets]
        if blad and blad not in namen:
            raise OnbruikbaarBestand(f"{pad.name}: er is geen blad '{blad}'. Wel: {', '.join(namen)}.")
        if not namen:
            raise OnbruikbaarBestand(f"{pad.name}: deze werkmap heeft geen bladen met cellen.")
        blad = blad or namen[0]
        rijen = _rijen_van(werkmap[blad], pad, MEESTE_KOLOMMEN + 1)
        return blad, next((rij for nummer, rij in rijen if nummer == kopregel), [])


def _werkmap(pad: Path) -> Any:
    """Open an Excel workbook, after a look at what it unpacks to."""
    from openpyxl import load_workbook

    controleer_inhoudsopgave(pad)
    try:
        with zipfile.ZipFile(pad) as zip_:
            leden = zip_.infolist()
        if not any(lid.filename == "xl/workbook.xml" for lid in leden):
            raise OnbruikbaarBestand(
                f"{pad.name}: een zip zonder Excel-werkmap. Pak de export uit en geef het bestand zelf op."
            )
        grens = min(GROOTSTE_WERKMAP, max(pad.stat().st_size, 1 << 16) * GROOTSTE_VERHOUDING)
        teksten = max((lid.file_size for lid in leden if "sharedstrings" in lid.filename.lower()), default=0)
        if sum(lid.file_size for lid in leden) > grens or teksten > GROOTSTE_TEKSTEN:
            raise OnbruikbaarBestand(
                f"{pad.name}: uitgepakt veel te groot voor een export van studenten. Exporteer als CSV."
            )
        return load_workbook(pad, read_only=True, data_only=True)
    except OnbruikbaarBestand:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises anything on a damaged workbook
        raise OnbruikbaarBestand(
            f"{pad.name}: de Excel-werkmap is beschadigd. Open haar in Excel en sla haar opnieuw op, of als CSV."
        ) from None


def _excelrijen(pad: Path, blad: str, breedte: int) -> Iterator[Rij]:
    with closing(_werkmap(pad)) as werkmap:
        yield from _rijen_van(werkmap[blad], pad, breedte)


def _rijen_van(werkblad: Any, pad: Path, breedte: int) -> Iterator[Rij]:
    try:
        alle = werkblad.iter_rows(values_only=True, max_col=breedte, max_row=MEESTE_RIJEN)
        for nummer, rij in enumerate(alle, 1):
            leeg = rij.count(None) == len(rij)  # a cell far below the others has a million of these before it
            yield nummer, [] if leeg else [_celtekst(waarde) for waarde in rij]
    except Exception:  # noqa: BLE001 - openpyxl raises anything on a damaged sheet
        raise OnbruikbaarBestand(
            f"{pad.name}: blad '{werkblad.title}' is beschadigd. Open de werkmap in Excel en sla haar opnieuw op."
        ) from None


def _celtekst(waarde: Any) -> str:
    """Return the value of a cell as text: dates as jjjj-mm-dd, whole numbers without a fraction."""
    match waarde:
        case None:
            return ""
        case bool():
            return "J" if waarde else "N"
        case datetime():
            return waarde.date().isoformat()
        case date():
            return waarde.isoformat()
        case float() if waarde.is_integer():
            return str(int(waarde))
        case _:
            return str(waarde).strip()
