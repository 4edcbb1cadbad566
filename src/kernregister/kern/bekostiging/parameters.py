"""The dated values that a funding year is computed with (parameters/bekostiging.toml)."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, get_type_hints

import msgspec
from msgspec import Struct

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.parameters import lees

ENTREE: Final = "MBO-1"


class OnbekendJaar(ValueError):
    """A funding year of which no values are known. The text says which years are."""


class Kalenderdag(Struct, frozen=True, forbid_unknown_fields=True):
    """A day of the year, so many years before the funding year."""

    jaren_terug: int
    maand: int
    dag: int

    def van(self, jaar: Bekostigingsjaar) -> date:
        """Return the day for a funding year."""
        return date(jaar.jaar - self.jaren_terug, self.maand, self.dag)


class Budget(Struct, frozen=True, forbid_unknown_fields=True):
    """A national budget: which levels share in it, and how heavily enrolments and diplomas weigh."""

    naam: str
    niveaus: frozenset[str]
    weging_inschrijvingen: Decimal
    weging_diplomas: Decimal


class Woonlanden(Struct, frozen=True, forbid_unknown_fields=True):
    """Countries (BRP table 34) where somebody who counts may live: wholly, or in parts of them only."""

    nederland: frozenset[str]
    geheel: frozenset[str]
    gedeeltelijk: frozenset[str]


class Cursusgeld(Struct, frozen=True, forbid_unknown_fields=True):
    """The fee on 1 January in euros: of entree and basisberoepsopleiding (dc1), and of the other levels (dc2)."""

    dc1: Decimal
    dc2: Decimal


class Cascade(Struct, frozen=True, forbid_unknown_fields=True):
    """What the first, second, ... year counts for, the last value for all that follow; a break of so many calendar
    years without enrolment on 1 October starts the count again."""

    factoren: tuple[Decimal, ...]
    onderbreking: int

    def factor(self, verblijfsjaar: int) -> Decimal:
        """Return what a year counts for; 1 is the first."""
        return self.factoren[min(max(verblijfsjaar, 1), len(self.factoren)) - 1]


class Bronvermelding(Struct, frozen=True):
    """Where a value comes from. ``besluit``: it is ours, as no source that we know says it like this."""

    naam: str
    bron: str
    vanaf: int
    tot_en_met: int | None
    besluit: bool
    toelichting: str


class Parameters(Struct, frozen=True):
    """The values of one funding year. What is None is not known, or does not hold in that year."""

    jaar: Bekostigingsjaar
    kenmerk: str
    """Names these values: equal marks are equal values."""
    bronnen: tuple[Bronvermelding, ...]
    bol_factor: Decimal
    bbl_factor: dict[str, Decimal]
    budgetten: tuple[Budget, ...]
    afronding_decimalen: int
    pok_uiterlijk: Kalenderdag
    pok_uiterlijk_vws: Kalenderdag
    leertrajecten: frozenset[str]
    leerroutefasen_zonder_bekostiging: frozenset[str]
    eenmaal_per: Literal["studiejaar", "teldatum"]
    niet_ingezetenen: Woonlanden
    diplomawaarde: dict[str, Decimal]
    specialistwaarde: Decimal
    onderbreking_diplomas_jaren: int
    termijn_extraneus_jaren: int
    eerdere_diplomas: Literal["bekostigd", "alle"]
    leeftijd_cursusgeld: int
    cursusgeld_laag: frozenset[str]
    cursusgeld: Cursusgeld | None = None
    verblijfsjaren: dict[str, Cascade] | None = None

    def factor_van(self, leertraject: str, niveau: str | None) -> Decimal | None:
        """Return the BBLBOLFactor of a leertraject, which of BBL depends on the level; None where there is none."""
        if leertraject == "BOL":
            return self.bol_factor
        return self.bbl_factor.get(niveau or "") if leertraject == "BBL" else None

    def budget_van(self, niveau: str | None) -> Budget | None:
        """Return the budget that a level shares in."""
        return next((budget for budget in self.budgetten if niveau in budget.niveaus), None)


class Gedateerd(Struct, frozen=True, forbid_unknown_fields=True):
    """A value with its source, from one funding year up to and including another, or until a later value."""

    vanaf: int
    bron: str
    waarde: Any
    tot_en_met: int | None = None
    besluit: bool = False
    toelichting: str = ""

    def geldt_in(self, jaar: int) -> bool:
        """Tell whether it holds in a funding year."""
        return self.vanaf <= jaar and (self.tot_en_met is None or jaar <= self.tot_en_met)


@cache
def historie() -> dict[str, tuple[Gedateerd, ...]]:
    """Return every value there was, by name, in order of time."""
    gelezen = msgspec.convert(lees("bekostiging"), dict[str, tuple[Gedateerd, ...]])
    return {naam: tuple(sorted(rij, key=lambda g: g.vanaf)) for naam, rij in gelezen.items()}


@cache
def parameters(jaar: Bekostigingsjaar) -> Parameters:
    """Return the values of a funding year.

    Raises:
        OnbekendJaar: no values are known of that year.
    """
    geldend = {naam: een for naam, rij in historie().items() if (een := _geldend(rij, jaar.jaar))}
    soorten = get_type_hints(Parameters)
    eigen = ("jaar", "kenmerk", "bronnen")
    if any(naam not in geldend for naam in Parameters.__struct_fields__[3:-2]):
        eerste = max(rij[0].vanaf for naam, rij in historie().items() if naam != "cursusgeld")
        raise OnbekendJaar(
            f"Van bekostigingsjaar {jaar} zijn de rekenregels niet bekend; wel vanaf {eerste}. Vraag een later jaar op."
        )
    waarden = {naam: een.waarde for naam, een in sorted(geldend.items())}
    kenmerk = hashlib.sha256(msgspec.json.encode(waarden, order="sorted")).hexdigest()[:12]
    bronnen = tuple(
        Bronvermelding(naam, een.bron, een.vanaf, een.tot_en_met, een.besluit, een.toelichting)
        for naam, een in geldend.items()
    )
    return Parameters(
        jaar,
        kenmerk,
        bronnen,
        **{
            naam: msgspec.convert(waarde, soorten[naam])
            for naam, waarde in waarden.items()
            if naam not in eigen
        },
    )


def _geldend(rij: tuple[Gedateerd, ...], jaar: int) -> Gedateerd | None:
    return next((een for een in reversed(rij) if een.geldt_in(jaar)), None)
