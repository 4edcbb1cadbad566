"""How far work is that goes on while somebody looks: its page asks again and again, and is told only what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.http import HttpResponse

from kernregister.web.portaal.bezoek import Bezoek


class _Werk(Protocol):
    """What a worker does, in steps."""

    toestand: Any
    gedaan: Any


def stempel_van(werk: _Werk, stil: bool) -> str:
    """Return a mark of how far work is, and whether it stands still: a page that has it knows all there is to know."""
    return f"{werk.toestand}-{werk.gedaan}{'-stil' * stil}"


def hoe_ver(bezoek: Bezoek, sjabloon: str, waarden: Mapping[str, Any], *, bezig: bool) -> HttpResponse:
    """Answer a page that waits: how far it is, nothing when the page says so already, or to load itself anew.

    Args:
        bezoek: the visit.
        sjabloon: the part of the page that says how far it is.
        waarden: what that shows, with the ``stempel``.
        bezig: whether there is anything left to wait for.
    """
    if not bezig:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if bezoek.request.GET.get("stand") == waarden["stempel"]:
        return HttpResponse(status=204)
    return bezoek.toon(sjabloon, dict(waarden))
