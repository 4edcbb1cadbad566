"""Whether the web part can do its work, for who watches over it."""

from __future__ import annotations

from django.db import Error, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET


@require_GET
def gezond(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers over both connections, otherwise 503; holds nothing of anybody."""
    stukken = [alias for alias in ("default", "stelsel") if not _antwoordt(alias)]
    stand = {"gezond": not stukken, "databank": "antwoordt niet" if stukken else "antwoordt"}
    return JsonResponse(stand, status=503 if stukken else 200, headers={"Cache-Control": "no-store"})


def _antwoordt(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        connections[alias].close()
        return False
    return True
