"""The peer under measurement: the same visitors, who open the bare page time and again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks.gegevens import MAP
from benchmarks.register import draaiend, portaal
from benchmarks.register.bezoekers import Bezoeker
from benchmarks.register.meting import Uitkomst, meet
from kernregister.platform.processen import opdrachten

WERKERS = 2
BLADZIJDEN = 4
"""How many pages a walk has: about as many as that through the portal."""


def ronde(bezoeker: Bezoeker) -> Iterator[tuple[str, str]]:
    """Walk: the bare page, some times."""
    for _ in range(BLADZIJDEN):
        yield "kale bladzijde", "/kaal/"


def controle(bezoeker: Bezoeker) -> dict[str, int]:
    """Return how many signals it says are open."""
    bezoeker.open("/kaal/aantal/")
    return {"open signalen": int(bezoeker.tekst)}


def werk(studenten: int) -> Uitkomst:
    """Measure the bare page; the seconds are its p95, with time to think."""
    with portaal.register(studenten):
        poort = draaiend.vrije_poort()
        *web, _ = opdrachten(poort, WERKERS)["web"]
        opdracht = [*web, "benchmarks.peers.kale_bladzijde.wsgi:application"]
        uitvoer = Path(MAP) / f"kale-bladzijde-{os.getpid()}.log"
        adres = f"http://127.0.0.1:{poort}"
        try:
            with draaiend.draaiend(opdracht, os.environ, uitvoer, f"{adres}/gezond"):
                return portaal.meet(adres, ronde, controle, ("kale bladzijde",), studenten)
        finally:
            uitvoer.unlink(missing_ok=True)


if __name__ == "__main__":
    meet(werk)
