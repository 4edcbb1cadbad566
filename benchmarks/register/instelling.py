"""A register with one large institution in it, loaded from its RO as a client would; made once and kept."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from benchmarks import gegevens
from benchmarks.meten import WORTEL
from benchmarks.register import draaiend, klaarzetten, leveren, ro
from kernregister import fictief


class Bewaard(NamedTuple):
    map: Path
    """The folder of the register; it is copied before it is run, so that each run finds it as it was made."""
    ro: Path
    """The RO that was loaded."""
    instelling: str


def voor(studenten: int) -> Bewaard:
    """Return a register with an institution of so many students, made when it is not there or of other tables.

    It is made by another process: Django knows one database in its life.
    """
    map_ = gegevens.MAP / f"instelling-{studenten}"
    merk = _merk()
    if not (map_ / "merk").exists() or (map_ / "merk").read_text() != merk:
        shutil.rmtree(map_, ignore_errors=True)
        map_.mkdir(parents=True, mode=0o711)
        subprocess.run(
            [sys.executable, "-m", __spec__.name, str(map_), str(studenten)], cwd=WORTEL, check=True
        )
        (map_ / "merk").write_text(merk)
    inhoud = json.loads((map_ / "inhoud.json").read_text())
    return Bewaard(map_ / "register", map_ / inhoud["ro"], inhoud["instelling"])


def maak(map_: Path, studenten: int) -> None:
    """Load the RO of an institution into a new register."""
    levering = ro.maak(map_, studenten)
    with draaiend.register(map_ / "register") as adres:
        klaarzetten.zet_klaar(levering.sector, personen_bekend=False)
        sleutel = klaarzetten.sleutels(adres, [levering.instelling])[levering.instelling]
        leveren.laad_ro(adres, sleutel, levering.pad.read_bytes())
        klaarzetten.ruim_op()
    inhoud = {"ro": levering.pad.name, "instelling": levering.instelling}
    (map_ / "inhoud.json").write_text(json.dumps(inhoud))


def _merk() -> str:
    """Return what the data depends on: the tables, and who is in them."""
    voorzieningen = Path(fictief.__path__[0]).parent / "voorzieningen"
    bronnen = [
        *(Path(__file__), Path(ro.__file__)),
        *Path(fictief.__path__[0]).glob("*.py"),
        *voorzieningen.glob("*/migrations/*.py"),
    ]
    return hashlib.sha256(b"".join(pad.read_bytes() for pad in sorted(bronnen))).hexdigest()


if __name__ == "__main__":
    maak(Path(sys.argv[1]), int(sys.argv[2]))
