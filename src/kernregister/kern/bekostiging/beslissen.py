"""What a dossier counts for in a funding year: of every enrolment that holds on a teldatum, and of every diploma.

A pure function of dossier, year, reference data and dated values. The outcome is indicative: the decision tree of DUO
is not public. The steps and their words stand in ``redenen``; docs/bekostiging.md is made from them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from kernregister.kern.bekostiging.besluit import Bekostiging, Reden, Teldatumbesluit
from kernregister.kern.bekostiging.diploma import beslis_diplomas
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.kader import Kader
from kernregister.kern.bekostiging.parameters import ENTREE, Parameters
from kernregister.kern.bekostiging.teldatum import Kandidaat, Student
from kernregister.kern.bekostiging.verblijfsjaren import verblijfsjaren
from kernregister.kern.dossier import Dossier, Inschrijving
from kernregister.kern.gegevens import Gegevens

NUL: Final = Decimal(0)
_GEKOZEN: Final = Reden("TA0", True)
_ELDERS_ONBEKEND: Final = Reden("TA0", None)


def bekostig(
    dossier: Dossier, jaar: Bekostigingsjaar, gegevens: Gegevens, parameters: Parameters | None = None
) -> Bekostiging:
    """Decide what a dossier counts for in a funding year. For many dossiers, make one :class:`Beslisser`.

    Raises:
        OnbekendJaar: no values are known of that year.
    """
    return Beslisser(jaar, gegevens, parameters)(dossier)


class Beslisser:
    """Decides dossier after dossier in one funding year, with the same reference data and values."""

    def __init__(
        self, jaar: Bekostigingsjaar, gegevens: Gegevens, parameters: Parameters | None = None
    ) -> None:
        self.kader: Final = Kader(jaar, gegevens, parameters)

    def __call__(self, dossier: Dossier) -> Bekostiging:
        """Return what a dossier counts for."""
        return Bekostiging(
            self.kader.jaar, self._inschrijvingen(dossier), beslis_diplomas(dossier, self.kader)
        )

    def _inschrijvingen(self, dossier: Dossier) -> tuple[Teldatumbesluit, ...]:
        student = Student(dossier, self.kader)
        kandidaten = self._kandidaten(student)
        if not kandidaten:
            return ()
        gekozen = self._kies(kandidaten)
        leeftijd = student.leeftijd()
        return tuple(
            [
                self._besluit(kandidaat, gekozen[kandidaat.nummer], leeftijd, dossier)
                for kandidaat in kandidaten
            ]
        )

    def _kandidaten(self, student: Student) -> list[Kandidaat]:
        """Return the enrolments with a period on a teldatum, in order of teldatum and then of their own."""
        inschrijvingen = student.dossier.inschrijvingen
        if len(inschrijvingen) > 1:
            inschrijvingen = tuple(sorted(inschrijvingen, key=_volgorde))
        kandidaten = []
        for nummer, teldatum in enumerate(self.kader.teldata):
            for inschrijving in inschrijvingen:
                if inschrijving.geldt_op(teldatum):
                    periode = inschrijving.periode_op(teldatum)
                    if periode is not None:
                        kandidaten.append(student.weeg(inschrijving, periode, nummer))
        return kandidaten

    def _kies(self, kandidaten: list[Kandidaat]) -> tuple[Inschrijving | None, Inschrijving | None]:
        """Return which enrolment the student counts with on each teldatum (WEB 2.2.2 lid 3)."""
        if len(kandidaten) == 1 or self.kader.parameters.eenmaal_per == "studiejaar":
            gekozen = _eerste(kandidaten)
            return gekozen, gekozen
        return (
            _eerste([kandidaat for kandidaat in kandidaten if kandidaat.nummer == 0]),
            _eerste([kandidaat for kandidaat in kandidaten if kandidaat.nummer == 1]),
        )

    def _besluit(
        self, kandidaat: Kandidaat, gekozen: Inschrijving | None, leeftijd: int | None, dossier: Dossier
    ) -> Teldatumbesluit:
        inschrijving, periode, feiten = kandidaat.inschrijving, kandidaat.periode, kandidaat.feiten
        is_gekozen = inschrijving is gekozen
        status = is_gekozen and kandidaat.volledig
        redenen = kandidaat.redenen
        if kandidaat.in_aanmerking:
            redenen += (self._een(inschrijving, gekozen, is_gekozen=is_gekozen),)
        if status:
            redenen += (feiten.reden_bijdrage,)
        bijdrage = feiten.bijdrage if status else NUL
        jaren, cascade = self._cascade(dossier, feiten.niveau)
        if cascade is not None and bijdrage is not None:
            bijdrage *= cascade
        return Teldatumbesluit(
            inschrijving.instelling,
            inschrijving.inschrijvingvolgnummer,
            inschrijving.op_onderwijsnummer,
            self.kader.teldata[kandidaat.nummer],
            leeftijd,
            periode.opleidingcode,
            feiten.niveau,
            periode.leertraject,
            periode.leerroutefase,
            periode.bekostigbaar is True,
            status,
            is_gekozen and kandidaat.in_aanmerking,
            feiten.factor,
            feiten.prijsfactor,
            bijdrage,
            kandidaat.bpvs,
            redenen,
            periode.onderwijsaanbieder,
            periode.onderwijslocatie,
            jaren,
            cascade,
        )

    def _een(self, inschrijving: Inschrijving, gekozen: Inschrijving | None, *, is_gekozen: bool) -> Reden:
        if is_gekozen or gekozen is None:
            return _GEKOZEN if self.kader.bij_anderen_bekend else _ELDERS_ONBEKEND
        return Reden(
            "TA0",
            False,
            {"instelling": gekozen.instelling, "inschrijvingvolgnummer": gekozen.inschrijvingvolgnummer},
        )

    def _cascade(self, dossier: Dossier, niveau: str | None) -> tuple[int | None, Decimal | None]:
        """Return the year of enrolment and what it counts for, while the verblijfsjaarfactor still held."""
        regeling = self.kader.parameters.verblijfsjaren
        if regeling is None:
            return None, None
        cascade = regeling.get(ENTREE if niveau == ENTREE else "overig")
        if cascade is None:
            return None, None
        jaren = verblijfsjaren(dossier, self.kader.een_augustus.year, cascade.onderbreking)
        return jaren, cascade.factor(jaren)


def _volgorde(inschrijving: Inschrijving) -> tuple[date, str, str, bool]:
    """Return what decides which of two enrolments goes first."""
    return (
        inschrijving.datum_inschrijving,
        inschrijving.instelling,
        inschrijving.inschrijvingvolgnummer,
        inschrijving.op_onderwijsnummer,
    )


def _eerste(kandidaten: list[Kandidaat]) -> Inschrijving | None:
    """Return the enrolment that goes first: of those that pass every step, else of those that lack a placement only.

    The candidates are in order: who counts on the first teldatum has been counted when the second comes.
    """
    for kandidaat in kandidaten:
        if kandidaat.volledig:
            return kandidaat.inschrijving
    return next((kandidaat.inschrijving for kandidaat in kandidaten if kandidaat.in_aanmerking), None)
