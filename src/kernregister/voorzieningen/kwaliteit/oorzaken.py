"""What signals have in common: the one thing to mend that closes several of them (ADR 0034). Pure.

A signal belongs to exactly one cause, so that counts add up. In this order: the value that is wrong and that it shares
with others of its rule; the enrolment on which other rules found something too; the delivery that opened several of
its rule; and otherwise its rule, each to be mended by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct


class Oorzaaksoort(StrEnum):
    """What signals of a cause have in common."""

    WAARDE = "waarde"
    """A value: a programme, an onderwijsaanbieder, a partner institution, a date of a whole class."""
    INSCHRIJVING = "inschrijving"
    """An enrolment (or a result) with signals of several rules."""
    LEVERING = "levering"
    """The day on which meldingen opened several signals of a rule."""
    LOS = "los"
    """Only the rule: each of them is mended by itself."""


WAARDE_VAN: Final[Mapping[str, str]] = {
    "B03": "opleidingcode",
    "B04": "gepland",
    "B06": "datum_uitschrijving",
    "B07": "opleidingcode",
    "B08": "onderwijsaanbieder",
    "B09": "onderwijsaanbieder",
    "B10": "onderwijslocatie",
    "B11": "opleidingcode",
    "B12": "opleidingcode",
    "C01": "datum_einde",
    "C02": "omvang",
    "C03": "datum_uitschrijving",
    "C04": "gepland",
    "D06": "opleidingcode",
    "D08": "onderwijsaanbieder",
    "D09": "onderwijsaanbieder",
    "E01": "andere_instelling",
    "E02": "andere_instelling",
    "E03": "andere_instelling",
    "E04": "andere_instelling",
    "E06": "andere_instelling",
    "G06": "reden",
    "G07": "reden",
    "G12": "instelling",
    "H01": "leertraject",
    "H02": "leertraject",
    "H03": "leertraject",
    "H04": "niveau",
    "H05": "opleidingcode",
    "H06": "opleidingcode",
    "H07": "opleidingcode",
    "H08": "onderwijsaanbieder",
    "H09": "onderwijslocatie",
    "H10": "leerroute",
    "H11": "leerroutefase",
    "H12": "leerroute",
    "H13": "opleidingcode",
    "H14": "leerroutefase",
    "J06": "leerbedrijf_id",
    "J09": "keuzedeelcode",
    "K05": "opleidingcode",
    "K06": "code",
    "K07": "code",
    "K13": "instelling",
    "K15": "onderwijsaanbieder",
    "L01": "code",
    "L02": "code",
    "L03": "code",
    "L06": "vrijstelling",
    "L08": "code",
    "L09": "vrijstelling",
    "M04": "onderwijsaanbieder",
    "M05": "onderwijsaanbieder",
    "M06": "onderwijslocatie",
    "M07": "opleidingcode",
    "M08": "opleidingcode",
    "M09": "leerbedrijf_id",
    "M13": "titel",
}
"""Rule -> the value in its findings that is mended in one go: in RIO, in a list of the administration, with one other
institution, or by a bulk change on everybody who has it. A rule that is not here is mended record by record."""

VEEL: Final = 3
"""From so many signals of one rule on one day, the delivery of that day is taken for the cause."""


class Oorzaak(Struct, frozen=True, kw_only=True):
    """A cause with what hangs on it, among the signals that were asked for."""

    sleutel: str
    """How it is called in an address; it tells nothing of anybody."""
    soort: Oorzaaksoort
    instelling: str
    regels: tuple[str, ...]
    naam: str | None = None
    """Name of the shared value."""
    waarde: str | None = None
    """The shared value, as text; empty: it is missing from the record."""
    persoon: int | None = None
    """Of one enrolment: whose."""
    inschrijving: str | None = None
    """Of one enrolment: its volgnummer."""
    dag: date | None = None
    """Of a delivery: its day."""
    aantal: int
    studenten: int
    sinds: date
    """Since when the oldest of them stands."""
    toegewezen: int
    """How many were given to a colleague."""
    mij: int
    """How many of these to the colleague who asks."""
    telt_niet: int = 0
    """How many records behind them do not count for the funding, and could."""
    gemist: str = "0"
    """What those would contribute, as a decimal number; the part that can be told."""


class Oorzaken(Struct, frozen=True):
    """A page of causes."""

    oorzaken: tuple[Oorzaak, ...]
    totaal: int
    """Causes in all."""
    signalen: int
    """Signals in all."""
    volgende: tuple[str, str] | None = None
    """Where the next page begins; None: this was the last."""
