"""Reading what one institution registered, as known at a stand: all of its persons in one statement, as a stream.

The database puts the JSON of a person's aggregates together and sends on while we take it apart, so both work at the
same time and neither holds more than a little. On a session of its own: other statements go on beside it, and since it
only reads it holds up no stand number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
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

EIGEN = (Soort.INSCHRIJVING, Soort.DIPLOMA, Soort.RESULTAAT)
"""What an institution registers, in the order of a dossier."""

_BETROKKEN = """
    SELECT persoon_id FROM register_betrokkenheid WHERE instelling = %(instelling)s
    UNION SELECT persoon_id FROM register_beeindigdebetrokkenheid WHERE instelling = %(instelling)s
"""
_LIJST = """'[' || coalesce(string_agg(v.inhoud::text, ',' ORDER BY v.instelling, v.sleutel)
    FILTER (WHERE v.soort = '{soort}'), '') || ']'"""

_DOSSIERS = f"""COPY (
    SELECT b.persoon_id, d.dossier FROM ({_BETROKKEN}) AS b CROSS JOIN LATERAL (
        SELECT '[' || coalesce(max(v.inhoud::text) FILTER (WHERE v.soort = 'persoon'), '[]') || ','
            || {" || ',' || ".join(_LIJST.format(soort=soort.value) for soort in EIGEN)} || ']',
            count(*) FILTER (WHERE v.soort <> 'persoon')
        FROM register_versie v
        WHERE v.persoon_id = b.persoon_id AND (v.instelling = %(instelling)s OR v.soort = 'persoon')
            AND v.soort IN ('persoon', 'inschrijving', 'diploma', 'resultaat') AND {GELDT_OP}
    ) AS d (dossier, eigen)
    WHERE d.eigen > 0 ORDER BY b.persoon_id
) TO STDOUT (FORMAT binary)"""  # noqa: S608 - parts of this file

_BIJZONDER = f"""
SELECT v.persoon_id, v.soort, v.sleutel, d.soort, d.inhoud::text
FROM ({_BETROKKEN}) AS b
JOIN register_bijzonderdeel d ON d.persoon_id = b.persoon_id
JOIN register_versie v ON v.id = d.versie_id
WHERE d.soort = ANY (%(bijzonder)s) AND (v.instelling = %(instelling)s OR v.soort = 'persoon') AND {GELDT_OP}
"""  # noqa: S608 - parts of this file

_LEES = msgspec.json.Decoder(Dossier)

_Apart = Mapping[int, list[tuple[Sleutel, str, str]]]


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
    plaats = plaats_van(stand)
    waarden = {"instelling": instelling, **plaats.waarden}
    apart = _lees_apart(waarden, bijzonder, instelling) if bijzonder else {}
    with _stroom(waarden) as rijen:
        while groep := list(islice(rijen, PER_KEER)):
            nummers = personen.nummers_op([id_ for id_, _ in groep], plaats.transactie)
            for id_, tekst in groep:
                dossier = _LEES.decode(tekst)
                if id_ in apart:
                    dossier = _voeg_in(dossier, apart[id_])
                wie = structs.replace(
                    dossier.persoon,
                    burgerservicenummer=nummers[id_].burgerservicenummer,
                    onderwijsnummer=nummers[id_].onderwijsnummer,
                )
                yield id_, structs.replace(dossier, persoon=wie)


def is_ongenummerd(afzender: str) -> bool:
    """Tell whether something that a sender was told is registered waits for its stand number: older work still runs."""
    with cursor() as sql:
        sql.execute(
            "SELECT EXISTS (SELECT FROM register_melding WHERE aanvaard AND afzender = %s"
            " AND transactie >= (SELECT tot FROM register_standgrens WHERE id = 1))",
            [afzender],
        )
        (ja,) = sql.fetchone() or (False,)
    return bool(ja)


def aantal_betrokkenen(instelling: str) -> int:
    """Return how many persons an institution has to do with, or once had: as many as are looked at for an overview."""
    with cursor() as sql:
        sql.execute(f"SELECT count(*) FROM ({_BETROKKEN}) AS b", {"instelling": instelling})  # noqa: S608 - of this file
        (aantal,) = sql.fetchone() or (0,)
    return int(aantal)


@contextmanager
def _stroom(waarden: dict[str, Any]) -> Iterator[Iterator[tuple[int, str]]]:
    """Give the rows as they come, on a session that ends with them."""
    sessie = connections["stelsel"].copy()
    try:
        sessie.ensure_connection()
        with psycopg.Cursor(sessie.connection).copy(_DOSSIERS, waarden) as stroom:
            stroom.set_types(["int8", "text"])
            yield stroom.rows()
    finally:
        sessie.close()


def _lees_apart(waarden: dict[str, Any], bijzonder: frozenset[Bijzonder], instelling: str) -> _Apart:
    uit: dict[int, list[tuple[Sleutel, str, str]]] = defaultdict(list)
    with cursor() as sql:
        sql.execute(_BIJZONDER, {**waarden, "bijzonder": [soort.value for soort in bijzonder]})
        for persoon, soort, sleutel, wat, inhoud in sql:
            van = "" if soort == Soort.PERSOON else instelling
            uit[persoon].append((Sleutel(Soort(soort), van, sleutel), wat, inhoud))
    return uit


def _voeg_in(dossier: Dossier, delen: list[tuple[Sleutel, str, str]]) -> Dossier:
    """Return a dossier with what is kept apart in its place."""
    for sleutel, wat, inhoud in delen:
        (apart,) = (een for een in APART[sleutel.soort] if een.soort == wat)
        waarde = {apart.veld: apart.lezer.decode(inhoud)}
        if sleutel.soort == Soort.PERSOON:
            dossier = structs.replace(dossier, persoon=structs.replace(dossier.persoon, **waarde))
            continue
        veld = VELD[sleutel.soort]
        records = tuple(
            structs.replace(een, **waarde) if sleutel_van(een) == sleutel else een
            for een in getattr(dossier, veld)
        )
        dossier = structs.replace(dossier, **{veld: records})
    return dossier
