"""The door of the persons: who they are by number, who is meant, and who follows whom.

Everything works on the connection of the apply step, inside the transaction of the caller.
"""

from kernregister.voorzieningen.personen import zandbak
from kernregister.voorzieningen.personen.abonnementen import (
    Abonnementregel,
    abonnees,
    abonnementen,
    alle_abonnees,
    doel_vervallen,
    verloop,
    zet_abonnement,
)
from kernregister.voorzieningen.personen.bron import Bronwijzigingen, Personenbron, bron
from kernregister.voorzieningen.personen.identificatie import (
    Identificatie,
    Onzekerheid,
    Uitkomst,
    Vastlegging,
    gewijzigde_personen,
    identificeer,
    identificeer_samen,
    leg_vast,
    leg_vast_samen,
    persoonsgegevens,
)
from kernregister.voorzieningen.personen.ingebouwd import neem_op
from kernregister.voorzieningen.personen.models import Abonnementsoort, Doel
from kernregister.voorzieningen.personen.nummers import (
    Koppeling,
    Koppeluitslag,
    Nummers,
    gaat_op_in,
    haal_uiteen,
    koppel_bsn,
    maak,
    neem_gekoppeld,
    nummers_van,
    pseudoniem,
    reserveer,
    vergrendel,
    voeg_samen,
    zoek,
)
from kernregister.voorzieningen.personen.op_stand import mensen_op, nummers_op
from kernregister.voorzieningen.personen.personalia import Gebrek, Personalia

__all__ = [
    "Abonnementregel",
    "Abonnementsoort",
    "Bronwijzigingen",
    "Doel",
    "Gebrek",
    "Identificatie",
    "Koppeling",
    "Koppeluitslag",
    "Nummers",
    "Onzekerheid",
    "Personalia",
    "Personenbron",
    "Uitkomst",
    "Vastlegging",
    "abonnees",
    "abonnementen",
    "alle_abonnees",
    "bron",
    "doel_vervallen",
    "gaat_op_in",
    "gewijzigde_personen",
    "haal_uiteen",
    "identificeer",
    "identificeer_samen",
    "koppel_bsn",
    "leg_vast",
    "leg_vast_samen",
    "maak",
    "mensen_op",
    "neem_gekoppeld",
    "neem_op",
    "nummers_op",
    "nummers_van",
    "persoonsgegevens",
    "pseudoniem",
    "reserveer",
    "vergrendel",
    "verloop",
    "voeg_samen",
    "zandbak",
    "zet_abonnement",
    "zoek",
]
