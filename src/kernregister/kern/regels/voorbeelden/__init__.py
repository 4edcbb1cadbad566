"""Of every rule a dossier on which it finds nothing and one on which it finds something.

A file is one object: ``omschrijving`` (Dutch), ``peildatum``, ``soort`` (BI or NBI), ``dossier``, and where a rule
needs them ``gegevens``; the bad one also holds ``verwacht``, the findings. Records are written as ``kern.leesbaar``
shows them.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Literal


@cache
def voorbeeld(regel: str, soort: Literal["goed", "fout"]) -> dict[str, Any] | None:
    """Return an example of a rule; None when there is none, as for a control of the melding itself."""
    pad = files(__name__) / regel / f"{soort}.json"
    return json.loads(pad.read_text("utf-8")) if pad.is_file() else None
