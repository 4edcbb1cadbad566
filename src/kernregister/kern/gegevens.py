"""What rules need besides the dossier: reference data, person data and the data of others.

Each part may be absent. A rule names what it needs in its passport (``vereist``); where that is absent the engine
says *niet te beoordelen* instead of nothing, and never reads "not in the list" out of a list it does not have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from msgspec import Struct, field

from kernregister.kern.sleutels import Instellingscode
from kernregister.kern.tijd import Periode, maanden_na


class Soort(StrEnum):
    """Kind of institution: bekostigd (BI) or niet-bekostigd (NBI)."""

    BI = "BI"
    NBI = "NBI"

    # Enum's own hash is a Python function, and rules look things up by kind: that is 3 % of a sweep (measured).
    __hash__ = str.__hash__


class Bron(StrEnum):
    """A body of data that a rule can need besides the records of the dossier itself.

    The two that end in ACTUEEL say that the list is the one of today, so that a code it lacks does not exist.
    VERBLIJF says that nationalities and residence titles come from the source, with all earlier enrolments.
    """

    RIO = "rio"
    OPLEIDINGEN = "opleidingen"
    WETTELIJKE_TERMIJN = "wettelijke_termijn"
    TOESTEMMINGEN = "toestemmingen"
    LICENTIES = "licenties"
    NUMMERS = "nummers"
    OVERLIJDEN = "overlijden"
    ANDERE_INSTELLINGEN = "andere_instellingen"
    VO = "vo"
    VSO = "vso"
    RIO_ACTUEEL = "rio_actueel"
    OPLEIDINGEN_ACTUEEL = "opleidingen_actueel"
    ERKENNINGEN = "erkenningen"
    VERBLIJF = "verblijf"


class Instelling(Struct, frozen=True):
    """An institution. ``unieke_vakinstelling``: recognised to teach unique trades (Handleiding h. 06, B).

    None is not known, which is not the same as no.
    """

    code: Instellingscode
    naam: str = ""
    soort: Soort = Soort.BI
    unieke_vakinstelling: bool | None = None


class Aanbieder(Struct, frozen=True):
    """An onderwijsaanbieder in RIO: when it is valid, and when it is linked to which institution."""

    geldig: tuple[Periode, ...] = ()
    koppelingen: tuple[tuple[Instellingscode, Periode], ...] = ()


SPECIALISTENOPLEIDING: Final = "specialistenopleiding"
"""The kind of programme (WEB 7.2.2) that has a place of its own in the funding."""


class Opleiding(Struct, frozen=True):
    """A recognised programme (erkende opleiding, CREBO).

    ``soort`` is kwalificatie, dossier or domein. ``duur_maanden`` is the normative duration in months. A flag that
    is None is not known, which is not the same as no. ``geldig``: when it is recognised; empty is not known.
    ``soort_opleiding`` is one of WEB 7.2.2, such as vakopleiding. ``prijsfactor``: by what it counts in the funding;
    ``met_vws``: it was fixed together with the minister of VWS (Uitvoeringsbesluit WEB 2.2.2 and 2.2.3).
    """

    code: str
    naam: str = ""
    soort: str = "kwalificatie"
    niveau: str | None = None
    einde_instroom: date | None = None
    duur_maanden: int | None = None
    cross_over: bool | None = None
    unieke_vakopleiding: bool | None = None
    geldig: tuple[Periode, ...] = ()
    soort_opleiding: str | None = None
    prijsfactor: Decimal | None = None
    met_vws: bool | None = None

    @property
    def specialist(self) -> bool | None:
        """Tell whether it is a specialistenopleiding, which lies at level 4; None when that is not known."""
        if self.soort_opleiding:
            return self.soort_opleiding == SPECIALISTENOPLEIDING
        return False if self.niveau and self.niveau != "MBO-4" else None

    def einde(self, wettelijke_termijn_maanden: int) -> date | None:
        """Return the last day of a programme without inflow: its normative duration and the wettelijke termijn later.

        None when it does not end, or its duration is not known.
        """
        if self.einde_instroom is None or self.duur_maanden is None:
            return None
        return maanden_na(self.einde_instroom, self.duur_maanden + wettelijke_termijn_maanden)


Aanspraak = tuple[Instellingscode, str]
"""An institution with the code of a programme it may (or may not) give."""

Erkenning = tuple[str, str]
"""A training company (leerbedrijf-ID) with the code of the programme or keuzedeel that SBB recognises it for."""


class Gegevens(Struct, frozen=True):
    """The reference data of one check. ``beschikbaar`` tells which parts were really given."""

    beschikbaar: frozenset[Bron] = frozenset()
    instellingen: dict[Instellingscode, Instelling] = field(default_factory=dict)
    aanbieders: dict[str, Aanbieder] = field(default_factory=dict)
    locaties: dict[str, tuple[Periode, ...]] = field(default_factory=dict)
    opleidingen: dict[str, Opleiding] = field(default_factory=dict)
    toestemmingen: dict[Aanspraak, tuple[Periode, ...]] = field(default_factory=dict)
    licenties: dict[Aanspraak, tuple[Periode, ...]] = field(default_factory=dict)
    wettelijke_termijn_maanden: int | None = None
    soort_standaard: Soort = Soort.BI
    erkenningen: dict[Erkenning, tuple[Periode, ...]] = field(default_factory=dict)
    """When SBB recognises which training company for what; may hold those of one dossier only (see ``Motor``)."""
    equivalenten: dict[str, frozenset[str]] = field(default_factory=dict)
    """Programme codes whose recognition counts as well: the crebo-equivalenten of SBB."""

    def soort_van(self, instelling: Instellingscode) -> Soort:
        """Return the kind of an institution, or the kind to assume where it is not known."""
        bekend = self.instellingen.get(instelling)
        return bekend.soort if bekend else self.soort_standaard


GEEN = Gegevens()
"""No reference data at all."""


def eerste_gat(perioden: Collection[Periode], begin: date, eind: date) -> date | None:
    """Return the first day of [begin, eind) that the validity periods, taken together, leave open."""
    for periode in perioden:
        if periode.begin <= begin and periode.eind >= eind:
            return None  # by far the most common answer
    if begin >= eind:
        return None
    tot = begin
    for periode in sorted(perioden, key=_begin):
        if periode.begin > tot:
            return tot
        tot = max(tot, periode.eind)
        if tot >= eind:
            return None
    return tot


def geldig_op(perioden: Iterable[Periode], dag: date) -> bool:
    """Tell whether one of the validity periods holds on a day."""
    return any(periode.begin <= dag < periode.eind for periode in perioden)


def _begin(periode: Periode) -> date:
    return periode.begin
