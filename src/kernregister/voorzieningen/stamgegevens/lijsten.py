"""The lists of reference data: what a row of each holds, what identifies it, and what its source is.

This is the one declaration: the import, the tables, the look-ups, the JSON schema and docs/stamgegevens.md follow it.
The lists that the offline check reads as well extend its rows, so that one file serves both. An end date is the last
day; an empty value is not known, or has no end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, Literal

from msgspec import Struct

from kernregister.controle import stamgegevens as offline
from kernregister.controle.stamgegevens import JaNee
from kernregister.kern.gegevens import Bron
from kernregister.kern.tijd import OPEN, Periode, dagen_na


class Rij(Struct, kw_only=True, omit_defaults=True):
    """What every row has: from when until when it holds."""

    datum_begin: date | None = None
    datum_einde: date | None = None


class InstellingRij(offline.InstellingRij, kw_only=True, omit_defaults=True):
    """An institution, with its kind."""

    plaats: str | None = None
    datum_begin: date | None = None
    datum_einde: date | None = None


class AanbiederRij(offline.AanbiederRij, kw_only=True, omit_defaults=True):
    """An onderwijsaanbieder: without an institution, when it is valid; with one, when the two are linked."""

    onderwijsbestuur: str | None = None


class LocatieRij(offline.LocatieRij, kw_only=True, omit_defaults=True):
    """An onderwijslocatie."""

    straat: str | None = None
    huisnummer: str | None = None
    postcode: str | None = None
    plaats: str | None = None


class OpleidingRij(offline.OpleidingRij, kw_only=True, omit_defaults=True):
    """A recognised programme: a kwalificatie, a kwalificatiedossier or an opleidingsdomein."""

    leertrajecten: str | None = None
    dossiercode: str | None = None
    domeincode: str | None = None
    datum_begin: date | None = None
    datum_einde: date | None = None


class AanspraakRij(offline.AanspraakRij, kw_only=True, omit_defaults=True):
    """What an institution may give, by permission or by licence."""


class AangebodenRij(Rij, kw_only=True):
    """A programme as an onderwijsaanbieder offers it."""

    aangeboden_opleiding: str
    onderwijsaanbieder: str
    opleidingcode: str
    opleidingseenheid: str | None = None
    onderwijslocatie: str | None = None
    leertraject: Literal["BOL", "BBL", "OVO", "EX", "ODT"] | None = None
    niveau: str | None = None
    eerste_instroom: date | None = None
    toelatingseisen: str | None = None


class CohortRij(Rij, kw_only=True):
    """A cohort of an offered programme: when one may apply, and when one starts."""

    aangeboden_opleiding: str
    cohortcode: str
    status: str | None = None
    begin_aanmeldperiode: date | None = None
    einde_aanmeldperiode: date | None = None
    vast_instroommoment: date | None = None
    flexibele_instroom: JaNee | None = None
    toestemming_vereist: JaNee | None = None


class KeuzedeelRij(Rij, kw_only=True):
    """A keuzedeel. ``certificaat``: whether a certificate can be had for it."""

    keuzedeelcode: str
    naam: str | None = None
    niveau: str | None = None
    uren: int | None = None
    certificaat: JaNee | None = None


class AmvbRij(Rij, kw_only=True):
    """A part of a programme that a government decree (AMvB) asks for."""

    amvb_code: str
    naam: str | None = None


class ExamenonderdeelRij(Rij, kw_only=True):
    """A generic exam part. ``aanname``: inferred from deliveries, not stated by a source."""

    examenonderdeel: str
    naam: str
    vak: str
    aanname: JaNee = "N"


class LeerbedrijfRij(Rij, kw_only=True):
    """A training company."""

    leerbedrijf: str
    naam: str | None = None
    postcode: str | None = None
    plaats: str | None = None
    land: str | None = None


class ErkenningRij(Rij, kw_only=True):
    """The recognition of a training company for a programme or a keuzedeel (WEB 1.5.3)."""

    leerbedrijf: str
    code: str


class EquivalentRij(Rij, kw_only=True):
    """Two codes of the same programme: a recognition for one is a recognition for the other."""

    code: str
    equivalent: str


class SchoolRij(Rij, kw_only=True):
    """A school outside mbo."""

    instellingscode: str
    naam: str | None = None
    postcode: str | None = None
    plaats: str | None = None


class CodeRij(Rij, kw_only=True):
    """A code of a table of the population register."""

    code: str
    naam: str


class GemeenteRij(CodeRij, kw_only=True):
    """A municipality. ``opvolger``: the code of the one it went into."""

    opvolger: str | None = None


class ParameterRij(offline.ParameterRij, kw_only=True, omit_defaults=True):
    """A value that the sources leave open, such as ``wettelijke_termijn_maanden``."""


PARAMETERS: Final = ("wettelijke_termijn_maanden",)
"""The open values that something reads."""

Rijfout = tuple[str, str]
"""The column a fault of a whole row stands in, and what was expected there."""


class Lijst(Struct, frozen=True):
    """The passport of a list.

    Args:
        naam: name, and that of its file without ``.csv``.
        titel: what it is called, in Dutch.
        rij: what a row holds.
        sleutel: the columns by which a row is looked up.
        bron: where the data come from.
        onderscheid: the columns that tell rows with the same key apart; without them there is one row a key.
        dekt: what rules can judge with it, when it is current.
        controle: tells what is wrong with a row as a whole.
    """

    naam: str
    titel: str
    rij: Any
    sleutel: tuple[str, ...]
    bron: str
    onderscheid: tuple[str, ...] = ()
    dekt: tuple[Bron, ...] = ()
    controle: Callable[[Any], Rijfout | None] | None = None

    @property
    def bestand(self) -> str:
        """Name of its file."""
        return f"{self.naam}.csv"

    def sleutel_van(self, rij: Any) -> str:
        """Return the key of a row: its codes, with a bar between them."""
        return "|".join(_tekst(getattr(rij, kolom)) for kolom in self.sleutel)

    def onderscheid_van(self, rij: Any) -> str:
        """Return what tells a row from others with the same key."""
        return "|".join(_tekst(getattr(rij, kolom)) for kolom in self.onderscheid)

    def fout_in(self, rij: Any) -> Rijfout | None:
        """Return what is wrong with a row as a whole. One that ends the day before it begins never held."""
        begin, einde = getattr(rij, "datum_begin", None), getattr(rij, "datum_einde", None)
        if begin and einde and einde < dagen_na(begin, -1):
            return "datum_einde", "een datum die niet voor datum_begin ligt"
        return self.controle(rij) if self.controle else None


def geldigheid(rij: Any) -> Periode:
    """Return the days on which a row holds."""
    begin, einde = getattr(rij, "datum_begin", None), getattr(rij, "datum_einde", None)
    return Periode(begin or date.min, dagen_na(einde, 1) if einde else OPEN)


def _tekst(waarde: object) -> str:
    return "" if waarde is None else str(waarde)


def _cohort(rij: CohortRij) -> Rijfout | None:
    if rij.vast_instroommoment and rij.flexibele_instroom == "J":
        return "vast_instroommoment", "een vast instroommoment of flexibele instroom, niet allebei"
    begin, einde = rij.begin_aanmeldperiode, rij.einde_aanmeldperiode
    if begin and einde and einde < begin:
        return "einde_aanmeldperiode", "een datum die niet voor begin_aanmeldperiode ligt"
    return None


def _equivalent(rij: EquivalentRij) -> Rijfout | None:
    return ("equivalent", "een andere code dan in de kolom code") if rij.code == rij.equivalent else None


def _parameter(rij: ParameterRij) -> Rijfout | None:
    return None if rij.naam in PARAMETERS else ("naam", " of ".join(PARAMETERS))


_RIO: Final = "RIO (Registratie Instellingen en Opleidingen)"
_SBB: Final = "SBB"
_DUO: Final = "DUO open onderwijsdata"
_BRP: Final = "Landelijke tabellen van de BRP"

_ALLE: Final = (
    Lijst("instellingen", "Instellingen", InstellingRij, ("instellingscode",), _RIO),
    Lijst(
        "onderwijsaanbieders",
        "Onderwijsaanbieders",
        AanbiederRij,
        ("onderwijsaanbieder",),
        _RIO,
        onderscheid=("instellingscode", "datum_begin"),
        dekt=(Bron.RIO, Bron.RIO_ACTUEEL),
    ),
    Lijst(
        "onderwijslocaties",
        "Onderwijslocaties",
        LocatieRij,
        ("onderwijslocatie",),
        _RIO,
        onderscheid=("datum_begin",),
        dekt=(Bron.RIO, Bron.RIO_ACTUEEL),
    ),
    Lijst(
        "opleidingen",
        "Erkende opleidingen",
        OpleidingRij,
        ("opleidingcode",),
        f"{_RIO}, stelsel CREBO",
        dekt=(Bron.OPLEIDINGEN, Bron.OPLEIDINGEN_ACTUEEL),
    ),
    Lijst(
        "toestemmingen",
        "Toestemmingen voor cross-overs",
        AanspraakRij,
        ("instellingscode", "opleidingcode"),
        "OCW",
        onderscheid=("datum_begin",),
        dekt=(Bron.TOESTEMMINGEN,),
    ),
    Lijst(
        "licenties",
        "Licenties voor unieke vakopleidingen en ODT",
        AanspraakRij,
        ("instellingscode", "opleidingcode"),
        "OCW",
        onderscheid=("datum_begin",),
        dekt=(Bron.LICENTIES,),
    ),
    Lijst("aangeboden_opleidingen", "Aangeboden opleidingen", AangebodenRij, ("aangeboden_opleiding",), _RIO),
    Lijst(
        "cohorten",
        "Cohorten",
        CohortRij,
        ("aangeboden_opleiding",),
        _RIO,
        onderscheid=("cohortcode",),
        controle=_cohort,
    ),
    Lijst("keuzedelen", "Keuzedelen", KeuzedeelRij, ("keuzedeelcode",), f"{_SBB}, DUO"),
    Lijst("amvb_onderdelen", "AMvB-onderdelen", AmvbRij, ("amvb_code",), "DUO"),
    Lijst(
        "examenonderdelen",
        "Generieke examenonderdelen",
        ExamenonderdeelRij,
        ("examenonderdeel",),
        "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 08",
    ),
    Lijst("leerbedrijven", "Leerbedrijven", LeerbedrijfRij, ("leerbedrijf",), _SBB),
    Lijst(
        "erkenningen",
        "Erkenningen van leerbedrijven",
        ErkenningRij,
        ("leerbedrijf", "code"),
        _SBB,
        onderscheid=("datum_begin",),
    ),
    Lijst(
        "crebo_equivalenten",
        "Crebo-equivalenten",
        EquivalentRij,
        ("code",),
        _SBB,
        onderscheid=("equivalent", "datum_begin"),
        controle=_equivalent,
    ),
    Lijst("vo_scholen", "Scholen voor vo en vavo", SchoolRij, ("instellingscode",), _DUO),
    Lijst("vso_scholen", "Scholen voor vso", SchoolRij, ("instellingscode",), _DUO),
    Lijst("nationaliteiten", "Nationaliteiten (tabel 32)", CodeRij, ("code",), _BRP),
    Lijst("gemeenten", "Gemeenten (tabel 33)", GemeenteRij, ("code",), _BRP),
    Lijst("landen", "Landen (tabel 34)", CodeRij, ("code",), _BRP),
    Lijst("verblijfstitels", "Verblijfstitels (tabel 56)", CodeRij, ("code",), _BRP),
    Lijst(
        "parameters",
        "Open waarden",
        ParameterRij,
        ("naam",),
        "besluit van de beheerder",
        dekt=(Bron.WETTELIJKE_TERMIJN,),
        controle=_parameter,
    ),
)

LIJSTEN: Final[dict[str, Lijst]] = {lijst.naam: lijst for lijst in _ALLE}
"""All lists by name."""
