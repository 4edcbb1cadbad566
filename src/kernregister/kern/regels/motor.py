"""The engine: runs rules over a dossier and gives back findings with the peildata on which they hold.

One engine serves a file, a draft message, a live register and a supplier's product. It is made once for a peildatum
and its data, and then takes any number of dossiers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from msgspec import Struct

from kernregister.kern.dossier import (
    AmvbOnderdeel,
    Bpv,
    Diploma,
    Dossier,
    ExtraOndersteuning,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
    Keuzedeel,
    Onderdeel,
    Persoon,
    Resultaat,
)
from kernregister.kern.feiten import (
    InschrijvingFeiten,
    PeriodeFeiten,
    ResultaatFeiten,
    leid_af,
    vensterbereik,
)
from kernregister.kern.gegevens import GEEN, Gegevens, Soort
from kernregister.kern.regels.catalogus import Bevinding, Fase, Regel
from kernregister.kern.tijd import DAG, OPEN, Studiejaar

Werk = tuple[tuple[Regel, Callable[..., Any]], ...]


ONDERDELEN = (AmvbOnderdeel, GeneriekExamenonderdeel, Keuzedeel)
Node = InschrijvingFeiten | PeriodeFeiten | ResultaatFeiten


class Sleutel(Struct, frozen=True, omit_defaults=True, gc=False):
    """The key of the record that a finding is about. ``record`` is the name of its kind."""

    record: str
    pgn: str
    instelling: str = ""
    inschrijvingvolgnummer: str | None = None
    datum_begin: date | None = None
    bpv_volgnummer: str | None = None
    resultaatvolgnummer: str | None = None
    opleidingcode: str | None = None


class Uitkomst(Struct, frozen=True):
    """A finding with its rule and its record: true on every peildatum in [van, tot)."""

    regel: str
    sleutel: Sleutel
    van: date
    tot: date
    waarden: dict[str, Any]

    def geldt_op(self, peildatum: date) -> bool:
        """Tell whether the finding is true on a day."""
        return self.van <= peildatum < self.tot


class NietBeoordeeld(Struct, frozen=True):
    """A rule that could not be judged, and what was missing: bodies of data, or fields the source does not carry."""

    regel: str
    ontbreekt: tuple[str, ...]


class _Plan:
    """The rules to run over each kind of record, for one kind of institution, inside or outside the window."""

    def __init__(self, regels: list[Regel]) -> None:
        def voor(*over: Any) -> Werk:
            return tuple((regel, regel.functie) for soort in over for regel in regels if regel.over == soort)

        self.inschrijving = voor(Inschrijving)
        self.periode = voor(Inschrijvingsperiode)
        self.ondersteuning = voor(ExtraOndersteuning)
        self.bpv = voor(Bpv)
        self.diploma = voor(Diploma, Resultaat)
        self.deel = {soort: voor(soort, Onderdeel) for soort in ONDERDELEN}
        self.los = {soort: voor(soort, Onderdeel, Resultaat) for soort in ONDERDELEN}


class Motor:
    """Rules made ready for one peildatum and one body of data.

    Args:
        regels: the rules to run.
        peildatum: the day to judge on; its studiejaar gives the teldata and the control window.
        gegevens: reference data, as far as it is there.
        ontbreekt: fields that the source of the dossiers does not carry (see the layouts).
    """

    def __init__(
        self,
        regels: Iterable[Regel],
        peildatum: date,
        gegevens: Gegevens = GEEN,
        ontbreekt: frozenset[str] = frozenset(),
    ) -> None:
        self.peildatum = peildatum
        self.studiejaar = Studiejaar.van(peildatum)
        self.gegevens = gegevens
        self.niet_beoordeeld: list[NietBeoordeeld] = []
        te_draaien: list[Regel] = []
        for regel in regels:
            if regel.fase_op(peildatum) in (Fase.CONCEPT, Fase.VERVALLEN):
                continue
            mist = sorted(regel.vereist - gegevens.beschikbaar) + sorted(regel.draagt & ontbreekt)
            if mist:
                self.niet_beoordeeld.append(NietBeoordeeld(regel.id, tuple(mist)))
            else:
                te_draaien.append(regel)
        self._plannen = {
            (soort, in_venster): _Plan(
                [r for r in te_draaien if soort in r.vanaf and (in_venster or not r.alleen_in_venster)]
            )
            for soort in Soort
            for in_venster in (True, False)
        }
        self._persoon = [r for r in te_draaien if r.over is Persoon]
        self._dossier = [r for r in te_draaien if r.over is Dossier]

    def controleer(self, dossier: Dossier) -> list[Uitkomst]:
        """Return the findings that are true on the peildatum."""
        peildatum = self.peildatum
        return [u for u in self.bevindingen(dossier) if u.van <= peildatum < u.tot]

    def kantelmoment(self, uitkomsten: Iterable[Uitkomst]) -> date:
        """Return the first day after the peildatum on which the findings may differ.

        No later than the next studiejaar, when the control window and the teldata move on.
        """
        grenzen = [dag for u in uitkomsten for dag in (u.van, u.tot) if dag > self.peildatum]
        return min([*grenzen, self.studiejaar.eind])

    def bevindingen(self, dossier: Dossier) -> list[Uitkomst]:
        """Return every finding that this studiejaar gives, also those not yet or no longer true on the peildatum."""
        feiten = leid_af(dossier, self.studiejaar, self.gegevens)
        uit: list[Uitkomst] = []
        for regel in self._persoon:
            if gevonden := regel.functie(dossier.persoon, feiten):
                uit.append(Uitkomst(regel.id, Sleutel("Persoon", dossier.persoon.pgn), *gevonden))
        for inschrijving in feiten.inschrijvingen:
            self._inschrijving(inschrijving, uit)
        for resultaat in feiten.resultaten:
            self._resultaat(resultaat, uit)
        for regel in self._dossier:
            for node, gevonden in regel.functie(dossier, feiten):
                if node.soort in regel.vanaf and (node.in_venster() or not regel.alleen_in_venster):
                    self._meld(uit, regel, gevonden, node)
        return uit

    def _inschrijving(self, node: InschrijvingFeiten, uit: list[Uitkomst]) -> None:
        plan = self._plannen[node.soort, node.in_venster()]
        inschrijving = node.inschrijving
        for regel, functie in plan.inschrijving:
            if gevonden := functie(inschrijving, node):
                self._meld(uit, regel, gevonden, node)
        for periode in node.perioden:
            for regel, functie in plan.periode:
                if gevonden := functie(periode.periode, periode):
                    self._meld(uit, regel, gevonden, periode)
        for bpv in inschrijving.bpvs:
            for regel, functie in plan.bpv:
                if gevonden := functie(bpv, node):
                    self._meld(uit, regel, gevonden, node, bpv)
        for ondersteuning in inschrijving.extra_ondersteuning:
            for regel, functie in plan.ondersteuning:
                if gevonden := functie(ondersteuning, node):
                    self._meld(uit, regel, gevonden, node, ondersteuning)

    def _resultaat(self, node: ResultaatFeiten, uit: list[Uitkomst]) -> None:
        plan = self._plannen[node.soort, node.in_venster()]
        record = node.record
        if not isinstance(record, Diploma):
            for regel, functie in plan.los[type(record)]:
                if gevonden := functie(record, node):
                    self._meld(uit, regel, gevonden, node)
            return
        for regel, functie in plan.diploma:
            if gevonden := functie(record, node):
                self._meld(uit, regel, gevonden, node)
        for onderdeel in record.onderdelen:
            for regel, functie in plan.deel[type(onderdeel)]:
                deel = ResultaatFeiten(
                    onderdeel, node.datum, node.instelling, node.soort, node.inschrijving, node.dossier, record
                )
                if gevonden := functie(onderdeel, deel):
                    self._meld(uit, regel, gevonden, deel)

    def _meld(
        self, uit: list[Uitkomst], regel: Regel, gevonden: Bevinding, node: Node, kind: Bpv | ExtraOndersteuning | None = None
    ) -> None:
        """Add a finding, cut to the peildatums on which the rule is run and its record lies in the window."""
        van, tot, waarden = gevonden
        van = max(van, regel.vanaf[node.soort])
        if regel.alleen_in_venster:
            begin, eind = _bereik(node)
            van, tot = max(van, begin), min(tot, eind)
        if van < tot:
            uit.append(Uitkomst(regel.id, sleutel_van(node, kind), van, tot, waarden))


def _bereik(node: Node) -> tuple[date, date]:
    if isinstance(node, ResultaatFeiten):
        return vensterbereik(node.datum, node.datum) if node.datum else (date.min, OPEN)
    inschrijving = node.inschrijving if isinstance(node, PeriodeFeiten) else node
    eind = inschrijving.eind
    return vensterbereik(inschrijving.begin, eind if eind == OPEN else max(eind - DAG, inschrijving.begin))


def sleutel_van(node: Node, kind: Bpv | ExtraOndersteuning | None = None) -> Sleutel:
    """Return the key of the record that a node of the facts (or a child of it) stands for."""
    if isinstance(node, ResultaatFeiten):
        return _resultaatsleutel(node)
    periode = node if isinstance(node, PeriodeFeiten) else None
    ouder = node.inschrijving if isinstance(node, PeriodeFeiten) else node
    inschrijving = ouder.inschrijving
    soort: str = "Inschrijving"
    datum_begin: date | None = None
    volgnummer: str | None = None
    if periode is not None:
        soort, datum_begin = "Inschrijvingsperiode", periode.begin
    elif isinstance(kind, Bpv):
        soort, volgnummer = "Bpv", kind.volgnummer
    elif kind is not None:
        soort, datum_begin = "ExtraOndersteuning", kind.datum_begin
    return Sleutel(
        soort,
        _nummer(ouder.dossier.dossier.persoon, inschrijving.op_onderwijsnummer),
        inschrijving.instelling,
        inschrijving.inschrijvingvolgnummer,
        datum_begin,
        volgnummer,
    )


def _resultaatsleutel(node: ResultaatFeiten) -> Sleutel:
    record = node.record
    return Sleutel(
        type(record).__name__,
        _nummer(node.dossier.dossier.persoon, record.op_onderwijsnummer),
        node.instelling,
        inschrijvingvolgnummer=record.inschrijvingvolgnummer,
        resultaatvolgnummer=record.resultaatvolgnummer,
        opleidingcode=record.opleidingcode if isinstance(record, Diploma) else record.code,
    )


def _nummer(persoon: Persoon, op_onderwijsnummer: bool) -> str:
    """Return the number that the record was delivered on, so that its owner finds it again."""
    if op_onderwijsnummer and persoon.onderwijsnummer:
        return persoon.onderwijsnummer
    return persoon.pgn
