"""The eleven signals of one dossier, its tables in memory, with the pandas script or the pandera schemas.

The seconds are those of one dossier.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import pandas as pd

from benchmarks import kader
from benchmarks.peers import pandas_signalen, pandera_signalen

AANTAL = 20
TABELLEN = ("per", "isg", "isp", "bpv", "dip")


def main(map_: Path, werk: object) -> None:
    waar = kader.lees(map_)
    alles = {naam: pandas_signalen.lees(waar, naam) for naam in TABELLEN}
    instellingen = pandas_signalen.lees(waar, "instellingen")
    tijden = []
    for persoon in alles["per"]["persoon"].iloc[:: waar.dossiers // AANTAL]:
        frames = {n: f[f["persoon"] == persoon].reset_index(drop=True) for n, f in alles.items()}
        frames["instellingen"] = instellingen

        def uit_geheugen(
            _: object, naam: str, *kolommen: str, frames: dict[str, pd.DataFrame] = frames
        ) -> pd.DataFrame:
            return frames[naam][list(kolommen)].copy() if kolommen else frames[naam].copy()

        pandas_signalen.lees = uit_geheugen
        begin = time.perf_counter()
        werk(waar)
        tijden.append(time.perf_counter() - begin)
    print(json.dumps({"seconden": statistics.median(tijden), "uitkomst": {"signalen": 11}}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), {"pandas": pandas_signalen, "pandera": pandera_signalen}[sys.argv[2]].signalen)
