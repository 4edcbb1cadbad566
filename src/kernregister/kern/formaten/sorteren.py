"""An external merge sort: puts together what belongs together in a file that is in another order.

Memory is bounded by the size of a heap; what does not fit goes to temporary files.
"""

from __future__ import annotations

import heapq
import struct
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

HOOP: Final = 16 << 20
"""Bytes sorted in memory at a time."""

PER_KEER: Final = 64
"""Most files merged at a time: well under what a process may have open."""

_RIJ_KOST: Final = 200
"""Bytes that a row takes in memory beside its texts."""

_LENGTES: Final = struct.Struct("<II")

Rij = tuple[bytes, bytes]
"""Sort key and content."""


def gesorteerd(rijen: Iterable[Rij]) -> Iterator[Rij]:
    """Give rows in the order of their key; of rows with the same key, in the order in which they came."""
    with tempfile.TemporaryDirectory(prefix="kernregister-") as map_:
        hopen: list[Path] = []
        hoop: list[Rij] = []
        omvang = aantal = 0
        for sleutel, inhoud in rijen:
            hoop.append((sleutel, inhoud))
            omvang += len(sleutel) + len(inhoud) + _RIJ_KOST
            if omvang > HOOP:
                hoop.sort(key=_sleutel)
                aantal += 1
                hopen.append(_schrijf(hoop, Path(map_) / str(aantal)))
                hoop, omvang = [], 0
            if len(hopen) == PER_KEER:
                aantal += 1
                samen = _schrijf(heapq.merge(*map(_lees, hopen), key=_sleutel), Path(map_) / str(aantal))
                for pad in hopen:
                    pad.unlink()
                hopen = [samen]
        hoop.sort(key=_sleutel)
        yield from heapq.merge(*map(_lees, hopen), hoop, key=_sleutel)


def _sleutel(rij: Rij) -> bytes:
    return rij[0]


def _schrijf(rijen: Iterable[Rij], pad: Path) -> Path:
    with pad.open("wb") as bestand:
        for sleutel, inhoud in rijen:
            bestand.write(_LENGTES.pack(len(sleutel), len(inhoud)) + sleutel + inhoud)
    return pad


def _lees(pad: Path) -> Iterator[Rij]:
    with pad.open("rb") as bestand:
        while lengtes := bestand.read(_LENGTES.size):
            voor, na = _LENGTES.unpack(lengtes)
            yield bestand.read(voor), bestand.read(na)
