"""Vooropleiding: what a person learned before, as an institution may need it to judge an application.

Two views: the message (``vooropleiding``) and the list in the studentdossier (``vooropleidingen_in_dossier``). Both
show what other institutions registered; whether somebody may see a view at all (an application or an enrolment, h. 05
and 08) is for the caller to decide. No view shows extra support, placements, reasons of leaving, funding or an address.

With a secret address every instellingscode reads 99AA. The onderwijsaanbieder is then left out too, since anybody can
look up in RIO which institution it belongs to.

Source: Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 07.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, Literal, TypeVar

from msgspec import Struct, structs

from kernregister.kern.dossier import (
    Deelname,
    Diploma,
    Dossier,
    GeneriekExamenonderdeel,
    HoDiploma,
    Inschrijving,
    Keuzedeel,
    Onderdeel,
    VoResultaat,
)
from kernregister.kern.gegevens import GEEN, Gegevens, Soort
from kernregister.kern.parameters import lees
from kernregister.kern.sleutels import GEHEIM
from kernregister.kern.tijd import OPEN, Studiejaar

_WAARDEN: Final = lees("vooropleiding")

NIET_BEREKEND: Final[int] = _WAARDEN["jaren_zonder_diploma"]["niet_berekend"]
"""Stands for the number of years without a diploma when it cannot be told."""

Startkwalificatie = Literal["J", "N", "O"]
"""Whether a person has a basic qualification: ja, nee or onbekend."""

Getoond = VoResultaat | HoDiploma | Diploma | Onderdeel
"""A result that a view can show."""

_G = TypeVar("_G", bound=Deelname | Getoond)


class Vooropleiding(Struct, frozen=True):
    """What the message Aanleveren vooropleiding tells of a person.

    ``deelnames`` also holds enrolments in mbo, with sector MBO. ``vo_resultaten`` are of vo, vso and vavo.
    """

    deelnames: tuple[Deelname, ...] = ()
    vo_resultaten: tuple[VoResultaat, ...] = ()
    mbo_diplomas: tuple[Diploma, ...] = ()
    mbo_resultaten: tuple[Onderdeel, ...] = ()
    ho_diplomas: tuple[HoDiploma, ...] = ()
    startkwalificatie: Startkwalificatie = "O"
    jaren_mbo_zonder_diploma: int = NIET_BEREKEND


def zonder_gevolgtrekking(een: Vooropleiding) -> Vooropleiding:
    """Return a vooropleiding that was made of a part of the dossier, without what only the whole can tell."""
    return structs.replace(een, startkwalificatie="O", jaren_mbo_zonder_diploma=NIET_BEREKEND)


class Vooropleidingen(Struct, frozen=True):
    """The two lists under *vooropleidingen* in a studentdossier, each in the order of date of enrolment."""

    deelnames: tuple[Deelname, ...] = ()
    resultaten: tuple[Getoond, ...] = ()


def startkwalificatie(dossier: Dossier, gegevens: Gegevens = GEEN) -> Startkwalificatie:
    """Tell whether somebody has a startkwalificatie: a diploma of havo or vwo, or of mbo 2, 3 or 4.

    ``O`` when the register holds no participation and no result. Ours: also ``O`` when all depends on a diploma of
    which neither the reference data nor its enrolment tell the level, for "no" would then be a guess. A diploma of
    higher education is no startkwalificatie of itself; the manual does not name it.
    """
    waarden = _WAARDEN["startkwalificatie"]
    for resultaat in dossier.vooropleidingen:
        if (
            isinstance(resultaat, VoResultaat)
            and _is_diploma(resultaat)
            and resultaat.niveau in waarden["vo"]
        ):
            return "J"
    niveaus = {_niveau(diploma, dossier, gegevens) for diploma in dossier.diplomas}
    if not niveaus.isdisjoint(waarden["mbo"]):
        return "J"
    return "O" if None in niveaus or _is_leeg(dossier) else "N"


def jaren_zonder_diploma(
    dossier: Dossier, studiejaar: Studiejaar, gegevens: Gegevens = GEEN, tot_en_met: date = OPEN
) -> int:
    """Return in how many years somebody who applies for a studiejaar was in funded mbo without a diploma from it.

    A year counts when a funded enrolment is valid on its 1 October, up to the studiejaar and up to ``tot_en_met``.
    99 when the last funded enrolment ended more than three studiejaren before, or there is none.

    The manual does not say what an earlier diploma does. Ours: it begins the count anew, so that only the years after
    the last mbo diploma, of any institution, count. Every kind of enrolment counts, as the manual makes no exception.
    """
    grens = studiejaar.start - _WAARDEN["jaren_zonder_diploma"]["terugkijken"]
    gevolgd = [
        (i.datum_inschrijving, i.datum_uitschrijving_werkelijk or OPEN)
        for i in dossier.inschrijvingen
        if _voor_augustus(i.datum_inschrijving, studiejaar.start)
        and gegevens.soort_van(i.instelling) is Soort.BI
    ]
    if not any(not _voor_augustus(eind, grens) for _, eind in gevolgd):
        return NIET_BEREKEND
    behaald = [
        d.datum_resultaat for d in dossier.diplomas if _voor_augustus(d.datum_resultaat, studiejaar.start)
    ]
    na = max(behaald, default=date.min)
    jaren: set[int] = set()
    for begin, eind in gevolgd:
        laatste = min(eind, tot_en_met)
        jaren.update(
            jaar
            for jaar in range(max(begin, na).year, min(laatste.year, studiejaar.start - 1) + 1)
            if begin <= date(jaar, 10, 1) <= laatste and date(jaar, 10, 1) > na
        )
    return len(jaren)


def vooropleiding(dossier: Dossier, peildatum: date, gegevens: Gegevens = GEEN) -> Vooropleiding:
    """Return what the message tells of a person on a day; nothing that begins or is obtained later is in it.

    The application is taken to be for the studiejaar after the one in which the peildatum lies.
    """
    bekend = _bekend_op(dossier, peildatum)
    geheim = dossier.persoon.geheim
    vo = [r for r in bekend.vooropleidingen if isinstance(r, VoResultaat)]
    aanmelding_voor = Studiejaar(Studiejaar.van(peildatum).start + 1)
    return Vooropleiding(
        _zonder_instelling(_gekozen_deelnames(bekend, peildatum), geheim),
        _zonder_instelling(_geleverde_vo_resultaten(vo), geheim),
        _zonder_instelling(map(_zonder_bekostiging, bekend.diplomas), geheim),
        _zonder_instelling(filter(_is_geleverd, bekend.losse_resultaten), geheim),
        _zonder_instelling((r for r in bekend.vooropleidingen if isinstance(r, HoDiploma)), geheim),
        startkwalificatie(bekend, gegevens),
        jaren_zonder_diploma(bekend, aanmelding_voor, gegevens, peildatum),
    )


def vooropleidingen_in_dossier(dossier: Dossier, tot: date) -> Vooropleidingen:
    """Return the vooropleidingen that an institution sees in a studentdossier.

    ``tot`` is the last day of its own enrolment (``OPEN`` while that has no end): what begins or is obtained later is
    left out, and without any enrolment in mbo there is nothing to see. Of vso only participations with a WEC
    schoolsoort are shown; results of vso only beside such a participation. A result stands at the date of the
    enrolment it belongs to, or else at its own date or exam year; one that has none of these is left out, as it cannot
    be said to lie before ``tot``.
    """
    if not dossier.inschrijvingen:
        return Vooropleidingen()
    bekend, geheim = _bekend_op(dossier, tot), dossier.persoon.geheim
    deelnames = [d for d in _alle_deelnames(bekend, tot) if d.sector != "VSO" or d.wec_schoolsoort]
    met_vso = any(d.sector == "VSO" for d in deelnames)
    geplaatst = [
        (dag, _zoals_getoond(resultaat))
        for resultaat in (*bekend.diplomas, *bekend.losse_resultaten, *bekend.vooropleidingen)
        if (met_vso or sector_van(resultaat) != "VSO") and (dag := _plaats(resultaat, deelnames)) is not None
    ]
    return Vooropleidingen(
        _zonder_instelling(sorted(deelnames, key=_op_begin), geheim),
        _zonder_instelling((r for _, r in sorted(geplaatst, key=lambda paar: paar[0])), geheim),
    )


def _voor_augustus(dag: date, jaar: int) -> bool:
    """Tell whether a day lies before the studiejaar that begins in a year, which may lie outside the calendar."""
    return Studiejaar.van(dag).start < jaar


def _is_diploma(resultaat: VoResultaat) -> bool:
    return resultaat.waardedocument == "DIPLOMA"


def _is_leeg(dossier: Dossier) -> bool:
    return not (
        dossier.inschrijvingen
        or dossier.diplomas
        or dossier.losse_resultaten
        or dossier.deelnames
        or dossier.vooropleidingen
    )


def _niveau(diploma: Diploma, dossier: Dossier, gegevens: Gegevens) -> str | None:
    """Return the level of a diploma: that of its programme, or the one its enrolment tells for that programme."""
    opleiding = gegevens.opleidingen.get(diploma.opleidingcode)
    if opleiding is not None and opleiding.niveau:
        return opleiding.niveau
    for inschrijving in dossier.inschrijvingen:
        if _hoort_bij(diploma, inschrijving):
            for periode in inschrijving.perioden:
                if periode.opleidingcode == diploma.opleidingcode and periode.niveau:
                    return periode.niveau
    return None


def _hoort_bij(resultaat: Getoond, deelname: Deelname | Inschrijving) -> bool:
    return (
        resultaat.inschrijvingvolgnummer is not None
        and resultaat.inschrijvingvolgnummer == deelname.inschrijvingvolgnummer
        and resultaat.instelling == deelname.instelling
    )


def _bekend_op(dossier: Dossier, dag: date) -> Dossier:
    """Leave out what begins or is obtained after a day, or ended before the register held its sector."""
    deelnames = (d for d in dossier.deelnames if d.datum_begin <= dag)
    inschrijvingen = (i for i in dossier.inschrijvingen if i.datum_inschrijving <= dag)
    return structs.replace(
        dossier,
        deelnames=tuple(d for d in deelnames if _in_register(d.sector, d.datum_eind)),
        inschrijvingen=tuple(
            i for i in inschrijvingen if _in_register("MBO", i.datum_uitschrijving_werkelijk)
        ),
        diplomas=tuple(filter(_behaald_op(dag), dossier.diplomas)),
        losse_resultaten=tuple(filter(_behaald_op(dag), dossier.losse_resultaten)),
        vooropleidingen=tuple(filter(_behaald_op(dag), dossier.vooropleidingen)),
    )


def _in_register(sector: str, laatste: date | None) -> bool:
    """Tell whether something that lasted until a day, or lasts still, is of the time that the register covers."""
    sinds = _WAARDEN["historie"].get(sector, date.min)
    return laatste is None or laatste >= sinds


def _behaald_op(dag: date) -> Callable[[Getoond], bool]:
    """Return the test whether a result was obtained by a day, within the time that the register covers."""

    def behaald(resultaat: Getoond) -> bool:
        datum = _datum(resultaat)
        if datum is None:
            jaar = _examenjaar(resultaat)
            return jaar is None or (jaar[0] <= dag and _in_register(sector_van(resultaat), jaar[1]))
        return datum <= dag and _in_register(sector_van(resultaat), datum)

    return behaald


def sector_van(resultaat: Getoond) -> str:
    """Return in which sector a result was obtained."""
    match resultaat:
        case VoResultaat():
            return resultaat.sector
        case HoDiploma():
            return "HO"
    return "MBO"


def _datum(resultaat: Getoond) -> date | None:
    if not isinstance(resultaat, VoResultaat):
        return resultaat.datum_resultaat
    zonder = resultaat.uitslagcode in _WAARDEN["uitslag_zonder_datum"]["codes"]
    return None if zonder else resultaat.uitslagdatum


def _examenjaar(resultaat: Getoond) -> tuple[date, date] | None:
    """Return the first and the last day of the year of an exam, if that is known and in the calendar."""
    jaar = resultaat.examenjaar if isinstance(resultaat, VoResultaat) else None
    if jaar is None or not date.min.year <= jaar <= OPEN.year:
        return None
    return date(jaar, 1, 1), date(jaar, 12, 31)


def _alle_deelnames(dossier: Dossier, dag: date) -> list[Deelname]:
    """Return the participations with, in the same form, the enrolments in mbo as they are on a day."""
    return [*dossier.deelnames, *(_als_deelname(i, dag) for i in dossier.inschrijvingen)]


def _als_deelname(inschrijving: Inschrijving, dag: date) -> Deelname:
    deelname = Deelname(
        "MBO",
        inschrijving.instelling,
        inschrijving.datum_inschrijving,
        inschrijving.datum_uitschrijving_werkelijk,
        inschrijvingvolgnummer=inschrijving.inschrijvingvolgnummer,
    )
    periode = inschrijving.periode_op(dag)
    if periode is None:
        return deelname
    return structs.replace(
        deelname,
        leerroute=periode.leerroute,
        leerroutefase=periode.leerroutefase,
        opleidingcode=periode.opleidingcode,
        niveau=periode.niveau,
    )


def _gekozen_deelnames(bekend: Dossier, dag: date) -> list[Deelname]:
    """Return the current participations or else the last known, and the last in leerjaar 3 to 5 of havo or vwo."""
    alle = sorted(_alle_deelnames(bekend, dag), key=_op_begin)
    gekozen = [d for d in alle if d.geldt_op(dag)] or sorted(alle, key=_op_eind)[-1:]
    leerjaar = _WAARDEN["leerjaar"]
    bovenbouw = [d for d in alle if d.leerjaar in leerjaar["leerjaren"] and d.niveau in leerjaar["niveaus"]]
    return gekozen + [d for d in bovenbouw[-1:] if d not in gekozen]


def _op_begin(deelname: Deelname) -> tuple[date, date]:
    return deelname.datum_begin, deelname.datum_eind or OPEN


def _op_eind(deelname: Deelname) -> tuple[date, date]:
    return deelname.datum_eind or OPEN, deelname.datum_begin


def _geleverde_vo_resultaten(resultaten: list[VoResultaat]) -> Iterator[VoResultaat]:
    """Yield diplomas and certificates of vmbo, havo and vwo; where a diploma is lacking, the subjects alone.

    Ours: a diploma makes an end to the loose subjects of its own level, not to those of another.
    """
    behaald = {r.niveau for r in resultaten if _is_diploma(r)}
    for r in resultaten:
        if r.niveau not in _WAARDEN["resultaat"]["niveaus"]:
            continue
        if r.waardedocument:
            yield r
        elif r.vakken and r.niveau not in behaald:
            yield VoResultaat(
                r.resultaatvolgnummer,
                r.sector,
                r.niveau,
                r.instelling,
                examenjaar=r.examenjaar,
                vakken=r.vakken,
                inschrijvingvolgnummer=r.inschrijvingvolgnummer,
            )


def _is_geleverd(onderdeel: Onderdeel) -> bool:
    """Tell whether a loose result is in the message: a keuzedeel when obtained, a generic part when completed."""
    match onderdeel:
        case Keuzedeel():
            return onderdeel.behaald
        case GeneriekExamenonderdeel():
            return onderdeel.eindcijfer is not None or onderdeel.vrijstelling is not None
    return True


def _plaats(resultaat: Getoond, deelnames: Iterable[Deelname]) -> date | None:
    """Return the date by which a result is put in order."""
    begin = [
        d.datum_begin for d in deelnames if d.sector == sector_van(resultaat) and _hoort_bij(resultaat, d)
    ]
    datum = min(begin, default=None) or _datum(resultaat)
    jaar = _examenjaar(resultaat)
    return datum or (jaar and jaar[0])


def _zoals_getoond(resultaat: Getoond) -> Getoond:
    """Leave out the date of an outcome that has none, and the programme of an exam before the state."""
    if isinstance(resultaat, Diploma):
        return _zonder_bekostiging(resultaat)
    if not isinstance(resultaat, VoResultaat):
        return resultaat
    code = None if resultaat.staatsexamen else resultaat.opleidingcode
    return structs.replace(resultaat, uitslagdatum=_datum(resultaat), opleidingcode=code)


def _zonder_bekostiging(diploma: Diploma) -> Diploma:
    return structs.replace(diploma, bekostigbaar=None)


def _zonder_instelling(records: Iterable[_G], geheim: bool) -> tuple[_G, ...]:
    """Return the records; with a secret address without anything that tells which institution they are of."""
    return tuple(_verborgen(record) for record in records) if geheim else tuple(records)


def _verborgen(record: _G) -> _G:
    uit = structs.replace(record, instelling=record.instelling and GEHEIM)
    if not isinstance(uit, Deelname | VoResultaat | HoDiploma):
        uit = structs.replace(uit, onderwijsaanbieder=None)
    if isinstance(uit, Diploma):
        uit = structs.replace(uit, onderdelen=tuple(_verborgen(deel) for deel in uit.onderdelen))
    return uit
