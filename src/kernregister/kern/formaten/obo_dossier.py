"""From the records of an OBO to dossiers and back.

An OBO says of each enrolment and period whether it is valid on the two teldata. A dossier does not hold that: it
follows from the dates, so it is made when writing and compared when reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kernregister.kern import dossier as kern
from kernregister.kern.formaten.indeling import Record, tag
from kernregister.kern.formaten.obo import Bpv, Dip, Isg, Isp, Nat, Per, Vbt
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.formaten.samenstellen import Ouders, Wie, meld_twee_nummers, nummers_van
from kernregister.kern.formaten.velden import IS_JA, JA_NEE
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.tijd import OnvolledigeDatum, Studiejaar

Teldata = tuple[date, date]


def dossier_van(groep: Groep, instelling: str, teldata: Teldata | None, verslag: Verslag) -> kern.Dossier:
    """Return the dossier of one person's records; what hangs under no known record is reported and left out.

    With ``teldata``, an indication of validity that does not follow from the dates is reported.
    """
    per: Any = groep[0]
    op_own = per.burgerservicenummer is None
    if not op_own and per.onderwijsnummer is not None:
        meld_twee_nummers(verslag)
    inschrijvingen = Ouders(verslag, "ISG", "inschrijving", 2)
    verblijfstitels: list[kern.Verblijfstitel] = []
    nationaliteiten: list[kern.Nationaliteit] = []
    diplomas: list[kern.Diploma] = []
    r: Any
    for r in groep:
        soort = type(r)
        if soort is Isg:
            inschrijvingen.ouder(r.inschrijvingvolgnummer, r)
        elif soort is Isp:
            inschrijvingen.kind(r.inschrijvingvolgnummer, 1, r, "ISP")
        elif soort is Bpv:
            inschrijvingen.kind(r.inschrijvingvolgnummer, 2, r, "BPV")
        elif soort is Dip:
            diplomas.append(_diploma(r, instelling, op_own))
        elif soort is Vbt:
            verblijfstitels.append(kern.Verblijfstitel(r.verblijfstitel, r.datum_begin, r.datum_eind))
        elif soort is Nat:
            nationaliteiten.append(kern.Nationaliteit(r.nationaliteitscode, r.datum_begin, r.datum_einde))
    gemaakt: list[kern.Inschrijving] = []
    for rij in inschrijvingen.rijen():
        inschrijving = _inschrijving(instelling, op_own, *rij)
        gemaakt.append(inschrijving)
        if teldata is not None:
            _vergelijk_geldigheid(rij, inschrijving, teldata, verslag)
    persoon = kern.Persoon(
        per.burgerservicenummer,
        per.onderwijsnummer,
        OnvolledigeDatum(per.geboortedatum),
        per.geslacht,
        verblijfstitels=tuple(verblijfstitels),
        nationaliteiten=tuple(nationaliteiten),
    )
    return kern.Dossier(persoon, tuple(gemaakt), tuple(diplomas))


def _diploma(r: Dip, instelling: str, op_own: bool) -> kern.Diploma:
    return kern.Diploma(
        instelling,
        r.resultaatvolgnummer,
        r.opleidingcode,
        r.datum_resultaat,
        IS_JA[r.indicatie_bekostigbaar],
        r.inschrijvingvolgnummer,
        op_onderwijsnummer=op_own,
    )


def _inschrijving(
    instelling: str, op_own: bool, r: Isg, perioden: list[Isp], bpvs: list[Bpv]
) -> kern.Inschrijving:
    return kern.Inschrijving(
        instelling,
        r.inschrijvingvolgnummer,
        r.datum_inschrijving,
        datum_uitschrijving_werkelijk=r.datum_uitschrijving_werkelijk,
        perioden=tuple(
            [
                kern.Inschrijvingsperiode(
                    p.datum_begin,
                    p.opleidingcode,
                    p.leertraject,
                    p.niveau,
                    IS_JA[p.indicatie_bekostigbaar],
                    leerroute=p.leerroute,
                    leerroutefase=p.leerroutefase,
                )
                for p in perioden
            ]
        ),
        bpvs=tuple(
            [
                kern.Bpv(
                    b.volgnummer,
                    b.afsluitdatum,
                    b.datum_begin,
                    datum_einde_werkelijk=b.datum_einde_werkelijk,
                    opleidingcode=b.opleidingcode,
                )
                for b in bpvs
            ]
        ),
        op_onderwijsnummer=op_own,
    )


def _vergelijk_geldigheid(
    rij: list[Any], inschrijving: kern.Inschrijving, teldata: Teldata, verslag: Verslag
) -> None:
    """Report indications that are not those of the dates: the file or its rules are other than we know them."""
    for record, volgens in (
        (rij[0], geldig(inschrijving, teldata)),
        *zip(rij[1], perioden_geldig(inschrijving, teldata), strict=True),
    ):
        genoemd = (record.geldig_op_1_oktober == "J", record.geldig_op_1_februari == "J")
        if genoemd != volgens:
            soort = tag(type(record))
            verslag.opmerking(
                "geldigheid_teldatum",
                "De indicaties geldig op 1 oktober en 1 februari volgen niet uit de data van het record.",
                recordsoort=soort,
                waarde=f"{_jn(genoemd)}, volgens de data {_jn(volgens)}",
            )


def _jn(paar: tuple[bool, bool]) -> str:
    return " en ".join(JA_NEE[waarde] for waarde in paar)


def geldig(inschrijving: kern.Inschrijving, teldata: Teldata) -> tuple[bool, bool]:
    """Tell whether an enrolment is valid on each teldatum."""
    eerste, tweede = teldata
    return inschrijving.geldt_op(eerste), inschrijving.geldt_op(tweede)


def perioden_geldig(inschrijving: kern.Inschrijving, teldata: Teldata) -> list[tuple[bool, bool]]:
    """Tell of each period, in the order of the dossier, whether it is the one that holds on each teldatum."""
    eerste, tweede = (inschrijving.periode_op(dag) if inschrijving.geldt_op(dag) else None for dag in teldata)
    return [(periode is eerste, periode is tweede) for periode in inschrijving.perioden]


def records_van(dossier: kern.Dossier, instelling: str, studiejaar: Studiejaar) -> Iterator[Record]:
    """Give the records of a dossier that an OBO of this institution carries, in the order of PvE 13.3.

    A BPV for a keuzedeel and a diploma without an enrolment have no place in an OBO and are left out; which other
    records belong in it is for the overview to say. A record goes under the number it was delivered on, so a dossier
    gives one PER record for each number in use.
    """
    persoon = dossier.persoon
    for wie, eronder in nummers_van(persoon):
        eigen = [
            i
            for i in dossier.inschrijvingen
            if i.instelling == instelling and i.op_onderwijsnummer in eronder
        ]
        diplomas = [
            d
            for d in dossier.diplomas
            if d.instelling == instelling and d.op_onderwijsnummer in eronder and d.inschrijvingvolgnummer
        ]
        if not (eigen or diplomas):
            continue
        yield Per(*wie, persoon.geboortedatum or "0000-00-00", persoon.geslacht or "O")  # type: ignore[arg-type]
        for v in persoon.verblijfstitels:
            yield Vbt(*wie, v.datum_begin, v.datum_eind, v.code)
        for n in persoon.nationaliteiten:
            yield Nat(*wie, n.code, n.datum_begin, n.datum_einde)
        for inschrijving in eigen:
            yield from _records_van_inschrijving(inschrijving, wie, studiejaar.teldata)
        for d in diplomas:
            yield Dip(
                *wie,
                d.resultaatvolgnummer,
                d.opleidingcode,
                d.datum_resultaat,
                JA_NEE[d.bekostigbaar],
                d.inschrijvingvolgnummer or "",
            )


def _records_van_inschrijving(i: kern.Inschrijving, wie: Wie, teldata: Teldata) -> Iterator[Record]:
    sleutel = (*wie, i.inschrijvingvolgnummer)
    oktober, februari = geldig(i, teldata)
    yield Isg(
        *sleutel, i.datum_inschrijving, i.datum_uitschrijving_werkelijk, JA_NEE[oktober], JA_NEE[februari]
    )
    for p, (oktober, februari) in zip(i.perioden, perioden_geldig(i, teldata), strict=True):
        yield Isp(
            *sleutel,
            p.datum_begin,
            p.opleidingcode,
            p.leertraject,
            p.niveau,
            p.leerroute,
            p.leerroutefase,
            JA_NEE[p.bekostigbaar],
            JA_NEE[oktober],
            JA_NEE[februari],
        )
    for b in i.bpvs:
        if b.opleidingcode:
            yield Bpv(
                *sleutel,
                b.volgnummer,
                b.afsluitdatum,
                b.datum_begin,
                b.datum_einde_werkelijk,
                b.opleidingcode,
            )
