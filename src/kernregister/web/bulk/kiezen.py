"""Choosing a bulk change: of whom, who is left out after the dry run, and the decision to do it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

import msgspec
from django.db import transaction

from kernregister.platform import audit, klok
from kernregister.platform.sql import STELSEL
from kernregister.platform.taken import onderhanden
from kernregister.web.bulk.models import Bulk, Regel, Toestand, Uitkomst
from kernregister.web.bulk.tasks import doe_bulk
from kernregister.web.bulk.uitvoeren import draai, regels_van
from kernregister.web.bulk.wijzigen import Wijziging

METEEN: Final = 25
"""So many students are done while somebody waits; more of them by a worker."""

EVEN: Final = timedelta(minutes=1)
"""Longer than it takes what is done while somebody waits."""

MEESTE: Final = 5000
"""Students in one bulk change."""


def maak(
    instelling: str, door: str, namens: str, wijziging: Wijziging, gekozen: Iterable[tuple[int, str]]
) -> Bulk:
    """Keep a bulk change with the enrolments that were chosen, and have the dry run done.

    Args:
        instelling: whose enrolments.
        door: who asks for it.
        namens: in whose name, as the audit trail calls it.
        wijziging: what changes.
        gekozen: person and volgnummer of each enrolment, at most `MEESTE`.
    """
    regels = list(gekozen)[:MEESTE]
    with transaction.atomic(using=STELSEL):
        bulk = Bulk.objects.using(STELSEL).create(
            id=uuid4(),
            instelling=instelling,
            door=door,
            namens=namens,
            wijziging=msgspec.to_builtins(wijziging),
            toestand=Toestand.BEOORDELEN,
            gemaakt_op=klok.nu(),
            aantal=len(regels),
        )
        Regel.objects.using(STELSEL).bulk_create(
            Regel(
                bulk=bulk,
                instelling=instelling,
                volgorde=plaats,
                persoon_id=persoon,
                inschrijvingvolgnummer=volgnummer,
            )
            for plaats, (persoon, volgnummer) in enumerate(regels)
        )
    _laat_doen(bulk)
    return bulk


def kies(bulk_id: UUID, instelling: str, mee: Collection[int], weg: Collection[int]) -> None:
    """Take some in and leave others out, before it is done; who would be refused cannot be taken in.

    Args:
        bulk_id: of the change.
        instelling: whose it is.
        mee: places (``volgorde``) of the enrolments that are to be changed.
        weg: places of those that stay as they are.
    """
    with transaction.atomic(using=STELSEL):
        bulk = Bulk.objects.using(STELSEL).select_for_update().get(id=bulk_id, instelling=instelling)
        if bulk.toestand != Toestand.BEOORDEELD:
            return
        for plaatsen, van, naar in (
            (mee, Uitkomst.WEGGELATEN, Uitkomst.GOED),
            (weg, Uitkomst.GOED, Uitkomst.WEGGELATEN),
        ):
            regels_van(bulk).filter(volgorde__in=plaatsen, uitkomst=van).update(uitkomst=naar)


def besluit(bulk_id: UUID, instelling: str, door: str, namens: str) -> bool:
    """Have a bulk change done for real; one that is done, or being done, is left alone.

    Returns:
        Whether there is anything to do: false when everybody was left out, is refused, or was so already.
    """
    with transaction.atomic(using=STELSEL):
        bulk = Bulk.objects.using(STELSEL).select_for_update().get(id=bulk_id, instelling=instelling)
        if bulk.toestand != Toestand.BEOORDEELD:
            return True
        te_doen = regels_van(bulk).filter(uitkomst=Uitkomst.GOED).count()
        if not te_doen:
            return False
        bulk.toestand, bulk.begonnen_op, bulk.gedaan = Toestand.DOORVOEREN, klok.nu(), 0
        bulk.door = door
        bulk.save(using=STELSEL)
        audit.leg_vast(
            "bulk.doorvoeren",
            "bulk",
            bulk_id,
            door=door,
            namens=namens,
            details={"aantal": te_doen, "wijziging": bulk.wijziging["type"]},
        )
    _laat_doen(bulk)
    return True


def staat_stil(bulk: Bulk) -> bool:
    """Tell whether a change was begun of which no task waits or runs: it failed, and nobody goes on with it."""
    begonnen = bulk.begonnen_op or bulk.gemaakt_op
    if bulk.toestand not in (Toestand.BEOORDELEN, Toestand.DOORVOEREN) or klok.nu() - begonnen < EVEN:
        return False
    return str(bulk.id) not in onderhanden([doe_bulk.name], "bulk")


def hervat(bulk_id: UUID, instelling: str) -> None:
    """Have a change gone on with that stands still, by a worker; of one that does not, nothing changes."""
    bulk = Bulk.objects.using(STELSEL).get(id=bulk_id, instelling=instelling)
    if staat_stil(bulk):
        _vraag(bulk)


def _laat_doen(bulk: Bulk) -> None:
    if bulk.aantal <= METEEN:
        draai(bulk.id)
    else:
        _vraag(bulk)


def _vraag(bulk: Bulk) -> None:
    doe_bulk.configure(lock=f"bulk-{bulk.id}").defer(bulk=str(bulk.id))
