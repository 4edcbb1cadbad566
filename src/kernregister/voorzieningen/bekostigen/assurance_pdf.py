"""Whether a file is a PDF that may be kept and opened: judged by its content, in a process of its own.

Libraries that read PDF have a history of files on which they never end. So the reading is done by a child without
secrets, with limits on its time and its memory; what it cannot finish is refused.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from kernregister.platform.nummers import maskeer

GROOTST: Final = 20 << 20
"""Most bytes of a report."""

TIJD: Final = 20.0
"""Seconds that the reading may take."""

NAAM: Final = re.compile(r"[A-Za-z0-9._-]{1,50}", re.ASCII)
"""Form of a file name (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 11: of an attachment)."""

_LEZER: Final = Path(__file__).with_name("assurance_pdf_lezer.py")
_BLIJFT: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "TEMP")
"""What of the environment the child needs to start; keys and addresses stay behind."""

BEZWAREN: Final = {
    "leeg": "Het bestand is leeg. Kies het assurancerapport als PDF.",
    "te-groot": f"Het bestand is groter dan {GROOTST >> 20} MB. Bewaar het rapport met kleinere afbeeldingen.",
    "geen-pdf": "Het bestand is geen PDF, wat de naam ook zegt. Bewaar het rapport als PDF en bied dat bestand aan.",
    "afgekapt": "De PDF is niet compleet: het einde ontbreekt. Haal het bestand opnieuw op bij de accountant.",
    "staart": "Achter het einde van de PDF staat nog iets anders. Bewaar het rapport opnieuw als PDF.",
    "beschadigd": "De PDF is beschadigd of onvolledig. Haal het bestand opnieuw op bij de accountant.",
    "versleuteld": "De PDF is versleuteld of met een wachtwoord beveiligd. Bied het rapport zonder beveiliging aan.",
    "script": "De PDF bevat een script of een XFA-formulier. Bewaar het rapport als gewone PDF, bij voorkeur PDF/A.",
    "opdracht": "De PDF start bij het lezen een ander programma of bestand, of verstuurt gegevens. Haal dat eruit.",
    "ingesloten": "In de PDF is een ander bestand of geluid of beeld ingesloten. Bied alleen het rapport zelf aan.",
    "zonder-bladen": "De PDF heeft geen bladzijden. Kies het bestand met het rapport.",
    "te-ingewikkeld": "De PDF is niet binnen redelijke tijd te lezen. Bewaar het rapport opnieuw als PDF.",
    "naam": "De bestandsnaam bestaat uit 1 tot en met 50 letters, cijfers, punten, streepjes en lage streepjes.",
    "naam-soort": "De bestandsnaam eindigt niet op .pdf. Geef het rapport een naam die daarop eindigt.",
    "naam-nummer": "In de bestandsnaam staat een BSN of onderwijsnummer. Geef het bestand een andere naam.",
}
"""Code of an objection -> what is wrong and how to mend it."""


class Keuring(Struct, frozen=True):
    """What came of looking at a file: its pages, or all that is wrong with it, as codes of ``BEZWAREN``."""

    bladen: int = 0
    bezwaren: tuple[str, ...] = ()


def keur_naam(naam: str) -> list[str]:
    """Return what is wrong with the name of a file, as codes of ``BEZWAREN``."""
    uit = []
    if NAAM.fullmatch(naam) is None:
        uit.append("naam")
    if not naam.lower().endswith(".pdf"):
        uit.append("naam-soort")
    if maskeer(naam) != naam:
        uit.append("naam-nummer")
    return uit


def keur(inhoud: bytes) -> Keuring:
    """Look at the content of a file; never fails, whatever is in it."""
    if not inhoud:
        return Keuring(bezwaren=("leeg",))
    if len(inhoud) > GROOTST:
        return Keuring(bezwaren=("te-groot",))
    if not inhoud.startswith(b"%PDF-"):
        return Keuring(bezwaren=("geen-pdf",))
    omgeving = {naam: os.environ[naam] for naam in _BLIJFT if naam in os.environ}
    try:
        kind = subprocess.run(  # noqa: S603 - our own program, by its full path
            [sys.executable, "-I", "-B", str(_LEZER)],
            input=inhoud,
            capture_output=True,
            timeout=TIJD,
            env=omgeving,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Keuring(bezwaren=("te-ingewikkeld",))
    if kind.returncode:
        return Keuring(bezwaren=("te-ingewikkeld",))
    return msgspec.json.decode(kind.stdout, type=Keuring)
