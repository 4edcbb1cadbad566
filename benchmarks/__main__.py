"""The command: ./bench [NAAM...] [--sector] [--json BESTAND] [--controleer] [--keren N]."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import Any

from benchmarks import gegevens, kader
from benchmarks.meten import WORTEL, Meting, meet
from benchmarks.taken import INSTELLING, TAKEN, Peer, Taak

KLEIN, SECTOR = 10_000, 515_000

Waarop = kader.Kader | int
"""What is measured on: files, or a register to which so much is sent."""


def main() -> int:
    opties = _opties()
    if opties.controleer:
        import pytest

        return int(pytest.main([str(WORTEL / "benchmarks"), "-q", "-W", "ignore"]))
    taken = [t for t in TAKEN if not opties.naam or t.naam in opties.naam]
    waar = _bestanden(opties.sector) if any(taak.maten is None for taak in taken) else None
    print(f"mediaan van {opties.keren}, om en om gemeten")
    regels: list[dict[str, Any]] = []
    for taak in taken:
        waarop = waar if taak.maten is None else taak.maten[opties.sector]
        assert waarop is not None
        regels += _toon(taak, _meet(taak, waarop, opties.keren), waarop)
        if opties.json:
            opties.json.write_text(json.dumps(regels, indent=2) + "\n")
    return 0


def _bestanden(sector: bool) -> kader.Kader:
    """Return the files to measure, made when they are not there."""
    aantal = SECTOR if sector else KLEIN
    map_ = gegevens.voor(aantal, lambda gedaan: _voortgang(f"gegevens maken: {gedaan} van {aantal} dossiers"))
    _voortgang("")
    waar = kader.lees(map_)
    print(f"bestanden: {waar.dossiers} dossiers, {waar.records} records")
    return waar


def _opties() -> argparse.Namespace:
    lezer = argparse.ArgumentParser(prog="./bench", description="Meet Kernregister naast ander gereedschap.")
    lezer.add_argument("naam", nargs="*", help="; ".join(f"{t.naam}: {t.omschrijving}" for t in TAKEN))
    lezer.add_argument(
        "--sector",
        action="store_true",
        help=f"op ware grootte: {SECTOR} dossiers in plaats van {KLEIN}, en een register van een sector",
    )
    lezer.add_argument("--json", type=Path, metavar="BESTAND", help="schrijf de uitkomsten ook als JSON")
    lezer.add_argument("--keren", type=int, default=5, help="hoe vaak elke meting wordt gedaan (standaard 5)")
    lezer.add_argument(
        "--controleer", action="store_true", help="meet niet, maar toets dat alle uitkomsten gelijk zijn"
    )
    opties = lezer.parse_args()
    if onbekend := set(opties.naam) - {t.naam for t in TAKEN}:
        lezer.error(f"onbekend: {', '.join(sorted(onbekend))}; er is {', '.join(t.naam for t in TAKEN)}")
    return opties


def _meet(taak: Taak, waar: Waarop, keren: int) -> dict[str, list[Meting]]:
    """Measure ours and every peer in turn, round after round, so that all meet the same weather."""
    metingen: dict[str, list[Meting]] = {}
    for ronde in range(1, keren + 1):
        for peer in (Peer("wij", taak.module, (), taak.argumenten), *taak.peers):
            _voortgang(f"{taak.naam}: {peer.naam}, ronde {ronde} van {keren}")
            metingen.setdefault(peer.naam, []).append(doe(peer, waar))
    _voortgang("")
    return metingen


def doe(peer: Peer, waar: Waarop) -> Meting:
    """Run one script on the data."""
    if isinstance(waar, int):
        return meet(f"benchmarks.{peer.module}", str(waar), *peer.argumenten)
    argumenten = [waar.instelling if a == INSTELLING else a for a in peer.argumenten]
    return meet(f"benchmarks.{peer.module}", str(waar.map), *argumenten)


def verschillen(peer: Peer, wij: dict[str, int], zij: dict[str, int]) -> list[str]:
    """Return what a peer counts otherwise than we do."""
    return [
        f"{k}: wij {wij.get(k, 0)}, {peer.naam} {zij.get(k, 0)}"
        for k in peer.kan
        if wij.get(k, 0) != zij.get(k, 0)
    ]


def _toon(taak: Taak, metingen: dict[str, list[Meting]], waar: Waarop) -> list[dict[str, Any]]:
    """Print a measurement as a table, and return its lines for the JSON."""
    wij = metingen["wij"]
    wij_s, wij_mb = _mediaan(wij)
    print(f"\n{taak.naam}: {taak.omschrijving}")
    _regel("wij", wij, "")
    _toon_cijfers(wij)
    dossiers = waar if isinstance(waar, int) else waar.dossiers
    vast = {
        "naam": taak.naam,
        "wij_s": wij_s,
        "geheugen_mb": wij_mb,
        "dossiers": dossiers,
        "cijfers": _cijfers(wij),
    }
    uit: list[dict[str, Any]] = [] if taak.peers else [vast]
    for peer in taak.peers:
        peer_s, peer_mb = _mediaan(metingen[peer.naam])
        anders = verschillen(peer, wij[-1].uitkomst, metingen[peer.naam][-1].uitkomst)
        oordeel = "; ANDERE UITKOMST: " + ", ".join(anders) if anders else ""
        verhouding = peer_s / wij_s
        _regel(peer.naam, metingen[peer.naam], f"{verhouding:10.2f} x{oordeel}")
        _toon_cijfers(metingen[peer.naam])
        uit.append(
            {
                **vast,
                "peer": peer.naam,
                "peer_s": peer_s,
                "verhouding": verhouding,
                "peer_geheugen_mb": peer_mb,
                "peer_cijfers": _cijfers(metingen[peer.naam]),
            }
        )
    return uit


def _regel(naam: str, metingen: list[Meting], slot: str) -> None:
    seconden, geheugen = _mediaan(metingen)
    rekentijd = statistics.median(m.rekentijd for m in metingen)
    reken = f"{rekentijd:8.2f} s rekentijd" if rekentijd else " " * 20
    print(f"  {naam:24}{_tijd(seconden):>12}{reken}{geheugen:>9.0f} MB{slot}", flush=True)


def _cijfers(metingen: list[Meting]) -> dict[str, float]:
    """Return the median of what else was measured."""
    return {naam: statistics.median(m.cijfers[naam] for m in metingen) for naam in metingen[0].cijfers}


def _toon_cijfers(metingen: list[Meting]) -> None:
    if cijfers := _cijfers(metingen):
        print("      " + "; ".join(f"{naam} {waarde:,.1f}" for naam, waarde in cijfers.items()), flush=True)


def _mediaan(metingen: list[Meting]) -> tuple[float, float]:
    return statistics.median(m.seconden for m in metingen), statistics.median(m.geheugen_mb for m in metingen)


def _tijd(seconden: float) -> str:
    return f"{seconden * 1e6:.0f} µs" if seconden < 1e-3 else f"{seconden:.3f} s"


def _voortgang(tekst: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{tekst}", end="", file=sys.stderr, flush=True)
    elif tekst:
        print(tekst, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
