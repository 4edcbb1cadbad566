"""TBG-i: the funding bases of an institution, as XML (PvE MBO-instelling h. 16).

Groups of elements, declared as Structs: from these come the reader, the writer, the schema and the page of layouts.
The name of an element is that of the PvE. What the PvE asks for and a register may not know (age, level, the enrolment
of a diploma) may be empty, as other mandatory elements are in DUO's own example.
"""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct, field

from kernregister.kern import dossier as kern
from kernregister.kern.formaten import velden as v
from kernregister.kern.formaten.indeling import geheel

UITBREIDING: Final = "uitbreiding"
"""Marks a field that the manual promises (25.0, h. 05) and the PvE lacks: read when there, written when asked for."""

_ONDERWIJSAANBIEDER = Annotated[v.Onderwijsaanbieder, Meta(extra={UITBREIDING: True})]
_ONDERWIJSLOCATIE = Annotated[v.Onderwijslocatie, Meta(extra={UITBREIDING: True})]


class Element(Struct, gc=False):
    """A group of elements. Fields that are lists hold the groups in it, under the tag of their Struct."""


class Parameter(Element, tag="Parameter", kw_only=True):
    """Waarde in de omschrijving van een signaal."""

    parametervolgnummer: v.Kortnummer = field(name="Parametervolgnummer")
    parameternaam: v.Parameternaam = field(name="Parameternaam")
    parameterwaarde: v.Parameterwaarde = field(name="Parameterwaarde")


class Signaal(Element, tag="Signaal", kw_only=True):
    """Waarom de status is wat hij is."""

    signaalvolgnummer: v.Kortnummer = field(name="Signaalvolgnummer")
    signaalcode: v.Signaalcode = field(name="Signaalcode")
    signaalomschrijving: v.Signaaltekst = field(name="Signaalomschrijving")
    parameters: list[Parameter] = field(default_factory=list, name="Parameter")


class BekostigingsrelevanteBpv(Element, tag="BekostigingsrelevanteBPV", kw_only=True):
    """De beroepspraktijkvorming die op de teldatum meetelt; alleen bij BBL."""

    inschrijvingvolgnummer: v.Volgnummer = field(name="Inschrijvingvolgnummer")
    volgnummer: v.Volgnummer = field(name="Volgnummer")
    afsluitdatum: v.Datum = field(name="Afsluitdatum")
    datum_begin: v.Datum = field(name="DatumBegin")
    datum_einde_gepland: v.Datum = field(name="DatumEindeGepland")
    datum_einde_werkelijk: v.Datum | None = field(default=None, name="DatumEindeWerkelijk")
    opleidingcode: v.Opleidingcode = field(name="Opleidingcode")


class Teldatum(Element, tag="Teldatum", kw_only=True):
    """Wat voor een teldatum is bepaald. Een inschrijving zonder teldatum komt niet in aanmerking."""

    teldatum: v.Datum = field(name="Teldatum")
    datumtijd_bepaling: v.Tijdstip = field(name="DatumTijdBepalingBekostigingsgrondslagen")
    status_bepaling: v.StatusBepaling = field(name="StatusBepalingBekostigingsstatus")
    leeftijd: v.LeeftijdRuim | None = field(default=None, name="LeeftijdOpEenAugustusStudiejaar")
    opleidingcode: v.Opleidingcode = field(name="Opleidingcode")
    niveau: v.Niveau | None = field(default=None, name="Niveau")
    leertraject: v.Leertraject = field(name="Leertraject")
    leerroutefase: v.Leerroutefase | None = field(default=None, name="Leerroutefase")
    indicatie_bekostigbaar: v.Waar = field(name="IndicatieBekostigbaar")
    bekostigingsstatus: v.Waar | None = field(default=None, name="Bekostigingsstatus")
    voor_correctiefactor: v.Waar = field(name="InschrijvingVoorCorrectiefactor")
    bbl_bol_factor: v.Factor | None = field(default=None, name="BBLBOLFactor")
    prijsfactor: v.Factor | None = field(default=None, name="PrijsfactorMBO")
    aantal_verblijfsjaren: v.AantalJaren | None = field(
        default=None, name="AantalBekostigdeVerblijfsjarenMBO"
    )
    verblijfsjaarfactor: v.Verblijfsjaarfactor | None = field(default=None, name="Verblijfsjaarfactor")
    bijdrage: v.Bijdrage | None = field(default=None, name="BijdrageInschrijvingAanDeelnemerswaarde")
    bpvs: list[BekostigingsrelevanteBpv] = field(default_factory=list, name="BekostigingsrelevanteBPV")
    signalen: list[Signaal] = field(default_factory=list, name="Signaal")


class Inschrijving(Element, tag="Inschrijving", kw_only=True):
    """Inschrijving met wat er op elke teldatum van telt."""

    instellingscode: v.Instellingscode = field(name="BRIN")
    burgerservicenummer: v.Burgerservicenummer | None = field(default=None, name="Burgerservicenummer")
    onderwijsnummer: v.Onderwijsnummer | None = field(default=None, name="Onderwijsnummer")
    inschrijvingvolgnummer: v.Volgnummer = field(name="Inschrijvingvolgnummer")
    datum_inschrijving: v.Datum = field(name="DatumInschrijving")
    datum_uitschrijving_gepland: v.Datum = field(name="DatumUitschrijvingGepland")
    datum_uitschrijving_werkelijk: v.Datum | None = field(default=None, name="DatumUitschrijvingWerkelijk")
    niveau_hoogst_bekostigde_diploma: v.Niveau | None = field(
        default=None, name="NiveauHoogstBekostigdeDiploma"
    )
    onderwijsaanbieder: _ONDERWIJSAANBIEDER | None = field(default=None, name="Onderwijsaanbieder")
    onderwijslocatie: _ONDERWIJSLOCATIE | None = field(default=None, name="Onderwijslocatie")
    teldata: list[Teldatum] = field(default_factory=list, name="Teldatum")


class Diploma(Element, tag="Diploma", kw_only=True):
    """Diploma met wat ervan telt."""

    instellingscode: v.Instellingscode = field(name="BRIN")
    burgerservicenummer: v.Burgerservicenummer | None = field(default=None, name="Burgerservicenummer")
    onderwijsnummer: v.Onderwijsnummer | None = field(default=None, name="Onderwijsnummer")
    resultaatvolgnummer: v.Volgnummer = field(name="Resultaatvolgnummer")
    opleidingcode: v.Opleidingcode = field(name="Opleidingcode")
    inschrijvingvolgnummer: v.Volgnummer | None = field(default=None, name="Inschrijvingvolgnummer")
    datum_behaald: v.Datum = field(name="Datumbehaald")
    niveau: v.Niveau | None = field(default=None, name="Niveau")
    specialistendiploma: v.Waar = field(name="IndicatieSpecialistendiploma")
    niveau_hoogst_bekostigde_diploma: v.Niveau | None = field(
        default=None, name="NiveauHoogstBekostigdeDiploma"
    )
    hoogst_bekostigde_diploma_is_specialist: v.Waar | None = field(
        default=None, name="IndicatieHoogstbekostigdeDiplomaIsSpecialist"
    )
    datumtijd_bepaling: v.Tijdstip = field(name="DatumTijdBepalingBekostigingsgrondslagen")
    status_bepaling: v.StatusBepaling = field(name="StatusBepalingBekostigingsstatus")
    bekostigingsstatus: v.Waar = field(name="Bekostigingsstatus")
    bijdrage_diplomawaarde: v.Bijdrage | None = field(default=None, name="BijdrageDiplomawaarde")
    onderwijsaanbieder: _ONDERWIJSAANBIEDER | None = field(default=None, name="Onderwijsaanbieder")
    signalen: list[Signaal] = field(default_factory=list, name="Signaal")


Onderdeel = Inschrijving | Diploma
"""What stands directly under the root."""

ANDERE_NAMEN: Final = {
    "DatumEindGepland": "DatumEindeGepland",
    "DatumEindWerkelijk": "DatumEindeWerkelijk",
    "DatumBehaald": "Datumbehaald",
    "IndicatieHoogstBekostigdeDiplomaIsSpecialist": "IndicatieHoogstbekostigdeDiplomaIsSpecialist",
}
"""How real files spell elements, and how the PvE does."""


class Kop(Struct, frozen=True):
    """What a file says of itself: the institution of its first element."""

    instellingscode: str


class XmlIndeling(Struct, frozen=True):
    """A layout of elements. ``ontbreekt`` lists what it does not carry, as ``Record.veld`` of the dossier."""

    naam: str
    omschrijving: str
    bron: str
    bestandsnaam: str
    wortel: str
    onderdelen: tuple[type[Element], ...]
    ontbreekt: frozenset[str]

    @property
    def records(self) -> dict[str, type[Element]]:
        """What is counted, by name."""
        return {str(soort.__struct_config__.tag): soort for soort in self.onderdelen}


TBGI = XmlIndeling(
    naam="TBGI",
    omschrijving="Terugmelding bekostigingsgrondslagen per instelling: wat van elke inschrijving en elk diploma telt",
    bron="PvE MBO-instelling h. 16; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05",
    bestandsnaam="TBGI_99XX_SSSS_EEJJMMDD.XML",
    wortel="Bekostigingsgrondslagen",
    onderdelen=(Inschrijving, Diploma),
    ontbreekt=geheel(kern.Inschrijvingsperiode, kern.ExtraOndersteuning, kern.Bpv, *kern.ONDERDELEN)
    | {
        "Onderdeel",
        "Persoon.achternaam",
        "Persoon.datum_overlijden",
        "Persoon.geboortedatum",
        "Persoon.geslacht",
        "Persoon.verblijfstitels",
        "Persoon.nationaliteiten",
        "Inschrijving.reden_uitschrijving",
        "Inschrijving.perioden",
        "Inschrijving.bpvs",
        "Dossier.inschrijvingen",  # of a diploma, the enrolment may lie in an earlier studiejaar
        "Diploma.bekostigbaar",
        "Diploma.onderwijsaanbieder",
        "Diploma.onderdelen",
    },
)
