"""What is done with a server, whoever's it is: ours and the peer get exactly the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from time import perf_counter

from benchmarks.register.meldingen import Zending, zendingen
from benchmarks.register.meting import Uitkomst, percentiel
from benchmarks.register.zenden import Doel, Uitslag, een_voor_een, in_bulk
from kernregister.fictief.sector import Sector

Server = Callable[[Sector, list[str]], AbstractContextManager[Doel]]
"""Starts a server that knows a sector and lets these institutions in."""

Rijen = Callable[[], dict[str, int]]
"""What the server that runs holds."""

OPWARMEN = 50
"""Persons with whom a server warms up before single meldingen are measured."""


def melding(server: Server, rijen: Rijen, aantal: int) -> Uitkomst:
    """Measure meldingen one by one: the median, in seconds."""
    sector = Sector(aantal + OPWARMEN)
    werk = list(zendingen(sector))
    with server(sector, _instellingen(werk)) as doel:
        _identificeer(doel, werk)
        een_voor_een(doel, werk[:OPWARMEN])
        tijden, signalen = een_voor_een(doel, werk[OPWARMEN:])
        cijfers = {
            "p50 ms": percentiel(tijden, 0.5) * 1e3,
            "p95 ms": percentiel(tijden, 0.95) * 1e3,
            "p99 ms": percentiel(tijden, 0.99) * 1e3,
            "meldingen": len(tijden),
            "signalen gezien": signalen,
        }
        return Uitkomst(percentiel(tijden, 0.5), cijfers, rijen())


def identificatie(server: Server, rijen: Rijen, aantal: int) -> Uitkomst:
    """Measure identifying persons in bulk."""
    sector = Sector(aantal)
    werk = list(zendingen(sector))
    with server(sector, _instellingen(werk)) as doel:
        begin = perf_counter()
        uitslag = _identificeer(doel, werk)
        return _per_seconde(perf_counter() - begin, uitslag.aanvaard, rijen())


def bulk(server: Server, rijen: Rijen, aantal: int) -> Uitkomst:
    """Measure a mix of meldingen in bulk, of persons whom the register knows already."""
    sector = Sector(aantal)
    werk = list(zendingen(sector))
    with server(sector, _instellingen(werk)) as doel:
        _identificeer(doel, werk)
        begin = perf_counter()
        uitslag = _alles_aanvaard(in_bulk(doel, ((een.instelling, een.meldingen) for een in werk)))
        return _per_seconde(perf_counter() - begin, uitslag.aanvaard, rijen())


def _identificeer(doel: Doel, werk: list[Zending]) -> Uitslag:
    return _alles_aanvaard(in_bulk(doel, ((een.instelling, [een.identificatie]) for een in werk)))


def _alles_aanvaard(uitslag: Uitslag) -> Uitslag:
    if uitslag.geweigerd:
        raise RuntimeError(f"{len(uitslag.geweigerd)} meldingen geweigerd, zoals {uitslag.geweigerd[0]}")
    return uitslag


def _instellingen(werk: list[Zending]) -> list[str]:
    return sorted({een.instelling for een in werk})


def _per_seconde(seconden: float, aantal: int, rijen: dict[str, int]) -> Uitkomst:
    return Uitkomst(seconden, {"meldingen": aantal, "per s": aantal / seconden}, rijen)


WERK = {"melding": melding, "identificatie": identificatie, "bulk": bulk}
