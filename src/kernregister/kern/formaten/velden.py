"""The fields that deliveries are made of: a type each, with its form and its meaning.

A layout is a Struct whose fields have these types. The fast reader decodes by them, the explaining reader and the
writer take their form from them, and the page of layouts prints their words.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

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
