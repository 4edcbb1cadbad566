"""One RO as large as the sector: typed records, grouped by person, closing totals checked, in two processes."""

from __future__ import annotations

import sys
from collections import Counter
from multiprocessing import get_context

from benchmarks.kader import PROCESSEN, Kader, meet
from kernregister.kern.formaten.delen import gelijke_delen
from kernregister.kern.formaten.recordbestand import Recordlezer
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.totalen import totalen_van
from kernregister.kern.formaten.verkennen import Bereik, Verkenning, verken
from kernregister.kern.formaten.verslag import Verslag


def deel(opdracht: tuple[Verkenning, Bereik]) -> tuple[int, Counter[str]]:
    """Read a range of the file; return the number of persons, and what the closing record asks for."""
    verkenning, bereik = opdracht
    lezer = Recordlezer(verkenning, Verslag(), bereik)
    return sum(1 for _ in lezer.groepen()), lezer.teller.tellingen


def lees(kader: Kader) -> dict[str, int]:
    verkenning = verken(kader.map / "ro-sector.csv", RO, Verslag())
    opdrachten = [(verkenning, bereik) for (bereik,) in gelijke_delen([verkenning], PROCESSEN)]
    with get_context("fork").Pool(PROCESSEN) as pool:
        delen = pool.map(deel, opdrachten, chunksize=1)
    tellingen = sum((geteld for _, geteld in delen), Counter())
    gelezen = totalen_van(RO.totalen, tellingen)
    verkeerd = [t.veld for t in RO.totalen if gelezen[t.veld] != getattr(verkenning.sluit, t.veld)]
    if verkeerd or sum(aantal for aantal, _ in delen) != tellingen["PER"]:
        sys.exit(f"de totalen kloppen niet: {verkeerd}")
    return dict(sorted(tellingen.items()))


if __name__ == "__main__":
    meet(lees)
