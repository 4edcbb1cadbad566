"""The mutatiestop: whether mutations touch what a studiejaar was accounted for (PvE BVE 9, art. 7; historical).

The stop protects what counts: enrolments that hold on a teldatum of the studiejaar, and diplomas of the calendar year
in which it begins. What is not to be funded by its own indication is free, before and after the mutation. So is what
happens later to an enrolment that held: to leave in the next studiejaar, or to get another placement.

Which fields fall under it stands in ``parameters/verantwoording.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, Literal, Protocol

import msgspec
from msgspec import Struct

from kernregister.kern.dossier import (
    Bpv,
    Diploma,
    Dossier,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
)
from kernregister.kern.gegevens import GEEN, Gegevens
from kernregister.kern.parameters import lees
from kernregister.kern.tijd import Studiejaar

Wat = Literal["toegevoegd", "verwijderd", "gewijzigd", "geldig", "ongeldig"]
"""What a mutation does. ``geldig``, ``ongeldig``: it lets an enrolment hold on a teldatum where it did not, or not
where it did."""


class Mutatie(Protocol):
    """An aggregate before and after; None where it was not yet, or is no longer."""

    @property
    def voor(self) -> Any:
        """As it was."""

    @property
    def na(self) -> Any:
        """As it would be."""


class Stopveld(Struct, frozen=True, forbid_unknown_fields=True):
    """A field under the stop. ``alleen``: of one leertraject or one level."""

    record: str
    veld: str
    nl: str
    en: str
    alleen: str | None = None


class Aanraking(Struct, frozen=True):
    """One thing that a mutation touches under the stop.

    Args:
        record: kind of record, a name of the dossier.
        nummer: the inschrijvingvolgnummer or, of a diploma, the resultaatvolgnummer.
        wat: what happens to it.
        veld: the field; empty where the whole record comes or goes.
        teldata: the counting dates that it concerns; none for a diploma.
    """

    record: str
    nummer: str
    wat: Wat
    veld: str = ""
    teldata: tuple[date, ...] = ()


_PARAMETERS: Final = lees("verantwoording")
VELDEN: Final = msgspec.convert(_PARAMETERS["velden"]["lijst"], tuple[Stopveld, ...])
"""All fields under the stop, in the order of the dossier."""

_ENGELS: Final = {
    code for code, deel in lees("examenonderdelen")["onderdelen"].items() if deel["vak"] == "Engels"
}


def dag_in(studiejaar: Studiejaar, parameter: str, tabel: str = "mutatiestop") -> date:
    """Return the day that a parameter sets in the second calendar year of a studiejaar."""
    maand, dag = _PARAMETERS[tabel][parameter]
    return date(studiejaar.start + 1, maand, dag)


def uiterste_dag(studiejaar: Studiejaar) -> date:
    """Return the last day on which an approving assurance report of a studiejaar is on time: 1 July of T-1."""
    return dag_in(studiejaar, "uiterlijk", "assurancerapport")


def geraakt(
    dossier: Dossier,
    mutaties: Iterable[Mutatie],
    instelling: str,
    studiejaar: Studiejaar,
    gegevens: Gegevens = GEEN,
) -> tuple[Aanraking, ...]:
    """Return what mutations touch under a stop of an institution on a studiejaar; nothing: they are free.

    Args:
        dossier: the dossier before the mutations.
        mutaties: what would change in it.
        instelling: whose stop it is; what others registered is not under it.
        studiejaar: the stopped studiejaar: its two teldata, and the calendar year in which it begins for diplomas.
        gegevens: reference data, for the level of a programme; a programme that is not in it is taken to be under it.
    """
    uit: list[Aanraking] = []
    for mutatie in mutaties:
        een = mutatie.na if mutatie.voor is None else mutatie.voor
        if isinstance(een, Inschrijving) and een.instelling == instelling:
            uit += _inschrijving(mutatie, een.inschrijvingvolgnummer, dossier.diplomas, studiejaar)
        elif isinstance(een, Diploma) and een.instelling == instelling:
            uit += _diploma(mutatie, een.resultaatvolgnummer, studiejaar.start, gegevens)
    return tuple(uit)


def _inschrijving(
    mutatie: Mutatie, nummer: str, diplomas: Sequence[Diploma], studiejaar: Studiejaar
) -> Iterator[Aanraking]:
    voor, na = mutatie.voor, mutatie.na
    paren = {
        dag: paar
        for dag in studiejaar.teldata
        if (paar := (_op(voor, dag), _op(na, dag))) != (None, None) and _telt(paar)
    }
    teldata = tuple(paren)
    if voor is None or na is None:
        if paren or (na is None and _heeft_diploma(voor, diplomas, studiejaar.start)):
            wat: Wat = "verwijderd" if na is None else "toegevoegd"
            yield Aanraking(Inschrijving.__name__, nummer, wat, teldata=teldata)
        return
    yield from _wisselingen(voor, na, nummer, paren)
    yield from _perioden(nummer, paren)
    if paren:
        yield from _reden(voor, na, nummer, studiejaar, teldata)
        leertrajecten = {periode.leertraject for paar in paren.values() for periode in paar if periode}
        yield from _bpvs(voor, na, nummer, studiejaar, teldata, leertrajecten)


Paar = tuple[Inschrijvingsperiode | None, Inschrijvingsperiode | None]
"""The period that holds on a teldatum, before and after."""


def _op(inschrijving: Inschrijving | None, dag: date) -> Inschrijvingsperiode | None:
    return inschrijving.periode_op(dag) if inschrijving is not None and inschrijving.geldt_op(dag) else None


def _telt(records: Iterable[Inschrijvingsperiode | Diploma | None]) -> bool:
    """Tell whether one of them is not indicated as not to be funded; an unknown indication is no Nee."""
    return any(record is not None and record.bekostigbaar is not False for record in records)


def _heeft_diploma(inschrijving: Inschrijving, diplomas: Iterable[Diploma], jaar: int) -> bool:
    return any(
        diploma.datum_resultaat.year == jaar
        and diploma.bekostigbaar is not False
        and diploma.instelling == inschrijving.instelling
        and diploma.inschrijvingvolgnummer == inschrijving.inschrijvingvolgnummer
        for diploma in diplomas
    )


def _wisselingen(
    voor: Inschrijving, na: Inschrijving, nummer: str, paren: dict[date, Paar]
) -> Iterator[Aanraking]:
    """Give what lets the enrolment hold or no longer hold on a teldatum, or go before another one on it."""
    wissels: tuple[tuple[Wat, int], ...] = (("geldig", 0), ("ongeldig", 1))
    for wat, plaats in wissels:
        if teldata := tuple(dag for dag, paar in paren.items() if paar[plaats] is None):
            datums = [veld for veld in _DATUMS if getattr(voor, veld.veld) != getattr(na, veld.veld)]
            for veld in datums or [_BEGIN_PERIODE]:
                yield Aanraking(veld.record, nummer, wat, veld.veld, teldata)
    blijft = tuple(dag for dag, paar in paren.items() if None not in paar)
    if blijft and voor.datum_inschrijving != na.datum_inschrijving:
        yield Aanraking(Inschrijving.__name__, nummer, "gewijzigd", "datum_inschrijving", blijft)


def _perioden(nummer: str, paren: dict[date, Paar]) -> Iterator[Aanraking]:
    for veld in _van(Inschrijvingsperiode):
        teldata = tuple(
            dag
            for dag, (oud, nieuw) in paren.items()
            if oud and nieuw and getattr(oud, veld.veld) != getattr(nieuw, veld.veld)
        )
        if teldata:
            yield Aanraking(veld.record, nummer, "gewijzigd", veld.veld, teldata)


def _reden(
    voor: Inschrijving, na: Inschrijving, nummer: str, studiejaar: Studiejaar, teldata: tuple[date, ...]
) -> Iterator[Aanraking]:
    """Give a changed reason of leaving when the leaving lies in the studiejaar itself."""
    einden = (voor.datum_uitschrijving_werkelijk, na.datum_uitschrijving_werkelijk)
    if voor.reden_uitschrijving != na.reden_uitschrijving and any(
        eind is not None and studiejaar.begin <= eind < studiejaar.eind for eind in einden
    ):
        yield Aanraking(Inschrijving.__name__, nummer, "gewijzigd", "reden_uitschrijving", teldata)


def _bpvs(
    voor: Inschrijving,
    na: Inschrijving,
    nummer: str,
    studiejaar: Studiejaar,
    teldata: tuple[date, ...],
    leertrajecten: set[str],
) -> Iterator[Aanraking]:
    """Give what changes in placements of the programme that were agreed and begun before the studiejaar was over."""
    velden = [veld for veld in _van(Bpv) if veld.alleen is None or veld.alleen in leertrajecten]
    oud, nieuw = ({bpv.volgnummer: bpv for bpv in een.bpvs if bpv.opleidingcode} for een in (voor, na))
    for volgnummer in sorted(oud.keys() | nieuw.keys()):
        paar = oud.get(volgnummer), nieuw.get(volgnummer)
        if not any(bpv and max(bpv.afsluitdatum, bpv.datum_begin) < studiejaar.eind for bpv in paar):
            continue
        wat: Wat = "toegevoegd" if paar[0] is None else "verwijderd" if paar[1] is None else "gewijzigd"
        for veld in velden:
            if getattr(paar[0], veld.veld, None) != getattr(paar[1], veld.veld, None):
                yield Aanraking(veld.record, nummer, wat, veld.veld, teldata)


def _diploma(mutatie: Mutatie, nummer: str, jaar: int, gegevens: Gegevens) -> Iterator[Aanraking]:
    voor, na = mutatie.voor, mutatie.na
    if not _telt(een for een in (voor, na) if een is not None and een.datum_resultaat.year == jaar):
        return
    if voor is None or na is None:
        yield Aanraking(Diploma.__name__, nummer, "verwijderd" if na is None else "toegevoegd")
        return
    for veld in _van(Diploma):
        if getattr(voor, veld.veld) != getattr(na, veld.veld):
            yield Aanraking(veld.record, nummer, "gewijzigd", veld.veld)
    for veld in _van(GeneriekExamenonderdeel):
        if _heeft_niveau(na, veld.alleen, gegevens) and _engels(voor, veld.veld) != _engels(na, veld.veld):
            yield Aanraking(veld.record, nummer, "gewijzigd", veld.veld)


def _heeft_niveau(diploma: Diploma, niveau: str | None, gegevens: Gegevens) -> bool:
    opleiding = gegevens.opleidingen.get(diploma.opleidingcode)
    return niveau is None or opleiding is None or opleiding.niveau in {None, niveau}


def _engels(diploma: Diploma, veld: str) -> set[Any]:
    return {getattr(deel, veld, None) for deel in diploma.onderdelen if deel.code in _ENGELS}


def _van(record: type) -> tuple[Stopveld, ...]:
    return _PER_RECORD[record.__name__]


_PER_RECORD: Final = {
    record: tuple(veld for veld in VELDEN if veld.record == record)
    for record in dict.fromkeys(veld.record for veld in VELDEN)
}
_DATUMS: Final = tuple(veld for veld in _van(Inschrijving) if veld.veld.startswith("datum_"))
_BEGIN_PERIODE: Final = next(veld for veld in _van(Inschrijvingsperiode) if veld.veld == "datum_begin")
