"""The differences of all OBO's with datacompy on pandas, on the ISG and the ISP records as CSV with one glued key."""

from __future__ import annotations

import sys

import pandas as pd
from datacompy import PandasCompare

from benchmarks.kader import Kader, meet
from benchmarks.peers.obo_csv import paren


def verschil(kader: Kader) -> dict[str, int]:
    tellingen: dict[str, int] = {}
    for soort, oud, nieuw in paren(kader, sys.argv[2:]):
        frames = [pd.read_csv(pad, dtype=str, keep_default_na=False) for pad in (oud, nieuw)]
        uit = PandasCompare(*frames, join_columns="sleutel")
        tellingen |= {
            f"{soort} T": len(uit.df2_unq_rows),
            f"{soort} V": len(uit.df1_unq_rows),
            f"{soort} W": int(len(uit.intersect_rows) - uit.count_matching_rows()),
        }
    return tellingen


if __name__ == "__main__":
    meet(verschil)
