"""The fields that deliveries are made of: a type each, with its form and its meaning.

A layout is a Struct whose fields have these types. The fast reader decodes by them, the explaining reader and the
writer take their form from them, and the page of layouts prints their words.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from msgspec import Meta

Burgerservicenummer = Annotated[
    str,
    Meta(
        title="AN9",
        max_length=9,
        description="negen cijfers met elfproef; leeg als er een onderwijsnummer is",
        extra={"voorloopnullen": 9},
    ),
]
Onderwijsnummer = Annotated[
    str,
    Meta(title="AN9", max_length=9, description="negen cijfers met eigen elfproef; leeg als er een BSN is"),
]
Instellingscode = Annotated[
    str, Meta(title="AN4", max_length=4, description="code van de instelling, zoals 27DV")
]
Volgnummer = Annotated[
    str, Meta(title="AN1..20", max_length=20, description="letters en cijfers, uitgegeven door de instelling")
]
Datum = Annotated[date, Meta(title="D", description="jjjj-mm-dd")]
OnvolledigeDatum = Annotated[
    str,
    Meta(
        title="D",
        max_length=10,
        description="jjjj-mm-dd; een onbekende dag of maand is 00",
        extra={"onvolledig": True},
    ),
]
Geslacht = Annotated[Literal["M", "V", "O"], Meta(title="AN1", description="M man, V vrouw, O onbekend")]
JaNee = Annotated[Literal["J", "N"], Meta(title="AN1", description="J ja, N nee")]
IS_JA: dict[str | None, bool | None] = {"J": True, "N": False, "1": True, "0": False, None: None}
"""What a yes or no of any layout means."""

JA_NEE: dict[bool | None, Any] = {True: "J", False: "N", None: None}
"""How a yes or no is written."""

Bekostigbaar = Annotated[
    Literal["J", "N"],
    Meta(title="AN1", description="J ja, N nee; verplicht bij een bekostigde instelling"),
]
Reden = Annotated[
    str,
    Meta(
        title="AN2",
        min_length=2,
        max_length=2,
        description="code van de reden van uitschrijving",
        extra={"voorloopnullen": 2},
    ),
]
Opleidingcode = Annotated[str, Meta(title="AN5", max_length=5, description="erkende opleidingscode (crebo)")]
Leertraject = Annotated[
    str, Meta(title="AN2..6", max_length=6, description="BOL, BBL, OVO, ODT, EX of BOL_DT")
]
Niveau = Annotated[
    str,
    Meta(title="AN5", max_length=5, description="MBO-1 tot en met MBO-4; alleen bij een domein of dossier"),
]
LocatiecodeVsv = Annotated[
    str, Meta(title="AN12", max_length=12, description="vestigingsnummer; alleen voor perioden van voor RIO")
]
Onderwijsaanbieder = Annotated[
    str, Meta(title="AN7", max_length=7, description="aanbieder in RIO, zoals 100A501")
]
Onderwijslocatie = Annotated[
    str, Meta(title="AN7", max_length=7, description="locatie in RIO, zoals 101X591")
]
Leerroute = Annotated[str, Meta(title="AN3", max_length=3, description="DLR doorlopend, GLR geïntegreerd")]
Leerroutefase = Annotated[str, Meta(title="AN2..3", max_length=3, description="VO of MBO")]
Omvang = Annotated[int, Meta(title="N1..4", ge=0, le=9999, description="omvang in uren")]
LeerbedrijfId = Annotated[
    str, Meta(title="AN9", max_length=9, description="nummer van het leerbedrijf bij SBB")
]
Keuzedeelcode = Annotated[str, Meta(title="AN5", max_length=5, description="keuzedeel, zoals K0067")]
AmvbCode = Annotated[str, Meta(title="AN5", max_length=5, description="AMvB-onderdeel, zoals C0004")]
ExamenCode = Annotated[
    str, Meta(title="AN4", max_length=4, description="generiek examenonderdeel, zoals 3005")
]
Eindcijfer = Annotated[int, Meta(title="N1..2", ge=0, le=99, description="geheel eindcijfer")]
Cijfer = Annotated[
    int,
    Meta(
        title="N2..3", ge=10, le=999, description="cijfer in tienden: 74 is een 7,4", extra={"tienden": True}
    ),
]
VrijstellingGeheel = Annotated[str, Meta(title="AN1..4", max_length=4, description="MBO, HAVO, VWO of KZDL")]
VrijstellingDeel = Annotated[str, Meta(title="AN3", max_length=3, description="MBO of VWO")]
ResultaatKeuzedeel = Annotated[
    Literal["Behaald", "Niet behaald"], Meta(title="AN1..12", description="Behaald of Niet behaald")
]
Aantal = Annotated[int, Meta(title="N12", ge=0, description="controletotaal")]
StudiejaarTekst = Annotated[str, Meta(title="AN9", max_length=9, description="studiejaar, zoals 2025-2026")]
Verblijfstitelcode = Annotated[
    str,
    Meta(title="AN2", min_length=2, max_length=2, description="BRP tabel 56", extra={"voorloopnullen": 2}),
]
Nationaliteitscode = Annotated[
    str,
    Meta(title="AN4", min_length=4, max_length=4, description="BRP tabel 32", extra={"voorloopnullen": 4}),
]
DatumAchtCijfers = Annotated[date, Meta(title="D8", description="jjjjmmdd", extra={"compact": True})]
OnvolledigeDatumAchtCijfers = Annotated[
    str,
    Meta(
        title="D8",
        max_length=10,
        description="jjjjmmdd; een onbekende dag of maand is 00",
        extra={"compact": True, "onvolledig": True},
    ),
]
DatumTijd = Annotated[
    str,
    Meta(title="DT15", max_length=15, description="datum en tijd in 15 posities; gelezen zoals het er staat"),
]
Pgn = Annotated[
    str,
    Meta(
        title="N9",
        max_length=9,
        description="omgenummerd nummer van de persoon: geen BSN en geen onderwijsnummer",
        extra={"voorloopnullen": 9},
    ),
]
Jaar = Annotated[int, Meta(title="N4", ge=1900, le=2999, description="jaar, zoals 2025")]
Leeftijd = Annotated[
    int,
    Meta(
        title="N2",
        ge=0,
        le=199,
        description="leeftijd in jaren op een van vier dagen; welke is een gok (kern/parameters/grondslag.toml)",
    ),
]
Vlag = Annotated[
    Literal["1", "0", "J", "N"], Meta(title="B", description="1 ja, 0 nee; J en N worden gelezen")
]
StatusBepaling = Annotated[Literal["D", "V"], Meta(title="AN1", description="D definitief, V voorlopig")]
Postcodecijfers = Annotated[
    str,
    Meta(
        title="N4",
        min_length=4,
        max_length=4,
        description="cijfers van de postcode; 0010 België, 0020 Duitsland, 0030 ander buitenland, 0040 zonder adres",
        extra={"voorloopnullen": 4},
    ),
]
Landcode = Annotated[
    str,
    Meta(title="AN4", min_length=4, max_length=4, description="BRP tabel 34", extra={"voorloopnullen": 4}),
]
RedenTekst = Annotated[
    str,
    Meta(
        title="AN..70",
        max_length=70,
        description="code of tekst van de reden van uitschrijving",
        extra={"voorloopnullen": 2},
    ),
]
Tekst70 = Annotated[str, Meta(title="AN..70", max_length=70, description="tekst")]
OmvangRuim = Annotated[int, Meta(title="N..10", ge=0, description="omvang in uren")]
LeerbedrijfIdRuim = Annotated[
    str, Meta(title="N..10", max_length=10, description="nummer van het leerbedrijf bij SBB")
]
ExamenCodeRuim = Annotated[
    str, Meta(title="AN..5", max_length=5, description="generiek examenonderdeel, zoals 3005")
]
ResultaatHoofdletters = Annotated[
    Literal["BEHAALD", "NIET BEHAALD"], Meta(title="AN..70", description="BEHAALD of NIET BEHAALD")
]
Aantal10 = Annotated[int, Meta(title="N..10", ge=0, description="controletotaal")]


def _getal(titel: str, uitleg: str) -> Meta:
    return Meta(title=titel, description=uitleg)


Factor = Annotated[Decimal, _getal("N5.2", "factor met hoogstens twee decimalen")]
Verblijfsjaarfactor = Annotated[Decimal, _getal("N10.2", "factor met hoogstens twee decimalen")]
Bijdrage = Annotated[Decimal, _getal("N15.6", "bijdrage met hoogstens zes decimalen")]
AantalJaren = Annotated[int, Meta(title="N2", ge=0, le=99, description="aantal jaren")]
LeeftijdRuim = Annotated[int, Meta(title="N1..3", ge=0, le=999, description="leeftijd in jaren")]
Waar = Annotated[bool, Meta(title="Boolean", description="true of false")]
Tijdstip = Annotated[
    str,
    Meta(
        title="AN19..29", min_length=19, max_length=29, description="datum en tijd, zoals 2025-11-21 10:42:29"
    ),
]
Kortnummer = Annotated[str, Meta(title="AN1..2", max_length=2, description="volgnummer")]
Signaalcode = Annotated[str, Meta(title="AN1..3", max_length=3, description="code van het signaal")]
Signaaltekst = Annotated[str, Meta(title="AN1..255", max_length=255, description="omschrijving")]
Parameternaam = Annotated[str, Meta(title="AN1..50", max_length=50, description="naam")]
Parameterwaarde = Annotated[str, Meta(title="AN1..80", max_length=80, description="waarde")]
