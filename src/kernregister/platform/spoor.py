"""The trace: one identity for all that follows from one request, handed on as W3C Trace Context prescribes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from msgspec import Struct

_TRACEPARENT: Final = re.compile(
    r"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?", re.ASCII
)


class Spoor(Struct, frozen=True):
    """Where we are: the trace, our own step in it, and the step that called us (empty when we began it)."""

    trace_id: str
    span_id: str
    parent_span_id: str = ""

    @property
    def traceparent(self) -> str:
        """The header by which the next one hears of it."""
        return f"00-{self.trace_id}-{self.span_id}-01"


_spoor: ContextVar[Spoor | None] = ContextVar("spoor", default=None)


def nieuw(traceparent: str | None = None) -> Spoor:
    """Return a step of the trace that a header names, or of a new one: when it is absent, malformed or all noughts."""
    gevonden = _TRACEPARENT.fullmatch((traceparent or "").strip()[:200])
    if gevonden and any(int(deel, 16) == 0 for deel in gevonden.groups()):
        gevonden = None
    if gevonden is None:
        return Spoor(secrets.token_hex(16), secrets.token_hex(8))
    return Spoor(gevonden[1], secrets.token_hex(8), gevonden[2])


def huidig() -> Spoor:
    """Return where we are; outside a request a trace begins here."""
    spoor = _spoor.get()
    if spoor is None:
        spoor = nieuw()
        _spoor.set(spoor)
    return spoor


def trace_id() -> str:
    """Return the trace we are in, or nothing when none was begun: to show, not to begin one."""
    spoor = _spoor.get()
    return spoor.trace_id if spoor else ""


@contextmanager
def volg(spoor: Spoor) -> Iterator[Spoor]:
    """Follow a trace as long as the block lasts."""
    teken = _spoor.set(spoor)
    try:
        yield spoor
    finally:
        _spoor.reset(teken)
