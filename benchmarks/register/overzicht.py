"""An overview as a client gets it: asked for, followed until it is there, fetched; and what is in the file."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from http.client import HTTPConnection

from benchmarks.register.zenden import Mislukt

POLS = 0.1
"""Seconds between two questions whether it is ready."""

SOORTEN = ("PER", "ISG", "ISP", "ISE", "BPV", "DIP", "AMO", "GEO", "KZD")
GELIJK = (*SOORTEN, *(f"{soort} inhoud" for soort in SOORTEN))
"""What ours and a peer agree on: of each recordsoort how many there are, and a sum of the hashes of their lines."""


def haal(adres: str, sleutel: str, vraag: dict[str, str], plaats: int) -> tuple[float, bytes, str]:
    """Return how long an overview took from the request until its file was in, that file, and the id of the request.

    ``plaats`` is which of its files; -1 is the last one.
    """
    verbinding = HTTPConnection(adres.removeprefix("http://"), timeout=600)
    koppen = {"Authorization": f"Bearer {sleutel}"}
    begin = time.perf_counter()
    aanvraag = _vraag(verbinding, "POST", "/api/v1/overzichten", koppen, vraag)
    while aanvraag["toestand"] in {"wacht", "bezig"}:
        time.sleep(POLS)
        aanvraag = _vraag(verbinding, "GET", f"/api/v1/overzichten/{aanvraag['id']}", koppen)
    if aanvraag["toestand"] != "klaar":
        raise Mislukt(f"{vraag}: {aanvraag['toestand']} {aanvraag['uitleg']}")
    nummer = aanvraag["bestanden"][plaats]["nummer"]
    verbinding.request("GET", f"/api/v1/overzichten/{aanvraag['id']}/bestanden/{nummer}", headers=koppen)
    inhoud = verbinding.getresponse().read()
    seconden = time.perf_counter() - begin
    if hashlib.sha256(inhoud).hexdigest() != aanvraag["bestanden"][plaats]["sha256"]:
        raise Mislukt(f"{vraag}: het bestand is niet wat het zou zijn")
    verbinding.close()
    return seconden, inhoud, aanvraag["id"]


def _vraag(
    verbinding: HTTPConnection, methode: str, pad: str, koppen: dict[str, str], lichaam: dict | None = None
) -> dict:
    inhoud = json.dumps(lichaam).encode() if lichaam else None
    verbinding.request(methode, pad, inhoud, {**koppen, "Content-Type": "application/json"})
    antwoord = verbinding.getresponse()
    tekst = antwoord.read()
    if antwoord.status not in {200, 202}:
        raise Mislukt(f"{methode} {pad}: {antwoord.status} {tekst[:1000].decode()}")
    return json.loads(tekst)


def tel(bestand: bytes) -> dict[str, int]:
    """Return what is in an RO, as counts and sums that do not depend on the order."""
    uit: Counter[str] = Counter(dict.fromkeys(GELIJK, 0))
    for regel in bestand.splitlines():
        soort = regel[:3].decode()
        if soort in SOORTEN:
            uit[soort] += 1
            uit[f"{soort} inhoud"] += int.from_bytes(hashlib.blake2b(regel, digest_size=4).digest())
    return dict(uit)
