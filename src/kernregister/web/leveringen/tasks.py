"""Loading a delivery, by a worker."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from kernregister.web.leveringen.laden import laad


@app.task(name="web.laad_levering")
def laad_levering(levering: str) -> None:
    """Load a delivery; when the worker dies, another begins again and changes nothing twice."""
    laad(UUID(levering))
