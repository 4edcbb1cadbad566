"""``kernregister vergelijk``: what differs, on the screen, in files and as JSON."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Draai
from tests.conftest import ROOT
from tests.vergelijking.verhaal import NUMMERS, Verhaal, rij, ro_regels

OUD, NIEUW = sorted((ROOT / "tests/kern/voorbeeld_obo").glob("OBO_*"))
A, B = NUMMERS[:2]


@pytest.fixture
def verhaal(tmp_path: Path) -> Verhaal:
    uit = Verhaal(tmp_path)
    uit.register(ro_regels(A), ro_regels(B))
    uit.eigen(rij(A, gepland="1-8-2027"))
    return uit


def test_two_obos_on_the_screen_say_what_can_matter_and_show_no_numbers(draai: Draai) -> None:
    uit = draai("vergelijk", OUD, NIEUW)
    assert uit.exit_code == 0
    assert "OBO van 27DV, studiejaar 2016-2017" in uit.stdout
    assert "13 verschillen, bij 5 personen." in uit.stdout
    assert "…007" in uit.stdout
    assert not any(nummer in uit.output for nummer in NUMMERS)


def test_two_obos_leave_the_difference_files_in_a_folder(draai: Draai, tmp_path: Path) -> None:
    uit = draai("vergelijk", OUD, NIEUW, "--uit", tmp_path / "uit", "--zip", "--streng")
    assert uit.exit_code == 1
    assert {pad.name for pad in (tmp_path / "uit").iterdir()} == {"27DV_20170701.ZIP", "verschillen.csv"}


def test_as_json(draai: Draai) -> None:
    uitslag = json.loads(draai("vergelijk", OUD, NIEUW, "--formaat", "json").stdout)
    assert uitslag["document"] == "kernregister-vergelijking"
    assert sum(telling["aantal"] for telling in uitslag["tellingen"]) == 13
    assert uitslag["voorbeelden"][0]["gewijzigd"] == ["datum_uitschrijving_werkelijk", "geldig_op_1_februari"]


def test_the_same_file_twice_does_not_differ(draai: Draai) -> None:
    uit = draai("vergelijk", OUD, OUD, "--streng")
    assert (uit.exit_code, "Geen verschillen." in uit.stdout) == (0, True)


def test_register_and_own_administration_by_cause(draai: Draai, verhaal: Verhaal) -> None:
    uit = draai(
        "vergelijk",
        verhaal.ro,
        verhaal.export,
        "--vertaling",
        verhaal.vertaling,
        "--uit",
        verhaal.map / "uit",
    )
    assert uit.exit_code == 0
    assert "eigen datum precies 1 dag later" in uit.stdout
    assert "staat niet in de eigen administratie" in uit.stdout
    assert not any(nummer in uit.output for nummer in NUMMERS)
    csv = (verhaal.map / "uit" / "verschillen.csv").read_text("utf-8-sig").splitlines()
    assert csv[0] == "Aard;Niveau;Nummer;Sleutel;Veld;Register;Eigen administratie;Oorzaak;Rij in export"
    assert csv[1].startswith(
        f"verschil;inschrijving;{A};1;datum_uitschrijving_gepland;2027-07-31;2027-08-01;"
    )
    assert len(csv) == 3


def test_register_and_own_administration_as_json(draai: Draai, verhaal: Verhaal) -> None:
    uit = draai(
        "vergelijk", verhaal.ro, verhaal.export, "--vertaling", verhaal.vertaling, "--formaat", "json"
    )
    uitslag = json.loads(uit.stdout)
    assert [a["aard"] for a in uitslag["afwijkingen"]] == ["verschil", "niet in eigen administratie"]
    assert uitslag["personen_export"] == 1


def test_a_value_of_the_export_cannot_become_a_formula(draai: Draai, verhaal: Verhaal) -> None:
    verhaal.eigen(rij(A), rij("=1+2"))
    draai(
        "vergelijk",
        verhaal.ro,
        verhaal.export,
        "--vertaling",
        verhaal.vertaling,
        "--uit",
        verhaal.map / "uit",
    )
    assert ";'=1+2;" in (verhaal.map / "uit" / "verschillen.csv").read_text("utf-8-sig")


def test_a_translation_begins_with_the_header_and_is_never_overwritten(
    draai: Draai, verhaal: Verhaal
) -> None:
    doel = verhaal.map / "nieuw.toml"
    uit = draai("vergelijk", verhaal.export, "--begin", "--vertaling", doel)
    assert (uit.exit_code, uit.stdout) == (0, "")
    assert 'burgerservicenummer = "BSN"' in doel.read_text("utf-8")
    again = draai("vergelijk", verhaal.ro, verhaal.export, "--begin", "--vertaling", doel)
    assert (again.exit_code, "er is niets overschreven" in again.stderr) == (2, True)
    assert 'burgerservicenummer = "BSN"' in draai("vergelijk", verhaal.export, "--begin").stdout


def test_what_could_not_be_read_ends_with_code_2_and_the_rest_is_compared(
    draai: Draai, verhaal: Verhaal
) -> None:
    verhaal.eigen(rij(A, gepland="ooit"), rij(B))
    uit = draai("vergelijk", verhaal.ro, verhaal.export, "--vertaling", verhaal.vertaling)
    assert uit.exit_code == 2
    assert "ooit" in uit.stdout
    assert "De rest is vergeleken." in uit.stderr


@pytest.mark.parametrize(
    ("argumenten", "wat"),
    [
        ((OUD,), "Vergelijken gaat met twee bestanden; u gaf er 1."),
        ((OUD, "weg.csv"), "weg.csv: dit bestand bestaat niet."),
        ((OUD, ROOT / "README.md"), "--vertaling"),
        ((OUD, NIEUW, "--vertaling", "weg.toml"), "weg.toml: dit bestand bestaat niet."),
    ],
)
def test_what_cannot_be_is_said_in_plain_words(
    draai: Draai, argumenten: tuple[object, ...], wat: str
) -> None:
    uit = draai("vergelijk", *argumenten)
    assert (uit.exit_code, uit.stdout) == (2, "")
    assert wat in uit.stderr
