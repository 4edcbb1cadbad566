"""Sharing the work out: the same stretch of persons in every file, so that each process sees whole persons."""

from __future__ import annotations

from itertools import pairwise
from typing import BinaryIO

from kernregister.controle.samenvoegen import Volgorde
from kernregister.kern.formaten.verkennen import Verkenning, aanhef_van, verdeel

Bereik = tuple[int, int]

_STAP = 1 << 16


def gelijke_delen(verkenningen: list[Verkenning], delen: int) -> list[list[Bereik]]:
    """Return for each part the range of every file, such that a person lies in the same part everywhere.

    One part, the whole, when a file is not in order.
    """
    if not all(v.geordend for v in verkenningen):
        return [[(v.begin, v.eind) for v in verkenningen]]
    grootste = max(verkenningen, key=lambda v: v.eind - v.begin)
    grenzen = [_persoon_op(grootste, begin) for begin, _ in verdeel(grootste, delen)[1:]]
    plaatsen = [[v.begin, *(_plaats_van(v, grens) for grens in grenzen), v.eind] for v in verkenningen]
    return [list(deel) for deel in zip(*(pairwise(rij) for rij in plaatsen), strict=True)]


def _persoon_op(verkenning: Verkenning, plaats: int) -> Volgorde:
    with verkenning.pad.open("rb") as bestand:
        bestand.seek(plaats)
        return _volgorde(bestand.readline(_STAP), verkenning.scheiding.encode())


def _volgorde(regel: bytes, scheiding: bytes) -> Volgorde:
    bsn, onderwijsnummer = (*regel.decode(errors="replace").rstrip().split(scheiding.decode())[1:3], "", "")[
        :2
    ]
    return (False, bsn.rjust(9, "0")) if bsn else (True, onderwijsnummer.rjust(9, "0"))


def _plaats_van(verkenning: Verkenning, grens: Volgorde) -> int:
    """Return where the first person not before ``grens`` begins, by halving; a file in order is needed."""
    aanhef, scheiding = (
        aanhef_van(verkenning.indeling.persoon, verkenning.scheiding),
        verkenning.scheiding.encode(),
    )
    onder, boven = verkenning.begin, verkenning.eind
    with verkenning.pad.open("rb") as bestand:
        while onder < boven:
            plaats = _volgende_persoon(bestand, aanhef, (onder + boven) // 2, boven)
            if plaats is None:
                boven = (onder + boven) // 2
                continue
            bestand.seek(plaats)
            regel = bestand.readline(_STAP)
            if _volgorde(regel, scheiding) < grens:
                onder = plaats + len(regel)
            else:
                boven = (onder + boven) // 2
        return _volgende_persoon(bestand, aanhef, onder, verkenning.eind) or verkenning.eind


def _volgende_persoon(bestand: BinaryIO, aanhef: bytes, vanaf: int, tot: int) -> int | None:
    """Return where the first PER record at or after a place begins, before ``tot``."""
    bestand.seek(max(0, vanaf - 1))
    rest = b"" if vanaf else b"\n"
    plaats = max(0, vanaf - 1) - len(rest)
    while plaats + len(rest) < tot and (nieuw := bestand.read(_STAP)):
        tekst = rest + nieuw
        gevonden = tekst.find(b"\n" + aanhef)
        if gevonden >= 0:
            return plaats + gevonden + 1 if plaats + gevonden + 1 < tot else None
        houd = len(aanhef)
        plaats += len(tekst) - houd
        rest = tekst[-houd:]
    return None
