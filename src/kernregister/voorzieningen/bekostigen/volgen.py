"""Keeping provisional funding live: what meldingen, and changes of what it is decided with, make of the rows.

Everything happens inside the caller's transaction, on persons that the caller has locked, for a whole batch in a few
statements; a batch that changes nothing in funding asks nothing of the tables. What a change of reference data or
parameters did is put on record before the melding that comes after it, so that no melding is said to have done it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Bekostigingswijziging
from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.toepassen import Soort
from kernregister.platform.sql import als_rijen, cursor
from kernregister.voorzieningen.bekostigen import terugmelden
from kernregister.voorzieningen.bekostigen.grondslag import Grondslag, huidige, waarmee
from kernregister.voorzieningen.bekostigen.posten import (
    KOLOMMEN,
    Besluiten,
    Plek,
    Post,
    Posten,
    besluiten,
    post_van,
    verschillen,
    wijziging,
)
from kernregister.voorzieningen.register.public import Doorwerking, Overlap, Toegepast

_RAAKT = frozenset({Soort.PERSOON, Soort.INSCHRIJVING, Soort.DIPLOMA})
"""Kinds of aggregate on which funding rests."""


def volg(toegepast: Sequence[Toegepast], nu: datetime, vandaag: date) -> dict[int, Doorwerking]:
    """Write what a batch of meldingen changed; return per melding what it did to the sender's own.

    What it did at other institutions is in their rows, and not in this answer.
    """
    raakt = [een for een in toegepast if any(m.sleutel.soort in _RAAKT for m in een.mutaties)]
    if not raakt:
        return {}
    grondslag = huidige(vandaag)
    stappen = [stap for stap in _stappen(raakt, grondslag) if stap.anders]
    if not stappen:
        return {}
    boek = Boek(grondslag, {stap.persoon for stap in stappen}, nu)
    for stap in stappen:
        boek.haal_bij(stap.persoon, stap.voor.posten)
        boek.zet(stap.persoon, stap.na.posten, Oorzaak(stap.melding))
    boek.leg_vast()
    terugmelden.plaats((s.melding, s.persoon, s.afzender, [p.instelling for p in s.anders]) for s in stappen)
    return {
        stap.melding: Doorwerking(bekostiging=eigen)
        for stap in stappen
        if (eigen := stap.van_de_afzender(grondslag))
    }


class Stap(Struct, frozen=True):
    """What one melding makes of the decisions on a person."""

    melding: int
    persoon: int
    afzender: str
    voor: Besluiten
    na: Besluiten
    anders: list[Plek]

    def van_de_afzender(self, grondslag: Grondslag) -> tuple[Bekostigingswijziging, ...]:
        """Return what changed in what the sender's own records count for."""
        uit = []
        for plek in self.anders:
            voor, na = self.voor.posten.get(plek), self.na.posten.get(plek)
            if plek.instelling == self.afzender and (voor and voor.telling) != (na and na.telling):
                een = wijziging(plek, voor, na, self.na.redenen.get(plek, ()))
                uit.append(grondslag.op(een))
        return tuple(uit)


def _stappen(toegepast: Iterable[Toegepast], grondslag: Grondslag) -> Iterable[Stap]:
    vorige: dict[int, tuple[Dossier, Besluiten]] = {}
    for een in toegepast:
        dossier, voor = vorige.get(een.persoon, (None, None))
        if voor is None or dossier is not een.voor:
            voor = besluiten(een.voor, grondslag.beslissers)
        na = besluiten(een.na, grondslag.beslissers)
        vorige[een.persoon] = een.na, na
        yield Stap(een.melding, een.persoon, een.afzender, voor, na, verschillen(voor.posten, na.posten))


class Oorzaak(Struct, frozen=True):
    """What makes rows begin and end: a melding, or a reason when it is none."""

    melding: int | None = None
    reden: str = ""


class Rij(Struct):
    """A row with its life. ``id`` is None until it is in the table."""

    persoon: int
    post: Post
    id: int | None = None
    opening: Oorzaak | None = None
    """Only of a row that was opened here."""
    sluiting: Oorzaak | None = None


class Boek:
    """The open rows of some persons, and what happens to them, in order.

    Raises:
        Overlap: a transaction that began later wrote of one of these persons already: what is written now would
            stand before it in the order of the stand.
    """

    def __init__(self, grondslag: Grondslag, personen: Collection[int], nu: datetime) -> None:
        self.nu = nu
        self._grondslag = waarmee(grondslag, nu)
        self._jaren = {een.kader.jaar.jaar for een in grondslag.beslissers}
        self._open = _lees(personen)
        self._nieuw: list[Rij] = []
        self._gesloten: list[Rij] = []

    def haal_bij(self, persoon: int, posten: Posten, reden: str | None = None) -> int:
        """Bring a person's rows to what they should be without any melding; return how many differ."""
        staat = self._open.get(persoon, {})
        mist = {*self._achterhaald(staat, posten)} | (posten.keys() - staat.keys())
        if mist:
            self.zet(persoon, posten, Oorzaak(reden=reden or self._grondslag.reden))
        return len(mist)

    def zet(self, persoon: int, posten: Posten, oorzaak: Oorzaak) -> None:
        """Have the rows of a person be these, as far as their years are open."""
        staat = self._open.setdefault(persoon, {})
        for plek in self._achterhaald(staat, posten):
            rij = staat.pop(plek)
            rij.sluiting = oorzaak
            if rij.id is not None:
                self._gesloten.append(rij)
        for plek, post in posten.items():
            if plek not in staat:
                staat[plek] = rij = Rij(persoon, post, opening=oorzaak)
                self._nieuw.append(rij)

    def _achterhaald(self, staat: dict[Plek, Rij], posten: Posten) -> list[Plek]:
        """Return which rows are no longer what they should be; a year that has closed keeps its own."""
        return [
            plek for plek, rij in staat.items() if plek.jaar in self._jaren and posten.get(plek) != rij.post
        ]

    def leg_vast(self) -> None:
        """Write all of it: close and open."""
        _sluit(self._gesloten, self.nu)
        _open(self._nieuw, self._grondslag.id, self.nu)


_LEES = f"""
SELECT persoon_id, id, gesloten_op IS NULL,
    transactie_van > pg_current_xact_id() OR coalesce(transactie_tot > pg_current_xact_id(), false),
    {", ".join(KOLOMMEN)}
FROM bekostigen_status
WHERE persoon_id = ANY (%s) AND (gesloten_op IS NULL OR transactie_tot > pg_current_xact_id())
"""  # noqa: S608 - names of this room


def _lees(personen: Collection[int]) -> dict[int, dict[Plek, Rij]]:
    """Return the open rows of persons."""
    uit: dict[int, dict[Plek, Rij]] = {}
    with cursor() as sql:
        sql.execute(_LEES, [list(personen)], prepare=True)
        for persoon, id_, is_open, ingehaald, *waarden in sql:
            if ingehaald:
                raise Overlap
            if is_open:
                post = post_van(waarden)
                uit.setdefault(persoon, {})[post.plek] = Rij(persoon, post, id_)
    return uit


_SLUIT = """
UPDATE bekostigen_status s SET gesloten_op = %s, gesloten_door = n.door, gesloten_reden = n.reden,
    transactie_tot = pg_current_xact_id()
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS n (id, door, reden) WHERE s.id = n.id
"""


def _sluit(rijen: Sequence[Rij], nu: datetime) -> None:
    if not rijen:
        return
    kolommen = [(rij.id, *_oorzaak(rij.sluiting)) for rij in rijen]
    with cursor() as sql:
        sql.execute(_SLUIT, [nu, *map(list, zip(*kolommen, strict=True))], prepare=True)


_TYPEN = {
    "jaar": "smallint",
    "teldatum": "date",
    "datum_behaald": "date",
    "status": "boolean",
    "voor_correctiefactor": "boolean",
    "bijdrage": "numeric",
    "mogelijk": "numeric",
    "specialist": "boolean",
    "leeftijd": "smallint",
    "na_gepland_einde": "boolean",
    "faalt": "text[]",
    "onbekend": "text[]",
}
_LEVEN = ("geopend_door", "geopend_reden", "gesloten_door", "gesloten_reden")
_RIJ = ("persoon_id", *KOLOMMEN, *_LEVEN)

_OPEN = f"""
INSERT INTO bekostigen_status ({", ".join(_RIJ)}, grondslag, geopend_op, gesloten_op, transactie_tot)
SELECT {", ".join(f"n.{kolom}" for kolom in _RIJ)}, %s::int, %s::timestamptz,
    CASE WHEN n.gesloten_reden IS NOT NULL THEN %s::timestamptz END,
    CASE WHEN n.gesloten_reden IS NOT NULL THEN pg_current_xact_id() END
FROM json_to_recordset(%s::json) AS n (persoon_id bigint, {
    ", ".join(f"{kolom} {_TYPEN.get(kolom, 'text')}" for kolom in KOLOMMEN)
}, geopend_door bigint, geopend_reden text, gesloten_door bigint, gesloten_reden text)
"""  # noqa: S608 - names of this room


def _open(rijen: Sequence[Rij], grondslag: int, nu: datetime) -> None:
    if not rijen:
        return
    with cursor() as sql:
        sql.execute(_OPEN, [grondslag, nu, nu, als_rijen(_RIJ, map(_kolommen, rijen))], prepare=True)


def _kolommen(rij: Rij) -> tuple[object, ...]:
    post = tuple(getattr(rij.post, kolom) for kolom in KOLOMMEN)
    return (rij.persoon, *post, *_oorzaak(rij.opening), *_oorzaak(rij.sluiting))


def _oorzaak(oorzaak: Oorzaak | None) -> tuple[int | None, str | None]:
    return (oorzaak.melding, oorzaak.reden) if oorzaak else (None, None)
