"""Figures and lists as CSV: UTF-8, a row of headings, nothing that begins a formula, as other tables of ours."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse

from kernregister.kern.formaten.rekenblad import zonder_formule
from kernregister.kern.formaten.tabel import SCHEIDING
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.dashboard.opbouw import Blok

KOP = ("blok", "rij", "regel", "telling", "kolom", "aantal", "toelichting")
_PER = {"*": "persoon", "**": "inschrijving", "": ""}


def als_csv(rijen: Iterable[Sequence[str]], naam: str) -> HttpResponse:
    """Return rows as a file."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=SCHEIDING, lineterminator="\n")
    schrijver.writerows([zonder_formule(cel) for cel in rij] for rij in rijen)
    koppen = {"Content-Disposition": f'attachment; filename="{naam}.csv"'}
    return HttpResponse(uit.getvalue(), content_type="text/csv; charset=utf-8", headers=koppen)


def figuren(bezoek: Bezoek, blokken: Iterable[Blok]) -> Iterator[tuple[str, ...]]:
    """Give the figures of a dashboard, a line for each number."""
    yield KOP
    for blok in blokken:
        for rij in blok.rijen:
            for kolom, cel in zip(blok.kolommen, rij.cellen, strict=False):
                if cel.aantal is None and cel.reden is None:
                    continue
                yield (
                    bezoek.tekst(blok.titel),
                    bezoek.tekst(rij.label),
                    rij.code,
                    _PER[rij.merk],
                    bezoek.tekst(kolom),
                    "" if cel.aantal is None else str(cel.aantal),
                    bezoek.tekst(cel.reden) if cel.reden else "",
                )
