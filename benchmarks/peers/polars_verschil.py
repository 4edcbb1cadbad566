"""The differences of all OBO's with a polars join, on the ISG and the ISP records as CSV with one glued key."""

from __future__ import annotations

import sys

import polars as pl

from benchmarks.kader import Kader, meet
from benchmarks.peers.obo_csv import paren


def verschil(kader: Kader) -> dict[str, int]:
    tellingen: dict[str, int] = {}
    for soort, *paden in paren(kader, sys.argv[2:]):
        oud, nieuw = (pl.scan_csv(pad, infer_schema=False) for pad in paden)
        velden = oud.collect_schema().names()[1:]
        samen = oud.join(nieuw, on="sleutel")
        vragen = [
            nieuw.join(oud, on="sleutel", how="anti"),
            oud.join(nieuw, on="sleutel", how="anti"),
            samen.filter(pl.any_horizontal(pl.col(v).ne_missing(pl.col(f"{v}_right")) for v in velden)),
        ]
        antwoorden = pl.collect_all([vraag.select(pl.len()) for vraag in vragen])
        tellingen |= {f"{soort} {w}": a.item() for w, a in zip("TVW", antwoorden, strict=True)}
    return tellingen


if __name__ == "__main__":
    meet(verschil)
