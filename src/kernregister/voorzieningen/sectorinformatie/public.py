"""The door of the room ``sectorinformatie``: ask for counts of the sector, follow them, fetch them."""

from kernregister.voorzieningen.sectorinformatie.actions import (
    bestand,
    levering,
    leveringen,
    vraag_aan,
)
from kernregister.voorzieningen.sectorinformatie.grondslag import maak_tabellen
from kernregister.voorzieningen.sectorinformatie.maken import maak
from kernregister.voorzieningen.sectorinformatie.models import Levering, Toestand

__all__ = [
    "Levering",
    "Toestand",
    "bestand",
    "levering",
    "leveringen",
    "maak",
    "maak_tabellen",
    "vraag_aan",
]
