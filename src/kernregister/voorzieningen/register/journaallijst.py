"""The journal as a list to work from: what came in and what was answered, and what still waits to be mended.

Runs on the application's connection, inside `met_pas`: the policies of the tables decide which rows there are.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.kern.meldingen.toepassen import Sleutel, Soort
from kernregister.platform import klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import cursor
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.register.inzage import VERBINDING
from kernregister.voorzieningen.register.journaal import hele_inhoud
from kernregister.voorzieningen.register.opslag import BIJZONDER_VAN_VERSIE, lees_aggregaat

_LEES_ANTWOORD = msgspec.json.Decoder(Terugkoppeling)


class Journaalfilter(Struct, frozen=True, kw_only=True):
    """Which meldingen; what is None or empty does not matter."""

    soort: str | None = None
    aanvaard: bool | None = None
    te_herstellen: bool = False
    """Only refused ones that are neither mended nor set aside."""
    oorzaak: str | None = None
    """What refused them, as a group of refusals has it."""
    persoon: int | None = None
    dag: date | None = None
    """Received on this day, in Dutch time."""
    levering: UUID | None = None
    client: str | None = None
    """Delivered by this one."""
    niet_client: str | None = None
    """Delivered by itself (with no file) by anybody but this one."""
    uuid: UUID | None = None
    afzender: str | None = None


class Journaalregel(Struct, frozen=True):
    """A melding in a list, without numbers of persons."""

    id: int
    uuid: UUID
    soort: str
    afzender: str
    moment: datetime
    ontvangen_op: datetime
    aanvaard: bool
    persoon: int | None
    antwoord: Terugkoppeling
    stand: int | None
    client: str
    levering: UUID | None
    volgnummer: str
    """Number of the record that it is about; empty when it is about the person."""
    studentnummer: str
    """As it was sent, when nobody knows yet who it is about."""
    te_herstellen: bool
    afgedaan_op: datetime | None
    hersteld_door: UUID | None
    """The melding that mended it."""
    opzij_door: str
    reden: str


class Herstelgroep(Struct, frozen=True):
    """Refusals with the same cause that wait to be mended."""

    soort: str
    oorzaak: str
    """The ids of what refused them, with spaces between."""
    aantal: int
    gevolg: int
    """Of which what they hang on was refused as well, and waits too."""
    laatste: datetime


class Journaaltelling(Struct, frozen=True):
    """How the journal of an institution stands now."""

    laatste: int
    te_herstellen: int
    vandaag_aanvaard: int
    vandaag_geweigerd: int


_REGEL = """
SELECT m.id, m.uuid, m.soort, m.afzender, m.moment, m.ontvangen_op, m.aanvaard, m.persoon_id, m.antwoord::text,
    s.nummer, m.client, m.levering,
    coalesce(
        m.inhoud ->> 'resultaatvolgnummer', m.inhoud #>> '{diploma,resultaatvolgnummer}',
        m.inhoud #>> '{resultaat,resultaatvolgnummer}', m.inhoud #>> '{diploma,1}', m.inhoud #>> '{resultaat,1}',
        concat_ws(' / ', coalesce(m.inhoud ->> 'inschrijvingvolgnummer',
            m.inhoud #>> '{inschrijving,inschrijvingvolgnummer}', m.inhoud #>> '{inschrijving,1}'),
            coalesce(m.inhoud #>> '{bpv,volgnummer}', m.inhoud ->> 'bpv_volgnummer'))),
    CASE WHEN m.persoon_id IS NULL THEN m.vertrouwelijk END,
    g.melding_id IS NOT NULL AND g.afgedaan_op IS NULL, g.afgedaan_op, h.uuid, coalesce(g.door, ''),
    coalesce(g.reden, '')
"""
_VAN = """
FROM register_melding m LEFT JOIN register_stand s ON s.melding_id = m.id
    LEFT JOIN register_geweigerd g ON g.melding_id = m.id LEFT JOIN register_melding h ON h.id = g.door_melding
"""
_VOORWAARDEN = {
    "afzender": "m.afzender = %(afzender)s",
    "soort": "m.soort = %(soort)s",
    "aanvaard": "m.aanvaard = %(aanvaard)s",
    "oorzaak": "g.oorzaak = %(oorzaak)s",
    "persoon": "m.persoon_id = %(persoon)s",
    "levering": "m.levering = %(levering)s",
    "client": "m.client = %(client)s",
    "niet_client": "m.client <> %(niet_client)s AND m.levering IS NULL",
    "uuid": "m.uuid = %(uuid)s",
}


def journaal(filter_: Journaalfilter, voor: int | None = None, aantal: int = 50) -> list[Journaalregel]:
    """Return meldingen, the latest first, from before an id."""
    waarden: dict[str, Any] = {
        veld: waarde for veld in _VOORWAARDEN if (waarde := getattr(filter_, veld)) is not None
    }
    delen = [_VOORWAARDEN[veld] for veld in waarden]
    if filter_.te_herstellen:
        delen.append("g.melding_id IS NOT NULL AND g.afgedaan_op IS NULL")
    if filter_.dag is not None:
        delen.append("m.ontvangen_op >= %(begin)s AND m.ontvangen_op < %(einde)s")
        waarden["begin"], waarden["einde"] = (
            begin_van(filter_.dag),
            begin_van(filter_.dag + timedelta(days=1)),
        )
    if voor is not None:
        delen.append("m.id < %(voor)s")
        waarden["voor"] = voor
    van = _VAN
    if filter_.te_herstellen:
        # from the short list, not from the whole journal
        van = van.replace("LEFT JOIN register_geweigerd", "JOIN register_geweigerd")
        delen.append("m.afzender = g.afzender")
    with cursor(VERBINDING) as sql:
        sql.execute(
            f"{_REGEL} {van} WHERE {' AND '.join(delen) or 'true'} ORDER BY m.id DESC LIMIT %(aantal)s",
            {**waarden, "aantal": aantal},
            prepare=False,
        )
        return [_regel(rij) for rij in sql]


def begin_van(dag: date) -> datetime:
    """Return the moment at which a day begins in the Netherlands."""
    return datetime.combine(dag, time(), klok.NEDERLAND)


def _regel(rij: tuple[Any, ...]) -> Journaalregel:
    delen = list(rij)
    delen[8] = _LEES_ANTWOORD.decode(rij[8])
    delen[12] = maskeer(rij[12] or "")
    delen[13] = _studentnummer(rij[13])
    return Journaalregel(*delen)


def _studentnummer(vertrouwelijk: bytes | None) -> str:
    if vertrouwelijk is None:
        return ""
    geheim: dict[str, Any] = msgspec.json.decode(kluis().ontsleutel(bytes(vertrouwelijk)))
    return maskeer(str(geheim.get("studentnummer") or ""))


def inhoud_van(melding: int) -> dict[str, Any] | None:
    """Return all that a melding said; None when the pass does not show it."""
    with cursor(VERBINDING) as sql:
        sql.execute(
            "SELECT m.inhoud::text, m.vertrouwelijk FROM register_melding m WHERE m.id = %s", [melding]
        )
        rij = sql.fetchone()
    return hele_inhoud(rij[0], bytes(rij[1]) if rij[1] is not None else None) if rij else None


_GROEPEN = """
SELECT g.soort, g.oorzaak, count(*), count(o.sleutel), max(g.ontvangen_op)
FROM register_geweigerd g LEFT JOIN LATERAL (
    SELECT o.sleutel FROM register_geweigerd o
    WHERE o.afzender = g.afzender AND o.sleutel = g.ouder AND o.afgedaan_op IS NULL LIMIT 1
) o ON true
WHERE g.afzender = %s AND g.afgedaan_op IS NULL GROUP BY g.soort, g.oorzaak
"""


def te_herstellen(afzender: str) -> list[Herstelgroep]:
    """Return what waits to be mended, brought together by cause, in no order."""
    with cursor(VERBINDING) as sql:
        sql.execute(_GROEPEN, [afzender])
        return [Herstelgroep(*rij) for rij in sql]


_UUIDS = """
SELECT m.uuid FROM register_geweigerd g JOIN register_melding m ON m.id = g.melding_id
WHERE g.afzender = %s AND g.afgedaan_op IS NULL AND g.soort = %s AND g.oorzaak = %s
"""


def uuids_van_groep(afzender: str, soort: str, oorzaak: str) -> list[UUID]:
    """Return the refused meldingen of a group that wait to be mended."""
    with cursor(VERBINDING) as sql:
        sql.execute(_UUIDS, [afzender, soort, oorzaak])
        return [uuid for (uuid,) in sql]


_TELLING = """
SELECT coalesce((SELECT max(id) FROM register_melding WHERE afzender = %(afzender)s), 0),
    (SELECT count(*) FROM register_geweigerd WHERE afzender = %(afzender)s AND afgedaan_op IS NULL),
    count(*) FILTER (WHERE m.aanvaard), count(*) FILTER (WHERE NOT m.aanvaard)
FROM register_melding m WHERE m.afzender = %(afzender)s AND m.ontvangen_op >= %(vanaf)s
"""


def journaaltelling(afzender: str, vandaag: date) -> Journaaltelling:
    """Return how the journal of an institution stands on a day."""
    with cursor(VERBINDING) as sql:
        sql.execute(_TELLING, {"afzender": afzender, "vanaf": begin_van(vandaag)})
        return Journaaltelling(*(sql.fetchone() or (0, 0, 0, 0)))


def hersteld_met(melding: int) -> list[UUID]:
    """Return the refused meldingen that a melding mended, the latest first."""
    with cursor(VERBINDING) as sql:
        sql.execute(
            "SELECT m.uuid FROM register_geweigerd g JOIN register_melding m ON m.id = g.melding_id"
            " WHERE g.door_melding = %s AND g.afzender = m.afzender ORDER BY m.id DESC LIMIT 20",
            [melding],
        )
        return [uuid for (uuid,) in sql]


_WIJZIGINGEN = f"""
SELECT v.soort, v.instelling, v.sleutel, v.melding_van = %(melding)s, v.inhoud::text, {BIJZONDER_VAN_VERSIE}
FROM register_versie v WHERE v.melding_van = %(melding)s OR v.melding_tot = %(melding)s
ORDER BY v.soort, v.instelling, v.sleutel, v.id
"""  # noqa: S608 - parts of these files


def wijzigingen_van(melding: int) -> list[tuple[Sleutel, Any, Any]]:
    """Return what a melding changed, as far as the pass shows it: each aggregate before and after, or None there."""
    uit: dict[Sleutel, list[Any]] = {}
    with cursor(VERBINDING) as sql:
        sql.execute(_WIJZIGINGEN, {"melding": melding})
        for soort, instelling, nummer, is_nieuw, inhoud, bijzonder in sql:
            paar = uit.setdefault(Sleutel(Soort(soort), instelling, nummer), [None, None])
            paar[1 if is_nieuw else 0] = lees_aggregaat(soort, inhoud, bijzonder)
    return [(sleutel, voor, na) for sleutel, (voor, na) in uit.items()]
