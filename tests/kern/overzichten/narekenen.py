"""Somebody who tries to compute what was left out of a table, from all that was published of it."""

from collections import deque
from collections.abc import Mapping

Plek = tuple[str, str]
ONBEPERKT = 1 << 60


def speling(waarden: Mapping[Plek, int], weg: frozenset[Plek], plek: Plek) -> tuple[int, int]:
    """Return the least and the most a left-out cell can be, given all totals and all other cells that are shown.

    Exact: a table with given totals is a transport problem, and from the true values every other solution is reached
    by moving along cycles of left-out cells. How far a cell can move is the largest flow from its row to its column.
    """
    rij, kolom = plek
    omhoog: dict[str, dict[str, int]] = {}
    omlaag: dict[str, dict[str, int]] = {}
    for r, k in weg - {plek}:
        r_, k_ = f"rij {r}", f"kolom {k}"
        omhoog.setdefault(r_, {})[k_] = waarden.get((r, k), 0)
        omhoog.setdefault(k_, {})[r_] = ONBEPERKT
        omlaag.setdefault(r_, {})[k_] = ONBEPERKT
        omlaag.setdefault(k_, {})[r_] = waarden.get((r, k), 0)
    van, naar = f"rij {rij}", f"kolom {kolom}"
    eigen = waarden.get(plek, 0)
    return eigen - min(eigen, _stroom(omlaag, van, naar)), eigen + _stroom(omhoog, van, naar)


def _stroom(ruimte: dict[str, dict[str, int]], van: str, naar: str) -> int:
    totaal = 0
    while pad := _pad(ruimte, van, naar):
        mee = min(ruimte[a][b] for a, b in pad)
        for a, b in pad:
            ruimte[a][b] -= mee
            ruimte.setdefault(b, {}).setdefault(a, 0)
            ruimte[b][a] += mee
        totaal += mee
    return totaal


def _pad(ruimte: dict[str, dict[str, int]], van: str, naar: str) -> list[tuple[str, str]]:
    via: dict[str, str] = {van: van}
    rij = deque([van])
    while rij:
        hier = rij.popleft()
        if hier == naar:
            pad = []
            while hier != van:
                pad.append((via[hier], hier))
                hier = via[hier]
            return pad
        for daar, over in ruimte.get(hier, {}).items():
            if over and daar not in via:
                via[daar] = hier
                rij.append(daar)
    return []
