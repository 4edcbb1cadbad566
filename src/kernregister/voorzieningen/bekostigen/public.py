"""The door of the room: what counts and for how much, now and at any stand, what would count, and what is at stake.

What reads works on the connection on which the pass was put (``platform.pas.met_pas``): the policies of the tables say
which rows there are. What the register does by itself works in the role ``stelsel``. All outcomes are indicative.
"""

from kernregister.voorzieningen.bekostigen.besluit import Besluit, Besluiten, van_dossier
from kernregister.voorzieningen.bekostigen.bijwerken import achterstand, werk_alles_bij, werk_bij
from kernregister.voorzieningen.bekostigen.fouten import Bekostigingsfout, Onvindbaar
from kernregister.voorzieningen.bekostigen.grondslag import open_jaren
from kernregister.voorzieningen.bekostigen.posten import Post
from kernregister.voorzieningen.bekostigen.queries import Filter, Per, Regel, Vooruitzicht, prognose, regels
from kernregister.voorzieningen.bekostigen.tellen import Sectortotalen, Totalen, sectortotalen, totalen
from kernregister.voorzieningen.bekostigen.terugmelden import staat_aan, zet
from kernregister.voorzieningen.bekostigen.volgen import volg
from kernregister.voorzieningen.bekostigen.wat_als import (
    Beginvraag,
    Bpvvraag,
    Eindevraag,
    Gevolg,
    Redenvraag,
    Signaalvraag,
    Vraag,
    concepten,
    wat_als,
)

__all__ = [
    "Beginvraag",
    "Bekostigingsfout",
    "Besluit",
    "Besluiten",
    "Bpvvraag",
    "Eindevraag",
    "Filter",
    "Gevolg",
    "Onvindbaar",
    "Per",
    "Post",
    "Redenvraag",
    "Regel",
    "Sectortotalen",
    "Signaalvraag",
    "Totalen",
    "Vooruitzicht",
    "Vraag",
    "achterstand",
    "concepten",
    "open_jaren",
    "prognose",
    "regels",
    "sectortotalen",
    "staat_aan",
    "totalen",
    "van_dossier",
    "volg",
    "wat_als",
    "werk_alles_bij",
    "werk_bij",
    "zet",
]
