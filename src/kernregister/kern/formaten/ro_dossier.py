"""From the records of an RO to dossiers and back.

What an RO does not carry (names, death, other sectors) is left empty; reading what was written gives the dossier
back as far as the layout goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kernregister.kern import dossier as kern
from kernregister.kern.formaten.indeling import Record, tag
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.formaten.ro import Amo, Bpv, Dip, Geo, Ise, Isg, Isp, Kzd, Per
from kernregister.kern.formaten.samenstellen import (
    Ouders,
    Wie,
    bpv_van,
    diploma_van,
    inschrijving_van,
    meld_twee_nummers,
    nummers_van,
    onderdeel_van,
    ondersteuning_van,
    periode_van,
)
from kernregister.kern.formaten.velden import JA_NEE
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.tijd import OnvolledigeDatum


def dossier_van(groep: Groep, instelling: str, verslag: Verslag) -> kern.Dossier:
    """Return the dossier of one person's records; what hangs under no known record is reported and left out."""
    per: Any = groep[0]
    op_own = per.burgerservicenummer is None
    if not op_own and per.onderwijsnummer is not None:
        meld_twee_nummers(verslag)
    inschrijvingen = Ouders(verslag, "ISG", "inschrijving", 3)
    diplomas = Ouders(verslag, "DIP", "diploma", 1)
    los: list[Any] = []
    r: Any
    for r in groep:
        soort = type(r)
        if soort is Isg:
            inschrijvingen.ouder(r.inschrijvingvolgnummer, r)
        elif soort is Isp:
            inschrijvingen.kind(r.inschrijvingvolgnummer, 1, periode_van(r), "ISP")
        elif soort is Ise:
            inschrijvingen.kind(r.inschrijvingvolgnummer, 2, ondersteuning_van(r), "ISE")
        elif soort is Bpv:
            inschrijvingen.kind(r.inschrijvingvolgnummer, 3, bpv_van(r), "BPV")
        elif soort is Dip:
            diplomas.ouder(r.resultaatvolgnummer, r)
        elif soort is not Per:
            diploma = r.resultaatvolgnummer_diploma
            if diploma is None:
                los.append(onderdeel_van(r, instelling, op_own))
            else:
                diplomas.kind(diploma, 1, onderdeel_van(r, None, op_own), tag(soort))
    return kern.Dossier(
        kern.Persoon(
            per.burgerservicenummer, per.onderwijsnummer, OnvolledigeDatum(per.geboortedatum), per.geslacht
        ),
        tuple([inschrijving_van(instelling, op_own, *rij) for rij in inschrijvingen.rijen()]),
        tuple([diploma_van(instelling, op_own, *rij) for rij in diplomas.rijen()]),
        tuple(los),
    )


def records_van(dossier: kern.Dossier, instelling: str) -> Iterator[Record]:
    """Give the records of a dossier that an RO of this institution carries, in the order of PvE 15.3.

    A record goes under the number it was delivered on, so a dossier gives one PER record for each number in use.
    """
    persoon = dossier.persoon
    for wie, eronder in nummers_van(persoon):
        eigen = [
            i
            for i in dossier.inschrijvingen
            if i.instelling == instelling and i.op_onderwijsnummer in eronder
        ]
        diplomas = [
            d for d in dossier.diplomas if d.instelling == instelling and d.op_onderwijsnummer in eronder
        ]
        los = [
            o
            for o in dossier.losse_resultaten
            if o.instelling == instelling and o.op_onderwijsnummer in eronder
        ]
        if not (eigen or diplomas or los):
            continue
        yield Per(*wie, persoon.geboortedatum or "0000-00-00", persoon.geslacht or "O")  # type: ignore[arg-type]
        for inschrijving in eigen:
            yield from _records_van_inschrijving(inschrijving, wie)
        for diploma in diplomas:
            yield Dip(
                *wie,
                diploma.resultaatvolgnummer,
                diploma.opleidingcode,
                diploma.datum_resultaat,
                JA_NEE[diploma.bekostigbaar],
                diploma.inschrijvingvolgnummer,
                diploma.onderwijsaanbieder,
            )
            for onderdeel in sorted(diploma.onderdelen, key=_rang):
                yield _record_van_onderdeel(onderdeel, wie, diploma)
        for onderdeel in sorted(los, key=_rang):
            yield _record_van_onderdeel(onderdeel, wie, None)


def _rang(onderdeel: kern.Onderdeel) -> int:
    return kern.ONDERDELEN.index(type(onderdeel))


def _records_van_inschrijving(i: kern.Inschrijving, wie: Wie) -> Iterator[Record]:
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
            JA_NEE[p.bekostigbaar],
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


def _record_van_onderdeel(o: kern.Onderdeel, wie: Wie, diploma: kern.Diploma | None) -> Record:
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
    certificaat = JA_NEE[o.certificaat]
    if isinstance(o, kern.Keuzedeel):
        return Kzd(*sleutel, "Behaald" if o.behaald else "Niet behaald", certificaat, *slot)
    return Amo(*sleutel, certificaat, *slot)
