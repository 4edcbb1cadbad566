"""What every template may use: the visit, also on pages that are not ours but django-allauth's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kernregister.web.portaal.bezoek import Bezoek


def bezoek(request: HttpRequest) -> dict[str, Any]:
    """Return the visit, looked up only when a template asks for it."""
    return {"bezoek": SimpleLazyObject(lambda: Bezoek(request, ""))}
