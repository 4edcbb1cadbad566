"""The sweep of a sector in stretches finds what one sweep finds, with and without Spark."""

import shutil
from collections import Counter
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from kernregister.fictief.fouten import planters
from kernregister.fictief.sector import Sector
from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import parameters
from kernregister.kern.bekostiging.totalen import Optelling
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor
from kernregister.kern.tijd import Studiejaar
from kernregister.spark.partities import batches, controleer_schema, lees_gegevens, schrijf_partities
from kernregister.spark.sweep import Opdracht, Uitslag, lees_uitslag, veeg

AANTAL = 400


@pytest.fixture(scope="module")
def sector() -> Sector:
    return Sector(AANTAL, 1, dict.fromkeys(planters(), 3))


@pytest.fixture(scope="module")
def map_(sector: Sector, tmp_path_factory: pytest.TempPathFactory) -> Path:
    map_ = tmp_path_factory.mktemp("spark") / "partities"
    schrijf_partities(map_, sector.dossiers(), sector.gegevens, per_bestand=90)
    return map_


@pytest.fixture(scope="module")
def opdracht(sector: Sector, map_: Path) -> Opdracht:
    jaar = Bekostigingsjaar.van(Studiejaar.van(sector.kalender.peildatum))
    return Opdracht(sector.kalender.peildatum, lees_gegevens(map_), jaar)


@pytest.fixture(scope="module")
def plaatselijk(sector: Sector, opdracht: Opdracht) -> Uitslag:
    """Dossier by dossier, as any other caller of the engine and of the funding does it."""
    motor = Motor(catalogus().values(), opdracht.peildatum, sector.gegevens)
    assert opdracht.jaar is not None
    beslis = Beslisser(opdracht.jaar, sector.gegevens)
    uit = Uitslag(Counter(), Optelling(parameters(opdracht.jaar)))
    for dossier in sector.dossiers():
        uit.signalen.update((een.regel, een.sleutel.instelling) for een in motor.controleer(dossier))
        uit.bekostiging.tel(beslis(dossier))
    return uit


def gelijk(een: Uitslag, ander: Uitslag) -> None:
    assert len({regel for regel, _ in een.signalen}) > 25
    assert een.signalen == ander.signalen
    assert een.bekostiging.instellingen() == ander.bekostiging.instellingen()
    assert een.bekostiging.sector() == ander.bekostiging.sector()
    assert sum(t.aantal for t in een.bekostiging.inschrijvingen.values()) > AANTAL / 2
    assert sum((t.waarde for t in een.bekostiging.diplomas.values()), Decimal()) > 0


def test_stretches_of_persons_add_up_to_what_one_sweep_finds(
    map_: Path, opdracht: Opdracht, plaatselijk: Uitslag
) -> None:
    doe = veeg(opdracht)
    stukken = [uit for pad in controleer_schema(map_) for uit in doe(batches([pad]))]
    assert len(stukken) == 5
    gelijk(lees_uitslag((rij for stuk in stukken for rij in stuk.to_pylist()), opdracht), plaatselijk)


def test_without_a_funding_year_only_signals_are_counted(map_: Path, opdracht: Opdracht) -> None:
    alleen = Opdracht(opdracht.peildatum, opdracht.gegevens)
    (uit,) = veeg(alleen)(batches(controleer_schema(map_)))
    assert {rij["wat"] for rij in uit.to_pylist()} == {"signaal"}
    assert lees_uitslag(uit.to_pylist(), alleen).bekostiging is None


@pytest.mark.parametrize(
    ("opties", "deel"),
    [
        (["{leeg}"], "hier staan geen partities"),
        (["{map}", "--jaar", "2005"], "rekenregels niet bekend"),
        (["{map}", "--uit", "{leeg}"], "niets overschreven"),
    ],
)
def test_the_job_says_in_words_what_cannot_be(
    map_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, opties: list[str], deel: str
) -> None:
    from kernregister.spark.__main__ import main

    woorden = [optie.format(map=map_, leeg=tmp_path) for optie in opties]
    monkeypatch.setattr("sys.argv", ["kernregister.spark", *woorden, "--peildatum", "2026-03-01"])
    assert main() == 2
    assert deel in capsys.readouterr().err


@pytest.mark.traag
@pytest.mark.skipif(
    find_spec("pyspark") is None, reason="pyspark ontbreekt: pip install 'kernregister[spark]'"
)
@pytest.mark.skipif(shutil.which("java") is None, reason="geen Java: Spark vraagt Java 17 of nieuwer")
@pytest.mark.filterwarnings("default")  # Spark's own
def test_spark_finds_what_one_sweep_finds(
    map_: Path, opdracht: Opdracht, plaatselijk: Uitslag, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    from kernregister.spark.__main__ import sessie, sweep

    spark = sessie(spark_master="local[2]", spark_ui_enabled="false", spark_sql_shuffle_partitions="2")
    try:
        uitslag = sweep(spark, map_, opdracht, tmp_path / "uit")
    finally:
        spark.stop()
    gelijk(uitslag, plaatselijk)
    geschreven = pq.read_table(tmp_path / "uit").to_pylist()
    gelijk(lees_uitslag(geschreven, opdracht), plaatselijk)
