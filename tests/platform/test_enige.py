"""Two supervisors never look after the same register."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kernregister.platform.omgeving import Omgevingsfout
from kernregister.platform.processen import enige, kladmap


def test_a_second_one_is_refused_and_told_where_the_first_runs(tmp_path: Path) -> None:
    with enige(tmp_path / "var", 8000):
        with (
            pytest.raises(Omgevingsfout, match=f"poort 8000, proces {os.getpid()}"),
            enige(tmp_path / "var", 8001),
        ):
            pass
        with enige(tmp_path / "ander", 8001):
            pass
    with enige(tmp_path / "var", 8001):
        assert (tmp_path / "var" / "start.slot").read_text().startswith("poort 8001,")


def test_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from kernregister.platform.processen import enige\n"
        f"with enige(Path({str(tmp_path)!r}), 8000): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with enige(tmp_path, 8001):
        pass


def test_what_a_killed_one_left_in_the_clear_goes_at_the_next_start(tmp_path: Path) -> None:
    """Nobody could take it away any more: the machine may have gone down with it."""
    code = (
        "import os, signal; from pathlib import Path; from kernregister.platform.processen import kladmap\n"
        f"with kladmap(Path({str(tmp_path)!r})) as klad:\n"
        "    (klad / 'worker').mkdir(); (klad / 'worker' / 'levering').write_text('geheim')\n"
        "    print(klad, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    gedood = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    over = Path(gedood.stdout.strip())
    assert (over / "worker" / "levering").exists()
    with kladmap(tmp_path) as klad:
        assert not over.exists()
        assert klad.stat().st_mode & 0o777 == 0o700
    assert not klad.exists()
    with kladmap(tmp_path) as klad:
        assert klad.exists()


def test_start_says_it_in_words(tmp_path: Path) -> None:
    omgeving = {**os.environ, "KERNREGISTER_DEMO": "1", "KERNREGISTER_VAR": str(tmp_path)}
    opdracht = [sys.executable, "-m", "kernregister", "start", "--poort", "8001"]
    with enige(tmp_path, 8000):
        uit = subprocess.run(opdracht, env=omgeving, capture_output=True, text=True, check=False, timeout=60)
    assert uit.returncode == 2
    assert uit.stderr.startswith(f"Kernregister draait al op de gegevens in {tmp_path} (poort 8000, ")
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("een bestand")
    with pytest.raises(Omgevingsfout, match="kan Kernregister niet schrijven"), enige(tmp_path / "var", 8000):
        pass
