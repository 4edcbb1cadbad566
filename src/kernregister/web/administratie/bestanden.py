"""The uploaded export: taken in, kept encrypted in pieces, opened for as long as it is read, destroyed in time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from kernregister.platform import audit, klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.versleuteling import kluis
from kernregister.web.administratie.models import Stuk, Toestand, Vergelijking

STELSEL: Final = "stelsel"
GROOTSTE_EXPORT: Final = 64 << 20
"""Most bytes of an export: all students of the largest institution, a few times over."""
PER_STUK: Final = 1 << 20
_LANGSTE_NAAM: Final = 120
"""Bytes of a name: a disk takes no more than 255."""


def neem_in(instelling: str, naam: str, stukken: Iterable[bytes], *, vanaf: date, door: str) -> Vergelijking:
    """Keep an export until its term has passed."""
    nu = klok.nu()
    vergelijking = Vergelijking(
        id=uuid4(),
        instelling=instelling,
        bestand=maskeer(Path(naam).name).encode()[:_LANGSTE_NAAM].decode(errors="ignore"),
        omvang=0,
        vanaf=vanaf,
        toestand=Toestand.KOPPELEN,
        ontvangen_op=nu,
        door=door,
        bewaard_tot=klok.vandaag() + timedelta(days=settings.ADMINISTRATIE_DAGEN),
    )
    with transaction.atomic(using=STELSEL):
        vergelijking.save(using=STELSEL, force_insert=True)
        for nummer, stuk in enumerate(_in_stukken(stukken)):
            vergelijking.omvang += len(stuk)
            inhoud = kluis().sluit(stuk, _plaats(vergelijking.id, nummer))
            Stuk.objects.using(STELSEL).create(vergelijking=vergelijking, nummer=nummer, inhoud=inhoud)
        vergelijking.save(using=STELSEL)
        leg_vast("administratie.uploaden", vergelijking, door, omvang=vergelijking.omvang)
    return vergelijking


def _in_stukken(stukken: Iterable[bytes]) -> Iterator[bytes]:
    over = bytearray()
    for stuk in stukken:
        over += stuk
        while len(over) >= PER_STUK:
            yield bytes(over[:PER_STUK])
            del over[:PER_STUK]
    if over:
        yield bytes(over)


@contextmanager
def geopend(vergelijking: Vergelijking) -> Iterator[Path]:
    """Give the file for as long as the block lasts, readable by its owner only."""
    with tempfile.TemporaryDirectory(prefix="kernregister-") as map_:
        pad = Path(map_) / (vergelijking.bestand or "export")
        with pad.open("wb") as bestand:
            stukken = Stuk.objects.using(STELSEL).filter(vergelijking=vergelijking).order_by("nummer")
            for stuk in stukken.iterator():
                bestand.write(kluis().open(bytes(stuk.inhoud), _plaats(vergelijking.id, stuk.nummer)))
        yield pad


def _plaats(vergelijking: UUID, nummer: int) -> bytes:
    return f"administratie:{vergelijking}:{nummer}".encode()


def vernietig(vergelijking: Vergelijking, door: str) -> None:
    """Destroy an upload with its differences, at once."""
    with transaction.atomic(using=STELSEL):
        leg_vast("administratie.vernietigen", vergelijking, door)
        Vergelijking.objects.using(STELSEL).filter(id=vergelijking.id).delete()


def vernietig_verlopen() -> int:
    """Destroy the uploads whose term has passed; return how many."""
    verlopen = list(Vergelijking.objects.using(STELSEL).filter(bewaard_tot__lte=klok.vandaag()))
    for vergelijking in verlopen:
        vernietig(vergelijking, "kernregister")
    return len(verlopen)


def leg_vast(handeling: str, vergelijking: Vergelijking, door: str, **details: object) -> None:
    """Write in the audit trail what was done with an upload."""
    audit.leg_vast(
        handeling,
        "vergelijking",
        vergelijking.id,
        door=door,
        namens=vergelijking.instelling,
        details=details or None,
    )
