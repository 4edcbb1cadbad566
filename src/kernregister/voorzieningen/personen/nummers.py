"""Which number is of whom: set by set, on the connection of the apply step and inside the caller's transaction.

Nothing here shows a number in an error or a log line. The order in which rows are locked or made is always the same
(by person id, by keyed hash), so that two batches wait for each other and never hold each other up for good.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from msgspec import Struct

from kernregister.kern.sleutels import Pgn
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.personen.models import Nummersoort

BSN, OWN = Nummersoort.BSN.value, Nummersoort.OWN.value

_SLOT = 0x6B72_0002
"""Advisory lock: numbers of persons that are about to be made."""
_SLOTEN = 256


class Nummers(Struct, frozen=True, gc=False):
    """The numbers of a person. The onderwijsnummer is given too when it is retired: signal A01 needs both."""

    burgerservicenummer: Pgn | None = None
    onderwijsnummer: Pgn | None = None

    def __repr__(self) -> str:
        """Return a text without numbers: it may end up in an exception."""
        return f"Nummers(bsn={self.burgerservicenummer is not None}, own={self.onderwijsnummer is not None})"


class Koppeling(StrEnum):
    """How linking a burgerservicenummer to a person went."""

    GEKOPPELD = "gekoppeld"
    WAS_AL = "was_al"
    VAN_ANDER = "van_ander"
    """It belongs to another person: the two prove to be one, and are to be merged."""
    HEEFT_ANDER = "heeft_ander"
    """The person has another burgerservicenummer; one of the two is wrong."""


class Koppeluitslag(Struct, frozen=True):
    """The outcome of linking. ``ander`` is the person that has the number already."""

    uitslag: Koppeling
    ander: int | None = None


# OFFSET 0 keeps the two apart: a look-up in the index for each, also when the table outgrew its statistics.
_ZOEK = """
SELECT gevonden.* FROM unnest(%s::bytea[]) AS gevraagd (sleutel) CROSS JOIN LATERAL (
    SELECT n.zoeksleutel, p.id, p.opgegaan_in FROM personen_nummer n JOIN personen_persoon p ON p.id = n.persoon_id
    WHERE n.zoeksleutel = gevraagd.sleutel OFFSET 0
) AS gevonden
"""
_NUMMERS_VAN = """
SELECT nummer.* FROM unnest(%s::bigint[]) AS gevraagd (id) CROSS JOIN LATERAL (
    SELECT n.persoon_id, n.soort, n.versleuteld, n.vervallen_op IS NULL, n.id FROM personen_nummer n
    WHERE n.persoon_id = gevraagd.id OFFSET 0
) AS nummer
"""


def zoek(pgns: Collection[Pgn]) -> dict[Pgn, int]:
    """Return for each known number, retired ones included, the id of its person; of a merged person, of the one left.

    Numbers that nobody has are missing in the answer.
    """
    if not pgns:
        return {}
    bij_sleutel = {kluis().zoek(pgn): pgn for pgn in pgns}
    with cursor() as sql:
        sql.execute(_ZOEK, [list(bij_sleutel)], prepare=True)
        rijen = sql.fetchall()
    overgegaan = gaat_op_in({id_ for _, id_, opgegaan_in in rijen if opgegaan_in is not None})
    return {bij_sleutel[bytes(sleutel)]: overgegaan.get(id_, id_) for sleutel, id_, _ in rijen}


def gaat_op_in(ids: Collection[int]) -> dict[int, int]:
    """Return for each merged person among these the person that is left, however often merging went on."""
    if not ids:
        return {}
    with cursor() as sql:
        sql.execute(
            "WITH RECURSIVE pad AS ("
            " SELECT id AS van, opgegaan_in AS naar FROM personen_persoon"
            "  WHERE id = ANY (%s::bigint[]) AND opgegaan_in IS NOT NULL"
            " UNION SELECT pad.van, p.opgegaan_in FROM pad JOIN personen_persoon p ON p.id = pad.naar"
            "  WHERE p.opgegaan_in IS NOT NULL"
            ") SELECT pad.van, pad.naar FROM pad JOIN personen_persoon p ON p.id = pad.naar"
            " WHERE p.opgegaan_in IS NULL",
            [list(ids)],
        )
        return dict(sql.fetchall())


def vergrendel(ids: Collection[int]) -> dict[int, Nummers]:
    """Lock persons until the end of the transaction, in order of id, and return their numbers.

    A person that does not exist, or was merged into another since it was looked up, is missing in the answer: look up
    again.
    """
    if not ids:
        return {}
    with cursor() as sql:
        sql.execute(
            "SELECT id, opgegaan_in FROM personen_persoon WHERE id = ANY (%s::bigint[]) ORDER BY id FOR UPDATE",
            [sorted(ids)],
            prepare=True,
        )
        over = [id_ for id_, opgegaan_in in sql if opgegaan_in is None]
    # a statement of its own: it sees what the transaction that held the lock has committed
    return nummers_van(over)


def nummers_van(ids: Collection[int]) -> dict[int, Nummers]:
    """Return the numbers of persons, without locking; those of persons merged into them included.

    Of several numbers of a kind: the one in use goes before a retired one, the person's own before that of a merged
    person, and then the latest.
    """
    if not ids:
        return {}
    wortels = leden(ids)
    with cursor() as sql:
        sql.execute(_NUMMERS_VAN, [list(wortels)], prepare=True)
        return kies(ids, wortels, sql)


def kies(
    ids: Collection[int],
    wortels: Mapping[int, Sequence[int]],
    rijen: Iterable[tuple[int, str, bytes, bool, int]],
) -> dict[int, Nummers]:
    """Return which of their numbers persons go by.

    Args:
        ids: the persons.
        wortels: whose numbers count for which of these.
        rijen: numbers: person, kind, encrypted, whether it is in use, id.
    """
    beste: dict[tuple[int, str], tuple[tuple[bool, bool, int], bytes]] = {}
    for persoon_id, soort, versleuteld, geldt, id_ in rijen:
        for wortel in wortels[persoon_id]:
            rang = geldt, persoon_id == wortel, id_
            if (wortel, soort) not in beste or rang > beste[wortel, soort][0]:
                beste[wortel, soort] = rang, bytes(versleuteld)
    uit: dict[int, dict[str, str]] = {id_: {} for id_ in ids}
    for (wortel, soort), (_, versleuteld) in beste.items():
        uit[wortel][soort] = kluis().ontsleutel(versleuteld)
    return {id_: Nummers(nummers.get(BSN), nummers.get(OWN)) for id_, nummers in uit.items()}


def leden(
    ids: Collection[int],
    vraag: str = "SELECT id, opgegaan_in FROM personen_persoon WHERE opgegaan_in = ANY (%s::bigint[])",
    *waarden: Any,
) -> dict[int, list[int]]:
    """Return these persons and all who went up in them, each with those of these that it is part of.

    A round for each generation of merges, and mostly there is none: one recursive query is planned as if there were
    millions.

    Args:
        ids: the persons.
        vraag: query for who went up in some, and in whom; now, or at another moment.
        waarden: further parameters of the query.
    """
    in_wie: dict[int, int] = {}
    nieuw = list({*ids})
    while nieuw:
        with cursor() as sql:
            sql.execute(vraag, [nieuw, *waarden], prepare=True)
            rijen = sql.fetchall()
        nieuw = [id_ for id_, _ in rijen if id_ not in in_wie]
        in_wie.update(rijen)
    gevraagd = {*ids}
    uit: dict[int, list[int]] = {}
    for id_ in gevraagd | in_wie.keys():
        uit[id_], wie = [], id_
        while True:
            if wie in gevraagd:
                uit[id_].append(wie)
            if wie not in in_wie:
                break
            wie = in_wie[wie]
    return uit


def reserveer(pgns: Collection[Pgn]) -> None:
    """Let nobody else make persons with these numbers until the end of the transaction; look them up again after it.

    Who makes persons one by one would otherwise meet another who does so in another order, and both would stop. There
    are but some locks, so numbers share them: the database has room for a limited number.
    """
    sloten = {int.from_bytes(kluis().zoek(pgn)[:4]) % _SLOTEN for pgn in pgns}
    if sloten:
        with cursor() as sql:
            sql.execute(
                "SELECT pg_advisory_xact_lock(%s, slot) FROM unnest(%s::int[]) AS slot",
                [_SLOT, sorted(sloten)],
            )


def maak(nummers: Sequence[Nummers]) -> list[int]:
    """Make a person for each set of numbers and return their ids in the same order.

    A number is of one person only. When another transaction (or an earlier set of the batch) made a person with it
    first, that person's id is returned: so lock what is returned before using it. An onderwijsnummer beside a
    burgerservicenummer is kept as retired; look it up first, since nothing happens when somebody has it already.

    Raises:
        ValueError: a set without a number.
    """
    if not all(paar.burgerservicenummer or paar.onderwijsnummer for paar in nummers):
        raise ValueError("een persoon heeft een burgerservicenummer of een onderwijsnummer")
    if not nummers:
        return []
    nu = klok.nu()
    nieuw = _nieuwe_ids(len(nummers))
    eerste = [
        (BSN, paar.burgerservicenummer) if paar.burgerservicenummer else (OWN, paar.onderwijsnummer or "")
        for paar in nummers
    ]
    van_wie = _leg_vast(zip(nieuw, eerste, strict=True), nu, None)
    uit = [van_wie[nummer] for _, nummer in eerste]
    with cursor() as sql:
        sql.execute(
            "INSERT INTO personen_persoon (id, aangemaakt) SELECT unnest(%s::bigint[]), %s",
            [sorted(set(uit) & set(nieuw)), nu],
        )
    ernaast = [
        (id_, (OWN, paar.onderwijsnummer))
        for id_, paar in zip(uit, nummers, strict=True)
        if paar.burgerservicenummer and paar.onderwijsnummer
    ]
    _leg_vast(ernaast, nu, nu)
    overgegaan = gaat_op_in(set(uit) - set(nieuw))
    return [overgegaan.get(id_, id_) for id_ in uit]


def koppel_bsn(persoon_id: int, bsn: Pgn) -> Koppeluitslag:
    """Give a person a burgerservicenummer found later; their onderwijsnummer retires and still finds them.

    Locks the person. What stands in the way is told, never mended here.

    Raises:
        LookupError: there is no such person, or it was merged into another.
    """
    huidig = vergrendel([persoon_id]).get(persoon_id)
    if huidig is None:
        raise LookupError(f"persoon {persoon_id} is er niet, of is in een ander opgegaan")
    if huidig.burgerservicenummer == bsn:
        return Koppeluitslag(Koppeling.WAS_AL)
    van_wie = zoek([bsn]).get(bsn)
    if van_wie is None and huidig.burgerservicenummer is None:
        nu = klok.nu()
        houder = _leg_vast([(persoon_id, (BSN, bsn))], nu, None)[bsn]
        if houder == persoon_id:
            _wissel_van_nummer(persoon_id, nu)
            return Koppeluitslag(Koppeling.GEKOPPELD)
        van_wie = gaat_op_in([houder]).get(houder, houder)
    if van_wie in {None, persoon_id}:
        return Koppeluitslag(Koppeling.HEEFT_ANDER)
    return Koppeluitslag(Koppeling.VAN_ANDER, van_wie)


def voeg_samen(van: int, naar: int) -> None:
    """Let a person go up in another: two proved to be one. Their numbers stay with them, so it can be undone.

    Raises:
        LookupError: one of the two does not exist, was merged already, or they are the same.
    """
    if van == naar or set(vergrendel([van, naar])) != {van, naar}:
        raise LookupError("samenvoegen kan alleen met twee bestaande personen die in niemand zijn opgegaan")
    with cursor() as sql:
        sql.execute("UPDATE personen_persoon SET opgegaan_in = %s WHERE id = %s", [naar, van])
        sql.execute(
            "INSERT INTO personen_samenvoeging (persoon_id, opgegaan_in) VALUES (%s, %s)", [van, naar]
        )


def haal_uiteen(persoon_id: int) -> None:
    """Make a merged person a person in its own right again, with its own numbers.

    Raises:
        LookupError: it is not a merged person.
    """
    with cursor() as sql:
        sql.execute(
            "UPDATE personen_persoon SET opgegaan_in = NULL WHERE id = %s AND opgegaan_in IS NOT NULL",
            [persoon_id],
        )
        if sql.rowcount != 1:
            raise LookupError(f"persoon {persoon_id} is niet in een ander opgegaan")
        sql.execute(
            "UPDATE personen_samenvoeging SET tot_transactie = pg_current_xact_id()"
            " WHERE persoon_id = %s AND tot_transactie IS NULL",
            [persoon_id],
        )


def pseudoniem(persoon_id: int) -> str:
    """Return the name under which a person stands in logs: keyed, always the same, and not to be turned back."""
    return hmac.digest(_pseudoniemsleutel(), str(persoon_id).encode(), "sha256").hex()[:32]


@lru_cache(maxsize=1)
def _pseudoniemsleutel() -> bytes:
    sleutel: bytes = settings.OMGEVING.sleutel("pseudoniem")
    return sleutel


def neem_gekoppeld(ids: Collection[int]) -> set[int]:
    """Return who among these got a burgerservicenummer that followers are still to be told of; asked once each."""
    with cursor() as sql:
        sql.execute(
            "UPDATE personen_nummer SET te_melden = false WHERE te_melden AND persoon_id = ANY (%s::bigint[])"
            " RETURNING persoon_id",
            [list(ids)],
            prepare=True,
        )
        return {id_ for (id_,) in sql}


def _wissel_van_nummer(persoon_id: int, op: datetime) -> None:
    """Retire the onderwijsnummer beside a new burgerservicenummer, of which followers are to be told."""
    with cursor() as sql:
        sql.execute(
            "UPDATE personen_nummer SET te_melden = true WHERE persoon_id = %s AND soort = %s",
            [persoon_id, BSN],
        )
        sql.execute(
            "UPDATE personen_nummer SET vervallen_op = %s, vervallen_transactie = pg_current_xact_id()"
            " WHERE persoon_id = %s AND soort = %s AND vervallen_op IS NULL",
            [op, persoon_id, OWN],
        )


def _nieuwe_ids(aantal: int) -> list[int]:
    with cursor() as sql:
        sql.execute(
            "SELECT nextval(pg_get_serial_sequence('personen_persoon', 'id')) FROM generate_series(1, %s)",
            [aantal],
        )
        return [id_ for (id_,) in sql.fetchall()]


def _leg_vast(
    van_wie: Iterable[tuple[int, tuple[str, Pgn]]], sinds: datetime, vervallen_op: datetime | None
) -> dict[Pgn, int]:
    """Record numbers as far as nobody has them, and return of whom each is then."""
    rijen = {kluis().zoek(nummer): (id_, soort, nummer) for id_, (soort, nummer) in reversed(list(van_wie))}
    if not rijen:
        return {}
    sleutels = sorted(rijen)
    with cursor() as sql:
        sql.execute(
            "INSERT INTO personen_nummer (persoon_id, soort, versleuteld, zoeksleutel, sinds, vervallen_op,"
            " vervallen_transactie, te_melden)"
            " SELECT nummer.*, %s, op, CASE WHEN op IS NOT NULL THEN pg_current_xact_id() END, false"
            " FROM (SELECT %s::timestamptz AS op) AS vervallen,"
            " unnest(%s::bigint[], %s::text[], %s::bytea[], %s::bytea[]) AS nummer"
            " ON CONFLICT (zoeksleutel) DO NOTHING",
            [
                sinds,
                vervallen_op,
                [rijen[sleutel][0] for sleutel in sleutels],
                [rijen[sleutel][1] for sleutel in sleutels],
                [kluis().versleutel(rijen[sleutel][2]) for sleutel in sleutels],
                sleutels,
            ],
        )
        # a statement of its own: it sees what others committed while this one waited for them
        sql.execute(
            "SELECT zoeksleutel, persoon_id FROM personen_nummer WHERE zoeksleutel = ANY (%s::bytea[])",
            [sleutels],
        )
        return {rijen[bytes(sleutel)][2]: persoon_id for sleutel, persoon_id in sql.fetchall()}
