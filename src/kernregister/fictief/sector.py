"""The fictitious sector as a whole: a stream of dossiers, their reference data, and the planted truth."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from kernregister.fictief.fouten import keur_fouten, planters
from kernregister.fictief.instellingen import School, aantal_voor, scholen
from kernregister.fictief.kalender import PEILDATUM, Kalender
from kernregister.fictief.nummers import (
    MEESTE_BSN,
    MEESTE_ONDERWIJSNUMMERS,
    burgerservicenummer,
    onderwijsnummer,
)
from kernregister.fictief.planting import ALLEEN_BI, OP_ONDERWIJSNUMMER, Planting
from kernregister.fictief.stamgegevens import gegevens_van
from kernregister.fictief.student import Loopbaan, Nummers, student
from kernregister.fictief.toeval import Toeval
from kernregister.fictief.waarheid import Geval, Waarheid
from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Gegevens

EEN_OP: Final = 100
"""One person in so many has an onderwijsnummer only."""

_SCHIKKING: Final = 1 << 38
"""The place, beyond those of the dossiers, of the choices that concern the sector as a whole."""


class _Plaatsing(NamedTuple):
    """A case to plant: ``nummer`` cases of the same rule come before it, ``buur`` is another funded institution."""

    regel: str
    nummer: int
    school: School
    buur: School


class Sector:
    """A fictitious sector. Each dossier is a function of the arguments and its place, so any part can be made alone.

    Dossiers are in order of person number: burgerservicenummers, then onderwijsnummers.

    Args:
        dossiers: how many persons.
        zaad: another seed gives another sector.
        fouten: rule -> number of cases to plant (see ``fouten.lees_fouten``); none: nothing is wrong anywhere.
        peildatum: the day on which the files are made.
        instellingen: how many institutions; by default it follows the number of dossiers, up to sixty.

    Raises:
        ValueError: the sector cannot be that large or small, or cannot hold those faults.
    """

    def __init__(
        self,
        dossiers: int = 2000,
        zaad: int = 1,
        fouten: Mapping[str, int] | None = None,
        peildatum: date = PEILDATUM,
        instellingen: int | None = None,
    ) -> None:
        if not 1 <= dossiers <= MEESTE_BSN:
            raise ValueError(f"een sector heeft 1 tot en met {MEESTE_BSN} dossiers")
        if not 0 <= zaad < 1 << 64:
            raise ValueError("het zaad is een getal van 0 tot 2^64")
        if instellingen is not None and not 3 <= instellingen <= 60:
            raise ValueError("een sector heeft 3 tot en met 60 instellingen")
        self.aantal = dossiers
        self.zaad = zaad
        self.kalender = Kalender.voor(peildatum)
        keur_fouten(fouten or {}, self.kalender)
        self.scholen = scholen(instellingen or aantal_voor(dossiers), zaad)
        self.gegevens: Gegevens = gegevens_van(self.scholen, self.kalender)
        self._grenzen = list(accumulate(school.gewicht for school in self.scholen))
        self._anderen = [[ander for ander in self.scholen if ander is not school] for school in self.scholen]
        self._met_onderwijsnummer = dossiers // EEN_OP
        self._bekend = 0
        """Persons of whom both numbers are known; their burgerservicenummers are the last in the row."""
        self._gevallen = self._plaats_gevallen(fouten or {})

    def dossiers(self, begin: int = 0, eind: int | None = None) -> Iterator[Dossier]:
        """Give the dossiers, or those of a range of places."""
        for plaats in range(begin, self.aantal if eind is None else min(eind, self.aantal)):
            yield self.dossier(plaats)

    def dossier(self, plaats: int) -> Dossier:
        """Return the dossier at a place (from 0)."""
        if plaats in self._gevallen:
            return self._plant(plaats).dossier()
        t = Toeval(self.zaad, plaats)
        school = self.scholen[bisect(self._grenzen, t.trek() * self._grenzen[-1])]
        loop = Loopbaan(t, self.kalender, plaats, plaats >= self._bsn_tot)
        student(loop, school, self._anderen[school.plaats])
        return loop.dossier(self._nummers(plaats))

    @cached_property
    def waarheid(self) -> Waarheid:
        """All planted cases, in order of place."""
        gevallen = []
        for plaats in sorted(self._gevallen):
            planting = self._plant(plaats)
            planting.dossier()
            regel = self._gevallen[plaats].regel
            gevallen.append(Geval(regel, planting.school.code, planting.pgn, planting.verwacht))
        return Waarheid(self.zaad, self.aantal, self.kalender.peildatum, gevallen)

    @property
    def _bsn_tot(self) -> int:
        """The first place of who is known by an onderwijsnummer only."""
        return self.aantal - self._met_onderwijsnummer

    def _nummers(self, plaats: int) -> Nummers:
        tot = self._bsn_tot
        aantal = tot + self._bekend
        if plaats < tot:
            return burgerservicenummer(plaats, aantal), None
        eigen = onderwijsnummer(plaats - tot, self._met_onderwijsnummer)
        bekend = self._gevallen.get(plaats)
        return (burgerservicenummer(tot + bekend.nummer, aantal) if bekend else None), eigen

    def _plant(self, plaats: int) -> Planting:
        regel, nummer, school, buur = self._gevallen[plaats]
        t = Toeval(self.zaad, plaats)
        loop = Loopbaan(t, self.kalender, plaats, plaats >= self._bsn_tot)
        planting = Planting(t, self.kalender, school, buur, nummer, loop, self._nummers(plaats))
        planters()[regel](planting)
        return planting

    def _plaats_gevallen(self, fouten: Mapping[str, int]) -> dict[int, _Plaatsing]:
        """Return what is planted at which place: evenly over the persons, and over the institutions."""
        alle = [(regel, nummer) for regel in sorted(fouten) for nummer in range(fouten[regel])]
        op_own = [geval for geval in alle if geval[0] in OP_ONDERWIJSNUMMER]
        op_bsn = [geval for geval in alle if geval[0] not in OP_ONDERWIJSNUMMER]
        self._bekend = len(op_own)
        self._met_onderwijsnummer += len(op_own)
        if 2 * len(op_bsn) > self._bsn_tot:
            raise ValueError(f"{self.aantal} dossiers is te weinig voor {len(alle)} fouten")
        if self._met_onderwijsnummer > MEESTE_ONDERWIJSNUMMERS:
            raise ValueError(
                f"een sector heeft hoogstens {MEESTE_ONDERWIJSNUMMERS} personen met een onderwijsnummer"
            )
        Toeval(self.zaad, _SCHIKKING).schud(op_bsn)
        last = [0] * len(self.scholen)
        uit = {}
        for gevallen, begin, ruimte in (
            (op_bsn, 0, self._bsn_tot),
            (op_own, self._bsn_tot, self._met_onderwijsnummer),
        ):
            for rang, (regel, nummer) in enumerate(gevallen):
                passend = [s for s in self.scholen if s.bi or regel not in ALLEEN_BI]
                school = min(passend, key=lambda s: last[s.plaats])
                last[school.plaats] += 1
                anderen = self.scholen[school.plaats + 1 :] + self.scholen[: school.plaats]
                buur = next(ander for ander in anderen if ander.bi)
                plaats = begin + (2 * rang + 1) * ruimte // (2 * len(gevallen))
                uit[plaats] = _Plaatsing(regel, nummer, school, buur)
        return uit
