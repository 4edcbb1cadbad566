"""How a measurement of the register reports: one number to compare, and what else belongs to it."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import NamedTuple


class Uitkomst(NamedTuple):
    """What came of a measurement.

    ``cijfers`` are shown beside the seconds; ``rijen`` is what ours and the peer must agree on.
    """

    seconden: float
    cijfers: dict[str, float]
    rijen: dict[str, int]


def meet(werk: Callable[[int], Uitkomst]) -> None:
    """Do a measurement of the size that was asked for, and print what came of it.

    Who breaks it off has the servers stopped and their data removed first.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    uit = werk(int(sys.argv[1]))
    print(json.dumps({"seconden": uit.seconden, "cijfers": uit.cijfers, "uitkomst": uit.rijen}))
    sys.stdout.flush()
    os._exit(0)  # what a tool does to tidy up is not part of the work


def percentiel(tijden: list[float], deel: float) -> float:
    """Return the time that this part of all does not exceed."""
    return sorted(tijden)[min(len(tijden) - 1, int(len(tijden) * deel))]
