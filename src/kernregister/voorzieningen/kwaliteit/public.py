"""The door of the room: signals with their life, what is decided about them, the figures, and sweeps.

What reads, and what people decide, works on the connection on which the pass was put (``platform.pas.met_pas``): the
policies of the tables say which signals there are. What the register does by itself works in the role ``stelsel``.
"""

from kernregister.voorzieningen.kwaliteit.achter import Getal, Recordregel, Telregel, Telregels, achter
from kernregister.voorzieningen.kwaliteit.actions import LANGST, MEESTE, beslis, trek_in, wijs_toe, zie_af
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
from kernregister.voorzieningen.kwaliteit.grondslag import KALENDER
from kernregister.voorzieningen.kwaliteit.meetlat import gegevens_versie, motor_op
from kernregister.voorzieningen.kwaliteit.omkeren import achterstand, keer_om, werk_bij
from kernregister.voorzieningen.kwaliteit.oorzaken import Oorzaak, Oorzaaksoort, Oorzaken
from kernregister.voorzieningen.kwaliteit.peil import Peil, jaar_van, per
from kernregister.voorzieningen.kwaliteit.queries import Filter, open_signalen, signaal, verloop, veroudering
from kernregister.voorzieningen.kwaliteit.samenvatting import (
    Instellingsregel,
    Opening,
    opening,
    per_instelling,
)
from kernregister.voorzieningen.kwaliteit.signaal import Recordsleutel
from kernregister.voorzieningen.kwaliteit.sweeps import activeer, begin, draai, sweep, sweeps
from kernregister.voorzieningen.kwaliteit.tasks import beproef, vraag_telling
from kernregister.voorzieningen.kwaliteit.tellen import schaduw
from kernregister.voorzieningen.kwaliteit.werklijst import (
    GEEN_BELANG,
    GROOTSTE_LIJST,
    Afzien,
    Volgorde,
    Wens,
    Werkbladzijde,
    Werkregel,
    oorzaken,
    werkregels,
)
from kernregister.voorzieningen.kwaliteit.werkstand import (
    Merk,
    Stand,
    Voortgang,
    merk,
    nieuw_sinds,
    nog_open,
    stand,
    voortgang,
)
from kernregister.voorzieningen.kwaliteit.zaken import Zaak, Zaakbericht, noteer, notities, zaak, zaken, zeg
from kernregister.voorzieningen.kwaliteit.zaken_models import Standpunt

__all__ = [
    "GEEN_BELANG",
    "GROOTSTE_LIJST",
    "KALENDER",
    "LANGST",
    "MEESTE",
    "Afzien",
    "Afzienstap",
    "Bladzijde",
    "Dashboardbeeld",
    "Filter",
    "Getal",
    "Instellingsregel",
    "Kwaliteitsfout",
    "Merk",
    "Onvindbaar",
    "Oorzaak",
    "Oorzaaksoort",
    "Oorzaken",
    "Opening",
    "Ouderdom",
    "Peil",
    "Recordregel",
    "Recordsleutel",
    "Schaduwtelling",
    "Signaalbeeld",
    "Signaaltelling",
    "Signaaluitleg",
    "Stand",
    "Standpunt",
    "Sweepbeeld",
    "Sweepgevolg",
    "Telcel",
    "Telregel",
    "Telregels",
    "Verlooppunt",
    "Volgorde",
    "Voortgang",
    "Wens",
    "Werkbladzijde",
    "Werkregel",
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
    "merk",
    "motor_op",
    "nieuw_sinds",
    "nog_open",
    "noteer",
    "notities",
    "oorzaken",
    "open_signalen",
    "opening",
    "per",
    "per_instelling",
    "plaats",
    "rooster",
    "schaduw",
    "signaal",
    "stand",
    "stel_rooster",
    "sweep",
    "sweeps",
    "trek_in",
    "verloop",
    "veroudering",
    "voortgang",
    "vraag_telling",
    "werk_bij",
    "werkregels",
    "wijs_toe",
    "zaak",
    "zaken",
    "zeg",
    "zie_af",
]
