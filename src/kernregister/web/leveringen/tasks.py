"""Loading a delivery, by a worker."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from kernregister.platform.taken import OPNIEUW
from kernregister.web.leveringen.laden import laad


@app.task(name="web.laad_levering", retry=OPNIEUW)
def laad_levering(levering: str) -> None:
    """Load a delivery; when the worker dies or the database is away, it begins again and changes nothing twice."""
    laad(UUID(levering))
