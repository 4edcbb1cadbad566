"""The job: ``spark-submit`` (or ``python -m kernregister.spark``) over a folder with partitions.

It writes the counts per key as Parquet, and prints the totals as JSON.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import OnbekendJaar
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.spark.partities import controleer_schema, lees_gegevens
from kernregister.spark.sweep import (
    AANTALLEN,
    BEDRAG,
    SLEUTEL,
    SPARK_SCHEMA,
    Opdracht,
    Uitslag,
    lees_uitslag,
    veeg,
)

ONBRUIKBAAR = 2
"""Exit code when the partitions cannot be used."""


def sweep(spark: Any, map_: Path, opdracht: Opdracht, uit: Path | None = None) -> Uitslag:
    """Sweep a folder with partitions on a Spark session, and return what was found.

    Args:
        spark: the session.
        map_: a folder that all workers see by the same path.
        opdracht: what to sweep with.
        uit: a new folder for the counts as Parquet.
    """
    from pyspark.sql import functions as f

    paden = [str(pad) for pad in controleer_schema(map_)]
    gevonden = spark.read.parquet(*paden).select("dossier").mapInArrow(veeg(opdracht), SPARK_SCHEMA)
    sommen = [f.sum(naam).alias(naam) for naam in AANTALLEN]
    samen = gevonden.groupBy(*SLEUTEL).agg(*sommen, f.sum(BEDRAG).cast("decimal(28,6)").alias(BEDRAG))
    samen = samen.orderBy(*SLEUTEL).coalesce(1).cache()
    if uit is not None:
        samen.write.parquet(str(uit))
    uitslag = lees_uitslag((rij.asDict() for rij in samen.collect()), opdracht)
    samen.unpersist()
    return uitslag


def sessie(**instellingen: str) -> Any:
    """Return a Spark session, with settings beside those of spark-submit; local workers run this very Python."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    bouwer = SparkSession.builder.appName("kernregister")
    for naam, waarde in instellingen.items():
        bouwer = bouwer.config(naam.replace("_", "."), waarde)
    return bouwer.getOrCreate()


def als_json(uitslag: Uitslag) -> bytes:
    """Return the totals as JSON: findings by rule, funding by institution."""
    regels: dict[str, int] = {}
    for (regel, _), aantal in sorted(uitslag.signalen.items()):
        regels[regel] = regels.get(regel, 0) + aantal
    totalen = uitslag.bekostiging.instellingen() if uitslag.bekostiging else {}
    return msgspec.json.format(msgspec.json.encode({"signalen": regels, "bekostiging_indicatief": totalen}))


def main() -> int:
    """Run the job."""
    lezer = argparse.ArgumentParser(prog="python -m kernregister.spark", description=__doc__)
    lezer.add_argument("map", type=Path, help="map met partities, van kernregister partities")
    lezer.add_argument("--peildatum", type=date.fromisoformat, required=True, metavar="JJJJ-MM-DD")
    lezer.add_argument("--jaar", type=int, help="bekostigingsjaar; zonder: geen bekostiging")
    lezer.add_argument("--uit", type=Path, help="nieuwe map voor de tellingen, als Parquet")
    opties = lezer.parse_args()
    jaar = Bekostigingsjaar(opties.jaar) if opties.jaar else None
    try:
        if opties.uit is not None and opties.uit.exists():
            raise OnbruikbaarBestand(
                f"{opties.uit}: deze map is er al; er is niets overschreven. Kies een nieuwe --uit."
            )
        controleer_schema(opties.map)
        opdracht = Opdracht(opties.peildatum, lees_gegevens(opties.map), jaar)
        lees_uitslag([], opdracht)  # a year of which nothing is known is told before the work begins
        if find_spec("pyspark") is None:
            raise OnbruikbaarBestand(
                "Spark ontbreekt. Installeer het met: pip install 'kernregister[spark]'."
            )
    except (OnbruikbaarBestand, OnbekendJaar) as fout:
        print(fout, file=sys.stderr)  # noqa: T201
        return ONBRUIKBAAR
    spark = sessie()
    try:
        print(als_json(sweep(spark, opties.map, opdracht, opties.uit)).decode())  # noqa: T201
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
