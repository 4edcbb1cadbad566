"""What an institution may see of a dossier: its own records, and what others registered as far as that is allowed.

Without an active or future enrolment of its own it sees nothing. Data of others are shown when they lie before or
during its own enrolments: up to the last day of the last of those. Of others it sees what a vooropleiding tells, never
extra support, placements, reasons of leaving or funding.

How far somebody may look is judged on the dossier as it is now, also when an earlier state of it is asked for: who may
not look today does not get there through yesterday, and an address that is secret now is secret in all of history.

Source: Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 07 (raadplegen via het studentdossier) and h. 08.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from msgspec import Struct, structs

from kernregister.kern.dossier import (
    Diploma,
    Dossier,
    HoDiploma,
    Inschrijving,
    Inschrijvingsperiode,
    Persoon,
    VoResultaat,
)
from kernregister.kern.gegevens import GEEN, Gegevens, Soort
from kernregister.kern.sleutels import Instellingscode
from kernregister.kern.tijd import DAG, OPEN, OnvolledigeDatum
from kernregister.kern.vooropleiding import (
    NIET_BEREKEND,
    Getoond,
    Startkwalificatie,
    Vooropleiding,
    Vooropleidingen,
    vooropleiding,
    vooropleidingen_in_dossier,
)

_G = TypeVar("_G")


class Grens(Struct, frozen=True):
    """How far an institution may look into a dossier."""

    tot: date
    """The last day of the last own enrolment; ``OPEN`` while one of them has no end."""
    geheim: bool
    """The address is secret, so nothing may tell where the person lives or goes to school."""


class Inzage(Struct, frozen=True):
    """A dossier as an institution sees it."""

    eigen: Dossier
    """The person, and the enrolments and results of the institution itself."""
    vooropleidingen: Vooropleidingen = Vooropleidingen()
    startkwalificatie: Startkwalificatie = "O"
    jaren_mbo_zonder_diploma: int = NIET_BEREKEND
    volledig: bool = True
    """False: others' records were left out altogether, so that what follows from the whole is not known."""
    einden: dict[tuple[str, date], date | None] = {}
    """By inschrijvingvolgnummer and begin: the last day of a period of which the next one was left out."""


def grens(dossier: Dossier, instelling: Instellingscode, peildatum: date) -> Grens | None:
    """Return how far an institution may look on a day; None: it has no active or future enrolment of the person."""
    laatste = laatste_dag(dossier, instelling)
    return Grens(laatste, dossier.persoon.geheim) if laatste >= peildatum and laatste > date.min else None


def laatste_dag(dossier: Dossier, instelling: Instellingscode) -> date:
    """Return the last day of the last own enrolment: ``OPEN`` while one has no end, ``date.min`` without any."""
    return max(
        (
            een.datum_uitschrijving_werkelijk or OPEN
            for een in dossier.inschrijvingen
            if een.instelling == instelling
        ),
        default=date.min,
    )


def zichtbaar(
    dossier: Dossier,
    instelling: Instellingscode,
    peildatum: date,
    gegevens: Gegevens = GEEN,
    tot: Grens | None = None,
) -> Inzage | None:
    """Return what an institution may see of a dossier on a day; None: nothing.

    Args:
        dossier: all that is registered of the person, now or at a stand.
        instelling: who looks.
        peildatum: the day on which it looks; startkwalificatie and years without a diploma are those of that day.
        gegevens: which institutions are funded, and the levels of programmes.
        tot: how far it may look, judged on the dossier as it is now; None: ``dossier`` is that dossier.
    """
    tot = tot or grens(dossier, instelling, peildatum)
    if tot is None:
        return None
    persoon = structs.replace(dossier.persoon, geheim=tot.geheim)
    heel = structs.replace(dossier, persoon=persoon)
    bekend = vooropleiding(heel, min(peildatum, tot.tot), gegevens)
    return Inzage(
        eigen_deel(heel, instelling, gegevens),
        vooropleidingen_in_dossier(heel, tot.tot),
        bekend.startkwalificatie,
        bekend.jaren_mbo_zonder_diploma,
    )


def vooropleiding_voor(
    dossier: Dossier,
    instelling: Instellingscode,
    peildatum: date,
    gegevens: Gegevens = GEEN,
    *,
    gevolgd: bool = False,
) -> Vooropleiding | None:
    """Return the message on vooropleiding that an institution may have on a day; None: it may not.

    Args:
        dossier: all that is registered of the person, now.
        instelling: who asks.
        peildatum: the day on which it asks.
        gegevens: which institutions are funded, and the levels of programmes.
        gevolgd: it has a subscription on the vooropleiding, as for somebody who applies (h. 05).
    """
    if grens(dossier, instelling, peildatum) is None and not gevolgd:
        return None
    return vooropleiding(dossier, peildatum, gegevens)


def alleen_eigen(dossier: Dossier, instelling: Instellingscode, gegevens: Gegevens = GEEN) -> Inzage:
    """Return what somebody sees who may see the institution's own records and nothing else: an accountant."""
    return Inzage(eigen_deel(dossier, instelling, gegevens), volledig=False)


def eigen_deel(dossier: Dossier, instelling: Instellingscode, gegevens: Gegevens = GEEN) -> Dossier:
    """Return the part of a dossier that an institution registered itself, with the person.

    A secret address is not in it. Of an institution that is not funded nothing of funding or extra support is in it,
    whatever was delivered (spec 19). Nationalities are no part of a studentdossier.
    """
    bekostigd = gegevens.soort_van(instelling) is Soort.BI
    inschrijvingen = (een for een in dossier.inschrijvingen if een.instelling == instelling)
    diplomas = (een for een in dossier.diplomas if een.instelling == instelling)
    return Dossier(
        _zonder_geheim(dossier.persoon),
        tuple(inschrijvingen if bekostigd else map(_zonder_bekostiging, inschrijvingen)),
        tuple(diplomas if bekostigd else (structs.replace(een, bekostigbaar=None) for een in diplomas)),
        tuple(een for een in dossier.losse_resultaten if een.instelling == instelling),
    )


def _zonder_geheim(persoon: Persoon) -> Persoon:
    return structs.replace(persoon, nationaliteiten=(), adres=None if persoon.geheim else persoon.adres)


def _zonder_bekostiging(een: Inschrijving) -> Inschrijving:
    perioden = tuple(structs.replace(periode, bekostigbaar=None) for periode in een.perioden)
    return structs.replace(een, perioden=perioden, extra_ondersteuning=())


def vertrek_of_vestiging(
    persoon: Persoon,
) -> tuple[OnvolledigeDatum | None, OnvolledigeDatum | None]:
    """Return the dates of departure and of settlement as far as they are shown: only the later of the two (h. 08)."""
    vertrek, vestiging = persoon.datum_vertrek, persoon.datum_vestiging
    return (
        vertrek if vertrek and (not vestiging or vertrek > vestiging) else None,
        vestiging if vestiging and (not vertrek or vestiging > vertrek) else None,
    )


def geldig_op(een: Inzage, dag: date) -> Inzage:
    """Return what of a dossier holds on a day: what ran then, and the results that were there by then.

    A result without a date stays: it cannot be said that it was not there.
    """
    eigen = een.eigen
    vooraf = een.vooropleidingen
    return structs.replace(
        een,
        einden={
            (inschrijving.inschrijvingvolgnummer, periode.datum_begin): einde
            for inschrijving in eigen.inschrijvingen
            for periode, einde in perioden_met_einde(inschrijving, een)
        },
        eigen=structs.replace(
            eigen,
            inschrijvingen=tuple(_op_dag(i, dag) for i in eigen.inschrijvingen if i.geldt_op(dag)),
            diplomas=_behaald(eigen.diplomas, dag),
            losse_resultaten=_behaald(eigen.losse_resultaten, dag),
        ),
        vooropleidingen=Vooropleidingen(
            tuple(d for d in vooraf.deelnames if d.geldt_op(dag)), _behaald(vooraf.resultaten, dag)
        ),
    )


def perioden_met_einde(een: Inschrijving, gezien: Inzage) -> list[tuple[Inschrijvingsperiode, date | None]]:
    """Return the periods, the latest first, each with its last day: the day before the next one, or the real end.

    Args:
        een: an own enrolment.
        gezien: the dossier that it is in, from which other periods may have been left out.
    """
    op_datum = sorted(een.perioden, key=lambda periode: periode.datum_begin)
    einden = [*(volgende.datum_begin - DAG for volgende in op_datum[1:]), een.datum_uitschrijving_werkelijk]
    return [
        (periode, gezien.einden.get((een.inschrijvingvolgnummer, periode.datum_begin), einde))
        for periode, einde in zip(op_datum, einden, strict=False)
    ][::-1]


def _op_dag(een: Inschrijving, dag: date) -> Inschrijving:
    periode = een.periode_op(dag)
    return structs.replace(
        een,
        perioden=(periode,) if periode else (),
        extra_ondersteuning=tuple(
            steun
            for steun in een.extra_ondersteuning
            if _loopt(steun.datum_begin, steun.datum_eind or OPEN, dag)
        ),
        bpvs=tuple(
            bpv for bpv in een.bpvs if _loopt(bpv.datum_begin, bpv.datum_einde_werkelijk or OPEN, dag)
        ),
    )


def _loopt(begin: date, laatste: date, dag: date) -> bool:
    return begin <= dag <= laatste


def _behaald(resultaten: Iterable[_G], dag: date) -> tuple[_G, ...]:
    return tuple(een for een in resultaten if (op := datum_van(een)) is None or op <= dag)


def datum_van(resultaat: Getoond | object) -> date | None:
    """Return the day on which a result was obtained, as far as it is known."""
    match resultaat:
        case VoResultaat():
            return resultaat.uitslagdatum
        case Diploma() | HoDiploma():
            return resultaat.datum_resultaat
    return getattr(resultaat, "datum_resultaat", None)
