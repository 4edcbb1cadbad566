"""Parameters and small bodies: read field by field, so that everything that is wrong is told at once and in Dutch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import NODEFAULT, Struct

from kernregister.web.api.problemen import Fout, Punt

T = TypeVar("T", bound=Struct)

_CIJFERS = re.compile(r"\d{7,}")

_WOORDEN = {
    "integer": "een geheel getal",
    "number": "een getal",
    "boolean": "true of false",
    "string": "een tekst",
    "array": "een lijst",
    "object": "een object",
    "null": "niets",
}
_VORMEN = {
    "date": "een datum als jjjj-mm-dd",
    "date-time": "een moment als 2026-10-01T12:00:00+02:00, met tijdzone",
    "uuid": "een UUID",
}


def lees_velden(soort: type[T], waarden: Mapping[str, Any], *, tekst: bool) -> T:
    """Return a struct of flat fields.

    Args:
        soort: the struct.
        waarden: what was sent, by name.
        tekst: everything is a text, as parameters of an address are.

    Raises:
        Fout: names that it does not have, values that do not fit, fields that are missing: all of them.
    """
    teken = "?" if tekst else ""
    punten: list[Punt] = []
    velden = {veld.encode_name: veld for veld in msgspec.structs.fields(soort)}
    for naam in waarden.keys() - velden.keys():
        punten.append(
            Punt(f"onbekend; er is {', '.join(sorted(velden)) or 'niets'}", f"{teken}{leesbare_naam(naam)}")
        )
    gelezen: dict[str, Any] = {}
    for naam, veld in velden.items():
        if naam in waarden:
            try:
                gelezen[veld.name] = msgspec.convert(waarden[naam], veld.type, strict=not tekst)
                if _met_nul(gelezen[veld.name]):
                    raise msgspec.ValidationError
            except (msgspec.ValidationError, OverflowError):
                punten.append(Punt(f"verwacht {verwacht(veld.type)}", f"{teken}{naam}"))
        elif veld.default is NODEFAULT and veld.default_factory is NODEFAULT:
            punten.append(Punt("ontbreekt", f"{teken}{naam}"))
    if punten:
        raise Fout("onleesbaar", sorted(punten, key=lambda punt: punt.pad))
    return soort(**gelezen)


def leesbare_naam(naam: str) -> str:
    """Return a name that somebody made up, as an error may show it: short, and without what may be a number."""
    return _CIJFERS.sub("…", naam[:40])


def _met_nul(waarde: Any) -> bool:
    """Tell whether a text holds the sign NUL, which the database cannot keep."""
    if isinstance(waarde, str):
        return "\0" in waarde
    return isinstance(waarde, list | tuple) and any(_met_nul(deel) for deel in waarde)


@cache
def verwacht(type_: Any) -> str:
    """Return in Dutch what a value of a type looks like."""
    schema = msgspec.json.schema(type_)
    return _in_woorden(schema, schema.get("$defs", {}))


def _in_woorden(schema: dict[str, Any], defs: dict[str, Any]) -> str:
    if ref := schema.get("$ref"):
        return _in_woorden(defs[ref.rpartition("/")[2]], defs)
    if "anyOf" in schema:
        delen = [_in_woorden(deel, defs) for deel in schema["anyOf"] if deel.get("type") != "null"]
        return " of ".join(delen)
    if "enum" in schema:
        return "een van " + ", ".join(str(waarde) for waarde in schema["enum"] if waarde is not None)
    if "const" in schema:
        return str(schema["const"])
    woorden = _VORMEN.get(schema.get("format", "")) or _WOORDEN.get(schema.get("type", ""), "iets anders")
    grenzen = [
        f"{woord} {schema[naam]}{achter}"
        for naam, woord, achter in (
            ("minimum", "minstens", ""),
            ("maximum", "hoogstens", ""),
            ("minLength", "minstens", " tekens"),
            ("maxLength", "hoogstens", " tekens"),
            ("minItems", "minstens", " delen"),
            ("maxItems", "hoogstens", " delen"),
        )
        if naam in schema
    ]
    if "pattern" in schema:
        grenzen.append(schema.get("description") or f"naar het patroon {schema['pattern']}")
    return ", ".join([woorden, *grenzen])
