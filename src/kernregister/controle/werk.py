"""The work of one check over any part of its files, and sharing the parts out over processes."""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, wait
from datetime import date
from typing import Any

from msgspec import Struct

from kernregister.controle.leveringen import Bronbestand
from kernregister.controle.samenvoegen import Verrijking, voeg_samen
from kernregister.controle.uitslag import Kernen, kernen
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.delen import gelijke_delen
from kernregister.kern.formaten.processen import werk_mee
from kernregister.kern.formaten.verkennen import Bereik
from kernregister.kern.formaten.verslag import Opmerking, Verslag
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.overzichten.dashboard import Dashboard
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor, Uitkomst
from kernregister.kern.regels.rio import SOORT
from kernregister.kern.tijd import Studiejaar

KLEIN = 4 << 20
"""Bytes of deliveries below which a second process costs more than it brings."""

Voortgang = Callable[[int, int | None], None]
"""Told now and then how many persons have been checked, of how many where the files say so."""


class Deel(Struct):
    """What one process gives back."""

    tellingen: list[Counter[str]]
    opmerkingen: list[list[Opmerking]]
    uitkomsten: list[Uitkomst]
    dashboard: Dashboard
    namen: dict[str, str]
    inschrijvingen: Kernen


class Werk:
    """One check, ready to be run over any part of its files."""

    def __init__(
        self,
        leveringen: list[Bronbestand],
        eigen: frozenset[str],
        peildatum: date,
        gegevens: Gegevens,
        verrijking: Verrijking,
    ) -> None:
        self.leveringen = leveringen
        self.eigen = eigen
        self.peildatum = peildatum
        self.gegevens = gegevens
        self.verrijking = verrijking

    def motor(self) -> Motor:
        """Return the engine for what all these deliveries carry and what was given besides."""
        ontbreekt = frozenset[str]().union(*self._ontbreekt())
        if not self.eigen <= self.gegevens.instellingen.keys():
            ontbreekt |= {SOORT}
        return Motor(catalogus().values(), self.peildatum, self.gegevens, ontbreekt)

    def dashboard(self) -> Dashboard:
        """Return empty counts of what at least one of these deliveries carries."""
        ontbreekt = frozenset.intersection(*self._ontbreekt())
        return Dashboard(Studiejaar.van(self.peildatum), self.peildatum, self.eigen, ontbreekt)

    def _ontbreekt(self) -> list[frozenset[str]]:
        return [b.levering.indeling.ontbreekt for b in self.leveringen if not b.bestand.ook]

    def dossiers(self, bereiken: tuple[Bereik, ...] | None = None) -> Iterator[Dossier]:
        """Give the dossiers of (a part of) the deliveries, one a person."""
        stromen: list[Iterable[Dossier]] = [
            bron.levering.dossiers(bereiken[plaats] if bereiken else None)
            for plaats, bron in enumerate(self.leveringen)
        ]
        return map(self.verrijking.verrijk, voeg_samen(stromen))

    def begin_deel(self) -> None:
        """Count anew: a process that is done first may do another part, of which it tells apart."""
        for bron in self.leveringen:
            bron.levering.verslag = Verslag(bron.bestand.naam)
            bron.levering.tellingen = Counter()

    def doe(self, bereiken: tuple[Bereik, ...] | None, meld: Callable[[int], None]) -> Deel:
        """Run the rules over a part and count it."""
        self.begin_deel()
        motor = self.motor()
        dashboard = self.dashboard()
        uitkomsten: list[Uitkomst] = []
        namen: dict[str, str] = {}
        inschrijvingen: Kernen = {}
        alles = not any(bron.bestand.ook for bron in self.leveringen)
        eigen = self.eigen | {""}
        for nummer, dossier in enumerate(self.dossiers(bereiken), 1):
            if not alles and not _heeft_records(dossier, self.eigen):
                continue
            dashboard.tel(dossier)
            gevonden = motor.controleer(dossier)
            if gevonden and not alles:
                gevonden = [u for u in gevonden if u.sleutel.instelling in eigen]
            if gevonden:
                uitkomsten += gevonden
                if dossier.persoon.achternaam:
                    namen.update((u.sleutel.pgn, dossier.persoon.achternaam) for u in gevonden)
                inschrijvingen.update(kernen(dossier, gevonden, self.peildatum))
            if nummer % 500 == 0:
                meld(500)
        return Deel(
            [bron.levering.tellingen for bron in self.leveringen],
            [bron.levering.verslag.opmerkingen for bron in self.leveringen],
            uitkomsten,
            dashboard,
            namen,
            inschrijvingen,
        )


def _heeft_records(dossier: Dossier, instellingen: frozenset[str]) -> bool:
    return any(
        record.instelling in instellingen
        for records in (dossier.inschrijvingen, dossier.diplomas, dossier.losse_resultaten)
        for record in records
    )


GESTOPT = -(1 << 62)
"""What the shared counter holds when the work is to stop: low enough to stay below nought."""

_werk: Werk
_teller: Any


def _begin(werk: Werk, teller: Any) -> None:
    """Make a process ready: what it works on, and where it tells how far it is."""
    global _werk, _teller
    _werk, _teller = werk, teller
    werk_mee()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it, and has us stop


def _doe_deel(bereiken: tuple[Bereik, ...]) -> Deel:
    def meld(aantal: int) -> None:
        if _teller.value < 0:
            raise InterruptedError
        with _teller.get_lock():
            _teller.value += aantal

    return _werk.doe(bereiken, meld)


def draai(werk: Werk, processen: int, voortgang: Voortgang | None) -> list[Deel]:
    """Run the work: small work here, large work in as many processes as there are parts, which come back in order."""
    verkenningen = [b.levering.verkenning for b in werk.leveringen]
    genoemd = [getattr(v.sluit, "personen", None) for v in verkenningen]
    totaal = None if None in genoemd else sum(aantal or 0 for aantal in genoemd)
    klein = sum(v.eind - v.begin for v in verkenningen) < KLEIN
    delen = [] if klein or processen < 2 else gelijke_delen(verkenningen, processen)
    if len(delen) <= 1:
        gedaan = 0

        def meld(aantal: int) -> None:
            nonlocal gedaan
            gedaan += aantal
            if voortgang:
                voortgang(gedaan, totaal)

        return [werk.doe(None, meld)]
    teller = multiprocessing.Value("q", 0)
    with ProcessPoolExecutor(processen, initializer=_begin, initargs=(werk, teller)) as pool:
        taken = [pool.submit(_doe_deel, deel) for deel in delen]
        bezig = set(taken)
        try:
            while bezig:
                bezig = wait(bezig, timeout=0.1).not_done
                if voortgang:
                    voortgang(teller.value, totaal)
        except BaseException:
            teller.value = GESTOPT
            raise
        return [taak.result() for taak in taken]
