"""How a dossier came about: the meldingen by which institutions and other sectors delivered it, day by day.

An enrolment is delivered when it begins and again when it ends, a placement likewise, a result when it is there. Some
are wrong at first and corrected weeks later; all of that follows from the seed, so the same sector has the same past.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace

from kernregister.fictief.namen import splits
from kernregister.fictief.toeval import Toeval
from kernregister.kern.dossier import Bpv, Diploma, Dossier, Inschrijving, Onderdeel
from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.berichten import VAN_HET_REGISTER
from kernregister.kern.tijd import dagen_na

_RUIMTE: Final = UUID("0d0f2f66-3f0a-4c61-8f52-6d2f7f0f54f1")
_VERHAAL: Final = 1 << 40
"""The place, beyond those of a sector and its population, of the choices about its past."""

TRAAG: Final = 21
"""Days after which most of what happened has been delivered; the odd one is later."""

VO: Final = "VO"
"""Sender of participations in vo, vso and vavo."""


class Gemeld(NamedTuple):
    """A melding and the day on which it was sent; of one day those come first that others rest on."""

    dag: date
    rang: int
    afzender: str
    melding: b.Melding


def meldingen_van(dossier: Dossier, plaats: int, zaad: int, vanaf: date, tot_en_met: date) -> list[Gemeld]:
    """Return how a dossier was delivered in a stretch of days, in order.

    What was there before the first day is delivered on it; what lies after the last day is not delivered.

    Args:
        dossier: what it came to.
        plaats: its place in the sector.
        zaad: the seed of the sector.
        vanaf: first day of delivering.
        tot_en_met: last day.
    """
    verteller = _Verteller(dossier, Toeval(zaad, _VERHAAL + plaats), f"{100_000 + plaats}", vanaf)
    return sorted((een for een in verteller.alles() if een.dag <= tot_en_met), key=lambda een: een[:2])


class _Verteller:
    def __init__(self, dossier: Dossier, t: Toeval, studentnummer: str, vanaf: date) -> None:
        self.dossier, self.t, self.studentnummer, self.vanaf = dossier, t, studentnummer, vanaf
        self._volgnummer = 0

    def alles(self) -> Iterator[Gemeld]:
        for deelname in self.dossier.deelnames:
            dag = self._later(deelname.datum_begin)
            yield Gemeld(dag, 0, VO, b.AanleverenDeelname(**self._kop(dag, VO), deelname=deelname))
        for instelling in sorted({een.instelling for een in self.dossier.inschrijvingen}):
            yield from self._van_instelling(instelling)

    def _van_instelling(self, instelling: str) -> Iterator[Gemeld]:
        eigen = [een for een in self.dossier.inschrijvingen if een.instelling == instelling]
        begonnen = {een.inschrijvingvolgnummer: self._later(een.datum_inschrijving) for een in eigen}
        yield self._identificatie(min(begonnen.values()), instelling)
        for een in eigen:
            yield from self._inschrijving(een, begonnen[een.inschrijvingvolgnummer])
        for diploma in (een for een in self.dossier.diplomas if een.instelling == instelling):
            dag = max(self._later(diploma.datum_resultaat), min(begonnen.values()))
            yield self._meld(dag, 4, instelling, "AanleverenDiploma", diploma=_diploma(diploma))
        for los in (een for een in self.dossier.losse_resultaten if een.instelling == instelling):
            dag = max(self._later(los.datum_resultaat or self.vanaf), min(begonnen.values()))
            yield self._meld(dag, 4, instelling, "AanleverenResultaat", resultaat=_zonder_vast(los))

    def _inschrijving(self, een: Inschrijving, dag: date) -> Iterator[Gemeld]:
        einde = een.datum_uitschrijving_werkelijk
        gemeld_einde = max(self._later(einde), dag) if einde else None
        open_ = replace(een, datum_uitschrijving_werkelijk=None, reden_uitschrijving=None)
        eerst = open_ if gemeld_einde and gemeld_einde > dag else een
        if dag > self.vanaf and self.t.kans(0.05) and (gepland := een.datum_uitschrijving_gepland):
            vergist = replace(eerst, datum_uitschrijving_gepland=dagen_na(gepland, 366))
            yield self._bericht(dag, 1, vergist)
            dag = dagen_na(dag, self.t.getal(5, 40))
        yield self._bericht(dag, 1, eerst)
        if gemeld_einde and eerst is open_:
            yield self._bericht(max(gemeld_einde, dag), 3, een)
        for bpv in een.bpvs:
            yield from self._bpv(een, bpv, dag)

    def _bpv(self, een: Inschrijving, bpv: Bpv, dag: date) -> Iterator[Gemeld]:
        begin = max(self._later(bpv.datum_begin), dag)
        einde = bpv.datum_einde_werkelijk
        gemeld_einde = self._later(einde) if einde else None
        if gemeld_einde and gemeld_einde > begin:
            yield self._plaats(begin, 2, een, replace(bpv, datum_einde_werkelijk=None))
            yield self._plaats(gemeld_einde, 2, een, bpv)
        else:
            yield self._plaats(begin, 2, een, bpv)

    def _later(self, gebeurd: date) -> date:
        """Return when something that happened was delivered."""
        dagen = int(TRAAG * self.t.trek() * self.t.trek()) + (
            self.t.getal(20, 70) if self.t.kans(0.06) else 1
        )
        return max(dagen_na(gebeurd, dagen), self.vanaf)

    def _identificatie(self, dag: date, instelling: str) -> Gemeld:
        wie = self.dossier.persoon
        velden = {
            "geboortedatum": wie.geboortedatum,
            "geslacht": wie.geslacht,
            "studentnummer": self.studentnummer,
        }
        if not wie.burgerservicenummer:
            velden["voorvoegsel"], velden["achternaam"] = splits(wie.achternaam)
        return self._meld(dag, 0, instelling, "AanleverenIdentificatiePersoon", **velden)

    def _bericht(self, dag: date, rang: int, een: Inschrijving) -> Gemeld:
        inhoud = _zonder_vast(een)
        return self._meld(
            dag,
            rang,
            een.instelling,
            "AanleverenInschrijving",
            inschrijving=inhoud,
            studentnummer=self.studentnummer,
        )

    def _plaats(self, dag: date, rang: int, een: Inschrijving, bpv: Bpv) -> Gemeld:
        return self._meld(
            dag,
            rang,
            een.instelling,
            "AanleverenBpv",
            inschrijvingvolgnummer=een.inschrijvingvolgnummer,
            bpv=als_object(bpv),
        )

    def _meld(self, dag: date, rang: int, afzender: str, soort: str, **inhoud: Any) -> Gemeld:
        velden = {"soort": soort, **self._kop(dag, afzender), **inhoud}
        return Gemeld(dag, rang, afzender, b.lees(msgspec.json.encode(velden)))

    def _kop(self, dag: date, afzender: str) -> dict[str, Any]:
        wie = self.dossier.persoon
        self._volgnummer += 1
        return {
            "id": uuid5(_RUIMTE, f"{self.studentnummer} {self._volgnummer} {wie.pgn}"),
            "afzender": afzender,
            "moment": datetime.combine(dag, time(9), UTC),
            "burgerservicenummer": wie.burgerservicenummer,
            "onderwijsnummer": None if wie.burgerservicenummer else wie.onderwijsnummer,
        }


def _diploma(diploma: Diploma) -> dict[str, Any]:
    inhoud = _zonder_vast(diploma)
    inhoud["onderdelen"] = [_zonder_vast(deel) for deel in diploma.onderdelen]
    return inhoud


def _zonder_vast(een: Inschrijving | Diploma | Onderdeel) -> dict[str, Any]:
    return {n: w for n, w in als_object(een).items() if n not in VAN_HET_REGISTER | {"bpvs"}}
