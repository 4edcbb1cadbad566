"""All signals over the packed stream of dossiers, in two processes."""

from __future__ import annotations

import pickle
from collections import Counter
from multiprocessing import get_context

from benchmarks.kader import PROCESSEN, Kader, meet
from kernregister.kern.formaten.pakket import lees_pakket
from kernregister.kern.regels.catalogus import catalogus, signalen
from kernregister.kern.regels.motor import Motor
from kernregister.kern.regels.paspoort import Regel


def regels() -> list[Regel]:
    """Return the 34 signals, and the number check that the peers have too."""
    return [*signalen(), catalogus()["F01"]]


def deel(opdracht: tuple[Kader, int]) -> Counter[str]:
    """Check one share of the frames, and count the findings by rule."""
    kader, nummer = opdracht
    gegevens = pickle.loads((kader.map / "stamgegevens.pickle").read_bytes())
    controleer = Motor(regels(), kader.peildatum, gegevens).controleer
    tellingen: Counter[str] = Counter()
    for dossier in lees_pakket(kader.map / "dossiers.pakket", nummer, PROCESSEN):
        for gevonden in controleer(dossier):
            tellingen[gevonden.regel] += 1
    return tellingen


def sweep(kader: Kader) -> dict[str, int]:
    with get_context("fork").Pool(PROCESSEN) as pool:
        delen = pool.map(deel, [(kader, nummer) for nummer in range(PROCESSEN)], chunksize=1)
    return dict(sorted(sum(delen, Counter()).items()))


if __name__ == "__main__":
    meet(sweep)
