"""Which records of a dossier belong in an overview: RO, OBO and GRONDSLAG.

Each function takes a whole dossier and gives the part of it that an overview of one institution carries, in the order
of its records' keys; None when the person is not in it. Records of other institutions are never in it, and what a
student does elsewhere plays no part. What a layout has no field for (such as the parts of a diploma in an OBO) may
still be in the result: the writer leaves it out.

A record counts as linked to an enrolment when it names its inschrijvingvolgnummer, within the institution: the one
delivered on the same number of the person when there is one, else the one on the other number (``gekoppeld``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from operator import attrgetter
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from kernregister.kern.dossier import (
    Diploma,
    Dossier,
    Inschrijving,
    Inschrijvingsperiode,
    Onderdeel,
    Persoon,
)
from kernregister.kern.sleutels import Instellingscode
from kernregister.kern.tijd import DAG, OPEN, Studiejaar, kan_gelden

BBL: Final = "BBL"

_T = TypeVar("_T")


def voor_ro(dossier: Dossier, instelling: Instellingscode, begin: date, einde: date) -> Dossier | None:
    """Return what an RO over a period carries of a dossier; ``begin`` and ``einde`` both belong to it.

    In it are: enrolments valid on some day of the period, whole; diplomas and loose results obtained in the period;
    and results linked to those enrolments, whenever they were obtained. A diploma of the period does not bring along
    an enrolment that had ended before. A loose result without a date comes along with its enrolment only.

    Source: PvE MBO-instelling 15.1; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 09.
    """
    inschrijvingen = [
        i for i in dossier.inschrijvingen if i.instelling == instelling and geldt_in(i, begin, einde)
    ]

    def hoort(resultaat: Diploma | Onderdeel) -> bool:
        datum = resultaat.datum_resultaat
        if datum is not None and begin <= datum <= einde:
            return True
        return bool(inschrijvingen) and any(gekoppeld(dossier, resultaat) is i for i in inschrijvingen)

    diplomas = [d for d in dossier.diplomas if d.instelling == instelling and hoort(d)]
    los = [o for o in dossier.losse_resultaten if o.instelling == instelling and hoort(o)]
    return _deel(dossier.persoon, inschrijvingen, diplomas, los)


def voor_obo(dossier: Dossier, instelling: Instellingscode, studiejaar: Studiejaar) -> Dossier | None:
    """Return what an OBO of a studiejaar carries of a dossier.

    - Enrolments valid on some day of the studiejaar, with their periods that are.
    - BPV's of those enrolments, whatever their dates, when the student is in BBL at the institution on some day of
      the studiejaar, in whichever of the enrolments; none for a keuzedeel.
    - Diplomas obtained in the calendar year in which the studiejaar begins, with their enrolment and the period in
      which they were obtained: of a diploma dated after the end of its enrolment the last period, of one dated before
      its begin the first. The layout asks for the enrolment, so a diploma that names none is not in it. An enrolment
      that is in it only so carries no BPV's.
    - Verblijfstitels and nationaliteiten valid in the studiejaar, their ends exclusive; of which a date is partly
      unknown, those that may have been. Only of somebody with an enrolment valid in the studiejaar: who is in it
      because of a diploma only, is in it without them.

    Source: PvE MBO-instelling 13.1; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 12.
    """
    begin, einde = studiejaar.begin, studiejaar.eind - DAG
    eigen = [i for i in dossier.inschrijvingen if i.instelling == instelling]
    geldig = [i for i in eigen if geldt_in(i, begin, einde)]
    diplomas = [
        d
        for d in dossier.diplomas
        if d.instelling == instelling
        and d.datum_resultaat.year == studiejaar.start
        and d.inschrijvingvolgnummer
    ]
    if not (geldig or diplomas):
        return None
    perioden = {id(i): perioden_in(i, begin, einde) for i in geldig}
    bbl = any(p.leertraject == BBL for lijst in perioden.values() for p in lijst)
    for diploma in diplomas:
        gekoppelde = gekoppeld(dossier, diploma)
        if gekoppelde is not None:
            lijst = perioden.setdefault(id(gekoppelde), [])
            behaald_in = _periode_van(gekoppelde, diploma.datum_resultaat)
            if behaald_in is not None and not any(behaald_in is p for p in lijst):
                lijst.append(behaald_in)
    inschrijvingen = [
        _voor_obo(i, perioden[id(i)], bbl and any(i is g for g in geldig)) for i in eigen if id(i) in perioden
    ]
    persoon = _geldig_in(dossier.persoon, begin, einde) if geldig else _zonder_herkomst(dossier.persoon)
    return _deel(persoon, inschrijvingen, diplomas, [])


def voor_grondslag(dossier: Dossier, instelling: Instellingscode, studiejaar: Studiejaar) -> Dossier | None:
    """Return what the GRONDSLAG of a studiejaar carries of a dossier.

    In it are: enrolments valid on some day of the studiejaar; diplomas obtained in the calendar year of the peildatum,
    1 October; loose results obtained in the studiejaar; and the enrolments of those results. All whole.

    Source: PvE MBO-instelling 17; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05.
    """
    begin, einde = studiejaar.begin, studiejaar.eind - DAG
    diplomas = [
        d
        for d in dossier.diplomas
        if d.instelling == instelling and d.datum_resultaat.year == studiejaar.start
    ]
    los = [
        o
        for o in dossier.losse_resultaten
        if o.instelling == instelling
        and o.datum_resultaat is not None
        and begin <= o.datum_resultaat <= einde
    ]
    mee = [gekoppeld(dossier, resultaat) for resultaat in (*diplomas, *los)]
    inschrijvingen = [
        i
        for i in dossier.inschrijvingen
        if i.instelling == instelling and (geldt_in(i, begin, einde) or any(i is m for m in mee))
    ]
    return _deel(dossier.persoon, inschrijvingen, diplomas, los)


def geldt_in(inschrijving: Inschrijving, begin: date, einde: date) -> bool:
    """Tell whether an enrolment is valid on some day from ``begin`` up to and including ``einde``.

    Its planned end plays no part. One that ends before it begins is valid on no day.
    """
    eerste, laatste = inschrijving.datum_inschrijving, inschrijving.datum_uitschrijving_werkelijk
    return eerste <= einde and (laatste is None or (begin <= laatste and eerste <= laatste))


def perioden_in(inschrijving: Inschrijving, begin: date, einde: date) -> list[Inschrijvingsperiode]:
    """Return the periods that hold on some day of an enrolment from ``begin`` up to and including ``einde``.

    A period holds until the next begins or the enrolment ends; of two that begin on one day only the last ever does.
    """
    eerste = max(inschrijving.datum_inschrijving, begin)
    laatste = min(inschrijving.datum_uitschrijving_werkelijk or OPEN, einde)
    bij_aanvang = inschrijving.periode_op(eerste)
    later = {p.datum_begin: p for p in inschrijving.perioden if eerste < p.datum_begin <= laatste}
    return [p for p in (bij_aanvang, *later.values()) if p is not None]


def gekoppeld(dossier: Dossier, resultaat: Diploma | Onderdeel) -> Inschrijving | None:
    """Return the enrolment that a result names, at its institution; None when it names none that is known.

    Of two with the same inschrijvingvolgnummer, one on each number of the person, it is the one on the number that the
    result was delivered on.
    """
    volgnummer, gevonden = resultaat.inschrijvingvolgnummer, None
    if volgnummer is None:
        return None
    for inschrijving in dossier.inschrijvingen:
        if (
            inschrijving.inschrijvingvolgnummer == volgnummer
            and inschrijving.instelling == resultaat.instelling
        ):
            if inschrijving.op_onderwijsnummer == resultaat.op_onderwijsnummer:
                return inschrijving
            gevonden = inschrijving
    return gevonden


def _periode_van(inschrijving: Inschrijving, dag: date) -> Inschrijvingsperiode | None:
    """Return the period in which a day lies, or the one nearest to it."""
    return inschrijving.periode_op(dag) or min(inschrijving.perioden, key=_DATUM_BEGIN, default=None)


def _voor_obo(
    inschrijving: Inschrijving, perioden: Collection[Inschrijvingsperiode], met_bpvs: bool
) -> Inschrijving:
    bpvs = (
        tuple([b for b in inschrijving.bpvs if b.opleidingcode and not b.keuzedeelcode]) if met_bpvs else ()
    )
    if len(perioden) == len(inschrijving.perioden) and len(bpvs) == len(inschrijving.bpvs):
        return inschrijving
    return replace(inschrijving, perioden=tuple(perioden), bpvs=bpvs)


def _geldig_in(persoon: Persoon, begin: date, einde: date) -> Persoon:
    """Return a person with the verblijfstitels and nationaliteiten that may be valid on a day of a period."""
    titels = tuple(
        [v for v in persoon.verblijfstitels if kan_gelden(v.datum_begin, v.datum_eind, begin, einde)]
    )
    landen = tuple(
        [n for n in persoon.nationaliteiten if kan_gelden(n.datum_begin, n.datum_einde, begin, einde)]
    )
    titels, landen = _op(titels, _DATUM_BEGIN), _op(landen, _CODE_EN_BEGIN)
    if titels == persoon.verblijfstitels and landen == persoon.nationaliteiten:
        return persoon
    return replace(persoon, verblijfstitels=titels, nationaliteiten=landen)


def _zonder_herkomst(persoon: Persoon) -> Persoon:
    if not (persoon.verblijfstitels or persoon.nationaliteiten):
        return persoon
    return replace(persoon, verblijfstitels=(), nationaliteiten=())


def _deel(
    persoon: Persoon, inschrijvingen: list[Inschrijving], diplomas: list[Diploma], los: list[Onderdeel]
) -> Dossier | None:
    """Return the part of a dossier in the order of keys; None when there is nothing in it."""
    if not (inschrijvingen or diplomas or los):
        return None
    return Dossier(
        persoon,
        tuple([_op_sleutel(i) for i in _op(inschrijvingen, _INSCHRIJVING)]),
        tuple([_diploma_op_sleutel(d) for d in _op(diplomas, _RESULTAAT)]),
        tuple(_op(los, _RESULTAAT)),
    )


_INSCHRIJVING: Final = attrgetter("inschrijvingvolgnummer")
_RESULTAAT: Final = attrgetter("resultaatvolgnummer")
_DATUM_BEGIN: Final = attrgetter("datum_begin")
_VOLGNUMMER: Final = attrgetter("volgnummer")
_CODE_EN_BEGIN: Final = attrgetter("code", "datum_begin")


def _op(records: Any, sleutel: Callable[[Any], Any]) -> Any:
    """Return records in the order of a key; the very same list or tuple when they are in it."""
    if len(records) < 2:
        return records
    return type(records)(sorted(records, key=sleutel))


def _op_sleutel(i: Inschrijving) -> Inschrijving:
    if len(i.perioden) < 2 and len(i.bpvs) < 2 and len(i.extra_ondersteuning) < 2:
        return i
    perioden, bpvs = _op(i.perioden, _DATUM_BEGIN), _op(i.bpvs, _VOLGNUMMER)
    ondersteuning = _op(i.extra_ondersteuning, _DATUM_BEGIN)
    if (perioden, bpvs, ondersteuning) == (i.perioden, i.bpvs, i.extra_ondersteuning):
        return i
    return replace(i, perioden=perioden, bpvs=bpvs, extra_ondersteuning=ondersteuning)


def _diploma_op_sleutel(diploma: Diploma) -> Diploma:
    onderdelen = _op(diploma.onderdelen, _RESULTAAT)
    return diploma if onderdelen == diploma.onderdelen else replace(diploma, onderdelen=onderdelen)
