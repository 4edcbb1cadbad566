"""Dossiers in Parquet: a row a person, the dossier packed as in the packed stream, the reference data beside it.

A file is a stretch of persons; a person is in one file only. Not a format to keep data in: when the aggregates change,
the schema number does (``kern.formaten.pakket``), and what is older is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.pakket import SCHEMA as AGGREGATEN
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.gegevens import Gegevens

SCHEMA: Final = pa.schema(
    [
        pa.field("persoon", pa.int64(), nullable=False),
        pa.field("dossier", pa.binary(), nullable=False),
    ],
    metadata={"kernregister.schema": str(AGGREGATEN)},
)

GEGEVENS: Final = "_stamgegevens.msgpack"
"""The reference data; Spark passes over names that begin with an underscore."""

PER_BESTAND: Final = 25_000
"""Dossiers in a file: enough for a task to be worth its start, few enough for many tasks."""

PER_GROEP: Final = 2_000
"""Dossiers in a row group, and so in memory at a time."""


def schrijf_partities(
    map_: Path, dossiers: Iterable[Dossier], gegevens: Gegevens, per_bestand: int = PER_BESTAND
) -> int:
    """Write dossiers as Parquet files in a new folder, with their reference data; return how many there are.

    Args:
        map_: is made, and must not exist.
        dossiers: one a person.
        gegevens: what rules and funding need besides.
        per_bestand: dossiers in a file.

    Raises:
        FileExistsError: the folder is there already.
    """
    map_.mkdir(parents=True)
    stroom = iter(dossiers)
    aantal = nummer = 0
    while eerste := list(islice(stroom, min(PER_GROEP, per_bestand))):
        with pq.ParquetWriter(map_ / f"deel-{nummer:05}.parquet", SCHEMA, compression="zstd") as schrijver:
            groep, over = eerste, per_bestand
            while groep:
                schrijver.write_batch(_batch(groep))
                aantal += len(groep)
                over -= len(groep)
                groep = list(islice(stroom, min(PER_GROEP, over)))
        nummer += 1
    (map_ / GEGEVENS).write_bytes(msgspec.msgpack.encode(gegevens))
    return aantal


def _batch(dossiers: list[Dossier]) -> Any:
    codeer = msgspec.msgpack.Encoder().encode
    sleutels = [_sleutel(dossier.persoon.pgn) for dossier in dossiers]
    return pa.record_batch(
        [pa.array(sleutels, pa.int64()), pa.array(map(codeer, dossiers), pa.binary())], schema=SCHEMA
    )


def _sleutel(pgn: str) -> int:
    """Return a number to divide persons by: the same for the same person."""
    return int.from_bytes(hashlib.blake2b(pgn.encode(), digest_size=8).digest(), "big", signed=True)


def lees_gegevens(map_: Path) -> Gegevens:
    """Return the reference data of a folder with partitions.

    Raises:
        OnbruikbaarBestand: it is not there, or of another version.
    """
    try:
        return msgspec.msgpack.decode((map_ / GEGEVENS).read_bytes(), type=Gegevens)
    except (OSError, msgspec.MsgspecError):
        raise OnbruikbaarBestand(
            f"{map_}: dit is geen map met partities van deze versie. Maak haar opnieuw met kernregister partities."
        ) from None


def controleer_schema(map_: Path) -> list[Path]:
    """Return the files of a folder with partitions, in order.

    Raises:
        OnbruikbaarBestand: there are none, or they hold dossiers of another schema.
    """
    paden = sorted(map_.glob("deel-*.parquet"))
    if not paden:
        raise OnbruikbaarBestand(f"{map_}: hier staan geen partities. Maak ze met kernregister partities.")
    for pad in paden:
        try:
            kenmerk = (pq.read_schema(pad).metadata or {}).get(b"kernregister.schema", b"?").decode()
        except (OSError, pa.ArrowException):
            raise OnbruikbaarBestand(
                f"{pad}: geen leesbaar Parquet-bestand. Maak de partities opnieuw."
            ) from None
        if kenmerk != str(AGGREGATEN):
            raise OnbruikbaarBestand(
                f"{pad}: de dossiers hebben schema {kenmerk}; deze versie leest schema {AGGREGATEN}. Maak de "
                "partities opnieuw."
            )
    return paden


def batches(paden: Iterable[Path]) -> Iterator[Any]:
    """Give the Arrow batches of files, one after the other: what Spark would hand over."""
    for pad in paden:
        with pq.ParquetFile(pad) as bestand:
            yield from bestand.iter_batches(batch_size=PER_GROEP)
