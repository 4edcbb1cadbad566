"""An RO with polars, and then the records of each person brought together: per recordsoort a list for every person."""

from __future__ import annotations

import polars as pl

from benchmarks.kader import Kader, meet
from benchmarks.peers.polars_lezen import lees


def main(kader: Kader) -> dict[str, int]:
    bijeen = pl.collect_all(
        frame.lazy()
        .set_sorted("persoon")
        .group_by("persoon", maintain_order=True)
        .agg(pl.struct(pl.exclude("persoon")).alias(soort))
        for soort, frame in lees(kader.map / "ro-sector.csv").items()
    )
    return dict(sorted((frame.columns[1], int(frame.to_series(1).list.len().sum())) for frame in bijeen))


if __name__ == "__main__":
    meet(main)
