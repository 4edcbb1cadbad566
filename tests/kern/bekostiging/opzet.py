"""Programmes of every kind, and a student of whom everything that the funding looks at is in order.

The stories play in funding year 2027: teldata 1 October 2025 and 1 February 2026, diplomas of 2025.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from kernregister.kern.bekostiging.beslissen import bekostig
from kernregister.kern.bekostiging.besluit import Bekostiging, Diplomabesluit, Reden, Teldatumbesluit
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import Parameters
from kernregister.kern.bekostiging.redenen import tekst
from kernregister.kern.dossier import Dossier, Inschrijving, Nationaliteit
from kernregister.kern.gegevens import Gegevens, Opleiding
from kernregister.kern.tijd import OnvolledigeDatum
from tests.kern import voorbeelden

JAAR = Bekostigingsjaar(2027)
OKTOBER, FEBRUARI = JAAR.teldata

ENTREE, BASIS, VAK, KADER, SPECIALIST = "25251", "25180", "25182", "25297", "25150"
OPLEIDINGEN = {
    code: Opleiding(
        code,
        niveau=niveau,
        duur_maanden=24,
        cross_over=False,
        unieke_vakopleiding=False,
        soort_opleiding=soort,
        prijsfactor=Decimal(prijsfactor),
        met_vws=False,
    )
    for code, niveau, soort, prijsfactor in (
        (ENTREE, "MBO-1", "entreeopleiding", "1.00"),
        (BASIS, "MBO-2", "basisberoepsopleiding", "1.40"),
        (VAK, "MBO-3", "vakopleiding", "1.25"),
        (KADER, "MBO-4", "middenkaderopleiding", "1.30"),
        (SPECIALIST, "MBO-4", "specialistenopleiding", "1.80"),
    )
}
NEDERLANDSE = (Nationaliteit("0001", OnvolledigeDatum("2000-01-01")),)


def gegevens(**delen: Any) -> Gegevens:
    return voorbeelden.stamgegevens(**({"opleidingen": OPLEIDINGEN} | delen))


def met_opleiding(**velden: Any) -> Gegevens:
    """The reference data in which the vakopleiding has these properties."""
    return gegevens(opleidingen=OPLEIDINGEN | {VAK: replace(OPLEIDINGEN[VAK], **velden)})


def inschrijving(opleiding: str = VAK, leertraject: str = "BOL", **velden: Any) -> Inschrijving:
    """An enrolment from 1 August 2025 in one period, that the institution wants funded."""
    begin = velden.pop("begin", "2025-08-01")
    van_periode = {
        naam: velden.pop(naam) for naam in ("bekostigbaar", "niveau", "leerroutefase") if naam in velden
    }
    periode = voorbeelden.periode(
        begin, leertraject, opleidingcode=opleiding, **({"bekostigbaar": True} | van_periode)
    )
    return voorbeelden.inschrijving(begin, velden.pop("eind", None), **({"perioden": (periode,)} | velden))


def student(*inschrijvingen: Inschrijving, **velden: Any) -> Dossier:
    return voorbeelden.student(*inschrijvingen, **({"nationaliteiten": NEDERLANDSE} | velden))


@dataclass
class Uitkomst:
    """What came out, with the questions that stories ask."""

    bekostiging: Bekostiging

    @property
    def telt(self) -> list[bool]:
        """Status of each enrolment on each teldatum, in order."""
        return [besluit.status for besluit in self.bekostiging.inschrijvingen]

    @property
    def correctie(self) -> list[bool]:
        return [besluit.voor_correctiefactor for besluit in self.bekostiging.inschrijvingen]

    @property
    def bijdragen(self) -> list[Decimal | None]:
        return [besluit.bijdrage for besluit in self.bekostiging.inschrijvingen]

    @property
    def waarden(self) -> list[Decimal | None]:
        return [besluit.bijdrage for besluit in self.bekostiging.diplomas]

    def op(self, nummer: int = 0) -> Teldatumbesluit:
        return self.bekostiging.inschrijvingen[nummer]

    def diploma(self, nummer: int = 0) -> Diplomabesluit:
        return self.bekostiging.diplomas[nummer]

    def mis(self, nummer: int = 0) -> list[str]:
        """Codes of the steps that failed; every one has its words."""
        return gefaald(self.op(nummer).redenen)

    def onbekend(self, nummer: int = 0) -> list[str]:
        return onbeoordeeld(self.op(nummer).redenen)

    def diploma_mis(self, nummer: int = 0) -> list[str]:
        return gefaald(self.diploma(nummer).redenen)

    def diploma_onbekend(self, nummer: int = 0) -> list[str]:
        return onbeoordeeld(self.diploma(nummer).redenen)


def gefaald(redenen: tuple[Reden, ...]) -> list[str]:
    _in_woorden(redenen)
    return [reden.code for reden in redenen if reden.voldaan is False]


def onbeoordeeld(redenen: tuple[Reden, ...]) -> list[str]:
    _in_woorden(redenen)
    return [reden.code for reden in redenen if reden.voldaan is None]


def _in_woorden(redenen: tuple[Reden, ...]) -> None:
    for reden in redenen:
        assert tekst(reden, "nl")
        assert "{" not in tekst(reden, "en")


def beslis(
    dossier: Dossier,
    stam: Gegevens | None = None,
    jaar: Bekostigingsjaar = JAAR,
    parameters: Parameters | None = None,
) -> Uitkomst:
    return Uitkomst(bekostig(dossier, jaar, stam or gegevens(), parameters))
