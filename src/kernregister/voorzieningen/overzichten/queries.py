"""Reading requests, as far as the pass of the caller's transaction shows them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kernregister.voorzieningen.overzichten.models import Aanvraag, Bestand

MEESTE = 200


def aanvragen(
    instelling: str | None = None,
    *,
    soort: str | None = None,
    voor: tuple[datetime, UUID] | None = None,
    aantal: int = 50,
    verbinding: str = "default",
) -> list[Aanvraag]:
    """Return requests, the latest first.

    Args:
        instelling: for who sees more than one.
        soort: only this kind.
        voor: only those asked before this one: its moment and id.
        aantal: at most so many.
        verbinding: the connection on which the pass was put.
    """
    rij = Aanvraag.objects.using(verbinding).order_by("-aangevraagd_op", "-id")
    if instelling is not None:
        rij = rij.filter(instelling=instelling)
    if soort is not None:
        rij = rij.filter(soort=soort)
    if voor is not None:
        rij = rij.extra(where=["(aangevraagd_op, id) < (%s, %s)"], params=[*voor])
    return list(rij[: max(1, min(aantal, MEESTE))])


def aanvraag(id_: UUID, verbinding: str = "default") -> Aanvraag | None:
    """Return a request; None when the pass shows none."""
    return Aanvraag.objects.using(verbinding).filter(id=id_).first()


def bestanden(ids: Collection[UUID], verbinding: str = "default") -> dict[UUID, list[Bestand]]:
    """Return the files of requests that are done, in the order in which they are shown."""
    uit: dict[UUID, list[Bestand]] = {id_: [] for id_ in ids}
    for een in Bestand.objects.using(verbinding).filter(aanvraag_id__in=uit).order_by("id"):
        uit[een.aanvraag_id].append(een)
    return uit
