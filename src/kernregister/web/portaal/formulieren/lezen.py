"""From what was typed to a melding, with everything that is wrong with its form, each at its field."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from msgspec import Struct

from kernregister.kern.leesbaar import TAG
from kernregister.kern.regels.paspoort import Tekst
from kernregister.web.portaal.formulieren import waarden as getypt
from kernregister.web.portaal.formulieren.inhoud import Delen, gevulde_rijen, is_leeg
from kernregister.web.portaal.formulieren.tonen import Fout, Fouten, Waarden
from kernregister.web.portaal.formulieren.vorm import SCHEIDING, Groep, Lijst, Soort, Veld
from kernregister.web.portaal.taal import Taal, in_taal

_GEEN_SOORT = Tekst("Kies wat voor resultaat het is.", "Choose what kind of result it is.")


class Lezing:
    """The reading of a form; ``fouten`` is what is wrong with it.

    Args:
        delen: gives the parts of a struct that the form has.
        waarden: what was typed.
        taal: of the page.
        verplicht: names of fields that must be filled, beside those that a melding cannot do without.
    """

    def __init__(self, delen: Delen, waarden: Waarden, taal: Taal, verplicht: Collection[str] = ()) -> None:
        self.delen, self.waarden, self.taal, self.verplicht = delen, waarden, taal, verplicht
        self.fouten: Fouten = {}

    def lees(self, soort: type[Struct], voor: str = "") -> dict[str, Any]:
        """Return what was typed of a struct, as JSON knows it; what is empty is left out."""
        uit: dict[str, Any] = {}
        for deel in self.delen(soort, voor):
            naam = voor + deel.naam
            match deel:
                case Veld():
                    waarde = self._veld(deel, naam)
                case Groep():
                    waarde = self._groep(deel, naam)
                case Lijst():
                    waarde = self._lijst(deel, naam)
            if waarde is not None:
                uit[deel.naam] = waarde
        return uit

    def _fout(self, naam: str, tekst: Tekst) -> None:
        self.fouten.setdefault(naam, []).append(Fout(in_taal(tekst, self.taal)))

    def _veld(self, veld: Veld, naam: str) -> Any:
        if veld.soort is Soort.VAST:
            return None
        try:
            waarde = getypt.lees(veld, self.waarden.get(naam, ""))
        except getypt.Tikfout as fout:
            self._fout(naam, fout.tekst)
            return None
        if waarde is None and (veld.verplicht or naam in self.verplicht):
            self._fout(naam, getypt.ONTBREEKT)
        return waarde

    def _groep(self, groep: Groep, naam: str) -> dict[str, Any] | None:
        onder = naam + SCHEIDING
        if not groep.verplicht and is_leeg(onder, self.waarden):
            return None
        tag = None if None in groep.soorten else self.waarden.get(onder + TAG, "")
        if tag not in groep.soorten:
            self._fout(onder + TAG, _GEEN_SOORT)
            return None
        gelezen = self.lees(groep.soorten[tag], onder)
        return gelezen if tag is None else {TAG: tag, **gelezen}

    def _lijst(self, lijst: Lijst, naam: str) -> list[dict[str, Any]] | None:
        uit = []
        for plaats in gevulde_rijen(self.waarden, naam):
            onder = f"{naam}{SCHEIDING}{plaats}{SCHEIDING}"
            tag = None if None in lijst.soorten else self.waarden.get(onder + TAG, "")
            if tag in lijst.soorten:
                gelezen = self.lees(lijst.soorten[tag], onder)
                uit.append(gelezen if tag is None else {TAG: tag, **gelezen})
        return uit or None
