"""Dossiers in Parquet: what comes out is what went in, and what is not of this version is refused in words."""

from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.spark.partities import (
    GEGEVENS,
    batches,
    controleer_schema,
    lees_gegevens,
    schrijf_partities,
)


def test_all_dossiers_and_the_reference_data_come_back(tmp_path: Path):
    sector = Sector(130, 1)
    dossiers = list(sector.dossiers())
    assert schrijf_partities(tmp_path / "uit", iter(dossiers), sector.gegevens, per_bestand=50) == 130
    paden = controleer_schema(tmp_path / "uit")
    assert [pq.ParquetFile(pad).metadata.num_rows for pad in paden] == [50, 50, 30]
    decodeer = msgspec.msgpack.Decoder(Dossier).decode
    gelezen = [decodeer(waarde) for batch in batches(paden) for waarde in batch.column("dossier").to_pylist()]
    assert gelezen == dossiers
    assert lees_gegevens(tmp_path / "uit") == sector.gegevens


def test_a_person_is_in_one_row_with_a_key_that_is_no_number(tmp_path: Path):
    dossiers = list(Sector(60, 1).dossiers())
    schrijf_partities(tmp_path / "uit", dossiers, Sector(60, 1).gegevens)
    sleutels = [
        s for b in batches(controleer_schema(tmp_path / "uit")) for s in b.column("persoon").to_pylist()
    ]
    assert len(set(sleutels)) == 60
    assert not {str(s) for s in sleutels} & {d.persoon.pgn for d in dossiers}


def test_an_existing_folder_is_never_written_into(tmp_path: Path):
    with pytest.raises(FileExistsError):
        schrijf_partities(tmp_path, [], Sector(10, 1).gegevens)


def test_a_folder_without_partitions_is_said_to_be_one(tmp_path: Path):
    with pytest.raises(OnbruikbaarBestand, match="hier staan geen partities"):
        controleer_schema(tmp_path)
    with pytest.raises(OnbruikbaarBestand, match="geen map met partities"):
        lees_gegevens(tmp_path)


@pytest.mark.parametrize("inhoud", [b"", b"PAR1", b"\x93\x01"])
def test_what_is_damaged_is_refused_with_what_to_do(tmp_path: Path, inhoud: bytes):
    (tmp_path / "deel-00000.parquet").write_bytes(inhoud)
    (tmp_path / GEGEVENS).write_bytes(inhoud)
    with pytest.raises(OnbruikbaarBestand, match="opnieuw"):
        controleer_schema(tmp_path)
    with pytest.raises(OnbruikbaarBestand, match="opnieuw"):
        lees_gegevens(tmp_path)


def test_dossiers_of_another_schema_are_refused(tmp_path: Path):
    oud = pa.schema([("persoon", pa.int64())], metadata={"kernregister.schema": "1"})
    pq.write_table(oud.empty_table(), tmp_path / "deel-00000.parquet")
    with pytest.raises(OnbruikbaarBestand, match="schema 1; deze versie leest"):
        controleer_schema(tmp_path)
