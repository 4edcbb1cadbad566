"""How long each kind of data of a person is kept, and what of a dossier is due to be destroyed on a day.

Terms are parameters with their source; where no source names one it is our decision and says so. Whoever is enrolled,
or has something that is not due yet, keeps their person's data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from kernregister.kern.dossier import (
    Deelname,
    Diploma,
    Dossier,
    Inschrijving,
    Onderdeel,
    VooropleidingResultaat,
)
from kernregister.kern.parameters import lees
from kernregister.kern.tijd import OPEN, maanden_na

Soort = str
"""A kind of data: a name of ``bewaartermijnen.toml``."""


class Bewaartermijn(Struct, frozen=True, forbid_unknown_fields=True):
    """A term from a day on. ``na`` says in Dutch from which event it runs; ``besluit``: no source names it."""

    vanaf: date
    na: str
    bron: str
    jaren: int = 0
    maanden: int = 0
    besluit: bool = False

    def tot(self, gebeurtenis: date) -> date:
        """Return the first day on which what happened then is no longer kept."""
        return maanden_na(gebeurtenis, 12 * self.jaren + self.maanden)


class TeVernietigen(Struct, frozen=True):
    """A record that is kept no longer.

    Args:
        soort: which term it fell under.
        record: the aggregate, or the part of one; None for the person's own data.
        sinds: the first day on which it was due.
    """

    soort: Soort
    record: Any
    sinds: date


@cache
def termijnen() -> dict[Soort, tuple[Bewaartermijn, ...]]:
    """Return all terms by kind of data, the earliest first."""
    gelezen = msgspec.convert(lees("bewaartermijnen"), dict[str, tuple[Bewaartermijn, ...]])
    return {soort: tuple(sorted(rij, key=lambda t: t.vanaf)) for soort, rij in gelezen.items()}


def termijn(soort: Soort, op: date) -> Bewaartermijn:
    """Return the term of a kind of data that holds on a day.

    Raises:
        KeyError: there is no such kind, or no term held that early.
    """
    for een in reversed(termijnen()[soort]):
        if een.vanaf <= op:
            return een
    raise KeyError(soort)


def te_vernietigen(dossier: Dossier, op: date) -> tuple[TeVernietigen, ...]:
    """Return what of a dossier is due on a day, in the order of the dossier; the person comes last, when all is due.

    An enrolment without an actual end runs and is never due, nor is anything that hangs under it.
    """
    uit = [een for een in _alle(dossier, op) if een.sinds <= op]
    blijft = len(_aggregaten(dossier)) - len({id(een.record) for een in uit if een.soort not in _DELEN})
    if not blijft and (persoon := _persoon(dossier, op)):
        uit.append(persoon)
    return tuple(uit)


_DELEN = frozenset({"bpv", "extra_ondersteuning", "verblijfstitel"})
"""Kinds that are parts of an aggregate: the aggregate itself stays."""


def _alle(dossier: Dossier, op: date) -> Iterator[TeVernietigen]:
    for inschrijving in dossier.inschrijvingen:
        einde = inschrijving.datum_uitschrijving_werkelijk
        if einde is None:
            continue
        yield _gereed("inschrijving", inschrijving, einde, op)
        for bpv in inschrijving.bpvs:
            yield _gereed("bpv", bpv, einde, op)
        for periode in inschrijving.extra_ondersteuning:
            yield _gereed("extra_ondersteuning", periode, einde, op)
    for resultaat in (*dossier.diplomas, *dossier.losse_resultaten):
        if resultaat.datum_resultaat is not None:
            yield _gereed("resultaat", resultaat, resultaat.datum_resultaat, op)
    laatste = laatste_dag(dossier)
    if laatste is None or laatste == OPEN:
        return
    for soort, records in (("deelname", dossier.deelnames), ("vooropleiding", dossier.vooropleidingen)):
        for record in records:
            yield _gereed(soort, record, laatste, op)
    gronden = [i.verblijf_grond for i in dossier.inschrijvingen if i.verblijf_grond]
    for verblijf in (*dossier.persoon.verblijfstitels, *gronden):
        yield _gereed("verblijfstitel", verblijf, laatste, op)


def laatste_dag(dossier: Dossier) -> date | None:
    """Return the day from which the terms on the person run: the last end of an enrolment or date of a result.

    ``OPEN`` while an enrolment runs; None when there is neither.
    """
    dagen = [i.datum_uitschrijving_werkelijk or OPEN for i in dossier.inschrijvingen]
    dagen += [r.datum_resultaat for r in (*dossier.diplomas, *dossier.losse_resultaten) if r.datum_resultaat]
    return max(dagen, default=None)


def _persoon(dossier: Dossier, op: date) -> TeVernietigen | None:
    laatste = laatste_dag(dossier)
    if laatste is None or laatste == OPEN:
        return None  # who was never enrolled falls under another term, which runs from the journal
    uit = _gereed("persoonsgegevens", None, laatste, op)
    return uit if uit.sinds <= op else None


def _gereed(soort: Soort, record: Any, gebeurtenis: date, op: date) -> TeVernietigen:
    return TeVernietigen(soort, record, termijn(soort, op).tot(gebeurtenis))


Aggregaat = Inschrijving | Diploma | Onderdeel | Deelname | VooropleidingResultaat


def _aggregaten(dossier: Dossier) -> list[Aggregaat]:
    delen: Iterable[Iterable[Aggregaat]] = (
        dossier.inschrijvingen,
        dossier.diplomas,
        dossier.losse_resultaten,
        dossier.deelnames,
        dossier.vooropleidingen,
    )
    return [aggregaat for deel in delen for aggregaat in deel]
