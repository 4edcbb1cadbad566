"""What the commands leave behind: complete files, whatever stands in the folder and whatever its name."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vergelijking.verhaal import KOP, NUMMERS, VERTALING, rij, ro, ro_regels

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and names of Unix")
RO = ro([regel for n in NUMMERS[:2] for regel in ro_regels(n)])
ONLEESBAAR = b"/RO_\xff\x1b[31m\n.csv"


@pytest.fixture
def bestanden(tmp_path):
    register, export, vertaling = (tmp_path / naam for naam in ("ro.csv", "export.csv", "v.toml"))
    register.write_text(RO)
    export.write_text("\n".join([KOP, *map(rij, NUMMERS[:2])]))
    vertaling.write_text(VERTALING)
    return register, export, vertaling


@pytest.mark.parametrize(
    "naam", [".controle.json.deel", ".rapport.html.deel", ".kernregister", "controle.json", "rapport.html"]
)
def test_a_link_laid_in_the_folder_leads_nobodys_file_astray(draai, tmp_path, bestanden, naam):
    slachtoffer = tmp_path / "van een ander"
    slachtoffer.write_text("waardevol")
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / naam).symlink_to(slachtoffer)
    draai("controleer", bestanden[0], "--uit", tmp_path / "uit")
    assert slachtoffer.read_text() == "waardevol"
    assert (tmp_path / "uit" / naam).is_symlink()


@pytest.mark.parametrize("naam", ["verschillen.csv", "vergelijking.html"])
def test_a_comparison_does_not_follow_links_either(draai, tmp_path, bestanden, naam):
    register, export, vertaling = bestanden
    doel = tmp_path / "ergens anders"
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / naam).symlink_to(doel)
    draai("vergelijk", register, export, "--vertaling", vertaling, "--uit", tmp_path / "uit")
    draai("vergelijk", register, register, "--uit", tmp_path / "uit")
    assert not doel.exists()


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_a_name_that_is_no_text_can_be_written_about(draai, tmp_path, bestanden):
    vreemd = os.fsdecode(os.fsencode(tmp_path) + ONLEESBAAR)
    Path(vreemd).write_text(RO)
    uit = draai("controleer", vreemd, "--formaat", "json", "--uit", tmp_path / "uit")
    assert uit.exit_code == 0
    assert json.loads(uit.stdout)["bestanden"][0]["naam"] == "RO_��[31m�.csv"
    assert "RO_" in (tmp_path / "uit" / "rapport.html").read_text("utf-8")
    beide = draai("vergelijk", vreemd, vreemd, "--formaat", "json", "--uit", tmp_path / "uit2")
    assert (beide.exit_code, json.loads(beide.stdout)["oud"]) == (0, "RO_��[31m�.csv")
    naast = draai("vergelijk", vreemd, bestanden[1], "--vertaling", bestanden[2], "--formaat", "json")
    assert (naast.exit_code, json.loads(naast.stdout)["register"]) == (0, "RO_��[31m�.csv")


def test_a_folder_that_is_a_file_is_said(draai, tmp_path, bestanden):
    register, export, vertaling = bestanden
    for opdracht in (
        ("controleer", register),
        ("vergelijk", register, register),
        ("vergelijk", register, export, "--vertaling", vertaling),
    ):
        uit = draai(*opdracht, "--uit", vertaling)
        assert (uit.exit_code, "hier kan niets geschreven worden" in uit.stderr) == (2, True)


@pytest.mark.parametrize("dag", ["0001-01-01", "9999-12-31", "2999-08-01"])
def test_a_peildatum_at_the_end_of_the_calendar_is_refused_in_words(draai, tmp_path, bestanden, dag):
    uit = draai("controleer", bestanden[0], "--peildatum", dag)
    assert (uit.exit_code, f"De peildatum {dag} kan niet" in uit.stderr) == (2, True)
    bestanden[0].write_text(RO.replace("2025-06-01", dag))
    uit = draai("controleer", bestanden[0])
    assert (uit.exit_code, f"De peildatum {dag} kan niet" in uit.stderr) == (2, True)


def test_an_export_without_a_header_is_refused_without_showing_the_student(draai, bestanden):
    bestanden[1].write_text("\n".join(map(rij, NUMMERS[:2])))
    for opdracht in ((bestanden[1], "--begin"), (*bestanden[:2], "--vertaling", bestanden[2])):
        uit = draai("vergelijk", *opdracht)
        assert (uit.exit_code, "in plaats van kolomnamen" in uit.stderr) == (2, True)
        assert not [n for n in NUMMERS if n in uit.output]


def test_closed_streams_are_no_error(bestanden):
    for dicht in ("2>&-", ">&-", ">&- 2>&-"):
        opdracht = f'exec "{sys.executable}" -m kernregister controleer "{bestanden[0]}" {dicht}'
        klaar = subprocess.run(["sh", "-c", opdracht], capture_output=True, text=True, check=False)
        assert (klaar.returncode, "Kernregister zelf" in klaar.stdout + klaar.stderr) == (0, False)


def test_a_number_beyond_all_bounds_is_refused_in_words(draai, bestanden):
    uit = draai("controleer", bestanden[0], "--processen", "9" * 5000)
    assert (uit.exit_code, "verwacht een geheel getal vanaf 1" in uit.stderr) == (2, True)
