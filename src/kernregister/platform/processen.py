"""The processes of a register in one place: web and worker are kept running, and PostgreSQL when it is ours.

What dies is started again, after a pause that doubles as long as it keeps dying. At the end everything stops in order:
first web and worker, which finish what they are doing, then the database.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from kernregister.platform.databank import Cluster, Databankfout
from kernregister.platform.omgeving import Omgevingsfout

EERSTE_PAUZE = 0.2
LANGSTE_PAUZE = 30.0
"""Seconds before something that died is started again; doubled each time, from the first to the longest."""

GEZOND_NA = 60.0
"""Seconds alive after which a process is no longer taken to be dying again and again."""

UITLOOP = 25.0
"""Seconds in which web and worker may finish what they are doing; then they are killed."""

MEESTE_DRADEN = 8
"""Threads of a web process, however many cores there are."""

_RONDE = 0.2
_EINDE = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1

Melder = Callable[[str], None]


def opdrachten(poort: int, werkers: int) -> dict[str, list[str]]:
    """Return the command of each process.

    Args:
        poort: port of the web part, on the loopback address: a proxy with TLS stands before it.
        werkers: processes of the web part.
    """
    web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(poort)]
    web += ["--workers", str(werkers), "--respawn-failed-workers", "--log-level", "warning"]
    # Slow enough to keep from spinning, far below the five tries after which Granian would wait for nothing.
    web += ["--blocking-threads", str(draden())]
    web += ["--respawn-interval", "1", "--workers-kill-timeout", "20", "kernregister.web.wsgi:application"]
    return {
        "web": [sys.executable, "-m", *web],
        "worker": [sys.executable, "-m", "kernregister.platform.werker"],
    }


def draden() -> int:
    """Return how many requests a web process has in hand at the same time; the others wait in front of it.

    Threads of one Python take turns, so more of them make each page slower and none sooner: with twenty visitors who
    never pause, on two cores, the p95 of the dashboard was 323 ms (278 to 362) with five, 293 with four, 255 (235 to
    279) with three. Each reader of a large file that is slow holds one, so not fewer. Each holds a session of both
    roles: eight stay well below what PostgreSQL gives.
    """
    return min(MEESTE_DRADEN, 2 * (os.cpu_count() or 1))


@contextmanager
def enige(map_: Path, poort: int) -> Iterator[None]:
    """Be the only one that supervises the register of a folder, as long as this lasts; it ends with the process.

    Raises:
        Omgevingsfout: another one does, on the port that it says.
    """
    pad = map_ / "start.slot"
    try:
        map_.mkdir(mode=0o700, parents=True, exist_ok=True)
        slot = os.open(pad, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fout:
        raise Omgevingsfout(f"In {map_} kan Kernregister niet schrijven: {fout.strerror}.") from fout
    try:
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wie = os.read(slot, 100).decode(errors="replace").strip()
            raise Omgevingsfout(
                f"Kernregister draait al op de gegevens in {map_}{f' ({wie})' if wie else ''}. "
                "Stop dat eerst, of kies met KERNREGISTER_VAR een andere map."
            ) from None
        os.ftruncate(slot, 0)
        os.write(slot, f"poort {poort}, proces {os.getpid()}\n".encode())
        yield
    finally:
        os.close(slot)


@contextmanager
def kladmap(map_: Path) -> Iterator[Path]:
    """Give a folder for what processes have in the clear for a moment, such as a delivery while it is read.

    It is where ``TMPDIR`` says, and goes at the end. What an earlier start left, because it was killed or the machine
    went down, goes first; so be the only one (`enige`).

    Args:
        map_: the folder of the register, in which it is noted where.
    """
    waar = map_ / "start.klad"
    with suppress(FileNotFoundError):
        shutil.rmtree(waar.read_text(encoding="utf-8"), ignore_errors=True)
    hier = Path(tempfile.mkdtemp(prefix="kernregister-"))
    try:
        waar.write_text(str(hier), encoding="utf-8")
        yield hier
    finally:
        shutil.rmtree(hier, ignore_errors=True)


class Proces:
    """One process that is kept running, with all that it starts itself.

    Args:
        naam: what it is called.
        opdracht: its command.
        omgeving: its environment.
        klad: folder in which it gets one of its own for temporary files; None: where those are by default.
    """

    def __init__(
        self, naam: str, opdracht: Sequence[str], omgeving: Mapping[str, str], klad: Path | None = None
    ) -> None:
        self.naam = naam
        self._klad = klad
        self._opdracht = list(opdracht)
        self._omgeving = dict(omgeving)
        self._kind: subprocess.Popen[bytes] | None = None
        self._tijdelijk = ""
        self._begonnen = 0.0
        self._pauze = EERSTE_PAUZE
        self._weer_op = 0.0

    def houd_gaande(self, meld: Melder) -> None:
        """Start the process when it is not there and its pause is over."""
        nu = time.monotonic()
        if self._kind is None:
            if nu >= self._weer_op:
                self._start(nu)
            return
        if not self._is_dood(self._kind):
            return
        code = self._sluit_af(self._kind)
        if nu - self._begonnen > GEZOND_NA:
            self._pauze = EERSTE_PAUZE
        meld(
            f"{self.naam} is gestopt ({_hoe(code)}) en start over {self._pauze:.1f} s opnieuw.".replace(
                ".", ",", 1
            )
        )
        self._weer_op = nu + self._pauze
        self._pauze = min(self._pauze * 2, LANGSTE_PAUZE)

    def vraag_te_stoppen(self) -> None:
        """Ask the process to finish what it is doing and end."""
        if self._kind is not None and not self._is_dood(self._kind):
            self._kind.terminate()

    def stop(self, uiterlijk: float) -> None:
        """Wait until the process has ended; past the deadline it is killed. None of its own processes remains."""
        if self._kind is None:
            return
        while not self._is_dood(self._kind) and time.monotonic() < uiterlijk:
            time.sleep(0.02)
        self._sluit_af(self._kind)

    def _start(self, nu: float) -> None:
        self._begonnen = nu
        # Deliveries lie in it in the clear while they are read: what is killed leaves them, and we take them away.
        self._tijdelijk = tempfile.mkdtemp(prefix=f"kernregister-{self.naam}-", dir=self._klad)
        self._kind = subprocess.Popen(  # noqa: S603 - our own commands
            self._opdracht,
            env={**self._omgeving, "TMPDIR": self._tijdelijk},
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C in the terminal is for us: we stop the others in order
            preexec_fn=_sterf_met_ouder if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads here
        )

    @staticmethod
    def _is_dood(kind: subprocess.Popen[bytes]) -> bool:
        """Tell whether it ended, and leave its number in use, so that its group can still be named safely."""
        return os.waitid(os.P_PID, kind.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def _sluit_af(self, kind: subprocess.Popen[bytes]) -> int:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(kind.pid, signal.SIGKILL)
        self._kind = None
        code = kind.wait()
        shutil.rmtree(self._tijdelijk, ignore_errors=True)
        return code


class Opzichter:
    """Keeps processes running until it is told to stop.

    Args:
        processen: what to keep running.
        cluster: the embedded PostgreSQL, that runs already; None when the database is a server of others.
        meld: says something to whoever watches.
    """

    def __init__(self, processen: Sequence[Proces], cluster: Cluster | None, meld: Melder) -> None:
        self._processen = processen
        self._cluster = cluster
        self._meld = meld
        self._stoppen = False
        self._databank_weer_op = 0.0

    def draai(self) -> None:
        """Keep everything running; come back when a signal to end has come and everything has stopped."""
        with self._luister():
            try:
                while not self._stoppen:
                    self._houd_databank_gaande()
                    for proces in self._processen:
                        proces.houd_gaande(self._meld)
                    time.sleep(_RONDE)
            finally:
                self._stop()

    def _houd_databank_gaande(self) -> None:
        if self._cluster is None or self._cluster.draait() or time.monotonic() < self._databank_weer_op:
            return
        self._meld("De databank is gestopt en start opnieuw.")
        try:
            self._cluster.start()
        except Databankfout as fout:
            self._databank_weer_op = time.monotonic() + LANGSTE_PAUZE
            self._meld(f"{fout}\nOver {LANGSTE_PAUZE:.0f} s nog een poging.")

    def _stop(self) -> None:
        for proces in self._processen:
            proces.vraag_te_stoppen()
        uiterlijk = time.monotonic() + UITLOOP
        for proces in self._processen:
            proces.stop(uiterlijk)
        if self._cluster is not None:
            self._cluster.stop()

    @contextmanager
    def _luister(self) -> Iterator[None]:
        def eindig(nummer: int, frame: FrameType | None) -> None:
            self._stoppen = True

        vorige = {nummer: signal.signal(nummer, eindig) for nummer in _EINDE}
        try:
            yield
        finally:
            for nummer, wat in vorige.items():
                signal.signal(nummer, wat)


def _sterf_met_ouder() -> None:
    """Have a process end when the supervisor is killed: nothing runs on unseen."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _hoe(code: int) -> str:
    return f"signaal {signal.Signals(-code).name}" if code < 0 else f"exitcode {code}"
