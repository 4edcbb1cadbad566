"""Processes of a register that are killed: which there are, and one of them at random."""

import os
import random
import signal
from collections import Counter

from tests.draaiend import Register, processen_onder

SOORTEN = (
    "web",
    "webproces",
    "worker",
    "postmaster",
    "sessie van postgres",
    "hulpproces van postgres",
)
"""Kinds of processes. Each has its turn: chosen among all, it would nearly always be a session."""


class Uitval:
    """Kills processes of a register."""

    def __init__(self, register: Register, toeval: random.Random) -> None:
        self.register, self.toeval = register, toeval
        self.geveld: Counter[str] = Counter()
        self._beurten: list[str] = []

    def veld(self) -> bool:
        """Kill one process, without warning; say whether it was there to be killed."""
        if not self._beurten:
            self._beurten = self.toeval.sample(SOORTEN, len(SOORTEN))
        soort = self._beurten[-1]
        pids = sorted(self._levend()[soort])
        if not pids:
            return False
        try:
            os.kill(self.toeval.choice(pids), signal.SIGKILL)
        except ProcessLookupError:
            return False
        self.geveld[self._beurten.pop()] += 1
        return True

    def _levend(self) -> dict[str, list[int]]:
        postmaster = self._postmaster()
        web = self.register.pid_van("-m granian")
        worker = self.register.pid_van("platform.werker")
        servers = processen_onder(postmaster) if postmaster else {}
        sessies = [pid for pid, opdracht in servers.items() if "kernregister" in opdracht]
        return {
            "web": [web] if web else [],
            "webproces": [*processen_onder(web)] if web else [],
            "worker": [worker] if worker else [],
            "postmaster": [postmaster] if postmaster else [],
            "sessie van postgres": sessies,
            "hulpproces van postgres": [*servers.keys() - sessies],
        }

    def _postmaster(self) -> int | None:
        try:
            eerste = (self.register.cluster.data / "postmaster.pid").read_text().split()[0]
        except (OSError, IndexError):
            return None
        return int(eerste) if eerste.isdigit() and int(eerste) in processen_onder(1) else None
