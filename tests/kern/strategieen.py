"""Hypothesis strategies for any struct of the domain, made from its own field types."""

from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from kernregister.kern.tijd import OnvolledigeDatum

# A few near dates and a few codes, so that records meet each other, among anything at all.
DATA = (
    st.sampled_from([date(2019, 1, 1), date(2020, 8, 1), date(2023, 7, 31), date(2025, 10, 1)]) | st.dates()
)
_OPLEIDING = [
    "27DV",
    "25LX",
    "25655",
    "23301",
    "BOL",
    "BBL",
    "EX",
    "ODT",
    "MBO-1",
    "MBO-2",
    "GLR",
    "DLR",
    "VO",
    "MBO",
]
_RESULTAAT = ["C1", "01", "08", "3003", "3005", "3013", "K0067", "C0004"]
_VOOROPLEIDING = ["VSO", "VAVO", "HO", "VMBO", "HAVO", "VWO", "DIPLOMA", "CERTIFICAAT", "E"]
CODES = st.sampled_from([*_OPLEIDING, *_RESULTAAT, *_VOOROPLEIDING])
TEKSTEN = CODES | st.text(max_size=12)
CIJFERS = st.decimals(0, 11, places=1) | st.decimals(allow_nan=False)
ONVOLLEDIG = st.dates().map(date.isoformat) | st.sampled_from(["1990-00-00", "1990-05-00", "0000-00-00"])
NUMMERS = st.sampled_from(["999990007", "100310303", "123456789", ""]) | TEKSTEN

_LOS: dict[Any, st.SearchStrategy[Any]] = {
    str: TEKSTEN,
    int: st.sampled_from([3, 5, 2023]) | st.integers(-5, 12000),
    bool: st.booleans(),
    date: DATA,
    Decimal: CIJFERS,
    OnvolledigeDatum: ONVOLLEDIG,
}


def van(soort: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a type as it stands in an annotation."""
    oorsprong, delen = get_origin(soort), get_args(soort)
    if soort in _LOS:
        return _LOS[soort]
    if soort is NoneType:
        return st.none()
    if oorsprong in (Union, UnionType):
        return st.one_of(*map(van, delen))
    if oorsprong is tuple and delen[-1] is not Ellipsis:
        return st.tuples(*map(van, delen))
    if oorsprong is tuple:
        return st.lists(van(delen[0]), max_size=3).map(tuple)
    if oorsprong is frozenset:
        return st.frozensets(van(delen[0]))
    if oorsprong is dict:
        return st.dictionaries(_sleutel(delen[0]), van(delen[1]), max_size=3)
    if issubclass(soort, Enum):
        return st.sampled_from(list(soort))
    return struct(soort)


def struct(soort: type[Struct], **vast: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for a struct, with some fields from strategies of your own."""
    hints = get_type_hints(soort)
    nodig: dict[str, Any] = {}
    vrij: dict[str, Any] = {}
    for veld in fields(soort):
        verplicht = veld.default is NODEFAULT and veld.default_factory is NODEFAULT
        if veld.name in vast:
            nodig[veld.name] = vast[veld.name]
        else:
            (nodig if verplicht else vrij)[veld.name] = van(hints[veld.name])
    return st.fixed_dictionaries(nodig, optional=vrij).map(lambda waarden: soort(**waarden))


def _sleutel(soort: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a key; the parts of a key hold no spaces."""
    return st.tuples(CODES, CODES) if get_origin(soort) is tuple else TEKSTEN
