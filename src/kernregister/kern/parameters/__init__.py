"""Values that a law, the manual or a decision of ours sets, each with its source and, where it has one, its date.

A parameter changes without a rule being written again; what a rule reads stands here, where it can be looked up.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lees(naam: str) -> dict[str, Any]:
    """Return the parameters of one file of this package, by name. Not to be changed by who reads them."""
    return tomllib.loads(files(__name__).joinpath(f"{naam}.toml").read_text(encoding="utf-8"))
