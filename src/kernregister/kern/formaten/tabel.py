"""Tables for analysts: columns declared once, from which the CSV, the Parquet and the data dictionary are made."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

from msgspec import Struct

from kernregister.kern.formaten.indeling import Indeling, Record, Veld, velden
from kernregister.kern.formaten.rekenblad import zonder_formule
from kernregister.kern.formaten.velden import IS_JA, Vlag

Rij = tuple[Any, ...]

SCHEIDING: Final = ";"
"""Between the columns of a CSV, as in the other tables of our own (docs/bestanden.md)."""

EENHEDEN: Final = {
    "omvang": "uur",
    "leeftijd_1": "jaar",
    "leeftijd_2": "jaar",
    "leeftijd_3": "jaar",
    "leeftijd_4": "jaar",
    "aantal_verblijfsjaren": "jaar",
    "cijfer_ie": "tiende punt",
    "cijfer_ce": "tiende punt",
    "eindcijfer": "punt",
    "bijdrage": "deelnemerswaarde",
    "bijdrage_diplomawaarde": "diplomawaarde",
}
"""Field -> unit, of the fields of a layout that have one."""


class Kolom(Struct, frozen=True):
    """A column. ``soort`` is str, int, bool, date or Decimal; of a Decimal six places are kept."""

    naam: str
    soort: type
    uitleg: str
    bron: str
    eenheid: str = ""
    leeg: bool = False
    """Whether a value may be absent."""


class Tabel(Struct, frozen=True):
    """A table: its name is that of its files."""

    naam: str
    omschrijving: str
    kolommen: tuple[Kolom, ...]


WOORDENBOEK: Final = Tabel(
    "woordenboek",
    "De kolommen van alle tabellen",
    tuple(
        Kolom(naam, str if naam != "positie" else int, uitleg, "Kernregister")
        for naam, uitleg in (
            ("tabel", "naam van de tabel en van haar bestanden"),
            ("positie", "plaats van de kolom, vanaf 1"),
            ("kolom", "naam van de kolom"),
            ("type", "tekst, geheel getal, getal met zes decimalen, ja/nee of datum"),
            ("betekenis", "wat er staat"),
            ("bron", "waar de betekenis vandaan komt"),
            ("eenheid", "waarin geteld is; leeg: geen"),
            ("leeg", "of een waarde mag ontbreken"),
        )
    ),
)

_TYPEN: Final = {
    str: "tekst",
    int: "geheel getal",
    Decimal: "getal met zes decimalen",
    bool: "ja/nee",
    date: "datum",
}


def woordenboek(tabellen: Iterable[Tabel]) -> Iterator[Rij]:
    """Give the rows of the data dictionary."""
    for tabel in tabellen:
        for plaats, kolom in enumerate(tabel.kolommen, 1):
            yield (
                tabel.naam,
                plaats,
                kolom.naam,
                _TYPEN[kolom.soort],
                kolom.uitleg,
                kolom.bron,
                kolom.eenheid,
                "ja" if kolom.leeg else "nee",
            )


def schrijf_csv(pad: Path, tabel: Tabel, rijen: Iterable[Rij]) -> int:
    """Write a table as CSV in UTF-8 with a row of headings, and return how many rows it has."""
    aantal = 0
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.writer(bestand, delimiter=SCHEIDING, lineterminator="\n")
        schrijver.writerow(kolom.naam for kolom in tabel.kolommen)
        for rij in rijen:
            schrijver.writerow([_als_tekst(waarde) for waarde in rij])
            aantal += 1
    return aantal


def _als_tekst(waarde: Any) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "J" if waarde else "N"
    if isinstance(waarde, str):
        return zonder_formule(waarde)  # a number of an institution's own may begin with anything
    return format(waarde, "f") if isinstance(waarde, Decimal) else str(waarde)


def tabellen_van(indeling: Indeling) -> dict[str, Tabel]:
    """Return a table for each recordsoort of a layout, by recordsoort, from its own declaration."""
    return {
        soort: Tabel(
            soort.lower(),
            " ".join((record.__doc__ or "").split()),
            tuple(
                _kolom(veld, f"{indeling.bron}; {soort}, positie {plaats}")
                for plaats, veld in enumerate(velden(record), 2)
            ),
        )
        for soort, record in indeling.records.items()
        if record is not indeling.sluit
    }


def _kolom(veld: Veld, bron: str) -> Kolom:
    return Kolom(
        veld.naam,
        _soort(veld),
        veld.uitleg,
        f"{bron}, {veld.formaat}",
        EENHEDEN.get(veld.naam, ""),
        not veld.verplicht,
    )


def _soort(veld: Veld) -> type:
    if veld.type is Vlag:
        return bool
    if get_origin(veld.soort) is Literal:
        return type(get_args(veld.soort)[0])
    return veld.soort if veld.soort in _TYPEN else str


def rij_van(record: Record, plan: Sequence[tuple[str, bool]]) -> Rij:
    """Return a record as a row of its table; ``plan`` is that of the table (``plan_van``)."""
    return tuple(IS_JA[getattr(record, naam)] if vlag else getattr(record, naam) for naam, vlag in plan)


def plan_van(record: type[Record]) -> tuple[tuple[str, bool], ...]:
    """Return of each field its name, and whether it is a yes or no."""
    return tuple((veld.naam, veld.type is Vlag) for veld in velden(record))
