"""GRONDSLAG: the register's yearly delivery for statistics, of which an institution gets a copy (PvE MBO h. 17).

Persons have a number that was made for this delivery, and ages instead of a date of birth.
"""

from __future__ import annotations

import re

from kernregister.kern.formaten import velden as v
from kernregister.kern.formaten.indeling import Afwijking, Indeling, Record
from kernregister.kern.formaten.totalen import aantallen


class Vlp(Record, tag="VLP"):
    """Voorlooprecord; de instelling staat er in echte bestanden wel en in de bestandsbeschrijving niet."""

    instellingscode: v.Instellingscode | None
    studiejaar: v.Jaar
    datum_aanmaak: v.DatumAchtCijfers
    bekostiging: v.StatusBepaling


class Per(Record, tag="PER"):
    """Persoon. Echte bestanden hebben meer velden dan beschreven; die blijven bewaard zoals ze zijn."""

    meer = True

    pgn: v.Pgn
    leeftijd_1: v.Leeftijd | None
    leeftijd_2: v.Leeftijd | None
    leeftijd_3: v.Leeftijd | None
    leeftijd_4: v.Leeftijd | None
    geslacht: v.Geslacht
    postcodecijfers: v.Postcodecijfers | None
    datum_overlijden: v.DatumAchtCijfers | None
    datum_vestiging: v.OnvolledigeDatumAchtCijfers | None
    datum_vertrek: v.OnvolledigeDatumAchtCijfers | None
    geboorteland: v.Landcode | None
    geboorteland_ouder_1: v.Landcode | None
    geboorteland_ouder_2: v.Landcode | None
    land_van_vertrek: v.Landcode | None
    verblijfstitel: v.Verblijfstitelcode | None
    nationaliteit_1: v.Nationaliteitscode | None
    nationaliteit_2: v.Nationaliteitscode | None
    overige: tuple[str, ...] = ()


class Isg(Record, tag="ISG"):
    """Inschrijving."""

    pgn: v.Pgn
    instellingscode: v.Instellingscode
    inschrijvingvolgnummer: v.Volgnummer
    datum_inschrijving: v.DatumAchtCijfers
    datum_uitschrijving_gepland: v.DatumAchtCijfers
    datum_uitschrijving_werkelijk: v.DatumAchtCijfers | None
    reden_uitschrijving: v.RedenTekst | None


class Isp(Record, tag="ISP"):
    """Inschrijvingsperiode, hier met haar laatste dag."""

    pgn: v.Pgn
    instellingscode: v.Instellingscode
    inschrijvingvolgnummer: v.Volgnummer
    datum_begin: v.DatumAchtCijfers
    datum_eind: v.DatumAchtCijfers | None
    opleidingcode: v.Opleidingcode
    niveau: v.Niveau | None
    leertraject: v.Leertraject
    locatiecode_vsv: v.LocatiecodeVsv | None
    indicatie_bekostigbaar: v.Vlag | None
    onderwijsaanbieder: v.Onderwijsaanbieder | None
    onderwijslocatie: v.Onderwijslocatie | None
    leerroute: v.Leerroute | None
    leerroutefase: v.Leerroutefase | None


class Ise(Record, tag="ISE"):
    """Periode van extra ondersteuning; de einddatum hoort er nog bij."""

    pgn: v.Pgn
    instellingscode: v.Instellingscode
    inschrijvingvolgnummer: v.Volgnummer
    datum_begin: v.DatumAchtCijfers
    datum_eind: v.DatumAchtCijfers | None


class Bpv(Record, tag="BPV"):
    """Beroepspraktijkvorming: voor een opleiding of voor een keuzedeel."""

    pgn: v.Pgn
    instellingscode: v.Instellingscode
    inschrijvingvolgnummer: v.Volgnummer
    volgnummer: v.Volgnummer
    afsluitdatum: v.DatumAchtCijfers
    datum_begin: v.DatumAchtCijfers
    datum_einde_gepland: v.DatumAchtCijfers
    datum_einde_werkelijk: v.DatumAchtCijfers | None
    omvang: v.OmvangRuim | None
    leerbedrijf_id: v.LeerbedrijfIdRuim
    opleidingcode: v.Opleidingcode | None
    keuzedeelcode: v.Keuzedeelcode | None


class Bii(Record, tag="BII"):
    """Bekostigingsinformatie van een inschrijving op een teldatum; nog niet in een voorlopig bestand."""

    pgn: v.Pgn
    instellingscode: v.Instellingscode
    inschrijvingvolgnummer: v.Volgnummer
    teldatum: v.DatumAchtCijfers
    datumtijd_bepaling: v.DatumTijd
    status_bepaling: v.StatusBepaling
    bekostigingsstatus: v.Vlag | None
    voor_correctiefactor: v.Vlag
    bbl_bol_factor: v.Factor | None
    prijsfactor: v.Factor | None
    aantal_verblijfsjaren: v.AantalJaren | None
    verblijfsjaarfactor: v.Verblijfsjaarfactor | None
    bijdrage: v.Bijdrage | None


class Dip(Record, tag="DIP"):
    """Diploma."""

    pgn: v.Pgn
    instellingscode: v.Instellingscode
    resultaatvolgnummer: v.Volgnummer
    opleidingcode: v.Opleidingcode
    datum_resultaat: v.DatumAchtCijfers
    indicatie_bekostigbaar: v.Vlag | None
    inschrijvingvolgnummer: v.Volgnummer | None
    onderwijsaanbieder: v.Onderwijsaanbieder | None


class Bid(Record, tag="BID"):
    """Bekostigingsinformatie van een diploma; nog niet in een voorlopig bestand."""

    pgn: v.Pgn
    instellingscode: v.Instellingscode
    resultaatvolgnummer: v.Volgnummer
    niveau: v.Niveau | None
    specialistendiploma: v.Vlag | None
    niveau_hoogst_bekostigde_diploma: v.Niveau | None
    hoogst_bekostigde_diploma_is_specialist: v.Vlag | None
    datumtijd_bepaling: v.DatumTijd
    status_bepaling: v.StatusBepaling
    bekostigingsstatus: v.Vlag | None
    bijdrage_diplomawaarde: v.Bijdrage | None


class Amo(Record, tag="AMO"):
    """AMvB-onderdeel: van een diploma, of los (dan met certificaat, datum en inschrijving)."""

    pgn: v.Pgn
    instellingscode: v.Instellingscode
    resultaatvolgnummer_diploma: v.Volgnummer | None
    resultaatvolgnummer: v.Volgnummer
    code: v.AmvbCode
    certificaat: v.Vlag | None
    datum_resultaat: v.DatumAchtCijfers | None
    inschrijvingvolgnummer: v.Volgnummer | None
    onderwijsaanbieder: v.Onderwijsaanbieder | None


class Geo(Record, tag="GEO"):
    """Generiek examenonderdeel: van een diploma, of los (dan met datum en inschrijving)."""

    pgn: v.Pgn
    instellingscode: v.Instellingscode
    resultaatvolgnummer_diploma: v.Volgnummer | None
    resultaatvolgnummer: v.Volgnummer
    code: v.ExamenCodeRuim
    eindcijfer: v.Eindcijfer | None
    vrijstelling: v.Tekst70 | None
    cijfer_ie: v.Cijfer | None
    vrijstelling_ie: v.Tekst70 | None
    cijfer_ce: v.Cijfer | None
    vrijstelling_ce: v.Tekst70 | None
    datum_resultaat: v.DatumAchtCijfers | None
    inschrijvingvolgnummer: v.Volgnummer | None
    onderwijsaanbieder: v.Onderwijsaanbieder | None


class Kzd(Record, tag="KZD"):
    """Keuzedeel: van een diploma, of los (dan met certificaat, datum en inschrijving)."""

    pgn: v.Pgn
    instellingscode: v.Instellingscode
    resultaatvolgnummer_diploma: v.Volgnummer | None
    resultaatvolgnummer: v.Volgnummer
    code: v.Keuzedeelcode
    resultaat: v.ResultaatHoofdletters | None
    certificaat: v.Vlag | None
    datum_resultaat: v.DatumAchtCijfers | None
    inschrijvingvolgnummer: v.Volgnummer | None
    onderwijsaanbieder: v.Onderwijsaanbieder | None


class Slr(Record, tag="SLR"):
    """Sluitrecord: hoeveel records van elke soort het bestand telt."""

    personen: v.Aantal10
    inschrijvingen: v.Aantal10
    inschrijvingsperioden: v.Aantal10
    perioden_extra_ondersteuning: v.Aantal10
    bpvs: v.Aantal10
    bekostigingsinformatie_inschrijvingen: v.Aantal10
    diplomas: v.Aantal10
    bekostigingsinformatie_diplomas: v.Aantal10
    amvb_onderdelen: v.Aantal10
    generieke_examenonderdelen: v.Aantal10
    keuzedelen: v.Aantal10


GRONDSLAG = Indeling(
    naam="GRONDSLAG",
    omschrijving="Grondslag 1-cijferbestand: de jaarlijkse levering van het register op peildatum 1 oktober",
    bron="PvE MBO-instelling h. 17; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05",
    bestandsnaam="GRONDSLAG_IP_MBO_00XX_EEJJMMDD_SSSS.csv",
    kop=Vlp,
    persoon=Per,
    kinderen=(Isg, Isp, Ise, Bpv, Bii, Dip, Bid, Amo, Geo, Kzd),
    sluit=Slr,
    scheiding=";",
    nummervelden=("pgn",),
    snel=False,
    ontbreekt=frozenset(
        {
            "Persoon.achternaam",
            "Persoon.burgerservicenummer",
            "Persoon.onderwijsnummer",
            "Persoon.geboortedatum",
            "Persoon.verblijfstitels",
            "Persoon.nationaliteiten",
        }
    ),
    afwijkingen=(
        Afwijking(
            code="vlp_zonder_instelling",
            recordsoort="VLP",
            breedte=4,
            patroon=re.compile(rb"^VLP;(?=\d{4};)"),
            vervanging=rb"VLP;;",
            uitleg="Het openingsrecord noemt geen instelling (zo staat het in de bestandsbeschrijving); de instelling "
            "van het eerste record is genomen.",
        ),
    ),
    totalen=aantallen(
        ("personen", "PER"),
        ("inschrijvingen", "ISG"),
        ("inschrijvingsperioden", "ISP"),
        ("perioden_extra_ondersteuning", "ISE"),
        ("bpvs", "BPV"),
        ("bekostigingsinformatie_inschrijvingen", "BII"),
        ("diplomas", "DIP"),
        ("bekostigingsinformatie_diplomas", "BID"),
        ("amvb_onderdelen", "AMO"),
        ("generieke_examenonderdelen", "GEO"),
        ("keuzedelen", "KZD"),
    ),
)
