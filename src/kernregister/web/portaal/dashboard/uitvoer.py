"""The figures of a dashboard as lines of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.dashboard.opbouw import Blok

KOP = ("blok", "rij", "regel", "telling", "kolom", "aantal", "toelichting")
_PER = {"*": "persoon", "**": "inschrijving", "": ""}


def figuren(bezoek: Bezoek, blokken: Iterable[Blok]) -> Iterator[tuple[str, ...]]:
    """Give the figures of a dashboard, a line for each number."""
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
