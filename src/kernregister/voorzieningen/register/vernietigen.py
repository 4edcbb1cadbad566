"""What goes with a record that is destroyed: its whole history, its special data, and what meldingen said of it.

Works inside the caller's transaction, on persons that the caller has locked. The statements that remove something are
functions of the owner (migration ``0007_bewaren``), which ask for the record of an approved destruction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

import msgspec

from kernregister.kern.dossier import Inschrijving
from kernregister.platform.pas import Bijzonder
from kernregister.platform.sql import cursor
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.personen import public as personen

_BPVS = Inschrijving.__struct_fields__.index("bpvs")
_ONDERSTEUNING = ("inschrijving.extra_ondersteuning",)
_VERBLIJF = ("persoon.verblijfstitels", "inschrijving.verblijf_grond")

_GESCHIEDENIS = """
WITH RECURSIVE versie AS (
    SELECT id, persoon_id, soort, instelling, sleutel, melding_van, melding_tot FROM register_versie
    WHERE id = ANY (%s::bigint[])
    UNION SELECT o.id, o.persoon_id, o.soort, o.instelling, o.sleutel, o.melding_van, o.melding_tot
    FROM versie v JOIN register_versie o ON o.soort = v.soort AND o.sleutel = v.sleutel AND (
        o.persoon_id = v.persoon_id AND o.instelling = v.instelling
        OR o.melding_tot = v.melding_van AND (o.persoon_id = v.persoon_id OR o.instelling = v.instelling))
) SELECT id, melding_van, melding_tot FROM versie
"""
"""All versions of records, also under the person or institution that they were registered with before."""

_LAAT_LOS = """
DELETE FROM {tabel} b WHERE b.persoon_id = ANY (%(wie)s::bigint[])
    AND NOT EXISTS (SELECT 1 FROM register_versie v WHERE v.persoon_id = b.persoon_id AND v.instelling = b.instelling)
    AND NOT EXISTS (SELECT 1 FROM register_melding m WHERE m.persoon_id = b.persoon_id AND m.afzender = b.instelling
        AND (m.ontvangen_op::date + %(interval)s::interval)::date > %(op)s)
"""

_EIGEN_MELDINGEN = """
SELECT m.id, m.soort, m.inhoud::text, m.vertrouwelijk FROM register_melding m
WHERE m.id = ANY (%s::bigint[]) AND m.soort <> ALL (%s::text[]) AND m.inhoud <> '{}'
"""
_STELSEL = ["SamenvoegenPersonen", "SplitsenPersoon", "OverdragenPersoon", "HerroepenMelding"]


def vernietig_personen(nummer: int, ids: Collection[int]) -> None:
    """Destroy persons with whoever went up in them: all that is registered, delivered, logged and known of them."""
    allen = sorted(_leden(ids))
    with cursor() as sql:
        sql.execute(
            "SELECT register_vernietig_personen(%s, %s::bigint[], %s::text[])",
            [nummer, allen, [personen.pseudoniem(id_) for id_ in allen]],
        )


def vernietig_records(nummer: int, versies: list[int]) -> None:
    """Destroy the records that these versions are of, with all that they were before."""
    ids, meldingen = _geschiedenis(versies)
    with cursor() as sql:
        sql.execute("SELECT register_vernietig_versies(%s, %s::bigint[])", [nummer, ids])
    maak_leeg(nummer, [id_ for id_, _, _, _ in _lees(meldingen)])


def laat_los(wie: Collection[int], interval: str, op: date) -> None:
    """End it that institutions have to do with persons of whom they hold nothing any more, student number and all.

    Who delivered something about the person not long ago is about to enrol them, and stays.

    Args:
        wie: of whom records were destroyed.
        interval: how long a melding without an enrolment is a reason.
        op: the day to judge on.
    """
    with cursor() as sql:
        for tabel in ("register_betrokkenheid", "register_beeindigdebetrokkenheid"):
            sql.execute(
                _LAAT_LOS.format(tabel=tabel), {"wie": sorted(_leden(wie)), "interval": interval, "op": op}
            )


def vernietig_bpvs(nummer: int, inschrijvingen: list[int]) -> None:
    """Take all placements out of enrolments, in every version, and out of the meldingen that told of them."""
    ids, meldingen = _geschiedenis(inschrijvingen)
    with cursor() as sql:
        sql.execute("SELECT id, inhoud::text FROM register_versie WHERE id = ANY (%s::bigint[])", [ids])
        nieuw = {id_: _zonder_bpvs(msgspec.json.decode(inhoud)) for id_, inhoud in sql}
        sql.execute(
            "SELECT register_vervang_versies(%s, %s::bigint[], %s::text[])",
            [nummer, list(nieuw), [_tekst(inhoud) for inhoud in nieuw.values()]],
        )
    gelezen = _lees(meldingen)
    maak_leeg(nummer, [id_ for id_, soort, _, _ in gelezen if soort in {"AanleverenBpv", "VerwijderenBpv"}])
    over = [rij for rij in gelezen if rij[1] == "OvernemenInschrijving"]
    _vervang(nummer, over, lambda inhoud, geheim: _zonder_bpvs(inhoud["inschrijving"]))


def vernietig_ondersteuning(nummer: int, inschrijvingen: list[int]) -> None:
    """Destroy the extra support under enrolments, in every version and in the meldingen that told of it."""
    ids, meldingen = _geschiedenis(inschrijvingen)
    _vernietig_bijzonder(nummer, ids, Bijzonder.ONDERSTEUNING, meldingen, _ONDERSTEUNING)


def vernietig_verblijf(nummer: int, wie: Collection[int]) -> None:
    """Destroy what is known of the residence of persons, in every version and in the meldingen that told of it."""
    with cursor() as sql:
        sql.execute(
            "SELECT id, melding_van FROM register_versie WHERE soort IN ('persoon', 'inschrijving')"
            " AND persoon_id = ANY (%s::bigint[])",
            [sorted(_leden(wie))],
        )
        rijen = sql.fetchall()
    ids, meldingen = [id_ for id_, _ in rijen], {melding for _, melding in rijen}
    _vernietig_bijzonder(nummer, ids, Bijzonder.VERBLIJF, meldingen, _VERBLIJF)


def maak_leeg(nummer: int, meldingen: Collection[int]) -> None:
    """Destroy what meldingen said; that they came, when and from whom, stays."""
    with cursor() as sql:
        sql.execute("SELECT register_maak_leeg(%s, %s::bigint[], false)", [nummer, sorted(meldingen)])


def _vernietig_bijzonder(
    nummer: int, versies: list[int], wat: Bijzonder, meldingen: Collection[int], delen: tuple[str, ...]
) -> None:
    with cursor() as sql:
        sql.execute("SELECT register_vernietig_bijzonder(%s, %s::bigint[], %s)", [nummer, versies, wat.value])
    _vervang(nummer, _lees(meldingen), lambda inhoud, geheim: [geheim.pop(deel, None) for deel in delen])


Melding = tuple[int, str, str, bytes | None]


def _lees(meldingen: Collection[int]) -> list[Melding]:
    """Return meldingen about one person that still say something: those of the facility hold but ids."""
    with cursor() as sql:
        sql.execute(_EIGEN_MELDINGEN, [sorted(meldingen), _STELSEL])
        return sql.fetchall()


def _vervang(
    nummer: int, rijen: Iterable[Melding], verander: Callable[[dict[str, Any], dict[str, Any]], Any]
) -> None:
    """Keep meldingen with less in them."""
    nieuw: list[tuple[int, str, bytes | None]] = []
    for id_, _, tekst, vertrouwelijk in rijen:
        inhoud: dict[str, Any] = msgspec.json.decode(tekst)
        geheim: dict[str, Any] = (
            msgspec.json.decode(kluis().ontsleutel(bytes(vertrouwelijk))) if vertrouwelijk else {}
        )
        voor = _tekst([inhoud, geheim])
        verander(inhoud, geheim)
        if _tekst([inhoud, geheim]) != voor:
            nieuw.append((id_, _tekst(inhoud), kluis().versleutel(_tekst(geheim)) if geheim else None))
    if nieuw:
        with cursor() as sql:
            sql.execute(
                "SELECT register_vervang_meldingen(%s, %s::bigint[], %s::text[], %s::bytea[])",
                [nummer, *map(list, zip(*nieuw, strict=True))],
            )


def _geschiedenis(versies: list[int]) -> tuple[list[int], set[int]]:
    """Return all versions of the records that these versions are of, and the meldingen that made and closed them."""
    with cursor() as sql:
        sql.execute(_GESCHIEDENIS, [versies])
        rijen = sql.fetchall()
    meldingen = {melding for _, *door in rijen for melding in door if melding is not None}
    return [id_ for id_, _, _ in rijen], meldingen


def _zonder_bpvs(inschrijving: list[Any]) -> list[Any]:
    if len(inschrijving) > _BPVS:
        inschrijving[_BPVS] = []
    return inschrijving


def _tekst(waarde: Any) -> str:
    return msgspec.json.encode(waarde).decode()


def _leden(ids: Collection[int]) -> set[int]:
    """Return persons with whoever went up in them, however often."""
    with cursor() as sql:
        sql.execute(
            "WITH RECURSIVE lid AS (SELECT unnest(%s::bigint[]) AS id UNION"
            " SELECT p.id FROM lid JOIN personen_persoon p ON p.opgegaan_in = lid.id) SELECT id FROM lid",
            [sorted(ids)],
        )
        return {id_ for (id_,) in sql}
