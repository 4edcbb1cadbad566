"""The lower part of DUO's dashboard: how many enrolments, placements and results there are (Handleiding, h. 06).

Counts per institution are made by asking only for the records of that institution. Enrolments count on the teldata
of the studiejaar by their real dates (spec 12.7), results by the calendar years that the studiejaar touches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kernregister.kern.dossier import (
    AmvbOnderdeel,
    Bpv,
    Diploma,
    Dossier,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
    Onderdeel,
)
from kernregister.kern.tijd import DAG, OPEN, OnvolledigeDatum, Studiejaar, leeftijd, vroegst

Cel = tuple[str, str, str]
"""Block, row, column of the dashboard."""


class Telpost(NamedTuple):
    """One record that one cell counts: who adds these up has the figures, who lists them has what stands behind."""

    cel: Cel
    record: Inschrijving | Bpv | Diploma | Onderdeel
    inschrijving: Inschrijving | None = None
    """The enrolment it is (of); None: a result, which may stand alone."""
    periode: Inschrijvingsperiode | None = None
    """The period that made an enrolment count here."""


_LOS = {AmvbOnderdeel: "AMvB-onderdelen", GeneriekExamenonderdeel: "Generieke examenonderdelen"}


class Dashboard:
    """Counts dossier by dossier; counts of parts of a file can be added up.

    Args:
        studiejaar: the studiejaar asked for.
        peildatum: the day on which ages and running enrolments are taken.
        instellingen: whose records count.
        ontbreekt: fields that the source of the dossiers does not carry: what hangs on them is not counted.
    """

    def __init__(
        self,
        studiejaar: Studiejaar,
        peildatum: date,
        instellingen: frozenset[str],
        ontbreekt: frozenset[str] = frozenset(),
    ) -> None:
        self.studiejaar = studiejaar
        self.peildatum = peildatum
        self.instellingen = instellingen
        self._diplomas_tellen = "Diploma.bekostigbaar" not in ontbreekt
        self._bpvs_tellen = "Inschrijving.bpvs" not in ontbreekt
        self.cellen: Counter[Cel] = Counter()
        self.leeftijden: Counter[tuple[str, int]] = Counter()
        """Leertraject and age of who is enrolled on the peildatum."""
        self.geplande_einden: Counter[str] = Counter()
        """Month (``2026-07``) in which running enrolments are planned to end."""
        self.personen = 0
        self.inschrijvingen = 0
        self.lopend = 0
        """Enrolments on the peildatum."""

    def tel(self, dossier: Dossier) -> None:
        """Count the records of one dossier."""
        self.personen += 1
        for post in self.posten(dossier):
            self.cellen[post.cel] += 1
        for inschrijving in dossier.inschrijvingen:
            if inschrijving.instelling in self.instellingen:
                self.inschrijvingen += 1
                if inschrijving.geldt_op(self.peildatum):
                    self._tel_lopend(inschrijving, dossier.persoon.geboortedatum)

    def posten(self, dossier: Dossier) -> Iterator[Telpost]:
        """Give each record of a dossier with the cell that counts it; a record may stand in several."""
        for inschrijving in dossier.inschrijvingen:
            if inschrijving.instelling in self.instellingen:
                yield from self._van_inschrijving(inschrijving)
        jaren = (self.studiejaar.start, self.studiejaar.start + 1)
        for diploma in dossier.diplomas if self._diplomas_tellen else ():
            if diploma.instelling in self.instellingen and diploma.datum_resultaat.year in jaren:
                rij = "bekostigbaar" if diploma.bekostigbaar else "niet bekostigbaar"
                yield Telpost(("Diploma's", rij, str(diploma.datum_resultaat.year)), diploma)
        for los in dossier.losse_resultaten:
            if (
                los.instelling in self.instellingen
                and los.datum_resultaat
                and los.datum_resultaat.year in jaren
            ):
                rij = _LOS.get(type(los), "Keuzedelen")
                yield Telpost(("Losse resultaten", rij, str(los.datum_resultaat.year)), los)

    def neem_over(self, ander: Dashboard) -> None:
        """Add the counts of another part of the same delivery."""
        self.cellen += ander.cellen
        self.leeftijden += ander.leeftijden
        self.geplande_einden += ander.geplande_einden
        self.personen += ander.personen
        self.inschrijvingen += ander.inschrijvingen
        self.lopend += ander.lopend

    def _van_inschrijving(self, inschrijving: Inschrijving) -> Iterator[Telpost]:
        studiejaar = self.studiejaar
        for teldatum, kolom in zip(studiejaar.teldata, ("1-10", "1-2"), strict=True):
            if inschrijving.geldt_op(teldatum) and (periode := inschrijving.periode_op(teldatum)):
                plek = _op_teldatum(periode)
                if plek is not None:
                    yield Telpost((*plek, kolom), inschrijving, inschrijving, periode)
        begin = inschrijving.datum_inschrijving
        laatste = inschrijving.datum_uitschrijving_werkelijk or OPEN
        if begin < studiejaar.eind and laatste >= studiejaar.begin:
            perioden = _perioden_in(inschrijving, studiejaar)
            for leertraject in perioden.keys() & {"OVO", "ODT"}:
                cel = ("Derde leerweg", leertraject, "studiejaar")
                yield Telpost(cel, inschrijving, inschrijving, perioden[leertraject])
        for bpv in inschrijving.bpvs if self._bpvs_tellen else ():
            if studiejaar.begin <= bpv.datum_begin < studiejaar.eind:
                yield Telpost(("BPV's", "BPV's", "studiejaar"), bpv, inschrijving)

    def _tel_lopend(self, inschrijving: Inschrijving, geboren: OnvolledigeDatum | None) -> None:
        self.lopend += 1
        gepland = inschrijving.datum_uitschrijving_gepland
        if inschrijving.datum_uitschrijving_werkelijk is None and gepland is not None:
            self.geplande_einden[gepland.isoformat()[:7]] += 1
        periode = inschrijving.periode_op(self.peildatum)
        if geboren is not None and periode is not None:
            self.leeftijden[periode.leertraject, leeftijd(vroegst(geboren), self.peildatum)] += 1


def _op_teldatum(periode: Inschrijvingsperiode) -> tuple[str, str] | None:
    """Return block and row that count an enrolment with this period on a teldatum; None: no row does."""
    if periode.leertraject in ("BOL", "BBL"):
        blok = "Inschrijvingen bekostigbaar" if periode.bekostigbaar else "Inschrijvingen niet bekostigbaar"
        return blok, periode.leertraject
    return ("Inschrijvingen niet bekostigbaar", "Examen") if periode.leertraject == "EX" else None


def _perioden_in(inschrijving: Inschrijving, studiejaar: Studiejaar) -> dict[str, Inschrijvingsperiode]:
    """Return by leertraject the first period that holds on a day that the enrolment and the studiejaar share."""
    eerste = max(inschrijving.datum_inschrijving, studiejaar.begin)
    laatste = min(inschrijving.datum_uitschrijving_werkelijk or OPEN, studiejaar.eind - DAG)
    later = sorted(
        (p for p in inschrijving.perioden if eerste < p.datum_begin <= laatste), key=lambda p: p.datum_begin
    )
    aan_het_begin = inschrijving.periode_op(eerste)
    return {p.leertraject: p for p in (*reversed(later), aan_het_begin) if p is not None}
