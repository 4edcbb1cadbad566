"""What every measured script shares: where the data lies, the dates that rule the signals, and how it reports."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

PROCESSEN = 2


class Kader(NamedTuple):
    """The data of a run and the dates of its studiejaar, as plain values that any tool can use."""

    map: Path
    peildatum: date
    venster_begin: date
    """First day of the control window: 90 days before the studiejaar."""
    venster_eind: date
    """First day after it."""
    teldata: tuple[date, ...]
    """The teldata of the studiejaar that have come on the peildatum."""
    dossiers: int
    records: int
    instelling: str
    """The institution whose files stand for one institution."""


def lees(map_: Path) -> Kader:
    inhoud = json.loads((map_ / "inhoud.json").read_text())
    peildatum = date.fromisoformat(inhoud["peildatum"])
    jaar = peildatum.year if peildatum.month >= 8 else peildatum.year - 1
    begin = date(jaar, 8, 1)
    teldata = (date(jaar, 10, 1), date(jaar + 1, 2, 1))
    return Kader(
        map_,
        peildatum,
        begin - timedelta(days=90),
        date(jaar + 1, 8, 1),
        tuple(dag for dag in teldata if dag <= peildatum),
        inhoud["dossiers"],
        inhoud["records"],
        inhoud["instelling"],
    )


def meet(werk: Callable[[Kader], Any]) -> None:
    """Do the work of a script on the data it was pointed at, and print what came out and how long it took.

    The clock starts when the tool has been loaded: what is measured is the work, not the start of Python.
    """
    kader = lees(Path(sys.argv[1]))
    begin, rekentijd = time.perf_counter(), _rekentijd()
    uitkomst = werk(kader)
    seconden = time.perf_counter() - begin
    print(json.dumps({"seconden": seconden, "rekentijd": _rekentijd() - rekentijd, "uitkomst": uitkomst}))
    sys.stdout.flush()
    os._exit(0)  # what a tool does to tidy up is not part of the work


def _rekentijd() -> float:
    """Return the seconds that processors have spent on this process and on its children that have ended."""
    return sum(os.times()[:4])
