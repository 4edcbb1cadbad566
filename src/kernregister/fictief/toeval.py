"""Chance that repeats itself: the same seed gives the same choices on every version of Python.

Of ``random.Random`` only ``random()`` is used, the one method whose sequence Python promises to keep.
"""

from __future__ import annotations

import random
from collections.abc import MutableSequence, Sequence
from typing import TypeVar

T = TypeVar("T")


class Toeval:
    """A source of choices, made from a seed and the place it is used in."""

    __slots__ = ("trek",)

    def __init__(self, zaad: int, plaats: int) -> None:
        self.trek = random.Random(zaad << 40 | plaats).random
        """Draw a number from 0 up to (not including) 1."""

    def kans(self, kans: float) -> bool:
        """Tell whether something with this chance happens."""
        return self.trek() < kans

    def kies(self, reeks: Sequence[T]) -> T:
        """Choose one of a row."""
        return reeks[int(self.trek() * len(reeks))]

    def getal(self, laagst: int, hoogst: int) -> int:
        """Choose a whole number, both ends included."""
        return laagst + int(self.trek() * (hoogst - laagst + 1))

    def schud(self, reeks: MutableSequence[T]) -> None:
        """Put a row in another order."""
        for plaats in range(len(reeks) - 1, 0, -1):
            ander = int(self.trek() * (plaats + 1))
            reeks[plaats], reeks[ander] = reeks[ander], reeks[plaats]

    def greep(self, reeks: Sequence[T], aantal: int) -> list[T]:
        """Choose several of a row, each at most once, in the order of the row."""
        plaatsen = list(range(len(reeks)))
        self.schud(plaatsen)
        return [reeks[plaats] for plaats in sorted(plaatsen[:aantal])]
