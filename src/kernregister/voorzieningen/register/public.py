"""The door of the register: deliver meldingen, read dossiers, know the stand, follow what changes."""

from kernregister.kern.meldingen.berichten import lees
from kernregister.voorzieningen.register.dossiers import dossier, dossiers
from kernregister.voorzieningen.register.regels import Instelling, deur, instellingen, regels, stel_in
from kernregister.voorzieningen.register.regels import versie as regelversie
from kernregister.voorzieningen.register.standen import moment_van, stand, stand_op
from kernregister.voorzieningen.register.verwerking import Herkomst, verwerk
from kernregister.voorzieningen.register.volgers import Signaalwisseling, Toegepast, Volger, volgers

__all__ = [
    "Herkomst",
    "Instelling",
    "Signaalwisseling",
    "Toegepast",
    "Volger",
    "deur",
    "dossier",
    "dossiers",
    "instellingen",
    "lees",
    "moment_van",
    "regels",
    "regelversie",
    "stand",
    "stand_op",
    "stel_in",
    "verwerk",
    "volgers",
]
