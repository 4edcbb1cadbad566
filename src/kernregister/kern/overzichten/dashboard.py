"""The lower part of DUO's dashboard: how many enrolments, placements and results there are (Handleiding, h. 06).

Counts per institution are made by asking only for the records of that institution. Enrolments count on the teldata
of the studiejaar by their real dates (spec 12.7), results by the calendar years that the studiejaar touches.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from kernregister.kern.dossier import (
    AmvbOnderdeel,
    Dossier,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
)
from kernregister.kern.tijd import DAG, OPEN, OnvolledigeDatum, Studiejaar, leeftijd, vroegst

Cel = tuple[str, str, str]
"""Block, row, column of the dashboard."""

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
        for inschrijving in dossier.inschrijvingen:
            if inschrijving.instelling in self.instellingen:
                self.inschrijvingen += 1
                self._tel_inschrijving(inschrijving, dossier.persoon.geboortedatum)
        jaren = (self.studiejaar.start, self.studiejaar.start + 1)
        for diploma in dossier.diplomas if self._diplomas_tellen else ():
            if diploma.instelling in self.instellingen and diploma.datum_resultaat.year in jaren:
                rij = "bekostigbaar" if diploma.bekostigbaar else "niet bekostigbaar"
                self.cellen["Diploma's", rij, str(diploma.datum_resultaat.year)] += 1
        for los in dossier.losse_resultaten:
            if (
                los.instelling in self.instellingen
                and los.datum_resultaat
                and los.datum_resultaat.year in jaren
            ):
                self.cellen[
                    "Losse resultaten", _LOS.get(type(los), "Keuzedelen"), str(los.datum_resultaat.year)
                ] += 1

    def neem_over(self, ander: Dashboard) -> None:
        """Add the counts of another part of the same delivery."""
        self.cellen += ander.cellen
        self.leeftijden += ander.leeftijden
        self.geplande_einden += ander.geplande_einden
        self.personen += ander.personen
        self.inschrijvingen += ander.inschrijvingen
        self.lopend += ander.lopend

    def _tel_inschrijving(self, inschrijving: Inschrijving, geboren: OnvolledigeDatum | None) -> None:
        begin = inschrijving.datum_inschrijving
        laatste = inschrijving.datum_uitschrijving_werkelijk or OPEN
        studiejaar = self.studiejaar
        for teldatum, kolom in zip(studiejaar.teldata, ("1-10", "1-2"), strict=True):
            if inschrijving.geldt_op(teldatum) and (periode := inschrijving.periode_op(teldatum)):
                self._tel_teldatum(periode, kolom)
        if begin < studiejaar.eind and laatste >= studiejaar.begin:
            for leertraject in _leertrajecten_in(inschrijving, studiejaar) & {"OVO", "ODT"}:
                self.cellen["Derde leerweg", leertraject, "studiejaar"] += 1
        for bpv in inschrijving.bpvs if self._bpvs_tellen else ():
            if studiejaar.begin <= bpv.datum_begin < studiejaar.eind:
                self.cellen["BPV's", "BPV's", "studiejaar"] += 1
        if inschrijving.geldt_op(self.peildatum):
            self._tel_lopend(inschrijving, geboren)

    def _tel_teldatum(self, periode: Inschrijvingsperiode, kolom: str) -> None:
        if periode.leertraject in ("BOL", "BBL"):
            blok = (
                "Inschrijvingen bekostigbaar" if periode.bekostigbaar else "Inschrijvingen niet bekostigbaar"
            )
            self.cellen[blok, periode.leertraject, kolom] += 1
        elif periode.leertraject == "EX":
            self.cellen["Inschrijvingen niet bekostigbaar", "Examen", kolom] += 1

    def _tel_lopend(self, inschrijving: Inschrijving, geboren: OnvolledigeDatum | None) -> None:
        self.lopend += 1
        gepland = inschrijving.datum_uitschrijving_gepland
        if inschrijving.datum_uitschrijving_werkelijk is None and gepland is not None:
            self.geplande_einden[gepland.isoformat()[:7]] += 1
        periode = inschrijving.periode_op(self.peildatum)
        if geboren is not None and periode is not None:
            self.leeftijden[periode.leertraject, leeftijd(vroegst(geboren), self.peildatum)] += 1


def _leertrajecten_in(inschrijving: Inschrijving, studiejaar: Studiejaar) -> set[str]:
    """Return the leertrajecten of the periods that hold on a day that the enrolment and the studiejaar share."""
    eerste = max(inschrijving.datum_inschrijving, studiejaar.begin)
    laatste = min(inschrijving.datum_uitschrijving_werkelijk or OPEN, studiejaar.eind - DAG)
    aan_het_begin = inschrijving.periode_op(eerste)
    later = (p for p in inschrijving.perioden if eerste < p.datum_begin <= laatste)
    return {p.leertraject for p in (aan_het_begin, *later) if p is not None}
