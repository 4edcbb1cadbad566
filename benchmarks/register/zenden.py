"""The client: one melding at a time with the clock beside it, or many at once over several connections.

It is the same for the register and for its peers, and does as little as can be: it shares their two cores.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import local
from time import perf_counter
from typing import NamedTuple

from benchmarks.register.meldingen import Zending

TEGELIJK = 4
"""Requests of a delivery in bulk that run at the same time: two for each core."""

PER_VERZOEK = 2000
"""Meldingen in one request."""


class Mislukt(Exception):
    """A server answered otherwise than it should."""


class Doel(NamedTuple):
    """Where meldingen go: a server, the address for one and the one for many, and the token of each institution."""

    adres: str
    een: str
    bulk: str
    sleutels: Mapping[str, str]
    nazien: Callable[[HTTPConnection, str, bytes], int] | None = None
    """Looks whether what an answer promises is there, with the token of who sent it; returns how much was seen."""


class Uitslag(NamedTuple):
    """How many meldingen were accepted, and the reasons of the others."""

    aanvaard: int
    geweigerd: tuple[str, ...]


def een_voor_een(doel: Doel, zendingen: Iterable[Zending]) -> tuple[list[float], int]:
    """Send meldingen one after the other over one connection.

    Returns how long each answer took, in seconds, and how much was seen afterwards of what the answers promise.
    """
    tijden, gezien = [], 0
    verbinding = _verbind(doel)
    for zending in zendingen:
        sleutel = doel.sleutels[zending.instelling]
        koppen = {"Authorization": f"Bearer {sleutel}", "Content-Type": "application/json"}
        for melding in zending.meldingen:
            begin = perf_counter()
            verbinding.request("POST", doel.een, melding, koppen)
            antwoord = verbinding.getresponse()
            inhoud = antwoord.read()
            tijden.append(perf_counter() - begin)
            if antwoord.status not in {200, 201}:
                raise Mislukt(f"{antwoord.status} {inhoud[:1000].decode()}")
            if doel.nazien:
                gezien += doel.nazien(verbinding, sleutel, inhoud)
    verbinding.close()
    return tijden, gezien


def in_bulk(doel: Doel, regels: Iterable[tuple[str, Sequence[bytes]]]) -> Uitslag:
    """Send what institutions have to send, and return how it was received."""
    eigen = local()

    def zend(vracht: tuple[str, bytes]) -> Uitslag:
        if not hasattr(eigen, "verbinding"):
            eigen.verbinding = _verbind(doel)
        instelling, inhoud = vracht
        koppen = {
            "Authorization": f"Bearer {doel.sleutels[instelling]}",
            "Content-Type": "application/x-ndjson",
        }
        eigen.verbinding.request("POST", doel.bulk, inhoud, koppen)
        antwoord = eigen.verbinding.getresponse()
        tekst = antwoord.read()
        if antwoord.status != 200:
            raise Mislukt(f"{antwoord.status} {tekst[:1000].decode()}")
        return _uitslag(tekst)

    with ThreadPoolExecutor(TEGELIJK) as pool:
        delen = list(pool.map(zend, _vrachten(regels)))
    return Uitslag(
        sum(deel.aanvaard for deel in delen), tuple(reden for deel in delen for reden in deel.geweigerd)
    )


def _vrachten(regels: Iterable[tuple[str, Sequence[bytes]]]) -> Iterator[tuple[str, bytes]]:
    """Bring lines together in requests, each of one institution; those of one person stay in one request."""
    wachtend: dict[str, list[bytes]] = defaultdict(list)
    for instelling, eigen in regels:
        wachtend[instelling].extend(eigen)
        if len(wachtend[instelling]) >= PER_VERZOEK:
            yield instelling, b"\n".join(wachtend.pop(instelling))
    for instelling, rest in wachtend.items():
        yield instelling, b"\n".join(rest)


def _uitslag(tekst: bytes) -> Uitslag:
    """Count without reading what was accepted; read only what was not."""
    *antwoorden, slot = tekst.splitlines()
    goed = sum(b'"aanvaard":true' in regel for regel in antwoorden)
    if b'"wat":"slot"' not in slot or goed == len(antwoorden):
        return Uitslag(goed, ())
    redenen = (json.loads(regel) for regel in antwoorden if b'"aanvaard":true' not in regel)
    return Uitslag(goed, tuple(json.dumps(reden)[:500] for reden in redenen))


def _verbind(doel: Doel) -> HTTPConnection:
    return HTTPConnection(doel.adres.removeprefix("http://"), timeout=600)
