"""What this room does by itself."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from kernregister.platform import klok
from kernregister.voorzieningen.personen.abonnementen import verloop


@app.periodic(cron="*/10 * * * *", periodic_id="abonnementen")
@app.task(name="personen.verloop_abonnementen", queueing_lock="personen.verloop_abonnementen")
def verloop_abonnementen(timestamp: int) -> None:
    """End the subscriptions whose term has passed. Often, since the day of a demo may change at any moment."""
    with transaction.atomic(using="stelsel"):
        verloop(klok.vandaag())
