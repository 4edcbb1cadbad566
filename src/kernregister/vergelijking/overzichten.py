"""Two OBO's or two RO's compared: difference files, counts, and which differences can touch the funding."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from msgspec import Struct, field

from kernregister.kern.formaten.bron import ontsluit
from kernregister.kern.formaten.delen import gelijke_delen
from kernregister.kern.formaten.herkennen import herken
from kernregister.kern.formaten.indeling import Indeling, tag
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.obov import Verschillenlijst, verschilschrijver, zipnaam
from kernregister.kern.formaten.processen import werk_mee
from kernregister.kern.formaten.rekenblad import zonder_formule
from kernregister.kern.formaten.samenloop import in_volgorde
from kernregister.kern.formaten.schrijven import als_geheel
from kernregister.kern.formaten.verkennen import Bereik, Verkenning
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Opmerking, Verslag, bestandsnaam_van
from kernregister.kern.formaten.zippen import zip_bestanden
from kernregister.kern.verschil import (
    LIJSTEN,
    Relevantie,
    SoortWijziging,
    Vergelijking,
    Verschil,
    controleer_vergelijkbaar,
    kop_van,
)
from kernregister.vergelijking.uitvoer import KOLOMMEN_OVERZICHT, VERSCHILLEN, controleer_vrij
from kernregister.vergelijking.uitvoer import kop as uitvoer_kop

KLEIN = 16 << 20
"""Bytes of both files below which a second process costs more than it brings."""

VOORBEELDEN = 25
"""Differences kept to be shown; all of them are in the files."""

_JA_NEE = {True: "ja", False: "nee", None: "zelf beoordelen"}


class Uitkomst(Struct):
    """What comparing two overviews gives."""

    indeling: str
    oud: str
    nieuw: str
    kop_oud: Any
    kop_nieuw: Any
    tellingen: Counter[tuple[str, SoortWijziging, Relevantie]]
    personen: int
    opmerkingen: list[Opmerking]
    voorbeelden: list[Verschil] = field(default_factory=list)
    bestanden: list[Path] = field(default_factory=list)

    @property
    def recordsoorten(self) -> list[str]:
        """The recordsoorten of these overviews, in order."""
        return [tag(bestand.record) for bestand in LIJSTEN[self.indeling].bestanden]

    def aantal(
        self,
        recordsoort: str | None = None,
        soort: SoortWijziging | None = None,
        *,
        relevant: bool | None = None,
    ) -> int:
        """Return the number of differences of a recordsoort and a kind, or only those that can be relevant."""
        return sum(
            aantal
            for (r, s, reden), aantal in self.tellingen.items()
            if recordsoort in (None, r) and soort in (None, s) and (not relevant or reden.relevant)
        )


class _Deel(Struct):
    """What comparing a range of both files gives."""

    tellingen: Counter[tuple[str, SoortWijziging, Relevantie]]
    records: tuple[Counter[str], Counter[str]]
    opmerkingen: tuple[list[Opmerking], list[Opmerking]]
    personen: int
    voorbeelden: list[Verschil]
    map: Path


def vergelijk_overzichten(
    oud: Path, nieuw: Path, uit: Path | None = None, *, zip_: bool = False, processen: int = 2
) -> Uitkomst:
    """Compare two overviews of the same kind, plain or zipped, and write the difference files.

    Args:
        oud: the earlier overview.
        nieuw: the later one.
        uit: folder for the difference files and ``verschillen.csv``; without it nothing is written.
        zip_: put the difference files in one zip, as DUO does.
        processen: how many processes may work on large files.

    Raises:
        OnbruikbaarBestand: one of them cannot be read, or the two do not belong together.
    """
    with ExitStack() as stapel:
        map_ = Path(stapel.enter_context(tempfile.TemporaryDirectory(prefix="kernregister-")))
        paden, indelingen = zip(*(_herken(pad, stapel) for pad in (oud, nieuw)), strict=True)
        klein = processen < 2 or sum(pad.stat().st_size for pad in paden) < KLEIN
        pool = stapel.enter_context(
            nullcontext(None) if klein else ProcessPoolExecutor(processen, initializer=werk_mee)
        )
        leveringen = list(
            _map(
                pool,
                _open,
                paden,
                indelingen,
                (bestandsnaam_van(oud), bestandsnaam_van(nieuw)),
                (map_ / "oud", map_ / "nieuw"),
            )
        )
        return _vergelijk(leveringen, pool, map_, uit, zip_, processen)


def _vergelijk(
    leveringen: list[Levering],
    pool: Executor | None,
    map_: Path,
    uit: Path | None,
    zip_: bool,
    processen: int,
) -> Uitkomst:
    oud, nieuw = leveringen
    verslagen = oud.verslag, nieuw.verslag
    lijst = controleer_vergelijkbaar(oud.verkenning, nieuw.verkenning, verslagen[1])
    bereiken: list[tuple[Bereik, ...] | None] = [None]
    if pool is not None:
        bereiken = [*gelijke_delen([oud.verkenning, nieuw.verkenning], processen)]
    werk = partial(
        _doe_deel,
        oud.verkenning,
        nieuw.verkenning,
        namen=(verslagen[0].bestand, verslagen[1].bestand),
        schrijf=uit is not None,
    )
    delen = list(_map(pool, werk, bereiken, [map_ / f"{nummer:03d}" for nummer in range(len(bereiken))]))
    for kant, levering in enumerate(leveringen):
        for deel in delen:
            levering.tellingen.update(deel.records[kant])
            levering.verslag.neem_over(deel.opmerkingen[kant])
        levering.controleer_totalen()
    uitkomst = Uitkomst(
        oud.indeling.naam,
        verslagen[0].bestand,
        verslagen[1].bestand,
        oud.kop,
        nieuw.kop,
        sum((deel.tellingen for deel in delen), Counter()),
        sum(deel.personen for deel in delen),
        [*verslagen[0].opmerkingen, *verslagen[1].opmerkingen],
        [v for deel in delen for v in deel.voorbeelden][:VOORBEELDEN],
    )
    if uit is not None:
        uitkomst.bestanden = _schrijf(lijst, oud.kop, nieuw.kop, delen, uit, zip_)
    return uitkomst


def _map(pool: Executor | None, werk: Any, *argumenten: Iterable[Any]) -> Iterator[Any]:
    return pool.map(werk, *argumenten) if pool is not None else map(werk, *argumenten)


def _herken(pad: Path, stapel: ExitStack) -> tuple[Path, Indeling]:
    """Return the overview in a file or zip, and its layout; difference files beside it in the zip are passed over."""
    try:
        paden = [
            p for p in stapel.enter_context(ontsluit(pad)) if not p.name.upper().startswith(("OBOV_", "ROV_"))
        ]
        if len(paden) != 1:
            namen = ", ".join(p.name for p in paden) or "alleen verschilbestanden"
            raise OnbruikbaarBestand(f"{pad.name}: verwacht precies één overzicht; gevonden: {namen}.")
        indeling = herken(paden[0])
    except OnbruikbaarBestand as fout:
        if not pad.is_file():
            raise
        raise OnbruikbaarBestand(
            f"{fout}\nIs {pad.name} een export van de eigen administratie? Geef dan een vertaling op (--vertaling)."
        ) from None
    if not isinstance(indeling, Indeling) or indeling.naam not in LIJSTEN:
        raise OnbruikbaarBestand(
            f"{pad.name}: dit is een {indeling.naam}. Vergelijken gaat met twee OBO's of twee RO's."
        )
    return paden[0], indeling


def _open(pad: Path, indeling: Indeling, naam: str, kopie: Path) -> Levering:
    """Take the first look at an overview; bring it in order when it is not."""
    verslag = Verslag(naam)
    levering = Levering(pad, indeling, verslag)
    if not levering.verkenning.geordend:
        levering.verkenning = in_volgorde(levering.verkenning, verslag, kopie)
    return levering


def _doe_deel(
    oud: Verkenning,
    nieuw: Verkenning,
    bereiken: tuple[Bereik, ...] | None,
    map_: Path,
    *,
    namen: tuple[str, str],
    schrijf: bool,
) -> _Deel:
    """Compare a range and leave the lines of the difference files in a folder."""
    lijst = LIJSTEN[oud.indeling.naam]
    verslagen = Verslag(namen[0]), Verslag(namen[1])
    vergelijking = Vergelijking(oud, nieuw, verslagen)
    deel = _Deel(Counter(), (Counter(), Counter()), ([], []), 0, [], map_)
    vorige: tuple[str | None, str | None] | None = None
    with ExitStack() as stapel:
        if schrijf:
            map_.mkdir()
            schrijf_regel = stapel.enter_context(
                verschilschrijver(
                    {naam: map_ / naam for naam in (tag(b.record) for b in lijst.bestanden)}, lijst
                )
            )
            rijen = stapel.enter_context((map_ / VERSCHILLEN).open("w", encoding="utf-8", newline="\n"))
            overzicht = csv.writer(rijen, delimiter=";", lineterminator="\n")
        for verschil in vergelijking.verschillen(bereiken):
            deel.tellingen[verschil.recordsoort, verschil.soort, verschil.reden] += 1
            wie = verschil.burgerservicenummer, verschil.onderwijsnummer
            deel.personen += wie != vorige
            vorige = wie
            if len(deel.voorbeelden) < VOORBEELDEN:
                deel.voorbeelden.append(verschil)
            if schrijf:
                schrijf_regel(verschil)
                overzicht.writerow(map(zonder_formule, overzichtsregel(verschil)))
    deel.records = vergelijking.tellingen
    deel.opmerkingen = verslagen[0].opmerkingen, verslagen[1].opmerkingen
    return deel


def overzichtsregel(verschil: Verschil) -> list[str]:
    """Return a difference as a row for people: what changed, and whether it can matter."""
    return [
        verschil.recordsoort,
        verschil.burgerservicenummer or "",
        verschil.onderwijsnummer or "",
        " ".join(verschil.sleutel),
        verschil.soort.value,
        verschil.gewijzigd,
        _JA_NEE[verschil.relevant],
        verschil.reden.tekst,
    ]


def _schrijf(
    lijst: Verschillenlijst, oud: Any, nieuw: Any, delen: list[_Deel], uit: Path, zip_: bool
) -> list[Path]:
    """Put the parts of each difference file together in a folder; return the files."""
    kop: Any = kop_van(lijst, oud, nieuw)
    dag: date = nieuw.datum_aanmaak
    namen = {tag(b.record): lijst.naam_van(tag(b.record), kop.instellingscode, dag) for b in lijst.bestanden}
    zippad = uit / zipnaam(kop.instellingscode, dag)
    controleer_vrij(uit, [VERSCHILLEN, *([zippad.name] if zip_ else namen.values())])
    paden = []
    for bestand in lijst.bestanden:
        soort = tag(bestand.record)
        pad = (delen[0].map if zip_ else uit) / namen[soort]
        _voeg_samen(pad, lijst.aanhef(bestand, kop), delen, soort)
        paden.append(pad)
    if zip_:
        paden = [zip_bestanden(zippad, paden)]
    overzicht = uit / VERSCHILLEN
    _voeg_samen(overzicht, uitvoer_kop(KOLOMMEN_OVERZICHT), delen, VERSCHILLEN)
    return [*paden, overzicht]


def _voeg_samen(pad: Path, aanhef: str, delen: list[_Deel], naam: str) -> None:
    with als_geheel(pad) as klad, klad.open("wb") as bestand:
        bestand.write(aanhef.encode())
        for deel in delen:
            with (deel.map / naam).open("rb") as bron:
                copyfileobj(bron, bestand)
