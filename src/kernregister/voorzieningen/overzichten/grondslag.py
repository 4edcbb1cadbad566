"""On what an overview rests beside the stand: versions of reference data, rules and program, kept with the request."""

from __future__ import annotations

from typing import Any

from kernregister import __version__
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens


def grondslag_van() -> dict[str, Any]:
    """Return the versions of now."""
    return {
        "gegevens": stamgegevens.versie(),
        "regels": register.regelversie(),
        "programma": __version__,
    }
