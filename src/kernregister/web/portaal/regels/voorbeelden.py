"""An example dossier as a tree that a page can show: each record with its fields and what hangs under it."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

_ENKELVOUD = {
    "bpvs": "BPV",
    "deelnames": "deelname",
    "diplomas": "diploma",
    "extra_ondersteuning": "extra ondersteuning",
    "inschrijvingen": "inschrijving",
    "losse_resultaten": "los resultaat",
    "nationaliteiten": "nationaliteit",
    "onderdelen": "onderdeel",
    "perioden": "periode",
    "verblijfstitels": "verblijfstitel",
    "vooropleidingen": "vooropleiding",
}
_DAG = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NUMMERS = {"burgerservicenummer", "onderwijsnummer"}


class Tak(Struct, frozen=True):
    """One record of an example."""

    naam: str
    velden: list[tuple[str, str]]
    takken: list[Tak]


def als_boom(naam: str, record: dict[str, Any]) -> Tak:
    """Return a record with all that hangs under it; the numbers of a person are left out: they explain nothing."""
    velden: list[tuple[str, str]] = []
    takken: list[Tak] = []
    for veld, waarde in record.items():
        if isinstance(waarde, dict):
            takken.append(als_boom(veld, waarde))
        elif isinstance(waarde, list) and waarde and isinstance(waarde[0], dict):
            takken += [als_boom(_ENKELVOUD.get(veld, veld), een) for een in waarde]
        elif veld not in _NUMMERS:
            velden.append((veld.replace("_", " "), in_woorden(waarde)))
    return Tak(naam.replace("_", " "), velden, takken)


def in_woorden(waarde: Any) -> str:
    """Return a value of an example as people write it: a day begins with the day."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return " ".join(map(in_woorden, waarde))
    return _DAG.sub(r"\3-\2-\1", str(waarde))
