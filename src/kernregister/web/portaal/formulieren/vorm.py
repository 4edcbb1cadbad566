"""From a struct to the parts of a form: fields, groups, lists of groups, and choices between kinds of group."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct, inspect
from msgspec.structs import fields

SCHEIDING = "-"
"""Between the steps of the name of a field: ``inschrijving-perioden-0-leertraject``."""


class Soort(StrEnum):
    """How a value is typed."""

    TEKST = "tekst"
    DATUM = "datum"
    ONVOLLEDIGE_DATUM = "onvolledige_datum"
    GETAL = "getal"
    CIJFER = "cijfer"
    JA_NEE = "ja_nee"
    KEUZE = "keuze"
    """One of the values that the type itself names."""
    REGELS = "regels"
    """Texts, one on a line."""
    VAST = "vast"
    """Not typed by people: the id and the moment."""

    __hash__ = str.__hash__


class Veld(Struct, frozen=True):
    """A field that holds one value."""

    naam: str
    soort: Soort
    type: Any
    """The type as declared, with its bounds."""
    verplicht: bool
    standaard: Any
    waarden: tuple[str, ...] = ()
    """What may be chosen, when the type says so."""


class Groep(Struct, frozen=True):
    """A struct in a field. ``soorten`` by tag: more than one is a choice; None where there is no tag."""

    naam: str
    soorten: dict[str | None, type[Struct]]
    verplicht: bool


class Lijst(Struct, frozen=True):
    """Any number of structs in a field, of one kind or of several."""

    naam: str
    soorten: dict[str | None, type[Struct]]


Deel = Veld | Groep | Lijst


@cache
def delen_van(soort: type[Struct]) -> tuple[Deel, ...]:
    """Return the parts of a struct, in the order in which it declares them."""
    return tuple(
        _deel(veld.name, veld.type, veld.default is NODEFAULT and veld.default_factory is NODEFAULT, veld)
        for veld in fields(soort)
    )


def _deel(naam: str, type_: Any, verplicht: bool, veld: Any) -> Deel:
    kaal = _zonder_niets(type_)
    if structs := _structs(kaal):
        return Groep(naam, structs, verplicht)
    ruw = _ruw(kaal)
    if get_origin(ruw) is tuple:
        onder = get_args(ruw)[0]
        if structs := _structs(onder):
            return Lijst(naam, structs)
        return Veld(naam, Soort.REGELS, kaal, verplicht, ())
    standaard = None if veld.default is NODEFAULT else veld.default
    info = inspect.type_info(kaal)
    waarden = tuple(map(str, info.values)) if isinstance(info, inspect.LiteralType) else ()
    return Veld(naam, _soort(info), kaal, verplicht, standaard, waarden)


_SOORTEN: dict[type[inspect.Type], Soort] = {
    inspect.StrType: Soort.TEKST,
    inspect.DateType: Soort.DATUM,
    inspect.IntType: Soort.GETAL,
    inspect.DecimalType: Soort.CIJFER,
    inspect.BoolType: Soort.JA_NEE,
    inspect.LiteralType: Soort.KEUZE,
    inspect.UUIDType: Soort.VAST,
    inspect.DateTimeType: Soort.VAST,
}


def _soort(info: inspect.Type) -> Soort:
    info = info.type if isinstance(info, inspect.Metadata) else info
    if isinstance(info, inspect.StrType) and info.pattern:
        return Soort.ONVOLLEDIGE_DATUM
    return _SOORTEN[type(info)]


def _ruw(type_: Any) -> Any:
    return get_args(type_)[0] if get_origin(type_) is Annotated else type_


def _zonder_niets(type_: Any) -> Any:
    """Return a type without its None."""
    if get_origin(type_) not in (Union, UnionType):
        return type_
    over = tuple(deel for deel in get_args(type_) if deel is not NoneType)
    return over[0] if len(over) == 1 else Union[over]  # noqa: UP007 - made at run time


def _structs(type_: Any) -> dict[str | None, type[Struct]]:
    """Return the structs that a type is, by tag; none: it is something else."""
    keuzen = get_args(type_) if get_origin(type_) in (Union, UnionType) else (type_,)
    if not all(isinstance(keuze, type) and issubclass(keuze, Struct) for keuze in keuzen):
        return {}
    return {_tag(keuze): keuze for keuze in keuzen}


def _tag(soort: type[Struct]) -> str | None:
    tag = soort.__struct_config__.tag
    return None if tag is None else str(tag)


def struct_naam(soort: type[Struct]) -> str:
    """Return how a struct is called in the dossier: the named form of some ends in ``Bericht``."""
    return soort.__name__.removesuffix("Bericht")


def past(veld: Veld, waarde: Any) -> msgspec.ValidationError | None:
    """Return why a value does not fit the type of a field; None: it fits."""
    try:
        msgspec.convert(waarde, veld.type)
    except msgspec.ValidationError as fout:
        return fout
    return None
