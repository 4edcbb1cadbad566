"""Lists that people take along as CSV or as a workbook: no cell begins a formula, and no browser keeps them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from kernregister.kern.formaten.rekenblad import BOM, zonder_formule

CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Rij = Sequence[str | int]


def als_csv(kop: Sequence[str], rijen: Iterable[Rij], naam: str) -> HttpResponse:
    """Return rows below their headings as a CSV; ``naam`` is that of the file, without its ending."""
    return HttpResponse(_regels(kop, rijen), content_type=CSV, headers=_koppen(f"{naam}.csv"))


def als_csv_stroom(kop: Sequence[str], rijen: Iterable[Rij], naam: str) -> StreamingHttpResponse:
    """Return what `als_csv` does, a line at a time: for rows that are still to be read, `in_een_keer`."""
    return StreamingHttpResponse(_regels(kop, rijen), content_type=CSV, headers=_koppen(f"{naam}.csv"))


def in_een_keer(stroom: StreamingHttpResponse) -> HttpResponse:
    """Return the whole of what would be streamed.

    Who takes in a stream slowly holds one of the few threads of a web process for as long as they like, and of what
    breaks off they have a file that looks whole.
    """
    return HttpResponse(b"".join(stroom), headers=stroom.headers)


def als_xlsx(kop: Sequence[str], rijen: Iterable[Rij], naam: str, blad: str) -> HttpResponse:
    """Return rows below their headings as a workbook of one sheet, the headings bold and always in sight."""
    boek = Workbook(write_only=True)
    vel = boek.create_sheet(blad)
    vel.freeze_panes = "A2"
    koppen = [_cel(vel, titel) for titel in kop]
    for cel in koppen:
        cel.font = Font(bold=True)
    vel.append(koppen)
    for rij in rijen:
        vel.append([_cel(vel, waarde) for waarde in rij])
    uit = io.BytesIO()
    boek.save(uit)
    return HttpResponse(uit.getvalue(), content_type=XLSX, headers=_koppen(f"{naam}.xlsx"))


class _Regel:
    """What a writer of CSV writes to: gives back the line."""

    def write(self, tekst: str) -> str:
        return tekst


def _regels(kop: Sequence[str], rijen: Iterable[Rij]) -> Iterator[str]:
    schrijver = csv.writer(_Regel(), delimiter=";", lineterminator="\r\n")
    yield BOM + str(schrijver.writerow(kop))
    for rij in rijen:
        yield str(schrijver.writerow([zonder_formule(cel) if isinstance(cel, str) else cel for cel in rij]))


def _cel(vel: Any, waarde: str | int) -> Any:
    if not isinstance(waarde, str):
        return WriteOnlyCell(vel, waarde)
    cel = WriteOnlyCell(vel, ILLEGAL_CHARACTERS_RE.sub("\ufffd", zonder_formule(waarde)))
    cel.data_type = "s"  # a text stays one, whatever it begins with
    return cel


def _koppen(naam: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{naam}"', "Cache-Control": "no-store"}
