"""Facts derived once per dossier, so that no rule derives them again.

The tree follows the dossier: a node holds a record, its interval and its parent. Ends are exclusive here, whatever
they are in the record; planned ends play no part (spec: validity of a record on a teldatum uses real ends only).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from msgspec import Struct

from kernregister.kern.dossier import (
    AmvbOnderdeel,
    Diploma,
    Dossier,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
    Keuzedeel,
)
from kernregister.kern.gegevens import Gegevens, Soort
from kernregister.kern.sleutels import Instellingscode
from kernregister.kern.tijd import AANLOOP, DAG, OPEN, Periode, Studiejaar


class Feiten(Struct):
    """Facts of a dossier, seen from one studiejaar."""

    dossier: Dossier
    gegevens: Gegevens
    studiejaar: Studiejaar
    venster: Periode
    """The control window of the studiejaar."""
    teldata: tuple[date, date]
    inschrijvingen: list[InschrijvingFeiten]
    """In order of begin, then volgnummer: of two enrolments that collide, the second is the later one."""
    resultaten: list[ResultaatFeiten]
    """Diplomas first, in order of date, then volgnummer; then loose results."""

    def sluit(self) -> None:
        """Let go of the nodes, which point at each other; a sweep of a whole sector then leaves nothing to collect."""
        for node in self.inschrijvingen:
            node.perioden.clear()
        self.inschrijvingen.clear()
        self.resultaten.clear()

    def inschrijving(
        self, instelling: Instellingscode | None, volgnummer: str | None
    ) -> InschrijvingFeiten | None:
        """Return the enrolment that an inschrijvingvolgnummer points at, within its institution."""
        for node in self.inschrijvingen:
            record = node.inschrijving
            if record.inschrijvingvolgnummer == volgnummer and record.instelling == instelling:
                return node
        return None


class InschrijvingFeiten(Struct):
    """An enrolment with its interval and its periods in order of begin."""

    inschrijving: Inschrijving
    begin: date
    eind: date
    soort: Soort
    feiten: Feiten
    perioden: list[PeriodeFeiten]

    def in_venster(self) -> bool:
        """Tell whether the enrolment is valid on a day of the control window (spec 7.4)."""
        venster = self.feiten.venster
        return self.begin < venster.eind and self.eind > venster.begin and self.begin < self.eind

    def vensterbereik(self) -> tuple[date, date]:
        """Return the peildata on which the enrolment lies in the control window, half-open."""
        return vensterbereik(self.begin, self.eind if self.eind == OPEN else self.eind - DAG)

    def periode_op(self, dag: date) -> PeriodeFeiten | None:
        """Return the period that holds on a day: begin <= day < next begin, within the enrolment (spec 12.7)."""
        for node in self.perioden:
            if node.begin <= dag < node.eind:
                return node
        return None


class PeriodeFeiten(Struct):
    """A period with its interval: until the next period begins or the enrolment ends, and within the enrolment."""

    periode: Inschrijvingsperiode
    begin: date
    eind: date
    inschrijving: InschrijvingFeiten

    @property
    def soort(self) -> Soort:
        """Kind of the institution."""
        return self.inschrijving.soort

    def in_venster(self) -> bool:
        """Tell whether the enrolment of this period lies in the control window."""
        return self.inschrijving.in_venster()

    def vensterbereik(self) -> tuple[date, date]:
        """Return the peildata on which the enrolment of this period lies in the control window, half-open."""
        return self.inschrijving.vensterbereik()


class ResultaatFeiten(Struct):
    """A result with a date of its own (a diploma or a loose result), or a part of a diploma."""

    record: Diploma | AmvbOnderdeel | GeneriekExamenonderdeel | Keuzedeel
    datum: date | None
    instelling: Instellingscode
    soort: Soort
    inschrijving: InschrijvingFeiten | None
    feiten: Feiten
    diploma: Diploma | None = None
    """The diploma that this is a part of."""

    def in_venster(self) -> bool:
        """Tell whether the result is dated in the control window (spec 7.4)."""
        return self.datum is not None and self.datum in self.feiten.venster

    def vensterbereik(self) -> tuple[date, date]:
        """Return the peildata on which the date of the result lies in the control window, half-open."""
        return vensterbereik(self.datum, self.datum) if self.datum else (date.min, OPEN)


Node = InschrijvingFeiten | PeriodeFeiten | ResultaatFeiten
"""What a finding can be put on."""


def leid_af(dossier: Dossier, studiejaar: Studiejaar, gegevens: Gegevens) -> Feiten:
    """Derive the facts of a dossier for a studiejaar. Never fails on a well-formed dossier."""
    feiten = Feiten(dossier, gegevens, studiejaar, *_kalender(studiejaar), [], [])
    soort_van = gegevens.soort_van
    inschrijvingen, diplomas = dossier.inschrijvingen, dossier.diplomas
    if len(inschrijvingen) > 1:
        inschrijvingen = tuple(sorted(inschrijvingen, key=_inschrijfvolgorde))
    if len(diplomas) > 1:
        diplomas = tuple(sorted(diplomas, key=_diplomavolgorde))
    for inschrijving in inschrijvingen:
        feiten.inschrijvingen.append(_inschrijving(inschrijving, soort_van(inschrijving.instelling), feiten))
    for diploma in diplomas:
        feiten.resultaten.append(
            ResultaatFeiten(
                diploma,
                diploma.datum_resultaat,
                diploma.instelling,
                soort_van(diploma.instelling),
                feiten.inschrijving(diploma.instelling, diploma.inschrijvingvolgnummer),
                feiten,
            )
        )
    for los in dossier.losse_resultaten:
        instelling = los.instelling or ""
        feiten.resultaten.append(
            ResultaatFeiten(
                los,
                los.datum_resultaat,
                instelling,
                soort_van(instelling),
                feiten.inschrijving(instelling, los.inschrijvingvolgnummer),
                feiten,
            )
        )
    return feiten


@lru_cache(maxsize=256)
def _kalender(studiejaar: Studiejaar) -> tuple[Periode, tuple[date, date]]:
    return studiejaar.controlevenster, studiejaar.teldata


def _inschrijving(inschrijving: Inschrijving, soort: Soort, feiten: Feiten) -> InschrijvingFeiten:
    werkelijk = inschrijving.datum_uitschrijving_werkelijk
    eind = OPEN if werkelijk is None or werkelijk == OPEN else werkelijk + DAG
    node = InschrijvingFeiten(inschrijving, inschrijving.datum_inschrijving, eind, soort, feiten, [])
    perioden = inschrijving.perioden
    if len(perioden) > 1:
        perioden = tuple(sorted(perioden, key=_begin))
    volgende, eerste = eind, node.begin
    for periode in reversed(perioden):
        begin = periode.datum_begin
        node.perioden.append(PeriodeFeiten(periode, max(begin, eerste), min(volgende, eind), node))
        volgende = begin
    node.perioden.reverse()
    return node


def _inschrijfvolgorde(inschrijving: Inschrijving) -> tuple[date, str]:
    return inschrijving.datum_inschrijving, inschrijving.inschrijvingvolgnummer


def _diplomavolgorde(diploma: Diploma) -> tuple[date, str]:
    return diploma.datum_resultaat, diploma.resultaatvolgnummer


def _begin(periode: Inschrijvingsperiode) -> date:
    return periode.datum_begin


def vensterbereik(begin: date, laatste_dag: date) -> tuple[date, date]:
    """Return the peildata on which a record of [begin, laatste_dag] lies in the control window, half-open.

    The window of a studiejaar begins before it (``AANLOOP``), so a record counts from the first day of the studiejaar
    in which it begins until the end of the studiejaar in which its last day plus that time lies.
    """
    van = Studiejaar.van(begin).begin if begin.year > 1 else date.min
    if laatste_dag > date(9990, 1, 1):
        return van, OPEN
    return van, Studiejaar.van(laatste_dag + AANLOOP).eind
