"""Registratie Overzicht (RO): all enrolments and results of an institution in a period (PvE MBO-instelling h. 15)."""

from __future__ import annotations

import re

from kernregister.kern.formaten import velden as v
from kernregister.kern.formaten.indeling import Afwijking, Indeling, Record
from kernregister.kern.formaten.totalen import aantallen


class Vlp(Record, tag="VLP"):
    """Voorlooprecord: van wie en waarover."""

    instellingscode: v.Instellingscode
    datum_begin_periode: v.Datum
    datum_einde_periode: v.Datum
    datum_aanmaak: v.Datum


class Per(Record, tag="PER"):
    """Persoon."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    geboortedatum: v.OnvolledigeDatum
    geslacht: v.Geslacht


class Isg(Record, tag="ISG"):
    """Inschrijving."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    inschrijvingvolgnummer: v.Volgnummer
    datum_inschrijving: v.Datum
    datum_uitschrijving_gepland: v.Datum
    datum_uitschrijving_werkelijk: v.Datum | None
    reden_uitschrijving: v.Reden | None


class Isp(Record, tag="ISP"):
    """Inschrijvingsperiode: geldt tot de volgende periode of het einde van de inschrijving."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    inschrijvingvolgnummer: v.Volgnummer
    datum_begin: v.Datum
    opleidingcode: v.Opleidingcode
    leertraject: v.Leertraject
    niveau: v.Niveau | None
    indicatie_bekostigbaar: v.Bekostigbaar | None
    locatiecode_vsv: v.LocatiecodeVsv | None
    onderwijsaanbieder: v.Onderwijsaanbieder | None
    onderwijslocatie: v.Onderwijslocatie | None
    leerroute: v.Leerroute | None
    leerroutefase: v.Leerroutefase | None


class Ise(Record, tag="ISE"):
    """Periode van extra ondersteuning; de einddatum hoort er nog bij."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    inschrijvingvolgnummer: v.Volgnummer
    datum_begin: v.Datum
    datum_eind: v.Datum | None


class Bpv(Record, tag="BPV"):
    """Beroepspraktijkvorming: voor een opleiding of voor een keuzedeel."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    inschrijvingvolgnummer: v.Volgnummer
    volgnummer: v.Volgnummer
    afsluitdatum: v.Datum
    datum_begin: v.Datum
    datum_einde_gepland: v.Datum
    datum_einde_werkelijk: v.Datum | None
    omvang: v.Omvang | None
    leerbedrijf_id: v.LeerbedrijfId
    opleidingcode: v.Opleidingcode | None
    keuzedeelcode: v.Keuzedeelcode | None


class Dip(Record, tag="DIP"):
    """Diploma."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    resultaatvolgnummer: v.Volgnummer
    opleidingcode: v.Opleidingcode
    datum_resultaat: v.Datum
    indicatie_bekostigbaar: v.Bekostigbaar | None
    inschrijvingvolgnummer: v.Volgnummer | None
    onderwijsaanbieder: v.Onderwijsaanbieder | None


class Amo(Record, tag="AMO"):
    """AMvB-onderdeel: van een diploma, of los (dan met datum, certificaat en inschrijving)."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    resultaatvolgnummer_diploma: v.Volgnummer | None
    opleidingcode_diploma: v.Opleidingcode | None
    resultaatvolgnummer: v.Volgnummer
    code: v.AmvbCode
    datum_resultaat: v.Datum | None
    certificaat: v.JaNee | None
    inschrijvingvolgnummer: v.Volgnummer | None
    onderwijsaanbieder: v.Onderwijsaanbieder | None


class Geo(Record, tag="GEO"):
    """Generiek examenonderdeel: van een diploma, of los (dan met datum en inschrijving)."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    resultaatvolgnummer_diploma: v.Volgnummer | None
    opleidingcode_diploma: v.Opleidingcode | None
    resultaatvolgnummer: v.Volgnummer
    code: v.ExamenCode
    datum_resultaat: v.Datum | None
    eindcijfer: v.Eindcijfer | None
    vrijstelling: v.VrijstellingGeheel | None
    cijfer_ie: v.Cijfer | None
    vrijstelling_ie: v.VrijstellingDeel | None
    cijfer_ce: v.Cijfer | None
    vrijstelling_ce: v.VrijstellingDeel | None
    inschrijvingvolgnummer: v.Volgnummer | None
    onderwijsaanbieder: v.Onderwijsaanbieder | None


class Kzd(Record, tag="KZD"):
    """Keuzedeel: van een diploma, of los (dan met datum, certificaat en inschrijving)."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    resultaatvolgnummer_diploma: v.Volgnummer | None
    opleidingcode_diploma: v.Opleidingcode | None
    resultaatvolgnummer: v.Volgnummer
    code: v.Keuzedeelcode
    datum_resultaat: v.Datum | None
    resultaat: v.ResultaatKeuzedeel
    certificaat: v.JaNee | None
    inschrijvingvolgnummer: v.Volgnummer | None
    onderwijsaanbieder: v.Onderwijsaanbieder | None


class Slr(Record, tag="SLR"):
    """Sluitrecord: hoeveel records van elke soort het bestand telt."""

    personen: v.Aantal
    inschrijvingen: v.Aantal
    inschrijvingsperioden: v.Aantal
    perioden_extra_ondersteuning: v.Aantal
    bpvs: v.Aantal
    diplomas: v.Aantal
    amvb_onderdelen: v.Aantal
    generieke_examenonderdelen: v.Aantal
    keuzedelen: v.Aantal


RO = Indeling(
    naam="RO",
    omschrijving="Registratie Overzicht: alle inschrijvingen en resultaten van een instelling in een periode",
    bron="PvE MBO-instelling h. 15 (bijlage 7); Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 09",
    bestandsnaam="RO_99XX_EEJJMMDD_EEJJMMDD.CSV",
    kop=Vlp,
    persoon=Per,
    kinderen=(Isg, Isp, Ise, Bpv, Dip, Amo, Geo, Kzd),
    sluit=Slr,
    ontbreekt=frozenset({"Persoon.achternaam", "Persoon.datum_overlijden"}),
    afwijkingen=(
        Afwijking(
            code="dip_leeg_veld",
            recordsoort="DIP",
            breedte=10,
            patroon=re.compile(rb"(?m)^(DIP(?:\|[^|\n]*){5}\|)\|(?=[JN]?\|[^|\n]*\|[^|\n]*$)"),
            vervanging=rb"\1",
            uitleg="Een DIP heeft een leeg zevende veld, dat in de bestandsbeschrijving niet bestaat; overgeslagen.",
        ),
    ),
    totalen=aantallen(
        ("personen", "PER"),
        ("inschrijvingen", "ISG"),
        ("inschrijvingsperioden", "ISP"),
        ("perioden_extra_ondersteuning", "ISE"),
        ("bpvs", "BPV"),
        ("diplomas", "DIP"),
        ("amvb_onderdelen", "AMO"),
        ("generieke_examenonderdelen", "GEO"),
        ("keuzedelen", "KZD"),
    ),
)
