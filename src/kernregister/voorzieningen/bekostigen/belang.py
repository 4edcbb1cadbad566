"""What the records behind signals are worth, as a relation that a room below can join: it need not know of us."""

from __future__ import annotations

from datetime import date

from kernregister.voorzieningen.bekostigen.grondslag import open_jaren
from kernregister.voorzieningen.bekostigen.herstel import HERSTELBAAR

_BELANG = """
SELECT b.persoon_id, b.instelling, b.soort, b.sleutel, count(*) AS telt_niet,
    coalesce(sum(b.mogelijk) FILTER (WHERE b.teldatum IS NULL OR extract(month FROM b.teldatum) = 10), 0) AS gemist
FROM bekostigen_status b
WHERE b.gesloten_op IS NULL AND b.jaar IN ({jaren}) AND NOT b.status AND b.faalt <@ ARRAY[{herstelbaar}]
GROUP BY 1, 2, 3, 4
"""


def belang(dag: date) -> str:
    """Return, as SQL, the records that do not count for reasons their institution can mend. Indicative.

    Columns: ``persoon_id``, ``instelling``, ``soort`` (inschrijving or diploma), ``sleutel`` (its volgnummer),
    ``telt_niet`` (on how many teldata; of a diploma 1) and ``gemist`` (what it would contribute; 0 where that cannot be
    told: 1 February works through in the correction factor only, so it adds nothing to 1 October).
    The policies of the table say which of these the caller's pass shows.

    Args:
        dag: the day; it says which funding years are open.
    """
    return _BELANG.format(
        jaren=", ".join(str(jaar) for jaar in open_jaren(dag)),
        herstelbaar=", ".join(f"'{code}'" for code in sorted(HERSTELBAAR)),
    )
