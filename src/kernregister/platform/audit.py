"""The audit trail: who changed what, or was refused it. What stands in it is never changed or removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connections
from msgspec import Struct
from psycopg.types.json import Jsonb

from kernregister.platform import klok, spoor
from kernregister.platform.nummers import maskeer, maskeer_waarde
from kernregister.platform.sql import cursor

_VOEG_TOE = """
    INSERT INTO platform_auditregel
        (moment, door, namens, handeling, object_soort, object_sleutel, details, trace_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def leg_vast(
    handeling: str,
    object_soort: str,
    object_sleutel: object = "",
    *,
    door: str,
    namens: str = "",
    details: dict[str, Any] | None = None,
    verbinding: str = "stelsel",
) -> None:
    """Write one line, in the transaction that runs on the connection: a change comes with its line or not at all.

    Args:
        handeling: what was done, such as ``signaal.afzien``.
        object_soort: the kind of thing it was done to.
        object_sleutel: its key; the id of a person, never a number.
        door: the client of the API, or the user.
        namens: in whose name: ``Pas.namens``; on the application's connection it can be no other.
        details: what else is needed to understand it. A number of a person in it is masked.
        verbinding: the connection on which the change is made.

    Raises:
        django.db.DataError: a text is longer than its column.
        django.db.ProgrammingError: the application writes without a pass, or in another's name.
    """
    waarden: list[Any] = [
        *(klok.nu(), maskeer(door), namens, handeling, object_soort, maskeer(str(object_sleutel))),
        Jsonb(maskeer_waarde(details or {})),
        spoor.huidig().trace_id,
    ]
    with connections[verbinding].cursor() as cursor:
        cursor.execute(_VOEG_TOE, waarden)


class Gelezen(Struct, frozen=True):
    """That somebody looked at the data of a person."""

    moment: datetime
    door: str
    """The user."""
    wat: str
    """What was done, such as ``studentdossier bekijken``."""
    samen_met: int
    """How many other persons were in the same list."""


_GELEZEN = """
SELECT v.start_time, a.door, v.name, coalesce((a.details ->> 'aantal')::int, 1) - 1
FROM platform_verwerking v
JOIN LATERAL (
    SELECT door, details FROM platform_auditregel
    WHERE trace_id = v.trace_id AND handeling = 'gelezen' AND details ->> 'wat' = v.name ORDER BY id LIMIT 1
) a ON true
WHERE v.data_subject_id = %(betrokkene)s AND v.namens = (SELECT pas_namens())
ORDER BY v.id DESC LIMIT %(aantal)s
"""


def wie_las(betrokkene: str, aantal: int = 100, verbinding: str = "default") -> list[Gelezen]:
    """Return which colleagues looked at the data of a person, the latest first; of systems nothing is told.

    The processing log tells that it happened, the audit trail under the same trace who it was. Inside ``met_pas``:
    only what was done in the name of the pass.

    Args:
        betrokkene: the pseudonym of the person.
        aantal: at most so many.
        verbinding: the connection on which the pass was put.
    """
    with cursor(verbinding) as sql:
        sql.execute(_GELEZEN, {"betrokkene": betrokkene, "aantal": aantal})
        return [Gelezen(*rij) for rij in sql]
