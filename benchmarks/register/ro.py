"""The RO of one large institution, from the dossiers of the fictitious sector."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from benchmarks.leveringen import Bestand
from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import ro, ro_dossier

SCHOLEN = 3
"""Institutions of the sector from which the one is taken: the fewest that a sector has."""


PERIODE = (date(2024, 8, 1), date(2026, 7, 31))
"""First and last day of the RO: two years, the longest there is, around the studiejaar of the sector."""


class Levering(NamedTuple):
    sector: Sector
    instelling: str
    pad: Path
    records: int


def maak(map_: Path, studenten: int) -> Levering:
    """Write the RO of an institution with so many students."""
    sector = Sector(studenten * SCHOLEN * 2, instellingen=SCHOLEN)
    instelling = max(sector.scholen, key=lambda school: school.gewicht).code
    pad = map_ / f"RO_{instelling}.csv"
    kop = ro.Vlp(instelling, *PERIODE, sector.kalender.peildatum)
    with ExitStack() as stapel:
        bestand = Bestand(pad, ro.RO, kop, stapel)
        for dossier, _ in zip(_van(sector, instelling), range(studenten), strict=False):
            bestand.schrijf(ro_dossier.records_van(dossier, instelling))
        bestand.sluit()
    return Levering(sector, instelling, pad, sum(bestand.teller.tellingen.values()))


def _van(sector: Sector, instelling: str) -> Iterator[Dossier]:
    for dossier in sector.dossiers():
        eigen = deel_van(dossier, instelling)
        if eigen.inschrijvingen:
            yield eigen


def deel_van(dossier: Dossier, instelling: str) -> Dossier:
    """Return what a dossier holds of one institution."""
    return replace(
        dossier,
        inschrijvingen=tuple(een for een in dossier.inschrijvingen if een.instelling == instelling),
        diplomas=tuple(een for een in dossier.diplomas if een.instelling == instelling),
        losse_resultaten=tuple(een for een in dossier.losse_resultaten if een.instelling == instelling),
    )
