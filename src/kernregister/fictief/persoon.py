"""Who the students are: age, sex, a family name nobody has, and what they do outside mbo."""

from __future__ import annotations

from datetime import date
from typing import Final

from kernregister.fictief.instellingen import vo_code, vso_code
from kernregister.fictief.toeval import Toeval
from kernregister.fictief.traject import Traject
from kernregister.kern.dossier import Deelname, Persoon
from kernregister.kern.tijd import OnvolledigeDatum, dagen_na

VOORVOEGSELS: Final = ("", "", "", "", "Van ", "De ", "Van der ", "Ter ")
_BEGIN: Final = (
    *("Zilver", "Wolken", "Regen", "Boter", "Stuif", "Kraai", "Molen", "Honing"),
    *("Peper", "Kurken", "Lant", "Veer", "Dauw", "Turf", "Haver", "Spiegel"),
)
_EINDE: Final = (
    *("draaier", "stra", "kamp", "vanger", "horst", "maker", "inga", "wende"),
    *("schipper", "veld", "boom", "huis", "teller", "bakker", "dijk", "ling"),
)

ACHTERNAMEN: Final = tuple(begin + einde for begin in _BEGIN for einde in _EINDE)
"""All surnames, without prefix."""

VO_SCHOLEN: Final = 40
VSO_SCHOLEN: Final = 12

# Age at the start of the enrolment: youngest, and how many years that most are older at most.
_LEEFTIJDEN: Final = {
    ("BOL", "MBO-1"): (16, 4),
    ("BOL", "MBO-2"): (16, 3),
    ("BOL", "MBO-3"): (16, 4),
    ("BOL", "MBO-4"): (16, 4),
    ("BBL", "MBO-1"): (17, 12),
    ("BBL", "MBO-2"): (17, 16),
    ("BBL", "MBO-3"): (18, 22),
    ("BBL", "MBO-4"): (18, 26),
}


def geboortedatum(t: Toeval, traject: Traject) -> date:
    """Return a date of birth that goes with the route and level of the first enrolment."""
    jongst, spreiding = _LEEFTIJDEN.get((traject.leertraject, traject.kwalificatie.niveau), (18, 30))
    ouder = min(t.trek(), t.trek())  # most are near the youngest age
    dagen = int((jongst + ouder * spreiding) * 365.25) + 30
    if t.kans(0.01):
        dagen += 365 * t.getal(5, 20)
    return dagen_na(traject.begin, -dagen)


def persoon(
    t: Toeval, geboren: date, burgerservicenummer: str | None, onderwijsnummer: str | None
) -> Persoon:
    """Return a person; of a few the day or the month of birth is not known."""
    tekst = geboren.isoformat()
    if t.kans(0.005):
        tekst = tekst[:4] + "-00-00" if t.kans(0.5) else tekst[:8] + "00"
    geslacht = t.trek()
    return Persoon(
        burgerservicenummer,
        onderwijsnummer,
        OnvolledigeDatum(tekst),
        "M" if geslacht < 0.517 else "V" if geslacht < 0.998 else "O",
        _achternaam(t),
    )


def _achternaam(t: Toeval) -> str:
    naam = t.kies(_BEGIN) + t.kies(_EINDE)
    return t.kies(VOORVOEGSELS) + naam


def deelnames(t: Toeval, traject: Traject, geboren: date) -> tuple[Deelname, ...]:
    """Return what somebody does or did outside mbo, such that it collides with nothing."""
    begin = traject.begin
    if traject.leerroute:
        return (
            Deelname(
                "VO",
                vo_code(t.getal(0, VO_SCHOLEN - 1)),
                date(begin.year - 3, 8, 1),
                traject.eind,
                traject.leerroute,
                traject.leerroutefase,
            ),
        )
    if (begin - geboren).days > 18 * 365:
        return ()
    keus = t.trek()
    if keus < 0.012:
        return (
            Deelname(
                "VSO", vso_code(t.getal(0, VSO_SCHOLEN - 1)), date(begin.year - 4, 8, 1), dagen_na(begin, -1)
            ),
        )
    if keus < 0.02 and begin.month == 8:  # finishes the last subjects of vo in adult education, beside mbo
        school, einde = vo_code(t.getal(0, VO_SCHOLEN - 1)), date(begin.year + 1, 5, 31)
        return (
            Deelname("VO", school, date(begin.year - 5, 8, 1), einde),
            Deelname("VAVO", school, date(begin.year, 8, 1), einde),
        )
    if keus < 0.12:
        return (
            Deelname(
                "VO", vo_code(t.getal(0, VO_SCHOLEN - 1)), date(begin.year - 4, 8, 1), dagen_na(begin, -1)
            ),
        )
    return ()
