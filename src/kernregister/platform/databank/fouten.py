"""What goes wrong with a database, in words for the person who runs it."""

from __future__ import annotations

from pathlib import Path


class Databankfout(Exception):
    """The database cannot be had; the text says what is wrong and how to mend it."""


_SHM = (
    "Er is geen gedeeld geheugen over voor PostgreSQL. Sluit andere programma's, of geef de container meer "
    "(bij Docker: --shm-size=256m)."
)
_OORZAKEN = {
    # Memory first: what follows in such a line is about a disk.
    "could not create shared memory segment": _SHM,
    "could not resize shared memory segment": _SHM,
    "No space left on device": "De schijf is vol. Maak ruimte vrij voor {map} en start opnieuw.",
    "Disk quota exceeded": "De schijfruimte van deze gebruiker is op. Maak ruimte vrij voor {map} en start opnieuw.",
    "Read-only file system": "{map} ligt op een schijf waarop niet geschreven mag worden. Kies met "
    "KERNREGISTER_VAR een andere map.",
    "Permission denied": "PostgreSQL heeft geen rechten op {map}. Geef de map aan de gebruiker die "
    "Kernregister start, of kies met KERNREGISTER_VAR een andere map.",
    "has wrong ownership": "{map} is van een andere gebruiker. Start Kernregister als de eigenaar van de "
    "map, of kies met KERNREGISTER_VAR een andere map.",
    "Cannot allocate memory": "Er is te weinig geheugen om PostgreSQL te starten. Sluit andere programma's.",
    "Address already in use": "De poort van PostgreSQL is al in gebruik. Kies een andere poort.",
}


def verklaar(wat: str, uitvoer: str, map_: Path) -> Databankfout:
    """Return the error for a program of PostgreSQL that failed: a known cause in words, or its own last lines."""
    for kenmerk, tekst in _OORZAKEN.items():
        if kenmerk in uitvoer:
            return Databankfout(tekst.format(map=map_))
    regels = [regel for regel in uitvoer.splitlines() if regel.strip()][-5:]
    return Databankfout("\n".join([f"{wat} lukt niet in {map_}. PostgreSQL zegt:", *regels]))
