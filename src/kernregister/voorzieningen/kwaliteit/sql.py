"""The cursor of the sets: psycopg's own, so that statements are prepared once and lists go over as arrays."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connections


def cursor(verbinding: str = "stelsel") -> psycopg.Cursor[Any]:
    """Return a cursor of psycopg on one of Django's connections, inside the transaction that is going on there."""
    django = connections[verbinding]
    django.ensure_connection()
    return psycopg.Cursor(django.connection)
