"""The totals of a closing record: declared per layout, made while the records go by."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, Final

from msgspec import Struct


class Totaal(Struct, frozen=True):
    """How one field of the closing record is made.

    Without more it is the number of records of the named sorts. ``som`` adds up a field of them instead (a text
    that is no number adds nothing), ``met`` counts only those with this value in this field, and ``plus`` adds up
    other totals.
    """

    veld: str
    soorten: tuple[str, ...] = ()
    som: str = ""
    met: tuple[str, str] | None = None
    plus: tuple[str, ...] = ()

    @property
    def is_aantal(self) -> bool:
        """Tell whether it is a plain number of records."""
        return bool(self.soorten) and not self.som and self.met is None


def aantallen(*paren: tuple[str, str]) -> tuple[Totaal, ...]:
    """Return the totals that are plain numbers of records: (field of the closing record, recordsoort)."""
    return tuple(Totaal(veld, (soort,)) for veld, soort in paren)


class Teller:
    """Counts the records of a file, and adds up what its totals ask for beyond that.

    ``tellingen`` holds the number of records by recordsoort and, by field of the closing record (in lower case), the
    sums that numbers of records do not tell. Those of parts of a file may be added together.
    """

    def __init__(self, totalen: tuple[Totaal, ...]) -> None:
        self.tellingen: Counter[str] = Counter()
        self._bijdragen = _bijdragen(totalen)

    def tel(self, groepen: list[list[Any]]) -> None:
        """Count the records of some persons."""
        records = list(chain.from_iterable(groepen))
        soorten: Counter[Any] = Counter(map(type, records))
        for soort, aantal in soorten.items():
            naam = soort.__struct_config__.tag
            self.tellingen[naam] += aantal
            for totaal in self._bijdragen.get(naam, ()):
                self.tellingen[totaal.veld] += _bijdrage(totaal, [r for r in records if type(r) is soort])


def totalen_van(totalen: tuple[Totaal, ...], tellingen: Counter[str]) -> dict[str, int]:
    """Return what a closing record says of what was counted, by field."""
    uit: dict[str, int] = {}
    for totaal in sorted(totalen, key=lambda t: bool(t.plus)):
        if totaal.plus:
            uit[totaal.veld] = sum(uit[veld] for veld in totaal.plus)
        elif totaal.is_aantal:
            uit[totaal.veld] = sum(tellingen[soort] for soort in totaal.soorten)
        else:
            uit[totaal.veld] = tellingen[totaal.veld]
    return uit


def uitleg_van(totaal: Totaal) -> str:
    """Return in words how a total is made."""
    if totaal.plus:
        return "som van " + ", ".join(map(woord_van, totaal.plus))
    soorten = ", ".join(totaal.soorten)
    if totaal.som:
        return f"som van {totaal.som} van alle {soorten}"
    return f"aantal {soorten}" + (f" met {totaal.met[0]} {totaal.met[1]}" if totaal.met else "")


_WOORDEN: Final = {"diplomas": "diploma's", "bpvs": "BPV's", "amvb_onderdelen": "AMvB-onderdelen"}
"""Totals that are written otherwise than their field."""


def woord_van(veld: str) -> str:
    """Return what a total counts, as it is written."""
    return _WOORDEN.get(veld, veld.replace("_", " "))


@cache
def _bijdragen(totalen: tuple[Totaal, ...]) -> dict[str, tuple[Totaal, ...]]:
    """Return per recordsoort the totals that need a look at its values."""
    uit: dict[str, tuple[Totaal, ...]] = {}
    for totaal in totalen:
        if not totaal.is_aantal:
            for soort in totaal.soorten:
                uit[soort] = (*uit.get(soort, ()), totaal)
    return uit


def _bijdrage(totaal: Totaal, records: list[Any]) -> int:
    if totaal.met is not None:
        veld, waarde = totaal.met
        records = [record for record in records if getattr(record, veld) == waarde]
    return sum(map(_getal, map(attrgetter(totaal.som), records))) if totaal.som else len(records)


def _getal(waarde: Any) -> int:
    tekst = str(waarde or "")
    return int(tekst) if tekst.isascii() and tekst.isdigit() else 0
