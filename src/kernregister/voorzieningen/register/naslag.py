"""Which melding an id stands for, as far as the pass of the caller's transaction shows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from kernregister.platform.sql import cursor


class Meldingnaam(Struct, frozen=True):
    """Which melding it was: enough to link to it."""

    uuid: UUID
    soort: str
    afzender: str
    ontvangen_op: datetime


def meldingen_van(ids: Collection[int], verbinding: str = "default") -> dict[int, Meldingnaam]:
    """Return which meldingen these are; those that the pass does not show are missing.

    Args:
        ids: ids of meldingen, as signals and funding rows keep them.
        verbinding: the connection on which the pass was put.
    """
    if not ids:
        return {}
    with cursor(verbinding) as sql:
        sql.execute(
            "SELECT id, uuid, soort, afzender, ontvangen_op FROM register_melding WHERE id = ANY (%s::bigint[])",
            [sorted(set(ids))],
        )
        return {id_: Meldingnaam(*rest) for id_, *rest in sql}
