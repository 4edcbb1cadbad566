"""What a delivery comes to: counts that add up batch by batch, the same for a dry run and for real."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct, field

from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.public import Gevolg
from kernregister.web.leveringen.oorzaken import VOLGORDE, Oorzaken

GOED = (Gevolg.NIEUW, Gevolg.GEWIJZIGD, Gevolg.VERWIJDERD)
"""What changes the register."""


class Groep(Struct):
    """Refusals of one kind of melding with one cause."""

    soort: str
    regel: str
    aantal: int = 0
    gevolg: int = 0
    """Refused only because one of these was."""


class Opmerking(Struct):
    """What the reader has to say of the file: one cause, and how often."""

    code: str
    tekst: str
    fout: bool
    aantal: int
    soort: str = ""
    veld: str = ""
    verwacht: str = ""
    bestand: str = ""


class Rapport(Struct):
    """What a file, or a batch of it, comes to."""

    gevolgen: dict[str, dict[str, int]] = field(default_factory=dict)
    """Kind of melding -> what became of it -> how many."""
    groepen: list[Groep] = field(default_factory=list)
    signalen: dict[str, list[int]] = field(default_factory=dict)
    """Rule -> how many signals it opens and closes."""
    bekostiging: list[int] = field(default_factory=lambda: [0, 0])
    """Enrolments and diplomas that begin to count for the provisional funding, and that count no longer."""
    opmerkingen: list[Opmerking] = field(default_factory=list)

    def aantal(self, *gevolgen: str) -> int:
        """Return of how many meldingen this became."""
        return sum(per.get(gevolg, 0) for per in self.gevolgen.values() for gevolg in gevolgen)

    @property
    def meldingen(self) -> int:
        """How many meldingen there are."""
        return sum(sum(per.values()) for per in self.gevolgen.values())

    @property
    def geweigerd(self) -> int:
        """How many were refused."""
        return self.aantal(Gevolg.GEWEIGERD)

    @property
    def verandert(self) -> int:
        """How many change the register."""
        return self.aantal(*GOED)

    @property
    def fouten(self) -> list[Opmerking]:
        """What could not be read and was left out."""
        return [een for een in self.opmerkingen if een.fout]

    def tel_op(self, ander: Rapport) -> None:
        """Add what another batch came to."""
        for soort, per in ander.gevolgen.items():
            eigen = self.gevolgen.setdefault(soort, {})
            for gevolg, aantal in per.items():
                eigen[gevolg] = eigen.get(gevolg, 0) + aantal
        bekend = {(groep.soort, groep.regel): groep for groep in self.groepen}
        for groep in ander.groepen:
            zelfde = bekend.get((groep.soort, groep.regel))
            if zelfde is None:
                self.groepen.append(msgspec.structs.replace(groep))
            else:
                zelfde.aantal += groep.aantal
                zelfde.gevolg += groep.gevolg
        self.groepen.sort(key=lambda een: (VOLGORDE.get(een.soort, 99), -een.aantal, een.regel))
        for regel, (open_, dicht) in ander.signalen.items():
            eerder = self.signalen.setdefault(regel, [0, 0])
            eerder[0] += open_
            eerder[1] += dicht
        for plaats, aantal in enumerate(ander.bekostiging):
            self.bekostiging[plaats] += aantal


def lees(waarde: Any) -> Rapport | None:
    """Return a report as it was kept; None when there is none."""
    return msgspec.convert(waarde, Rapport) if waarde else None


def rapport_van(uitkomsten: Sequence[register.Uitkomst]) -> tuple[Rapport, list[bool]]:
    """Return what a batch comes to, and of each melding whether it was refused only because of an earlier one."""
    uit, oorzaken, volgt = Rapport(), Oorzaken(), []
    for een in uitkomsten:
        soort = type(een.melding).__name__
        per = uit.gevolgen.setdefault(soort, {})
        per[een.gevolg.value] = per.get(een.gevolg.value, 0) + 1
        antwoord = een.antwoord
        if antwoord is None or een.gevolg is Gevolg.HERHAALD:
            volgt.append(False)
            continue
        volgt.append(oorzaken.tel(een.melding, antwoord))
        for plaats, signalen in enumerate((antwoord.signalen_geopend, antwoord.signalen_gesloten)):
            for regel in (signaal.regel for signaal in signalen):
                uit.signalen.setdefault(regel, [0, 0])[plaats] += 1
        for wijziging in antwoord.bekostiging:
            if bool(wijziging.status_voor) is not bool(wijziging.status_na):
                uit.bekostiging[0 if wijziging.status_na else 1] += 1
    uit.groepen = [Groep(een.soort, een.regel, een.aantal, een.gevolg) for een in oorzaken.groepen]
    return uit, volgt


def samen(delen: Iterable[Any]) -> Rapport:
    """Return what batches come to together, as they were kept."""
    uit = Rapport()
    for deel in delen:
        uit.tel_op(msgspec.convert(deel, Rapport))
    return uit
