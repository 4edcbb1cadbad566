"""Whose records changed since somebody looked: so that who keeps a count of an institution counts only those anew.

What was seen is a snapshot of PostgreSQL: it tells of each transaction whether it was in, also of those that ran
then. A stand number would lag behind the longest transaction, and what was just answered has to be in.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from kernregister.platform.sql import cursor
from kernregister.voorzieningen.register import standen


class Gewijzigd(Struct, frozen=True):
    """What changed at an institution since a snapshot."""

    gezien: str
    """The snapshot in which was looked: what is read after it holds at least this."""
    personen: tuple[int, ...]
    """Whose records changed, of who has or had to do with the institution."""
    elders: int
    """How many meldingen were looked through for it: when there are many, it is time to remember a later snapshot."""


_ERBIJ = """
WITH erbij AS MATERIALIZED (
    SELECT m.id, m.persoon_id FROM register_melding m
    WHERE m.transactie >= pg_snapshot_xmin(%(gezien)s::pg_snapshot) AND m.aanvaard
      AND NOT pg_visible_in_snapshot(m.transactie, %(gezien)s::pg_snapshot)
), wie AS (
    SELECT persoon_id FROM erbij WHERE persoon_id IS NOT NULL
    UNION SELECT v.persoon_id FROM erbij JOIN register_versie v ON v.melding_van = erbij.id
    UNION SELECT v.persoon_id FROM erbij JOIN register_versie v ON v.melding_tot = erbij.id
)
SELECT pg_current_snapshot()::text, (SELECT count(*) FROM erbij), (
    SELECT coalesce(array_agg(w.persoon_id), '{}') FROM wie w WHERE EXISTS (
        SELECT FROM register_betrokkenheid b WHERE b.instelling = %(instelling)s AND b.persoon_id = w.persoon_id
    ) OR EXISTS (
        SELECT FROM register_beeindigdebetrokkenheid b
        WHERE b.persoon_id = w.persoon_id AND b.instelling = %(instelling)s
    )
)
"""

_IN_UIT = """
SELECT v.persoon_id FROM register_versie v
WHERE v.instelling = %(instelling)s AND v.soort = 'inschrijving' AND v.melding_tot IS NULL
  AND (v.datum_begin > %(eerder)s AND v.datum_begin <= %(later)s
       OR v.datum_eind >= %(eerder)s AND v.datum_eind < %(later)s)
"""


def begin_van_tellen() -> tuple[str, int]:
    """Return a snapshot and a stand that hold the same: who counts at the stand has seen the snapshot, and no more.

    Only transactions below the oldest that runs are taken as seen; all of those have their stand number.
    """
    with cursor() as sql:
        sql.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        (onder,) = sql.fetchone() or ("",)
    return f"{onder}:{onder}:", standen.stand()


def gewijzigd_sinds(instelling: str, gezien: str) -> Gewijzigd:
    """Return whose records changed at an institution since a snapshot, whichever melding did it."""
    with cursor() as sql:
        sql.execute(_ERBIJ, {"gezien": gezien, "instelling": instelling})
        nu, elders, wie = sql.fetchone() or (gezien, 0, [])
    return Gewijzigd(nu, tuple(sorted(wie)), elders)


def in_of_uit(instelling: str, eerder: date, later: date) -> list[int]:
    """Return of whom an enrolment at an institution is valid on one of two days and not on the other."""
    eerder, later = min(eerder, later), max(eerder, later)
    with cursor() as sql:
        sql.execute(_IN_UIT, {"instelling": instelling, "eerder": eerder, "later": later})
        return [persoon for (persoon,) in sql]
