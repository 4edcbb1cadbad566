"""Keeping the files of overviews, as sealed pieces (``platform.stukken``).

They are written before the request is done and shown to nobody until then; after that they never change, and go when
their term has passed. What is destroyed can be made again at the same stand, as far as its persons were not destroyed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

from kernregister.kern.bewaartermijnen import termijn
from kernregister.platform import klok
from kernregister.platform.pas import Pas, met_pas
from kernregister.platform.sql import STELSEL, cursor
from kernregister.platform.stukken import PER_STUK, Geschonden, Stukken, Vernietigd
from kernregister.voorzieningen.overzichten.models import Bestand, Deel

DELEN = Stukken(Deel, "bestand", "overzicht")

MEDIA = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


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
    with pad.open("rb") as bron:
        sha256 = hashlib.file_digest(bron, "sha256").hexdigest()
        bestand = Bestand.objects.using(STELSEL).create(
            aanvraag_id=aanvraag,
            naam=pad.name,
            media=MEDIA.get(pad.suffix.lower(), "application/octet-stream"),
            omvang=bron.tell(),
            sha256=sha256,
        )
        bron.seek(0)
        DELEN.bewaar(bestand.id, iter(lambda: bron.read(PER_STUK), b""))


def bestand(nummer: int, pas: Pas | None = None) -> Iterator[bytes]:
    """Give a file piece by piece, each read by itself: no transaction waits for who receives it.

    Args:
        nummer: of the file, ``Bestand.id``.
        pas: who reads; None: the register itself.

    Raises:
        Vernietigd: it is no longer kept, or the pass does not open it.
        Geschonden: it is not what was made; of the whole of it only found at the end.
    """
    sha256 = _sha256(nummer, pas)
    if sha256 is None:
        raise Vernietigd("dit bestand is er niet")
    hash_ = hashlib.sha256()
    for stuk in DELEN.lees(nummer, pas):
        hash_.update(stuk)
        yield stuk
    if hash_.hexdigest() != sha256:
        raise Geschonden("dit bestand is niet meer wat er gemaakt is")


def _sha256(nummer: int, pas: Pas | None) -> str | None:
    van = Bestand.objects.filter(id=nummer).values_list("sha256", flat=True)
    if pas is None:
        return van.using(STELSEL).first()
    with met_pas(pas):
        return van.using("default").first()


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
