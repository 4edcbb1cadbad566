"""Making sector information: one pass over the register at a stand."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db.models import QuerySet

from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.sql import STELSEL, WEG
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.sectorinformatie import tellen
from kernregister.voorzieningen.sectorinformatie.models import Levering, Toestand

_log = logging.getLogger(__name__)

ONVERWACHT = (
    "De sectorinformatie kon door een fout in het register niet worden gemaakt. Vraag haar opnieuw aan; gebeurt het "
    "weer, meld dan het nummer van deze aanvraag aan de beheerder, die de oorzaak in het logboek vindt."
)
"""What is told when making it failed."""


def maak(id_: UUID) -> None:
    """Make what was asked for; begun again after a fall it starts anew, and one that is done stays as it is."""
    mijn = Levering.objects.using(STELSEL).filter(id=id_, toestand__in=[Toestand.WACHT, Toestand.BEZIG])
    levering = mijn.first()
    if levering is None:
        return
    mijn.update(toestand=Toestand.BEZIG)
    try:
        inhoud = _maak(levering, mijn)
    except WEG:
        raise  # the task begins again
    except Exception:  # noqa: BLE001 - whatever it is, who asked is told, and the cause is in the log
        _log.exception("sectorinformatie mislukt", extra={"levering": str(id_)})
        mijn.update(toestand=Toestand.MISLUKT, klaar_op=klok.nu(), uitleg=ONVERWACHT)
        return
    mijn.update(
        toestand=Toestand.KLAAR,
        klaar_op=klok.nu(),
        inhoud=inhoud,
        sha256=hashlib.sha256(inhoud).hexdigest(),
    )


def _maak(levering: Levering, mijn: QuerySet[Levering]) -> bytes:
    peil = kwaliteit.per(levering.stand_per)
    peil = kwaliteit.Peil(peil.dag, levering.stand, peil.moment)

    def meld(gedaan: int) -> None:
        mijn.update(gedaan=gedaan)

    with TemporaryDirectory(prefix="kernregister-") as tijdelijk:
        jaar = Studiejaar.lees(levering.studiejaar)
        return tellen.maak(jaar, peil, levering.gegevens_versie, Path(tijdelijk), meld).read_bytes()
