"""Reading a delivery as dossiers, whatever its layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import ro_dossier
from kernregister.kern.formaten.indeling import Indeling
from kernregister.kern.formaten.recordbestand import Groep, Recordlezer
from kernregister.kern.formaten.verkennen import Verkenning, verken
from kernregister.kern.formaten.verslag import Verslag

Bouwer = Callable[[Groep, str, Verslag], Dossier]

BOUWERS: dict[str, Bouwer] = {"RO": ro_dossier.dossier_van}
"""Layout -> the function that makes a dossier of one person's records."""


class Levering:
    """A delivery of lines: read it as dossiers, in one go or in ranges, and then check its totals.

    Args:
        pad: the plain file.
        indeling: its layout.
        verslag: collects what there is to say.
    """

    def __init__(self, pad: Path, indeling: Indeling, verslag: Verslag) -> None:
        self.indeling = indeling
        self.verslag = verslag
        self.verkenning: Verkenning = verken(pad, indeling, verslag)
        self.tellingen: Counter[str] = Counter()

    @property
    def kop(self) -> Any:
        """The opening record."""
        return self.verkenning.kop

    def dossiers(self, bereik: tuple[int, int] | None = None) -> Iterator[Dossier]:
        """Give the dossiers of the file, or of a range of it (see ``verkennen.verdeel``)."""
        lezer = Recordlezer(self.verkenning, self.verslag, bereik)
        bouw = BOUWERS[self.indeling.naam]
        instelling = getattr(self.kop, "instellingscode", "")
        verslag = self.verslag
        for groep in lezer.groepen():
            yield bouw(groep, instelling, verslag)
        self.tellingen += lezer.tellingen

    def controleer_totalen(self) -> None:
        """Compare the closing record with what was read; call it when all dossiers have been given."""
        sluit = self.verkenning.sluit
        if sluit is None:
            return
        for veld, soort in self.indeling.telvelden:
            genoemd, geteld = getattr(sluit, veld), self.tellingen[soort]
            if genoemd != geteld:
                self.verslag.opmerking(
                    "controletotaal",
                    "De tellingen in het sluitrecord zijn niet die van de gelezen records. Is dit een deel van een "
                    "groter bestand?",
                    waarde=f"{soort}: sluitrecord {genoemd}, gelezen {geteld}",
                )
