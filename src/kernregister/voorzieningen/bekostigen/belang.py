"""What the records behind signals are worth, as a relation that a room below can join: it need not know of us."""

from __future__ import annotations

from datetime import date

from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen.grondslag import open_jaren
from kernregister.voorzieningen.bekostigen.posten import KOLOMMEN, Post, post_van

_BELANG = """
SELECT b.persoon_id, b.instelling, b.soort, b.sleutel, count(*) AS telt_niet,
    coalesce(sum(b.mogelijk) FILTER (WHERE b.teldatum IS NULL OR extract(month FROM b.teldatum) = 10), 0) AS gemist
FROM bekostigen_status b
WHERE b.gesloten_op IS NULL AND b.jaar IN ({jaren}) AND NOT b.status
  AND (b.leertraject IN ('BOL', 'BBL') OR b.soort = 'diploma')
GROUP BY 1, 2, 3, 4
"""


def belang(dag: date) -> str:
    """Return, as SQL, the records that do not count and could: BOL, BBL and diplomas. Indicative.

    Columns: ``persoon_id``, ``instelling``, ``soort`` (inschrijving or diploma), ``sleutel`` (its volgnummer),
    ``telt_niet`` (on how many teldata; of a diploma 1) and ``gemist`` (what it would contribute; 0 where that cannot be
    told: 1 February works through in the correction factor only, so it adds nothing to 1 October).
    The policies of the table say which of these the caller's pass shows.

    Args:
        dag: the day; it says which funding years are open.
    """
    return _BELANG.format(jaren=", ".join(str(jaar) for jaar in open_jaren(dag)))


_VAN_RECORD = f"""
SELECT {", ".join(f"s.{kolom}" for kolom in KOLOMMEN)} FROM bekostigen_status s
WHERE s.persoon_id = %s AND s.instelling = %s AND s.soort = %s AND s.sleutel = %s AND s.jaar = ANY (%s)
  AND s.gesloten_op IS NULL
ORDER BY s.jaar, coalesce(s.teldatum, s.datum_behaald)
"""  # noqa: S608 - names of this room


def van_record(
    persoon: int, instelling: str, soort: str, sleutel: str, dag: date, verbinding: str = "default"
) -> list[Post]:
    """Return what one enrolment or diploma counts for in the open years, in order of time. Indicative.

    Args:
        persoon: whose it is.
        instelling: where it is registered.
        soort: inschrijving or diploma.
        sleutel: its volgnummer.
        dag: the day; it says which funding years are open.
        verbinding: the connection on which the pass was put.
    """
    jaren = [jaar.jaar for jaar in open_jaren(dag)]
    with cursor(verbinding) as sql:
        sql.execute(_VAN_RECORD, [persoon, instelling, soort, sleutel, jaren])
        return [post_van(rij) for rij in sql]
