"""Asking for sector information, making it, and fetching it."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from django.db import transaction

from kernregister import __version__
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.sectorinformatie import tellen
from kernregister.voorzieningen.sectorinformatie.models import Levering, Toestand

STELSEL = "stelsel"


def vraag_aan(studiejaar: Studiejaar | None, stand_per: date | None, client: str) -> Levering:
    """Have sector information made by a worker, or return what was made or asked for already.

    Args:
        studiejaar: None is that of the day of counting.
        stand_per: the day of counting, with data up to and including the day before; None is today.
        client: who asks.

    Raises:
        Kwaliteitsfout: the day is to come, or the studiejaar had not begun on it.
    """
    from kernregister.voorzieningen.sectorinformatie.tasks import maak_levering

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
    with transaction.atomic(using=STELSEL):
        bestaand = (
            Levering.objects.using(STELSEL).exclude(toestand=Toestand.MISLUKT).filter(**sleutel).first()
        )
        if bestaand is not None:
            return bestaand
        levering = Levering.objects.using(STELSEL).create(
            id=uuid4(), client=client, aangevraagd_op=klok.nu(), toestand=Toestand.WACHT, **sleutel
        )
        maak_levering.defer(levering=str(levering.id))
    return levering


def maak(id_: UUID) -> None:
    """Make what was asked for; begun again after a fall it starts anew."""
    mijn = Levering.objects.using(STELSEL).filter(id=id_)
    levering = mijn.first()
    if levering is None or levering.toestand in {Toestand.KLAAR, Toestand.MISLUKT}:
        return
    mijn.update(toestand=Toestand.BEZIG)
    peil = kwaliteit.per(levering.stand_per)
    peil = kwaliteit.Peil(peil.dag, levering.stand, peil.moment)
    with TemporaryDirectory() as tijdelijk:
        zip_ = tellen.maak(
            Studiejaar.lees(levering.studiejaar),
            peil,
            levering.gegevens_versie,
            Path(tijdelijk),
            lambda gedaan: mijn.update(gedaan=gedaan) and None,
        )
        inhoud = zip_.read_bytes()
    mijn.update(
        toestand=Toestand.KLAAR,
        klaar_op=klok.nu(),
        inhoud=inhoud,
        sha256=hashlib.sha256(inhoud).hexdigest(),
    )


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
