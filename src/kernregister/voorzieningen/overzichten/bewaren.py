"""Keeping the files of overviews: in pieces, compressed and encrypted, each for its own place in its own file.

They are written before the request is done and shown to nobody until then; after that they never change, and go when
their term has passed. What is destroyed can be made again at the same stand, as far as its persons were not destroyed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from kernregister.kern.bewaartermijnen import termijn
from kernregister.platform import klok
from kernregister.platform.pas import Pas, met_pas
from kernregister.platform.sql import cursor
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.overzichten.models import Bestand

STELSEL = "stelsel"
PER_DEEL = 1 << 20
"""Bytes of a piece before it is compressed."""

MEDIA = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_SNEL = 1
"""Level of compression: what is kept is read once or twice, and made while somebody waits."""


class Vernietigd(LookupError):
    """The files of a request are no longer kept."""


class Geschonden(ValueError):
    """What is kept is not what was made: its hash is another."""


def bewaar(aanvraag: UUID, paden: list[Path]) -> None:
    """Keep files, in place of what an earlier try left behind.

    Each piece in a transaction of its own: one for all of them would hold up the stand numbers of everybody.
    """
    with cursor() as sql:
        sql.execute(
            "DELETE FROM overzichten_deel d USING overzichten_bestand b"
            " WHERE b.id = d.bestand_id AND b.aanvraag_id = %s",
            [aanvraag],
        )
        sql.execute("DELETE FROM overzichten_bestand WHERE aanvraag_id = %s", [aanvraag])
    for pad in paden:
        _bewaar(aanvraag, pad)


def _bewaar(aanvraag: UUID, pad: Path) -> None:
    hash_, omvang = hashlib.sha256(), 0
    with pad.open("rb") as bron:
        while stuk := bron.read(PER_DEEL):
            hash_.update(stuk)
            omvang += len(stuk)
        bestand = Bestand.objects.using(STELSEL).create(
            aanvraag_id=aanvraag,
            naam=pad.name,
            media=MEDIA.get(pad.suffix.lower(), "application/octet-stream"),
            omvang=omvang,
            sha256=hash_.hexdigest(),
        )
        bron.seek(0)
        nummer = 0
        while stuk := bron.read(PER_DEEL):
            gepakt = zlib.compress(stuk, _SNEL)
            with cursor() as sql:
                sql.execute(
                    "INSERT INTO overzichten_deel (bestand_id, nummer, inhoud) VALUES (%s, %s, %b)",
                    [bestand.id, nummer, kluis().sluit(gepakt, _plaats(bestand.id, nummer))],
                    prepare=True,
                )
            nummer += 1


def bestand(nummer: int, pas: Pas | None = None) -> Iterator[bytes]:
    """Give a file piece by piece, each read by itself: no transaction waits for who receives it.

    Args:
        nummer: of the file, ``Bestand.id``.
        pas: who reads; None: the register itself.

    Raises:
        Vernietigd: it is no longer kept, or the pass does not open it.
        Geschonden: it is not what was made; only found at the end.
    """
    kop = _kop(nummer, pas)
    if kop is None:
        raise Vernietigd("dit bestand is er niet meer")
    omvang, sha256 = kop
    hash_ = hashlib.sha256()
    for deel in range(-(-omvang // PER_DEEL)):
        versleuteld = _deel(nummer, deel, pas)
        if versleuteld is None:
            raise Vernietigd("dit bestand is er niet meer")
        stuk = zlib.decompress(kluis().open(versleuteld, _plaats(nummer, deel)))
        hash_.update(stuk)
        yield stuk
    if hash_.hexdigest() != sha256:
        raise Geschonden("dit bestand is niet meer wat er gemaakt is")


def _kop(nummer: int, pas: Pas | None) -> Any:
    return _een("SELECT omvang, sha256 FROM overzichten_bestand WHERE id = %s", [nummer], pas)


def _deel(nummer: int, deel: int, pas: Pas | None) -> bytes | None:
    rij = _een(
        "SELECT inhoud FROM overzichten_deel WHERE bestand_id = %s AND nummer = %s", [nummer, deel], pas
    )
    return None if rij is None else bytes(rij[0])


def _een(vraag: str, waarden: list[int], pas: Pas | None) -> Any:
    if pas is None:
        with cursor() as sql:
            return sql.execute(vraag, waarden, binary=True).fetchone()
    with met_pas(pas), cursor("default") as sql:
        return sql.execute(vraag, waarden, binary=True).fetchone()


def _plaats(bestand_id: int, nummer: int) -> bytes:
    return f"overzicht:{bestand_id}:{nummer}".encode()


def bewaard_tot(dag: date) -> date:
    """Return the first day on which files that were made on a day are no longer kept."""
    return termijn("overzicht", dag).tot(dag)


def vernietig() -> int:
    """Destroy the files whose term has passed; return of how many requests."""
    with cursor() as sql:
        rij = sql.execute("SELECT overzichten_vernietig(%s)", [klok.vandaag()]).fetchone()
    return int(rij[0]) if rij else 0


def hoofdbestand(aanvraag: UUID) -> Bestand:
    """Return the file that a request is about: the first that was made.

    Raises:
        LookupError: there is no such request, or it is not done.
    """
    gevonden = (
        Bestand.objects.using(STELSEL)
        .filter(aanvraag_id=aanvraag, aanvraag__toestand="klaar")
        .order_by("id")
        .first()
    )
    if gevonden is None:
        raise LookupError("de aanvraag is er niet, of is nog niet klaar")
    return gevonden
