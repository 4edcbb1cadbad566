"""A portal that runs, of one large institution, with the people of the demo in it; and how it is measured."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.register import draaiend, instelling
from benchmarks.register.bezoekers import BEZOEKERS, DENKTIJD, Bezoeker, Ronde, als_cijfers, samen
from benchmarks.register.meting import Uitkomst, percentiel

PERSONA = "amira"
RONDES = 6
"""Walks of each visitor with time to think; and as many without."""

OPGEWARMD = 2
"""Walks of each visitor before anything is measured."""

WARE_GROOTTE = 1000
"""Students; with fewer only the answers are looked at, by a few visitors who hardly think."""

SLOT = 600.0
"""Seconds in which the worker must have counted the institution."""

Controle = Callable[[Bezoeker], dict[str, int]]
"""Looks whether the pages say what the register holds; what it returns, ours and the peer must agree on."""


@contextmanager
def register(studenten: int) -> Iterator[str]:
    """Run a copy of the register of an institution, in which the persona works there; give its address."""
    bewaard = instelling.voor(studenten)
    with draaiend.tijdelijke_map() as map_:
        werk = map_ / "register"
        subprocess.run(["cp", "-a", bewaard.map, werk], check=True)  # PostgreSQL's files stay of who runs it
        with draaiend.register(werk) as adres:
            _laat_werken(bewaard.instelling)
            yield adres


def _laat_werken(code: str) -> None:
    """Give the persona the work of an institution's administration."""
    from django.db import connections

    from kernregister.web.toegang.gebruikers import ken_toe, maak_gebruiker
    from kernregister.web.toegang.personas import PERSONAS

    (persona,) = (een for een in PERSONAS if een.naam == PERSONA)
    gebruiker = maak_gebruiker(persona.adres, persona.voornaam, persona.achternaam)
    for rol in persona.rollen:
        ken_toe(gebruiker, rol, code, door="bench")
    connections.close_all()


def meet(adres: str, ronde: Ronde, controle: Controle, snelheid: tuple[str, ...], studenten: int) -> Uitkomst:
    """Have the visitors log in and walk, with time to think and without.

    Args:
        adres: of the server.
        ronde: one walk.
        controle: looks whether the answers are right.
        snelheid: the kinds of page whose slowest p95, with time to think, is the number to compare.
        studenten: of the institution.
    """
    vol = studenten >= WARE_GROOTTE
    rondes, denktijd = (RONDES, DENKTIJD) if vol else (1, 0.05)
    bezoekers = [Bezoeker(adres, nummer) for nummer in range(BEZOEKERS if vol else 4)]
    begin = time.perf_counter()
    for bezoeker in bezoekers:
        bezoeker.meld_aan(PERSONA)
    aanmelden = (time.perf_counter() - begin) / len(bezoekers)
    rijen = controle(bezoekers[0])
    samen(bezoekers, ronde, OPGEWARMD if vol else 1, 0)
    met = samen(bezoekers, ronde, rondes, denktijd)
    zonder = samen(bezoekers, ronde, rondes, 0)
    for bezoeker in bezoekers:
        bezoeker.sluit()
    cijfers = {
        **als_cijfers(met, denktijd),
        **als_cijfers(zonder, 0),
        "aanmelden ms": aanmelden * 1e3,
        "bladzijden": sum(map(len, (*met.values(), *zonder.values()))),
        "bezoekers": len(bezoekers),
        "studenten": studenten,
    }
    return Uitkomst(max(percentiel(met[soort], 0.95) for soort in snelheid if met[soort]), cijfers, rijen)
