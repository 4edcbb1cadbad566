"""Differences as a file: for who mends them in the own administration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.http import HttpResponse

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.web.portaal.administratie import zicht
from kernregister.web.portaal.administratie.verschillen import gefilterd
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.rekenblad import als_csv, als_xlsx

MEESTE: Final = 100_000
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
    kop = [bezoek.tekst(een) for een in _KOP]
    if bezoek.request.GET.get("vorm") == "xlsx":
        return als_xlsx(kop, cellen, "verschillen", "Verschillen")
    return als_csv(kop, cellen, "verschillen")


def _cellen(bezoek: Bezoek, rijen: list[zicht.Rij]) -> Iterator[list[str]]:
    ja = bezoek.tekst(Tekst("ja", "yes"))
    for rij in rijen:
        yield [
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
