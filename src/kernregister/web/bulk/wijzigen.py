"""What can be changed of many enrolments at once, and what that makes of one: the same for preview and real."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, structs

from kernregister.kern.dossier import Inschrijving, Inschrijvingsperiode


class Gepland(Struct, frozen=True, tag="gepland"):
    """Another planned end date."""

    datum: date


class Einde(Struct, frozen=True, tag="einde"):
    """The real end, with its reason."""

    datum: date
    reden: str


class Plaats(Struct, frozen=True, tag="plaats"):
    """Another onderwijsaanbieder or onderwijslocatie, or both.

    With ``vanaf`` a period begins on that day, as a change of either must (Handleiding h. 06); without it, what is
    registered of the last period is corrected.
    """

    onderwijsaanbieder: str | None = None
    onderwijslocatie: str | None = None
    vanaf: date | None = None


Wijziging = Gepland | Einde | Plaats
"""A change; the same for everybody."""


def pas_toe(een: Inschrijving, wijziging: Wijziging) -> Inschrijving:
    """Return an enrolment after a change; whether that may be is for the rules."""
    match wijziging:
        case Gepland():
            return structs.replace(een, datum_uitschrijving_gepland=wijziging.datum)
        case Einde():
            return structs.replace(
                een, datum_uitschrijving_werkelijk=wijziging.datum, reden_uitschrijving=wijziging.reden
            )
    return structs.replace(een, perioden=_met_plaats(een, wijziging))


def _met_plaats(een: Inschrijving, plaats: Plaats) -> tuple[Inschrijvingsperiode, ...]:
    if not een.perioden:
        return ()
    perioden = sorted(een.perioden, key=lambda periode: periode.datum_begin)
    oud = een.periode_op(plaats.vanaf) if plaats.vanaf else perioden[-1]
    oud = oud or perioden[0]
    nieuw = structs.replace(
        oud,
        datum_begin=plaats.vanaf or oud.datum_begin,
        onderwijsaanbieder=plaats.onderwijsaanbieder or oud.onderwijsaanbieder,
        onderwijslocatie=plaats.onderwijslocatie or oud.onderwijslocatie,
    )
    gelijk = structs.replace(nieuw, datum_begin=oud.datum_begin) == oud
    if gelijk:
        return een.perioden
    over = [periode for periode in perioden if periode.datum_begin != nieuw.datum_begin]
    return tuple(sorted([*over, nieuw], key=lambda periode: periode.datum_begin))


def in_woorden(een: Inschrijving, wijziging: Wijziging) -> str:
    """Return what an enrolment has of what a change is about: dates and codes, in either language."""
    match wijziging:
        case Gepland():
            return _dag(een.datum_uitschrijving_gepland)
        case Einde():
            delen = (_dag(een.datum_uitschrijving_werkelijk), een.reden_uitschrijving or "")
            return " ".join(deel for deel in delen if deel)
    periode = een.periode_op(wijziging.vanaf) if wijziging.vanaf else None
    periode = periode or (max(een.perioden, key=lambda p: p.datum_begin) if een.perioden else None)
    if periode is None:
        return ""
    waar = (periode.onderwijsaanbieder or "–", periode.onderwijslocatie or "–")
    return f"{_dag(periode.datum_begin)}: {' / '.join(waar)}"


def _dag(dag: date | None) -> str:
    return f"{dag:%d-%m-%Y}" if dag else ""
