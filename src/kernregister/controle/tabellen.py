"""Reading a table: a plain CSV with a header row, whose columns are the fields of a Struct."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, ValidationError, convert

from kernregister.kern.formaten.bron import eerste_bytes, tekstregels
from kernregister.kern.formaten.indeling import iso_datum
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag

GROOTSTE_TABEL = 128 << 20
"""Most bytes of a table, which is kept in memory: that of all pupils in vo takes half of it."""

_FACTOR = re.compile(r"\d{1,4}([.,]\d{1,4})?", re.ASCII)


def kolommen_van(pad: Path) -> set[str]:
    """Return the columns that a file names in its header row; none when it cannot be read."""
    try:
        eerste_bytes(pad)
        with pad.open(encoding="utf-8-sig", newline="") as bestand:
            return set(next(csv.reader([bestand.readline(1 << 16)], delimiter=";"), ()))
    except (OnbruikbaarBestand, OSError, UnicodeDecodeError, csv.Error):
        return set()


def lees_genummerd(pad: Path, soort: type[Struct], verslag: Verslag) -> list[tuple[int, Any]]:
    """Return the rows of a table with their line numbers; what cannot be read is reported and left out.

    Raises:
        OnbruikbaarBestand: the file is no CSV in UTF-8, is too large, or lacks a column that must be there.
    """
    eerste_bytes(pad, GROOTSTE_TABEL)
    try:
        with pad.open(encoding="utf-8-sig", newline="") as bestand:
            regels = tekstregels(bestand, pad.name)
            return list(_rijen(csv.DictReader(regels, delimiter=";"), pad.name, soort, verslag))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise OnbruikbaarBestand(f"{pad}: geen leesbaar CSV-bestand in UTF-8.") from None


def _rijen(
    lezer: csv.DictReader[str], naam: str, soort: type[Struct], verslag: Verslag
) -> Iterator[tuple[int, Any]]:
    verplicht = {v for v in soort.__struct_fields__ if v not in _met_standaard(soort)}
    ontbreekt = verplicht - set(lezer.fieldnames or ())
    if ontbreekt:
        raise OnbruikbaarBestand(
            f"{naam}: de kolommen {', '.join(sorted(ontbreekt))} ontbreken. "
            f"Verwacht een kopregel met (gescheiden door ;): {', '.join(soort.__struct_fields__)}."
        )
    for onbekend in sorted(set(lezer.fieldnames or ()) - set(soort.__struct_fields__)):
        verslag.opmerking(
            "kolom_onbekend", f"{naam}: kolommen die niet gebruikt worden.", waarde=onbekend, veld=naam
        )
    for rij in lezer:
        waarden = {k: _waarde(k, v) for k, v in rij.items() if k in soort.__struct_fields__ and v}
        try:
            yield lezer.line_num, convert(waarden, soort, strict=False)
        except ValidationError as fout:
            verslag.fout(
                "rij_ongeldig",
                f"{naam}: rijen die niet gelezen konden worden.",
                regel=lezer.line_num,
                veld=str(fout).rpartition("$.")[2].rstrip("`") if "$." in str(fout) else naam,
                verwacht=", ".join(sorted(verplicht)) + " gevuld; datums als jjjj-mm-dd",
            )


def _met_standaard(soort: type[Struct]) -> set[str]:
    aantal = len(soort.__struct_defaults__)
    return set(soort.__struct_fields__[-aantal:]) if aantal else set()


def _waarde(kolom: str, tekst: str) -> str:
    if kolom.startswith("datum_") or kolom == "einde_instroom":
        return iso_datum(tekst.strip())
    if kolom == "prijsfactor":  # a Decimal may be NaN or 1e9 as well, a factor may not
        return tekst.strip().replace(",", ".") if _FACTOR.fullmatch(tekst.strip()) else "?"
    return tekst.strip()
