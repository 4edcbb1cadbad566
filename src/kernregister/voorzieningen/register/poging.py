"""One transaction of the apply step, tried again when others were at the same thing at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, OperationalError, transaction
from psycopg import errors

from kernregister.platform.geheugen import een_transactie

T = TypeVar("T")

POGINGEN = 5
"""How often work is tried when others take the same UUID, number or person meanwhile."""


class Overlap(OperationalError):
    """Somebody else made a person, took a UUID or registered something first: look again, or later."""


_DJANGO = (IntegrityError, OperationalError)
_BOTSINGEN = (Overlap, errors.UniqueViolation, errors.DeadlockDetected, errors.SerializationFailure)


def in_een_transactie(werk: Callable[[], T], proef: bool = False) -> T:
    """Do work in a transaction of its own and return what came of it; when this returns it is committed.

    Args:
        werk: what to do; begun anew in a new transaction after an overlap, so it keeps nothing of an earlier try.
        proef: a dry run: roll everything back in the end.
    """
    for nog in reversed(range(POGINGEN)):
        try:
            with transaction.atomic(using="stelsel", durable=True), een_transactie():
                uit = werk()
                if proef:
                    transaction.set_rollback(True, using="stelsel")
            return uit
        except (*_BOTSINGEN, *_DJANGO) as fout:
            oorzaak = fout if isinstance(fout, _BOTSINGEN) else fout.__cause__
            if not nog or not isinstance(oorzaak, _BOTSINGEN):
                raise
    raise AssertionError("onbereikbaar")
