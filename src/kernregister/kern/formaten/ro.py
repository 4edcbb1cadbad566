"""Registratie Overzicht (RO): all enrolments and results of an institution in a period (PvE MBO-instelling h. 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from kernregister.kern import dossier as kern
from kernregister.kern.formaten import velden as v
from kernregister.kern.formaten.indeling import Afwijking, Indeling, Record
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.tijd import OnvolledigeDatum


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
    indicatie_bekostigbaar: v.JaNee | None
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
    indicatie_bekostigbaar: v.JaNee | None
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
            patroon=re.compile(rb"(?m)^(DIP(?:\|[^|\n]*){5}\|)\|(?=(?:[^|\n]*\|){2}[^|\n]*$)"),
            vervanging=rb"\1",
            uitleg="Een DIP heeft een leeg zevende veld, dat in de bestandsbeschrijving niet bestaat; overgeslagen.",
        ),
    ),
    telvelden=(
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

_JN = {"J": True, "N": False, None: None}
_NJ = {True: "J", False: "N", None: None}
_TIENDEN = {tiende: Decimal(tiende).scaleb(-1) for tiende in range(1000)}


def dossier_van(groep: Groep, instelling: str, verslag: Verslag) -> kern.Dossier:
    """Return the dossier of one person's records; what hangs under no known record is reported and left out."""
    per: Any = groep[0]
    op_own = per.burgerservicenummer is None
    kinderen: dict[str, tuple[list[Any], list[Any], list[Any]]] = {}
    delen: dict[str, list[Any]] = {}
    inschrijvingen: list[Isg] = []
    diplomas: list[Dip] = []
    los: list[Any] = []
    r: Any
    for r in groep:
        soort = type(r)
        if soort is Isg:
            inschrijvingen.append(r)
            kinderen.setdefault(r.inschrijvingvolgnummer, ([], [], []))
        elif soort is Isp:
            _onder(kinderen, r, 0, verslag, _periode(r))
        elif soort is Ise:
            _onder(kinderen, r, 1, verslag, kern.ExtraOndersteuning(r.datum_begin, r.datum_eind))
        elif soort is Bpv:
            _onder(kinderen, r, 2, verslag, _bpv(r))
        elif soort is Dip:
            diplomas.append(r)
            delen.setdefault(r.resultaatvolgnummer, [])
        elif soort is not Per:
            diploma = r.resultaatvolgnummer_diploma
            if diploma is None:
                los.append(_onderdeel(r, instelling, op_own))
            elif diploma in delen:
                delen[diploma].append(_onderdeel(r, None, op_own))
            else:
                _zonder_ouder(verslag, r)
    return kern.Dossier(
        kern.Persoon(
            per.burgerservicenummer, per.onderwijsnummer, OnvolledigeDatum(per.geboortedatum), per.geslacht
        ),
        tuple([_inschrijving(i, instelling, op_own, kinderen) for i in inschrijvingen]),
        tuple([_diploma(d, instelling, op_own, delen) for d in diplomas]),
        tuple(los),
    )


def _onder(kinderen: dict[str, Any], record: Any, plaats: int, verslag: Verslag, kind: object) -> None:
    ouder = kinderen.get(record.inschrijvingvolgnummer)
    if ouder is None:
        _zonder_ouder(verslag, record)
    else:
        ouder[plaats].append(kind)


def _zonder_ouder(verslag: Verslag, record: Any) -> None:
    soort = type(record).__name__.upper()
    ouder = "inschrijving (ISG)" if soort in ("ISP", "ISE", "BPV") else "diploma (DIP)"
    verslag.fout(
        "ouder_ontbreekt",
        f"{soort}-records horen bij een {ouder} die er niet is of niet gelezen kon worden; ze zijn overgeslagen.",
        recordsoort=soort,
        verwacht=f"een {ouder} met hetzelfde volgnummer",
    )


def _inschrijving(r: Isg, instelling: str, op_own: bool, kinderen: dict[str, Any]) -> kern.Inschrijving:
    # Popped, so that a second enrolment on the same volgnummer does not get the children of the first.
    perioden, ondersteuning, bpvs = kinderen.pop(r.inschrijvingvolgnummer, ((), (), ()))
    return kern.Inschrijving(
        instelling,
        r.inschrijvingvolgnummer,
        r.datum_inschrijving,
        r.datum_uitschrijving_gepland,
        r.datum_uitschrijving_werkelijk,
        r.reden_uitschrijving,
        tuple(perioden),
        tuple(ondersteuning),
        tuple(bpvs),
        op_own,
    )


def _periode(r: Isp) -> kern.Inschrijvingsperiode:
    return kern.Inschrijvingsperiode(
        r.datum_begin,
        r.opleidingcode,
        r.leertraject,
        r.niveau,
        _JN[r.indicatie_bekostigbaar],
        r.locatiecode_vsv,
        r.onderwijsaanbieder,
        r.onderwijslocatie,
        r.leerroute,
        r.leerroutefase,
    )


def _bpv(r: Bpv) -> kern.Bpv:
    return kern.Bpv(
        r.volgnummer,
        r.afsluitdatum,
        r.datum_begin,
        r.datum_einde_gepland,
        r.datum_einde_werkelijk,
        r.omvang,
        r.leerbedrijf_id,
        r.opleidingcode,
        r.keuzedeelcode,
    )


def _diploma(r: Dip, instelling: str, op_own: bool, delen: dict[str, list[Any]]) -> kern.Diploma:
    return kern.Diploma(
        instelling,
        r.resultaatvolgnummer,
        r.opleidingcode,
        r.datum_resultaat,
        _JN[r.indicatie_bekostigbaar],
        r.inschrijvingvolgnummer,
        r.onderwijsaanbieder,
        tuple(delen.pop(r.resultaatvolgnummer, ())),
        op_own,
    )


def _onderdeel(r: Amo | Geo | Kzd, instelling: str | None, op_own: bool) -> kern.Onderdeel:
    if isinstance(r, Geo):
        return kern.GeneriekExamenonderdeel(
            r.resultaatvolgnummer,
            r.code,
            instelling,
            r.datum_resultaat,
            r.eindcijfer,
            r.vrijstelling,
            None if r.cijfer_ie is None else _TIENDEN[r.cijfer_ie],
            r.vrijstelling_ie,
            None if r.cijfer_ce is None else _TIENDEN[r.cijfer_ce],
            r.vrijstelling_ce,
            r.inschrijvingvolgnummer,
            r.onderwijsaanbieder,
            op_own,
        )
    overig = (
        instelling,
        r.datum_resultaat,
        _JN[r.certificaat],
        r.inschrijvingvolgnummer,
        r.onderwijsaanbieder,
        op_own,
    )
    if isinstance(r, Kzd):
        return kern.Keuzedeel(r.resultaatvolgnummer, r.code, r.resultaat == "Behaald", *overig)
    return kern.AmvbOnderdeel(r.resultaatvolgnummer, r.code, *overig)


def records_van(dossier: kern.Dossier, instelling: str) -> Iterator[Record]:
    """Give the records of a dossier that an RO of this institution carries, in the order of PvE 15.3.

    A record goes under the number it was delivered on, so a dossier gives one PER record for each number in use.
    """
    for op_own in (False, True):
        eigen = [
            i for i in dossier.inschrijvingen if i.instelling == instelling and i.op_onderwijsnummer == op_own
        ]
        diplomas = [
            d for d in dossier.diplomas if d.instelling == instelling and d.op_onderwijsnummer == op_own
        ]
        los = [
            o
            for o in dossier.losse_resultaten
            if o.instelling == instelling and o.op_onderwijsnummer == op_own
        ]
        if not (eigen or diplomas or los):
            continue
        persoon = dossier.persoon
        wie = (None, persoon.onderwijsnummer) if op_own else (persoon.burgerservicenummer, None)
        yield Per(*wie, persoon.geboortedatum or "0000-00-00", persoon.geslacht or "O")  # type: ignore[arg-type]
        for inschrijving in eigen:
            yield from _records_van_inschrijving(inschrijving, wie)
        for diploma in diplomas:
            yield Dip(
                *wie,
                diploma.resultaatvolgnummer,
                diploma.opleidingcode,
                diploma.datum_resultaat,
                _NJ[diploma.bekostigbaar],  # type: ignore[arg-type]
                diploma.inschrijvingvolgnummer,
                diploma.onderwijsaanbieder,
            )
            for onderdeel in sorted(diploma.onderdelen, key=_rang):
                yield _record_van_onderdeel(onderdeel, wie, diploma)
        for onderdeel in sorted(los, key=_rang):
            yield _record_van_onderdeel(onderdeel, wie, None)


def _rang(onderdeel: kern.Onderdeel) -> int:
    return kern.ONDERDELEN.index(type(onderdeel))


def _records_van_inschrijving(i: kern.Inschrijving, wie: tuple[str | None, str | None]) -> Iterator[Record]:
    sleutel = (*wie, i.inschrijvingvolgnummer)
    yield Isg(
        *sleutel,
        i.datum_inschrijving,
        i.datum_uitschrijving_gepland or date.max,
        i.datum_uitschrijving_werkelijk,
        i.reden_uitschrijving,
    )
    for p in i.perioden:
        yield Isp(
            *sleutel,
            p.datum_begin,
            p.opleidingcode,
            p.leertraject,
            p.niveau,
            _NJ[p.bekostigbaar],  # type: ignore[arg-type]
            p.locatiecode_vsv,
            p.onderwijsaanbieder,
            p.onderwijslocatie,
            p.leerroute,
            p.leerroutefase,
        )
    for e in i.extra_ondersteuning:
        yield Ise(*sleutel, e.datum_begin, e.datum_eind)
    for b in i.bpvs:
        yield Bpv(
            *sleutel,
            b.volgnummer,
            b.afsluitdatum,
            b.datum_begin,
            b.datum_einde_gepland or date.max,
            b.datum_einde_werkelijk,
            b.omvang,
            b.leerbedrijf_id or "",
            b.opleidingcode,
            b.keuzedeelcode,
        )


def _record_van_onderdeel(
    o: kern.Onderdeel, wie: tuple[str | None, str | None], diploma: kern.Diploma | None
) -> Record:
    sleutel = (
        *wie,
        diploma.resultaatvolgnummer if diploma else None,
        diploma.opleidingcode if diploma else None,
        o.resultaatvolgnummer,
        o.code,
        o.datum_resultaat,
    )
    slot = (o.inschrijvingvolgnummer, o.onderwijsaanbieder)
    if isinstance(o, kern.GeneriekExamenonderdeel):
        ie, ce = (None if c is None else int(c.scaleb(1)) for c in (o.cijfer_ie, o.cijfer_ce))
        return Geo(
            *sleutel, o.eindcijfer, o.vrijstelling, ie, o.vrijstelling_ie, ce, o.vrijstelling_ce, *slot
        )
    certificaat: Any = _NJ[o.certificaat]
    if isinstance(o, kern.Keuzedeel):
        return Kzd(*sleutel, "Behaald" if o.behaald else "Niet behaald", certificaat, *slot)
    return Amo(*sleutel, certificaat, *slot)
