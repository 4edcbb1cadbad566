"""How versions are kept and read: aggregates as msgspec writes them, special data apart, numbers nowhere.

A dossier is put together from the versions that hold, now or at a stand. Writing is set-wise: a whole batch of
meldingen in a few statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct, structs

from kernregister.kern.dossier import (
    Deelname,
    Diploma,
    Dossier,
    ExtraOndersteuning,
    Inschrijving,
    Onderdeel,
    Persoon,
    Verblijfstitel,
    VooropleidingResultaat,
)
from kernregister.kern.meldingen.toepassen import VELD, Sleutel, Soort
from kernregister.platform.pas import Bijzonder
from kernregister.platform.sql import JSON, als_rijen, cursor
from kernregister.voorzieningen.personen.public import Nummers

SCHEMA = 1
"""Number of the form in which aggregates are written. A field may be added at the end of a struct without a new one."""

_LEZERS: dict[str, msgspec.json.Decoder[Any]] = {
    Soort.PERSOON: msgspec.json.Decoder(Persoon),
    Soort.INSCHRIJVING: msgspec.json.Decoder(Inschrijving),
    Soort.DIPLOMA: msgspec.json.Decoder(Diploma),
    Soort.RESULTAAT: msgspec.json.Decoder(Onderdeel),
    Soort.DEELNAME: msgspec.json.Decoder(Deelname),
    Soort.VOOROPLEIDING: msgspec.json.Decoder(VooropleidingResultaat),
}


class Apart(Struct, frozen=True):
    """A field that is kept apart, the scope that opens it, and what stands in its place."""

    veld: str
    soort: Bijzonder
    lezer: msgspec.json.Decoder[Any]
    leeg: tuple[()] | None = ()


APART: dict[str, tuple[Apart, ...]] = {
    Soort.PERSOON: (
        Apart("verblijfstitels", Bijzonder.VERBLIJF, msgspec.json.Decoder(tuple[Verblijfstitel, ...])),
    ),
    Soort.INSCHRIJVING: (
        Apart(
            "extra_ondersteuning",
            Bijzonder.ONDERSTEUNING,
            msgspec.json.Decoder(tuple[ExtraOndersteuning, ...]),
        ),
        Apart("verblijf_grond", Bijzonder.VERBLIJF, msgspec.json.Decoder(str), None),
    ),
}
"""Kind of aggregate -> its fields that are kept apart: one for each scope."""

BIJZONDER_VAN_VERSIE = """(
    SELECT jsonb_object_agg(b.soort, b.inhoud)::text FROM register_bijzonderdeel b WHERE b.versie_id = v.id
)"""
"""What is kept apart of version ``v``, by scope: no more than the pass opens, and NULL when that is nothing."""

_LEES_APART = msgspec.json.Decoder(dict[str, msgspec.Raw])

_SCHRIJF = msgspec.json.Encoder().encode


class Versie(Struct, gc=False):
    """A version to be written. ``tot`` is set when a later melding of the same batch replaces it."""

    persoon: int
    sleutel: Sleutel
    aggregaat: Any
    van: int
    tot: int | None = None


Geldend = dict[int, dict[Sleutel, int]]
"""Person -> key of an aggregate -> id of the version that holds."""


def lees_aggregaat(soort: str, inhoud: str, bijzonder: str | None) -> Any:
    """Return an aggregate from its parts: its open content, and what is kept apart of it by scope."""
    aggregaat = _LEZERS[soort].decode(inhoud)
    if bijzonder is not None:
        delen = _LEES_APART.decode(bijzonder)
        velden = {een.veld: een.lezer.decode(delen[een.soort]) for een in APART[soort] if een.soort in delen}
        aggregaat = structs.replace(aggregaat, **velden)
    return aggregaat


_NU = f"""
SELECT v.persoon_id, v.soort, v.instelling, v.sleutel, v.id, v.inhoud::text, {BIJZONDER_VAN_VERSIE}
FROM register_versie v
WHERE v.persoon_id = ANY (%s) AND v.melding_tot IS NULL
ORDER BY v.persoon_id, v.soort, v.instelling, v.sleutel
"""  # noqa: S608 - parts of this file

_NU_VAN_EEN = _NU.replace("= ANY (%s)", "= %s::bigint")
"""Of one person. With a pass the policies on versions take 4 ms to plan; for one key PostgreSQL keeps that plan, for a
list of them it plans anew each time."""

GELDT_OP = """(v.transactie_van, v.melding_van) <= (%(transactie)s::text::xid8, %(melding)s)
    AND (v.melding_tot IS NULL OR (v.transactie_tot, v.melding_tot) > (%(transactie)s::text::xid8, %(melding)s))"""
"""Condition on version ``v`` that it held at a stand; its parameters are those of `plaats_van`."""

_OP_STAND = f"""
SELECT v.persoon_id, v.soort, v.instelling, v.sleutel, v.id, v.inhoud::text, {BIJZONDER_VAN_VERSIE}
FROM register_versie v
WHERE v.persoon_id = ANY (%(personen)s) AND {GELDT_OP}
ORDER BY v.persoon_id, v.soort, v.instelling, v.sleutel
"""  # noqa: S608 - parts of this file


class Plaats(Struct, frozen=True):
    """The place of a stand in the order of meldingen: its transaction and its melding (ADR 0018)."""

    transactie: int = 0
    melding: int = 0

    @property
    def waarden(self) -> dict[str, Any]:
        """The parameters of `GELDT_OP`."""
        return {"transactie": str(self.transactie), "melding": self.melding}


def plaats_van(stand: int) -> Plaats:
    """Return the place of a stand that was handed out; that of the last one for a later number."""
    with cursor() as sql:
        sql.execute(
            "SELECT m.transactie::text::bigint, m.id FROM register_stand s"
            " JOIN register_melding m ON m.id = s.melding_id WHERE s.nummer <= %s ORDER BY s.nummer DESC LIMIT 1",
            [stand],
            prepare=True,
        )
        rij = sql.fetchone()
    return Plaats(*rij) if rij else Plaats()


def lees_dossiers(
    nummers: Mapping[int, Nummers], stand: int | None = None, verbinding: str = "stelsel"
) -> tuple[dict[int, Dossier], Geldend]:
    """Return the dossiers of persons as they hold now, or held at a stand, and the versions they are made of."""
    delen: dict[int, dict[str, list[Any]]] = {id_: defaultdict(list) for id_ in nummers}
    geldend: Geldend = {id_: {} for id_ in nummers}
    with cursor(verbinding) as sql:
        if stand is None:
            een = len(nummers) == 1
            van = next(iter(nummers)) if een else list(nummers)
            sql.execute(_NU_VAN_EEN if een else _NU, [van], prepare=True)
        else:
            sql.execute(_OP_STAND, {"personen": list(nummers), **plaats_van(stand).waarden}, prepare=True)
        for persoon, soort, instelling, sleutel, versie, inhoud, bijzonder in sql:
            delen[persoon][soort].append(lees_aggregaat(soort, inhoud, bijzonder))
            geldend[persoon][Sleutel(Soort(soort), instelling, sleutel)] = versie
    return {id_: _dossier(delen[id_], nummers[id_]) for id_ in nummers}, geldend


def _dossier(delen: Mapping[str, list[Any]], nummers: Nummers) -> Dossier:
    eigen = delen.get(Soort.PERSOON)
    persoon = structs.replace(
        eigen[0] if eigen else Persoon(),
        burgerservicenummer=nummers.burgerservicenummer,
        onderwijsnummer=nummers.onderwijsnummer,
    )
    return Dossier(persoon, **{veld: tuple(delen.get(soort, ())) for soort, veld in VELD.items()})


_SLUIT = """
UPDATE register_versie v SET melding_tot = n.melding, vervallen_op = %s, transactie_tot = pg_current_xact_id()
FROM unnest(%s::bigint[], %s::bigint[]) AS n (id, melding) WHERE v.id = n.id
"""

_KOLOMMEN = (
    "persoon_id",
    "soort",
    "instelling",
    "sleutel",
    "datum_begin",
    "datum_eind",
    "opleidingcode",
    "inhoud",
    "schema",
    "melding_van",
    "melding_tot",
)

_VOEG_TOE = """
INSERT INTO register_versie (persoon_id, soort, instelling, sleutel, datum_begin, datum_eind, opleidingcode, inhoud,
    schema, melding_van, melding_tot, geregistreerd_op, vervallen_op, transactie_tot)
SELECT n.*, %s::timestamptz, CASE WHEN n.melding_tot IS NOT NULL THEN %s::timestamptz END,
    CASE WHEN n.melding_tot IS NOT NULL THEN pg_current_xact_id() END
FROM json_to_recordset(%s::json) AS n (persoon_id bigint, soort text, instelling text, sleutel text, datum_begin date,
    datum_eind date, opleidingcode text, inhoud jsonb, schema smallint, melding_van bigint, melding_tot bigint)
"""

_VOEG_BIJZONDER_TOE = """
INSERT INTO register_bijzonderdeel (versie_id, soort, persoon_id, instelling, inhoud)
SELECT v.id, n.soort, v.persoon_id, v.instelling, n.inhoud
FROM unnest(%s::text[], %s::text[]::jsonb[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[])
    AS n (soort, inhoud, persoon_id, melding_van, versie_soort, instelling, sleutel)
JOIN register_versie v ON v.melding_van = n.melding_van AND v.persoon_id = n.persoon_id AND v.soort = n.versie_soort
    AND v.instelling = n.instelling AND v.sleutel = n.sleutel
"""


def schrijf(versies: Collection[Versie], gesloten: Mapping[int, int], op: datetime) -> None:
    """Write new versions, and close those that they replace.

    Args:
        versies: what is new; ``tot`` is filled on those that did not outlive the batch.
        gesloten: id of a version that held before -> the melding that closes it.
        op: the moment of registration.
    """
    with cursor() as sql:
        if gesloten:
            sql.execute(_SLUIT, [op, list(gesloten), list(gesloten.values())], prepare=True)
        if not versies:
            return
        rijen = [_rij(versie) for versie in versies]
        sql.execute(_VOEG_TOE, [op, op, als_rijen(_KOLOMMEN, (rij for rij, _ in rijen))], prepare=True)
        bijzonder = [
            (soort, inhoud, v.persoon, v.van, *v.sleutel)
            for v, (_, apart) in zip(versies, rijen, strict=True)
            for soort, inhoud in apart
        ]
        if bijzonder:
            sql.execute(_VOEG_BIJZONDER_TOE, [*map(list, zip(*bijzonder, strict=True))])


def _rij(versie: Versie) -> tuple[tuple[Any, ...], list[tuple[str, str]]]:
    """Return the columns of a version, and what is kept apart from it."""
    aggregaat, soort = versie.aggregaat, versie.sleutel.soort
    apart = []
    for een in APART.get(soort, ()):
        if waarde := getattr(aggregaat, een.veld):
            aggregaat = structs.replace(aggregaat, **{een.veld: een.leeg})
            apart.append((een.soort.value, _SCHRIJF(waarde).decode()))
    begin, eind, code = _kenmerken(aggregaat)
    rij = (
        versie.persoon,
        *versie.sleutel,
        begin,
        eind,
        code,
        JSON(_SCHRIJF(aggregaat)),
        SCHEMA,
        versie.van,
        versie.tot,
    )
    return rij, apart


def _kenmerken(aggregaat: Any) -> tuple[date | None, date | None, str]:
    """Return what an aggregate is found by: its first and last day, and its programme."""
    match aggregaat:
        case Inschrijving():
            code = max(((p.datum_begin, p.opleidingcode) for p in aggregaat.perioden), default=(None, ""))[1]
            return aggregaat.datum_inschrijving, aggregaat.datum_uitschrijving_werkelijk, code
        case Diploma():
            return aggregaat.datum_resultaat, aggregaat.datum_resultaat, aggregaat.opleidingcode
        case Deelname():
            return aggregaat.datum_begin, aggregaat.datum_eind, aggregaat.opleidingcode or ""
        case Persoon():
            return None, None, ""
    dag = getattr(aggregaat, "datum_resultaat", None) or getattr(aggregaat, "uitslagdatum", None)
    return dag, dag, getattr(aggregaat, "code", None) or getattr(aggregaat, "opleidingcode", None) or ""


_VAN_INSTELLING = """
SELECT persoon_id FROM register_betrokkenheid
WHERE instelling = %(instelling)s AND persoon_id > %(na)s ORDER BY persoon_id LIMIT %(per)s
"""
_ALLEN = """
SELECT id FROM personen_persoon WHERE opgegaan_in IS NULL AND id > %(na)s ORDER BY id LIMIT %(per)s
"""


def personen(instelling: str | None, per: int) -> Iterator[list[int]]:
    """Give the persons that an institution has to do with, or all, in order of id and some at a time.

    Args:
        instelling: whose persons; None is everybody.
        per: how many at a time.
    """
    vraag = _ALLEN if instelling is None else _VAN_INSTELLING
    laatste = 0
    while True:
        with cursor() as sql:
            sql.execute(vraag, {"instelling": instelling, "na": laatste, "per": per})
            ids = [id_ for (id_,) in sql]
        if ids:
            yield ids
            laatste = ids[-1]
        if len(ids) < per:
            return


def nieuwe_ids(aantal: int) -> list[int]:
    """Take ids for meldingen: they are needed before the journal is written."""
    with cursor() as sql:
        sql.execute(
            "SELECT nextval(pg_get_serial_sequence('register_melding', 'id')) FROM generate_series(1, %s)",
            [aantal],
            prepare=True,
        )
        return [id_ for (id_,) in sql]


def betrek(paren: Iterable[tuple[int, str, str, int]]) -> None:
    """Record which institutions have to do with which persons: person, institution, student number, melding."""
    rijen = list(paren)
    if not rijen:
        return
    with cursor() as sql:
        sql.execute(
            "INSERT INTO register_betrokkenheid (persoon_id, instelling, studentnummer, sinds)"
            " SELECT DISTINCT ON (n.persoon, n.instelling) n.persoon, n.instelling, n.studentnummer, n.sinds"
            " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[])"
            " AS n (persoon, instelling, studentnummer, sinds)"
            " ORDER BY n.persoon, n.instelling, n.studentnummer = '', n.sinds DESC"
            " ON CONFLICT (instelling, persoon_id) DO UPDATE SET studentnummer = excluded.studentnummer"
            " WHERE excluded.studentnummer <> ''"
            " AND register_betrokkenheid.studentnummer <> excluded.studentnummer",
            [*map(list, zip(*rijen, strict=True))],
            prepare=True,
        )


def betrokkenen(ids: Collection[int], instellingen: Collection[str]) -> set[tuple[int, str]]:
    """Return which of these institutions have to do with which of these persons."""
    with cursor() as sql:
        sql.execute(
            "SELECT persoon_id, instelling FROM register_betrokkenheid"
            " WHERE persoon_id = ANY (%s::bigint[]) AND instelling = ANY (%s::text[])",
            [list(ids), list(instellingen)],
            prepare=True,
        )
        return set(sql.fetchall())
