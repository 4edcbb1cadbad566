"""What a process keeps at hand of its database: by version number, so that it never holds too long.

Numbers begin anew in another database. A process has one for life; who gives it another, as the tests do, calls
`vergeet`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_vergeters: list[Callable[[], None]] = []


def onthoud(aantal: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the answers of a function that reads the database: so many, of the arguments asked for last."""

    def omhul(functie: Callable[P, T]) -> Callable[P, T]:
        onthouden = lru_cache(maxsize=aantal)(functie)
        bij_vergeten(onthouden.cache_clear)
        return onthouden  # type: ignore[return-value]  # lru_cache types its arguments as hashable only

    return omhul


_transactie: ContextVar[dict[Any, Any] | None] = ContextVar("transactie", default=None)


@contextmanager
def een_transactie() -> Iterator[None]:
    """Let what is asked ``eens`` be asked once for as long as this lasts, and hold until then."""
    merk = _transactie.set({})
    try:
        yield
    finally:
        _transactie.reset(merk)


def eens(functie: Callable[[], T]) -> Callable[[], T]:
    """Ask the database once in a transaction, so that all of it goes by one answer; outside one, every time."""

    @wraps(functie)
    def vraag() -> T:
        bekend = _transactie.get()
        if bekend is None:
            return functie()
        if functie not in bekend:
            bekend[functie] = functie()
        uit: T = bekend[functie]
        return uit

    return vraag


def bij_vergeten(vergeet_ook: Callable[[], None]) -> None:
    """Have something else that is kept of the database go with the rest."""
    _vergeters.append(vergeet_ook)


def vergeet() -> None:
    """Let go of all that this process keeps of its database."""
    for vergeet_ook in _vergeters:
        vergeet_ook()
