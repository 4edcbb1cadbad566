"""Tables as files: CSV and Parquet of each, a data dictionary, and a page that says what it is, in one zip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kernregister.kern.formaten.tabel import WOORDENBOEK, Rij, Tabel, schrijf_csv, woordenboek

_TYPEN = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    date: pa.date32(),
    Decimal: pa.decimal128(21, 6),
}

PER_KEER = 50_000
"""Rows that are held in memory at a time."""


def schema_van(tabel: Tabel) -> pa.Schema:
    """Return the Parquet schema of a table; each column carries its meaning, source and unit along."""
    return pa.schema(
        [
            pa.field(
                kolom.naam,
                _TYPEN[kolom.soort],
                nullable=kolom.leeg,
                metadata={"uitleg": kolom.uitleg, "bron": kolom.bron, "eenheid": kolom.eenheid},
            )
            for kolom in tabel.kolommen
        ],
        metadata={"omschrijving": tabel.omschrijving},
    )


class Tabelschrijver:
    """Writes one table in both forms, while its rows come by."""

    def __init__(self, map_: Path, tabel: Tabel) -> None:
        self.tabel = tabel
        self.paden = [map_ / f"{tabel.naam}.csv", map_ / f"{tabel.naam}.parquet"]
        self._schema = schema_van(tabel)
        self._parquet = pq.ParquetWriter(self.paden[1], self._schema, compression="zstd")
        self.rijen = 0

    def schrijf(self, rijen: Iterable[Rij]) -> None:
        """Write all rows of the table."""
        self.rijen = schrijf_csv(self.paden[0], self.tabel, self._ook_als_parquet(iter(rijen)))
        self._parquet.close()

    def _ook_als_parquet(self, rijen: Iterator[Rij]) -> Iterator[Rij]:
        while groep := list(islice(rijen, PER_KEER)):
            self._schrijf_groep(groep)
            yield from groep

    def _schrijf_groep(self, groep: list[Rij]) -> None:
        kolommen = [
            pa.array(waarden, veld.type)
            for waarden, veld in zip(zip(*groep, strict=True), self._schema, strict=True)
        ]
        self._parquet.write_table(pa.Table.from_arrays(kolommen, schema=self._schema))


def schrijf_tabellen(map_: Path, tabellen: Iterable[tuple[Tabel, Iterable[Rij]]], leesmij: str) -> list[Path]:
    """Write tables with their data dictionary and the page about them; return the files, the page first.

    The same tables give the same bytes, as long as the same version of pyarrow writes them.
    """
    paden: list[Path] = []
    geschreven: list[Tabel] = []
    for tabel, rijen in tabellen:
        schrijver = Tabelschrijver(map_, tabel)
        schrijver.schrijf(rijen)
        paden += schrijver.paden
        geschreven.append(tabel)
    dictionaire = Tabelschrijver(map_, WOORDENBOEK)
    dictionaire.schrijf(woordenboek(geschreven))
    pagina = map_ / "LEESMIJ.txt"
    pagina.write_text(leesmij, encoding="utf-8", newline="\n")
    return [pagina, *dictionaire.paden, *paden]
