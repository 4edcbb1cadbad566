"""Migrating: bringing the tables to what the code expects, as the owner and one process at a time."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

_SLOT = 7352_2026
"""Key of the advisory lock."""


def openstaand(alias: str) -> list[str]:
    """Return the migrations that were not run yet, as ``app.name``, looked up over a connection."""
    uitvoerder = MigrationExecutor(connections[alias])
    plan = uitvoerder.migration_plan(uitvoerder.loader.graph.leaf_nodes())
    return [f"{migratie.app_label}.{migratie.name}" for migratie, _ in plan]


def migreer() -> list[str]:
    """Run the migrations that are waiting, as the owner, and return their names.

    Whoever comes second waits for the first, and then has nothing to do.
    """
    verbinding = connections["eigenaar"]
    with verbinding.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")  # the wait for another who migrates
        cursor.execute("SELECT pg_advisory_lock(%s)", [_SLOT])
        cursor.execute("RESET lock_timeout")
    try:
        wachtend = openstaand("eigenaar")
        if wachtend:
            call_command("migrate", database="eigenaar", interactive=False, verbosity=0)
        return wachtend
    finally:
        verbinding.close()  # the lock falls with the session
