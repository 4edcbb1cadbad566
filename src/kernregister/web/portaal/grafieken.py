"""Where the lines and bars of a chart lie: pure sums, so that a template only has to write them down.

Across, places are in hundredths of the width, so that a chart fits a phone and a desk without its words growing or
shrinking; down they are in pixels.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct

HOOGTE: Final = 240
"""Of a line chart, in pixels."""
BOVEN, ONDER = 20, 208
"""Between which the lines of a line chart lie."""
LINKS, RECHTS = 11.0, 98.0
"""Between which they lie across; left of them stand the values of the axis."""
GROOTSTE: Final = 1e15
"""What is larger than this is no figure of a register, and is left out like what is unknown."""
KLEUREN: Final = 6
MET_STIPPEN: Final = 40
"""More points than this on a line run into each other, and get no dot."""

Waarde = float | int | None


class Streep(Struct, frozen=True):
    """A line of the grid with the value that it stands for."""

    waarde: float
    plek: float


class Punt(Struct, frozen=True):
    """A point of a line."""

    label: str
    waarde: float
    x: float
    y: float


class Reeks(Struct, frozen=True):
    """A line of a chart; where a value is unknown it is broken."""

    naam: str
    kleur: int
    punten: tuple[Punt, ...]
    lijnen: tuple[tuple[Punt, ...], ...]
    """Points that follow each other without a gap, two or more."""


class Bijschrift(Struct, frozen=True):
    """A word under the axis; ``altijd`` is shown on a phone too."""

    tekst: str
    x: float
    anker: str
    altijd: bool


class Lijnen(Struct, frozen=True):
    """A line chart."""

    reeksen: tuple[Reeks, ...]
    strepen: tuple[Streep, ...]
    bijschriften: tuple[Bijschrift, ...]
    stippen: bool


class Deel(Struct, frozen=True):
    """A part of a bar."""

    serie: str
    kleur: int
    waarde: float
    x: float
    breedte: float


class Staaf(Struct, frozen=True):
    """A bar with its parts; ``waarde`` is what they add up to, None when nothing is known."""

    label: str
    waarde: float | None
    delen: tuple[Deel, ...]


class Staven(Struct, frozen=True):
    """A bar chart."""

    staven: tuple[Staaf, ...]
    series: tuple[tuple[str, int], ...]
    nul: float
    """Where zero lies: 0 unless something is less than nothing."""


def bekend(waarde: Waarde) -> float | None:
    """Return a value that can be drawn, or None."""
    if waarde is None or not math.isfinite(waarde) or abs(waarde) > GROOTSTE:
        return None
    return waarde


def stappen(laagst: float, hoogst: float, heel: bool = True) -> list[float]:
    """Return round values, about five, from zero or less to at least the highest.

    Args:
        laagst: lowest value.
        hoogst: highest value.
        heel: all values are whole numbers, so no step is less than 1.
    """
    laagst, hoogst = min(0.0, laagst), max(0.0, hoogst)
    ruw = (hoogst - laagst) / 4 or 0.25
    macht = 10.0 ** math.floor(math.log10(ruw))
    stap = next(factor * macht for factor in (1, 2, 5, 10) if factor * macht >= ruw * (1 - 1e-9))
    if heel:
        stap = max(1.0, stap)
    van, tot = math.floor(laagst / stap + 1e-9), math.ceil(hoogst / stap - 1e-9)
    return [nummer * stap for nummer in range(van, max(tot, van + 1) + 1)]


def lijnen(
    reeksen: Sequence[tuple[str, Sequence[tuple[str, Waarde]]]], merken: Mapping[int, str] | None = None
) -> Lijnen | None:
    """Place the lines of a chart; None: there is nothing to draw.

    Args:
        reeksen: per line its name, and its points in the order of the axis. Lines share the labels of the longest.
        merken: what to write under which points, such as the months under the first of their weeks; without them
            some of the labels.
    """
    labels = [label for label, _ in max((punten for _, punten in reeksen), key=len, default=[])]
    getallen = [w for _, punten in reeksen for _, waarde in punten if (w := bekend(waarde)) is not None]
    if not getallen:
        return None
    as_ = stappen(min(getallen), max(getallen), all(w == int(w) for w in getallen))
    onder, boven = as_[0], as_[-1]

    def hoog(waarde: float) -> float:
        return round(ONDER - (ONDER - BOVEN) * (waarde - onder) / (boven - onder), 2)

    return Lijnen(
        tuple(
            _reeks(naam, nummer, punten, len(labels), hoog) for nummer, (naam, punten) in enumerate(reeksen)
        ),
        tuple(Streep(waarde, hoog(waarde)) for waarde in as_),
        tuple(_merken(merken, len(labels)) if merken else _bijschriften(labels)),
        len(labels) <= MET_STIPPEN,
    )


def staven(rijen: Sequence[tuple[str, Waarde | Mapping[str, Waarde]]]) -> Staven | None:
    """Place the bars of a chart; None: there is nothing to draw.

    Args:
        rijen: per bar its label and its value, or its values by series; those lie one after the other.
    """
    series = tuple(dict.fromkeys(naam for _, rij in rijen if isinstance(rij, Mapping) for naam in rij))
    per_rij = [(label, _delen(rij)) for label, rij in rijen]
    if all(waarde is None for _, delen in per_rij for waarde in delen.values()):
        return None
    hoogst = max(sum(w for w in delen.values() if w and w > 0) for _, delen in per_rij)
    laagst = min(sum(w for w in delen.values() if w and w < 0) for _, delen in per_rij)
    heel = (hoogst - laagst) or 1
    nul = -laagst / heel * 100
    kleuren = {naam: _kleur(nummer) for nummer, naam in enumerate(series)}
    return Staven(
        tuple(_staaf(label, delen, kleuren, nul, heel) for label, delen in per_rij),
        tuple(kleuren.items()),
        round(nul, 2),
    )


def _kleur(nummer: int) -> int:
    return nummer % KLEUREN + 1


def _x(nummer: int, aantal: int) -> float:
    if aantal == 1:
        return (LINKS + RECHTS) / 2
    return round(LINKS + (RECHTS - LINKS) * nummer / (aantal - 1), 2)


def _reeks(
    naam: str,
    nummer: int,
    punten: Sequence[tuple[str, Waarde]],
    aantal: int,
    hoog: Callable[[float], float],
) -> Reeks:
    runs: list[list[Punt]] = [[]]
    for plek, (label, waarde) in enumerate(punten):
        if (getal := bekend(waarde)) is None:
            runs.append([])
        else:
            runs[-1].append(Punt(label, getal, _x(plek, aantal), hoog(getal)))
    lijnen_ = tuple(tuple(run) for run in runs if len(run) > 1)
    return Reeks(naam, _kleur(nummer), tuple(punt for run in runs for punt in run), lijnen_)


def _merken(merken: Mapping[int, str], aantal: int) -> list[Bijschrift]:
    """Place at most seven short words, evenly; all of them fit a phone."""
    stap = -(-len(merken) // 7)
    return [Bijschrift(merken[plek], _x(plek, aantal), "middle", True) for plek in sorted(merken)[::stap]]


def _bijschriften(labels: Sequence[str]) -> list[Bijschrift]:
    """Choose at most seven labels, first and last among them; three of those fit a phone."""
    aantal = len(labels)
    hoeveel = min(aantal, 7)
    plekken = sorted({round(i * (aantal - 1) / max(hoeveel - 1, 1)) for i in range(hoeveel)})
    midden = len(plekken) // 2 if len(plekken) % 2 else -1
    uit = []
    for rang, plek in enumerate(plekken):
        laatste = rang == len(plekken) - 1
        anker = "middle" if aantal == 1 or not (rang == 0 or laatste) else "end" if laatste else "start"
        uit.append(Bijschrift(labels[plek], _x(plek, aantal), anker, rang in {0, midden} or laatste))
    return uit


def _delen(rij: Waarde | Mapping[str, Waarde]) -> dict[str, float | None]:
    return {naam: bekend(w) for naam, w in rij.items()} if isinstance(rij, Mapping) else {"": bekend(rij)}


def _staaf(
    label: str, delen: dict[str, float | None], kleuren: dict[str, int], nul: float, heel: float
) -> Staaf:
    einde = {True: nul, False: nul}
    uit = []
    for naam, waarde in delen.items():
        if not waarde:
            continue
        breed = abs(waarde) / heel * 100
        meer = waarde > 0
        begin = einde[meer] if meer else einde[meer] - breed
        einde[meer] += breed if meer else -breed
        uit.append(Deel(naam, kleuren.get(naam, 1), waarde, round(max(begin, 0), 3), round(breed, 3)))
    bekende = [waarde for waarde in delen.values() if waarde is not None]
    return Staaf(label, sum(bekende) if bekende else None, tuple(uit))
