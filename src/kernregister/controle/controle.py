"""The main job: deliveries in, checked dossiers, signals and counts out."""

from __future__ import annotations

import multiprocessing
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, wait
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from kernregister.controle.delen import Bereik, gelijke_delen
from kernregister.controle.samenvoegen import Verrijking, voeg_samen
from kernregister.controle.stamgegevens import (
    is_deelnames,
    lees_deelnames,
    lees_gegevens,
    lees_personen,
)
from kernregister.controle.uitslag import Bestand, Kernen, Uitslag, kernen
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.bron import ontsluit
from kernregister.kern.formaten.herkennen import herken
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Opmerking, Verslag
from kernregister.kern.gegevens import Bron, Gegevens, Soort
from kernregister.kern.overzichten.dashboard import Dashboard
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor, Uitkomst

NUMMERPROEVEN = frozenset({"F01", "F02"})
"""The rules that a person's number fails when it is no number at all."""

WEINIG_PERSONEN = 2
"""Of fewer persons, wrong numbers say nothing about the file as a whole."""

KLEIN = 4 << 20
"""Bytes of deliveries below which a second process costs more than it brings."""

Voortgang = Callable[[int, int | None], None]
"""Told now and then how many persons have been checked, of how many where the files say so."""


class Opdracht(Struct, frozen=True):
    """What to check, and with what. See the command ``controleer`` for the meaning of each."""

    bestanden: tuple[Path, ...]
    peildatum: date | None = None
    instelling: str | None = None
    soort: Soort | None = None
    stamgegevens: Path | None = None
    personen: Path | None = None
    ook: tuple[Path, ...] = ()
    processen: int = 2


class _Bron(Struct):
    """A delivery at work. ``verkend`` keeps what the first look had to say, while the parts are read."""

    levering: Levering
    bestand: Bestand
    verkend: Verslag


class _Deel(Struct):
    """What one process gives back."""

    tellingen: list[Counter[str]]
    opmerkingen: list[list[Opmerking]]
    uitkomsten: list[Uitkomst]
    dashboard: Dashboard
    namen: dict[str, str]
    inschrijvingen: Kernen


def controleer(opdracht: Opdracht, voortgang: Voortgang | None = None) -> Uitslag:
    """Check deliveries and give back all that was found.

    Raises:
        OnbruikbaarBestand: a file of which nothing can be used.
    """
    verslag = Verslag()
    gegevens = lees_gegevens(opdracht.stamgegevens, opdracht.soort, verslag)
    personen, bronnen = lees_personen(opdracht.personen, verslag)
    deelnamepaden = [pad for pad in opdracht.ook if is_deelnames(pad)]
    deelnames, meer = lees_deelnames(deelnamepaden, verslag)
    with ExitStack() as stapel:
        leveringen = _open_alle(
            [(pad, False) for pad in opdracht.bestanden]
            + [(pad, True) for pad in opdracht.ook if pad not in deelnamepaden],
            stapel,
        )
        leveringen.sort(key=lambda b: b.bestand.aanmaak or date.min, reverse=True)
        eigen = _eigen_instellingen(opdracht, leveringen)
        gegevens = _vul_aan(gegevens, opdracht, bronnen | meer, leveringen, eigen, verslag)
        werk = _Werk(
            leveringen,
            eigen,
            _peildatum(opdracht, leveringen),
            gegevens,
            Verrijking(personen, deelnames),
        )
        delen = _draai(werk, opdracht.processen, voortgang)
    return _uitslag(werk, delen, verslag)


class _Werk:
    """One check, ready to be run over any part of its files."""

    def __init__(
        self,
        leveringen: list[_Bron],
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
        """Return the engine for what these deliveries carry and what was given besides."""
        ontbreekt = frozenset[str]().union(
            *(b.levering.indeling.ontbreekt for b in self.leveringen if not b.bestand.ook)
        )
        return Motor(catalogus().values(), self.peildatum, self.gegevens, ontbreekt)

    def dossiers(self, bereiken: list[Bereik] | None = None) -> Iterator[Dossier]:
        """Give the dossiers of (a part of) the deliveries, one a person."""
        stromen: list[Iterable[Dossier]] = [
            bron.levering.dossiers(bereiken[plaats] if bereiken else None)
            for plaats, bron in enumerate(self.leveringen)
        ]
        return map(self.verrijking.verrijk, voeg_samen(stromen))

    def doe(self, bereiken: list[Bereik] | None, meld: Callable[[int], None]) -> _Deel:
        """Run the rules over a part and count it."""
        for bron in self.leveringen:
            bron.levering.verslag = Verslag(bron.bestand.naam)
        motor = self.motor()
        dashboard = Dashboard(motor.studiejaar, self.peildatum, self.eigen)
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
        return _Deel(
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


def _open_alle(paden: list[tuple[Path, bool]], stapel: ExitStack) -> list[_Bron]:
    """Open all deliveries, or say of all that cannot be used why not.

    Raises:
        OnbruikbaarBestand: of one or more files nothing can be used.
    """
    leveringen, redenen = [], []
    for pad, ook in paden:
        try:
            leveringen += _open(pad, ook, stapel)
        except OnbruikbaarBestand as fout:
            redenen.append(str(fout))
    if redenen:
        raise OnbruikbaarBestand("\n".join(dict.fromkeys(redenen)))
    return leveringen


def _open(pad: Path, ook: bool, stapel: ExitStack) -> list[_Bron]:
    """Open the deliveries in a file: itself, or what a zip holds."""
    leveringen = []
    for plat in stapel.enter_context(ontsluit(pad)):
        naam = pad.name if plat == pad else f"{pad.name} > {plat.name}"
        verslag = Verslag(naam)
        levering = Levering(plat, herken(plat), verslag)
        kop = levering.kop
        bestand = Bestand(
            naam,
            levering.indeling.naam,
            getattr(kop, "instellingscode", ""),
            getattr(kop, "datum_begin_periode", None),
            getattr(kop, "datum_einde_periode", None),
            getattr(kop, "datum_aanmaak", None) or _dag_in_naam(plat.name),
            ook,
        )
        leveringen.append(_Bron(levering, bestand, verslag))
    return leveringen


def _dag_in_naam(naam: str) -> date | None:
    """Return the day at the end of a file's name: a TBG-i says nowhere else when it was made."""
    gevonden = re.search(r"_(\d{8})\.xml$", naam, re.ASCII | re.IGNORECASE)
    try:
        return date.fromisoformat(gevonden[1]) if gevonden else None
    except ValueError:
        return None


def _eigen_instellingen(opdracht: Opdracht, leveringen: list[_Bron]) -> frozenset[str]:
    """Return whose records are judged: of the files themselves, or the one institution asked for.

    The files of others are then only read along.
    """
    eigen = frozenset(b.bestand.instelling for b in leveringen if not b.bestand.ook)
    if opdracht.instelling is None:
        return eigen
    if opdracht.instelling not in eigen:
        raise OnbruikbaarBestand(
            f"Geen van de bestanden is van instelling {opdracht.instelling}; wel van {', '.join(sorted(eigen))}."
        )
    for bron in leveringen:
        if bron.bestand.instelling != opdracht.instelling:
            bron.bestand = structs.replace(bron.bestand, ook=True)
    return frozenset({opdracht.instelling})


def _peildatum(opdracht: Opdracht, leveringen: list[_Bron]) -> date:
    """Return the peildatum: as asked, or the day on which the newest of the files was made."""
    if opdracht.peildatum is not None:
        return opdracht.peildatum
    gemaakt = [b.bestand.aanmaak for b in leveringen if b.bestand.aanmaak and not b.bestand.ook]
    if not gemaakt:
        raise OnbruikbaarBestand(
            "Geen van de bestanden zegt op welke dag het is gemaakt. Geef die dag op met --peildatum."
        )
    return max(gemaakt)


def _vul_aan(
    gegevens: Gegevens,
    opdracht: Opdracht,
    bronnen: frozenset[Bron],
    leveringen: list[_Bron],
    eigen: frozenset[str],
    verslag: Verslag,
) -> Gegevens:
    """Return the reference data with what the other files make possible, and with the kind that was asked for."""
    if len({b.bestand.instelling for b in leveringen}) > 1:
        bronnen |= {Bron.ANDERE_INSTELLINGEN}
    instellingen = dict(gegevens.instellingen)
    for code in sorted(eigen):
        if opdracht.soort is not None and code in instellingen:
            instellingen[code] = structs.replace(instellingen[code], soort=opdracht.soort)
        elif opdracht.soort is None and code not in instellingen:
            verslag.opmerking(
                "soort_aangenomen",
                "Of de instelling bekostigd is, staat niet in de stamgegevens; aangenomen is bekostigd (BI). "
                "Geef --soort NBI op als dat anders is.",
                waarde=code,
            )
    return structs.replace(gegevens, beschikbaar=gegevens.beschikbaar | bronnen, instellingen=instellingen)


GESTOPT = -(1 << 62)
"""What the shared counter holds when the work is to stop: low enough to stay below nought."""

_werk: _Werk
_teller: Any


def _begin(werk: _Werk, teller: Any) -> None:
    """Make a process ready: what it works on, and where it tells how far it is."""
    global _werk, _teller
    _werk, _teller = werk, teller
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it, and has us stop


def _doe_deel(bereiken: list[Bereik]) -> _Deel:
    def meld(aantal: int) -> None:
        if _teller.value < 0:
            raise InterruptedError
        with _teller.get_lock():
            _teller.value += aantal

    return _werk.doe(bereiken, meld)


def _draai(werk: _Werk, processen: int, voortgang: Voortgang | None) -> list[_Deel]:
    """Run the work: small work here, large work in as many processes as there are parts."""
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
        bezig = {pool.submit(_doe_deel, deel) for deel in delen}
        taken = list(bezig)
        try:
            while bezig:
                bezig = wait(bezig, timeout=0.1).not_done
                if voortgang:
                    voortgang(teller.value, totaal)
        except BaseException:
            teller.value = GESTOPT
            raise
        return [taak.result() for taak in taken]


def _uitslag(werk: _Werk, delen: list[_Deel], verslag: Verslag) -> Uitslag:
    """Return what all parts found together, with the totals of each file checked."""
    dashboard = delen[0].dashboard
    for deel in delen[1:]:
        dashboard.neem_over(deel.dashboard)
    opmerkingen = list(verslag.opmerkingen)
    tellingen: Counter[str] = Counter()
    for plaats, bron in enumerate(werk.leveringen):
        levering = bron.levering
        levering.verslag = bron.verkend
        levering.tellingen = sum((deel.tellingen[plaats] for deel in delen), Counter())
        for deel in delen:
            levering.verslag.neem_over(deel.opmerkingen[plaats])
        levering.controleer_totalen()
        opmerkingen += levering.verslag.opmerkingen
        if not bron.bestand.ook:
            for soort in (*levering.indeling.records, *levering.tellingen):
                tellingen[soort] = tellingen[soort]  # the order of the layout, whatever came first
            tellingen.update(levering.tellingen)
    tellingen = +tellingen
    uitkomsten = [u for deel in delen for u in deel.uitkomsten]
    uitkomsten = _herken_pseudoniemen(uitkomsten, dashboard.personen, opmerkingen)
    return Uitslag(
        [bron.bestand for bron in werk.leveringen],
        werk.peildatum,
        {code: werk.gegevens.soort_van(code) for code in sorted(werk.eigen)},
        tellingen,
        opmerkingen,
        sorted(uitkomsten, key=lambda u: (u.regel, u.sleutel.pgn, u.van)),
        werk.motor().niet_beoordeeld,
        dashboard,
        werk.gegevens,
        {nummer: naam for deel in delen for nummer, naam in deel.namen.items()},
        {sleutel: kern for deel in delen for sleutel, kern in deel.inschrijvingen.items()},
    )


def _herken_pseudoniemen(
    uitkomsten: list[Uitkomst], personen: int, opmerkingen: list[Opmerking]
) -> list[Uitkomst]:
    """Say once that no number passes its check, instead of once a person: then the cause is the file, not them."""
    nummers = {u.sleutel.pgn for u in uitkomsten if u.regel in NUMMERPROEVEN}
    if len(nummers) < max(personen, WEINIG_PERSONEN):
        return uitkomsten
    opmerkingen.append(
        Opmerking(
            "nummers_niet_proef",
            f"Alle {personen} persoonsnummers zakken voor de nummerproef: is dit bestand gepseudonimiseerd? "
            "De overige controles zijn gewoon gedaan.",
            aantal=personen,
        )
    )
    return [u for u in uitkomsten if u.regel not in NUMMERPROEVEN]
