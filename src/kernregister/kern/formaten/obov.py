"""Difference files: what changed between two OBO's (PvE MBO-instelling h. 14), and in the same form between two RO's.

A file per recordsoort: a row of field names, an opening record, and a line per difference with the old values, the
new values and the kind of change. In a changed line the old values are complete, the new ones only where they differ;
``*`` stands for a value that was emptied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Final, Literal, cast, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, defstruct

from kernregister.kern.formaten import obo, ro
from kernregister.kern.formaten import velden as v
from kernregister.kern.formaten.bron import zonder_bom
from kernregister.kern.formaten.indeling import (
    NUMMERS,
    Indeling,
    Record,
    Veld,
    Veldfout,
    regel_van,
    tag,
    velden,
)
from kernregister.kern.formaten.verkennen import GROOTSTE_REGEL
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag

LEEGGEMAAKT: Final = "*"
"""Stands in the new values for one that was emptied."""

SoortWijziging = Annotated[
    Literal["T", "V", "W"], Meta(title="AN1", description="T toevoeging, V verwijdering, W wijziging")
]


class Vlp(Record, tag="VLP"):
    """Voorlooprecord van een verschilbestand bij een OBO."""

    studiejaar: v.StudiejaarTekst
    instellingscode: v.Instellingscode
    datum_aanvraag: v.Datum
    datum_aanvraag_vorige: v.Datum


class VlpRo(Record, tag="VLP"):
    """Voorlooprecord van een verschilbestand bij twee RO's; perioden en dag van aanmaak van beide."""

    instellingscode: v.Instellingscode
    datum_begin_periode: v.Datum
    datum_einde_periode: v.Datum
    datum_aanmaak: v.Datum
    datum_begin_periode_vorige: v.Datum
    datum_einde_periode_vorige: v.Datum
    datum_aanmaak_vorige: v.Datum


class Verschilbestand(Struct, frozen=True):
    """One difference file: the record it compares, the line it holds, and the fields that stand in it once."""

    record: type[Record]
    regel: type[Record]
    vorig: tuple[str, ...]
    huidig: tuple[str, ...]
    enkel: tuple[str, ...] = ()

    def regel_van_verschil(self, oud: Record | None, nieuw: Record | None) -> Record:
        """Return the line for a record that was removed, added or changed (never neither).

        A field that stands in the line once shows the old value, and of an added record the new one.
        """
        bron = oud or nieuw
        waarden: dict[str, Any] = {naam: getattr(bron, naam) for naam in (*NUMMERS, *self.enkel)}
        if oud is not None:
            waarden |= {f"{naam}_vorig": getattr(oud, naam) for naam in self.vorig}
        if nieuw is not None:
            schrijf = _schrijvers(self.record)
            for naam in self.huidig:
                waarde = getattr(nieuw, naam)
                if oud is None or waarde != getattr(oud, naam):
                    leeg = LEEGGEMAAKT if oud is not None else None
                    waarden[f"{naam}_huidig"] = leeg if waarde is None else schrijf[naam](waarde)
        waarden["soort_wijziging"] = "T" if oud is None else "V" if nieuw is None else "W"
        return self.regel(*[waarden.get(naam) for naam in self.regel.__struct_fields__])

    def pas_toe(self, oud: Record | None, regel: Record) -> Record | None:
        """Return what a record becomes by a line of differences; None when it is removed.

        What stands in the line once and has changed cannot be known from it, and stays as it was.
        """
        r: Any = regel
        if r.soort_wijziging == "V":
            return None
        lees = {veld.naam: veld.lees for veld in velden(self.record)}
        waarden = {naam: getattr(oud or r, naam) for naam in (*NUMMERS, *self.enkel)}
        for naam in self.huidig:
            tekst = getattr(r, f"{naam}_huidig")
            if tekst == LEEGGEMAAKT:
                waarden[naam] = None
            elif tekst is not None:
                waarden[naam] = lees[naam](tekst)
            else:
                waarden[naam] = getattr(oud, naam, None)
        return self.record(*[waarden[naam] for naam in self.record.__struct_fields__])


class Verschillenlijst(Struct, frozen=True):
    """The layout of all difference files of one kind of overview."""

    naam: str
    omschrijving: str
    bron: str
    bestandsnaam: str
    indeling: Indeling
    kop: type[Record]
    bestanden: tuple[Verschilbestand, ...]

    def bestand(self, recordsoort: str) -> Verschilbestand:
        """Return the layout of the file of one recordsoort."""
        return _per_soort(self)[recordsoort]

    def naam_van(self, recordsoort: str, instelling: str, dag: date) -> str:
        """Return the name of a file, such as ``OBOV_ISG_27DV_20261101.CSV``."""
        return f"{self.naam}_{recordsoort}_{instelling}_{dag:%Y%m%d}.CSV"

    def aanhef(self, bestand: Verschilbestand, kop: Record) -> str:
        """Return the first two lines of a file: the names of the fields and the opening record."""
        namen = ["recordsoort", *(veld.naam for veld in velden(bestand.regel))]
        return "|".join(naam.replace("_", " ").capitalize() for naam in namen) + f"\n{regel_van(kop)}\n"


def zipnaam(instelling: str, dag: date) -> str:
    """Return the name of the zip that holds the difference files, such as ``27DV_20261101.ZIP``."""
    return f"{instelling}_{dag:%Y%m%d}.ZIP"


def lees(pad: Path, verslag: Verslag) -> tuple[Any, Verschilbestand, list[Record]]:
    """Read a difference file: its opening record, its layout and its lines; lines that cannot be read are reported.

    Raises:
        OnbruikbaarBestand: it is no difference file.
    """
    with pad.open("rb") as bron:
        regels = enumerate(iter(lambda: zonder_bom(bron.readline(GROOTSTE_REGEL)), b""), 1)
        kop, lijst = _zoek_kop(regels, verslag, pad.name)
        bestand: Verschilbestand | None = None
        records = []
        for nummer, ruw in regels:
            tekst = ruw.decode(errors="replace").rstrip("\r\n")
            soort, *waarden = tekst.split("|")
            bestand = bestand or _per_soort(lijst).get(soort) or _uit_naam(lijst, pad.name)
            record = _lees_regel(bestand, soort, waarden, nummer, verslag) if bestand and tekst else None
            if record is not None:
                records.append(record)
            elif bestand is None:
                break
        bestand = bestand or _uit_naam(lijst, pad.name)
    if bestand is None:
        raise OnbruikbaarBestand(f"{pad.name}: niet te zien van welke recordsoort dit verschilbestand is.")
    return kop, bestand, records


def _zoek_kop(
    regels: Iterator[tuple[int, bytes]], verslag: Verslag, naam: str
) -> tuple[Record, Verschillenlijst]:
    for _, (nummer, ruw) in zip(range(2), regels, strict=False):
        soort, *waarden = ruw.decode(errors="replace").rstrip("\r\n").split("|")
        for lijst in (OBOV, ROV):
            if soort == "VLP" and len(waarden) == len(velden(lijst.kop)):
                kop = _lees_velden(lijst.kop, soort, waarden, nummer, verslag)
                if kop is not None:
                    return kop, lijst
    raise OnbruikbaarBestand(
        f"{naam}: het openingsrecord VLP van een verschilbestand ontbreekt of is onleesbaar. Verwacht een regel met "
        "veldnamen en daarna VLP."
    )


def _uit_naam(lijst: Verschillenlijst, naam: str) -> Verschilbestand | None:
    gevonden = re.match(r"(?:OBOV|ROV)_([A-Z]{3})_", naam, re.IGNORECASE)
    return _per_soort(lijst).get(gevonden[1].upper()) if gevonden else None


def _lees_regel(
    bestand: Verschilbestand, soort: str, waarden: list[str], nummer: int, verslag: Verslag
) -> Record | None:
    if soort != tag(bestand.record) or len(waarden) != len(velden(bestand.regel)):
        verslag.fout(
            "verschilregel",
            "De regel heeft niet de vorm van dit verschilbestand.",
            regel=nummer,
            recordsoort=soort[:3],
            waarde=f"{len(waarden) + 1} velden",
            verwacht=f"{tag(bestand.record)} met {len(velden(bestand.regel)) + 1} velden",
        )
        return None
    return _lees_velden(bestand.regel, soort, waarden, nummer, verslag)


def _lees_velden(
    record: type[Record], soort: str, waarden: list[str], nummer: int, verslag: Verslag
) -> Record | None:
    gelezen, goed = [], True
    for veld, tekst in zip(velden(record), waarden, strict=True):
        try:
            gelezen.append(_lees_veld(veld, tekst))
        except Veldfout as fout:
            goed = False
            verslag.fout(
                "veld_ongeldig",
                f"Het veld {veld.naam} van een {soort} heeft geen geldige waarde.",
                regel=nummer,
                waarde=veld.toon(tekst),
                recordsoort=soort,
                veld=veld.naam,
                verwacht=fout.verwacht,
            )
    return record(*gelezen) if goed else None


def _lees_veld(veld: Veld, tekst: str) -> Any:
    """Read a value; a new value keeps its text, and is checked by the field that it is a value of."""
    if (van := veld.extra.get("huidig")) and tekst not in ("", LEEGGEMAAKT):
        oorspronkelijk = next(o for o in velden(van) if f"{o.naam}_huidig" == veld.naam)
        return oorspronkelijk.schrijf()(oorspronkelijk.lees(tekst))
    return veld.lees(tekst)


@cache
def _schrijvers(record: type[Record]) -> dict[str, Any]:
    return {veld.naam: veld.schrijf() for veld in velden(record)}


@cache
def _per_soort(lijst: Verschillenlijst) -> dict[str, Verschilbestand]:
    return {tag(bestand.record): bestand for bestand in lijst.bestanden}


def _verschilbestand(
    record: type[Record], vorig: tuple[str, ...] = (), enkel: tuple[str, ...] = ()
) -> Verschilbestand:
    """Declare a difference file: the fields in order of ``vorig`` (of the record by default), then again without
    ``enkel`` for the new values.
    """
    vorig = vorig or record.__struct_fields__[len(NUMMERS) :]
    huidig = tuple(naam for naam in vorig if naam not in enkel)
    hints = get_type_hints(record, include_extras=True)
    regel: list[tuple[str, Any]] = [(naam, hints[naam]) for naam in NUMMERS]
    regel += [(naam if naam in enkel else f"{naam}_vorig", _kaal(hints[naam]) | None) for naam in vorig]
    regel += [(f"{naam}_huidig", _als_huidig(record, _kaal(hints[naam])) | None) for naam in huidig]
    regel.append(("soort_wijziging", SoortWijziging))
    soort = defstruct(
        f"{record.__name__}Verschil",
        regel,
        bases=(Record,),
        tag=tag(record),
        module=__name__,
        namespace={"__doc__": f"Verschil in {tag(record)}: {(record.__doc__ or '').splitlines()[0]}"},
    )
    return Verschilbestand(
        record, cast(type[Record], soort), tuple(naam for naam in vorig if naam not in enkel), huidig, enkel
    )


def _kaal(soort: Any) -> Any:
    """Return the type of a field, whether or not it may be empty."""
    return (
        soort
        if get_origin(soort) is Annotated
        else next((deel for deel in get_args(soort) if deel is not NoneType), soort)
    )


def _als_huidig(record: type[Record], soort: Any) -> Any:
    """Return the type of a new value: its text, or ``*``."""
    meta = get_args(soort)[1]
    return Annotated[
        str,
        Meta(
            title=meta.title,
            description=f"{meta.description}; * is leeggemaakt",
            extra={"huidig": record},
        ),
    ]


OBOV = Verschillenlijst(
    naam="OBOV",
    omschrijving="Verschillenlijst bij een OBO: wat er ten opzichte van het vorige OBO is veranderd",
    bron="PvE MBO-instelling h. 14; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 12 en 13",
    bestandsnaam="OBOV_YYY_99XX_EEJJMMDD.CSV",
    indeling=obo.OBO,
    kop=Vlp,
    bestanden=(
        _verschilbestand(obo.Per),
        _verschilbestand(obo.Vbt),
        _verschilbestand(obo.Nat),
        _verschilbestand(obo.Isg),
        # Leerroute stands after bekostigbaar and only once: so the PvE prints it, unlike the record of the OBO.
        _verschilbestand(
            obo.Isp,
            vorig=(
                "inschrijvingvolgnummer",
                "datum_begin",
                "opleidingcode",
                "leertraject",
                "niveau",
                "indicatie_bekostigbaar",
                "leerroute",
                "leerroutefase",
                "geldig_op_1_oktober",
                "geldig_op_1_februari",
            ),
            enkel=("leerroute", "leerroutefase"),
        ),
        _verschilbestand(obo.Bpv),
        _verschilbestand(obo.Dip),
    ),
)

ROV = Verschillenlijst(
    naam="ROV",
    omschrijving="Verschillen tussen twee RO's, in de vorm van de verschillenlijst bij een OBO; een eigen indeling, "
    "want DUO heeft hiervoor geen bestand",
    bron="Kernregister, naar het voorbeeld van PvE MBO-instelling h. 14",
    bestandsnaam="ROV_YYY_99XX_EEJJMMDD.CSV",
    indeling=ro.RO,
    kop=VlpRo,
    bestanden=tuple(_verschilbestand(record) for record in (ro.RO.persoon, *ro.RO.kinderen)),
)
