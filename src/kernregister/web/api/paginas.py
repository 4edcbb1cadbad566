"""Lists by page: a cursor that stays right while others write, and how many at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from msgspec import Meta, Struct

from kernregister.web.api import cursors
from kernregister.web.api.routes import Antwoord

T = TypeVar("T")

Cursor = Annotated[str, Meta(max_length=500, description="de waarde van 'volgende' uit het vorige antwoord")]
Aantal = Annotated[int, Meta(ge=1, le=1000, description="hoeveel er op een bladzijde staan")]
Nummer = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Stand = Annotated[int, Meta(ge=0, le=2**63 - 1, description="een standnummer, zie GET /stand")]
Code = Annotated[str, Meta(min_length=1, max_length=40)]


class Bladzijdevraag(Struct, frozen=True, kw_only=True):
    """Which page of a list."""

    cursor: Cursor | None = None
    aantal: Aantal = 100


def bladzijde(
    doel: str,
    gevonden: Sequence[T],
    aantal: int,
    plaats: Callable[[T], Any],
    toon: Callable[[T], Any],
    soort: Any,
) -> Antwoord:
    """Return a page.

    Args:
        doel: name of the list, to which its cursors are bound.
        gevonden: what was found: one more than asked tells that there is a next page.
        aantal: how many were asked.
        plaats: the place of an item, of plain values, to go on after.
        toon: an item as the API shows it.
        soort: the struct of the page.
    """
    hier = gevonden[:aantal]
    volgende = cursors.maak(doel, plaats(hier[-1])) if len(gevonden) > aantal else None
    return Antwoord(soort([toon(een) for een in hier], volgende))
