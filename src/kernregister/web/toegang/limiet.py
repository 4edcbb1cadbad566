"""How much one client may ask: a token bucket per client, in the memory of each process.

Not in the database: a count that is written for every request would cost more than most requests. What a client may
is divided over the web processes, so the sum holds; a restart forgives, which does no harm.
"""

from __future__ import annotations

import math
from threading import Lock
from time import monotonic

from msgspec import Struct

_MEESTE = 50_000


class Stand(Struct, frozen=True):
    """What a bucket says: whether the request may go on, what is left, and when more is there, in whole seconds."""

    mag: bool
    limiet: int
    over: int
    wacht: int

    def koppen(self) -> dict[str, str]:
        """Return the headers that tell it (draft-ietf-httpapi-ratelimit-headers, Retry-After)."""
        koppen = {
            "RateLimit-Policy": f'"client";q={self.limiet};w=60',
            "RateLimit": f'"client";r={self.over};t={self.wacht}',
        }
        return koppen if self.mag else {**koppen, "Retry-After": str(max(1, self.wacht))}


class Emmers:
    """Buckets that fill evenly: as many requests at once as fit, and on average so many a minute.

    Args:
        per_minuut: requests a minute, also what a full bucket holds.
    """

    def __init__(self, per_minuut: int) -> None:
        self.per_minuut = per_minuut
        self._inhoud: dict[str, tuple[float, float]] = {}
        self._slot = Lock()

    def neem(self, wie: str, aantal: int = 1) -> Stand:
        """Take from somebody's bucket; what does not fit is not taken."""
        nu, tempo = monotonic(), self.per_minuut / 60
        with self._slot:
            over, gelezen = self._inhoud.get(wie, (float(self.per_minuut), nu))
            over = min(float(self.per_minuut), over + (nu - gelezen) * tempo)
            mag = over >= aantal
            if mag:
                over -= aantal
            if len(self._inhoud) >= _MEESTE and wie not in self._inhoud:
                self._inhoud.clear()
            self._inhoud[wie] = (over, nu)
        tekort = (aantal - over) / tempo if not mag else (self.per_minuut - over) / tempo
        return Stand(mag, self.per_minuut, int(over), math.ceil(tekort))

    def leeg(self) -> None:
        """Forget who asked how much."""
        with self._slot:
            self._inhoud.clear()
