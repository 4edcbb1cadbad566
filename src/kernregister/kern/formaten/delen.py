"""Sharing persons out: the same stretch of persons in every file, so that each process sees whole persons.

Only files in order can be cut (see ``verkennen.in_orde``): as texts, the numbers in front of the persons ascend.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import BinaryIO, Final

from kernregister.kern.formaten.verkennen import GROOTSTE_PERSOON, Bereik, Verkenning, aanhef_van

_HAP: Final = 1 << 12
_MEESTE_NUMMERS: Final = 64
"""Bytes that hold the numbers of any person."""

_NIEMAND: Final = b"\xff"
"""Comes after all persons."""


def gelijke_delen(verkenningen: Sequence[Verkenning], delen: int) -> list[tuple[Bereik, ...]]:
    """Return for each of at most so many parts the range of every file: a person lies in the same part everywhere.

    One part, the whole, when a file is not in order.
    """
    grenzen: list[bytes] = []
    if all(v.geordend for v in verkenningen):
        grootste = max(verkenningen, key=lambda v: v.eind - v.begin)
        omvang = grootste.eind - grootste.begin
        with grootste.pad.open("rb") as bestand:
            personen = [
                _persoon_na(bestand, grootste, grootste.begin + omvang * deel // delen)[1]
                for deel in range(1, delen)
            ]
        grenzen = [grens for grens in dict.fromkeys(personen) if grens != _NIEMAND]
    plaatsen = [[v.begin, *(_plaats_van(v, grens) for grens in grenzen), v.eind] for v in verkenningen]
    return list(zip(*(pairwise(rij) for rij in plaatsen), strict=True))


def _plaats_van(verkenning: Verkenning, persoon: bytes) -> int:
    """Return where the first person from this one on begins, by halving."""
    with verkenning.pad.open("rb") as bestand:
        plaatsen = range(verkenning.begin, verkenning.eind)
        rang = bisect_left(plaatsen, persoon, key=lambda plaats: _persoon_na(bestand, verkenning, plaats)[1])
        return _persoon_na(bestand, verkenning, verkenning.begin + rang)[0]


def _persoon_na(bestand: BinaryIO, verkenning: Verkenning, plaats: int) -> tuple[int, bytes]:
    """Return where the first person at or after a place begins, and the numbers; the end when there is none."""
    knip = b"\n" + aanhef_van(verkenning.indeling.persoon, verkenning.scheiding)
    bestand.seek(plaats - 1)
    tekst, over = b"", verkenning.eind - plaats + 1
    while over > 0 and len(tekst) <= GROOTSTE_PERSOON:
        nieuw = bestand.read(min(_HAP, over))
        over -= len(nieuw)
        tekst += nieuw
        gevonden = tekst.find(knip)
        if gevonden >= 0 and (over <= 0 or gevonden + len(knip) + _MEESTE_NUMMERS <= len(tekst)):
            return plaats + gevonden, _nummers(tekst[gevonden + len(knip) :], verkenning)
    return verkenning.eind, _NIEMAND


def _nummers(persoon: bytes, verkenning: Verkenning) -> bytes:
    """Return the two numbers of a person as a text that can be compared over layouts; where one is enough, that one."""
    aantal = len(verkenning.indeling.nummervelden)
    nummers = persoon[:_MEESTE_NUMMERS].split(verkenning.scheiding.encode(), aantal)[:aantal]
    return b"|".join([*nummers, b"", b""][:2]) + b"|"
