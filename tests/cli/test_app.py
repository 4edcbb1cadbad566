"""What all commands keep to: help in Dutch, plain words instead of tracebacks, and manners towards terminals."""

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures.process import BrokenProcessPool

import pytest

from kernregister import __version__
from kernregister.cli import fouten
from kernregister.cli.opties import spreid

OPDRACHTEN = ("controleer", "vergelijk", "regels", "genereer")
VAN_HET_REGISTER = ("start", "migreer", "stand", "stamgegevens", "aansluiting", "beheer")


def kernregister(*argumenten, **omgeving):
    return subprocess.run(
        [sys.executable, "-m", "kernregister", *map(str, argumenten)],
        capture_output=True,
        check=False,
        env={**os.environ, **omgeving},
    )


def test_help_names_all_commands_and_loads_nothing_that_a_command_works_with():
    uit = kernregister("--help", PYTHONPROFILEIMPORTTIME="1")
    geladen = set(re.findall(r"\| +([\w.]+)$", uit.stderr.decode(), re.MULTILINE))
    assert "kernregister.cli.app" in geladen
    assert not geladen & {
        "django",
        "psycopg",
        "altair",
        "lxml",
        "pyarrow",
        "kernregister.kern.regels.catalogus",
    }
    assert uit.returncode == 0
    getoond = re.findall(r"^\W*(\w+)  ", uit.stdout.decode(), re.MULTILINE)
    assert (
        tuple(naam for naam in getoond if naam in OPDRACHTEN + VAN_HET_REGISTER)
        == OPDRACHTEN + VAN_HET_REGISTER
    )


def test_help_needs_none_of_the_heavy_parts():
    zwaar = "altair jinja2 lxml msgspec openpyxl rich.table stdnum"
    code = f"import sys, kernregister.cli.app; print([m for m in '{zwaar}'.split() if m in sys.modules])"
    uit = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert uit.stdout.decode().strip() == "[]"


@pytest.mark.parametrize("opdracht", OPDRACHTEN)
def test_every_command_explains_itself_in_dutch(draai, opdracht):
    uit = draai(opdracht, "--help")
    assert uit.exit_code == 0
    assert "Toon deze uitleg." in uit.stdout
    assert "Opties" in uit.stdout


def test_the_version(draai):
    assert draai("--versie").stdout == f"kernregister {__version__}\n"


def test_a_command_that_does_not_exist(draai):
    uit = draai("controlleer")
    assert uit.exit_code == 2
    assert "De opdracht 'controlleer' bestaat niet. Wel: controleer," in uit.stderr


def test_without_files_it_says_what_is_missing(draai):
    uit = draai("controleer")
    assert (uit.exit_code, uit.stdout) == (2, "")
    assert "Er ontbreekt iets: 'BESTAND'" in uit.stderr


def test_an_error_of_our_own_is_no_traceback_and_tells_no_data(draai, monkeypatch, tmp_path):
    def stuk(*_):
        raise KeyError("123456782")

    monkeypatch.setattr("kernregister.kern.regels.catalogus.catalogus", stuk)
    uit = draai("regels")
    assert uit.exit_code == 2
    assert "Er ging iets mis in Kernregister zelf (KeyError)" in uit.stderr
    assert "123456782" not in uit.output


def test_makers_can_ask_for_the_traceback(monkeypatch, capsys):
    monkeypatch.setenv("KERNREGISTER_DEBUG", "1")
    assert fouten.exitcode_van(lambda: 1 // 0) == 2
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_breaking_off_is_quiet(capsys):
    def breek_af():
        raise KeyboardInterrupt

    assert fouten.exitcode_van(breek_af) == 130
    assert capsys.readouterr() == ("", "")


@pytest.fixture(scope="module")
def grote(sector, tmp_path_factory):
    """A delivery that takes several seconds, and more than one process."""
    pad = tmp_path_factory.mktemp("groot") / "ro.csv"
    kop, *regels, slot = next(sector.glob("RO_*.CSV")).read_text().splitlines()
    with pad.open("w") as bestand:
        bestand.write(f"{kop}\n")
        for nummer in range(100, 999):
            bestand.writelines(f"{regel}\n".replace("|999", f"|{nummer}") for regel in regels)
        bestand.write(f"{slot}\n")
    return pad


@pytest.mark.traag
@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_ctrl_c_ends_the_work_in_all_processes(grote):
    opdracht = [sys.executable, "-m", "kernregister", "controleer", str(grote), "--processen", "2"]
    with subprocess.Popen(opdracht, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as proces:
        time.sleep(1)
        proces.send_signal(signal.SIGINT)
        uit, fout = proces.communicate(timeout=120)
    assert proces.returncode in {130, -signal.SIGINT}
    assert (uit, b"Traceback" in fout) == (b"", False)


@pytest.mark.traag
@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize(
    ("einde", "codes"), [("SIGTERM", {130}), ("SIGHUP", {130}), ("SIGKILL", {-signal.SIGKILL})]
)
def test_however_it_ends_no_process_and_no_temporary_file_stays(grote, tmp_path, einde, codes):
    levering = tmp_path / "levering.zip"
    with zipfile.ZipFile(levering, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.write(grote, "ro.csv")
    (tmp_path / "klad").mkdir()
    opdracht = [sys.executable, "-m", "kernregister", "controleer", str(levering), "--processen", "2"]
    omgeving = os.environ | {"TMPDIR": str(tmp_path / "klad")}
    with subprocess.Popen(opdracht, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=omgeving) as proces:
        time.sleep(1)
        proces.send_signal(getattr(signal, einde))
        _, fout = proces.communicate(timeout=120)  # ends when the last process lets go of the pipes
    assert (proces.returncode in codes, b"Traceback" in fout) == (True, False)
    assert einde == "SIGKILL" or not list((tmp_path / "klad").iterdir())


def test_a_process_that_was_ended_by_the_system_is_explained(capsys):
    def weg():
        raise BrokenProcessPool

    assert fouten.exitcode_van(weg) == 2
    assert "Probeer het met --processen 1" in capsys.readouterr().err


def test_a_reader_that_has_had_enough_is_no_failure_to_shout_about(sector):
    ro = next(sector.glob("RO_*.CSV"))
    opdracht = [sys.executable, "-m", "kernregister", "controleer", str(ro), "--formaat", "json"]
    with subprocess.Popen(opdracht, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as proces:
        proces.stdout.read(10)
        proces.stdout.close()
        fout = proces.stderr.read()
    assert b"Traceback" not in fout
    assert b"Exception" not in fout


@pytest.mark.parametrize("codering", ["cp1252", "ascii", "utf-8"])
def test_any_console_can_show_it(sector, codering):
    ro = next(sector.glob("RO_*.CSV"))
    uit = kernregister("controleer", ro, PYTHONIOENCODING=codering)
    assert (uit.returncode, b"Traceback" in uit.stderr) == (0, False)
    assert "Gevonden" in uit.stdout.decode(codering)


def test_no_colour_in_a_pipe_nor_where_it_is_not_wanted(sector):
    ro = next(sector.glob("RO_*.CSV"))
    assert b"\x1b" not in kernregister("controleer", ro).stdout
    assert b"\x1b[3" not in kernregister("controleer", ro, NO_COLOR="1", FORCE_COLOR="1").stdout


def test_an_option_may_take_several_values_up_to_the_next():
    assert spreid(["a", "--ook", "b", "c", "--uit", "d"], ["--ook"]) == [
        *("a", "--ook", "b", "--ook", "c", "--uit", "d"),
    ]
    assert spreid(["--ook", "b", "--", "c"], ["--ook"]) == ["--ook", "b", "--", "c"]
    assert spreid(["--ook", "--uit", "d"], ["--ook"]) == ["--ook", "--uit", "d"]
