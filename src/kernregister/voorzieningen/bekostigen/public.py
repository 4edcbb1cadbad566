"""The door of the room: what counts and for how much, now and at any stand, what would count, and what is at stake.

What reads works on the connection on which the pass was put (``platform.pas.met_pas``): the policies of the tables say
which rows there are. What the register does by itself works in the role ``stelsel``. All outcomes are indicative.
"""

from kernregister.voorzieningen.bekostigen.assurance import Indiening, beslis, bestand, dien_in
from kernregister.voorzieningen.bekostigen.assurance_fouten import Verantwoordingsfout
from kernregister.voorzieningen.bekostigen.assurance_overzicht import (
    Instellingsstand,
    Rapportbeeld,
    Verantwoording,
    rapport,
    rapporten,
    stand_van_zaken,
    verantwoording,
)
from kernregister.voorzieningen.bekostigen.belang import belang, van_record
from kernregister.voorzieningen.bekostigen.besluit import Besluit, Besluiten, van_dossier
from kernregister.voorzieningen.bekostigen.bijwerken import achterstand, werk_alles_bij, werk_bij
from kernregister.voorzieningen.bekostigen.definitief import begin, breek_af
from kernregister.voorzieningen.bekostigen.definitief_bepalen import draai
from kernregister.voorzieningen.bekostigen.definitief_lezen import (
    Bepaling,
    Definitief,
    besluiten,
    definitief,
    gang,
    gangen,
    is_bezig,
    sector,
)
from kernregister.voorzieningen.bekostigen.fouten import Bekostigingsfout, Onvindbaar
from kernregister.voorzieningen.bekostigen.mutatiestop import Bevoegde, hef_op, ontheffingen, stel_in, stops
from kernregister.voorzieningen.bekostigen.posten import Post
from kernregister.voorzieningen.bekostigen.queries import Filter, Per, Regel, Vooruitzicht, prognose, regels
from kernregister.voorzieningen.bekostigen.tellen import (
    Sectortotalen,
    Totalen,
    kenmerk,
    sectortotalen,
    totalen,
)
from kernregister.voorzieningen.bekostigen.terugmelden import staat_aan, zet
from kernregister.voorzieningen.bekostigen.volgen import volg
from kernregister.voorzieningen.bekostigen.wat_als import (
    VRAGEN,
    Beginvraag,
    Bpvvraag,
    Eindevraag,
    Gevolg,
    Jaargevolg,
    Redenvraag,
    Signaalvraag,
    Vraag,
    concepten,
    wat_als,
)

__all__ = [
    "VRAGEN",
    "Beginvraag",
    "Bekostigingsfout",
    "Bepaling",
    "Besluit",
    "Besluiten",
    "Bevoegde",
    "Bpvvraag",
    "Definitief",
    "Eindevraag",
    "Filter",
    "Gevolg",
    "Indiening",
    "Instellingsstand",
    "Jaargevolg",
    "Onvindbaar",
    "Per",
    "Post",
    "Rapportbeeld",
    "Redenvraag",
    "Regel",
    "Sectortotalen",
    "Signaalvraag",
    "Totalen",
    "Verantwoording",
    "Verantwoordingsfout",
    "Vooruitzicht",
    "Vraag",
    "achterstand",
    "begin",
    "belang",
    "beslis",
    "besluiten",
    "bestand",
    "breek_af",
    "concepten",
    "definitief",
    "dien_in",
    "draai",
    "gang",
    "gangen",
    "hef_op",
    "is_bezig",
    "kenmerk",
    "ontheffingen",
    "prognose",
    "rapport",
    "rapporten",
    "regels",
    "sector",
    "sectortotalen",
    "staat_aan",
    "stand_van_zaken",
    "stel_in",
    "stops",
    "totalen",
    "van_dossier",
    "van_record",
    "verantwoording",
    "volg",
    "wat_als",
    "werk_alles_bij",
    "werk_bij",
    "zet",
]
