"""The uploaded export: taken in, opened for as long as it is read, destroyed in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.platform import audit, klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import STELSEL
from kernregister.platform.stukken import ONTVANGST_DUURT, Geschonden, Stukken, Vernietigd
from kernregister.web.administratie.models import Stuk, Toestand, Vergelijking

GROOTSTE_EXPORT: Final = 64 << 20
"""Most bytes of an export: all students of the largest institution, a few times over."""
_LANGSTE_NAAM: Final = 120
"""Bytes of a name: a disk takes no more than 255."""

BESTANDEN: Final = Stukken(Stuk, "vergelijking", "administratie")
"""The exports themselves."""


def neem_in(instelling: str, naam: str, stukken: Iterable[bytes], *, vanaf: date, door: str) -> Vergelijking:
    """Keep an export until its term has passed; when it breaks off while it comes in, nothing of it stays."""
    nu = klok.nu()
    vergelijking = Vergelijking(
        id=uuid4(),
        instelling=instelling,
        bestand=maskeer(Path(naam).name).encode()[:_LANGSTE_NAAM].decode(errors="ignore"),
        omvang=0,
        vanaf=vanaf,
        toestand=Toestand.ONTVANGST,
        ontvangen_op=nu,
        door=door,
        bewaard_tot=klok.vandaag() + timedelta(days=settings.ADMINISTRATIE_DAGEN),
    )
    vergelijking.omvang = BESTANDEN.neem_in(vergelijking, stukken).omvang
    vergelijking.toestand = Toestand.KOPPELEN
    with transaction.atomic(using=STELSEL):
        vergelijking.save(using=STELSEL, force_update=True)
        leg_vast("administratie.uploaden", vergelijking, door, omvang=vergelijking.omvang)
    return vergelijking


@contextmanager
def geopend(vergelijking: Vergelijking) -> Iterator[Path]:
    """Give the file for as long as the block lasts, readable by its owner only.

    Raises:
        OnbruikbaarBestand: it is not there as it was uploaded.
    """
    try:
        with BESTANDEN.als_bestand(vergelijking.id, vergelijking.bestand or "export") as pad:
            yield pad
    except (Geschonden, Vernietigd):
        raise OnbruikbaarBestand(
            "Het bestand is niet meer zoals het is aangeleverd. Vernietig het, en lever het opnieuw aan."
        ) from None


def vernietig(vergelijking: Vergelijking, door: str) -> None:
    """Destroy an upload with its differences, at once."""
    with transaction.atomic(using=STELSEL):
        leg_vast("administratie.vernietigen", vergelijking, door)
        Vergelijking.objects.using(STELSEL).filter(id=vergelijking.id).delete()


def vernietig_verlopen() -> int:
    """Destroy the uploads whose term has passed; return how many."""
    onderweg = Vergelijking.objects.using(STELSEL).filter(toestand=Toestand.ONTVANGST)
    onderweg.filter(ontvangen_op__lt=klok.nu() - ONTVANGST_DUURT).delete()
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
