"""Measuring a script in a process of its own: the seconds it reports, and the most memory it and its children held."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, NamedTuple

WORTEL = Path(__file__).resolve().parent.parent
_PAGINA = os.sysconf("SC_PAGE_SIZE")
_STAP = 0.02


class Meting(NamedTuple):
    """One run of a script."""

    seconden: float
    rekentijd: float
    """Seconds of processor, of all threads and processes together."""
    geheugen_mb: float
    uitkomst: Any
    cijfers: dict[str, float] = {}
    """What else was measured, by name with its unit."""


class Mislukt(Exception):
    """A script did not end well; the message is the end of what it said."""


def meet(module: str, *argumenten: str) -> Meting:
    """Run a module of this package and measure it.

    Raises:
        Mislukt: the script gave up.
    """
    proces = subprocess.Popen(
        [sys.executable, "-m", module, *argumenten],
        cwd=WORTEL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    geheugen = Geheugen(proces.pid)
    geheugen.start()
    uit, fout = proces.communicate()
    geheugen.klaar.set()
    geheugen.join()
    if proces.returncode:
        raise Mislukt(f"{module}: {fout.strip()[-2000:]}")
    antwoord = json.loads(uit.splitlines()[-1])
    return Meting(
        antwoord["seconden"],
        antwoord.get("rekentijd", 0.0),
        geheugen.meeste / 1e6,
        antwoord["uitkomst"],
        antwoord.get("cijfers", {}),
    )


class Geheugen(threading.Thread):
    """Watches the resident memory of a process and all its children together.

    Pages that processes share are counted for each of them, so work in several processes is never flattered.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.meeste = 0
        self.klaar = threading.Event()

    def run(self) -> None:
        while not self.klaar.wait(_STAP):
            self.meeste = max(self.meeste, sum(map(_in_gebruik, _boom(self.pid))))


def _boom(pid: int) -> list[int]:
    try:
        kinderen = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(nakomeling for kind in kinderen for nakomeling in _boom(int(kind)))]


def _in_gebruik(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGINA
    except (OSError, IndexError):
        return 0
