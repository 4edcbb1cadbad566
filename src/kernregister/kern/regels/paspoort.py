"""What a rule is: its passport, its findings, and the decorator that registers it.

A rule is one small pure function with one id. The decorator gives it a passport; importing a family registers its
rules. From the same objects come the engine's work, the published pages, the command line and, later, the API.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from kernregister.kern.dossier import Onderdeel, Resultaat
from kernregister.kern.feiten import Node
from kernregister.kern.gegevens import Bron, Soort
from kernregister.kern.tijd import OPEN


class Groep(StrEnum):
    """The family of a rule; its first letter is that of the rule's id. A to E are DUO's own groups."""

    PERSOON = "A"
    INSCHRIJVING = "B"
    BPV = "C"
    RESULTAAT = "D"
    DUBBEL = "E"
    NUMMERS = "F"
    CONSISTENTIE_INSCHRIJVING = "G"
    CONSISTENTIE_PERIODE = "H"
    CONSISTENTIE_BPV = "J"
    CONSISTENTIE_RESULTAAT = "K"
    EXAMENONDERDELEN = "L"


class Ernst(StrEnum):
    """A signal is found afterwards on a record that stays; a fault is what a register would refuse."""

    SIGNAAL = "signaal"
    FOUT = "fout"


class Telling(StrEnum):
    """What the dashboard counts: records, distinct enrolments (**), or distinct persons (*)."""

    RECORD = "record"
    INSCHRIJVING = "inschrijving"
    PERSOON = "persoon"


class Fase(StrEnum):
    """Life cycle of a rule. Concept and vervallen do not run; schaduw runs and is only logged."""

    CONCEPT = "concept"
    SCHADUW = "schaduw"
    SIGNAAL = "signaal"
    WEIGEREN = "weigeren"
    VERVALLEN = "vervallen"


class Tekst(NamedTuple):
    """The same words in Dutch and in English."""

    nl: str
    en: str


_ONDERWERPEN: dict[object, str] = {Onderdeel: "Onderdeel", Resultaat: "Resultaat"}
"""Kinds of record that have no class of their own."""

BEGIN = date.min
ALTIJD: dict[Soort, date] = {Soort.BI: BEGIN, Soort.NBI: BEGIN}
ALLEEN_BI: dict[Soort, date] = {Soort.BI: BEGIN}


class Bevinding(NamedTuple):
    """What a rule found on one record: the peildata on which it is true, [van, tot), and the values that show it."""

    van: date
    tot: date
    waarden: dict[str, Any]


def bevinding(*, van: date = BEGIN, tot: date = OPEN, **waarden: Any) -> Bevinding | None:
    """Return a finding, or nothing when no peildatum can lie in [van, tot)."""
    return Bevinding(van, tot, waarden) if van < tot else None


Vondsten = Iterator[tuple[Node, Bevinding | None]]
"""What a rule over a whole dossier yields: each finding with the record that it is put on."""


class Regel(Struct, frozen=True, kw_only=True):
    """A rule with its passport."""

    id: str
    functie: Callable[..., Any]
    over: Any
    groep: Groep
    ernst: Ernst
    telt: Telling
    bron: str
    titel: Tekst
    tekst: Tekst
    advies: Tekst
    vanaf: dict[Soort, date]
    """Kinds of institution it holds for, with the first peildatum on which it is run."""
    vereist: frozenset[Bron]
    draagt: frozenset[str]
    """Fields a source must carry for the rule to say anything, as ``record.veld`` (see formaten)."""
    levensloop: tuple[tuple[Fase, date], ...]
    besluit: str
    """A decision of ours where the source is silent; empty where the source decides everything."""
    vergelijkt: bool = False
    """Compares records with each other, so a dossier of one record has nothing for it."""

    @property
    def onderwerp(self) -> str:
        """Name of the kind of record it is about."""
        return _ONDERWERPEN.get(self.over) or str(self.over.__name__)

    @property
    def leest(self) -> frozenset[str]:
        """What a source must carry: the records that it is about, and the fields that it looks at."""
        return self.draagt | {self.onderwerp}

    @property
    def alleen_in_venster(self) -> bool:
        """Tell whether only records in the control window count: DUO's signals do, consistency holds always."""
        return self.groep <= Groep.DUBBEL

    def fase_op(self, peildatum: date) -> Fase:
        """Return the life-cycle stage on a day."""
        fase = Fase.CONCEPT
        for nieuwe, dag in self.levensloop:
            if dag <= peildatum:
                fase = nieuwe
        return fase


F = TypeVar("F", bound=Callable[..., Any])

GEREGISTREERD: dict[str, Regel] = {}
"""Filled as the families are imported; read it through the catalogue, which imports them all."""


def regel(
    id: str,  # noqa: A002 - the field's own word, read as in the catalogue
    *,
    over: Any,
    groep: Groep,
    ernst: Ernst = Ernst.SIGNAAL,
    telt: Telling = Telling.RECORD,
    bron: str,
    titel: tuple[str, str],
    tekst: tuple[str, str],
    advies: tuple[str, str],
    vanaf: dict[Soort, date] = ALTIJD,
    vereist: Iterable[Bron] = (),
    draagt: Iterable[str] = (),
    levensloop: tuple[tuple[Fase, date], ...] | None = None,
    vergelijkt: bool = False,
    besluit: str = "",
) -> Callable[[F], F]:
    """Register a function as the rule with this id; the function itself stays as it is.

    Raises:
        ValueError: the id is taken, or its letter is not that of the group.
    """
    if id in GEREGISTREERD or id[0] != groep or not (len(id) == 3 and id[1:].isdigit()):
        raise ValueError(f"{id} is bezet of hoort niet bij groep {groep.name}")
    fase = Fase.SIGNAAL if ernst is Ernst.SIGNAAL else Fase.WEIGEREN

    def registreer(functie: F) -> F:
        GEREGISTREERD[id] = Regel(
            id=id,
            functie=functie,
            over=over,
            groep=groep,
            ernst=ernst,
            telt=telt,
            bron=bron,
            titel=Tekst(*titel),
            tekst=Tekst(*tekst),
            advies=Tekst(*advies),
            vanaf=vanaf,
            vereist=frozenset(vereist),
            draagt=frozenset(draagt),
            levensloop=levensloop or ((fase, BEGIN),),
            vergelijkt=vergelijkt,
            besluit=besluit,
        )
        return functie

    return registreer
