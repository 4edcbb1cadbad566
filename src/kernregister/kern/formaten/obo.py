"""Overzicht Basis- en diplomagegevens Onderzoek (OBO): what counts for a studiejaar's funding (PvE MBO h. 13)."""

from __future__ import annotations

from kernregister.kern.dossier import ONDERDELEN, ExtraOndersteuning
from kernregister.kern.formaten import velden as v
from kernregister.kern.formaten.indeling import Indeling, Record, geheel
from kernregister.kern.formaten.totalen import Totaal, aantallen


class Vlp(Record, tag="VLP"):
    """Voorlooprecord: over welk studiejaar en van wie."""

    studiejaar: v.StudiejaarTekst
    instellingscode: v.Instellingscode
    datum_aanvraag: v.Datum
    datum_aanmaak: v.Datum


class Per(Record, tag="PER"):
    """Persoon."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    geboortedatum: v.OnvolledigeDatum
    geslacht: v.Geslacht


class Vbt(Record, tag="VBT"):
    """Verblijfstitel; op de einddatum geldt hij niet meer."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    datum_begin: v.OnvolledigeDatum
    datum_eind: v.OnvolledigeDatum | None
    verblijfstitel: v.Verblijfstitelcode


class Nat(Record, tag="NAT"):
    """Nationaliteit; op de einddatum geldt zij niet meer."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    nationaliteitscode: v.Nationaliteitscode
    datum_begin: v.OnvolledigeDatum
    datum_einde: v.OnvolledigeDatum | None


class Isg(Record, tag="ISG"):
    """Inschrijving."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    inschrijvingvolgnummer: v.Volgnummer
    datum_inschrijving: v.Datum
    datum_uitschrijving_werkelijk: v.Datum | None
    geldig_op_1_oktober: v.JaNee
    geldig_op_1_februari: v.JaNee


class Isp(Record, tag="ISP"):
    """Inschrijvingsperiode: geldt tot de volgende periode of het einde van de inschrijving."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    inschrijvingvolgnummer: v.Volgnummer
    datum_begin: v.Datum
    opleidingcode: v.Opleidingcode
    leertraject: v.Leertraject
    niveau: v.Niveau | None
    leerroute: v.Leerroute | None
    leerroutefase: v.Leerroutefase | None
    indicatie_bekostigbaar: v.Bekostigbaar | None
    geldig_op_1_oktober: v.JaNee
    geldig_op_1_februari: v.JaNee


class Bpv(Record, tag="BPV"):
    """Beroepspraktijkvorming voor een opleiding; die voor een keuzedeel staat niet in een OBO."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    inschrijvingvolgnummer: v.Volgnummer
    volgnummer: v.Volgnummer
    afsluitdatum: v.Datum
    datum_begin: v.Datum
    datum_einde_werkelijk: v.Datum | None
    opleidingcode: v.Opleidingcode


class Dip(Record, tag="DIP"):
    """Diploma, met de inschrijving waarop het behaald is."""

    burgerservicenummer: v.Burgerservicenummer | None
    onderwijsnummer: v.Onderwijsnummer | None
    resultaatvolgnummer: v.Volgnummer
    opleidingcode: v.Opleidingcode
    datum_resultaat: v.Datum
    indicatie_bekostigbaar: v.Bekostigbaar | None
    inschrijvingvolgnummer: v.Volgnummer


class Ctr(Record, tag="CTR"):
    """Controlerecord: de vijf controletotalen van het bestand."""

    inschrijvingen: v.Aantal
    diplomas: v.Aantal
    opleidingcodes: v.Aantal
    generaal: v.Aantal
    bekostigbaar: v.Aantal


OBO = Indeling(
    naam="OBO",
    omschrijving="Overzicht Basis- en diplomagegevens Onderzoek: wat voor de bekostiging van een studiejaar meetelt",
    bron="PvE MBO-instelling h. 13; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 12",
    bestandsnaam="OBO_99XX_SSSS_EEJJMMDD.CSV",
    kop=Vlp,
    persoon=Per,
    kinderen=(Vbt, Nat, Isg, Isp, Bpv, Dip),
    sluit=Ctr,
    ontbreekt=geheel(ExtraOndersteuning, *ONDERDELEN)
    | frozenset(
        {
            "Persoon.achternaam",
            "Persoon.datum_overlijden",
            "Inschrijving.datum_uitschrijving_gepland",
            "Inschrijving.reden_uitschrijving",
            "Inschrijving.perioden",  # only the periods that are valid in the studiejaar
            "Inschrijving.bpvs",  # only of students in BBL, and none for a keuzedeel
            "Inschrijvingsperiode.locatiecode_vsv",
            "Inschrijvingsperiode.onderwijsaanbieder",
            "Inschrijvingsperiode.onderwijslocatie",
            "Bpv.datum_einde_gepland",
            "Bpv.omvang",
            "Bpv.leerbedrijf_id",
            "Onderdeel",
            "Diploma.onderwijsaanbieder",
        }
    ),
    totalen=(
        *aantallen(("inschrijvingen", "ISG"), ("diplomas", "DIP")),
        Totaal("opleidingcodes", ("ISP", "BPV", "DIP"), som="opleidingcode"),
        Totaal("generaal", plus=("opleidingcodes", "inschrijvingen", "bekostigbaar", "diplomas")),
        Totaal("bekostigbaar", ("ISP", "DIP"), met=("indicatie_bekostigbaar", "J")),
    ),
)
