"""A telblad: each count of an institution with the persons behind it, so that a list holds what was counted. Pure.

A person stands at a plek once for each thing that is counted there, so a count is a length. Whoever's records changed
is taken out and put in again; nobody else is looked at.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import chain

import msgspec

from kernregister.kern.overzichten.dashboard import Cel

Plek = str
"""Where something is counted: a cell of the lower block, or a rule with a column, as text."""

_SCHEIDING = "|"
_lees = msgspec.msgpack.Decoder(dict[Plek, bytes])


def plek_van_cel(cel: Cel) -> Plek:
    """Return the plek of a cell of the lower block."""
    return _SCHEIDING.join(("cel", *cel))


def plek_van_regel(regel: str, kolom: str = "") -> Plek:
    """Return the plek of a rule: as a whole, or on one teldatum."""
    return _SCHEIDING.join(("regel", regel, kolom))


def plek_van_totaal(naam: str) -> Plek:
    """Return the plek of a total of the institution."""
    return _SCHEIDING.join(("totaal", naam))


def delen_van(plek: Plek) -> tuple[str, tuple[str, ...]]:
    """Return of what kind a plek is, and its parts."""
    soort, *delen = plek.split(_SCHEIDING)
    return soort, tuple(delen)


class Telblad:
    """Per plek the ids of persons, in order."""

    def __init__(self, wie: Mapping[Plek, array[int]] | None = None) -> None:
        self._wie: dict[Plek, array[int]] = dict(wie or {})

    def voeg_toe(self, persoon: int, plekken: Mapping[Plek, int]) -> None:
        """Count a person who comes after all that are in it already."""
        for plek, aantal in plekken.items():
            self._wie.setdefault(plek, array("q")).extend([persoon] * aantal)

    def vervang(self, personen: Iterable[int], nieuw: Mapping[int, Mapping[Plek, int]]) -> None:
        """Count persons anew: what they counted for goes, what they count for now comes in its place."""
        for persoon in personen:
            for ids in self._wie.values():
                begin = bisect_left(ids, persoon)
                if begin < len(ids) and ids[begin] == persoon:
                    del ids[begin : bisect_right(ids, persoon)]
            for plek, aantal in nieuw.get(persoon, {}).items():
                ids = self._wie.setdefault(plek, array("q"))
                plaats = bisect_left(ids, persoon)
                ids[plaats:plaats] = array("q", [persoon] * aantal)

    def personen(self, plekken: Iterable[Plek]) -> array[int]:
        """Return the persons behind the sum of some counts, in order."""
        delen = [self._wie[plek] for plek in plekken if plek in self._wie]
        return delen[0] if len(delen) == 1 else array("q", sorted(chain.from_iterable(delen)))

    @property
    def aantallen(self) -> dict[Plek, int]:
        """How many there are at each plek that has any."""
        return {plek: len(ids) for plek, ids in self._wie.items() if ids}

    def als_bytes(self) -> bytes:
        """Return it as it is kept."""
        return zlib.compress(
            msgspec.msgpack.encode({plek: ids.tobytes() for plek, ids in self._wie.items()}), 1
        )

    @classmethod
    def van_bytes(cls, inhoud: bytes) -> Telblad:
        """Return what `als_bytes` wrote."""
        wie = {}
        for plek, ids in _lees.decode(zlib.decompress(inhoud)).items():
            wie[plek] = array("q")
            wie[plek].frombytes(ids)
        return cls(wie)
