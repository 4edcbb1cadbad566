"""The built-in source of person data: a table of fictitious persons, for demo, sandbox and tests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Any

import msgspec
from django.db import connections, transaction
from msgspec.structs import replace

from kernregister.fictief.nummers import MEESTE_ONDERWIJSNUMMERS, onderwijsnummer
from kernregister.kern.dossier import Persoon
from kernregister.kern.sleutels import Pgn
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.personen.bron import Bronwijzigingen
from kernregister.voorzieningen.personen.personalia import (
    Gelijkenis,
    Personalia,
    adressleutel,
    naamsleutel,
    vergelijk,
)

_BLOK = 1000
_KOLOMMEN = "id, inhoud::text, bsn_versleuteld, own_versleuteld"
_LEZER = msgspec.json.Decoder(Persoon)

Rij = tuple[int, str, bytes | None, bytes | None]


class IngebouwdeBron:
    """The table as a ``Personenbron``. It works inside the transaction of its caller."""

    def personen(self, pgns: Collection[Pgn]) -> dict[Pgn, Persoon]:
        """Return the persons behind numbers."""
        sleutels = [kluis().zoek(pgn) for pgn in pgns]
        bij_nummer: dict[Pgn, Persoon] = {}
        for _, persoon in _lees(
            "bsn_zoeksleutel = ANY (%(s)s::bytea[]) OR own_zoeksleutel = ANY (%(s)s::bytea[])",
            {"s": sleutels},
        ):
            for nummer in (persoon.burgerservicenummer, persoon.onderwijsnummer):
                if nummer:
                    bij_nummer[nummer] = persoon
        return {pgn: bij_nummer[pgn] for pgn in pgns if pgn in bij_nummer}

    def kandidaten(self, vraag: Personalia) -> tuple[Persoon, ...]:
        """Return who agrees with at least two of name, date of birth and address."""
        rijen = _lees(
            "(zoeknaam = %(naam)s AND geboortedatum = %(geboren)s)"
            " OR (adressleutel = %(adres)s AND adressleutel <> ''"
            "     AND (geboortedatum = %(geboren)s OR zoeknaam = %(naam)s))",
            {
                "naam": naamsleutel(vraag.achternaam, vraag.voorvoegsel),
                "geboren": vraag.geboortedatum,
                "adres": adressleutel(vraag.adres),
            },
        )
        return tuple(persoon for _, persoon in rijen)

    def geef_onderwijsnummer(self, vraag: Personalia) -> Persoon:
        """Register somebody with a new onderwijsnummer, unless another transaction just did.

        Raises:
            RuntimeError: the fictitious onderwijsnummers are used up.
        """
        naam = naamsleutel(vraag.achternaam, vraag.voorvoegsel)
        slot = int.from_bytes(kluis().zoek(f"{naam}|{vraag.geboortedatum}")[:8], signed=True)
        with connections["stelsel"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [slot])
        for persoon in self.kandidaten(vraag):
            if set(vergelijk(vraag, persoon).values()) == {Gelijkenis.GELIJK}:
                return persoon
        nieuw = Persoon(
            onderwijsnummer=_nieuw_onderwijsnummer(),
            geboortedatum=OnvolledigeDatum(vraag.geboortedatum or ""),
            geslacht=vraag.geslacht,
            achternaam=vraag.achternaam,
            voorvoegsel=vraag.voorvoegsel,
            voornamen=vraag.voornamen,
            adres=vraag.adres,
        )
        neem_op([nieuw])
        return nieuw

    def gewijzigd(self, na: str, aantal: int) -> Bronwijzigingen:
        """Return whose data changed; ``na`` and ``tot`` are a transaction and a row in it."""
        transactie, id_ = (int(deel) for deel in (na or "0.0").split("."))
        with connections["stelsel"].cursor() as cursor:
            cursor.execute(
                "SELECT id, transactie FROM personen_bronpersoon"
                " WHERE transactie < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
                " AND (transactie, id) > (%s, %s) ORDER BY transactie, id LIMIT %s",
                [transactie, id_, aantal],
            )
            plaatsen = cursor.fetchall()
        if not plaatsen:
            return Bronwijzigingen((), na)
        gelezen = dict(_lees("id = ANY (%(ids)s::bigint[])", {"ids": [id_ for id_, _ in plaatsen]}))
        return Bronwijzigingen(
            tuple(gelezen[id_] for id_, _ in plaatsen), f"{plaatsen[-1][1]}.{plaatsen[-1][0]}"
        )


def neem_op(personen: Iterable[Persoon]) -> int:
    """Add persons to the built-in source and return how many; who is in it by a number already is passed over."""
    aantal = 0
    with transaction.atomic(using="stelsel"), connections["stelsel"].cursor() as cursor:
        stroom = map(_rij, personen)
        while rijen := list(islice(stroom, _BLOK)):
            cursor.execute(
                "INSERT INTO personen_bronpersoon (inhoud, zoeknaam, geboortedatum, adressleutel, bsn_versleuteld,"
                " bsn_zoeksleutel, own_versleuteld, own_zoeksleutel, transactie)"
                " SELECT rij.*, pg_current_xact_id()::text::bigint FROM unnest(%s::jsonb[], %s::text[], %s::text[],"
                " %s::text[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[]) AS rij ON CONFLICT DO NOTHING",
                [list(kolom) for kolom in zip(*rijen, strict=True)],
            )
            aantal += cursor.rowcount
    return aantal


def wijzig(pgn: Pgn, verander: Callable[[Persoon], Persoon]) -> Persoon:
    """Change a person of the built-in source and return them as they are then.

    Raises:
        LookupError: nobody has this number.
        ValueError: the person would have no number left, or one that another person has.
    """
    with transaction.atomic(using="stelsel"), connections["stelsel"].cursor() as cursor:
        sleutel = kluis().zoek(pgn)
        cursor.execute(
            "SELECT id FROM personen_bronpersoon WHERE bsn_zoeksleutel = %(s)s OR own_zoeksleutel = %(s)s FOR UPDATE",
            {"s": sleutel},
        )
        gevonden = cursor.fetchone()
        if gevonden is None:
            raise LookupError("de bron van persoonsgegevens kent dit nummer niet")
        ((id_, persoon),) = _lees("id = %(id)s", {"id": gevonden[0]})
        nieuw = verander(persoon)
        nummers = [
            kluis().zoek(nummer) for nummer in (nieuw.burgerservicenummer, nieuw.onderwijsnummer) if nummer
        ]
        cursor.execute(
            "SELECT 1 FROM personen_bronpersoon WHERE id <> %(id)s"
            " AND (bsn_zoeksleutel = ANY (%(n)s::bytea[]) OR own_zoeksleutel = ANY (%(n)s::bytea[]))",
            {"id": id_, "n": nummers},
        )
        if not nummers or cursor.fetchone():
            raise ValueError("een persoon houdt ten minste een nummer, en een nummer is van een persoon")
        cursor.execute(
            "UPDATE personen_bronpersoon SET inhoud = %s, zoeknaam = %s, geboortedatum = %s, adressleutel = %s,"
            " bsn_versleuteld = %s, bsn_zoeksleutel = %s, own_versleuteld = %s, own_zoeksleutel = %s,"
            " transactie = pg_current_xact_id()::text::bigint WHERE id = %s",
            [*_rij(nieuw), id_],
        )
        return nieuw


def _rij(persoon: Persoon) -> tuple[str | bytes | None, ...]:
    bsn, own = persoon.burgerservicenummer, persoon.onderwijsnummer
    return (
        msgspec.json.encode(replace(persoon, burgerservicenummer=None, onderwijsnummer=None)).decode(),
        naamsleutel(persoon.achternaam, persoon.voorvoegsel),
        persoon.geboortedatum or "",
        "" if persoon.geheim else adressleutel(persoon.adres),
        kluis().versleutel(bsn) if bsn else None,
        kluis().zoek(bsn) if bsn else None,
        kluis().versleutel(own) if own else None,
        kluis().zoek(own) if own else None,
    )


def _lees(voorwaarde: str, waarden: dict[str, Any]) -> list[tuple[int, Persoon]]:
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            f"SELECT {_KOLOMMEN} FROM personen_bronpersoon WHERE {voorwaarde} ORDER BY id",  # noqa: S608 - our own text
            waarden,
        )
        return [_persoon(rij) for rij in cursor.fetchall()]


def _persoon(rij: Rij) -> tuple[int, Persoon]:
    id_, inhoud, bsn, own = rij
    return id_, replace(
        _LEZER.decode(inhoud),
        burgerservicenummer=kluis().ontsleutel(bytes(bsn)) if bsn else None,
        onderwijsnummer=kluis().ontsleutel(bytes(own)) if own else None,
    )


def _nieuw_onderwijsnummer() -> Pgn:
    """Return the next fictitious onderwijsnummer that nobody has."""
    with connections["stelsel"].cursor() as cursor:
        for _ in range(MEESTE_ONDERWIJSNUMMERS):
            cursor.execute("SELECT nextval('personen_onderwijsnummer')")
            plaats = cursor.fetchone()[0] - 1
            if plaats >= MEESTE_ONDERWIJSNUMMERS:
                break
            nummer = onderwijsnummer(plaats, MEESTE_ONDERWIJSNUMMERS)
            cursor.execute(
                "SELECT 1 FROM personen_bronpersoon WHERE own_zoeksleutel = %(s)s"
                " UNION ALL SELECT 1 FROM personen_nummer WHERE zoeksleutel = %(s)s",
                {"s": kluis().zoek(nummer)},
            )
            if cursor.fetchone() is None:
                return nummer
    raise RuntimeError("de fictieve onderwijsnummers zijn op")
