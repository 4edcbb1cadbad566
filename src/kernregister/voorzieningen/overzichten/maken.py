"""Making what was asked: the work of a task, from the stand to files that are kept."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from time import monotonic
from uuid import UUID

from django.db import transaction

from kernregister.platform import klok, spoor, verwerkingslog
from kernregister.platform.sql import STELSEL, WEG
from kernregister.voorzieningen.overzichten import bewaren, soorten, verstrekking
from kernregister.voorzieningen.overzichten.fouten import Mislukt
from kernregister.voorzieningen.overzichten.models import ONDERWEG, Aanvraag, Toestand
from kernregister.voorzieningen.overzichten.vastgelegd import vraag_van
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register

_log = logging.getLogger(__name__)

OPGEVEN_NA = timedelta(hours=2)
"""How long after it should have been there a request is taken to be lost: its workers died over it, again and again."""

_TUSSENPOOS = 0.25
"""Seconds between two tellings of how far it is."""

ONVERWACHT = (
    "Het overzicht kon door een fout in het register niet worden gemaakt. Vraag het opnieuw aan; gebeurt het weer, "
    "meld dan het nummer van deze aanvraag aan de beheerder, die de oorzaak in het logboek vindt."
)


class Voortgang:
    """How far it is, and whose data are in it: what a kind is given as ``meld``."""

    def __init__(self, aanvraag: UUID) -> None:
        self._aanvraag = Aanvraag.objects.using(STELSEL).filter(id=aanvraag)
        self._gemeld = monotonic()
        self.personen: set[int] = set()

    def __call__(self, gedaan: int, totaal: int) -> None:
        """Tell how much is done, of how much; now and then it is recorded."""
        if monotonic() - self._gemeld >= _TUSSENPOOS:
            self._gemeld = monotonic()
            self._aanvraag.update(gedaan=gedaan, totaal=totaal)

    def verstrekt(self, personen: Iterable[int]) -> None:
        """Tell of which persons there are data in the files."""
        self.personen.update(personen)


def maak(aanvraag_id: UUID) -> None:
    """Make an overview; may be done again, and makes the same. One that is done stays as it is."""
    van = Aanvraag.objects.using(STELSEL).filter(id=aanvraag_id, toestand__in=ONDERWEG)
    aanvraag = van.first()
    if aanvraag is None:
        return
    soort = soorten.soort(aanvraag.soort)
    if aanvraag.stand is None:
        aanvraag.stand = register.stand_op(aanvraag.peilmoment)
    van.update(toestand=Toestand.BEZIG, stand=aanvraag.stand)
    voortgang = Voortgang(aanvraag_id)
    try:
        if soort is None:
            raise Mislukt(f"De soort {aanvraag.soort} bestaat hier niet meer.")
        with tempfile.TemporaryDirectory(prefix="kernregister-") as map_:  # readable by its owner only
            paden = soort.maak(vraag_van(aanvraag), Path(map_), voortgang)
            bewaren.bewaar(aanvraag_id, paden)
    except Mislukt as fout:
        van.update(toestand=Toestand.MISLUKT, klaar_op=klok.nu(), uitleg=str(fout))
    except WEG:
        raise  # the task begins again
    except Exception:  # noqa: BLE001 - whatever it is, who asked is told, and the cause is in the log
        _log.exception("overzicht mislukt", extra={"aanvraag": str(aanvraag_id), "soort": aanvraag.soort})
        van.update(toestand=Toestand.MISLUKT, klaar_op=klok.nu(), uitleg=ONVERWACHT)
    else:
        _rond_af(aanvraag, voortgang)


def _rond_af(aanvraag: Aanvraag, voortgang: Voortgang) -> None:
    """Have the result appear, together with the lines that say whose data it holds."""
    aantal = len(voortgang.personen)
    bezig = Aanvraag.objects.using(STELSEL).filter(id=aanvraag.id, toestand=Toestand.BEZIG)
    with spoor.volg(verstrekking.spoor_van(aanvraag)), transaction.atomic(using=STELSEL):
        getoond = bezig.update(
            toestand=Toestand.KLAAR,
            klaar_op=klok.nu(),
            gedaan=aantal,
            totaal=aantal,
            bewaard_tot=bewaren.bewaard_tot(klok.vandaag()),
        )
        if getoond:  # what was given up meanwhile is shown to nobody
            verwerkingslog.leg_vast_voor_velen(
                verwerkingslog.Stap(
                    verstrekking.ACTIVITEIT, aanvraag.soort, aanvraag.client, aanvraag.instelling
                ),
                [personen.pseudoniem(id_) for id_ in sorted(voortgang.personen)],
            )


def geef_op() -> int:
    """Declare requests failed that were lost on the way, so that they can be asked again; return how many."""
    return (
        Aanvraag.objects.using(STELSEL)
        .filter(toestand__in=ONDERWEG, beschikbaar_op__lt=klok.nu() - OPGEVEN_NA)
        .update(toestand=Toestand.MISLUKT, klaar_op=klok.nu(), uitleg=ONVERWACHT)
    )
