"""Importing this module registers every rule family."""

from kernregister.kern.regels import (
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

families = (
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
)
