"""Difference files: what changed between two OBO's (PvE MBO-instelling h. 14), and in the same form between two RO's.

A file per recordsoort: a row of field names, an opening record, and a line per difference with the old values, the
new values and the kind of change. In a changed line the old values are complete, the new ones only where they differ;
``*`` stands for a value that was emptied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Final, Literal, Protocol, cast, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, defstruct

from kernregister.kern.formaten import obo, ro
from kernregister.kern.formaten import velden as v
from kernregister.kern.formaten.indeling import (
    NUMMERS,
    Indeling,
    Record,
    regel_van,
    tag,
    velden,
)
from kernregister.kern.formaten.regelschrijver import regel as regel_voor
from kernregister.kern.formaten.schrijven import CRLF, als_geheel

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
        return per_soort(self)[recordsoort]

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


class Verschil(Protocol):
    """What is to be written of a difference: the record before and the record after (see ``kern.verschil``)."""

    @property
    def recordsoort(self) -> str: ...
    @property
    def oud(self) -> Record | None: ...
    @property
    def nieuw(self) -> Record | None: ...


def schrijf_obov(
    map_: Path,
    lijst: Verschillenlijst,
    kop: Record,
    verschillen: Iterable[Verschil],
    *,
    dag: date | None = None,
    regeleinde: str = CRLF,
) -> list[Path]:
    """Write the difference files to a folder and return them: one per recordsoort, also where nothing changed.

    Args:
        map_: the folder; files of the same name in it are replaced.
        lijst: of which kind of overview.
        kop: the opening record of each file (see ``verschil.kop_van``).
        verschillen: in the order of the overview.
        dag: the day that the names of the files carry; by default that of the newer overview.
        regeleinde: the line end.

    Raises:
        Onschrijfbaar: a value holds a separator or a line end; then no file is left.
    """
    k: Any = kop
    dag = dag or getattr(k, "datum_aanmaak", None) or k.datum_aanvraag
    paden = {soort: map_ / lijst.naam_van(soort, k.instellingscode, dag) for soort in per_soort(lijst)}
    with ExitStack() as stapel:
        delen = {soort: stapel.enter_context(als_geheel(pad)) for soort, pad in paden.items()}
        with verschilschrijver(delen, lijst, kop, regeleinde) as schrijf:
            for verschil in verschillen:
                schrijf(verschil)
    return list(paden.values())


@contextmanager
def verschilschrijver(
    paden: Mapping[str, Path], lijst: Verschillenlijst, kop: Record | None = None, regeleinde: str = "\n"
) -> Iterator[Callable[[Verschil], None]]:
    """Give a function that writes a difference to the file of its recordsoort.

    With ``kop`` each file begins with the names of the fields and the opening record; without, it is a part of one.
    """
    with ExitStack() as stapel:
        uit = {
            soort: stapel.enter_context(pad.open("w", encoding="utf-8", newline=regeleinde))
            for soort, pad in paden.items()
        }
        bestanden = per_soort(lijst)
        if kop is not None:
            for soort, bestand in uit.items():
                bestand.write(lijst.aanhef(bestanden[soort], kop))

        def schrijf(verschil: Verschil) -> None:
            soort = verschil.recordsoort
            uit[soort].write(
                regel_voor(bestanden[soort].regel_van_verschil(verschil.oud, verschil.nieuw)) + "\n"
            )

        yield schrijf


@cache
def _schrijvers(record: type[Record]) -> dict[str, Any]:
    return {veld.naam: veld.schrijf() for veld in velden(record)}


@cache
def per_soort(lijst: Verschillenlijst) -> dict[str, Verschilbestand]:
    """Return the files of a list by recordsoort."""
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
