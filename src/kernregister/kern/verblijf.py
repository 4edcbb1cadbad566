"""May this person be enrolled: nationality, age and right of residence (WEB 8.1.1; Handleiding, h. 05 and bijlage).

Judged on the first day of the programme for which enrolment is wanted for the first time. Of dates that are only
partly known every day they can be is tried: where that makes a difference, the institution establishes it itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import product
from typing import Final

import msgspec
from msgspec import Struct

from kernregister.kern.dossier import Dossier, Inschrijving, Nationaliteit, Persoon, Verblijfstitel
from kernregister.kern.parameters import lees
from kernregister.kern.tijd import OPEN, OnvolledigeDatum, is_onvolledige_datum, jaren_na, laatst, vroegst


class Toegang(StrEnum):
    """What follows for the enrolment."""

    MAG = "mag"
    MAG_NIET = "mag niet"
    INSTELLING_STELT_VAST = "instelling stelt vast"


class Reden(StrEnum):
    """The ground of a judgement."""

    MINDERJARIG = "jonger dan 18 op de eerste dag van de opleiding"
    NEDERLANDER = "Nederlander"
    BEHANDELD_ALS_NEDERLANDER = "behandeld als Nederlander"
    AFMAKEN = "maakt een opleiding af waarvoor hij eerder mocht worden ingeschreven"
    VERBLIJFSTITEL = "verblijfstitel die recht geeft op inschrijving"
    GEEN_RECHT = "verblijfstitel die geen recht geeft op inschrijving"
    ANDERE_TITEL = "verblijfstitel die niet meer wordt gebruikt of tegenspraak: na te vragen bij de IND"
    GEEN_TITEL = "geen verblijfstitel bekend op de eerste dag"
    ONZEKER = "met deels onbekende data is het niet te bepalen"


class Oordeel(Struct, frozen=True):
    """A judgement with its ground and, where a title decided, its code.

    ``titel_beeindigd``: the title gives a right, although table 56 ended its code before the first day.
    """

    toegang: Toegang
    reden: Reden
    titel: str | None = None
    titel_beeindigd: bool = False


class Regeling(Struct, frozen=True, forbid_unknown_fields=True):
    """The codes and the age that hold from a day on (parameters/verblijf.toml)."""

    vanaf: date
    meerderjarig_vanaf_jaar: int
    nederlands: frozenset[str]
    behandeld_als_nederlander: frozenset[str]
    toegelaten: frozenset[str]
    geen_recht: frozenset[str]
    beeindigd: dict[str, date]


REGELINGEN: Final = tuple(
    sorted(msgspec.convert(lees("verblijf")["regeling"], list[Regeling]), key=lambda r: r.vanaf)
)
"""In order of time."""

_ONBEKEND: Final = OnvolledigeDatum("0000-00-00")


def regeling_op(dag: date) -> Regeling | None:
    """Return the rules that hold on a day, or nothing before there were any."""
    return next((regeling for regeling in reversed(REGELINGEN) if regeling.vanaf <= dag), None)


def beoordeel(persoon: Persoon, eerste_dag: date) -> Oordeel | None:
    """Judge whether a person may be enrolled in a programme that begins for him on this day.

    Returns nothing where it cannot be judged: somebody who may be of age, and of whom no nationality is known on
    that day. A nationality that began on a wholly unknown day counts as had from birth.
    """
    regeling = regeling_op(eerste_dag)
    if regeling is None:
        return None
    leeftijden = _meerderjarig(persoon.geboortedatum, eerste_dag, regeling)
    if leeftijden == {False}:
        return Oordeel(Toegang.MAG, Reden.MINDERJARIG)
    oordelen = [
        _van_meerderjarige(nationaliteiten, titels, eerste_dag, regeling)
        for nationaliteiten in _mogelijk(persoon.nationaliteiten, eerste_dag)
        for titels in _mogelijk(persoon.verblijfstitels, eerste_dag)
    ]
    if None in oordelen:
        return None
    mogelijk = [oordeel for oordeel in oordelen if oordeel is not None]
    if False in leeftijden:
        mogelijk.append(Oordeel(Toegang.MAG, Reden.MINDERJARIG))
    if len({oordeel.toegang for oordeel in mogelijk}) > 1:
        return Oordeel(Toegang.INSTELLING_STELT_VAST, Reden.ONZEKER)
    return mogelijk[0]


def beoordeel_inschrijving(dossier: Dossier, inschrijving: Inschrijving) -> Oordeel | None:
    """Judge an enrolment of a dossier, with the right to finish a programme that was entered lawfully before.

    That right is there when an earlier enrolment in the same programme, at whichever institution, was allowed on its
    own first day (by itself, or by the ground that was recorded with it) and no diploma of it came in between.
    """
    begin = inschrijving.datum_inschrijving
    oordeel = beoordeel(dossier.persoon, begin)
    if oordeel is None or oordeel.toegang is Toegang.MAG:
        return oordeel
    for eerdere in _eerdere(dossier, inschrijving):
        toen = beoordeel(dossier.persoon, eerdere.datum_inschrijving)
        if toen is not None and mag_met_grond(toen, eerdere.verblijf_grond):
            return Oordeel(Toegang.MAG, Reden.AFMAKEN)
    return oordeel


def mag_met_grond(oordeel: Oordeel, grond: str | None) -> bool:
    """Tell whether somebody may be enrolled, given the ground that the institution recorded (or none)."""
    if oordeel.toegang is Toegang.INSTELLING_STELT_VAST:
        return bool(grond)
    return oordeel.toegang is Toegang.MAG


def _eerdere(dossier: Dossier, inschrijving: Inschrijving) -> Iterator[Inschrijving]:
    """Give the earlier enrolments in the programme with which this one begins, unless it was completed since."""
    begin = inschrijving.datum_inschrijving
    eerste = min(inschrijving.perioden, key=lambda periode: periode.datum_begin, default=None)
    if eerste is None:
        return
    code = eerste.opleidingcode
    behaald = [d.datum_resultaat for d in dossier.diplomas if d.opleidingcode == code]
    for andere in dossier.inschrijvingen:
        toen = andere.datum_inschrijving
        zelfde = any(periode.opleidingcode == code for periode in andere.perioden)
        if toen < begin and zelfde and not any(toen <= datum < begin for datum in behaald):
            yield andere


def _van_meerderjarige(
    nationaliteiten: frozenset[str], titels: frozenset[str], dag: date, regeling: Regeling
) -> Oordeel | None:
    """Judge somebody of age by the nationalities and titles that are valid on the day."""
    if not nationaliteiten:
        return None
    if nationaliteiten & regeling.nederlands:
        return Oordeel(Toegang.MAG, Reden.NEDERLANDER)
    if nationaliteiten & regeling.behandeld_als_nederlander:
        return Oordeel(Toegang.MAG, Reden.BEHANDELD_ALS_NEDERLANDER)
    return _van_vreemdeling(titels, dag, regeling)


def _van_vreemdeling(titels: frozenset[str], dag: date, regeling: Regeling) -> Oordeel:
    """Judge somebody of age who is not Dutch; titles that contradict each other are for the institution to settle."""
    if not titels:
        return Oordeel(Toegang.INSTELLING_STELT_VAST, Reden.GEEN_TITEL)
    titel = min(titels)
    if titels <= regeling.toegelaten:
        beeindigd = all(regeling.beeindigd.get(code, OPEN) <= dag for code in titels)
        return Oordeel(Toegang.MAG, Reden.VERBLIJFSTITEL, titel, beeindigd)
    if titels <= regeling.geen_recht:
        return Oordeel(Toegang.MAG_NIET, Reden.GEEN_RECHT, titel)
    return Oordeel(Toegang.INSTELLING_STELT_VAST, Reden.ANDERE_TITEL, titel)


def _meerderjarig(geboren: OnvolledigeDatum | None, dag: date, regeling: Regeling) -> set[bool]:
    """Return whether somebody is of age on a day: both, when the date of birth leaves that open."""
    if geboren is None or not is_onvolledige_datum(geboren):
        return {False, True}
    jaren = regeling.meerderjarig_vanaf_jaar
    return {jaren_na(uiterste, jaren) <= dag for uiterste in (vroegst(geboren), laatst(geboren))}


def _mogelijk(records: Sequence[Nationaliteit] | Sequence[Verblijfstitel], dag: date) -> set[frozenset[str]]:
    """Return the sets of codes that can be valid on a day: one, or more where dates are partly unknown.

    The same text stands for the same day, so that a title that follows on another leaves no gap.
    """
    delen = [(record.code, _leesbaar(record.datum_begin), _eind(record)) for record in records]
    bereikt = {t: _bereikt(t, dag) for _, begin, eind in delen for t in (begin, eind) if t is not None}
    mogelijk = set()
    for keuze in product(*bereikt.values()):
        is_er = dict(zip(bereikt, keuze, strict=True))
        mogelijk.add(
            frozenset(
                code
                for code, begin, eind in delen
                if (begin == _ONBEKEND or is_er[begin]) and (eind is None or not is_er[eind])
            )
        )
    return mogelijk


def _bereikt(datum: OnvolledigeDatum, dag: date) -> tuple[bool, ...]:
    """Return whether a date has been reached on a day: both, when what is unknown of it leaves that open."""
    return (True,) if laatst(datum) <= dag else (False,) if vroegst(datum) > dag else (False, True)


def _eind(record: Nationaliteit | Verblijfstitel) -> OnvolledigeDatum | None:
    eind = record.datum_einde if isinstance(record, Nationaliteit) else record.datum_eind
    return None if eind is None else _leesbaar(eind)


def _leesbaar(datum: OnvolledigeDatum) -> OnvolledigeDatum:
    """Return a date, or one that is wholly unknown for what is no date."""
    return datum if is_onvolledige_datum(datum) else _ONBEKEND
