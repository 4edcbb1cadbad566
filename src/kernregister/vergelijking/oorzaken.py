"""Why values differ: grouped, so that one finds the cause and not three hundred symptoms of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst

ALLES_VANAF: Final = 5
"""From this many records on, all of them failing in the same way says something about the translation."""

_MEESTE_PAREN: Final = 12
_MEESTE_DAGEN: Final = 3


class Aard(StrEnum):
    """The kind of a deviation."""

    VERSCHIL = "verschil"
    LEEG_EIGEN = "leeg in eigen administratie"
    LEEG_REGISTER = "leeg in register"
    NIET_IN_REGISTER = "niet in register"
    NIET_IN_EXPORT = "niet in eigen administratie"
    TEGENSTRIJDIG = "rijen spreken elkaar tegen"


EigenTekst = tuple[str, dict[str, str]]
"""A record of the own administration: its level, and its values as the register writes them."""


class Afwijking(Struct, gc=False):
    """One thing in which the register and the own administration differ.

    ``register`` and ``eigen`` are texts; ``dagen`` is how many days later the own date is; ``oorzaak`` is filled when
    all deviations are known. ``persoon`` is the register's name for the person, where it was given one; ``plaats`` the
    register's own key of its record; ``records`` what the own administration holds of what the register lacks.
    """

    aard: Aard
    niveau: str
    veld: str
    nummers: tuple[str, ...]
    sleutel: tuple[str, ...]
    register: str = ""
    eigen: str = ""
    rij: int = 0
    dagen: int | None = None
    toelichting: Tekst | None = None
    oorzaak: str = ""
    oorzaak_en: str = ""
    persoon: int | None = None
    plaats: tuple[str, ...] = ()
    records: tuple[EigenTekst, ...] = ()


class Oorzaak(Struct, frozen=True):
    """A group of deviations with the same cause. ``vergeleken``: of how many records, where that says something."""

    niveau: str
    veld: str
    aard: Aard
    tekst: str
    aantal: int
    vergeleken: int = 0
    verdacht: bool = False
    """Whether it looks like a fault in the translation rather than in the data."""


def verschil(register: Any, eigen: Any) -> tuple[Aard, int | None]:
    """Return how two values differ, and of dates by how many days."""
    if eigen is None:
        return Aard.LEEG_EIGEN, None
    if register is None:
        return Aard.LEEG_REGISTER, None
    if isinstance(register, date) and isinstance(eigen, date):
        return Aard.VERSCHIL, (eigen - register).days
    return Aard.VERSCHIL, None


def groepeer(afwijkingen: Iterable[Afwijking], vergeleken: Counter[tuple[str, str]]) -> list[Oorzaak]:
    """Fill in the cause of each deviation and return the causes: suspect ones first, the largest first."""
    per_veld: dict[tuple[str, str], list[Afwijking]] = defaultdict(list)
    for afwijking in afwijkingen:
        per_veld[afwijking.niveau, afwijking.veld].append(afwijking)
    uit: list[Oorzaak] = []
    for (niveau, veld), groep in per_veld.items():
        uit += _oorzaken(niveau, veld, groep, vergeleken[niveau, veld])
    return sorted(uit, key=lambda o: (not o.verdacht, -o.aantal, o.niveau, o.veld, o.tekst))


def _oorzaken(niveau: str, veld: str, groep: list[Afwijking], vergeleken: int) -> list[Oorzaak]:
    verdacht = _hele_kolom(groep, vergeleken) if veld else None
    namen = _verschilnamen([a for a in groep if a.aard is Aard.VERSCHIL])
    tellingen: Counter[tuple[Aard, str]] = Counter()
    for afwijking in groep:
        if verdacht and afwijking.aard in (Aard.VERSCHIL, Aard.LEEG_EIGEN, Aard.LEEG_REGISTER):
            tekst = verdacht
        elif afwijking.aard is Aard.VERSCHIL:
            tekst = namen(afwijking)
        else:
            tekst = afwijking.toelichting or _WOORDEN[afwijking.aard]
        afwijking.oorzaak, afwijking.oorzaak_en = tekst.nl, tekst.en
        tellingen[afwijking.aard, afwijking.oorzaak] += 1
    return [
        Oorzaak(
            niveau,
            veld,
            aard,
            tekst,
            aantal,
            vergeleken,
            verdacht=verdacht is not None and tekst == verdacht.nl,
        )
        for (aard, tekst), aantal in tellingen.items()
    ]


_WOORDEN: Final[dict[Aard, Tekst]] = {
    Aard.LEEG_EIGEN: Tekst(
        "leeg in de eigen administratie, gevuld in het register",
        "empty in the own administration, filled in the register",
    ),
    Aard.LEEG_REGISTER: Tekst(
        "gevuld in de eigen administratie, leeg in het register",
        "filled in the own administration, empty in the register",
    ),
    Aard.NIET_IN_REGISTER: Tekst("staat niet in het register", "is not in the register"),
    Aard.NIET_IN_EXPORT: Tekst("staat niet in de eigen administratie", "is not in the own administration"),
    Aard.TEGENSTRIJDIG: Tekst(
        "rijen van de export spreken elkaar tegen", "rows of the export contradict each other"
    ),
}


def _hele_kolom(groep: list[Afwijking], vergeleken: int) -> Tekst | None:
    """Return what to think when a field fails for every record: the translation, more likely than the data."""
    aarden = Counter(a.aard for a in groep if a.aard is not Aard.TEGENSTRIJDIG)
    if vergeleken < ALLES_VANAF or sum(aarden.values()) < vergeleken:
        return None
    if aarden[Aard.LEEG_EIGEN] == vergeleken:
        return Tekst(
            "alle waarden ontbreken in de eigen administratie: verkeerde kolom?",
            "all values are missing in the own administration: the wrong column?",
        )
    if len({a.dagen for a in groep}) == 1 and groep[0].dagen is not None:
        return None  # all a day later: that is a habit, not a wrong column
    return Tekst(
        "alle waarden verschillen: verkeerde kolom of verkeerd vertaald?",
        "all values differ: the wrong column, or translated wrongly?",
    )


def _verschilnamen(groep: list[Afwijking]) -> Callable[[Afwijking], Tekst]:
    """Return the function that names the cause of a difference: so many days, or this value for that."""
    keren = Counter(a.dagen for a in groep)
    weinig_dagen = len(keren) <= _MEESTE_DAGEN
    dagen = {aantal for aantal, keer in keren.most_common(_MEESTE_DAGEN) if keer > 1 or weinig_dagen}
    paren = Counter((a.register, a.eigen) for a in groep)
    weinig = len(paren) <= _MEESTE_PAREN

    def naam(afwijking: Afwijking) -> Tekst:
        if afwijking.dagen is not None:
            return (
                _in_dagen(afwijking.dagen)
                if afwijking.dagen in dagen
                else Tekst("een andere datum", "another date")
            )
        if weinig:
            return Tekst(
                f"{afwijking.eigen} in de eigen administratie, {afwijking.register} in het register",
                f"{afwijking.eigen} in the own administration, {afwijking.register} in the register",
            )
        return Tekst("een andere waarde", "another value")

    return naam


def _in_dagen(dagen: int) -> Tekst:
    aantal = abs(dagen)
    return Tekst(
        f"eigen datum precies {aantal} {'dag' if aantal == 1 else 'dagen'} {'later' if dagen > 0 else 'eerder'}",
        f"own date exactly {aantal} {'day' if aantal == 1 else 'days'} {'later' if dagen > 0 else 'earlier'}",
    )
