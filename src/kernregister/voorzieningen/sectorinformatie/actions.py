"""Asking for sector information, and fetching it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from kernregister import __version__
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import audit, klok
from kernregister.platform.sql import STELSEL
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.sectorinformatie import tellen
from kernregister.voorzieningen.sectorinformatie.maken import ONVERWACHT
from kernregister.voorzieningen.sectorinformatie.models import Levering, Toestand
from kernregister.voorzieningen.sectorinformatie.tasks import maak_levering

OPGEVEN_NA = timedelta(hours=6)
"""How long after the request it is taken to be lost: its workers died over it, again and again."""

MEESTE_ONDERWEG = 5
"""What waits or is being made: each is a pass over the whole register."""


def vraag_aan(studiejaar: Studiejaar | None, stand_per: date | None, client: str) -> Levering:
    """Have sector information made by a worker, or return what was made or asked for already.

    Args:
        studiejaar: None is that of the day of counting.
        stand_per: the day of counting, with data up to and including the day before; None is today.
        client: who asks.

    Raises:
        Kwaliteitsfout: the day is to come, the studiejaar had not begun on it, or too much is under way already.
    """
    peil = kwaliteit.per(stand_per or klok.vandaag())
    jaar = kwaliteit.jaar_van(studiejaar, peil)
    assert peil.stand is not None, "per a day there is always a stand"
    waarden = tellen.parameters_van(jaar)
    grondslag = {
        "drempel": tellen.drempel(),
        "parameters": waarden.kenmerk if waarden else "",
        "programma": __version__,
    }
    sleutel = {
        "studiejaar": str(jaar),
        "stand": peil.stand,
        "stand_per": peil.dag,
        "gegevens_versie": kwaliteit.gegevens_versie(peil),
        "grondslag": grondslag,
    }
    try:
        with transaction.atomic(using=STELSEL):
            if (bestaand := _bestaande(sleutel)) is not None:
                return bestaand
            onderweg = Levering.objects.using(STELSEL).filter(toestand__in=[Toestand.WACHT, Toestand.BEZIG])
            if onderweg.filter(aangevraagd_op__gte=klok.nu() - OPGEVEN_NA).count() >= MEESTE_ONDERWEG:
                raise kwaliteit.Kwaliteitsfout(
                    f"Er worden al {MEESTE_ONDERWEG} tellingen van de sector gemaakt. Wacht tot er een klaar is."
                )
            levering = Levering.objects.using(STELSEL).create(
                id=uuid4(), client=client, aangevraagd_op=klok.nu(), toestand=Toestand.WACHT, **sleutel
            )
            audit.leg_vast(
                "sectorinformatie.aanvragen",
                "sectorinformatie",
                levering.id,
                door=client,
                details={"stand": peil.stand, "studiejaar": str(jaar)},
            )
            maak_levering.defer(levering=str(levering.id))
    except IntegrityError:  # somebody asked the same at the same moment
        gelijk = _bestaande(sleutel)
        assert gelijk is not None
        return gelijk
    return levering


def _bestaande(sleutel: dict[str, Any]) -> Levering | None:
    """Return what was asked for already; what was lost on the way is given up first, so that it can be asked again."""
    zelfde = Levering.objects.using(STELSEL).exclude(toestand=Toestand.MISLUKT).filter(**sleutel)
    zelfde.exclude(toestand=Toestand.KLAAR).filter(aangevraagd_op__lt=klok.nu() - OPGEVEN_NA).update(
        toestand=Toestand.MISLUKT, klaar_op=klok.nu(), uitleg=ONVERWACHT
    )
    return zelfde.defer("inhoud").first()


def leveringen(verbinding: str = "default") -> list[Levering]:
    """Return what was asked for, the latest first, without the files; with a pass for the sector."""
    return list(Levering.objects.using(verbinding).defer("inhoud").order_by("-aangevraagd_op")[:100])


def levering(id_: UUID, verbinding: str = "default") -> Levering | None:
    """Return one, without its file; None: not there, or not for this pass."""
    return Levering.objects.using(verbinding).defer("inhoud").filter(id=id_).first()


def bestand(id_: UUID, verbinding: str = "default") -> tuple[str, bytes] | None:
    """Return name and contents of the zip; None: not there, not ready, or not for this pass."""
    gevonden = Levering.objects.using(verbinding).filter(id=id_, toestand=Toestand.KLAAR).first()
    if gevonden is None or gevonden.inhoud is None:
        return None
    naam = f"SECTORINFORMATIE_{gevonden.studiejaar}_{gevonden.stand_per:%Y%m%d}.ZIP"
    return naam, bytes(gevonden.inhoud)
