"""Whose data somebody else than the institution was handed: a line in the processing log for each person.

What the institution is handed is logged when the overview is made, under a trace that is the id of the request. Who
fetches the file later gets a line for each of the same persons, as far as they were not destroyed since.
"""

from __future__ import annotations

from typing import Final

from kernregister.platform import spoor, verwerkingslog
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.overzichten.models import Aanvraag

ACTIVITEIT: Final = "overzicht-verstrekken"


def spoor_van(aanvraag: Aanvraag) -> spoor.Spoor:
    """Return a step of the trace under which it is on record whose data are in the files of a request."""
    return spoor.Spoor(aanvraag.id.hex, spoor.nieuw().span_id)


def leg_verstrekking_vast(aanvraag: Aanvraag, client: str, namens: str) -> int:
    """Put on record that somebody else than the institution is handed a file; return of how many persons.

    Of a file with part of the persons, such as a difference file, all persons of the request are named.

    Args:
        aanvraag: a request that is done.
        client: who fetches.
        namens: in whose name.
    """
    with cursor() as sql:
        sql.execute(
            "SELECT DISTINCT data_subject_id FROM platform_verwerking WHERE trace_id = %s ORDER BY 1",
            [aanvraag.id.hex],
        )
        betrokkenen = [pseudoniem for (pseudoniem,) in sql]
    stap = verwerkingslog.Stap(ACTIVITEIT, aanvraag.soort, client, namens)
    verwerkingslog.leg_vast_voor_velen(stap, betrokkenen)
    return len(betrokkenen)
