"""Processes that work along with the first one, and end when that one does, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, Final

EINDSIGNALEN: Final = tuple(getattr(signal, naam) for naam in ("SIGTERM", "SIGHUP") if hasattr(signal, naam))
"""What the system sends to end a process, on this system."""


def werk_mee() -> None:
    """Make a process ready: a signal to end ends it at once, and it does not outlive the first process."""
    for einde in EINDSIGNALEN:
        signal.signal(einde, signal.SIG_DFL)  # the first process may have other plans with it
    ouder = multiprocessing.parent_process()
    if ouder is not None:
        Thread(target=_eindig_met, args=(ouder,), daemon=True).start()


def _eindig_met(ouder: Any) -> None:
    wait([ouder.sentinel])
    os._exit(1)
