"""What files for people owe the spreadsheet that opens them."""

from __future__ import annotations

from typing import Final

BOM: Final = "\ufeff"
"""Makes a spreadsheet read a CSV as UTF-8."""

_FORMULE: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def zonder_formule(cel: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cel}" if cel.startswith(_FORMULE) else cel
