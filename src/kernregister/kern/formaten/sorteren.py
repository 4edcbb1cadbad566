"""An external merge sort: puts together what belongs together in a file that is in another order.

Memory is bounded by the size of a heap; what does not fit goes to temporary files.
"""

from __future__ import annotations

import heapq
import struct
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import count
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
    hopen: list[Path] = []
    hoop: list[Rij] = []
    omvang = 0
    with ExitStack() as stapel:
        plaatsen: Iterator[Path] | None = None
        for sleutel, inhoud in rijen:
            hoop.append((sleutel, inhoud))
            omvang += len(sleutel) + len(inhoud) + _RIJ_KOST
            if omvang <= HOOP:
                continue
            plaatsen = plaatsen or _plaatsen(stapel)
            hopen.append(_schrijf(sorted(hoop, key=_sleutel), next(plaatsen)))
            hoop, omvang = [], 0
            if len(hopen) == PER_KEER:
                samen = _schrijf(heapq.merge(*map(_lees, hopen), key=_sleutel), next(plaatsen))
                for pad in hopen:
                    pad.unlink()
                hopen = [samen]
        hoop.sort(key=_sleutel)
        yield from heapq.merge(*map(_lees, hopen), hoop, key=_sleutel)


def _plaatsen(stapel: ExitStack) -> Iterator[Path]:
    """Give places for temporary files, in a folder that goes when the sort is done."""
    map_ = stapel.enter_context(tempfile.TemporaryDirectory(prefix="kernregister-"))
    return (Path(map_) / str(nummer) for nummer in count())


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
