"""Retention of what this room keeps: what goes with a record, and what goes when its term has passed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from kernregister.kern.bewaartermijnen import termijn
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen.bijwerken import werk_bij


def na_vernietiging(wie: Collection[int]) -> None:
    """Decide anew on persons of whom something was destroyed, and destroy what is known of what it counted for."""
    werk_bij(wie, reden="bewaartermijn verstreken")
    with cursor() as sql:
        sql.execute("SELECT bekostigen_volg_vernietiging(%s::bigint[])", [sorted(wie)])


def vernietig() -> int:
    """Destroy files of assurance reports and definitive decisions on persons whose term has passed.

    Returns how many rows went. Reports with their hash and steps, and definitive totals, stay.
    """
    dag = klok.vandaag()
    with cursor() as sql:
        rij = sql.execute(
            "SELECT bekostigen_vernietig(%s, %s::interval, %s::interval)",
            [dag, _lengte("assurancerapport", dag), _lengte("definitief_besluit", dag)],
        ).fetchone()
    return int(rij[0]) if rij else 0


def _lengte(soort: str, dag: date) -> str:
    """Return how long a kind of data is kept, as the database writes it."""
    lengte = termijn(soort, dag)
    return f"{lengte.jaren} years {lengte.maanden} months"
