"""Pages of the lists of the largest institution, one after the other, in a register as large as the sector."""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

from benchmarks.register import draaiend, groot, klaarzetten
from benchmarks.register.meting import Uitkomst, meet, percentiel
from benchmarks.register.zenden import Mislukt

LIJSTEN = ("inschrijvingen", "meldingen", "signalen", "wijzigingen")
BLADZIJDEN = 100
"""Pages of each list; after the last page comes the first."""


def lijst(studenten: int) -> Uitkomst:
    """Measure all lists; the seconds are the p95 of the slowest."""
    with draaiend.register(groot.voor(studenten)) as adres:
        instelling, aantal = _grootste()
        sleutel = klaarzetten.sleutels(adres, [instelling])[instelling]
        tijden = {naam: _blader(adres, naam, sleutel) for naam in LIJSTEN}
        p95 = {naam: percentiel(van, 0.95) for naam, van in tijden.items()}
        cijfers = {f"{naam} p95 ms": waarde * 1e3 for naam, waarde in p95.items()}
        return Uitkomst(max(p95.values()), {**cijfers, "studenten van de instelling": aantal}, {})


def _grootste() -> tuple[str, int]:
    from django.db import connections

    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "SELECT instelling, count(*) FROM register_betrokkenheid GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1"
        )
        instelling, aantal = cursor.fetchone()
    connections.close_all()
    return instelling, aantal


def _blader(adres: str, naam: str, sleutel: str) -> list[float]:
    verbinding = HTTPConnection(adres.removeprefix("http://"), timeout=600)
    tijden: list[float] = []
    vervolg: dict[str, object] = {}
    for _ in range(BLADZIJDEN):
        vraag = urlencode(vervolg)
        begin = time.perf_counter()
        verbinding.request("GET", f"/api/v1/{naam}?{vraag}", headers={"Authorization": f"Bearer {sleutel}"})
        antwoord = verbinding.getresponse()
        inhoud = antwoord.read()
        tijden.append(time.perf_counter() - begin)
        bladzijde = json.loads(inhoud)
        if antwoord.status != 200 or (not tijden[1:] and not bladzijde[naam]):
            raise Mislukt(f"{naam}: {antwoord.status} {inhoud[:500].decode()}")
        vervolg = _vervolg(bladzijde)
    verbinding.close()
    return tijden


def _vervolg(bladzijde: dict[str, object]) -> dict[str, object]:
    """Return what asks for the next page; of the last page, for the first."""
    if "tot" in bladzijde:
        return {"na": bladzijde["tot"]}
    return {"cursor": bladzijde["volgende"]} if bladzijde["volgende"] else {}


if __name__ == "__main__":
    meet(lijst)
