"""The door of the room: signals with their life, what is decided about them, the figures, and sweeps.

What reads, and what people decide, works on the connection on which the pass was put (``platform.pas.met_pas``): the
policies of the tables say which signals there are. What the register does by itself works in the role ``stelsel``.
"""

from kernregister.voorzieningen.kwaliteit.achter import Getal, Recordregel, Telregel, Telregels, achter
from kernregister.voorzieningen.kwaliteit.actions import beslis, trek_in, wijs_toe, zie_af
from kernregister.voorzieningen.kwaliteit.beelden import (
    Afzienstap,
    Bladzijde,
    Dashboardbeeld,
    Ouderdom,
    Schaduwtelling,
    Signaalbeeld,
    Signaaltelling,
    Signaaluitleg,
    Sweepbeeld,
    Sweepgevolg,
    Telcel,
    Verlooppunt,
)
from kernregister.voorzieningen.kwaliteit.bestand import kwc, kwc_op_stand
from kernregister.voorzieningen.kwaliteit.dashboard import dashboard, geplaatst, plaats, rooster, stel_rooster
from kernregister.voorzieningen.kwaliteit.fouten import Kwaliteitsfout, Onvindbaar, WordtGeteld
from kernregister.voorzieningen.kwaliteit.meetlat import gegevens_versie, motor_op
from kernregister.voorzieningen.kwaliteit.omkeren import achterstand, keer_om, werk_bij
from kernregister.voorzieningen.kwaliteit.peil import Peil, jaar_van, per
from kernregister.voorzieningen.kwaliteit.queries import Filter, open_signalen, signaal, verloop, veroudering
from kernregister.voorzieningen.kwaliteit.signaal import Recordsleutel
from kernregister.voorzieningen.kwaliteit.sweeps import activeer, begin, draai, sweep, sweeps
from kernregister.voorzieningen.kwaliteit.tasks import beproef, vraag_telling
from kernregister.voorzieningen.kwaliteit.tellen import schaduw
from kernregister.voorzieningen.kwaliteit.zaken import Zaak, Zaakbericht, noteer, notities, zaak, zaken, zeg
from kernregister.voorzieningen.kwaliteit.zaken_models import Standpunt

__all__ = [
    "Afzienstap",
    "Bladzijde",
    "Dashboardbeeld",
    "Filter",
    "Getal",
    "Kwaliteitsfout",
    "Onvindbaar",
    "Ouderdom",
    "Peil",
    "Recordregel",
    "Recordsleutel",
    "Schaduwtelling",
    "Signaalbeeld",
    "Signaaltelling",
    "Signaaluitleg",
    "Standpunt",
    "Sweepbeeld",
    "Sweepgevolg",
    "Telcel",
    "Telregel",
    "Telregels",
    "Verlooppunt",
    "WordtGeteld",
    "Zaak",
    "Zaakbericht",
    "achter",
    "achterstand",
    "activeer",
    "begin",
    "beproef",
    "beslis",
    "dashboard",
    "draai",
    "gegevens_versie",
    "geplaatst",
    "jaar_van",
    "keer_om",
    "kwc",
    "kwc_op_stand",
    "motor_op",
    "noteer",
    "notities",
    "open_signalen",
    "per",
    "plaats",
    "rooster",
    "schaduw",
    "signaal",
    "stel_rooster",
    "sweep",
    "sweeps",
    "trek_in",
    "verloop",
    "veroudering",
    "vraag_telling",
    "werk_bij",
    "wijs_toe",
    "zaak",
    "zaken",
    "zeg",
    "zie_af",
]
