"""One dossier at a time, all rules: what a change of one student costs. The seconds are those of one dossier."""

from __future__ import annotations

import json
import pickle
import statistics
import sys
import time
from itertools import islice
from pathlib import Path

from benchmarks.kader import lees
from kernregister.kern.formaten.pakket import lees_pakket
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor

AANTAL = 5000


def main() -> None:
    kader = lees(Path(sys.argv[1]))
    gegevens = pickle.loads((kader.map / "stamgegevens.pickle").read_bytes())
    controleer = Motor(catalogus().values(), kader.peildatum, gegevens).controleer
    dossiers = list(islice(lees_pakket(kader.map / "dossiers.pakket"), AANTAL))
    for dossier in dossiers:
        controleer(dossier)
    tijden = []
    for dossier in dossiers:
        begin = time.perf_counter()
        controleer(dossier)
        tijden.append(time.perf_counter() - begin)
    uitkomst = {
        "regels": len(catalogus()),
        "p99": statistics.quantiles(tijden, n=100)[98],
        "meeste": max(tijden),
    }
    print(json.dumps({"seconden": statistics.mean(tijden), "uitkomst": uitkomst}))


if __name__ == "__main__":
    main()
