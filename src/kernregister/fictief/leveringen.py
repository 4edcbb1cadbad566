"""Writing the sector as files: deliveries per institution, reference data, persons, other sectors, and the truth."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, TextIO

from kernregister.fictief.instellingen import School
from kernregister.fictief.kalender import Kalender, inclusief
from kernregister.fictief.leesmij import leesmij
from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.indeling import regel_van
from kernregister.kern.formaten.ro import RO, Slr, Vlp
from kernregister.kern.formaten.ro_dossier import records_van
from kernregister.kern.formaten.totalen import Teller, totalen_van
from kernregister.kern.formaten.velden import JA_NEE
from kernregister.kern.gegevens import Gegevens

Voortgang = Callable[[int, int], None]
"""Told now and then how many dossiers have been written, of how many."""

ELKE: Final = 500

PERSOON_KOLOMMEN: Final = ("burgerservicenummer", "onderwijsnummer", "achternaam", "datum_overlijden")
DEELNAME_KOLOMMEN: Final = (
    *("burgerservicenummer", "onderwijsnummer", "sector", "instellingscode"),
    *("datum_begin", "datum_einde", "leerroute", "leerroutefase"),
)

Waarde = str | int | date | bool | Decimal | None


def bestandsnaam(code: str, kalender: Kalender) -> str:
    """Return the name of an institution's delivery, with the period it covers."""
    return f"RO_{code}_{kalender.van:%Y%m%d}_{kalender.tot_en_met:%Y%m%d}.CSV"


def schrijf(sector: Sector, map_: Path, voortgang: Voortgang | None = None) -> list[Path]:
    """Write all files of a sector to a folder and return the deliveries. Memory does not grow with the sector.

    The layout of the folder is told in its ``leesmij.txt``.
    """
    for deel in (map_, map_ / "stamgegevens", map_ / "ook"):
        deel.mkdir(parents=True, exist_ok=True)
    _schrijf_stamgegevens(sector.gegevens, map_ / "stamgegevens")
    sector.waarheid.schrijf(map_ / "waarheid.json")
    (map_ / "leesmij.txt").write_text(leesmij(sector), encoding="utf-8", newline="\n")
    with ExitStack() as stapel:

        def open_(naam: str) -> TextIO:
            return stapel.enter_context((map_ / naam).open("w", encoding="utf-8", newline="\n"))

        leveringen = {
            school.code: _Levering(open_(bestandsnaam(school.code, sector.kalender)), school, sector.kalender)
            for school in sector.scholen
        }
        personen = _Tabel(open_("personen.csv"), PERSOON_KOLOMMEN)
        vo, vso = (_Tabel(open_(f"ook/{naam}.csv"), DEELNAME_KOLOMMEN) for naam in ("vo", "vso"))
        for nummer, dossier in enumerate(sector.dossiers(), 1):
            for code in _instellingen(dossier):
                leveringen[code].schrijf(dossier)
            wie = dossier.persoon
            personen.rij(wie.burgerservicenummer, wie.onderwijsnummer, wie.achternaam, wie.datum_overlijden)
            for d in dossier.deelnames:
                (vso if d.sector == "VSO" else vo).rij(
                    *(wie.burgerservicenummer, wie.onderwijsnummer, d.sector, d.instelling),
                    *(d.datum_begin, d.datum_eind, d.leerroute, d.leerroutefase),
                )
            if voortgang and nummer % ELKE == 0:
                voortgang(nummer, sector.aantal)
        for levering in leveringen.values():
            levering.sluit()
    if voortgang:
        voortgang(sector.aantal, sector.aantal)
    return [map_ / bestandsnaam(school.code, sector.kalender) for school in sector.scholen]


def _instellingen(dossier: Dossier) -> Iterable[str]:
    """Return the institutions that have an enrolment of a person, each once; results lie with an enrolment here."""
    inschrijvingen = dossier.inschrijvingen
    if len(inschrijvingen) == 1:
        return (inschrijvingen[0].instelling,)
    return dict.fromkeys(i.instelling for i in inschrijvingen)


class _Levering:
    """The delivery of one institution while it is being written."""

    def __init__(self, bestand: TextIO, school: School, kalender: Kalender) -> None:
        self._bestand = bestand
        self._code = school.code
        self._teller = Teller(RO.totalen)
        kop = Vlp(school.code, kalender.van, kalender.tot_en_met, kalender.peildatum)
        bestand.write(regel_van(kop) + "\n")

    def schrijf(self, dossier: Dossier) -> None:
        records = list(records_van(dossier, self._code))
        self._teller.tel([records])
        self._bestand.write("\n".join(map(regel_van, records)) + "\n")

    def sluit(self) -> None:
        self._bestand.write(regel_van(Slr(**totalen_van(RO.totalen, self._teller.tellingen))) + "\n")


class _Tabel:
    """A table of reference data: header row, `;` between columns, dates as jjjj-mm-dd, nothing where not known."""

    def __init__(self, bestand: TextIO, kolommen: Iterable[str]) -> None:
        self._schrijf = csv.writer(bestand, delimiter=";", lineterminator="\n").writerow
        self._schrijf(kolommen)

    def rij(self, *waarden: Waarde) -> None:
        self._schrijf([JA_NEE[w] if isinstance(w, bool) else w for w in waarden])


def _schrijf_stamgegevens(g: Gegevens, map_: Path) -> None:
    def tabel(naam: str, kolommen: str, rijen: Iterable[tuple[Waarde, ...]]) -> None:
        with (map_ / naam).open("w", encoding="utf-8", newline="\n") as bestand:
            uit = _Tabel(bestand, kolommen.split(";"))
            for rij in rijen:
                uit.rij(*rij)

    tabel(
        "instellingen.csv",
        "instellingscode;naam;soort;unieke_vakinstelling",
        ((i.code, i.naam, i.soort.value, i.unieke_vakinstelling) for i in g.instellingen.values()),
    )
    tabel(
        "onderwijsaanbieders.csv",
        "onderwijsaanbieder;instellingscode;datum_begin;datum_einde",
        (
            (code, instelling, periode.begin, inclusief(periode))
            for code, aanbieder in g.aanbieders.items()
            for instelling, periode in (*((None, p) for p in aanbieder.geldig), *aanbieder.koppelingen)
        ),
    )
    tabel(
        "onderwijslocaties.csv",
        "onderwijslocatie;datum_begin;datum_einde",
        ((code, p.begin, inclusief(p)) for code, perioden in g.locaties.items() for p in perioden),
    )
    tabel(
        "opleidingen.csv",
        "opleidingcode;naam;soort;niveau;einde_instroom;duur_maanden;cross_over;unieke_vakopleiding;"
        "soort_opleiding;prijsfactor;met_vws",
        (
            (
                *(o.code, o.naam, o.soort, o.niveau, o.einde_instroom, o.duur_maanden),
                *(o.cross_over, o.unieke_vakopleiding, o.soort_opleiding, o.prijsfactor, o.met_vws),
            )
            for o in g.opleidingen.values()
        ),
    )
    for naam, aanspraken in (("toestemmingen.csv", g.toestemmingen), ("licenties.csv", g.licenties)):
        tabel(
            naam,
            "instellingscode;opleidingcode;datum_begin;datum_einde",
            (
                (code, opleiding, p.begin, inclusief(p))
                for (code, opleiding), perioden in aanspraken.items()
                for p in perioden
            ),
        )
    termijn = g.wettelijke_termijn_maanden
    tabel("parameters.csv", "naam;waarde", [("wettelijke_termijn_maanden", termijn)])
