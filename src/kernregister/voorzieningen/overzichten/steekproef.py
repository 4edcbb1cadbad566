"""A sample of differences that anybody can draw again: the method in words, the seed on record, no hidden chance.

Each difference gets a place in its stratum from the SHA-256 of the seed and what names it; the first ones are the
sample. So it does not depend on the order of the list, the program's language or its version, and a larger sample
with the same seed holds the smaller one per stratum.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from kernregister.kern.verschil import Verschil

STRATA: Final[tuple[tuple[bool | None, str], ...]] = (
    (True, "Kan relevant zijn"),
    (None, "Zelf beoordelen"),
    (False, "Niet relevant"),
)
"""What the selection rules of the manual say of a difference, in the order of the sheets."""

MEESTE: Final = 1_000_000
LANGSTE_ZAAD: Final = 100

METHODE: Final = (
    "Gestratificeerd naar relevantie. De omvang is over de strata verdeeld naar rato van hun aantal verschillen "
    "(grootste resten; elk stratum dat niet leeg is krijgt er ten minste één, zolang de omvang dat toelaat). Binnen "
    "een stratum zijn de verschillen gezet op volgorde van de SHA-256, in hexadecimale cijfers, van de tekst "
    "zaad|recordsoort|soort wijziging|burgerservicenummer|onderwijsnummer|sleutel (UTF-8; de delen van de sleutel "
    "gescheiden door een spatie); de eerste vormen de steekproef."
)
"""How the sample is drawn, for whoever wants to draw it again."""


class Steekproef(Struct, frozen=True):
    """How large a sample, and the seed it is drawn with.

    Raises:
        ValueError: the size is no number of differences, or the seed is empty or too long.
    """

    omvang: int
    zaad: str

    def __post_init__(self) -> None:
        if not 1 <= self.omvang <= MEESTE:
            raise ValueError(
                f"De omvang van de steekproef is {self.omvang}; geef een getal van 1 tot {MEESTE}."
            )
        if not 1 <= len(self.zaad) <= LANGSTE_ZAAD or not self.zaad.isprintable():
            raise ValueError(
                f"Het zaad van de steekproef is leeg, te lang of niet te tonen; geef 1 tot {LANGSTE_ZAAD} tekens."
            )


class Getrokken(Struct, frozen=True):
    """A difference in the sample: its place in the list of all differences, from 0, its stratum and rank in it."""

    plaats: int
    stratum: str
    rang: int


class Stratum(Struct, frozen=True):
    """How many differences a stratum has, and how many of them are in the sample."""

    naam: str
    aantal: int
    getrokken: int


class Trekking(Struct, frozen=True):
    """A sample that was drawn: the strata, and what was drawn in order of stratum and rank."""

    steekproef: Steekproef
    strata: tuple[Stratum, ...]
    getrokken: tuple[Getrokken, ...]


def trek(steekproef: Steekproef, verschillen: Sequence[Verschil]) -> Trekking:
    """Draw a sample of differences."""
    per_stratum: list[list[int]] = [
        [plaats for plaats, verschil in enumerate(verschillen) if verschil.relevant is relevant]
        for relevant, _ in STRATA
    ]
    aantallen = verdeel(steekproef.omvang, [len(plaatsen) for plaatsen in per_stratum])
    strata, uit = [], []
    for (_, naam), plaatsen, aantal in zip(STRATA, per_stratum, aantallen, strict=True):
        strata.append(Stratum(naam, len(plaatsen), aantal))
        volgorde = sorted(plaatsen, key=lambda plaats: (lot(steekproef.zaad, verschillen[plaats]), plaats))
        uit += [Getrokken(plaats, naam, rang) for rang, plaats in enumerate(volgorde[:aantal], 1)]
    return Trekking(steekproef, tuple(strata), tuple(uit))


def lot(zaad: str, verschil: Verschil) -> str:
    """Return what gives a difference its place in a stratum."""
    delen = (
        zaad,
        verschil.recordsoort,
        verschil.soort.value,
        verschil.burgerservicenummer or "",
        verschil.onderwijsnummer or "",
        " ".join(verschil.sleutel),
    )
    return hashlib.sha256("|".join(delen).encode()).hexdigest()


def verdeel(omvang: int, aantallen: Sequence[int]) -> list[int]:
    """Divide a sample over strata in proportion, by largest remainders; each that is not empty gets one if it can."""
    totaal = sum(aantallen)
    omvang = min(omvang, totaal)
    niet_leeg = [n for n, aantal in enumerate(aantallen) if aantal]
    uit = [0] * len(aantallen)
    if omvang <= len(niet_leeg):
        for n in niet_leeg[:omvang]:
            uit[n] = 1
        return uit
    for n in niet_leeg:
        uit[n] = max(1, omvang * aantallen[n] // totaal)
    resten = sorted(niet_leeg, key=lambda n: (-(omvang * aantallen[n] % totaal), n))
    while sum(uit) < omvang:
        for n in resten:
            if sum(uit) < omvang and uit[n] < aantallen[n]:
                uit[n] += 1
    while sum(uit) > omvang:
        uit[max(niet_leeg, key=lambda n: (uit[n], -n))] -= 1
    return uit
