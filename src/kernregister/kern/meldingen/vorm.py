"""From the structs of the dossier to the form in which a melding carries them.

The dossier's structs are packed by position; a melding names its fields. The named form is made from the same
declaration, so a field is declared once. What the register fills in itself (the owner, the kind of number that a
record was delivered on) is no part of a melding.
"""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields

from kernregister.kern.leesbaar import TAG
from kernregister.kern.tijd import OnvolledigeDatum

LANGSTE_TEKST = 200
"""Most characters of a text in a melding."""

MEESTE_DELEN = 1000
"""Most records of one kind under one record in a melding."""

_SOORTEN: dict[Any, Any] = {
    str: Annotated[str, Meta(max_length=LANGSTE_TEKST)],
    int: Annotated[int, Meta(ge=-(2**31), lt=2**31)],
    OnvolledigeDatum: Annotated[
        str,
        Meta(
            pattern=r"^\d{4}-\d{2}-\d{2}$", description="jjjj-mm-dd; een onbekende dag, maand of jaar is 00"
        ),
    ],
}


def als_bericht(soort: type[Struct], zonder: frozenset[str] = frozenset(), naam: str = "") -> type[Struct]:
    """Return the named form of a struct, without some of its fields; its name tells whether it misses any."""
    return _als_bericht(soort, zonder & _alle_velden(soort), naam or soort.__name__)


@cache
def _alle_velden(soort: Any) -> frozenset[str]:
    """Return the names of the fields of a struct and of what hangs under it."""
    if not (isinstance(soort, type) and issubclass(soort, Struct)):
        return frozenset().union(*map(_alle_velden, get_args(soort)))
    hints = get_type_hints(soort)
    return frozenset(hints).union(*map(_alle_velden, hints.values()))


@cache
def _als_bericht(soort: type[Struct], zonder: frozenset[str], naam: str) -> type[Struct]:
    hints = get_type_hints(soort)
    velden: list[Any] = []
    for veld in fields(soort):
        if veld.name in zonder:
            continue
        type_ = _vertaal(hints[veld.name], zonder)
        velden.append((veld.name, type_) if veld.default is NODEFAULT else (veld.name, type_, veld.default))
    tag = soort.__struct_config__.tag
    gemaakt = msgspec.defstruct(
        f"{naam}Bericht" if zonder else naam,
        velden,
        frozen=True,
        kw_only=True,
        omit_defaults=True,
        forbid_unknown_fields=True,
        tag=tag,
        tag_field=TAG if tag else None,
        module=__name__,
    )
    gemaakt.__doc__ = soort.__doc__
    return gemaakt


def _vertaal(type_: Any, zonder: frozenset[str]) -> Any:
    """Return the type of a field in the named form."""
    oorsprong, delen = get_origin(type_), get_args(type_)
    if oorsprong in (Union, UnionType):
        return Union[tuple(_vertaal(deel, zonder) for deel in delen)]  # noqa: UP007 - made at run time
    if oorsprong is tuple:
        deel = _vertaal(delen[0], zonder)
        return Annotated[tuple.__class_getitem__((deel, ...)), Meta(max_length=MEESTE_DELEN)]
    if isinstance(type_, type) and issubclass(type_, Struct):
        return als_bericht(type_, zonder)
    return _SOORTEN.get(type_, type_)


def naar_kern(bericht: Any, soort: Any, **vast: Any) -> Any:
    """Return the struct of the dossier that a named form stands for.

    Args:
        bericht: the named form.
        soort: the struct of the dossier.
        vast: what the register fills in, on the record and on what hangs under it, where they have such a field.
    """
    velden, kinderen = _velden(soort)
    waarden = {veld: getattr(bericht, veld) for veld in bericht.__struct_fields__}
    for veld, soorten in kinderen:
        onder = waarden.get(veld)
        if isinstance(onder, tuple):
            waarden[veld] = tuple([naar_kern(deel, soorten[_tag(deel)], **vast) for deel in onder])
        elif onder is not None:
            waarden[veld] = naar_kern(onder, soorten[_tag(onder)], **vast)
    waarden.update({veld: waarde for veld, waarde in vast.items() if veld in velden})
    return soort(**waarden)


Kinderen = tuple[tuple[str, dict[Any, type[Struct]]], ...]
"""The fields that hold structs, each with the kinds they may be, by tag (None where there is but one)."""


@cache
def _velden(soort: type[Struct]) -> tuple[frozenset[str], Kinderen]:
    kinderen = []
    for naam, type_ in get_type_hints(soort).items():
        if soorten := {s.__struct_config__.tag: s for s in _structs_in(type_)}:
            kinderen.append((naam, soorten))
    return frozenset(soort.__struct_fields__), tuple(kinderen)


def _structs_in(type_: Any) -> list[type[Struct]]:
    if isinstance(type_, type) and issubclass(type_, Struct):
        return [type_]
    return [struct for deel in get_args(type_) for struct in _structs_in(deel)]


def _tag(struct: Struct) -> Any:
    return struct.__struct_config__.tag
