"""Stand numbers: the one order of applied meldingen that everybody sees alike (ADR 0018).

A moment does not order commits: a transaction that began before T and commits after it would turn up in "as known at
T" later. So a number is handed out after the commit, and only to meldingen of transactions older than any that still
runs; nothing can come before a number that was handed out.

Within that, the order is that of the numbers of the transactions. A transaction gets its number with its first lock, so
one that then waits for another person may register after a transaction with a higher number: whoever registers looks
with ``is_ingehaald`` and begins anew.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from time import monotonic, sleep

from django.db import transaction

from kernregister.kern.meldingen.berichten import VanStelsel
from kernregister.platform import klok
from kernregister.platform.sql import cursor

_SLOT = 0x6B72_0001
"""Advisory lock: one at a time hands out numbers."""

_POOS = 0.02
"""Seconds between two looks whether a number was handed out."""

_OVER_MEER = [soort.__name__ for soort in VanStelsel.__args__]

_NUMMER = """
WITH grens AS (
    UPDATE register_standgrens SET tot = pg_snapshot_xmin(pg_current_snapshot())
    WHERE id = 1 AND tot < pg_snapshot_xmin(pg_current_snapshot())
    RETURNING (SELECT tot FROM register_standgrens WHERE id = 1) AS van, tot
), laatste AS (
    SELECT coalesce(max(nummer), 0) AS nummer, max(moment) AS moment FROM register_stand
    WHERE nummer = (SELECT max(nummer) FROM register_stand)
)
INSERT INTO register_stand (nummer, melding_id, moment)
SELECT laatste.nummer + row_number() OVER (ORDER BY m.transactie, m.id), m.id, greatest(%s, laatste.moment)
FROM grens, laatste, register_melding m
WHERE m.aanvaard AND m.transactie >= grens.van AND m.transactie < grens.tot
"""


# The last one by the index first: without statistics, after a large load, the whole journal would be read.
_INGEHAALD = """
SELECT CASE WHEN (SELECT transactie FROM register_melding ORDER BY transactie DESC LIMIT 1) > pg_current_xact_id()
THEN EXISTS (
    SELECT FROM register_melding WHERE transactie > pg_current_xact_id() AND (persoon_id = ANY (%s) OR soort = ANY (%s))
) ELSE false END
"""


def is_ingehaald(personen: Collection[int]) -> bool:
    """Tell whether a transaction with a higher number than this one registered something of persons, locked by now.

    What this one would register after it would stand before it. What the facility does concerns several persons, and
    counts for all.
    """
    if not personen:
        return False
    with cursor() as sql:
        sql.execute(_INGEHAALD, [list(personen), _OVER_MEER], prepare=True)
        (uit,) = sql.fetchone() or (False,)
    return bool(uit)


def stand() -> int:
    """Number what can be numbered, and return the last stand: 0 when nothing was applied yet.

    A melding whose answer was given has its number, unless a transaction that began before it still runs.
    """
    with transaction.atomic(using="stelsel"), cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(%s)", [_SLOT])
        sql.execute(_NUMMER, [klok.nu()])
        return laatste()


def stand_met(afzender: str, geduld: float) -> int:
    """Return the stand of now, with all that a sender was told is registered: that may wait for its number.

    Args:
        afzender: the sender.
        geduld: seconds to wait for it at most.
    """
    tot = monotonic() + geduld
    nu = stand()
    while _is_ongenummerd(afzender) and monotonic() < tot:
        sleep(_POOS)
        nu = stand()
    return nu


def _is_ongenummerd(afzender: str) -> bool:
    """Tell whether something that a sender was told is registered waits for its stand number: older work still runs."""
    with cursor() as sql:
        sql.execute(
            "SELECT EXISTS (SELECT FROM register_melding WHERE aanvaard AND afzender = %s"
            " AND transactie >= (SELECT tot FROM register_standgrens WHERE id = 1))",
            [afzender],
        )
        (ja,) = sql.fetchone() or (False,)
    return bool(ja)


def laatste() -> int:
    """Return the last stand that was handed out, without handing out any: for who only looks."""
    with cursor() as sql:
        sql.execute("SELECT coalesce(max(nummer), 0) FROM register_stand")
        (nummer,) = sql.fetchone() or (0,)
    return int(nummer)


def stand_op(moment: datetime) -> int:
    """Return the last stand at a moment: what was known then.

    Raises:
        ValueError: the moment is still to come, so nobody knows yet what will be known.
    """
    stand()
    if moment > klok.nu():
        raise ValueError("het moment ligt in de toekomst")
    with cursor() as sql:
        sql.execute("SELECT coalesce(max(nummer), 0) FROM register_stand WHERE moment <= %s", [moment])
        (nummer,) = sql.fetchone() or (0,)
    return int(nummer)


def moment_van(stand: int) -> datetime | None:
    """Return when a stand was reached."""
    with cursor() as sql:
        sql.execute("SELECT moment FROM register_stand WHERE nummer = %s", [stand])
        rij = sql.fetchone()
    return rij[0] if rij else None


def stand_van(melding: int) -> int | None:
    """Return the stand that a melding made; None when it has no number yet, so nothing came after it."""
    with cursor() as sql:
        sql.execute("SELECT nummer FROM register_stand WHERE melding_id = %s", [melding])
        rij = sql.fetchone()
    return rij[0] if rij else None
