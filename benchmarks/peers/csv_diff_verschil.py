"""The differences of all OBO's with csv-diff, on the ISG and the ISP records as CSV with one glued key."""

from __future__ import annotations

import sys

from csv_diff import compare, load_csv

from benchmarks.kader import Kader, meet
from benchmarks.peers.obo_csv import paren


def verschil(kader: Kader) -> dict[str, int]:
    tellingen: dict[str, int] = {}
    for soort, oud, nieuw in paren(kader, sys.argv[2:]):
        with oud.open() as een, nieuw.open() as ander:
            uit = compare(load_csv(een, key="sleutel"), load_csv(ander, key="sleutel"))
        tellingen |= {
            f"{soort} T": len(uit["added"]),
            f"{soort} V": len(uit["removed"]),
            f"{soort} W": len(uit["changed"]),
        }
    return tellingen


if __name__ == "__main__":
    meet(verschil)
