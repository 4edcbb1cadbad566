"""Which numbers persons went by as known at a stand: a burgerservicenummer that was found later is not known then.

The order of the stand is that of the numbers of transactions (ADR 0018), so a stand comes here as the transaction of
its last melding. A stand within a batch knows the numbers of the whole batch.
"""

from __future__ import annotations

from collections.abc import Collection

from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen.nummers import Nummers, kies, leden

_SAMENGEVOEGD = """
SELECT persoon_id, opgegaan_in FROM personen_samenvoeging
WHERE opgegaan_in = ANY (%s::bigint[]) AND transactie <= %s::text::xid8
  AND (tot_transactie IS NULL OR tot_transactie > %s::text::xid8)
"""
_NUMMERS = """
SELECT nummer.* FROM unnest(%(ids)s::bigint[]) AS gevraagd (id) CROSS JOIN LATERAL (
    SELECT n.persoon_id, n.soort, n.versleuteld,
        n.vervallen_transactie IS NULL OR n.vervallen_transactie > %(tot)s::text::xid8, n.id
    FROM personen_nummer n
    WHERE n.persoon_id = gevraagd.id AND n.transactie <= %(tot)s::text::xid8 OFFSET 0
) AS nummer
"""


def nummers_op(ids: Collection[int], transactie: int) -> dict[int, Nummers]:
    """Return the numbers of persons as they were known, those of persons who had gone up in them by then included.

    Args:
        ids: the persons.
        transactie: the last transaction that counts.
    """
    if not ids:
        return {}
    tot = str(transactie)
    wortels = leden(ids, _SAMENGEVOEGD, tot, tot)
    with cursor() as sql:
        sql.execute(_NUMMERS, {"ids": list(wortels), "tot": tot}, prepare=True, binary=True)
        return kies(ids, wortels, sql)
