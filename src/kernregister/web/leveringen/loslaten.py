"""Letting go of deliveries: by who delivered them, and of what nobody decided on or needs any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction

from kernregister.platform import audit, klok
from kernregister.platform.sql import STELSEL
from kernregister.platform.stukken import ONTVANGST_DUURT
from kernregister.web.leveringen.models import Fout, Levering, Toestand
from kernregister.web.leveringen.rondes import BESTANDEN

GELDIG: Final = timedelta(days=14)
"""How long a file waits for somebody to decide; after that it goes."""

FOUTEN_BEWAARD: Final = timedelta(days=365)
"""How long the lines about single meldingen of a delivery are kept; the counts stay."""


def trek_in(levering: Levering, door: str) -> bool:
    """Let go of a delivery that is not applied, and of its file; False: it is too late, or was done already."""
    with transaction.atomic(using=STELSEL):
        geraakt = (
            Levering.objects.using(STELSEL)
            .filter(id=levering.id, toestand__in=(Toestand.PROEF_WACHT, Toestand.BEOORDEELD))
            .update(toestand=Toestand.INGETROKKEN, klaar_op=klok.nu())
        )
        if geraakt:
            BESTANDEN.vernietig(levering.id)
            leg_vast("levering.intrekken", levering, door)
    return bool(geraakt)


def ruim_op() -> None:
    """Let go of files about which nobody decided in time, and of old lines about single meldingen."""
    nu = klok.nu()
    alle = Levering.objects.using(STELSEL)
    alle.filter(toestand=Toestand.ONTVANGST, ontvangen_op__lt=nu - ONTVANGST_DUURT).delete()
    for levering in alle.filter(toestand=Toestand.BEOORDEELD, proef_op__lt=nu - GELDIG):
        trek_in(levering, "kernregister")
    oud = alle.filter(ontvangen_op__lt=nu - FOUTEN_BEWAARD)
    Fout.objects.using(STELSEL).filter(levering__in=oud).delete()


def leg_vast(handeling: str, levering: Levering, door: str) -> None:
    """Put in the audit trail what somebody did with a delivery."""
    audit.leg_vast(
        handeling,
        "levering",
        levering.id,
        door=door,
        namens=levering.instelling,
        details={"soort": levering.soort, "omvang": levering.omvang},
    )
