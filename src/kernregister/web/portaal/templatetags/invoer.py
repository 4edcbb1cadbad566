"""What templates of entry need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def haal(van: Mapping[str, Any] | None, naam: str) -> Any:
    """Return what stands in a table under a name that is itself a value."""
    return van.get(naam) if van else None
