"""What was planted: each case with the findings it must give, no more and no fewer."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from kernregister.kern.regels.motor import Sleutel


class Verwacht(Struct, frozen=True, omit_defaults=True):
    """A finding that must be there on the peildatum. ``teldatum`` where the rule judges on one."""

    regel: str
    sleutel: Sleutel
    teldatum: date | None = None


class Geval(Struct, frozen=True):
    """One planted case: a person with one thing wrong.

    ``bevindingen`` are those of the rule itself and any of other rules that cannot but come along.
    """

    regel: str
    instelling: str
    pgn: str
    bevindingen: list[Verwacht]


class Waarheid(Struct, frozen=True):
    """The planted truth of a sector."""

    zaad: int
    dossiers: int
    peildatum: date
    gevallen: list[Geval]

    def bevindingen(self) -> list[Verwacht]:
        """Return all findings that must be there."""
        return [v for geval in self.gevallen for v in geval.bevindingen]

    def tellingen(self) -> Counter[str]:
        """Return the number of findings by rule."""
        return Counter(v.regel for v in self.bevindingen())

    def schrijf(self, pad: Path) -> None:
        """Write the truth as JSON."""
        inhoud = {
            "zaad": self.zaad,
            "dossiers": self.dossiers,
            "peildatum": self.peildatum,
            "tellingen": dict(sorted(self.tellingen().items())),
            "gevallen": self.gevallen,
        }
        pad.write_bytes(msgspec.json.format(msgspec.json.encode(inhoud), indent=2) + b"\n")


def lees_waarheid(pad: Path) -> Waarheid:
    """Read the truth that lies beside generated files."""
    return msgspec.json.decode(pad.read_bytes(), type=Waarheid)
