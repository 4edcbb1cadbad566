"""The reference data together with what a collective register knows by itself, as all that is registered is judged."""

from __future__ import annotations

from typing import Final

from msgspec import structs

from kernregister.kern.gegevens import Bron, Gegevens
from kernregister.platform.geheugen import onthoud
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

VAN_HET_REGISTER: Final = frozenset(
    {Bron.ANDERE_INSTELLINGEN, Bron.NUMMERS, Bron.OVERLIJDEN, Bron.VO, Bron.VSO, Bron.VERBLIJF}
)
"""Whole dossiers, across institutions and sectors, with whose numbers they are and what the source says of persons."""


@onthoud(8)
def gegevens_van(versie: int) -> Gegevens:
    """Return a version of the reference data, with what the register itself adds.

    Raises:
        Stamgegevensfout: there is no such version.
    """
    gegevens = stamgegevens.gegevens_van(versie)
    return structs.replace(gegevens, beschikbaar=gegevens.beschikbaar | VAN_HET_REGISTER)
