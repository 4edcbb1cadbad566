"""What the stories of the command line share: a way to run it, and a small sector to run it on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kernregister.cli.app import app

Draai = Callable[..., Result]


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
