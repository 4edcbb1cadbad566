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
from msgspec.structs import force_setattr

from kernregister.kern.dossier import Onderdeel, Resultaat
from kernregister.kern.feiten import Node
from kernregister.kern.gegevens import Bron, Soort
from kernregister.kern.tijd import OPEN, Periode


class Groep(StrEnum):
    """The family of a rule: the letter that its id begins with. A to E are DUO's own groups, M stands at the door."""

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
    AFKEUR = "M"


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


Levensloop = tuple[tuple[Fase, date], ...]
"""Stages with the day on which each begins, in order of time."""


class Tekst(NamedTuple):
    """The same words in Dutch and in English."""

    nl: str
    en: str


_STIL = (Fase.CONCEPT, Fase.VERVALLEN)
_VERST = (Fase.VERVALLEN, Fase.CONCEPT, Fase.SCHADUW, Fase.SIGNAAL, Fase.WEIGEREN)

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
    levensloop: Levensloop
    besluit: Tekst
    """A decision of ours where the source is silent; both empty where the source decides everything."""
    vergelijkt: bool = False
    """Compares records with each other, so a dossier of one record has nothing for it."""
    levensloop_per_soort: dict[Soort, Levensloop] = {}
    """Replaces ``levensloop`` for the kinds of institution that it names."""
    afkeurcode: str = ""
    """Our own code of the refusal, ``MBO-xxx-nnn``; empty where a refusal is known by the id of its rule alone."""
    leven: dict[Soort, Periode] = {}
    """Peildata on which the rule runs, for each kind that it holds for; follows from the other fields."""

    def __post_init__(self) -> None:
        leven = {soort: self._leven(soort, dag) for soort, dag in self.vanaf.items()}
        force_setattr(self, "leven", leven)

    def _leven(self, soort: Soort, vanaf: date) -> Periode:
        levensloop = self.levensloop_per_soort.get(soort, self.levensloop)
        begin = next((dag for fase, dag in levensloop if fase not in _STIL), OPEN)
        eind = next((dag for fase, dag in levensloop if fase is Fase.VERVALLEN), OPEN)
        return Periode(max(begin, vanaf), eind)

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

    def fase_op(self, peildatum: date, soort: Soort | None = None) -> Fase:
        """Return the life-cycle stage on a day at a kind of institution; without a kind, the furthest at any."""
        if soort is None:
            return max((self.fase_op(peildatum, eigen) for eigen in self.vanaf), key=_VERST.index)
        fase = Fase.CONCEPT
        for nieuwe, dag in self.levensloop_per_soort.get(soort, self.levensloop):
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
    levensloop: Levensloop | dict[Soort, Levensloop] | None = None,
    vergelijkt: bool = False,
    besluit: tuple[str, str] = ("", ""),
    afkeurcode: str = "",
) -> Callable[[F], F]:
    """Register a function as the rule with this id; the function itself stays as it is.

    Raises:
        ValueError: the id is taken, or its letter is not that of the group.
    """
    if id in GEREGISTREERD or id[0] != groep or not (len(id) == 3 and id[1:].isdigit()):
        raise ValueError(f"{id} is bezet of hoort niet bij groep {groep.name}")
    standaard: Levensloop = ((Fase.SIGNAAL if ernst is Ernst.SIGNAAL else Fase.WEIGEREN, BEGIN),)
    per_soort = levensloop if isinstance(levensloop, dict) else {}
    voor_elk = standaard if isinstance(levensloop, dict) else levensloop or standaard

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
            levensloop=voor_elk,
            vergelijkt=vergelijkt,
            besluit=Tekst(*besluit),
            levensloop_per_soort=per_soort,
            afkeurcode=afkeurcode,
        )
        return functie

    return registreer
