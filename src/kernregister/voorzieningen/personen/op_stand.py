"""Which numbers persons went by as known at a stand: a burgerservicenummer that was found later is not known then.

The order of the stand is that of the numbers of transactions (ADR 0018), so a stand comes here as the transaction of
its last melding. A stand within a batch knows the numbers of the whole batch.
"""

from __future__ import annotations

from collections.abc import Collection

from kernregister.kern.sleutels import Pgn
from kernregister.platform.sql import cursor
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.personen.nummers import Nummers, kies, leden

_SAMENGEVOEGD = """
SELECT persoon_id, opgegaan_in FROM personen_samenvoeging
WHERE opgegaan_in = ANY (%s::bigint[]) AND transactie <= %s::text::xid8
  AND (tot_transactie IS NULL OR tot_transactie > %s::text::xid8)
"""
_GAAT_OP_IN = """
SELECT persoon_id, opgegaan_in FROM personen_samenvoeging
WHERE persoon_id = ANY (%(ids)s::bigint[]) AND transactie <= %(tot)s::text::xid8
  AND (tot_transactie IS NULL OR tot_transactie > %(tot)s::text::xid8)
"""
_HOUDERS = "SELECT zoeksleutel, persoon_id FROM personen_nummer WHERE zoeksleutel = ANY (%s::bytea[])"
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


def mensen_op(pgns: Collection[Pgn], transactie: int) -> dict[Pgn, tuple[int, ...]]:
    """Return for each known number whose it is: the person as known then, first, and all who had gone up in them.

    Args:
        pgns: the numbers; those that nobody has are missing in the answer.
        transactie: the last transaction that counts.
    """
    if not pgns:
        return {}
    bij_sleutel = {kluis().zoek(pgn): pgn for pgn in pgns}
    tot = str(transactie)
    with cursor() as sql:
        sql.execute(_HOUDERS, [list(bij_sleutel)], prepare=True)
        houders: dict[Pgn, int] = {bij_sleutel[bytes(sleutel)]: houder for sleutel, houder in sql}
        wortel = {houder: houder for houder in houders.values()}
        nieuw = set(wortel)
        while nieuw:
            sql.execute(_GAAT_OP_IN, {"ids": list(nieuw), "tot": tot}, prepare=True)
            in_wie = dict(sql.fetchall())
            wortel = {houder: in_wie.get(wie, wie) for houder, wie in wortel.items()}
            nieuw = set(in_wie.values())
    per_wortel: dict[int, list[int]] = {}
    for lid, wortels in leden(set(wortel.values()), _SAMENGEVOEGD, tot, tot).items():
        for wie in wortels:
            per_wortel.setdefault(wie, []).append(lid)
    return {
        pgn: (wortel[houder], *sorted(set(per_wortel[wortel[houder]]) - {wortel[houder]}))
        for pgn, houder in houders.items()
    }
