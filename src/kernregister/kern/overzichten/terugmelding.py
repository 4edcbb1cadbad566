"""From funding decisions to the enrolments and diplomas of a TBG-i (PvE MBO-instelling 16; Handleiding 25.0, h. 05).

In it are all enrolments at the institution that are valid on some day of the studiejaar, with what each counts for on
the teldata on which it is valid; one that is valid on neither has no teldatum. And all diplomas obtained in the
calendar year in which that studiejaar begins, as far as they were decided on.

What the register does not know is left empty, also where the PvE asks for it (age, level, a diploma's enrolment).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from kernregister.kern.bekostiging.besluit import Bekostiging, Diplomabesluit, Reden, Teldatumbesluit
from kernregister.kern.bekostiging.diploma import hoogste_voor
from kernregister.kern.bekostiging.kader import Kader
from kernregister.kern.bekostiging.redenen import tekst
from kernregister.kern.dossier import Bpv, Dossier, Inschrijving
from kernregister.kern.formaten import tbgi
from kernregister.kern.overzichten.selectie import geldt_in, perioden_in
from kernregister.kern.sleutels import Instellingscode
from kernregister.kern.tijd import DAG, Studiejaar

LANGSTE_OMSCHRIJVING: Final = 255
LANGSTE_WAARDE: Final = 80
MEESTE: Final = 99
"""Signals of a decision and parameters of a signal are numbered in two positions."""


def onderdelen(
    dossier: Dossier,
    bekostiging: Bekostiging,
    instelling: Instellingscode,
    *,
    bepaald_op: datetime,
    definitief: bool,
    kader: Kader | None = None,
) -> tuple[list[tbgi.Inschrijving], list[tbgi.Diploma]]:
    """Return what the TBG-i of an institution says of a person.

    Args:
        dossier: the whole dossier.
        bekostiging: what was decided on it; its year is that of the TBG-i.
        instelling: whose TBG-i.
        bepaald_op: when it was decided, on the clock of the reader: it is written as it is, without a zone.
        definitief: whether the decisions are definitive; otherwise they are provisional.
        kader: what was decided with; with it, an enrolment tells the level of the highest diploma that was funded and
            that the student had when the studiejaar began, at whichever institution. The PvE does not say on which
            day; this is that of the age.
    """
    moment, status = f"{bepaald_op:%Y-%m-%d %H:%M:%S}", "D" if definitief else "V"
    studiejaar = bekostiging.jaar.studiejaar
    begin, einde = studiejaar.begin, studiejaar.eind - DAG
    besluiten: dict[tuple[bool, str], list[Teldatumbesluit]] = defaultdict(list)
    for besluit in bekostiging.inschrijvingen:
        if besluit.instelling == instelling:
            besluiten[besluit.op_onderwijsnummer, besluit.inschrijvingvolgnummer].append(besluit)
    hoogste = None if kader is None else hoogste_voor(dossier, studiejaar.begin, kader)
    niveau = None if hoogste is None else hoogste.niveau
    inschrijvingen = []
    for i in dossier.inschrijvingen:
        if i.instelling == instelling and geldt_in(i, begin, einde):
            van_deze = besluiten[i.op_onderwijsnummer, i.inschrijvingvolgnummer]
            teldata = [_teldatum(b, moment, status) for b in sorted(van_deze, key=_teldatum_van)]
            inschrijvingen.append(
                _inschrijving(dossier, i, niveau, teldata, _plaats(i, van_deze, studiejaar))
            )
    diplomas = [
        _diploma(dossier, besluit, moment, status)
        for besluit in bekostiging.diplomas
        if besluit.instelling == instelling and besluit.datum_behaald.year == bekostiging.jaar.diplomajaar
    ]
    return inschrijvingen, diplomas


def _teldatum_van(besluit: Teldatumbesluit) -> date:
    return besluit.teldatum


def _nummers(dossier: Dossier, op_onderwijsnummer: bool) -> dict[str, str | None]:
    """Return the number that a record stands under: that which it was delivered on, when the person has it."""
    persoon = dossier.persoon
    if persoon.onderwijsnummer and (op_onderwijsnummer or not persoon.burgerservicenummer):
        return {"onderwijsnummer": persoon.onderwijsnummer}
    return {"burgerservicenummer": persoon.burgerservicenummer}


def _plaats(
    inschrijving: Inschrijving, besluiten: list[Teldatumbesluit], studiejaar: Studiejaar
) -> tuple[str | None, str | None]:
    """Return where the enrolment counts: onderwijsaanbieder and onderwijslocatie on the last teldatum it is valid on.

    Of an enrolment that is valid on neither teldatum, where it was last in the studiejaar.
    """
    if besluiten:
        laatste = max(besluiten, key=_teldatum_van)
        return laatste.onderwijsaanbieder, laatste.onderwijslocatie
    perioden = perioden_in(inschrijving, studiejaar.begin, studiejaar.eind - DAG)
    if not perioden:
        return None, None
    periode = max(perioden, key=lambda p: p.datum_begin)
    return periode.onderwijsaanbieder, periode.onderwijslocatie


def _inschrijving(
    dossier: Dossier,
    i: Inschrijving,
    niveau_hoogste: str | None,
    teldata: list[tbgi.Teldatum],
    plaats: tuple[str | None, str | None],
) -> tbgi.Inschrijving:
    return tbgi.Inschrijving(
        instellingscode=i.instelling,
        **_nummers(dossier, i.op_onderwijsnummer),
        inschrijvingvolgnummer=i.inschrijvingvolgnummer,
        datum_inschrijving=i.datum_inschrijving,
        datum_uitschrijving_gepland=i.datum_uitschrijving_gepland or date.max,
        datum_uitschrijving_werkelijk=i.datum_uitschrijving_werkelijk,
        niveau_hoogst_bekostigde_diploma=niveau_hoogste,
        onderwijsaanbieder=plaats[0],
        onderwijslocatie=plaats[1],
        teldata=teldata,
    )


def _teldatum(b: Teldatumbesluit, moment: str, status: str) -> tbgi.Teldatum:
    return tbgi.Teldatum(
        teldatum=b.teldatum,
        datumtijd_bepaling=moment,
        status_bepaling=status,  # type: ignore[arg-type]
        leeftijd=b.leeftijd,
        opleidingcode=b.opleidingcode,
        niveau=b.niveau,
        leertraject=b.leertraject,
        leerroutefase=b.leerroutefase,
        indicatie_bekostigbaar=b.indicatie_bekostigbaar,
        bekostigingsstatus=b.status,
        voor_correctiefactor=b.voor_correctiefactor,
        bbl_bol_factor=b.bbl_bol_factor,
        prijsfactor=b.prijsfactor,
        aantal_verblijfsjaren=b.verblijfsjaren,
        verblijfsjaarfactor=b.verblijfsjaarfactor,
        bijdrage=b.bijdrage,
        bpvs=[_bpv(bpv, b.inschrijvingvolgnummer) for bpv in b.bpvs],
        signalen=signalen(b.redenen),
    )


def _bpv(b: Bpv, inschrijvingvolgnummer: str) -> tbgi.BekostigingsrelevanteBpv:
    return tbgi.BekostigingsrelevanteBpv(
        inschrijvingvolgnummer=inschrijvingvolgnummer,
        volgnummer=b.volgnummer,
        afsluitdatum=b.afsluitdatum,
        datum_begin=b.datum_begin,
        datum_einde_gepland=b.datum_einde_gepland or date.max,
        datum_einde_werkelijk=b.datum_einde_werkelijk,
        opleidingcode=b.opleidingcode or "",
    )


def _diploma(dossier: Dossier, b: Diplomabesluit, moment: str, status: str) -> tbgi.Diploma:
    return tbgi.Diploma(
        instellingscode=b.instelling,
        **_nummers(dossier, b.op_onderwijsnummer),
        resultaatvolgnummer=b.resultaatvolgnummer,
        opleidingcode=b.opleidingcode,
        inschrijvingvolgnummer=b.inschrijvingvolgnummer,
        datum_behaald=b.datum_behaald,
        niveau=b.niveau,
        specialistendiploma=b.specialist,
        niveau_hoogst_bekostigde_diploma=b.niveau_hoogst_bekostigde_diploma,
        hoogst_bekostigde_diploma_is_specialist=b.hoogst_is_specialist,
        datumtijd_bepaling=moment,
        status_bepaling=status,  # type: ignore[arg-type]
        bekostigingsstatus=b.status,
        bijdrage_diplomawaarde=b.bijdrage,
        onderwijsaanbieder=b.onderwijsaanbieder,
        signalen=signalen(b.redenen),
    )


def signalen(redenen: Iterable[Reden]) -> list[tbgi.Signaal]:
    """Return the signals of a decision: the steps that failed, in their order, with their values as parameters.

    What could not be judged gives none: the decision went on as if it held.
    """
    return [
        tbgi.Signaal(
            signaalvolgnummer=str(nummer),
            signaalcode=reden.code,
            signaalomschrijving=_hoogstens(tekst(reden, "nl"), LANGSTE_OMSCHRIJVING),
            parameters=_parameters(reden),
        )
        for nummer, reden in enumerate([r for r in redenen if r.voldaan is False][:MEESTE], 1)
    ]


def _parameters(reden: Reden) -> list[tbgi.Parameter]:
    """Return the values of a reason that there are, numbered."""
    waarden = [(naam, tekst_) for naam, waarde in reden.waarden.items() if (tekst_ := _waarde(waarde))]
    return [
        tbgi.Parameter(
            parametervolgnummer=str(nummer),
            parameternaam=naam,
            parameterwaarde=_hoogstens(tekst_, LANGSTE_WAARDE),
        )
        for nummer, (naam, tekst_) in enumerate(waarden[:MEESTE], 1)
    ]


def _waarde(waarde: Any) -> str:
    """Return a value as XML has it; nothing for one that is not there."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return str(waarde).lower()
    if isinstance(waarde, date):
        return waarde.isoformat()
    return f"{waarde:f}" if isinstance(waarde, Decimal) else str(waarde)


def _hoogstens(tekst_: str, lengte: int) -> str:
    return tekst_ if len(tekst_) <= lengte else f"{tekst_[: lengte - 1]}…"
