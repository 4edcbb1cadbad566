"""Structs as plain, readable values and back: what a corpus file, a document and an API show of a dossier.

The packed form is array-like and fast; this one names its fields and leaves out what is empty. A tagged struct says
which it is under ``soort``. A key made of several texts is written as one text with spaces between.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from kernregister.kern.tijd import OnvolledigeDatum, is_onvolledige_datum

T = TypeVar("T")

TAG = "soort"
"""The key under which a tagged struct says which it is."""

_VERWACHT: dict[Any, str] = {
    str: "een tekst",
    int: "een geheel getal",
    bool: "true of false",
    date: "een datum als jjjj-mm-dd",
    Decimal: "een getal als tekst",
    OnvolledigeDatum: "een datum als jjjj-mm-dd, waarin een onbekend deel 00 is",
}


class Objectfout(NamedTuple):
    """What is wrong at one place of an object."""

    pad: str
    uitleg: str


class Onleesbaar(ValueError):
    """An object does not have the form that was asked for; ``fouten`` holds all that is wrong with it."""

    def __init__(self, soort: str, fouten: list[Objectfout]) -> None:
        self.fouten = fouten
        super().__init__(
            f"geen leesbaar {soort}: " + "; ".join(f"{f.pad or 'geheel'}: {f.uitleg}" for f in fouten)
        )


def als_object(waarde: Any) -> Any:
    """Return a struct (or any value in one) as what JSON knows; fields that have their default are left out."""
    match waarde:
        case Struct():
            return _struct_als_object(waarde)
        case Enum():
            return waarde.value
        case date() | Decimal():
            return str(waarde)
        case dict():
            return {_sleuteltekst(sleutel): als_object(deel) for sleutel, deel in waarde.items()}
        case list() | tuple() | frozenset():
            delen = [als_object(deel) for deel in waarde]
            return sorted(delen) if isinstance(waarde, frozenset) else delen
    return waarde


def uit_object(soort: type[T], waarde: Any) -> T:
    """Make a value of this type from a plain one.

    Raises:
        Onleesbaar: fields or values do not fit; it names all of them, each with its place.
    """
    fouten: list[Objectfout] = []
    gelezen = _lees(soort, waarde, "", fouten)
    if fouten:
        raise Onleesbaar(soort.__name__, fouten)
    return cast(T, gelezen)


def _struct_als_object(struct: Struct) -> dict[str, Any]:
    tag = struct.__struct_config__.tag
    uit: dict[str, Any] = {} if tag is None else {TAG: tag}
    for naam, (_, standaard) in _velden(type(struct)).items():
        if (waarde := getattr(struct, naam)) != standaard:
            uit[naam] = als_object(waarde)
    return uit


@cache
def _velden(soort: type[Struct]) -> dict[str, tuple[Any, Any]]:
    """Return the type and the default of each field; NODEFAULT where it must be given."""
    hints = get_type_hints(soort)
    return {
        veld.name: (
            hints[veld.name],
            veld.default
            if veld.default_factory is NODEFAULT
            else cast(Callable[[], Any], veld.default_factory)(),
        )
        for veld in fields(soort)
    }


def _sleuteltekst(sleutel: Any) -> str:
    return " ".join(map(str, sleutel)) if isinstance(sleutel, tuple) else str(als_object(sleutel))


def _lees(soort: Any, waarde: Any, pad: str, fouten: list[Objectfout]) -> Any:
    """Read a value of a type, adding to the list what does not fit."""
    oorsprong, delen = get_origin(soort), get_args(soort)
    if oorsprong in (Union, UnionType):
        return _lees_keuze(delen, waarde, pad, fouten)
    if oorsprong is dict:
        return _lees_tabel(delen, waarde, pad, fouten)
    if oorsprong in (tuple, list, frozenset):
        return _lees_reeks(oorsprong, delen, waarde, pad, fouten)
    if isinstance(soort, type) and issubclass(soort, Struct):
        return _lees_struct(soort, waarde, pad, fouten)
    try:
        gelezen = msgspec.convert(waarde, soort)
        if soort is not OnvolledigeDatum or is_onvolledige_datum(gelezen):
            return gelezen
    except msgspec.ValidationError:
        pass
    keuze = [str(lid.value) for lid in soort] if isinstance(soort, type) and issubclass(soort, Enum) else []
    verwacht = _VERWACHT.get(soort) or f"een van {', '.join(keuze)}"
    fouten.append(Objectfout(pad, f"verwacht {verwacht}, niet {waarde!r}"))
    return None


def _lees_struct(soort: type[Struct], waarde: Any, pad: str, fouten: list[Objectfout]) -> Any:
    if not isinstance(waarde, dict):
        fouten.append(Objectfout(pad, f"verwacht een object ({soort.__name__}), niet {waarde!r}"))
        return None
    velden, tag = _velden(soort), soort.__struct_config__.tag
    stuk = len(fouten)
    for naam in waarde.keys() - velden.keys() - ({TAG} if tag is not None else set()):
        fouten.append(Objectfout(_onder(pad, naam), f"onbekend veld van {soort.__name__}"))
    if tag is not None and waarde.get(TAG, tag) != tag:
        fouten.append(Objectfout(_onder(pad, TAG), f"verwacht {tag}, niet {waarde[TAG]!r}"))
    gelezen: dict[str, Any] = {}
    for naam, (type_, standaard) in velden.items():
        if naam in waarde:
            gelezen[naam] = _lees(type_, waarde[naam], _onder(pad, naam), fouten)
        elif standaard is NODEFAULT:
            fouten.append(Objectfout(_onder(pad, naam), "ontbreekt"))
    return soort(**gelezen) if len(fouten) == stuk else None


def _lees_keuze(keuzen: tuple[Any, ...], waarde: Any, pad: str, fouten: list[Objectfout]) -> Any:
    """Read an optional value, or one of several tagged structs."""
    if waarde is None and NoneType in keuzen:
        return None
    over = [keuze for keuze in keuzen if keuze is not NoneType]
    if len(over) == 1:
        return _lees(over[0], waarde, pad, fouten)
    tags = {keuze.__struct_config__.tag: keuze for keuze in over}
    gekozen = tags.get(waarde.get(TAG)) if isinstance(waarde, dict) else None
    if gekozen is None:
        fouten.append(Objectfout(_onder(pad, TAG), f"verwacht een van {', '.join(map(str, tags))}"))
        return None
    return _lees(gekozen, waarde, pad, fouten)


def _lees_reeks(reeks: Any, delen: tuple[Any, ...], waarde: Any, pad: str, fouten: list[Objectfout]) -> Any:
    """Read a sequence: any number of one type, or one of each type in turn."""
    if not isinstance(waarde, list | tuple):
        fouten.append(Objectfout(pad, f"verwacht een lijst, niet {waarde!r}"))
        return None
    soorten = delen if reeks is tuple and delen[-1] is not Ellipsis else (delen[0],) * len(waarde)
    if len(soorten) != len(waarde):
        fouten.append(Objectfout(pad, f"verwacht {len(soorten)} waarden, niet {len(waarde)}"))
        return None
    gelezen = [
        _lees(s, w, f"{pad}[{i}]", fouten) for i, (s, w) in enumerate(zip(soorten, waarde, strict=True))
    ]
    return None if None in gelezen and reeks is frozenset else reeks(gelezen)


def _lees_tabel(delen: tuple[Any, ...], waarde: Any, pad: str, fouten: list[Objectfout]) -> Any:
    """Read a table by key; a key of several texts is split at its spaces."""
    if not isinstance(waarde, dict):
        fouten.append(Objectfout(pad, f"verwacht een object, niet {waarde!r}"))
        return None
    sleutelsoort, soort = delen
    gelezen = {}
    for tekst, deel in waarde.items():
        sleutel = tekst.split(" ") if get_origin(sleutelsoort) is tuple else tekst
        plek = f"{pad}[{tekst}]"
        gelezen[_lees(sleutelsoort, sleutel, plek, fouten)] = _lees(soort, deel, plek, fouten)
    return gelezen


def _onder(pad: str, naam: str) -> str:
    return f"{pad}.{naam}" if pad else naam
