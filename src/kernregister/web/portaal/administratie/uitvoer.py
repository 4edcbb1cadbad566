"""Differences as a file: for who mends them in the own administration. No cell begins a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.http import HttpResponse

from kernregister.kern.formaten.rekenblad import BOM, zonder_formule
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.web.portaal.administratie import zicht
from kernregister.web.portaal.administratie.verschillen import gefilterd
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina

MEESTE: Final = 100_000
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KOP: Final = (
    Tekst("Studentnummer", "Student number"),
    Tekst("Naam", "Name"),
    Tekst("Rij in uw bestand", "Row in your file"),
    Tekst("Record", "Record"),
    Tekst("Wat", "What"),
    Tekst("Register", "Register"),
    Tekst("Uw administratie", "Your administration"),
    Tekst("Raakt bekostiging", "Touches funding"),
    Tekst("Sluit signaal", "Closes signal"),
    Tekst("Stand", "State"),
)


@pagina(
    "portaal_administratie_uitvoer",
    "administratie/<uuid:vergelijking_id>/uitvoer/",
    titel=("Verschillen als bestand", "Differences as a file"),
)
def uitvoer(bezoek: Bezoek, vergelijking_id: UUID) -> HttpResponse:
    """Give the differences of a list as CSV, or as an Excel workbook."""
    with met_pas(bezoek.pas):
        deze = zicht.vergelijking(vergelijking_id)
        gevonden = list(zicht.verschillen(deze).filter(gefilterd(bezoek.request.GET))[:MEESTE])
        cellen = list(_cellen(bezoek, zicht.rijen(bezoek, gevonden)))
    if bezoek.request.GET.get("vorm") == "xlsx":
        return _bestand(_werkmap(cellen), XLSX, "verschillen.xlsx")
    uit = io.StringIO()
    uit.write(BOM)
    csv.writer(uit, delimiter=";", lineterminator="\r\n").writerows(cellen)
    return _bestand(uit.getvalue().encode(), "text/csv; charset=utf-8", "verschillen.csv")


def _cellen(bezoek: Bezoek, rijen: list[zicht.Rij]) -> Iterator[list[str]]:
    yield [bezoek.tekst(kop) for kop in _KOP]
    ja = bezoek.tekst(Tekst("ja", "yes"))
    for rij in rijen:
        cellen = [
            rij.studentnummer,
            rij.naam,
            str(rij.rij or ""),
            bezoek.tekst(rij.record),
            bezoek.tekst(rij.wat),
            rij.register,
            rij.eigen,
            ja if rij.raakt_bekostiging else "",
            " ".join(rij.sluit),
            bezoek.tekst(rij.afloop_naam),
        ]
        yield [zonder_formule(cel) for cel in cellen]


def _werkmap(cellen: list[list[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    werkmap = Workbook(write_only=True)
    blad = werkmap.create_sheet("Verschillen")
    blad.freeze_panes = "A2"
    for rij in cellen:
        blad.append([ILLEGAL_CHARACTERS_RE.sub(" ", cel) for cel in rij])
    uit = io.BytesIO()
    werkmap.save(uit)
    return uit.getvalue()


def _bestand(inhoud: bytes, soort: str, naam: str) -> HttpResponse:
    koppen = {"Content-Disposition": f'attachment; filename="{naam}"', "Cache-Control": "no-store"}
    return HttpResponse(inhoud, content_type=soort, headers=koppen)
