"""What this room shows of signals, figures and sweeps: what the API and the pages give on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.voorzieningen.kwaliteit.signaal import Recordsleutel


class Signaalbeeld(Struct, frozen=True, kw_only=True):
    """A signal on the list of an institution."""

    id: int
    persoon: int
    pgn: str
    """The number under which the owner of the record knows the student."""
    instelling: str
    regel: str
    groep: str
    titel: Tekst
    sleutel: Recordsleutel
    waarden: dict[str, Any]
    van: date
    tot: date
    sinds: date
    """Day since which this rule stands on this record."""
    dagen: int
    """How many days it has stood, up to today or the day on which it closed."""
    geopend_op: datetime
    geopend_door: int | None
    """The melding that opened it; empty: see ``geopend_reden``."""
    geopend_reden: str
    gesloten_op: datetime | None = None
    gesloten_door: int | None = None
    gesloten_reden: str | None = None
    toegewezen_aan: str = ""
    afgezien_tot: date | None = None
    """Waived until this day."""


class Bladzijde(Struct, frozen=True):
    """A page of signals. ``volgende`` is the cursor of the next page; None: this was the last."""

    signalen: tuple[Signaalbeeld, ...]
    volgende: int | None = None


class Afzienstap(Struct, frozen=True):
    """A step in waiving a signal."""

    id: int
    stap: str
    verzoek: int | None
    door: str
    reden: str
    tot: date
    op: datetime


class Signaaluitleg(Struct, frozen=True):
    """All there is to know of one signal: what it means, what to do about it, and what was done."""

    signaal: Signaalbeeld
    tekst: Tekst
    advies: Tekst
    bron: str
    besluit: Tekst
    """What the rule decides where its source is silent."""
    eerder: tuple[Signaalbeeld, ...]
    """The same rule on the same record before, the latest first."""
    afzien: tuple[Afzienstap, ...]
    toewijzingen: tuple[tuple[str, str, datetime], ...]
    """To whom, by whom and when."""


class Ouderdom(Struct, frozen=True):
    """How many open signals of a rule have stood how long. Waived ones are counted apart."""

    instelling: str
    regel: str
    klasse: str
    """In days: ``0-7``, ``8-30``, ``31-90``, ``91-365`` or ``366+``."""
    aantal: int
    afgezien: int


class Verlooppunt(Struct, frozen=True):
    """What came and went in a day or a week, and how many were open at its end.

    A signal whose values changed while it stood neither came nor went.
    """

    begin: date
    geopend: int
    gesloten: int
    open: int


class Signaaltelling(Struct, frozen=True):
    """A row of the dashboard that counts signals, in DUO's order and under DUO's label."""

    groep: str
    regel: str
    label: Tekst
    merk: str
    """``*`` counts persons, ``**`` enrolments."""
    aantallen: dict[str, int | None]
    """Column -> count; None: that teldatum is still to come. Rules without teldata have the one column ````."""
    ontbreekt: tuple[str, ...] = ()
    """What was missing: the rule could not be judged."""
    van_toepassing: bool = True
    """Whether the rule holds for this kind of institution."""


class Schaduwtelling(Struct, frozen=True):
    """How many signals a rule in the shadow would show at an institution."""

    regel: str
    instelling: str
    aantal: int


class Telcel(Struct, frozen=True):
    """A count of the lower block."""

    blok: str
    rij: str
    kolom: str
    aantal: int


class Dashboardbeeld(Struct, frozen=True, kw_only=True):
    """The figures of an institution (Handleiding h. 06)."""

    instelling: str
    studiejaar: str
    stand_per: date
    """The day of counting; of a placed dashboard the data run up to and including the day before it."""
    stand: int | None
    """The last stand number in it; None: live."""
    venster_van: date
    venster_tot: date
    """The control window: the studiejaar and the 90 days before it, half-open."""
    geplaatst_op: datetime | None
    """When it was counted and kept; None: counted now."""
    signalen: tuple[Signaaltelling, ...]
    cellen: tuple[Telcel, ...]
    totalen: dict[str, int]
    merk: str = ""
    """Of live figures: differs as soon as a record or a signal of the institution does."""


class Sweepgevolg(Struct, frozen=True):
    """What a change would do to the signals of one rule at one institution."""

    regel: str
    instelling: str
    geopend: int
    gesloten: int
    personen: int
    voorbeelden: tuple[dict[str, Any], ...]


class Sweepbeeld(Struct, frozen=True, kw_only=True):
    """A change that is (being) tried out on all dossiers."""

    id: int
    gegevens_versie: int | None
    regels: dict[str, str]
    peildatum: date
    door: str
    gestart_op: datetime
    totaal: int
    gedaan: int
    klaar_op: datetime | None
    gevolgen: tuple[Sweepgevolg, ...] = ()
