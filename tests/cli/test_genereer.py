"""``kernregister genereer``: a sector to try things on."""

import json

import pytest

from kernregister.fictief.waarheid import lees_waarheid


def inhoud(map_):
    return {pad.relative_to(map_): pad.read_bytes() for pad in map_.rglob("*") if pad.is_file()}


def test_the_same_seed_gives_the_same_files(draai, tmp_path):
    for naam in ("een", "twee"):
        assert (
            draai(
                "genereer", "--dossiers", 50, "--zaad", 3, "--fouten", "B04=2", "--uit", tmp_path / naam
            ).exit_code
            == 0
        )
    assert inhoud(tmp_path / "een") == inhoud(tmp_path / "twee")
    draai("genereer", "--dossiers", 50, "--zaad", 4, "--uit", tmp_path / "drie")
    assert inhoud(tmp_path / "een") != inhoud(tmp_path / "drie")


def test_it_tells_what_was_made_and_what_to_try_next(draai, tmp_path):
    uit = draai("genereer", "--dossiers", "1.000", "--fouten", "B04=2,C02=1", "--uit", tmp_path / "s")
    assert "1.000 dossiers" in uit.stderr
    assert "3 ingebrachte gevallen" in uit.stderr
    opdracht = uit.stdout.splitlines()[-1].split()
    assert opdracht[:2] == ["kernregister", "controleer"]
    gecontroleerd = draai(*opdracht[1:], "--formaat", "json")
    assert gecontroleerd.exit_code == 0
    assert json.loads(gecontroleerd.stdout)["niet_beoordeeld"] != ""


def test_without_faults_nothing_is_found(draai, tmp_path):
    draai("genereer", "--dossiers", 200, "--uit", tmp_path / "s", "--fouten", "geen")
    uit = draai("controleer", *sorted((tmp_path / "s").glob("RO_*.CSV")), "--streng")
    assert (uit.exit_code, "Geen signalen" in uit.stdout) == (0, True)


@pytest.mark.parametrize(
    ("opties", "uitleg"),
    [
        (["--dossiers", "nul"], "'nul' is geen aantal"),
        (["--dossiers", "0"], "vanaf 1"),
        (["--zaad", "-1"], "is geen zaad"),
        (["--fouten", "B99=1"], "B99: geen signaal"),
        (["--fouten", "veel"], "verwacht een regel met een aantal"),
        (["--peildatum", "ooit"], "'ooit' is geen datum"),
    ],
)
def test_a_wish_that_cannot_be_met_is_explained(draai, tmp_path, opties, uitleg):
    uit = draai("genereer", "--uit", tmp_path / "s", *opties)
    assert (uit.exit_code, uit.stdout) == (2, "")
    assert uitleg in uit.stderr


def test_a_folder_with_other_files_is_left_alone(draai, tmp_path):
    (tmp_path / "scriptie.txt").touch()
    uit = draai("genereer", "--uit", tmp_path)
    assert uit.exit_code == 2
    assert [pad.name for pad in tmp_path.iterdir()] == ["scriptie.txt"]


@pytest.mark.parametrize(
    ("dossiers", "peildatum", "gevallen"),
    [(300, "2026-03-01", 102), (100, "2026-03-01", 34), (99, "2026-03-01", 0), (300, "2025-09-01", 90)],
)
def test_without_a_wish_some_of_every_signal_that_can_be_there_are_planted(
    draai, tmp_path, dossiers, peildatum, gevallen
):
    uit = draai("genereer", "--dossiers", dossiers, "--uit", tmp_path / "s", "--peildatum", peildatum)
    assert uit.exit_code == 0
    assert len(lees_waarheid(tmp_path / "s" / "waarheid.json").gevallen) == gevallen
