"""An embedded PostgreSQL: made when it is not there, started, stopped, and started again whatever happened to it.

A folder holds one cluster: ``data`` (made by initdb), ``wachtwoorden`` (a file a role, readable by its owner only),
``postgres.log`` and ``slot`` (held while starting and stopping, so that two processes never do so at once).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from kernregister.platform.databank.fouten import Databankfout, verklaar
from kernregister.platform.databank.programmas import Programmas, programmas

BEHEERDER = "kernregister_beheer"
"""The superuser: makes roles and databases, and nothing else."""

STARTTIJD = 300
"""Seconds in which a start must be done; recovery after a crash is part of it."""

_STOPTIJD = 60
_LANGSTE_PAD = 100
"""Bytes of the path of a socket: systems allow 104 to 108."""
_GROOTSTE_LOG = 10_000_000
_PAUZE = 0.05

_ALTIJD = {
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "max_connections": "200",
    # Details and statements quote the values of rows: persons have no place in a log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
_NIET_DUURZAAM = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "128MB",  # it may lie in memory
    "min_wal_size": "32MB",
}
# A session that computes does not see that its server was killed, and keeps a new one waiting. It works in the folder
# of the data, and what it did not commit is lost already.
_BEEINDIG_WEZEN = """
for proces in /proc/[0-9]*; do
  [ "$(readlink "$proces/cwd")" != "$1" ] || kill -KILL "${proces#/proc/}"
done 2>/dev/null
"""


class Cluster:
    """One PostgreSQL with its data in a folder, reached over a unix socket with a password.

    Args:
        map_: folder of the cluster; made when it is not there.
        versie: major version of PostgreSQL, 16 or 18.
        duurzaam: whether what is committed survives a power cut; False only where data may be lost, as in tests.
        poort: port on the loopback address; None: the socket only.
    """

    def __init__(
        self, map_: Path, versie: int = 18, *, duurzaam: bool = True, poort: int | None = None
    ) -> None:
        self.map = map_.absolute()
        self.versie = versie
        self.duurzaam = duurzaam
        self.poort = poort
        self.data = self.map / "data"

    def start(self) -> None:
        """Start PostgreSQL, and make the cluster when there is none; done when it answers. Harmless when it runs.

        Raises:
            Databankfout: it does not start; the text says why.
        """
        with self._slot():
            if self.draait():
                return
            programmas_ = self._programmas()
            if not self.data.exists():
                self._maak(programmas_)
            self._controleer_versie()
            if self._postmaster() is None:
                self._ruim_resten()
                self._start(programmas_)
            else:
                self._wacht()

    def stop(self) -> None:
        """Stop PostgreSQL: sessions end, all that was committed is kept. Harmless when it does not run.

        Raises:
            Databankfout: it keeps running.
        """
        if not self.data.exists():
            return
        with self._slot():
            programmas_ = self._programmas()
            for manier in ("fast", "immediate"):
                if self._postmaster() is None:
                    break
                opties = ("-D", str(self.data), "-m", manier, "-t", str(_STOPTIJD), "-w", "stop")
                uit = programmas_.draai("pg_ctl", *opties)
            if self._postmaster() is not None:
                raise verklaar("Stoppen", uit.stdout, self.map)
            self._ruim_resten()
            if self.socketmap != self.map:
                with suppress(OSError):
                    self.socketmap.rmdir()

    def draait(self) -> bool:
        """Tell whether PostgreSQL runs on this data and takes connections."""
        return self._postmaster() is not None and self._pidregels()[7:8] == ["ready"]

    def url(self, gebruiker: str, databank: str) -> str:
        """Return the address of a database for a role, with its password; the password is made when it has none."""
        wachtwoord = quote(self.wachtwoord(gebruiker), safe="")
        return f"postgresql://{gebruiker}:{wachtwoord}@{quote(str(self.socketmap), safe='')}/{databank}"

    def wachtwoord(self, gebruiker: str) -> str:
        """Return the password of a role; made the first time, and kept in a file that only its owner can read."""
        pad = self.map / "wachtwoorden" / gebruiker
        with self._in_woorden():
            pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not pad.exists():
                nieuw = pad.with_name(f".{gebruiker}.{secrets.token_hex(8)}")  # of this call alone
                with os.fdopen(os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as bestand:
                    bestand.write(secrets.token_urlsafe(32))
                try:
                    os.link(nieuw, pad)  # whole or not at all, and never over another one
                except FileExistsError:
                    pass
                finally:
                    nieuw.unlink()
            return pad.read_text()

    # ------------------------------------------------------------------------------------------- making

    def _programmas(self) -> Programmas:
        with self._in_woorden():
            stand = self.data.stat() if self.data.exists() else None
            return programmas(self.versie, self.map, (stand.st_uid, stand.st_gid) if stand else None)

    def _maak(self, programmas_: Programmas) -> None:
        """Make the data beside its place and put it there when it is whole: a broken-off start leaves nothing half."""
        nieuw = self.map / "data.nieuw"
        shutil.rmtree(nieuw, ignore_errors=True)
        self.wachtwoord(BEHEERDER)
        geheim = self.map / "wachtwoorden" / BEHEERDER
        if programmas_.uid is not None and programmas_.gid is not None:
            os.chown(geheim.parent, programmas_.uid, programmas_.gid)
            os.chown(geheim, programmas_.uid, programmas_.gid)
        # C sorts by code point on every system and version: an index never goes stale by a system's update.
        ingebouwd = ("--locale-provider=builtin", "--builtin-locale=C") if self.versie >= 17 else ()
        uit = programmas_.draai(
            "initdb",
            *("-D", str(nieuw), "--encoding=UTF8", "--locale=C", *ingebouwd),
            *("--data-checksums", "--auth=scram-sha-256", "--no-instructions"),
            *(f"--username={BEHEERDER}", f"--pwfile={geheim}"),
            *(() if self.duurzaam else ("--no-sync",)),
        )
        if uit.returncode != 0:
            shutil.rmtree(nieuw, ignore_errors=True)
            raise verklaar("De databank aanmaken", uit.stdout, self.map)
        nieuw.rename(self.data)

    def _controleer_versie(self) -> None:
        with self._in_woorden():
            pad = self.data / "PG_VERSION"
            gevonden = pad.read_text().strip() if pad.exists() else None
        if gevonden is None:
            raise Databankfout(
                f"{self.data} is geen map van PostgreSQL. Kies met KERNREGISTER_VAR een andere map, of maak deze leeg."
            )
        if gevonden != str(self.versie):
            raise Databankfout(
                f"De databank in {self.data} is van PostgreSQL {gevonden}, gevraagd is {self.versie}; die "
                f"kan haar niet lezen. Zet een back-up terug in een lege map, of geef DATABASE_URL."
            )

    # ----------------------------------------------------------------------------------------- starting

    def _start(self, programmas_: Programmas) -> None:
        log = self.map / "postgres.log"
        if log.exists() and log.stat().st_size > _GROOTSTE_LOG:
            log.replace(log.with_suffix(".oud.log"))
        einde = time.monotonic() + STARTTIJD
        while True:
            gelezen = log.stat().st_size if log.exists() else 0
            uit = programmas_.draai(
                "pg_ctl",
                *("-D", str(self.data), "-l", str(log), "-o", self._opties(programmas_)),
                *("-t", str(STARTTIJD), "-w", "start"),
            )
            if uit.returncode == 0:
                return
            with log.open(errors="replace") if log.exists() else open(os.devnull) as bestand:  # noqa: PTH123
                bestand.seek(gelezen)
                gezegd = bestand.read()
            if "pre-existing shared memory block" not in gezegd or time.monotonic() > einde:
                raise verklaar("Starten", gezegd or uit.stdout, self.map)
            programmas_.shell(_BEEINDIG_WEZEN, os.path.realpath(self.data))
            time.sleep(_PAUZE)

    def _ruim_resten(self) -> None:
        """Remove what a killed server left behind: PostgreSQL itself would take a number in use anew for a server."""
        for rest in (self.data / "postmaster.pid", *self.socketmap.glob(".s.PGSQL.*")):
            rest.unlink(missing_ok=True)

    def _opties(self, programmas_: Programmas) -> str:
        socketmap = self.socketmap
        if socketmap != self.map:
            self._maak_socketmap(socketmap, programmas_)
        instellingen = {
            **_ALTIJD,
            **({} if self.duurzaam else _NIET_DUURZAAM),
            "unix_socket_directories": str(socketmap),
            "unix_socket_permissions": "0700" if programmas_.uid is None else "0777",
            "listen_addresses": "127.0.0.1" if self.poort else "",
            "port": str(self.poort or 5432),
        }
        return " ".join(f"-c {shlex.quote(f'{naam}={waarde}')}" for naam, waarde in instellingen.items())

    def _wacht(self) -> None:
        """Wait for a server that somebody else began to start."""
        einde = time.monotonic() + STARTTIJD
        while not self.draait():
            if self._postmaster() is None or time.monotonic() > einde:
                raise Databankfout(
                    f"PostgreSQL begon te starten in {self.map} en kwam niet klaar. Zie postgres.log."
                )
            time.sleep(_PAUZE)

    @property
    def socketmap(self) -> Path:
        """Return the folder of the socket: the cluster's own, or a short one when that path is too long."""
        if len(os.fsencode(self.map / ".s.PGSQL.65535.lock")) <= _LANGSTE_PAD and "," not in str(self.map):
            return self.map
        kort = hashlib.sha256(os.fsencode(self.map)).hexdigest()[:16]
        return Path("/tmp", f"kernregister-{kort}")  # noqa: S108 - short; made below, and refused when not ours

    def _maak_socketmap(self, socketmap: Path, programmas_: Programmas) -> None:
        with self._in_woorden():
            socketmap.mkdir(mode=0o700, exist_ok=True)
            if programmas_.uid is not None and programmas_.gid is not None and socketmap.lstat().st_uid == 0:
                os.chown(socketmap, programmas_.uid, programmas_.gid, follow_symlinks=False)
            stand = socketmap.lstat()
        eigenaar = os.geteuid() if programmas_.uid is None else programmas_.uid
        if socketmap.is_symlink() or stand.st_uid != eigenaar or stand.st_mode & 0o077:
            raise Databankfout(
                f"{socketmap} is niet alleen van Kernregister. Verwijder die map en start opnieuw."
            )

    # ---------------------------------------------------------------------------------------- observing

    def _postmaster(self) -> int | None:
        """Return the process that serves this data. The file that names it may be stale, and its number in use anew."""
        regels = self._pidregels()
        if not regels or not regels[0].lstrip("-").isdigit():
            return None
        pid = abs(int(regels[0]))
        if Path("/proc/self/cmdline").exists():
            try:
                opdracht = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except OSError:
                return None
            return pid if os.fsencode(self.data) in opdracht else None
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
        except PermissionError:
            pass
        return pid

    def _pidregels(self) -> list[str]:
        with self._in_woorden():
            try:
                tekst = (self.data / "postmaster.pid").read_text()
            except (FileNotFoundError, NotADirectoryError):
                return []
        return [regel.strip() for regel in tekst.splitlines()]

    @contextmanager
    def _slot(self) -> Iterator[None]:
        """Hold the lock of this cluster; it falls when the process ends, however that comes about."""
        with self._in_woorden():
            self.map.mkdir(mode=0o700, parents=True, exist_ok=True)
            slot = os.open(self.map / "slot", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(slot, fcntl.LOCK_EX)
            yield
        finally:
            os.close(slot)

    @contextmanager
    def _in_woorden(self) -> Iterator[None]:
        try:
            yield
        except OSError as fout:
            raise verklaar("Werken", f"{fout.strerror}", self.map) from fout
