"""Putting the lines of one person together in a file that is in another order: an external merge sort.

Memory is bounded by the size of a heap; what does not fit goes to temporary files. Within a person the lines keep
their order, except that the PER record comes first; the number of each line travels along for the messages.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

HOOP = 32 << 20
"""Bytes of lines sorted in memory at a time."""

Regel = tuple[bytes, int, bytes]
"""Sort key, line number, line."""


def gesorteerde_regels(
    pad: Path, scheiding: bytes, volgorde: dict[bytes, int], nummers: int, grootste_regel: int
) -> Iterator[tuple[int, bytes]]:
    """Give the numbered lines of a file, in the canonical order of persons.

    Args:
        pad: the file.
        scheiding: what separates the fields.
        volgorde: recordsoort -> rank within a person; a line of another sort has no place and comes last.
        nummers: how many fields after the recordsoort name the person.
        grootste_regel: longest line; a longer one is cut there, so that the reader explains it.
    """
    with tempfile.TemporaryDirectory(prefix="kernregister-") as map_:
        hopen: list[Path] = []
        hoop: list[Regel] = []
        omvang = 0
        with pad.open("rb") as bestand:
            for nummer, regel in _regels(bestand, grootste_regel):
                hoop.append((_sleutel(regel, scheiding, volgorde, nummers), nummer, regel))
                omvang += len(regel) + 120
                if omvang > HOOP:
                    hopen.append(_schrijf(sorted(hoop), Path(map_) / str(len(hopen))))
                    hoop, omvang = [], 0
        hoop.sort()
        for _, nummer, regel in heapq.merge(hoop, *(_lees(pad_) for pad_ in hopen)):
            yield nummer, regel


def _regels(bestand: BinaryIO, grootste: int) -> Iterator[tuple[int, bytes]]:
    nummer = 0
    while regel := bestand.readline(grootste):
        nummer += 1
        if len(regel) == grootste:
            while (rest := bestand.readline(grootste)) and not rest.endswith(b"\n"):
                pass
        yield nummer, regel.rstrip(b"\r\n")


def _sleutel(regel: bytes, scheiding: bytes, volgorde: dict[bytes, int], nummers: int) -> bytes:
    """Return a key that sorts burgerservicenummers first, then onderwijsnummers, and the PER record before others."""
    soort, *velden = regel.split(scheiding, nummers + 1)
    rang = volgorde.get(soort)
    if rang is None:
        return b"\xff"
    sleutel = b"\x01".join([*(nummer.rjust(9, b"0") for nummer in velden[:nummers]), b"%02d" % rang])
    return (b"1" if velden[:1] == [b""] else b"0") + sleutel


def _schrijf(hoop: Iterable[Regel], pad: Path) -> Path:
    with pad.open("wb") as bestand:
        for sleutel, nummer, regel in hoop:
            bestand.write(b"%b\t%d\t%b\n" % (sleutel, nummer, regel))
    return pad


def _lees(pad: Path) -> Iterator[Regel]:
    with pad.open("rb") as bestand:
        for rij in bestand:
            sleutel, nummer, regel = rij[:-1].split(b"\t", 2)
            yield sleutel, int(nummer), regel
