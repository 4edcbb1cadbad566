"""From records to lines: a stretch at a time where the values allow it, else record by record.

The counterpart of the two readers (docs/adr/0011): msgspec writes the records of a stretch as JSON, and the signs of
JSON become those of a line. Where a value holds one of those signs itself, or a field is written otherwise than JSON
has it, each record is written by its own declaration. Both give the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final, Literal, get_origin

import msgspec

from kernregister.kern.formaten.indeling import Indeling, Record, regel_van, tag, velden

_codeer: Final = msgspec.json.Encoder().encode

_breekt: Final = re.compile('[\r\n"]').search


class Onschrijfbaar(ValueError):
    """A value cannot stand in a file of lines. Never holds the value itself."""


def regels_van(records: Sequence[Record], indeling: Indeling, regeleinde: bytes) -> bytes:
    """Return the lines of records in canonical form, a line end between them and none after the last.

    Raises:
        Onschrijfbaar: a value holds a separator or a line end.
    """
    snel = _als_blok(records, indeling, regeleinde) if _kan_als_blok(indeling) else None
    if snel is not None:
        return snel
    return regeleinde.join([regel(record, indeling.scheiding).encode() for record in records])


def regel(record: Record, scheiding: str = "|") -> str:
    """Return the line of a record in canonical form, without line end.

    Raises:
        Onschrijfbaar: a value holds a separator or a line end.
    """
    tekst = regel_van(record, scheiding)
    te_veel = tekst.count(scheiding) != len(velden(type(record))) and not record.meer
    if te_veel or _breekt(tekst):
        raise Onschrijfbaar(
            f"een waarde van een {tag(type(record))} heeft een scheidingsteken, regeleinde of aanhalingsteken"
        )
    return tekst


def _als_blok(records: Sequence[Record], indeling: Indeling, regeleinde: bytes) -> bytes | None:
    """Return the lines of records all at once, or None when a value holds a sign that means something in JSON."""
    scheiding = indeling.scheiding.encode()
    tekst = _codeer(records)[2:-2]
    # Of the commas all are between values when there are as many as there are values, less one.
    if b"\\" in tekst or scheiding in tekst or tekst.count(b",") != _aantal_waarden(records) - 1:
        return None
    tekst = tekst.replace(b",null", b",").replace(b'"', b"")
    return tekst.replace(b"],[", regeleinde).replace(b",", scheiding)


def _aantal_waarden(records: Sequence[Record]) -> int:
    return sum(map(_breedte, map(type, records)))


@cache
def _breedte(record: type[Record]) -> int:
    return len(record.__struct_fields__) + 1


@cache
def _kan_als_blok(indeling: Indeling) -> bool:
    """Tell whether JSON has all values of a layout in the form in which a line has them."""
    return indeling.snel and all(
        veld.soort in (str, int, date) or get_origin(veld.soort) is Literal
        for record in (indeling.persoon, *indeling.kinderen)
        for veld in velden(record)
    )
