"""People in a portal: each logs in with a session of their own and clicks from page to page, all at the same time.

Time is taken here, at the client: from sending a request until its last byte is in. The client shares the cores of the
server and does as little as can be; pictures, styles and scripts are not fetched, as a browser has them already.
"""

from __future__ import annotations

import html
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from threading import Barrier, Thread

from benchmarks.register.meting import percentiel
from benchmarks.register.zenden import Mislukt

BEZOEKERS = 20
DENKTIJD = 1.0
"""Seconds between two clicks of one visitor."""

Tijden = dict[str, list[float]]
"""Kind of page -> seconds of each time that it was asked for."""

Ronde = Callable[["Bezoeker"], Iterator[tuple[str, str]]]
"""One walk through the pages: the kind of page and its address, each chosen from the page before it."""


class Bezoeker:
    """Somebody with a browser."""

    def __init__(self, adres: str, zaad: int) -> None:
        self._verbinding = HTTPConnection(adres.removeprefix("http://"), timeout=120)
        self._koekjes: dict[str, str] = {}
        self.toeval = random.Random(zaad)
        self.tekst = ""
        """The page that is open."""

    def meld_aan(self, persona: str) -> None:
        """Log in as one of the people of the demo."""
        self.open("/demo/")
        bewijs = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.tekst)
        if bewijs is None:
            raise Mislukt("er is geen aanmeldpagina")
        self._vraag("POST", "/demo/", f"persona={persona}&csrfmiddlewaretoken={bewijs[1]}", 302)

    def open(self, pad: str) -> None:
        """Open a page."""
        self.tekst = self._vraag("GET", pad, None, 200)

    def kies(self, patroon: str) -> str | None:
        """Return one of the addresses on the page that is open; None: there is none like that."""
        gevonden = re.findall(rf'href="({patroon})"', self.tekst)
        return html.unescape(self.toeval.choice(gevonden)) if gevonden else None

    def sluit(self) -> None:
        self._verbinding.close()

    def _vraag(self, methode: str, pad: str, inhoud: str | None, status: int) -> str:
        koppen = {"Cookie": "; ".join(f"{naam}={waarde}" for naam, waarde in self._koekjes.items())}
        if inhoud is not None:
            koppen["Content-Type"] = "application/x-www-form-urlencoded"
        self._verbinding.request(methode, pad, inhoud, koppen)
        antwoord = self._verbinding.getresponse()
        tekst = antwoord.read().decode()
        for koekje in antwoord.headers.get_all("Set-Cookie") or ():
            naam, _, waarde = koekje.partition(";")[0].partition("=")
            self._koekjes[naam] = waarde
        if antwoord.status != status:
            raise Mislukt(f"{methode} {pad.partition('?')[0]}: {antwoord.status}, verwacht {status}")
        return tekst


def samen(bezoekers: list[Bezoeker], ronde: Ronde, rondes: int, denktijd: float) -> Tijden:
    """Have all visitors walk through the pages at the same time, some rounds, and return how long each page took.

    Raises:
        Mislukt: a page answered otherwise than it should.
    """
    tijden: Tijden = defaultdict(list)
    fouten: list[BaseException] = []
    start = Barrier(len(bezoekers))

    def loop(bezoeker: Bezoeker) -> None:
        try:
            start.wait()
            time.sleep(denktijd * bezoeker.toeval.random())  # nobody clicks on the same tick
            for _ in range(rondes):
                for soort, pad in ronde(bezoeker):
                    begin = time.perf_counter()
                    bezoeker.open(pad)
                    tijden[soort].append(time.perf_counter() - begin)
                    if denktijd:
                        time.sleep(denktijd)
        except BaseException as fout:  # noqa: BLE001 - told to who waits for the thread
            fouten.append(fout)

    draden = [Thread(target=loop, args=[bezoeker]) for bezoeker in bezoekers]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    if fouten:
        raise Mislukt(str(fouten[0])) from fouten[0]
    return tijden


def als_cijfers(tijden: Tijden, denktijd: float) -> dict[str, float]:
    """Return the median and the p95 of each kind of page, in milliseconds."""
    slot = "" if denktijd else " zonder denktijd"
    return {
        f"{soort} {naam} ms{slot}": percentiel(van, deel) * 1e3
        for soort, van in tijden.items()
        for naam, deel in (("p50", 0.5), ("p95", 0.95))
    }
