"""The funding of a sector in one sweep over the packed stream of dossiers, in two processes.

Of every enrolment on a teldatum and of every diploma the whole decision is made, with its reasons; then all are
added up.
"""

from __future__ import annotations

import pickle
from multiprocessing import get_context

from benchmarks.bekostigd import uitkomst_van
from benchmarks.kader import PROCESSEN, Kader, meet
from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import parameters
from kernregister.kern.bekostiging.totalen import Optelling
from kernregister.kern.formaten.pakket import lees_pakket
from kernregister.kern.tijd import Studiejaar


def deel(opdracht: tuple[Kader, int]) -> Optelling:
    """Decide on one share of the frames, and add up."""
    kader, nummer = opdracht
    gegevens = pickle.loads((kader.map / "stamgegevens.pickle").read_bytes())
    jaar = Bekostigingsjaar.van(Studiejaar.van(kader.peildatum))
    beslis, optelling = Beslisser(jaar, gegevens), Optelling(parameters(jaar))
    for dossier in lees_pakket(kader.map / "dossiers.pakket", nummer, PROCESSEN):
        optelling.tel(beslis(dossier))
    return optelling


def bekostig(kader: Kader) -> dict[str, int]:
    with get_context("fork").Pool(PROCESSEN) as pool:
        eerste, *rest = pool.map(deel, [(kader, nummer) for nummer in range(PROCESSEN)], chunksize=1)
    for ander in rest:
        eerste += ander
    return uitkomst_van(
        (
            *(totaal.instelling, een.budget, een.inschrijvingen, een.voor_correctiefactor, een.som_bijdragen),
            *(een.idw, een.diplomas, een.som_diplomawaarde, een.idiw),
        )
        for totaal in eerste.instellingen().values()
        for een in totaal.budgetten
    )


if __name__ == "__main__":
    meet(bekostig)
