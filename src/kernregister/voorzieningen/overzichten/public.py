"""The door of the room ``overzichten``: ask for overviews, follow them, fetch their files, and register kinds."""

from kernregister.platform.stukken import Geschonden, Vernietigd
from kernregister.voorzieningen.overzichten.actions import VASTGELEGD, Wens, vraag_aan
from kernregister.voorzieningen.overzichten.bewaren import bestand, hoofdbestand
from kernregister.voorzieningen.overzichten.fouten import Mislukt
from kernregister.voorzieningen.overzichten.maken import maak
from kernregister.voorzieningen.overzichten.models import Aanvraag, Bestand, Toestand
from kernregister.voorzieningen.overzichten.queries import MEESTE, aanvraag, aanvragen, bestanden
from kernregister.voorzieningen.overzichten.soorten import (
    Bezwaar,
    Meld,
    Soort,
    Vraag,
    namen,
    registreer,
    soort,
)
from kernregister.voorzieningen.overzichten.uitleg import Bron
from kernregister.voorzieningen.overzichten.vergelijken import open_bestand
from kernregister.voorzieningen.overzichten.verstrekking import leg_verstrekking_vast

__all__ = [
    "MEESTE",
    "VASTGELEGD",
    "Aanvraag",
    "Bestand",
    "Bezwaar",
    "Bron",
    "Geschonden",
    "Meld",
    "Mislukt",
    "Soort",
    "Toestand",
    "Vernietigd",
    "Vraag",
    "Wens",
    "aanvraag",
    "aanvragen",
    "bestand",
    "bestanden",
    "hoofdbestand",
    "leg_verstrekking_vast",
    "maak",
    "namen",
    "open_bestand",
    "registreer",
    "soort",
    "vraag_aan",
]
