"""Mending differences together: chosen by a user, tried in the real door without keeping anything, then done.

Each assignment has an id of its own from which the ids of its meldingen follow: whatever breaks off is done again and
changes nothing twice. What is refused stays a difference, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from kernregister.platform import klok
from kernregister.platform.sql import STELSEL
from kernregister.platform.taken import onderhanden
from kernregister.vergelijking.wijzigen import SAMEN, Keuze
from kernregister.web.administratie.bestanden import leg_vast
from kernregister.web.administratie.models import TE_DOEN, Afloop, Opdracht, Stap, Vergelijking, Verschil
from kernregister.web.administratie.tasks import beproef_opdracht, voer_opdracht_door

_TAKEN: Final[dict[Stap, Any]] = {
    Stap.PROEF_WACHT: beproef_opdracht,
    Stap.PROEF: beproef_opdracht,
    Stap.WACHT: voer_opdracht_door,
    Stap.BEZIG: voer_opdracht_door,
}
"""What does an assignment that waits or is going on."""


def begin(
    vergelijking: Vergelijking,
    rijen: QuerySet[Verschil],
    keuze: Keuze,
    *,
    door: str,
    dag: date | None = None,
    reden: str = "",
) -> Opdracht | None:
    """Make an assignment of differences and have it tried; None: there is nothing to do.

    An end goes with its reason: the one takes the other along. What is being done for another assignment is left to
    that one; what was only tried for another goes over to this one.
    """
    with transaction.atomic(using=STELSEL):
        _een_tegelijk(vergelijking.pk)
        te_doen = list(
            rijen.using(STELSEL)
            .filter(vergelijking=vergelijking, afloop__in=TE_DOEN)
            .exclude(opdracht__in=_in_handen())
        )
        ids = {rij.pk for rij in te_doen} | {rij.pk for rij in _erbij(vergelijking, te_doen)}
        if not ids:
            return None
        opdracht = Opdracht.objects.using(STELSEL).create(
            id=uuid4(),
            vergelijking=vergelijking,
            instelling=vergelijking.instelling,
            keuze=keuze.value,
            dag=dag,
            reden=reden,
            toestand=Stap.PROEF_WACHT,
            moment=klok.nu(),
            door=door,
            aantal=len(ids),
        )
        Verschil.objects.using(STELSEL).filter(pk__in=ids).update(opdracht=opdracht, antwoord={})
        beproef_opdracht.defer(opdracht=str(opdracht.id))
    return opdracht


def _erbij(vergelijking: Vergelijking, gekozen: list[Verschil]) -> Iterable[Verschil]:
    """Return the differences that are only right together with those that were chosen."""
    records = {(rij.wie, tuple(rij.plaats)) for rij in gekozen if rij.veld in SAMEN}
    if not records:
        return []
    mogelijk = (
        Verschil.objects.using(STELSEL)
        .filter(
            vergelijking=vergelijking, afloop__in=TE_DOEN, veld__in=SAMEN, wie__in={wie for wie, _ in records}
        )
        .exclude(opdracht__in=_in_handen())
    )
    return [rij for rij in mogelijk if (rij.wie, tuple(rij.plaats)) in records]


def voer_door(opdracht: Opdracht, door: str) -> bool:
    """Have an assignment done that was tried; again, it changes nothing.

    False: what was tried is no longer what would be done, because some of it was solved or taken over by a colleague
    meanwhile. Then nothing is done; what is left is tried anew, and an assignment of which nothing is left goes.
    """
    deze = Opdracht.objects.using(STELSEL).filter(id=opdracht.id, toestand=Stap.VOORSTEL)
    with transaction.atomic(using=STELSEL):
        _een_tegelijk(opdracht.vergelijking_id)
        over = Verschil.objects.using(STELSEL).filter(opdracht=opdracht.id, afloop__in=TE_DOEN).count()
        if over < opdracht.aantal and deze.exists():
            if over:
                deze.update(toestand=Stap.PROEF_WACHT, aantal=over, gedaan=0)
                beproef_opdracht.defer(opdracht=str(opdracht.id))
            else:
                deze.delete()
            return False
        if deze.update(toestand=Stap.WACHT, gedaan=0):
            leg_vast(
                "administratie.doorvoeren",
                opdracht.vergelijking,
                door,
                aantal=opdracht.aantal,
                keuze=opdracht.keuze,
            )
            voer_opdracht_door.defer(opdracht=str(opdracht.id))
    return True


def staat_stil(opdracht: Opdracht) -> bool:
    """Tell whether an assignment was begun of which no task waits or runs: it failed, and nobody goes on with it."""
    taak = _TAKEN.get(Stap(opdracht.toestand))
    return taak is not None and str(opdracht.id) not in onderhanden([taak.name], "opdracht")


def hervat(opdracht: Opdracht, door: str) -> None:
    """Have an assignment gone on with that stands still; of one that does not, nothing changes."""
    with transaction.atomic(using=STELSEL):
        _een_tegelijk(opdracht.vergelijking_id)
        opdracht = Opdracht.objects.using(STELSEL).get(id=opdracht.id)
        if staat_stil(opdracht):
            leg_vast("administratie.hervatten", opdracht.vergelijking, door, aantal=opdracht.aantal)
            _TAKEN[Stap(opdracht.toestand)].defer(opdracht=str(opdracht.id))


def _in_handen() -> list[UUID]:
    """Return the assignments that are being done; one that a failure broke off is not."""
    return [UUID(een) for een in onderhanden([voer_opdracht_door.name], "opdracht")]


def _een_tegelijk(vergelijking: UUID) -> None:
    """Let those who decide about the same differences go one after the other."""
    Vergelijking.objects.using(STELSEL).select_for_update().get(pk=vergelijking)


def zet_op_lijst(vergelijking: Vergelijking, rijen: QuerySet[Verschil], *, terug: bool, door: str) -> int:
    """Put differences on the list to correct in the own administration, or take them off; return how many."""
    van, naar = (
        (Q(afloop=Afloop.EIGEN), Afloop.OPEN)
        if terug
        else (
            Q(afloop__in=(Afloop.OPEN, Afloop.GEWEIGERD)),
            Afloop.EIGEN,
        )
    )
    with transaction.atomic(using=STELSEL):
        aantal = (
            rijen.using(STELSEL)
            .filter(van, vergelijking=vergelijking)
            .update(afloop=naar, afloop_op=klok.nu())
        )
        if aantal:
            leg_vast("administratie.eigen", vergelijking, door, aantal=aantal, terug=terug)
    return aantal
