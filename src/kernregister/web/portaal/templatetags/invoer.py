"""What templates of entry need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from kernregister.web.portaal.invoer.adres import formulieradres

register = template.Library()


@register.simple_tag
def haal(van: Mapping[str, Any] | None, naam: str) -> Any:
    """Return what stands in a table under a name that is itself a value."""
    return van.get(naam) if van else None


@register.filter
def kleine_letter(label: str) -> str:
    """Return a label as it stands within a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


register.simple_tag(formulieradres)
