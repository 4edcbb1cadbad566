"""Loading the RO of an institution over HTTP, as a client does."""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection

from benchmarks.register.zenden import Mislukt

_POLS = 0.05
"""Seconds between two questions whether an RO has been loaded."""


def laad_ro(adres: str, sleutel: str, bestand: bytes) -> dict:
    """Load an RO over HTTP and return how it ended.

    Raises:
        Mislukt: not all of it was accepted.
    """
    verbinding = HTTPConnection(adres.removeprefix("http://"), timeout=600)
    koppen = {"Authorization": f"Bearer {sleutel}"}
    verbinding.request("POST", "/api/v1/leveringen/ro", bestand, {**koppen, "Content-Type": "text/csv"})
    antwoord = verbinding.getresponse()
    stand = json.loads(antwoord.read())
    if antwoord.status != 202:
        raise Mislukt(f"{antwoord.status} {stand}")
    while stand["toestand"] in {"wacht", "bezig"}:
        time.sleep(_POLS)
        verbinding.request("GET", f"/api/v1/leveringen/{stand['id']}", headers=koppen)
        stand = json.loads(verbinding.getresponse().read())
    if stand["toestand"] != "klaar" or stand["geweigerd"]:
        raise Mislukt(f"{stand['toestand']} {stand['uitleg']} {stand['geweigerd']}")
    return stand
