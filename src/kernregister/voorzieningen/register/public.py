"""The door of the register: deliver meldingen, read dossiers, know the stand, follow what changes."""

from kernregister.kern.meldingen.berichten import lees
from kernregister.voorzieningen.register.dossiers import dossier, dossiers
from kernregister.voorzieningen.register.inzage import (
    Inschrijvingregel,
    Meldingregel,
    dossier_met_pas,
    inschrijvingen,
    is_zichtbaar,
    melding,
    meldingen,
    wijzigingen,
)
from kernregister.voorzieningen.register.overnemen import Laaduitslag, laad_ro
from kernregister.voorzieningen.register.regels import Instelling, deur, instellingen, regels, stel_in
from kernregister.voorzieningen.register.regels import versie as regelversie
from kernregister.voorzieningen.register.standen import moment_van, stand, stand_op
from kernregister.voorzieningen.register.uitbak import Pagina, Uitgaand, haal
from kernregister.voorzieningen.register.verwerking import Herkomst, verwerk
from kernregister.voorzieningen.register.volgers import Signaalwisseling, Toegepast, Volger, volgers

__all__ = [
    "Herkomst",
    "Inschrijvingregel",
    "Instelling",
    "Laaduitslag",
    "Meldingregel",
    "Pagina",
    "Signaalwisseling",
    "Toegepast",
    "Uitgaand",
    "Volger",
    "deur",
    "dossier",
    "dossier_met_pas",
    "dossiers",
    "haal",
    "inschrijvingen",
    "instellingen",
    "is_zichtbaar",
    "laad_ro",
    "lees",
    "melding",
    "meldingen",
    "moment_van",
    "regels",
    "regelversie",
    "stand",
    "stand_op",
    "stel_in",
    "verwerk",
    "volgers",
    "wijzigingen",
]
