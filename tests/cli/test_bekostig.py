"""``kernregister bekostig`` and ``partities``: what deliveries mean in funding, without a database."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from kernregister.fictief.sector import Sector
from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import parameters
from kernregister.kern.bekostiging.totalen import Optelling
from tests.cli.conftest import vraag
from tests.controle.leveringen import schrijf_ro
from tests.kern.voorbeelden import BSN, INSTELLING, inschrijving, periode, student

BOL = periode(bekostigbaar=True)


@pytest.fixture
def ro(tmp_path: Path) -> Path:
    return schrijf_ro(tmp_path / "ro.csv", [student(inschrijving(perioden=(BOL,)))])


def test_a_delivery_is_worked_out_per_institution_and_says_that_it_is_indicative(draai, ro: Path):
    uit = draai("bekostig", ro)
    assert uit.exit_code == 0, uit.output
    assert "Bekostigingsjaar 2027" in uit.stdout
    assert INSTELLING in uit.stdout
    assert "Indicatief" in uit.stdout
    assert "1 tellen in geen budget: van de opleiding is het niveau niet bekend" in uit.stdout
    assert BSN not in uit.stdout


def test_in_english(draai, ro: Path):
    uit = draai("bekostig", ro, "--taal", "en")
    assert "Funding year 2027" in uit.stdout
    assert "Indicative" in uit.stdout


def test_the_trace_has_a_line_for_every_decision_with_what_was_missing(draai, ro: Path, tmp_path: Path):
    uit = draai("bekostig", ro, "--uit", tmp_path / "uit")
    assert uit.exit_code == 0
    inhoud = (tmp_path / "uit/bekostiging.csv").read_text("utf-8")
    regels = list(csv.DictReader(inhoud.splitlines(), delimiter=";"))
    assert [(r["persoon"], r["teldatum_of_datum"], r["telt"]) for r in regels] == [
        (BSN, "2025-10-01", "J"),
        (BSN, "2026-02-01", "J"),
    ]
    assert {"T70", "TB1"} <= set(regels[0]["code"].split())
    assert "niveau" in regels[0]["uitleg"]
    assert sorted(pad.name for pad in (tmp_path / "uit").iterdir()) == ["bekostiging.csv"]


def test_the_whole_sector_gives_the_totals_of_the_dossiers_in_one_process_and_in_two(
    draai, sector: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    wens = [deel for deel in vraag(sector) if deel != "--ook"][: -len(list((sector / "ook").iterdir()))]
    een = draai("bekostig", *wens, "--formaat", "json", "--uit", tmp_path / "een")
    monkeypatch.setattr("kernregister.controle.werk.KLEIN", 0)
    twee = draai("bekostig", *wens, "--formaat", "json", "--uit", tmp_path / "twee", "--processen", "2")
    assert een.stdout == twee.stdout
    assert (tmp_path / "een/bekostiging.csv").read_text() == (tmp_path / "twee/bekostiging.csv").read_text()
    uitkomst = json.loads(een.stdout)
    bekend = Sector(300, 7)
    jaar = Bekostigingsjaar(uitkomst["bekostigingsjaar"])
    optelling, beslis = Optelling(parameters(jaar)), Beslisser(jaar, bekend.gegevens)
    for dossier in bekend.dossiers():
        optelling.tel(beslis(dossier))
    assert {i["instelling"] for i in uitkomst["instellingen"]} <= optelling.instellingen().keys()
    som = sum(Decimal(b["som_bijdragen"]) for i in uitkomst["instellingen"] for b in i["budgetten"])
    assert som > 100


def test_a_year_of_which_nothing_is_known_is_refused_in_words(draai, ro: Path):
    uit = draai("bekostig", ro, "--jaar", "2005")
    assert uit.exit_code == 2
    assert "rekenregels niet bekend" in uit.output


def test_a_file_of_somebody_else_is_not_overwritten(draai, ro: Path, tmp_path: Path):
    eigen = tmp_path / "bekostiging.csv"
    eigen.write_text("mijn eigen werk\n")
    uit = draai("bekostig", ro, "--uit", tmp_path)
    assert uit.exit_code == 2
    assert "niets overschreven" in " ".join(uit.output.split())
    assert eigen.read_text() == "mijn eigen werk\n"


@pytest.mark.parametrize("inhoud", ["", "\x00\x01", "naam;waarde\nx;1\n"])
def test_what_is_no_delivery_is_refused_by_both(draai, tmp_path: Path, inhoud: str):
    pad = tmp_path / "iets.csv"
    pad.write_text(inhoud)
    for opdracht in (("bekostig", pad), ("partities", pad, "--uit", tmp_path / "uit")):
        uit = draai(*opdracht)
        assert uit.exit_code == 2
        assert "iets.csv" in uit.output
    assert not (tmp_path / "uit").exists()


def test_partitions_hold_every_person_once_with_the_reference_data(draai, sector: Path, tmp_path: Path):
    from kernregister.spark.partities import batches, controleer_schema, lees_gegevens

    ros = sorted(sector.glob("RO_*.CSV"))
    uit = draai("partities", *ros, "--stamgegevens", sector / "stamgegevens", "--uit", tmp_path / "uit")
    assert uit.exit_code == 0, uit.output
    sleutels = [
        s for b in batches(controleer_schema(tmp_path / "uit")) for s in b.column("persoon").to_pylist()
    ]
    assert f"{len(sleutels)} personen" in uit.output
    assert len(set(sleutels)) == len(sleutels) > 200
    assert lees_gegevens(tmp_path / "uit").opleidingen
    weer = draai("partities", *ros, "--uit", tmp_path / "uit")
    assert weer.exit_code == 2
    assert "niets overschreven" in " ".join(weer.output.split())
