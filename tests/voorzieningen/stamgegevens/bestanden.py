"""Files of reference data for tests."""

from pathlib import Path

from kernregister.voorzieningen.stamgegevens import public as stam


def schrijf(pad: Path, *regels: str) -> Path:
    """Write lines to a file."""
    pad.write_text("".join(regel + "\n" for regel in regels), "utf-8")
    return pad


def laad(map_: Path, lijst: str, *regels: str) -> stam.Uitslag:
    """Import one file named after its list."""
    return stam.laad_bestanden([schrijf(map_ / f"{lijst}.csv", *regels)], "proef")
