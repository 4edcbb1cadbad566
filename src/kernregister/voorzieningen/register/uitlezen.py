"""Reading many dossiers as known at a stand, as a stream: of an institution, or of everybody.

The database puts the JSON of a person's aggregates together and sends on while we take it apart, so both work at the
same time and neither holds more than a little. On a session of its own: other statements go on beside it, and since it
only reads it holds up no stand number.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import msgspec
import psycopg
from django.db import connections
from msgspec import structs

from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.toepassen import VELD, Sleutel, Soort, sleutel_van
from kernregister.platform.pas import Bijzonder
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register.opslag import APART, GELDT_OP, plaats_van

PER_KEER = 2000
"""Persons whose numbers are looked up together."""

PER_STROOM = 20_000
"""Persons in one statement: who reads slowly keeps none open for long."""

_BETROKKEN = """
    SELECT persoon_id FROM register_betrokkenheid WHERE instelling = %(instelling)s AND persoon_id > %(na)s
    UNION
    SELECT persoon_id FROM register_beeindigdebetrokkenheid
    WHERE instelling = %(instelling)s AND persoon_id > %(na)s
"""
_ALLEN = "SELECT id AS persoon_id FROM personen_persoon WHERE id > %(na)s"

_LIJST = """'[' || coalesce(string_agg(v.inhoud::text, ',' ORDER BY v.instelling, v.sleutel)
    FILTER (WHERE v.soort = '{soort}'), '') || ']'"""
_LIJSTEN = " || ',' || ".join(_LIJST.format(soort=soort.value) for soort in VELD)

_EIGEN = """(v.instelling = %(instelling)s AND v.soort IN ('inschrijving', 'diploma', 'resultaat')
    OR v.soort = 'persoon')"""
"""What an institution registered, and the person's own data."""

_DOSSIERS = """COPY (
    SELECT b.persoon_id, d.records, d.dossier, (
        SELECT '[' || string_agg(
            jsonb_build_array(v.soort, v.instelling, v.sleutel, a.soort, a.inhoud)::text, ',' ORDER BY a.id
        ) || ']'
        FROM register_bijzonderdeel a JOIN register_versie v ON v.id = a.versie_id
        WHERE a.persoon_id = b.persoon_id AND a.soort = ANY (%(bijzonder)s::text[]) AND {welke} AND {op_stand}
    )
    FROM ({wie} ORDER BY persoon_id LIMIT %(per)s) AS b CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE v.soort <> 'persoon'),
            '[' || coalesce(max(v.inhoud::text) FILTER (WHERE v.soort = 'persoon'), '[]') || ',' || {lijsten} || ']'
        FROM register_versie v WHERE v.persoon_id = b.persoon_id AND {welke} AND {op_stand}
    ) AS d (records, dossier)
    ORDER BY b.persoon_id
) TO STDOUT (FORMAT binary)"""

_LEES = msgspec.json.Decoder(Dossier)
_LEES_APART = msgspec.json.Decoder(list[tuple[Soort, str, str, str, msgspec.Raw]])

_Rij = tuple[int, int, str, str | None]
"""Person, how many records, the dossier, and what is kept apart of it."""


def van_instelling(
    instelling: str, stand: int, bijzonder: frozenset[Bijzonder] = frozenset()
) -> Iterator[tuple[int, Dossier]]:
    """Give what an institution registered of its persons as known at a stand, in order of person.

    In each dossier are the person's own data and the enrolments, diplomas and loose results of this institution;
    nothing of another, and who has nothing of this one is left out.

    Args:
        instelling: its code.
        stand: as known at this stand.
        bijzonder: which special data are read with it.
    """
    vraag = _vraag(_BETROKKEN, _EIGEN)
    for id_, records, dossier in _lees(vraag, instelling, stand, bijzonder):
        if records:
            yield id_, dossier


def hele_dossiers(instelling: str | None, stand: int) -> Iterator[tuple[int, Dossier]]:
    """Give whole dossiers as known at a stand, in order of person; who was not known by then is left out.

    Args:
        instelling: of the persons that this institution has to do with, or once had; None: of everybody.
        stand: as known at this stand.
    """
    vraag = _vraag(_ALLEN if instelling is None else _BETROKKEN, "true")
    for id_, _, dossier in _lees(vraag, instelling, stand, frozenset(Bijzonder)):
        if dossier.persoon.pgn:
            yield id_, dossier


def _vraag(wie: str, welke: str) -> str:
    return _DOSSIERS.format(wie=wie, welke=welke, op_stand=GELDT_OP, lijsten=_LIJSTEN)


def _lees(
    vraag: str, instelling: str | None, stand: int, bijzonder: frozenset[Bijzonder]
) -> Iterator[tuple[int, int, Dossier]]:
    plaats = plaats_van(stand)
    waarden = {
        "instelling": instelling,
        "bijzonder": sorted(bijzonder),
        "na": 0,
        "per": PER_STROOM,
        **plaats.waarden,
    }
    with _sessie() as sessie:
        gelezen = PER_STROOM
        while gelezen == PER_STROOM:
            gelezen = 0
            with psycopg.Cursor(sessie).copy(vraag, waarden) as stroom:
                stroom.set_types(["int8", "int8", "text", "text"])
                rijen: Iterator[Any] = stroom.rows()
                while groep := list(islice(rijen, PER_KEER)):
                    gelezen += len(groep)
                    waarden["na"] = groep[-1][0]
                    yield from _dossiers(groep, plaats.transactie)


def _dossiers(groep: list[_Rij], transactie: int) -> Iterator[tuple[int, int, Dossier]]:
    nummers = personen.nummers_op([rij[0] for rij in groep], transactie)
    for id_, records, tekst, apart in groep:
        dossier = _LEES.decode(tekst)
        if apart is not None:
            dossier = _voeg_in(dossier, apart)
        wie = structs.replace(
            dossier.persoon,
            burgerservicenummer=nummers[id_].burgerservicenummer,
            onderwijsnummer=nummers[id_].onderwijsnummer,
        )
        yield id_, records, structs.replace(dossier, persoon=wie)


@contextmanager
def _sessie() -> Iterator[psycopg.Connection[Any]]:
    """Give a session of the apply step that ends with the block."""
    sessie = connections["stelsel"].copy()
    try:
        sessie.ensure_connection()
        yield sessie.connection
    finally:
        sessie.close()


def _voeg_in(dossier: Dossier, apart: str) -> Dossier:
    """Return a dossier with what is kept apart in its place."""
    for soort, instelling, nummer, wat, inhoud in _LEES_APART.decode(apart):
        (veld_apart,) = (een for een in APART[soort] if een.soort == wat)
        waarde = {veld_apart.veld: veld_apart.lezer.decode(inhoud)}
        if soort == Soort.PERSOON:
            dossier = structs.replace(dossier, persoon=structs.replace(dossier.persoon, **waarde))
            continue
        sleutel, veld = Sleutel(soort, instelling, nummer), VELD[soort]
        records = tuple(
            structs.replace(een, **waarde) if sleutel_van(een) == sleutel else een
            for een in getattr(dossier, veld)
        )
        dossier = structs.replace(dossier, **{veld: records})
    return dossier


def aantal_betrokkenen(instelling: str) -> int:
    """Return how many persons an institution has to do with, or once had: as many as are looked at for an overview."""
    with cursor() as sql:
        sql.execute(
            f"SELECT count(*) FROM ({_BETROKKEN}) AS b",  # noqa: S608 - of this file
            {"instelling": instelling, "na": 0},
        )
        (aantal,) = sql.fetchone() or (0,)
    return int(aantal)
