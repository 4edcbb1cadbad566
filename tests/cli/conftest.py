"""What the stories of the command line share: ways to run it, and a small sector to run it on."""

import base64
import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kernregister.cli.app import app, main
from tests.databank import Databank
from tests.draaiend import schone_omgeving

Draai = Callable[..., Result]
Opdracht = Callable[..., tuple[int, str]]


@pytest.fixture
def draai(monkeypatch: pytest.MonkeyPatch) -> Draai:
    """Run a command as a user would; nothing may come out as a traceback."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def draai_(*argumenten: object) -> Result:
        uit = CliRunner().invoke(app, [str(a) for a in argumenten])
        assert uit.exception is None or isinstance(uit.exception, SystemExit), uit.exception
        assert "Traceback" not in uit.output
        return uit

    return draai_


@pytest.fixture
def omgeving(databank: Databank, tmp_path: Path) -> dict[str, str]:
    """The environment in which a command finds the database of the test."""
    return schone_omgeving(
        **databank.verbindingen.als_omgeving(eigenaar=True),
        KERNREGISTER_SLEUTEL=base64.b64encode(bytes(range(32))).decode(),
        KERNREGISTER_VAR=str(tmp_path / "var"),
        COLUMNS="200",
    )


@pytest.fixture
def op_register(omgeving: dict[str, str], tmp_path: Path) -> Opdracht:
    """Run a command on the database of the test, and give its exit code and what it said.

    It runs in a fork of this process, where Django is there already: each time anew that takes two seconds.
    """
    from django.db import connections

    fork = multiprocessing.get_context("fork")
    paden = (tmp_path / "invoer", tmp_path / "uitvoer")

    def draai(*argumenten: str, stdin: str = "") -> tuple[int, str]:
        connections.close_all()  # the fork would speak through them too
        paden[0].write_text(stdin)
        proces = fork.Process(target=_als_programma, args=(argumenten, omgeving, *paden))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the threads of xdist hold nothing of ours
            proces.start()
        proces.join()
        assert proces.exitcode is not None
        return proces.exitcode, paden[1].read_text()

    return draai


def _als_programma(
    argumenten: tuple[str, ...], omgeving: dict[str, str], invoer: Path, uitvoer: Path
) -> None:
    """Be the program, with these arguments."""
    os.environ.clear()
    os.environ.update(omgeving)
    os.chdir(uitvoer.parent)
    sys.argv = ["kernregister", *argumenten]
    sys.stdin, sys.stdout = invoer.open(), uitvoer.open("w")
    sys.stderr = sys.stdout
    sys.exit(main())


@pytest.fixture(scope="session")
def sector(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sector of 300 persons in which every signal has been planted twice."""
    map_ = tmp_path_factory.mktemp("sector") / "uit"
    opties = ["--dossiers", "300", "--zaad", "7", "--fouten", "alle=2", "--uit", str(map_)]
    uit = CliRunner().invoke(app, ["genereer", *opties])
    assert uit.exit_code == 0, uit.output
    return map_


def vraag(sector: Path) -> list[object]:
    """All files of a sector, as options of controleer."""
    ook = sorted((sector / "ook").iterdir())
    return [
        *sorted(sector.glob("RO_*.CSV")),
        *("--stamgegevens", sector / "stamgegevens", "--personen", sector / "personen.csv", "--ook", *ook),
    ]
