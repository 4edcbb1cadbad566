"""What this room does by itself."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from kernregister.platform import klok
from kernregister.voorzieningen.register import bewaren, standen
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
            _log.warning("personen %s en %s blijken een persoon; zie kernregister beheer voorstellen", *paar)
        if uit.geweigerd:
            _log.error("de bron leverde %s personen die zijn geweigerd; zie het journaal", uit.geweigerd)
        if uit.gelezen < PER_KEER:
            return


@app.periodic(cron="* * * * * *", periodic_id="standen")
@app.task(name="register.nummer", queue="standen", lock="register.nummer", queueing_lock="register.nummer")
def nummer(timestamp: int) -> None:
    """Give what was applied its stand number, so that a moment is translated to a stand to the second."""
    standen.stand()


@app.periodic(cron="0 3 1 * *", periodic_id="bewaartermijnen")
@app.task(
    name="register.meld_bewaartermijnen",
    lock="register.meld_bewaartermijnen",
    queueing_lock="register.meld_bewaartermijnen",
)
def meld_bewaartermijnen(timestamp: int) -> None:
    """Tell each month of what the term has passed: somebody decides, nothing is destroyed by itself."""
    for post in bewaren.te_vernietigen(klok.vandaag()):
        _log.warning(
            "bewaartermijn verstreken: %s, %s gegevens van %s personen; zie kernregister beheer bewaartermijnen",
            post.soort,
            post.aantal,
            len(post.personen),
        )
