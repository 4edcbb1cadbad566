"""The dossiers as tables, in the Parquet files that an analyst would have made of them before starting.

One row a record, dates and numbers typed, with the keys of the register: person's number, institution and volgnummer,
which are text. There is a set with dates for polars and DuckDB, and one with timestamps for pandas, so that none of
them has to convert what it reads. And, favourable to pandas, one in which somebody has gone to the trouble of giving
persons a whole number and repeated codes a category.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Gegevens

_PER_KEER = 100_000
_TEKST, _DATUM = pa.string(), pa.date32()
_ENKEL = [("persoon", _TEKST), ("instelling", _TEKST), ("inschrijvingvolgnummer", _TEKST)]

SCHEMAS: dict[str, pa.Schema] = {
    "per": pa.schema(
        [
            ("persoon", _TEKST),
            ("burgerservicenummer", _TEKST),
            ("onderwijsnummer", _TEKST),
            ("geboortedatum", _TEKST),
            ("geslacht", _TEKST),
        ]
    ),
    "isg": pa.schema(
        [
            *_ENKEL,
            ("datum_inschrijving", _DATUM),
            ("datum_uitschrijving_gepland", _DATUM),
            ("datum_uitschrijving_werkelijk", _DATUM),
        ]
    ),
    "isp": pa.schema(
        [
            *_ENKEL,
            ("datum_begin", _DATUM),
            ("opleidingcode", _TEKST),
            ("leertraject", _TEKST),
            ("bekostigbaar", pa.bool_()),
        ]
    ),
    "bpv": pa.schema(
        [
            *_ENKEL,
            ("volgnummer", _TEKST),
            ("datum_begin", _DATUM),
            ("datum_einde_gepland", _DATUM),
            ("datum_einde_werkelijk", _DATUM),
            ("omvang", pa.int32()),
        ]
    ),
    "dip": pa.schema(
        [*_ENKEL, ("resultaatvolgnummer", _TEKST), ("opleidingcode", _TEKST), ("datum_resultaat", _DATUM)]
    ),
}


SETS = ("parquet", "pandas", "pandas-gehele-sleutels")
CATEGORIEEN = {"instelling", "opleidingcode", "leertraject", "geslacht"}


class Tabellen:
    """Writes the tables while the dossiers go by."""

    def __init__(self, map_: Path) -> None:
        self._rijen: dict[str, list[tuple[Any, ...]]] = {naam: [] for naam in SCHEMAS}
        self._schrijvers = {
            naam: [pq.ParquetWriter(_pad(map_ / soort, naam), _schema(schema, soort)) for soort in SETS]
            for naam, schema in SCHEMAS.items()
        }
        self._nummers: dict[str, int] = {}

    def bij(self, dossiers: Iterable[Dossier]) -> Iterator[Dossier]:
        """Give dossiers through, with their records put in the tables."""
        for dossier in dossiers:
            self._bij(dossier)
            yield dossier
        for naam in SCHEMAS:
            self._schrijf(naam)
            for schrijver in self._schrijvers[naam]:
                schrijver.close()

    def _bij(self, dossier: Dossier) -> None:
        p, rijen = dossier.persoon, self._rijen
        nummer = p.pgn
        self._nummers[nummer] = len(self._nummers)
        rijen["per"].append((nummer, p.burgerservicenummer, p.onderwijsnummer, p.geboortedatum, p.geslacht))
        for i in dossier.inschrijvingen:
            sleutel = (nummer, i.instelling, i.inschrijvingvolgnummer)
            rijen["isg"].append(
                (
                    *sleutel,
                    i.datum_inschrijving,
                    i.datum_uitschrijving_gepland,
                    i.datum_uitschrijving_werkelijk,
                )
            )
            rijen["isp"] += [
                (*sleutel, q.datum_begin, q.opleidingcode, q.leertraject, q.bekostigbaar) for q in i.perioden
            ]
            rijen["bpv"] += [
                (
                    *sleutel,
                    b.volgnummer,
                    b.datum_begin,
                    b.datum_einde_gepland,
                    b.datum_einde_werkelijk,
                    b.omvang,
                )
                for b in i.bpvs
            ]
        rijen["dip"] += [
            (
                *(nummer, d.instelling, d.inschrijvingvolgnummer),
                *(d.resultaatvolgnummer, d.opleidingcode, d.datum_resultaat),
            )
            for d in dossier.diplomas
        ]
        for naam, lijst in rijen.items():
            if len(lijst) >= _PER_KEER:
                self._schrijf(naam)

    def _schrijf(self, naam: str) -> None:
        rijen, schema = self._rijen[naam], SCHEMAS[naam]
        if rijen:
            kolommen = [
                pa.array(k, veld.type) for k, veld in zip(zip(*rijen, strict=True), schema, strict=True)
            ]
            tabel = pa.Table.from_arrays(kolommen, schema=schema)
            geheel = pa.array([self._nummers[rij[0]] for rij in rijen], pa.int32())
            for soort, schrijver in zip(SETS, self._schrijvers[naam], strict=True):
                als = tabel.set_column(0, "persoon", geheel) if soort == SETS[-1] else tabel
                schrijver.write_table(als.cast(schrijver.schema))
        rijen.clear()


def schrijf_instellingen(map_: Path, codes: Iterable[str], gegevens: Gegevens) -> None:
    """Write which kind each institution is of."""
    rijen = [{"instelling": code, "soort": str(gegevens.soort_van(code))} for code in sorted(codes)]
    schema = pa.schema([("instelling", _TEKST), ("soort", _TEKST)])
    for soort in SETS:
        tabel = pa.Table.from_pylist(rijen, schema).cast(_schema(schema, soort))
        pq.write_table(tabel, _pad(map_ / soort, "instellingen"))


def _pad(map_: Path, naam: str) -> Path:
    map_.mkdir(parents=True, exist_ok=True)
    return map_ / f"{naam}.parquet"


def _schema(schema: pa.Schema, soort: str) -> pa.Schema:
    if soort == "parquet":
        return schema
    return pa.schema([(veld.name, _voor_pandas(veld, soort == SETS[-1])) for veld in schema])


def _voor_pandas(veld: pa.Field, gehele_sleutels: bool) -> pa.DataType:
    if gehele_sleutels and veld.name == "persoon":
        return pa.int32()
    if gehele_sleutels and veld.name in CATEGORIEEN:
        return pa.dictionary(pa.int32(), pa.string())
    return pa.timestamp("ms") if veld.type == _DATUM else veld.type


def schrijf_csv(map_: Path, venster: tuple[date, date]) -> None:
    """Write what a tool without a notion of the control window gets: only what lies in it."""
    (map_ / "csv").mkdir(exist_ok=True)
    isg, isp, bpv, dip = (
        pl.read_parquet(map_ / "parquet" / f"{naam}.parquet") for naam in ("isg", "isp", "bpv", "dip")
    )
    begin, eind = venster
    werkelijk = pl.col("datum_uitschrijving_werkelijk")
    gestart = pl.col("datum_inschrijving")
    in_venster = isg.filter(
        gestart < eind, (werkelijk >= begin).fill_null(True), (werkelijk >= gestart).fill_null(True)
    )
    sleutel = ["persoon", "instelling", "inschrijvingvolgnummer"]
    opleiding = ["persoon", "instelling", "opleidingcode"]
    datum = pl.col("datum_resultaat")
    bpv.join(in_venster, on=sleutel, how="semi").write_csv(map_ / "csv" / "bpv.csv")
    dip.filter(datum >= begin, datum < eind).select(opleiding).write_csv(map_ / "csv" / "diploma.csv")
    isp.select(opleiding).unique(maintain_order=True).write_csv(map_ / "csv" / "opleiding.csv")
