"""Changing reference data: import as a concept, make a concept active, go back to what an older version held."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec
from django.db import connections, transaction
from msgspec import Struct

from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Opmerking
from kernregister.platform import audit, klok
from kernregister.platform.sql import STELSEL
from kernregister.voorzieningen.stamgegevens.inlezen import Invoerfout
from kernregister.voorzieningen.stamgegevens.lijsten import Lijst, geldigheid
from kernregister.voorzieningen.stamgegevens.manifest import Toevoer
from kernregister.voorzieningen.stamgegevens.models import Uitgave, Versie
from kernregister.voorzieningen.stamgegevens.verschil import Verschil, vergelijk_versies

_SLOT = 7351_2027
"""Key of the advisory lock: imports and activations go one by one."""

Sleutels = Mapping[str, frozenset[str]]
"""List -> the keys of the rows that change."""

Telling = Callable[[int, Sleutels], Mapping[str, int]]
"""Gets a concept's number and what changes; returns how many records of a kind that touches."""

geraakt: list[Telling] = []
"""Who tells what a change touches: higher rooms subscribe in their ``AppConfig.ready``."""

Volger = Callable[[int, int], None]
"""Gets the number of the version that was active (0: none) and that of the one that now is."""

volgers: list[Volger] = []
"""Called in the transaction that makes a version active."""


class Stamgegevensfout(Exception):
    """Something that cannot be done with versions of reference data. The text says why, and what to do instead.

    ``engels`` says the same to who reads a page in English.
    """

    def __init__(self, tekst: str, engels: str = "") -> None:
        super().__init__(tekst)
        self.engels = engels or tekst


class Uitslag(Struct, frozen=True):
    """What an import came to. ``veranderd`` is False when the register had all of it already, in this version."""

    versie: int
    veranderd: bool
    verschillen: tuple[Verschil, ...] = ()
    geraakt: dict[str, int] = {}
    opmerkingen: tuple[Opmerking, ...] = ()


def laad(toevoer: Sequence[Toevoer], door: str) -> Uitslag:
    """Import lists as a whole, as a concept on top of the active version; the same again changes nothing.

    Args:
        toevoer: the rows; several of one list make its next edition together.
        door: who does it.

    Raises:
        Invoerfout: files cannot be used, or have faults; it names them all, and nothing is kept.
    """
    geordend = sorted(toevoer, key=lambda deel: deel.lijst.naam)
    with transaction.atomic(using=STELSEL):
        _vergrendel()
        basis = actieve()
        uitgaven = dict(basis.uitgaven) if basis else {}
        _lees(geordend)
        if any(deel.verslag.fouten for deel in geordend):
            raise Invoerfout([deel.verslag for deel in geordend])
        for naam, delen in groupby(geordend, key=lambda deel: deel.lijst.naam):
            uitgaven[naam] = _geef_uit(naam, list(delen), door, uitgaven.get(naam))
        opmerkingen = tuple(o for deel in geordend for o in deel.verslag.opmerkingen)
        return _maak_concept(basis, uitgaven, door, opmerkingen)


def activeer(nummer: int, door: str, reden: str) -> None:
    """Make a concept the active version; who did it and why is kept.

    Raises:
        Stamgegevensfout: there is no such concept, it is active already, another version became active since it was
            made, or the reason is missing.
    """
    if not reden.strip() or not door.strip():
        raise Stamgegevensfout(
            "Zeg wie activeert en waarom: dat blijft bij de versie bewaard.",
            "Say who makes it hold, and why: that is kept with the version.",
        )
    with transaction.atomic(using=STELSEL):
        _vergrendel()
        concept = _versie(nummer)
        nu = actieve()
        vorige = nu.nummer if nu else 0
        if concept.geactiveerd_op:
            raise Stamgegevensfout(
                f"Versie {nummer} is al geactiveerd. Terug naar wat die versie bevat: herstel haar.",
                f"Version {nummer} was made to hold before. To go back to what it holds: restore it.",
            )
        if (concept.basis or 0) != vorige:
            raise Stamgegevensfout(
                f"Concept {nummer} is gemaakt op versie {concept.basis or 0}, maar nu is versie {vorige} actief: "
                "activeren zou die wijziging ongedaan maken. Laad de bestanden opnieuw.",
                f"Concept {nummer} was made upon version {concept.basis or 0}, but now version {vorige} holds: making "
                "it hold would undo that change. Load the files again.",
            )
        concept.geactiveerd_op, concept.geactiveerd_door, concept.reden = klok.nu(), door, reden.strip()
        concept.save(using=STELSEL)
        audit.leg_vast(
            "stamgegevens.activeer",
            "stamgegevens",
            nummer,
            door=door,
            details={"vorige": vorige, "reden": concept.reden, "verschil": concept.verschil},
        )
        for volger in volgers:
            volger(vorige, nummer)


def herstel(nummer: int, door: str) -> Uitslag:
    """Make a concept that holds what an older version held.

    Raises:
        Stamgegevensfout: there is no such version.
    """
    with transaction.atomic(using=STELSEL):
        _vergrendel()
        return _maak_concept(actieve(), _versie(nummer).uitgaven, door, ())


def actieve() -> Versie | None:
    """Return the active version."""
    return Versie.objects.using(STELSEL).filter(geactiveerd_op__isnull=False).order_by("-nummer").first()


def _versie(nummer: int) -> Versie:
    gevonden = Versie.objects.using(STELSEL).filter(nummer=nummer).first()
    if gevonden is None:
        raise Stamgegevensfout(
            f"Versie {nummer} van de stamgegevens bestaat niet.",
            f"Version {nummer} of the reference data does not exist.",
        )
    return gevonden


def _vergrendel() -> None:
    with connections[STELSEL].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SLOT])


def _maak_concept(
    basis: Versie | None, uitgaven: dict[str, int], door: str, opmerkingen: tuple[Opmerking, ...]
) -> Uitslag:
    """Return the concept with these editions; an equal one that is still of use is taken instead of a new one."""
    vorige = basis.nummer if basis else None
    if basis and uitgaven == basis.uitgaven:
        return Uitslag(basis.nummer, False, opmerkingen=opmerkingen)
    bestaand = (
        Versie.objects.using(STELSEL)
        .filter(basis=vorige, uitgaven=uitgaven, geactiveerd_op__isnull=True)
        .order_by("nummer")
        .first()
    )
    if bestaand is not None:
        verschillen = msgspec.convert(bestaand.verschil, tuple[Verschil, ...])
        return Uitslag(bestaand.nummer, False, verschillen, bestaand.geraakt, opmerkingen)
    gevonden, sleutels = vergelijk_versies(basis.uitgaven if basis else {}, uitgaven)
    versie = Versie.objects.using(STELSEL).create(
        kenmerk=uuid.uuid4(),
        basis=vorige,
        uitgaven=uitgaven,
        verschil=msgspec.to_builtins(gevonden),
        geraakt={},
        gemaakt_op=klok.nu(),
        gemaakt_door=door,
    )
    for telling in geraakt:
        versie.geraakt.update(telling(versie.nummer, sleutels))
    if versie.geraakt:
        versie.save(using=STELSEL)
    audit.leg_vast(
        "stamgegevens.laad", "stamgegevens", versie.nummer, door=door, details={"uitgaven": uitgaven}
    )
    return Uitslag(versie.nummer, True, tuple(gevonden), versie.geraakt, opmerkingen)


def _lees(delen: list[Toevoer]) -> None:
    """Put all rows in a temporary table; what is wrong with them goes into their reports."""
    with connections[STELSEL].cursor() as cursor:
        cursor.execute(_INVOER)
        with cursor.copy("COPY stamgegevens_invoer FROM STDIN") as copy:
            for nummer, deel in enumerate(delen):
                try:
                    for regel, rij in deel.rijen:
                        copy.write_row((nummer, regel, deel.lijst.naam, *_kolommen(deel.lijst, rij)))
                except OnbruikbaarBestand as fout:  # told along with what is wrong in the other files
                    deel.verslag.fout("bestand", str(fout).partition(": ")[2] or str(fout))
        cursor.execute("CREATE INDEX ON stamgegevens_invoer (lijst, sleutel, onderscheid)")
        cursor.execute("ANALYZE stamgegevens_invoer")
        cursor.execute(_VERGEET_GELIJKE)
        cursor.execute(_DUBBELE)
        for nummer, regel, eerder_nummer, eerder in cursor:
            lijst, verslag = delen[nummer].lijst, delen[nummer].verslag
            in_ander = "" if eerder_nummer == nummer else f" van {delen[eerder_nummer].verslag.bestand}"
            verslag.fout(
                "dubbel",
                "staat er al met een andere inhoud.",
                regel=regel,
                telling=f"ook op regel {eerder}{in_ander}",
                veld=", ".join((*lijst.sleutel, *lijst.onderscheid)),
            )


def _kolommen(lijst: Lijst, rij: Any) -> tuple[Any, ...]:
    geldig = geldigheid(rij)
    sleutel = lijst.sleutel_van(rij)
    return (
        sleutel,
        lijst.onderscheid_van(rij),
        geldig.begin,
        geldig.eind,
        zoektekst(f"{sleutel} {getattr(rij, 'naam', None) or ''}"),
        msgspec.json.encode(rij).decode(),
    )


def zoektekst(tekst: str) -> str:
    """Return a text as it is searched: without capitals and accents."""
    los = unicodedata.normalize("NFKD", tekst.casefold())
    return "".join(teken for teken in los if not unicodedata.combining(teken)).strip()


def _geef_uit(lijst: str, delen: list[Toevoer], door: str, basis: int | None) -> int:
    """Return the edition that holds exactly these rows: that of the active version or the last one if it does."""
    actueel = all(deel.actueel for deel in delen)
    stand_op = max((deel.stand_op for deel in delen if deel.stand_op), default=None)
    van_lijst = Uitgave.objects.using(STELSEL).filter(lijst=lijst)
    laatste = van_lijst.order_by("-id").values_list("id", flat=True).first()
    with connections[STELSEL].cursor() as cursor:
        for bekend in van_lijst.filter(id__in=[basis, laatste], actueel=actueel, stand_op=stand_op):
            cursor.execute(_ANDERS, {"lijst": lijst, "uitgave": bekend.id})
            if not cursor.fetchone()[0]:
                return int(bekend.id)
        cursor.execute("SELECT count(*) FROM stamgegevens_invoer WHERE lijst = %s", [lijst])
        uitgave = van_lijst.create(
            lijst=lijst,
            actueel=actueel,
            stand_op=stand_op,
            bron="; ".join(dict.fromkeys(deel.bron for deel in delen if deel.bron))[:400],
            aantal=cursor.fetchone()[0],
            gelezen_op=klok.nu(),
            door=door,
        )
        cursor.execute(_SLUIT, {"lijst": lijst, "uitgave": uitgave.id})
        cursor.execute(_OPEN, {"lijst": lijst, "uitgave": uitgave.id})
    return int(uitgave.id)


_INVOER = """
CREATE TEMPORARY TABLE IF NOT EXISTS stamgegevens_invoer (
    deel int, regel int, lijst text COLLATE "C", sleutel text COLLATE "C", onderscheid text COLLATE "C",
    geldig_van date, geldig_tot date, zoek text, inhoud jsonb
) ON COMMIT DROP;
TRUNCATE stamgegevens_invoer;
"""
_VERGEET_GELIJKE = """
DELETE FROM stamgegevens_invoer WHERE ctid IN (
    SELECT ctid FROM (SELECT ctid, row_number() OVER (
        PARTITION BY lijst, sleutel, onderscheid, inhoud ORDER BY deel, regel) AS nr FROM stamgegevens_invoer) alle
    WHERE nr > 1)
"""
_DUBBELE = """
SELECT deel, regel, eerste_deel, eerste_regel FROM (
    SELECT deel, regel, first_value(deel) OVER zelfde AS eerste_deel, first_value(regel) OVER zelfde AS eerste_regel,
        row_number() OVER zelfde AS nr
    FROM stamgegevens_invoer WINDOW zelfde AS (PARTITION BY lijst, sleutel, onderscheid ORDER BY deel, regel)) alle
WHERE nr > 1 ORDER BY deel, regel
"""
_ANDERS = """
WITH invoer AS MATERIALIZED (SELECT sleutel, onderscheid, inhoud FROM stamgegevens_invoer WHERE lijst = %(lijst)s),
staat AS MATERIALIZED (
    SELECT sleutel, onderscheid, inhoud FROM stamgegevens_rij
    WHERE lijst = %(lijst)s AND sinds <= %(uitgave)s AND (tot IS NULL OR tot > %(uitgave)s)
)
SELECT EXISTS (SELECT 1 FROM invoer i FULL JOIN staat s USING (sleutel, onderscheid)
               WHERE i.inhoud IS DISTINCT FROM s.inhoud)
"""
_SLUIT = """
UPDATE stamgegevens_rij r SET tot = %(uitgave)s
WHERE r.lijst = %(lijst)s AND r.tot IS NULL AND NOT EXISTS (
    SELECT 1 FROM stamgegevens_invoer i
    WHERE (i.lijst, i.sleutel, i.onderscheid) = (r.lijst, r.sleutel, r.onderscheid) AND i.inhoud = r.inhoud)
"""
_OPEN = """
INSERT INTO stamgegevens_rij (lijst, sleutel, onderscheid, geldig_van, geldig_tot, zoek, inhoud, sinds)
SELECT lijst, sleutel, onderscheid, geldig_van, geldig_tot, zoek, inhoud, %(uitgave)s
FROM stamgegevens_invoer i
WHERE i.lijst = %(lijst)s AND NOT EXISTS (
    SELECT 1 FROM stamgegevens_rij r
    WHERE (r.lijst, r.sleutel, r.onderscheid) = (i.lijst, i.sleutel, i.onderscheid) AND r.tot IS NULL)
"""
