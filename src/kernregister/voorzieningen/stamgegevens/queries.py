"""Reading reference data: the version that holds, all of it for the rules, one code, a list for a form."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connections
from msgspec import Struct, structs

from kernregister.controle.stamgegevens import TABELLEN, stel_samen
from kernregister.kern.gegevens import GEEN, Bron, Gegevens
from kernregister.platform.geheugen import eens, onthoud
from kernregister.voorzieningen.stamgegevens.actions import Stamgegevensfout, actieve, zoektekst
from kernregister.voorzieningen.stamgegevens.lijsten import LIJSTEN, Lijst, geldigheid
from kernregister.voorzieningen.stamgegevens.models import Uitgave, Versie
from kernregister.voorzieningen.stamgegevens.verschil import Verschil

MEESTE_RIJEN: Final = 1000
"""Rows of one page of a list."""

_VERSIE = "SELECT nummer, kenmerk, uitgaven::text FROM stamgegevens_versie WHERE nummer = %s"
_ALLE = """
SELECT inhoud::text FROM stamgegevens_rij
WHERE lijst = %(lijst)s AND sinds <= %(uitgave)s AND (tot IS NULL OR tot > %(uitgave)s)
ORDER BY sleutel, onderscheid
"""
_CODE = """
SELECT inhoud::text FROM stamgegevens_rij
WHERE lijst = %(lijst)s AND sleutel = %(sleutel)s AND sinds <= %(uitgave)s AND (tot IS NULL OR tot > %(uitgave)s)
  AND (%(op)s::date IS NULL OR (geldig_van <= %(op)s AND geldig_tot > %(op)s))
ORDER BY geldig_van, onderscheid
"""
_BLADZIJDE = """
WITH gevonden AS (
    SELECT inhoud, sleutel, onderscheid FROM stamgegevens_rij
    WHERE lijst = %(lijst)s AND sleutel > %(na)s AND sinds <= %(uitgave)s AND (tot IS NULL OR tot > %(uitgave)s)
      AND zoek LIKE %(zoek)s AND (%(op)s::date IS NULL OR (geldig_van <= %(op)s AND geldig_tot > %(op)s))
    ORDER BY sleutel FETCH FIRST (%(aantal)s) ROWS WITH TIES
)
SELECT inhoud::text FROM gevonden ORDER BY sleutel, onderscheid
"""


_NAMEN = """
SELECT DISTINCT ON (r.lijst, r.sleutel) r.lijst, r.sleutel, coalesce(r.inhoud ->> 'naam', r.inhoud ->> 'plaats')
FROM unnest(%(lijsten)s::text[], %(sleutels)s::text[], %(uitgaven)s::bigint[]) AS w (lijst, sleutel, uitgave)
JOIN stamgegevens_rij r ON r.lijst = w.lijst AND r.sleutel = w.sleutel
    AND r.sinds <= w.uitgave AND (r.tot IS NULL OR r.tot > w.uitgave)
WHERE coalesce(r.inhoud ->> 'naam', r.inhoud ->> 'plaats') IS NOT NULL
ORDER BY r.lijst, r.sleutel, r.geldig_van DESC
"""


class _Versie(Struct, frozen=True):
    nummer: int
    kenmerk: UUID
    uitgaven: dict[str, int]


@eens
def versie() -> int:
    """Return the number of the active version; 0 when there is none. It rises with each activation."""
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "SELECT nummer FROM stamgegevens_versie WHERE geactiveerd_op IS NOT NULL ORDER BY nummer DESC LIMIT 1"
        )
        rij = cursor.fetchone()
    return rij[0] if rij else 0


def gegevens() -> Gegevens:
    """Return the reference data of the active version."""
    actief = _zoek(None)
    return _gegevens(actief.kenmerk, tuple(actief.uitgaven.items())) if actief else GEEN


def gegevens_van(nummer: int) -> Gegevens:
    """Return the reference data of any version, a concept too; 0 is the time before there was any.

    Raises:
        Stamgegevensfout: there is no such version.
    """
    if nummer == 0:
        return GEEN
    gevonden = _zoek(nummer)
    if gevonden is None:
        raise Stamgegevensfout(f"Versie {nummer} van de stamgegevens bestaat niet.")
    return _gegevens(gevonden.kenmerk, tuple(gevonden.uitgaven.items()))


def opzoeken(lijst: str, sleutel: str, op: date | None = None, versie: int | None = None) -> tuple[Any, ...]:
    """Return the rows of a code; with ``op`` only those that hold on that day. No rows: no list knows the code.

    Args:
        lijst: name of the list.
        sleutel: the code; of a list with several key columns their codes with a bar between them.
        op: a day.
        versie: number of a version; None is the active one.

    Raises:
        Stamgegevensfout: there is no such list or version.
    """
    paspoort, uitgave = _uitgave(lijst, versie)
    return _rijen(paspoort, _CODE, uitgave, sleutel=sleutel, op=op)


def namen(codes: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the names of codes in one question, as they are called last; of a place without a name, where it is.

    Args:
        codes: names of lists, each with a code in it; what no list knows is missing in the answer.
    """
    actief = _zoek(None)
    gevraagd = sorted({een for een in codes if actief and een[0] in actief.uitgaven})
    if actief is None or not gevraagd:
        return {}
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            _NAMEN,
            {
                "lijsten": [lijst for lijst, _ in gevraagd],
                "sleutels": [sleutel for _, sleutel in gevraagd],
                "uitgaven": [actief.uitgaven[lijst] for lijst, _ in gevraagd],
            },
        )
        return {(lijst, sleutel): naam for lijst, sleutel, naam in cursor}


def lijst(
    naam: str,
    *,
    op: date | None = None,
    zoek: str = "",
    na: str = "",
    aantal: int = 100,
    versie: int | None = None,
) -> tuple[Any, ...]:
    """Return a page of a list, in order of its keys.

    Args:
        naam: name of the list.
        op: only rows that hold on this day.
        zoek: only rows with this text in their key or name; capitals and accents do not matter.
        na: only rows with a later key: the key of the last row gives the next page.
        aantal: rows at most; all rows of one key stay together.
        versie: number of a version; None is the active one.

    Raises:
        Stamgegevensfout: there is no such list or version.
    """
    paspoort, uitgave = _uitgave(naam, versie)
    patroon = zoektekst(zoek).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    aantal = max(1, min(aantal, MEESTE_RIJEN))
    return _rijen(paspoort, _BLADZIJDE, uitgave, na=na, zoek=f"%{patroon}%", op=op, aantal=aantal)


def is_actueel(lijst: str, versie: int | None = None) -> bool:
    """Tell whether a version holds the list of today, so that a code it lacks does not exist.

    Raises:
        Stamgegevensfout: there is no such list or version.
    """
    _, uitgave = _uitgave(lijst, versie)
    return uitgave in _actuele([uitgave])


def actuele_uitgaven(*lijsten: str) -> dict[str, int]:
    """Return the editions of these lists in the active version; none at all when the first is not that of today."""
    actief = _zoek(None)
    uitgave = actief.uitgaven.get(lijsten[0]) if actief else None
    if actief is None or uitgave is None or not _is_actueel(actief.kenmerk, uitgave):
        return {}
    return {lijst: actief.uitgaven.get(lijst, 0) for lijst in lijsten}


def _zoek(nummer: int | None) -> _Versie | None:
    try:
        return _lees_versie(versie() if nummer is None else nummer)
    except LookupError:
        return None


@onthoud(8)
def _lees_versie(nummer: int) -> _Versie:
    """Return a version; what it holds never changes, also while it is a concept."""
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(_VERSIE, [nummer])
        rij = cursor.fetchone()
    if rij is None:
        raise LookupError(nummer)
    return _Versie(rij[0], rij[1], msgspec.json.decode(rij[2]))


def _uitgave(naam: str, versie: int | None) -> tuple[Lijst, int]:
    """Return a list's passport and its edition in a version; 0 when that version lacks the list."""
    paspoort = LIJSTEN.get(naam)
    if paspoort is None:
        raise Stamgegevensfout(f"De lijst '{naam}' bestaat niet. Kies uit: {', '.join(LIJSTEN)}.")
    gevonden = _zoek(versie)
    if gevonden is None and versie:
        raise Stamgegevensfout(f"Versie {versie} van de stamgegevens bestaat niet.")
    return paspoort, gevonden.uitgaven.get(naam, 0) if gevonden else 0


def _rijen(paspoort: Lijst, vraag: str, uitgave: int, **waarden: Any) -> tuple[Any, ...]:
    lees = msgspec.json.Decoder(paspoort.rij).decode
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(vraag, {"lijst": paspoort.naam, "uitgave": uitgave, **waarden})
        return tuple(lees(inhoud) for (inhoud,) in cursor)


@onthoud(8)
def _gegevens(kenmerk: UUID, uitgaven: tuple[tuple[str, int], ...]) -> Gegevens:
    """Return the reference data of a version; its mark keeps versions of other databases apart."""
    van = dict(uitgaven)
    actueel = _actuele(list(van.values()))
    namen = [naam for naam in LIJSTEN if LIJSTEN[naam].bestand in TABELLEN and naam in van]
    tabellen = {LIJSTEN[naam].bestand: _rijen(LIJSTEN[naam], _ALLE, van[naam]) for naam in namen}
    uit = stel_samen(tabellen)
    for rij in tabellen.get("opleidingen.csv", ()):
        if rij.datum_begin or rij.datum_einde:
            opleiding = uit.opleidingen[rij.opleidingcode]
            uit.opleidingen[rij.opleidingcode] = structs.replace(opleiding, geldig=(geldigheid(rij),))
    equivalent = LIJSTEN["crebo_equivalenten"]
    bruikbaar = {naam for naam in van if van[naam] in actueel}
    return structs.replace(
        uit,
        beschikbaar=_beschikbaar(bruikbaar, uit.wettelijke_termijn_maanden),
        equivalenten=_beide_kanten(_rijen(equivalent, _ALLE, van.get(equivalent.naam, 0))),
    )


def _beide_kanten(rijen: tuple[Any, ...]) -> dict[str, frozenset[str]]:
    uit: dict[str, set[str]] = {}
    for rij in rijen:
        uit.setdefault(rij.code, set()).add(rij.equivalent)
        uit.setdefault(rij.equivalent, set()).add(rij.code)
    return {code: frozenset(anderen) for code, anderen in uit.items()}


def _beschikbaar(actueel: set[str], termijn: int | None) -> frozenset[Bron]:
    """Return what can be judged: of each source all lists that cover it must be those of today."""
    uit = {
        bron
        for lijst in LIJSTEN.values()
        for bron in lijst.dekt
        if all(ander.naam in actueel for ander in LIJSTEN.values() if bron in ander.dekt)
    }
    return frozenset(uit - (set() if termijn is not None else {Bron.WETTELIJKE_TERMIJN}))


@onthoud(64)
def _is_actueel(kenmerk: UUID, uitgave: int) -> bool:
    return uitgave in _actuele([uitgave])


def _actuele(uitgaven: list[int]) -> set[int]:
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT id FROM stamgegevens_uitgave WHERE actueel AND id = ANY(%s)", [uitgaven])
        return {rij[0] for rij in cursor}


class Lijststand(Struct, frozen=True):
    """A list as it stands in a version."""

    lijst: str
    aantal: int
    actueel: bool
    stand_op: date | None
    bron: str


class Versiestand(Struct, frozen=True):
    """A version: who made it when, who made it active and why, and what it changed."""

    nummer: int
    actief: bool
    gemaakt_op: datetime
    gemaakt_door: str
    geactiveerd_op: datetime | None
    geactiveerd_door: str
    reden: str
    verschillen: tuple[Verschil, ...]
    geraakt: dict[str, int]


def overzicht(aantal: int = 10) -> tuple[tuple[Lijststand, ...], tuple[Versiestand, ...]]:
    """Return the lists of the active version, and the latest versions, newest first."""
    actief = actieve()
    uitgaven = Uitgave.objects.using("stelsel").filter(
        id__in=list(actief.uitgaven.values()) if actief else []
    )
    van_lijst = {u.lijst: Lijststand(u.lijst, u.aantal, u.actueel, u.stand_op, u.bron) for u in uitgaven}
    versies = Versie.objects.using("stelsel").order_by("-nummer")[:aantal]
    return (
        tuple(van_lijst[naam] for naam in LIJSTEN if naam in van_lijst),
        tuple(
            Versiestand(
                v.nummer,
                actief is not None and v.nummer == actief.nummer,
                v.gemaakt_op,
                v.gemaakt_door,
                v.geactiveerd_op,
                v.geactiveerd_door,
                v.reden,
                msgspec.convert(v.verschil, tuple[Verschil, ...]),
                v.geraakt,
            )
            for v in versies
        ),
    )
