"""What a layout is: records as Structs, their order, and what stands in the opening and closing record.

The fields of a record are the fields of its Struct, in order; the first position of a line is the Struct's tag. From
this one declaration come the fast decoder, the reader that explains, the writer and the page ``docs/bestanden.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from types import UnionType
from typing import Annotated, Any, ClassVar, Final, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct, ValidationError, convert

from kernregister.kern.formaten.totalen import Totaal
from kernregister.kern.tijd import is_onvolledige_datum

NUMMERS: Final = ("burgerservicenummer", "onderwijsnummer")
"""The fields that name a person: one of the two is filled."""

_GEHEIM: Final = frozenset({*NUMMERS, "pgn"})


class Record(Struct, array_like=True, forbid_unknown_fields=True, gc=False):
    """A line of a delivery. Subclasses declare their fields and, as ``tag``, their recordsoort.

    With ``meer`` a line may have more fields than are known; their texts are kept in the last field of the Struct.
    """

    meer: ClassVar[bool] = False


class Afwijking(Struct, frozen=True):
    """A known deviation of real deliveries, mended in the text before it is read, and reported as a remark.

    ``breedte`` is the number of fields of the deviating line, recordsoort included.
    """

    code: str
    recordsoort: str
    breedte: int
    patroon: re.Pattern[bytes]
    vervanging: bytes
    uitleg: str


class Indeling(Struct, frozen=True):
    """A layout of lines with a recordsoort: the opening record, the records of a person, the closing record.

    ``ontbreekt`` lists what the layout does not carry, as ``Record.veld`` of the dossier; rules that need it are not
    judged. ``bestandsnaam`` is the form of the file's name.
    """

    naam: str
    omschrijving: str
    bron: str
    bestandsnaam: str
    kop: type[Record]
    persoon: type[Record]
    kinderen: tuple[type[Record], ...]
    sluit: type[Record]
    scheiding: str = "|"
    nummervelden: tuple[str, ...] = NUMMERS
    """The fields, first on each line, that together name the person."""
    snel: bool = True
    """Whether the forms are such that the fast reader can decode them (dates with hyphens)."""
    ontbreekt: frozenset[str] = frozenset()
    afwijkingen: tuple[Afwijking, ...] = ()
    totalen: tuple[Totaal, ...] = ()
    """How the fields of the closing record are made."""

    @property
    def records(self) -> dict[str, type[Record]]:
        """All records by recordsoort, in their order within the file."""
        return {tag(r): r for r in (self.kop, self.persoon, *self.kinderen, self.sluit)}


class Veldfout(ValueError):
    """A value does not have the form of its field; ``verwacht`` says what was expected."""

    def __init__(self, verwacht: str) -> None:
        super().__init__(verwacht)
        self.verwacht = verwacht


VORMEN: Final = {
    "datumvorm": "Datums staan in een andere vorm dan voorgeschreven, zoals d-m-jjjj; gelezen zoals bedoeld.",
    "voorloopnullen": "Voorloopnullen ontbreken (8 in plaats van 08); aangevuld.",
    "cijfervorm": "Getallen staan in een andere vorm dan voorgeschreven, zoals 7,4 voor 74; gelezen zoals bedoeld.",
    "hoofdletters": "Codes staan in andere hoofd- of kleine letters dan voorgeschreven; gelezen zoals bedoeld.",
}
"""The forms that real files have instead of the canonical one, and that can be read in one way only."""

_STUURTEKEN = re.compile("[\x00-\x1f]")
"""What no text of a delivery may hold (PvE MBO-instelling 15.2), and what no database takes."""

_SCHUIN = re.compile(r"\d{1,4}/\d{1,2}/\d{1,4}", re.ASCII)
_WETENSCHAPPELIJK = re.compile(r"\d[.,]?\d*E\+?\d+", re.ASCII)


class Veld(Struct, frozen=True):
    """One field of a record, as its type declares it."""

    naam: str
    formaat: str
    uitleg: str
    verplicht: bool
    soort: Any
    type: Any
    extra: dict[str, Any]

    def lees(self, tekst: str) -> Any:
        """Return the value of a text in canonical form, or of a form that real files have instead.

        Raises:
            Veldfout: the text is no value of this field.
        """
        return self.lees_vorm(tekst)[0]

    def lees_vorm(self, tekst: str) -> tuple[Any, str | None]:
        """Return the value of a text, and which of ``VORMEN`` it has when that is not the canonical one.

        Raises:
            Veldfout: the text is no value of this field.
        """
        if not tekst:
            if self.verplicht:
                raise Veldfout("een waarde (verplicht veld)")
            return None, None
        if _STUURTEKEN.search(tekst):
            raise Veldfout(f"{self.formaat}: {self.uitleg}, zonder tabs of andere stuurtekens")
        try:
            kaal, vorm = self._normaliseer(tekst)
            return convert(kaal, self.type, strict=False), vorm
        except (ValidationError, ValueError):
            raise Veldfout(self._verwacht(tekst)) from None

    def _verwacht(self, tekst: str) -> str:
        verwacht = f"{self.formaat}: {self.uitleg}"
        if self._is_datum and _SCHUIN.fullmatch(tekst):
            return f"{verwacht}; bij schuine strepen is niet zeker wat de dag is en wat de maand"
        return verwacht

    def toon(self, tekst: str) -> str:
        """Return a text as it may be shown: of a person's number only that it is one."""
        return "(nummer)" if self.naam in _GEHEIM else tekst

    @property
    def _is_datum(self) -> bool:
        return self.soort is date or bool(self.extra.get("onvolledig"))

    def _normaliseer(self, tekst: str) -> tuple[str, str | None]:
        """Return the canonical text, and which of ``VORMEN`` this one has.

        Raises:
            ValueError: the text has no form that is known for the field.
        """
        if self._is_datum:
            iso = iso_datum(tekst)
            if self.soort is not date and not is_onvolledige_datum(iso):
                raise ValueError
            canoniek = iso.replace("-", "") if self.extra.get("compact") else iso
            return iso, None if tekst == canoniek else "datumvorm"
        if self.soort is int:
            return self._normaliseer_getal(tekst)
        if self.soort is Decimal:
            if not re.fullmatch(r"-?\d+([.,]\d+)?", tekst, re.ASCII):
                raise ValueError
            return tekst.replace(",", "."), "cijfervorm" if "," in tekst else None
        if get_origin(self.soort) is Literal:
            gelijk = next((w for w in get_args(self.soort) if w.lower() == tekst.lower()), tekst)
            return gelijk, None if gelijk == tekst else "hoofdletters"
        if breedte := self.extra.get("voorloopnullen"):
            if _WETENSCHAPPELIJK.fullmatch(tekst):
                raise ValueError
            if len(tekst) < breedte and tekst.isascii() and tekst.isdigit():
                return tekst.zfill(breedte), "voorloopnullen"
        return tekst, None

    def _normaliseer_getal(self, tekst: str) -> tuple[str, str | None]:
        if self.extra.get("tienden") and re.fullmatch(r"\d{1,2}[.,]\d", tekst, re.ASCII):
            return tekst[:-2] + tekst[-1], "cijfervorm"
        if not (tekst.isascii() and tekst.isdigit()):
            raise ValueError
        kaal = tekst.lstrip("0") or "0"
        return kaal, None if kaal == tekst else "cijfervorm"

    def schrijf(self) -> Callable[[Any], str]:
        """Return the function that writes a value of this field in canonical form."""
        if self.extra.get("compact"):
            return _schrijf_compact
        if self.soort is bool:
            return _schrijf_waar
        if self.soort is date:
            return _schrijf_datum
        return _schrijf_getal if self.soort in (int, Decimal) else _schrijf_tekst


_DATA: Final = 1 << 14
"""Dates of which the text is kept: more than all days that occur in a delivery, on which many records fall together."""


def _schrijf_tekst(waarde: str | None) -> str:
    return "" if waarde is None else waarde


def _schrijf_getal(waarde: int | Decimal | None) -> str:
    return "" if waarde is None else f"{waarde:f}" if isinstance(waarde, Decimal) else str(waarde)


@lru_cache(maxsize=_DATA)
def _schrijf_datum(waarde: date | None) -> str:
    return "" if waarde is None else waarde.isoformat()


def _schrijf_waar(waarde: bool | None) -> str:
    return "" if waarde is None else str(waarde).lower()


@lru_cache(maxsize=_DATA)
def _schrijf_compact(waarde: date | str | None) -> str:
    if waarde is None:
        return ""
    return (waarde if isinstance(waarde, str) else waarde.isoformat()).replace("-", "")


def iso_datum(tekst: str) -> str:
    """Return a date as ``jjjj-mm-dd``, from that form, ``jjjjmmdd``, or ``d-m-jjjj`` (as Excel resaves it).

    Anything that could be read in two ways, such as ``1/2/2025``, is left as it is, and so refused.
    """
    if m := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", tekst, re.ASCII):
        return f"{m[3]}-{m[2]:0>2}-{m[1]:0>2}"
    if re.fullmatch(r"\d{8}", tekst, re.ASCII):
        return f"{tekst[:4]}-{tekst[4:6]}-{tekst[6:]}"
    return tekst


def tag(record: type[Record]) -> str:
    """Return the recordsoort of a record."""
    return str(record.__struct_config__.tag)


@cache
def velden(record: type[Record]) -> tuple[Veld, ...]:
    """Return the fields of a record, in order of position (the recordsoort itself, position 1, left out)."""
    hints = get_type_hints(record, include_extras=True)
    namen = record.__struct_fields__[:-1] if record.meer else record.__struct_fields__
    return tuple(_veld(naam, hints[naam]) for naam in namen)


def velden_van(record: type[Struct]) -> tuple[Veld, ...]:
    """Return the fields of any Struct that are texts in a file; its lists of Structs left out."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(_veld(naam, soort) for naam, soort in hints.items() if get_origin(soort) is not list)


def geheel(*records: type[Struct]) -> frozenset[str]:
    """Return the names under which a layout lacks whole records of the dossier: each record, and all its fields."""
    return frozenset(r.__name__ for r in records) | {
        f"{r.__name__}.{veld}" for r in records for veld in r.__struct_fields__
    }


def _veld(naam: str, soort: Any) -> Veld:
    verplicht = True
    if get_origin(soort) in (UnionType, Union):
        soort = next(arg for arg in get_args(soort) if arg is not type(None))
        verplicht = False
    kaal, *metas = get_args(soort) if get_origin(soort) is Annotated else (soort,)
    extra: dict[str, Any] = {}
    for meta in metas:
        extra |= meta.extra or {}
    titel, uitleg = (
        next((getattr(meta, wat) for meta in metas if getattr(meta, wat)), "")
        for wat in ("title", "description")
    )
    return Veld(naam, titel, uitleg, verplicht, kaal, soort, extra)


@cache
def _schrijvers(
    record: type[Record],
) -> tuple[str, Callable[[Record], Any], tuple[Callable[[Any], str] | None, ...]]:
    """Return the recordsoort, what gives the values, and what writes each; None: the value is a text already."""
    alle = velden(record)
    waarden = attrgetter(*[veld.naam for veld in alle])
    schrijvers = [veld.schrijf() for veld in alle]
    return tag(record), waarden, tuple(None if een is _schrijf_tekst else een for een in schrijvers)


def regel_van(record: Record, scheiding: str = "|") -> str:
    """Return the line of a record in canonical form, without line end."""
    soort, waarden_van, schrijvers = _schrijvers(type(record))
    teksten = [
        "" if waarde is None else waarde if schrijf is None else schrijf(waarde)
        for schrijf, waarde in zip(schrijvers, waarden_van(record), strict=True)
    ]
    if record.meer:
        teksten += getattr(record, record.__struct_fields__[-1])
    return scheiding.join([soort, *teksten])
