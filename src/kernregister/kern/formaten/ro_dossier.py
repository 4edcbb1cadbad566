"""From the records of an RO to dossiers and back.

What an RO does not carry (names, death, other sectors) is left empty; reading what was written gives the dossier
back as far as the layout goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from kernregister.kern import dossier as kern
from kernregister.kern.formaten.indeling import Record, tag
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.formaten.ro import Amo, Bpv, Dip, Geo, Ise, Isg, Isp, Kzd, Per
from kernregister.kern.formaten.samenstellen import JN, NJ, Ouders, Wie, meld_twee_nummers
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.tijd import OnvolledigeDatum

_TIENDEN = {tiende: Decimal(tiende).scaleb(-1) for tiende in range(1000)}


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
            inschrijvingen.kind(r.inschrijvingvolgnummer, 1, _periode(r), "ISP")
        elif soort is Ise:
            steun = kern.ExtraOndersteuning(r.datum_begin, r.datum_eind)
            inschrijvingen.kind(r.inschrijvingvolgnummer, 2, steun, "ISE")
        elif soort is Bpv:
            inschrijvingen.kind(r.inschrijvingvolgnummer, 3, _bpv(r), "BPV")
        elif soort is Dip:
            diplomas.ouder(r.resultaatvolgnummer, r)
        elif soort is not Per:
            diploma = r.resultaatvolgnummer_diploma
            if diploma is None:
                los.append(_onderdeel(r, instelling, op_own))
            else:
                diplomas.kind(diploma, 1, _onderdeel(r, None, op_own), tag(soort))
    return kern.Dossier(
        kern.Persoon(
            per.burgerservicenummer, per.onderwijsnummer, OnvolledigeDatum(per.geboortedatum), per.geslacht
        ),
        tuple([_inschrijving(instelling, op_own, *rij) for rij in inschrijvingen.rijen()]),
        tuple([_diploma(instelling, op_own, *rij) for rij in diplomas.rijen()]),
        tuple(los),
    )


def _inschrijving(
    instelling: str, op_own: bool, r: Isg, perioden: list[Any], ondersteuning: list[Any], bpvs: list[Any]
) -> kern.Inschrijving:
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
        JN[r.indicatie_bekostigbaar],
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


def _diploma(instelling: str, op_own: bool, r: Dip, onderdelen: list[Any]) -> kern.Diploma:
    return kern.Diploma(
        instelling,
        r.resultaatvolgnummer,
        r.opleidingcode,
        r.datum_resultaat,
        JN[r.indicatie_bekostigbaar],
        r.inschrijvingvolgnummer,
        r.onderwijsaanbieder,
        tuple(onderdelen),
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
        JN[r.certificaat],
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
        wie: Wie = (None, persoon.onderwijsnummer) if op_own else (persoon.burgerservicenummer, None)
        yield Per(*wie, persoon.geboortedatum or "0000-00-00", persoon.geslacht or "O")  # type: ignore[arg-type]
        for inschrijving in eigen:
            yield from _records_van_inschrijving(inschrijving, wie)
        for diploma in diplomas:
            yield Dip(
                *wie,
                diploma.resultaatvolgnummer,
                diploma.opleidingcode,
                diploma.datum_resultaat,
                NJ[diploma.bekostigbaar],
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
            NJ[p.bekostigbaar],
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
    certificaat = NJ[o.certificaat]
    if isinstance(o, kern.Keuzedeel):
        return Kzd(*sleutel, "Behaald" if o.behaald else "Niet behaald", certificaat, *slot)
    return Amo(*sleutel, certificaat, *slot)
