"""What is in a form: an empty one, what was typed, a melding to mend, and groups that come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.leesbaar import TAG
from kernregister.web.portaal.formulieren import waarden as getypt
from kernregister.web.portaal.formulieren.tonen import Waarden
from kernregister.web.portaal.formulieren.vorm import SCHEIDING, Deel, Groep, Lijst, Soort, Veld, delen_van

MEESTE_RIJEN: Final = 200
"""Groups of one kind in a form."""

Delen = Callable[[type[Struct], str], Iterator[Deel]]
"""The parts of a struct that the visitor fills in, given the name of its group with what divides names after it."""


class Inhoud:
    """A form while it is being filled; ``waarden`` is what came of it."""

    def __init__(self, delen: Delen) -> None:
        self.delen = delen
        self.waarden: Waarden = {}

    def leeg(self, soort: type[Struct], voor: str = "") -> Inhoud:
        """Put empty fields in it: one group in each list that must have one."""
        for deel in self.delen(soort, voor):
            naam = voor + deel.naam
            match deel:
                case Veld():
                    if deel.soort is not Soort.VAST:
                        self.waarden[naam] = getypt.schrijf(deel, deel.standaard or None)
                case Groep():
                    if None in deel.soorten:
                        self.leeg(deel.soorten[None], naam + SCHEIDING)
                    else:
                        self.waarden[naam + SCHEIDING + TAG] = ""
                case Lijst():
                    if deel.naam in MINSTENS_EEN:
                        self.rij(deel, naam, None)
        return self

    def rij(self, lijst: Lijst, naam: str, tag: str | None) -> str:
        """Add an empty group to a list, and return its name; empty: there are too many."""
        plaats = len(rijen(self.waarden, naam))
        if plaats >= MEESTE_RIJEN:
            return ""
        voor = f"{naam}{SCHEIDING}{plaats}{SCHEIDING}"
        if tag is not None:
            self.waarden[voor + TAG] = tag
        self.leeg(lijst.soorten[tag], voor)
        return voor.removesuffix(SCHEIDING)

    def neem(self, soort: type[Struct], post: Mapping[str, str], voor: str = "") -> Inhoud:
        """Put in it what was typed."""
        for deel in self.delen(soort, voor):
            naam = voor + deel.naam
            match deel:
                case Veld():
                    if deel.soort is not Soort.VAST:
                        self.waarden[naam] = post.get(naam, "")
                case Groep():
                    gekozen = self._gekozen(deel, naam, post.get(naam + SCHEIDING + TAG, ""))
                    if gekozen is not None:
                        self.neem(gekozen, post, naam + SCHEIDING)
                case Lijst():
                    for nieuw, oud in enumerate(rijen(post, naam)[:MEESTE_RIJEN]):
                        self._neem_rij(deel, naam, (oud, nieuw), post)
        return self

    def _gekozen(self, groep: Groep, naam: str, tag: str) -> type[Struct] | None:
        """Return the kind of a group; where there is a choice, that which was chosen."""
        if None in groep.soorten:
            return groep.soorten[None]
        self.waarden[naam + SCHEIDING + TAG] = tag if tag in groep.soorten else ""
        return groep.soorten.get(tag)

    def _neem_rij(self, lijst: Lijst, naam: str, plaats: tuple[int, int], post: Mapping[str, str]) -> None:
        oud, nieuw = (f"{naam}{SCHEIDING}{een}{SCHEIDING}" for een in plaats)
        tag = None if None in lijst.soorten else post.get(oud + TAG, "")
        soort = lijst.soorten.get(tag)
        if soort is None:
            return
        if tag is not None:
            self.waarden[nieuw + TAG] = tag
        for deel in self.delen(soort, oud):
            self.waarden[nieuw + deel.naam] = post.get(oud + deel.naam, "")

    def schrijf(self, soort: type[Struct], plat: Any, voor: str = "") -> Inhoud:
        """Put a melding in it, or a part of one, as JSON knows it; what has no field here is left out."""
        plat = plat if isinstance(plat, dict) else {}
        for deel in self.delen(soort, voor):
            naam, waarde = voor + deel.naam, plat.get(deel.naam)
            match deel:
                case Veld():
                    if deel.soort is not Soort.VAST:
                        self.waarden[naam] = getypt.schrijf(
                            deel, deel.standaard if waarde is None else waarde
                        )
                case Groep():
                    tag = str(waarde.get(TAG, "")) if isinstance(waarde, dict) else ""
                    gekozen = self._gekozen(deel, naam, tag)
                    if gekozen is not None:
                        self.schrijf(gekozen, waarde, naam + SCHEIDING)
                case Lijst():
                    for rij in waarde if isinstance(waarde, list | tuple) else ():
                        self._schrijf_rij(deel, naam, rij)
        return self

    def _schrijf_rij(self, lijst: Lijst, naam: str, rij: Any) -> None:
        tag = None if None in lijst.soorten else str(rij.get(TAG, ""))
        if tag not in lijst.soorten:
            return
        onder = f"{naam}{SCHEIDING}{len(rijen(self.waarden, naam))}{SCHEIDING}"
        if tag is not None:
            self.waarden[onder + TAG] = tag
        self.schrijf(lijst.soorten[tag], rij, onder)


MINSTENS_EEN: Final = frozenset({"perioden"})
"""Lists of which a new form shows one group at once."""


def vind_lijst(soort: type[Struct], naam: str) -> Lijst | None:
    """Return the list with a name in the form of a struct."""
    *weg, laatste = naam.split(SCHEIDING)
    for stap in weg:
        groep = next((d for d in delen_van(soort) if isinstance(d, Groep) and d.naam == stap), None)
        if groep is None or None not in groep.soorten:
            return None
        soort = groep.soorten[None]
    return next((d for d in delen_van(soort) if isinstance(d, Lijst) and d.naam == laatste), None)


def rijen(waarden: Mapping[str, str], naam: str) -> list[int]:
    """Return the numbers of the groups of a list, in order."""
    voor = naam + SCHEIDING
    nummers = (
        sleutel[len(voor) :].partition(SCHEIDING)[0] for sleutel in waarden if sleutel.startswith(voor)
    )
    return sorted(
        {int(nummer) for nummer in nummers if nummer.isascii() and nummer.isdigit() and len(nummer) < 5}
    )


def is_leeg(voor: str, waarden: Mapping[str, str]) -> bool:
    """Tell whether nothing at all was typed in a group; ``voor`` is its name with what divides names after it."""
    eigen = (waarde for naam, waarde in waarden.items() if naam.startswith(voor) and naam != voor + TAG)
    return not any(waarde.strip() for waarde in eigen)


def gevulde_rijen(waarden: Mapping[str, str], naam: str) -> list[int]:
    """Return the numbers of the groups of a list in which something was typed: those that the melding has."""
    return [
        plaats
        for plaats in rijen(waarden, naam)
        if not is_leeg(f"{naam}{SCHEIDING}{plaats}{SCHEIDING}", waarden)
    ]


def zonder_rij(waarden: Waarden, weg: str) -> Waarden:
    """Return what is left without one group of a list; those after it move up."""
    naam, _, nummer = weg.rpartition(SCHEIDING)
    if not nummer.isdecimal():
        return waarden
    uit = {n: w for n, w in waarden.items() if not n.startswith(weg + SCHEIDING)}
    voor = naam + SCHEIDING
    nieuw = {oud: plaats for plaats, oud in enumerate(rijen(uit, naam))}

    def hernoem(sleutel: str) -> str:
        if not sleutel.startswith(voor):
            return sleutel
        oud, _, rest = sleutel[len(voor) :].partition(SCHEIDING)
        return f"{voor}{nieuw[int(oud)]}{SCHEIDING}{rest}" if oud.isdecimal() else sleutel

    return {hernoem(sleutel): waarde for sleutel, waarde in uit.items()}
