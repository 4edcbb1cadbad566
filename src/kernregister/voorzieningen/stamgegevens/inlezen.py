"""Reading the rows of a list out of a CSV, whatever its columns are called, with all that is wrong with it.

A file is read as a stream. What cannot be read is told by line and column, and never raises: only a file of which
nothing can be used does.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from kernregister.kern.formaten.bron import controleer_tekst, eerste_bytes, tekstregels
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Opmerking, Verslag
from kernregister.kern.tijd import dagen_na
from kernregister.voorzieningen.stamgegevens.kolommen import Celfout, Datumvorm, Kolom, kolommen_van
from kernregister.voorzieningen.stamgegevens.lijsten import Lijst

GROOTSTE_BESTAND = 1 << 30
"""Most bytes of one file: all recognitions of all training companies take a tenth of it."""

Codering = Literal["utf-8", "windows-1252", "iso-8859-1"]


class Bestand(Struct, frozen=True, forbid_unknown_fields=True):
    """How a file of a list is written.

    Args:
        lijst: name of the list.
        bestand: name of the file, in the folder of the manifest.
        scheiding: what separates the columns.
        codering: how its letters are written.
        datum: how its dates are written.
        einde: whether an end date is the last day, or the first day on which it no longer holds.
        actueel: whether the file is the list of today, so that a code it lacks does not exist.
        stand_op: the day that the file tells of.
        bron: where the file comes from.
        kolommen: column of the list -> heading in the file; without it the headings are the columns of the list.
        vast: column of the list -> the value it has in every row.
        waarden: column of the list -> text in the file -> what it means.
    """

    lijst: str
    bestand: str
    scheiding: Literal[";", ",", "\t", "|"] = ";"
    codering: Codering = "utf-8"
    datum: Datumvorm = "jjjj-mm-dd"
    einde: Literal["inclusief", "exclusief"] = "inclusief"
    actueel: bool = True
    stand_op: date | None = None
    bron: str = ""
    kolommen: dict[str, str] = field(default_factory=dict)
    vast: dict[str, str] = field(default_factory=dict)
    waarden: dict[str, dict[str, str]] = field(default_factory=dict)


class Invoerfout(OnbruikbaarBestand):
    """Files with faults: nothing was imported. The text names them all, by file, column and line."""

    def __init__(self, verslagen: list[Verslag]) -> None:
        self.fouten = [fout for verslag in verslagen for fout in verslag.fouten]
        regels = [in_woorden(fout) for fout in self.fouten]
        super().__init__("Er is niets ingelezen.\n" + "\n".join(regels))


def in_woorden(fout: Opmerking) -> str:
    """Return a group of faults in one line: file, column, what was expected, and on which lines."""
    plaatsen = [f"{p.regel}" + (f" ('{p.waarde}')" if p.waarde else "") for p in fout.plaatsen[:5] if p.regel]
    meer = fout.aantal - len(plaatsen)
    waar = (
        f" Regel {', '.join(plaatsen)}" + (f" en {meer} meer" if meer > 0 else "") + "." if plaatsen else ""
    )
    kolom = f", kolom {fout.veld}" if fout.veld else ""
    verwacht = f" Verwacht: {fout.verwacht}." if fout.verwacht else ""
    return f"{fout.bestand}{kolom}: {fout.tekst}{verwacht}{waar}"


def rijen(pad: Path, bestand: Bestand, lijst: Lijst, verslag: Verslag) -> Iterator[tuple[int, Any]]:
    """Give the rows of a file with their line numbers; what is wrong goes into the report.

    Raises:
        OnbruikbaarBestand: there is no such file, it is too large, it is no text, or lacks columns.
    """
    begin = eerste_bytes(pad, GROOTSTE_BESTAND)
    controleer_tekst(begin, pad.name)
    codering = "utf-8-sig" if bestand.codering == "utf-8" else bestand.codering
    regel = 0
    try:
        with pad.open(encoding=codering, newline="") as tekst:
            lezer = csv.reader(tekstregels(tekst, pad.name), delimiter=bestand.scheiding)
            kop = [naam.strip() for naam in next(lezer, [])]
            vertaler = _Vertaler(lijst, bestand, kop, verslag)
            for cellen in lezer:
                regel = lezer.line_num
                rij = vertaler.rij(regel, cellen)
                if rij is not None:
                    yield regel, rij
    except UnicodeDecodeError:
        verslag.fout(
            "codering",
            f"na deze regel staan tekens die geen {bestand.codering} zijn.",
            regel=regel,
            verwacht=f"{bestand.codering}; noem een andere codering in het manifest, of sla het bestand opnieuw op",
        )
    except csv.Error:
        verslag.fout("csv", "na deze regel is het geen leesbare tabel meer.", regel=regel)


class _Vertaler:
    """Makes rows of the lines of one file."""

    def __init__(self, lijst: Lijst, bestand: Bestand, kop: list[str], verslag: Verslag) -> None:
        self.lijst, self.bestand, self.verslag = lijst, bestand, verslag
        self.breedte = len(kop)
        kolommen = kolommen_van(lijst.rij)
        self.plaatsen = _plaatsen(kolommen, bestand, kop)
        if not bestand.kolommen:
            for onbekend in sorted({*kop} - {*kolommen}):
                verslag.opmerking("kolom_onbekend", "kolommen die niet gebruikt worden.", waarde=onbekend)
        self.vast = {
            naam: self._lees(kolommen[naam], tekst, 0, "vast") for naam, tekst in bestand.vast.items()
        }
        self.verplicht = [k.naam for k in kolommen.values() if k.verplicht]

    def rij(self, regel: int, cellen: list[str]) -> Any:
        """Return the row that a line makes, or None when it is empty or has faults."""
        if len(cellen) != self.breedte:
            if not any(cellen):
                return None
            if len(cellen) < self.breedte or any(cellen[self.breedte :]):
                self.verslag.fout(
                    "breedte",
                    "regels met meer of minder velden dan de kop.",
                    regel=regel,
                    verwacht=f"{self.breedte} velden, gescheiden door {self.bestand.scheiding!r}",
                )
                return None
        goed = True
        waarden = dict(self.vast)
        for kolom, plaats, kop, vertaling in self.plaatsen:
            tekst = " ".join(cellen[plaats].split())
            tekst = vertaling.get(tekst, tekst)
            if tekst:
                waarde = self._lees(kolom, tekst, regel, kop)
                goed = goed and waarde is not None
                waarden[kolom.naam] = waarde
            elif kolom.verplicht:
                goed = False
                self.verslag.fout(
                    "leeg", "verplicht, en toch leeg.", regel=regel, veld=kop, verwacht=kolom.formaat
                )
        return self._gekeurd(regel, self.lijst.rij(**waarden)) if goed else None

    def _lees(self, kolom: Kolom, tekst: str, regel: int, kop: str) -> Any:
        try:
            waarde = kolom.lees(tekst, self.bestand.datum)
        except Celfout as fout:
            self.verslag.fout(
                "cel", "niet te lezen.", regel=regel, waarde=tekst, veld=kop, verwacht=str(fout)
            )
            return None
        if kolom.naam == "datum_einde" and self.bestand.einde == "exclusief":
            return dagen_na(waarde, -1)
        return waarde

    def _gekeurd(self, regel: int, rij: Any) -> Any:
        fout = self.lijst.fout_in(rij)
        if fout is None:
            return rij
        kolom, verwacht = fout
        veld = self.bestand.kolommen.get(kolom, kolom)
        self.verslag.fout(
            "rij", "past niet bij de rest van de regel.", regel=regel, veld=veld, verwacht=verwacht
        )
        return None


def _plaatsen(
    kolommen: Mapping[str, Kolom], bestand: Bestand, kop: list[str]
) -> list[tuple[Kolom, int, str, Mapping[str, str]]]:
    """Return which column of the list stands where, under which heading, and what its texts mean.

    Raises:
        OnbruikbaarBestand: a heading is missing, or stands there twice.
    """
    namen = bestand.kolommen or {naam: naam for naam in kolommen}
    gevraagd = {naam: koptekst for naam, koptekst in namen.items() if naam not in bestand.vast}
    nodig = [gevraagd.get(naam, naam) for naam, kolom in kolommen.items() if kolom.verplicht]
    nodig = [koptekst for koptekst in nodig if koptekst not in bestand.vast] + [*bestand.kolommen.values()]
    ontbreekt = [koptekst for koptekst in dict.fromkeys(nodig) if koptekst not in kop]
    dubbel = sorted({koptekst for koptekst in gevraagd.values() if kop.count(koptekst) > 1})
    klachten = [f"de kolommen {', '.join(ontbreekt)} ontbreken"] if ontbreekt else []
    klachten += [f"de kolommen {', '.join(dubbel)} staan er meer dan eens"] if dubbel else []
    if klachten:
        raise OnbruikbaarBestand(
            f"{bestand.bestand}: {' en '.join(klachten)}. Verwacht een kopregel (gescheiden door "
            f"{bestand.scheiding!r}) met: {', '.join(gevraagd.values())}."
        )
    return [
        (kolommen[naam], kop.index(koptekst), koptekst, bestand.waarden.get(naam, {}))
        for naam, koptekst in gevraagd.items()
        if koptekst in kop
    ]
