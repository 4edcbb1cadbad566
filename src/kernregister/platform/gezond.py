"""``/gezond``: for a proxy or a monitor that asks whether this register answers. It tells outsiders nothing else."""

from __future__ import annotations

from django.db import DatabaseError, connections
from django.http import HttpRequest, JsonResponse


def gezond(request: HttpRequest) -> JsonResponse:
    """Answer 200 when both connections to the database work, else 503."""
    try:
        for alias in ("default", "stelsel"):
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
    except DatabaseError:
        connections.close_all()
        return JsonResponse({"status": "ziek"}, status=503)
    return JsonResponse({"status": "gezond"}, headers={"Cache-Control": "no-store"})
