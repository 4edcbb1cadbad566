"""The differences of two OBO's of every institution, written as the seven difference files, in two processes.

With an institution as second argument: of that one alone, in one process.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.kader import PROCESSEN, Kader, meet
from kernregister.kern.formaten.indeling import regel_van, tag
from kernregister.kern.formaten.obo import OBO
from kernregister.kern.formaten.obov import OBOV
from kernregister.kern.formaten.totalen import totalen_van
from kernregister.kern.formaten.verkennen import verken
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.verschil import Vergelijking


def van_instelling(map_: Path, uit: Path, code: str) -> Counter[str]:
    """Write the difference files of one institution; count the differences by recordsoort and kind."""
    verslagen = Verslag("oud"), Verslag("nieuw")
    paden = [map_ / "obo" / stand / f"OBO_{code}.csv" for stand in ("oud", "nieuw")]
    oud, nieuw = (verken(pad, OBO, verslag) for pad, verslag in zip(paden, verslagen, strict=True))
    vergelijking = Vergelijking(oud, nieuw, verslagen)
    tellingen: Counter[str] = Counter()
    with ExitStack() as stapel:
        bestanden = {}
        for bestand in OBOV.bestanden:
            soort = tag(bestand.record)
            pad = uit / f"OBOV_{soort}_{code}.csv"
            bestanden[soort] = bestand, stapel.enter_context(pad.open("w", encoding="utf-8"))
        for verschil in vergelijking.verschillen():
            bestand, stroom = bestanden[verschil.recordsoort]
            stroom.write(regel_van(bestand.regel_van_verschil(verschil.oud, verschil.nieuw)) + "\n")
            tellingen[f"{verschil.recordsoort} {verschil.soort}"] += 1
    for geteld, verkenning in zip(vergelijking.tellingen, (oud, nieuw), strict=True):
        for veld, waarde in totalen_van(OBO.totalen, geteld).items():
            assert waarde == getattr(verkenning.sluit, veld), veld
    assert not any(verslag.opmerkingen for verslag in verslagen)
    return tellingen


def verschil(kader: Kader) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as uit:
        werk = partial(van_instelling, kader.map, Path(uit))
        if codes := sys.argv[2:]:
            delen = list(map(werk, codes))
        else:
            paden = sorted((kader.map / "obo" / "nieuw").glob("*.csv"), key=lambda pad: -pad.stat().st_size)
            with get_context("fork").Pool(PROCESSEN) as pool:
                delen = list(pool.imap_unordered(werk, [pad.stem[4:] for pad in paden]))
    return dict(sorted(sum(delen, Counter()).items()))


if __name__ == "__main__":
    meet(verschil)
