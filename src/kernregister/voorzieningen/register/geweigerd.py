"""The work list of refused meldingen: each stands on it until a later melding mends it, or somebody sets it aside.

A refusal is mended when the same sender has another melding about the same record accepted; which record that is, is
kept as a keyed hash, for a number of a person is part of it. Written in the transaction of the melding itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from msgspec import Struct

from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.controles import GEEN_INSCHRIJVING, NIET_GEIDENTIFICEERD
from kernregister.kern.regels.paspoort import Ernst
from kernregister.platform import audit, klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import cursor
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.register.journaal import Regel

LANGSTE_REDEN = 500
"""Most characters of a reason to set a refusal aside."""

_VAN_INSTELLING = (*b.Aangeleverd.__args__, *b.Overgenomen.__args__)
_VOLGT = {GEEN_INSCHRIJVING.id, NIET_GEIDENTIFICEERD.id}
"""What refuses a melding because an earlier one was refused, perhaps."""

Record = tuple[str, ...]
"""What a melding is about: the kind of record, the number of the person and those of the record."""

_SLUIT = """
UPDATE register_geweigerd g SET afgedaan_op = %s, door_melding = n.melding
FROM unnest(%s::text[], %s::bytea[], %s::bigint[]) AS n (afzender, sleutel, melding)
WHERE g.afzender = n.afzender AND g.sleutel = n.sleutel AND g.afgedaan_op IS NULL
"""
_VOEG_TOE = """
INSERT INTO register_geweigerd (melding_id, afzender, soort, oorzaak, sleutel, ouder, persoon_id, door_melding,
    ontvangen_op, afgedaan_op, door, reden)
SELECT n.*, %s::timestamptz, CASE WHEN n.door_melding IS NOT NULL THEN %s::timestamptz END, '', ''
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::bigint[], %s::bigint[])
    AS n (melding, afzender, soort, oorzaak, sleutel, ouder, persoon, door_melding)
"""
_ZET_OPZIJ = """
UPDATE register_geweigerd g SET afgedaan_op = %(op)s, door = %(door)s, reden = %(reden)s
FROM register_melding m
WHERE m.id = g.melding_id AND g.afzender = %(afzender)s AND g.afgedaan_op IS NULL
    AND m.uuid = ANY (%(uuids)s) AND m.afzender = %(afzender)s
RETURNING m.uuid
"""
_HERSTEL = """
UPDATE register_geweigerd g SET afgedaan_op = %(op)s, door_melding = nieuw.id
FROM register_melding oud, register_melding nieuw
WHERE oud.id = g.melding_id AND g.afgedaan_op IS NULL AND g.afzender = %(afzender)s
    AND oud.uuid = %(oud)s AND oud.afzender = %(afzender)s
    AND nieuw.uuid = %(nieuw)s AND nieuw.afzender = %(afzender)s AND nieuw.aanvaard
"""


class Redenfout(ValueError):
    """Why refusals cannot be set aside; the text is for people."""


class _Rij(Struct):
    """A refusal that is to be written, in the order of the statement."""

    melding: int
    afzender: str
    soort: str
    oorzaak: str
    sleutel: bytes
    ouder: bytes | None
    persoon: int | None
    door_melding: int | None = None


def houd_bij(regels: Sequence[Regel], op: datetime) -> None:
    """Put the refusals of a batch on the list, and take off it what its accepted meldingen mend."""
    nieuw: dict[tuple[str, bytes], list[_Rij]] = {}
    hersteld: dict[tuple[str, bytes], int] = {}
    for regel in regels:
        melding: Any = regel.melding
        if not isinstance(melding, _VAN_INSTELLING):
            continue
        if not regel.antwoord.aanvaard:
            rij = _rij(regel, melding)
            nieuw.setdefault((rij.afzender, rij.sleutel), []).append(rij)
            continue
        for record in _herstelde_records(melding):
            plek = melding.afzender, _hash(record)
            hersteld.setdefault(plek, regel.id)
            for rij in nieuw.get(plek, ()):
                rij.door_melding = rij.door_melding or regel.id
    if hersteld:
        paren = [(afzender, sleutel, id_) for (afzender, sleutel), id_ in sorted(hersteld.items())]
        with cursor() as sql:
            sql.execute(_SLUIT, [op, *map(list, zip(*paren, strict=True))], prepare=True)
    rijen = [[getattr(rij, veld) for veld in rij.__struct_fields__] for een in nieuw.values() for rij in een]
    if rijen:
        with cursor() as sql:
            sql.execute(_VOEG_TOE, [op, op, *map(list, zip(*rijen, strict=True))], prepare=True)


def _rij(regel: Regel, melding: Any) -> _Rij:
    oorzaken = sorted({een.regel for een in regel.antwoord.bevindingen if een.ernst == Ernst.FOUT})
    ouder = _ouder(melding) if set(oorzaken) <= _VOLGT else None
    return _Rij(
        regel.id,
        melding.afzender,
        type(melding).__name__,
        " ".join(oorzaken),
        _hash(_record(melding)),
        _hash(ouder) if ouder else None,
        regel.persoon,
    )


def _hash(record: Record) -> bytes:
    return kluis().zoek("\0".join(("geweigerd", *record)))


def _record(m: Any) -> Record:
    """Return which record a melding is about; adding, changing and removing are about the same one."""
    match m:
        case b.AanleverenIdentificatiePersoon():
            delen = (m.pgn,) if m.pgn else (m.studentnummer, m.achternaam, m.voornamen, m.geboortedatum)
            return "persoon", *(deel or "" for deel in delen)
        case b.AanvragenVooropleiding():
            return "vooropleiding", m.pgn
        case b.AanleverenBpv() | b.VerwijderenBpv():
            nummer = m.bpv.volgnummer if isinstance(m, b.AanleverenBpv) else m.bpv_volgnummer
            return "bpv", m.pgn, m.inschrijvingvolgnummer, nummer
        case b.AanleverenInschrijving() | b.OvernemenInschrijving() | b.VerwijderenInschrijving():
            inschrijving: Any = getattr(m, "inschrijving", m)
            return "inschrijving", m.pgn, inschrijving.inschrijvingvolgnummer
    return "resultaat", m.pgn, getattr(_inhoud(m), "resultaatvolgnummer", "")


def _herstelde_records(m: Any) -> Iterator[Record]:
    """Give the records that an accepted melding puts right: an enrolment from an RO has its placements in it."""
    yield _record(m)
    if isinstance(m, b.OvernemenInschrijving):
        for bpv in m.inschrijving.bpvs:
            yield "bpv", m.pgn, m.inschrijving.inschrijvingvolgnummer, bpv.volgnummer


def _ouder(m: Any) -> Record | None:
    """Return the record without which this one cannot be registered."""
    volgnummer = getattr(_inhoud(m), "inschrijvingvolgnummer", None)
    if volgnummer and not isinstance(m, b.AanleverenInschrijving | b.OvernemenInschrijving):
        return "inschrijving", m.pgn, volgnummer
    return ("persoon", m.pgn) if m.pgn else None


def _inhoud(m: Any) -> Any:
    return getattr(m, "diploma", None) or getattr(m, "resultaat", None) or m


def zet_opzij(uuids: Collection[UUID], afzender: str, door: str, reden: str) -> int:
    """Take refusals off the list that nobody is going to mend, with the reason; return how many.

    Args:
        uuids: the refused meldingen; of those that are off the list already nothing changes.
        afzender: the institution that sent them.
        door: who decides so.
        reden: why, in words that name nobody by number.

    Raises:
        Redenfout: there is no reason, it is too long, or it holds the number of a person.
    """
    if not reden.strip():
        raise Redenfout("Geef de reden: waarom hoeft deze melding niet hersteld te worden?")
    if len(reden) > LANGSTE_REDEN:
        raise Redenfout(f"Houd de reden korter dan {LANGSTE_REDEN} tekens.")
    if maskeer(reden) != reden:
        raise Redenfout("Noem in de reden niemand met een burgerservicenummer of onderwijsnummer.")
    waarden = {"op": klok.nu(), "door": door, "reden": reden.strip(), "afzender": afzender, "uuids": [*uuids]}
    with transaction.atomic(using="stelsel"):
        with cursor() as sql:
            sql.execute(_ZET_OPZIJ, waarden)
            geraakt = [uuid for (uuid,) in sql]
        for uuid in geraakt:
            audit.leg_vast(
                "melding.opzij", "melding", uuid, door=door, namens=afzender, details={"reden": reden.strip()}
            )
    return len(geraakt)


def herstel(oud: UUID, nieuw: UUID, afzender: str) -> bool:
    """Note that an accepted melding was sent to mend a refused one, also when it is about another record.

    Returns:
        Whether the refused one left the list by it.
    """
    with cursor() as sql:
        sql.execute(_HERSTEL, {"op": klok.nu(), "oud": oud, "nieuw": nieuw, "afzender": afzender})
        return sql.rowcount > 0
