"""What this room does by itself."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from kernregister.voorzieningen.register.verversing import PER_KEER, ververs

_log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *", periodic_id="persoonsgegevens")
@app.task(
    name="register.ververs_persoonsgegevens",
    lock="register.ververs_persoonsgegevens",
    queueing_lock="register.ververs_persoonsgegevens",
)
def ververs_persoonsgegevens(timestamp: int) -> None:
    """Bring in all that changed at the source of person data."""
    while True:
        uit = ververs()
        for paar in uit.samen:
            _log.warning("personen %s en %s blijken een persoon: voeg ze samen", *paar)
        if uit.geweigerd:
            _log.error("de bron leverde %s personen die zijn geweigerd; zie het journaal", uit.geweigerd)
        if uit.gelezen < PER_KEER:
            return
