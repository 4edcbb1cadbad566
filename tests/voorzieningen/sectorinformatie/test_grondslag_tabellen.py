"""A GRONDSLAG file as tables: what the file holds, typed, with a data dictionary."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kernregister.kern.formaten.grondslag import GRONDSLAG
from kernregister.kern.formaten.indeling import velden
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.voorzieningen.sectorinformatie.public import maak_tabellen
from tests.databank import Databank
from tests.voorzieningen.kwaliteit import opzet as kwaliteit
from tests.voorzieningen.overzichten import opzet

BESTAND = """\
VLP;27DV;2025;20251119;V
PER;100000001;17;17;18;17;V;2904;;;;6030;;;;;0001;
ISG;100000001;27DV;1;20250801;20280731;;
ISP;100000001;27DV;1;20250801;;25998;;BOL;;1;100A501;101X591;;
BII;100000001;27DV;1;20251001;20251119T101112;V;1;J;1.00;1.20;;;1.200000
DIP;100000001;27DV;2;25998;20250701;0;1;
SLR;1;1;1;0;0;1;1;0;0;0;0
"""


def rijen(pad: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(pad.read_text("utf-8").splitlines(), delimiter=";"))


@pytest.fixture
def map_(tmp_path: Path) -> Path:
    bron = tmp_path / "GRONDSLAG_IP_MBO_27DV_20251119_2025.csv"
    bron.write_text(BESTAND, "utf-8")
    uit = tmp_path / "uit"
    uit.mkdir()
    maak_tabellen(bron, uit)
    return uit


def test_each_recordsoort_is_a_table_with_its_own_types(map_: Path) -> None:
    (inschrijving,) = pq.read_table(map_ / "isg.parquet").to_pylist()
    assert inschrijving["pgn"] == "100000001"
    assert inschrijving["datum_inschrijving"] == date(2025, 8, 1)
    (periode,) = pq.read_table(map_ / "isp.parquet").to_pylist()
    assert periode["indicatie_bekostigbaar"] is True
    (persoon,) = rijen(map_ / "per.csv")
    assert (persoon["leeftijd_3"], persoon["nationaliteit_1"]) == ("18", "0001")
    (besluit,) = rijen(map_ / "bii.csv")
    assert (besluit["bekostigingsstatus"], besluit["bijdrage"]) == ("J", "1.200000")
    assert rijen(map_ / "kzd.csv") == []
    assert pq.read_table(map_ / "kzd.parquet").num_rows == 0


def test_the_dictionary_has_every_field_of_the_layout_with_its_source_and_unit(map_: Path) -> None:
    woordenboek = {(r["tabel"], r["kolom"]): r for r in rijen(map_ / "woordenboek.csv")}
    for soort, record in GRONDSLAG.records.items():
        for veld in velden(record) if record is not GRONDSLAG.sluit else ():
            rij = woordenboek[soort.lower(), veld.naam]
            assert rij["betekenis"] == veld.uitleg
            assert f"{soort}, positie" in rij["bron"]
    assert woordenboek["bpv", "omvang"]["eenheid"] == "uur"
    assert woordenboek["per", "leeftijd_1"]["type"] == "geheel getal"


def test_what_is_no_grondslag_is_refused_in_words(tmp_path: Path) -> None:
    ander = tmp_path / "iets.csv"
    ander.write_text("naam;waarde\n", "utf-8")
    with pytest.raises(OnbruikbaarBestand):
        maak_tabellen(ander, tmp_path)


def test_an_institution_asks_for_its_grondslag_as_tables(databank: Databank, monkeypatch) -> None:
    kwaliteit.zet_klok(monkeypatch, date(2026, 3, 1))
    sector = opzet.gevuld(30)
    instelling = opzet.instelling_van(sector)
    bron = opzet.alles(opzet.vraag("GRONDSLAG", instelling))
    gemaakt = opzet.alles(opzet.vraag("GRONDSLAG-TABELLEN", instelling))
    ((naam, inhoud),) = gemaakt.items()
    assert naam.endswith("_TABELLEN.ZIP")
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        personen = list(csv.DictReader(zip_.read("per.csv").decode().splitlines(), delimiter=";"))
        besluiten = list(csv.DictReader(zip_.read("bii.csv").decode().splitlines(), delimiter=";"))
    with zipfile.ZipFile(io.BytesIO(next(iter(bron.values())))) as zip_:
        regels = zip_.read(zip_.namelist()[0]).decode().splitlines()
    assert [f"PER;{p['pgn']}" for p in personen] == [r[:13] for r in regels if r.startswith("PER;")]
    assert len(besluiten) == sum(r.startswith("BII;") for r in regels) > 0
    bekend = {d.persoon.pgn for d in sector.dossiers()}
    assert not {p["pgn"] for p in personen} & bekend
