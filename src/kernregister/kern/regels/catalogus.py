"""The catalogue: all rules by id. Importing the families registers them."""

from collections.abc import Iterator

from kernregister.kern.regels import (
    afkeur,
    afkeur_verblijf,
    bpv,
    consistentie_bpv,
    consistentie_inschrijving,
    consistentie_periode,
    consistentie_resultaat,
    dubbel,
    examenonderdelen,
    inschrijving,
    inschrijving_opleiding,
    inschrijving_rio,
    nummers,
    persoon,
    resultaat,
    resultaat_rio,
)
from kernregister.kern.regels.paspoort import GEREGISTREERD, Groep, Regel

FAMILIES = (
    persoon,
    inschrijving,
    inschrijving_rio,
    inschrijving_opleiding,
    bpv,
    resultaat,
    resultaat_rio,
    dubbel,
    nummers,
    consistentie_inschrijving,
    consistentie_periode,
    consistentie_bpv,
    consistentie_resultaat,
    examenonderdelen,
    afkeur,
    afkeur_verblijf,
)
"""The modules of rules, in the order of their groups."""


def catalogus() -> dict[str, Regel]:
    """Return all rules by id, in order of id."""
    return dict(sorted(GEREGISTREERD.items()))


def signalen() -> Iterator[Regel]:
    """Return the rules that are signals of the kwaliteitscontrole (groups A to E)."""
    return (regel for regel in catalogus().values() if regel.groep <= Groep.DUBBEL)
