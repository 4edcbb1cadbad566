"""The kinds of overview: what each checks before it is recorded, and how it is made. Rooms above register their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from msgspec import Struct

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.pas import Bijzonder


class Vraag(Struct, frozen=True, kw_only=True):
    """What was asked, and on what the answer rests: an overview is a function of this.

    Args:
        id: of the request.
        soort: the kind of overview.
        instelling: whose overview.
        begin: first day of the selection period.
        einde: last day of it.
        studiejaar: for kinds that are of one.
        bekostigingsjaar: for kinds that are of one.
        stand: as known at this stand.
        gegevens_versie: version of the reference data.
        aangevraagd_op: moment of asking.
        peilmoment: the moment as known at which it is, which the files name as that of asking and making: so a request
            that is repeated as known then differs in nothing.
        client: who asked.
        extra: what else the kind asks for.
        mag: special data that may be in the files: what the asker may read, and once recorded what is in them.
    """

    id: UUID
    soort: str
    instelling: str
    begin: date | None = None
    einde: date | None = None
    studiejaar: Studiejaar | None = None
    bekostigingsjaar: Bekostigingsjaar | None = None
    stand: int = 0
    gegevens_versie: int = 0
    aangevraagd_op: datetime
    peilmoment: datetime
    client: str = ""
    extra: dict[str, Any] = {}
    mag: frozenset[Bijzonder] = frozenset(Bijzonder)

    @property
    def peildag(self) -> date:
        """The day of the moment as known at which it is, here."""
        return self.peilmoment.astimezone(klok.NEDERLAND).date()


class Bezwaar(Struct, frozen=True):
    """Why a request is not recorded, in words for who asks.

    ``engels`` stands beside what people can run into on a page; what only a system can ask for has none.
    """

    code: str
    tekst: str
    engels: str = ""


class Meld(Protocol):
    """How the making of an overview tells how far it is, and whose data it hands over."""

    def __call__(self, gedaan: int, totaal: int) -> None:
        """Tell how much is done, of how much."""

    def verstrekt(self, personen: Iterable[int]) -> None:
        """Tell of which persons there are data in the files: each gets a line in the processing log."""


Controle = Callable[[Vraag], list[Bezwaar]]
Maker = Callable[[Vraag, Path, Meld], list[Path]]


def _geen(vraag: Vraag) -> dict[str, str]:
    return {}


def _een_tegelijk(vraag: Vraag) -> str:
    return ""


def _zoals_gevraagd(vraag: Vraag) -> Vraag:
    return vraag


class Soort(Struct, frozen=True, kw_only=True):
    """A kind of overview.

    Args:
        naam: as in the request, such as ``OBO``.
        controleer: returns all objections to a request at once; those that hold for every kind are not its concern.
        maak: makes the files in a folder, deterministically, and returns them in the order in which they are shown.
        hoofd: makes the first of these files only; None: it is not made again once it is gone.
        vul_aan: completes a sound question when it is recorded: ``studiejaar`` and ``extra`` may be filled in.
        grondslag: versions that it rests on beside reference data, rules and program, such as that of parameters.
        slot: of what there is one at a time, within the institution and the kind.
        bijzonder: special data in its files: asking for it and fetching it needs these scopes.
        wisselend: the special data in its files, for kinds of which that depends on the question.
        een_per_dag: where DUO's limits hold, one a day is recorded.
        uitgesteld: where DUO's limits hold, it is ready the next working day.
        accountant: the institution's accountant of the studiejaar may read it.
    """

    naam: str
    controleer: Controle
    maak: Maker
    hoofd: Callable[[Vraag, Path, Meld], Path] | None = None
    vul_aan: Callable[[Vraag], Vraag] = _zoals_gevraagd
    grondslag: Callable[[Vraag], dict[str, str]] = _geen
    slot: Callable[[Vraag], str] = _een_tegelijk
    bijzonder: frozenset[Bijzonder] = frozenset()
    wisselend: Callable[[Vraag], frozenset[Bijzonder]] | None = None
    een_per_dag: bool = False
    uitgesteld: bool = False
    accountant: bool = False

    def bijzonder_van(self, vraag: Vraag) -> frozenset[Bijzonder]:
        """Return the special data in the files of a sound question."""
        return self.wisselend(vraag) if self.wisselend else self.bijzonder


_SOORTEN: dict[str, Soort] = {}


def registreer(soort: Soort) -> None:
    """Add a kind of overview; the same name again replaces it, since apps are set up more than once."""
    _SOORTEN[soort.naam] = soort


def soort(naam: str) -> Soort | None:
    """Return a kind by name."""
    return _SOORTEN.get(naam)


def namen() -> tuple[str, ...]:
    """Return the names of all kinds."""
    return tuple(sorted(_SOORTEN))
