"""Where the OBO's lie as CSV: the ISG and the ISP records of the sector, or of one institution."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kader import Kader


def paren(kader: Kader, codes: list[str]) -> list[tuple[str, Path, Path]]:
    """Return recordsoort, old file and new file."""
    waar = f"-{codes[0]}" if codes else ""
    return [
        (soort, *(kader.map / "obo" / f"{soort.lower()}{waar}-{stand}.csv" for stand in ("oud", "nieuw")))
        for soort in ("ISG", "ISP")
    ]
