"""What stands on top of the figures: how many signals are open and since when, of one institution or of each."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct

from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.queries import KLASSE


class Opening(Struct, frozen=True):
    """The open signals of an institution, and since when the oldest stands; None: there is none."""

    open: int
    oudste: date | None = None
    per_klasse: dict[str, int] = {}
    """Class of days that they have stood (`Ouderdom`) -> how many."""


class Instellingsregel(Struct, frozen=True):
    """An institution in a list of all: its open signals, and what was last placed for it."""

    instelling: str
    open: int
    oudste: date | None
    geplaatst: date | None
    totalen: dict[str, int]


_OPEN = f"""
SELECT {KLASSE}, count(*), min(sinds)
FROM (
    SELECT sinds, %s::date - sinds AS d FROM kwaliteit_signaal
    WHERE gesloten_op IS NULL AND NOT schaduw AND instelling = %s
) AS s
GROUP BY 1
"""  # noqa: S608 - a text of this room

_OPEN_TOEN = f"""
SELECT {KLASSE}, count(*), min(sinds)
FROM (
    SELECT sinds, %(laatste)s::date - sinds AS d FROM kwaliteit_signaal
    WHERE geopend_dag <= %(laatste)s AND (gesloten_dag IS NULL OR gesloten_dag > %(laatste)s)
      AND NOT schaduw AND instelling = %(instelling)s
) AS s
GROUP BY 1
"""  # noqa: S608 - a text of this room

_ALLE = """
WITH open AS (
    SELECT instelling, count(*) AS aantal, min(sinds) AS oudste FROM kwaliteit_signaal
    WHERE gesloten_op IS NULL AND NOT schaduw GROUP BY instelling
), geplaatst AS (
    SELECT DISTINCT ON (instelling) instelling, stand_per, totalen::text AS totalen FROM kwaliteit_cijferstand
    WHERE geplaatst_op IS NOT NULL ORDER BY instelling, stand_per DESC
)
SELECT instelling, coalesce(o.aantal, 0), o.oudste, g.stand_per, g.totalen
FROM open o FULL JOIN geplaatst g USING (instelling) ORDER BY instelling
"""

_lees = msgspec.json.Decoder(dict[str, int])


def opening(instelling: str, laatste: date | None = None, verbinding: str = "default") -> Opening:
    """Return how many signals of an institution are open and for how long, as far as the pass shows.

    Args:
        instelling: its code.
        laatste: at the end of which day; None: now.
        verbinding: the connection on which the pass was put.
    """
    with cursor(verbinding) as sql:
        if laatste is None:
            sql.execute(_OPEN, [klok.vandaag(), instelling])
        else:
            sql.execute(_OPEN_TOEN, {"laatste": laatste, "instelling": instelling})
        rijen = sql.fetchall()
    oudste = min((rij[2] for rij in rijen), default=None)
    return Opening(sum(rij[1] for rij in rijen), oudste, {klasse: aantal for klasse, aantal, _ in rijen})


def per_instelling(verbinding: str = "default") -> tuple[Instellingsregel, ...]:
    """Return the institutions that the pass shows signals or figures of, in order of code."""
    with cursor(verbinding) as sql:
        sql.execute(_ALLE)
        return tuple(
            Instellingsregel(code, aantal, oudste, geplaatst, _lees.decode(totalen) if totalen else {})
            for code, aantal, oudste, geplaatst, totalen in sql
        )
