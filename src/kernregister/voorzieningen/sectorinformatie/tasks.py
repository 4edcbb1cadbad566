"""Making sector information, by a worker."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from kernregister.platform.taken import OPNIEUW
from kernregister.voorzieningen.sectorinformatie.maken import maak


@app.task(name="sectorinformatie.maak", queue="sectorinformatie", retry=OPNIEUW)
def maak_levering(levering: str) -> None:
    """Make what was asked for; when the worker dies, another begins again."""
    maak(UUID(levering))
