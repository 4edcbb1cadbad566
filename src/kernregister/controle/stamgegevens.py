"""Reading what a check may get besides the deliveries: reference data, persons, enrolments in vo and vso.

Each is a plain CSV with a header row, separated by ``;``, in UTF-8, dates as ``jjjj-mm-dd``; an empty field is not
known or has no end. The columns are declared here once; the page of layouts prints them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from kernregister.controle.tabellen import kolommen_van, lees_genummerd
from kernregister.kern.dossier import Deelname
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.kern.gegevens import Aanbieder, Bron, Gegevens, Instelling, Opleiding, Soort
from kernregister.kern.tijd import OPEN, Periode, dagen_na

JaNee = Literal["J", "N"]
_JA_NEE: dict[JaNee | None, bool | None] = {"J": True, "N": False, None: None}


class InstellingRij(Struct):
    """instellingen.csv: institutions, with their kind."""

    instellingscode: str
    naam: str | None = None
    soort: Literal["BI", "NBI"] = "BI"
    unieke_vakinstelling: JaNee | None = None


class AanbiederRij(Struct):
    """onderwijsaanbieders.csv: with an institution, when the two are linked; without, when the aanbieder is valid.

    An aanbieder without a row of its own is taken to be valid as long as it is linked to an institution.
    """

    onderwijsaanbieder: str
    instellingscode: str | None = None
    datum_begin: date | None = None
    datum_einde: date | None = None


class LocatieRij(Struct):
    """onderwijslocaties.csv: when a location is valid."""

    onderwijslocatie: str
    datum_begin: date | None = None
    datum_einde: date | None = None


class OpleidingRij(Struct):
    """opleidingen.csv: recognised programmes."""

    opleidingcode: str
    naam: str | None = None
    soort: Literal["kwalificatie", "dossier", "domein"] = "kwalificatie"
    niveau: str | None = None
    einde_instroom: date | None = None
    duur_maanden: int | None = None
    cross_over: JaNee | None = None
    unieke_vakopleiding: JaNee | None = None
    soort_opleiding: str | None = None
    prijsfactor: Decimal | None = None
    met_vws: JaNee | None = None


class AanspraakRij(Struct):
    """toestemmingen.csv (cross-over) and licenties.csv (unieke vakopleiding, ODT): what an institution may give."""

    instellingscode: str
    opleidingcode: str
    datum_begin: date | None = None
    datum_einde: date | None = None


class ParameterRij(Struct):
    """parameters.csv: values that the sources leave open, such as wettelijke_termijn_maanden."""

    naam: str
    waarde: int


class PersoonRij(Struct):
    """personen.csv: what the source of person data knows of a person."""

    burgerservicenummer: str | None = None
    onderwijsnummer: str | None = None
    achternaam: str | None = None
    datum_overlijden: date | None = None


class DeelnameRij(Struct):
    """vo.csv, vso.csv and ho.csv: enrolments outside mbo. The end date is the last day.

    A new leerjaar or programme within an enrolment is a row of its own with the same inschrijvingvolgnummer.
    """

    sector: Literal["VO", "VSO", "VAVO", "HO"]
    instellingscode: str
    datum_begin: date
    burgerservicenummer: str | None = None
    onderwijsnummer: str | None = None
    datum_einde: date | None = None
    leerroute: str | None = None
    leerroutefase: str | None = None
    inschrijvingvolgnummer: str | None = None
    opleidingcode: str | None = None
    niveau: str | None = None
    leerjaar: int | None = None
    profiel: str | None = None
    wec_schoolsoort: str | None = None

    def deelname(self) -> Deelname:
        """Return what the row tells, as a dossier holds it."""
        return Deelname(
            self.sector,
            self.instellingscode,
            self.datum_begin,
            self.datum_einde,
            self.leerroute,
            self.leerroutefase,
            self.inschrijvingvolgnummer,
            self.opleidingcode,
            self.niveau,
            self.leerjaar,
            self.profiel,
            self.wec_schoolsoort,
        )


class VooropleidingRij(Struct):
    """vooropleidingen.csv: results obtained in vo, vso, vavo and ho; only the register reads it.

    ``profielen`` are separated by a space. So are ``vakken``, each as code/SE/CE/eindcijfer/beoordeling with a decimal
    point; what is not known is left empty, or left out at the end.
    """

    sector: Literal["VO", "VSO", "VAVO", "HO"]
    instellingscode: str
    resultaatvolgnummer: str
    burgerservicenummer: str | None = None
    onderwijsnummer: str | None = None
    niveau: str | None = None
    waardedocument: Literal["DIPLOMA", "CERTIFICAAT"] | None = None
    uitslagcode: str | None = None
    datum_uitslag: date | None = None
    examenjaar: int | None = None
    opleidingcode: str | None = None
    opleidingnaam: str | None = None
    graad: str | None = None
    staatsexamen: JaNee | None = None
    profielen: str | None = None
    vakken: str | None = None
    inschrijvingvolgnummer: str | None = None


TABELLEN: dict[str, type[Struct]] = {
    "instellingen.csv": InstellingRij,
    "onderwijsaanbieders.csv": AanbiederRij,
    "onderwijslocaties.csv": LocatieRij,
    "opleidingen.csv": OpleidingRij,
    "toestemmingen.csv": AanspraakRij,
    "licenties.csv": AanspraakRij,
    "parameters.csv": ParameterRij,
}
"""The files of a folder of reference data; each may be left out."""

Personen = dict[str, PersoonRij]
"""Person's number (either kind) -> what is known of the person."""

Deelnames = dict[str, tuple[Deelname, ...]]
"""Person's number -> enrolments outside mbo."""


def lees_gegevens(map_: Path | None, soort: Soort | None, verslag: Verslag) -> Gegevens:
    """Return the reference data of a folder, as far as its files are there.

    Raises:
        OnbruikbaarBestand: the folder does not exist or holds none of the files.
    """
    if map_ is None:
        return Gegevens(soort_standaard=soort or Soort.BI)
    if not map_.is_dir():
        raise OnbruikbaarBestand(f"{map_}: deze map met stamgegevens bestaat niet.")
    tabellen = {
        naam: _lees(map_ / naam, rij, verslag) for naam, rij in TABELLEN.items() if (map_ / naam).is_file()
    }
    if not tabellen:
        raise OnbruikbaarBestand(
            f"{map_}: geen stamgegevens gevonden. Verwacht een of meer van: {', '.join(TABELLEN)}."
        )
    return stel_samen(tabellen, soort)


def stel_samen(tabellen: Mapping[str, Iterable[Any]], soort: Soort | None = None) -> Gegevens:
    """Return the reference data that the rows of tables make, by the name of their file in ``TABELLEN``.

    A table that is not among them is not there: what needs it cannot be judged.
    """
    parameters = {rij.naam: rij.waarde for rij in tabellen.get("parameters.csv", ())}
    termijn = parameters.get("wettelijke_termijn_maanden")
    return Gegevens(
        beschikbaar=beschikbaar(tabellen, termijn),
        instellingen={
            rij.instellingscode: Instelling(
                rij.instellingscode, rij.naam or "", Soort(rij.soort), _JA_NEE[rij.unieke_vakinstelling]
            )
            for rij in tabellen.get("instellingen.csv", ())
        },
        aanbieders=_aanbieders(tabellen.get("onderwijsaanbieders.csv", ())),
        locaties=_perioden(tabellen.get("onderwijslocaties.csv", ()), lambda rij: rij.onderwijslocatie),
        opleidingen={rij.opleidingcode: _opleiding(rij) for rij in tabellen.get("opleidingen.csv", ())},
        toestemmingen=_perioden(tabellen.get("toestemmingen.csv", ()), _aanspraak),
        licenties=_perioden(tabellen.get("licenties.csv", ()), _aanspraak),
        wettelijke_termijn_maanden=termijn,
        soort_standaard=soort or Soort.BI,
    )


def lees_personen(pad: Path | None, verslag: Verslag) -> tuple[Personen, frozenset[Bron]]:
    """Return persons by either number, with what their file makes it possible to judge."""
    if pad is None:
        return {}, frozenset()
    personen: Personen = {}
    for rij in _lees(pad, PersoonRij, verslag):
        for nummer in (rij.burgerservicenummer, rij.onderwijsnummer):
            if nummer:
                personen[nummer] = rij
    kolommen = kolommen_van(pad)
    bronnen = {Bron.NUMMERS} if {"burgerservicenummer", "onderwijsnummer"} <= kolommen else set()
    if "datum_overlijden" in kolommen:
        bronnen.add(Bron.OVERLIJDEN)
    return personen, frozenset(bronnen)


def is_deelnames(pad: Path) -> bool:
    """Tell whether a file looks like enrolments in vo or vso: by its header row."""
    return {"sector", "datum_begin"} <= kolommen_van(pad)


def lees_deelnames(paden: list[Path], verslag: Verslag) -> tuple[Deelnames, frozenset[Bron]]:
    """Return enrolments outside mbo by person, with what they make it possible to judge.

    A file without rows still tells that there are none; then its name says of which sector.
    """
    per_persoon: dict[str, list[Deelname]] = defaultdict(list)
    bronnen: set[Bron] = set()
    for pad in paden:
        leeg = True
        for regel, rij in lees_genummerd(pad, DeelnameRij, verslag):
            leeg = False
            if rij.sector != "HO":  # no rule looks at it: what is there makes nothing possible
                bronnen.add(Bron.VSO if rij.sector == "VSO" else Bron.VO)
            deelname = rij.deelname()
            nummers = [nummer for nummer in (rij.burgerservicenummer, rij.onderwijsnummer) if nummer]
            for nummer in nummers:
                per_persoon[nummer].append(deelname)
            if not nummers:
                verslag.fout(
                    "rij_zonder_nummer",
                    f"{pad.name}: rijen zonder burgerservicenummer en zonder onderwijsnummer; ze zijn overgeslagen.",
                    regel=regel,
                )
        if leeg:
            bronnen.add(Bron.VSO if pad.name.lower().startswith("vso") else Bron.VO)
    return {nummer: tuple(rijen) for nummer, rijen in per_persoon.items()}, frozenset(bronnen)


def beschikbaar(bestanden: Collection[str], termijn: int | None) -> frozenset[Bron]:
    """Return what can be judged with these tables, named by their file, and this wettelijke termijn in months."""
    bronnen = {
        bron
        for bron, nodig in (
            (Bron.RIO, {"onderwijsaanbieders.csv", "onderwijslocaties.csv"}),
            (Bron.OPLEIDINGEN, {"opleidingen.csv"}),
            (Bron.TOESTEMMINGEN, {"toestemmingen.csv"}),
            (Bron.LICENTIES, {"licenties.csv"}),
        )
        if nodig.issubset(bestanden)
    }
    return frozenset(bronnen | ({Bron.WETTELIJKE_TERMIJN} if termijn is not None else set()))


def _periode(rij: Any) -> Periode:
    return Periode(rij.datum_begin or date.min, dagen_na(rij.datum_einde, 1) if rij.datum_einde else OPEN)


def _perioden(rijen: Any, sleutel: Callable[[Any], Any]) -> dict[Any, tuple[Periode, ...]]:
    perioden: dict[Any, list[Periode]] = defaultdict(list)
    for rij in rijen:
        perioden[sleutel(rij)].append(_periode(rij))
    return {s: tuple(p) for s, p in perioden.items()}


def _aanspraak(rij: Any) -> tuple[str, str]:
    return rij.instellingscode, rij.opleidingcode


def _aanbieders(rijen: Any) -> dict[str, Aanbieder]:
    geldig = _perioden((r for r in rijen if not r.instellingscode), lambda rij: rij.onderwijsaanbieder)
    koppelingen: dict[str, list[tuple[str, Periode]]] = defaultdict(list)
    for rij in rijen:
        if rij.instellingscode:
            koppelingen[rij.onderwijsaanbieder].append((rij.instellingscode, _periode(rij)))
    return {
        code: Aanbieder(
            geldig.get(code) or tuple(periode for _, periode in koppelingen[code]),
            tuple(koppelingen.get(code, ())),
        )
        for code in dict.fromkeys([*geldig, *koppelingen])
    }


def _opleiding(rij: Any) -> Opleiding:
    return Opleiding(
        rij.opleidingcode,
        rij.naam or "",
        rij.soort,
        rij.niveau,
        rij.einde_instroom,
        rij.duur_maanden,
        _JA_NEE[rij.cross_over],
        _JA_NEE[rij.unieke_vakopleiding],
        soort_opleiding=rij.soort_opleiding,
        prijsfactor=rij.prijsfactor,
        met_vws=_JA_NEE[rij.met_vws],
    )


def _lees(pad: Path, soort: type[Struct], verslag: Verslag) -> list[Any]:
    """Return the rows of a table; what cannot be read is reported with line and column, and left out."""
    return [rij for _, rij in lees_genummerd(pad, soort, verslag)]
