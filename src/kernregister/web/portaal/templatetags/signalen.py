"""What the pages of the work list need: decimal numbers and the names of colleagues as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def decimaal(context: template.Context, waarde: Any) -> str:
    """Return a decimal number with two places, in the language of the page; nothing is a dash."""
    try:
        tekst = f"{Decimal(str(waarde)):.2f}"
    except InvalidOperation:
        return "–"
    return tekst if context["bezoek"].taal == "en" else tekst.replace(".", ",")


@register.simple_tag
def collega(namen: Mapping[str, str], wie: str) -> str:
    """Return how colleagues call somebody; the name to log in with, of who no longer handles signals."""
    return namen.get(wie, wie)
