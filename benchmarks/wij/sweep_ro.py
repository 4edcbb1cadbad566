"""All signals over the RO's of all institutions, brought together by person while they are read, in two processes."""

from __future__ import annotations

import pickle
from collections import Counter
from multiprocessing import get_context

from benchmarks.kader import PROCESSEN, Kader, meet
from benchmarks.wij.sweep import regels
from kernregister.controle.samenvoegen import voeg_samen
from kernregister.kern.formaten.delen import gelijke_delen
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.verkennen import Bereik
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.regels.motor import Motor

Opdracht = tuple[Kader, list[Levering], tuple[Bereik, ...]]


def deel(opdracht: Opdracht) -> tuple[Counter[str], list[Counter[str]]]:
    """Check the persons of one stretch; count the findings by rule, and the records of each file."""
    kader, leveringen, bereiken = opdracht
    gegevens = pickle.loads((kader.map / "stamgegevens.pickle").read_bytes())
    controleer = Motor(regels(), kader.peildatum, gegevens, RO.ontbreekt).controleer
    tellingen: Counter[str] = Counter()
    stromen = [levering.dossiers(bereik) for levering, bereik in zip(leveringen, bereiken, strict=True)]
    for dossier in voeg_samen(stromen):
        for gevonden in controleer(dossier):
            tellingen[gevonden.regel] += 1
    return tellingen, [levering.tellingen for levering in leveringen]


def sweep(kader: Kader) -> dict[str, int]:
    leveringen = [Levering(pad, RO, Verslag(pad.name)) for pad in sorted((kader.map / "ro").glob("*.csv"))]
    stukken = gelijke_delen([levering.verkenning for levering in leveringen], PROCESSEN)
    with get_context("fork").Pool(PROCESSEN) as pool:
        delen = pool.map(deel, [(kader, leveringen, stuk) for stuk in stukken], chunksize=1)
    for plaats, levering in enumerate(leveringen):
        levering.tellingen = sum((geteld[plaats] for _, geteld in delen), Counter())
        levering.controleer_totalen()
        assert not levering.verslag.opmerkingen, levering.verslag.opmerkingen
    return dict(sorted(sum((gevonden for gevonden, _ in delen), Counter()).items()))


if __name__ == "__main__":
    meet(sweep)
