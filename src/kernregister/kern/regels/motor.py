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
    ONDERDELEN,
    Bpv,
    Diploma,
    Dossier,
    ExtraOndersteuning,
    Inschrijving,
    Inschrijvingsperiode,
    Onderdeel,
    Persoon,
    Resultaat,
)
from kernregister.kern.feiten import Feiten, InschrijvingFeiten, Node, PeriodeFeiten, ResultaatFeiten, leid_af
from kernregister.kern.gegevens import GEEN, Gegevens, Soort
from kernregister.kern.regels.paspoort import Bevinding, Regel
from kernregister.kern.tijd import Studiejaar, dagen_na

Werk = tuple[tuple[Regel, Callable[..., Any]], ...]
"""Rules, each with its function at hand."""

Vondst = tuple[Regel, Bevinding, Node | Feiten, Bpv | ExtraOndersteuning | None]
"""What a rule found, on which node, and on which child of it."""


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
        begin, eind = self.studiejaar.begin, self.studiejaar.eind
        for regel in regels:
            if not any(leven.begin < eind and leven.eind > begin for leven in regel.leven.values()):
                continue
            mist = sorted(regel.vereist - gegevens.beschikbaar) + sorted(regel.leest & ontbreekt)
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
        self._persoon = [(r, r.functie) for r in te_draaien if r.over is Persoon]
        self._dossier = [(r, r.functie) for r in te_draaien if r.over is Dossier]
        self._niet_vergelijkend = [(r, f) for r, f in self._dossier if not r.vergelijkt]

    def controleer(self, dossier: Dossier, gegevens: Gegevens | None = None) -> list[Uitkomst]:
        """Return the findings that are true on the peildatum.

        ``gegevens`` replaces the engine's data for this one dossier: what is too large to hold for all can so be
        fetched for one. Which rules can be judged stays as the engine's own data decided.
        """
        return self._draai(dossier, self.peildatum, dagen_na(self.peildatum, 1), gegevens)

    def bevindingen(self, dossier: Dossier, gegevens: Gegevens | None = None) -> list[Uitkomst]:
        """Return the findings that are true on any day of the studiejaar, so also those that come or have gone.

        ``gegevens`` as in ``controleer``.
        """
        return self._draai(dossier, self.studiejaar.begin, self.studiejaar.eind, gegevens)

    def kantelmoment(self, uitkomsten: Iterable[Uitkomst]) -> date:
        """Return the first day after the peildatum on which the findings may differ.

        No later than the next studiejaar, when the control window and the teldata move on.
        """
        grenzen = [dag for u in uitkomsten for dag in (u.van, u.tot) if dag > self.peildatum]
        return min([*grenzen, self.studiejaar.eind])

    def _draai(self, dossier: Dossier, begin: date, eind: date, gegevens: Gegevens | None) -> list[Uitkomst]:
        """Run all rules, and keep the findings that are true on a day of [begin, eind)."""
        feiten = leid_af(dossier, self.studiejaar, self.gegevens if gegevens is None else gegevens)
        uit: list[Vondst] = []
        for regel, functie in self._persoon:
            if gevonden := functie(dossier.persoon, feiten):
                uit.append((regel, gevonden, feiten, None))
        for inschrijving in feiten.inschrijvingen:
            self._inschrijving(inschrijving, uit)
        for resultaat in feiten.resultaten:
            self._resultaat(resultaat, uit)
        # Most dossiers hold one enrolment and no more: not asking those to compare saves 7 % of a sweep (measured).
        records = len(feiten.inschrijvingen) + len(feiten.resultaten) + len(dossier.deelnames)
        for regel, functie in self._dossier if records > 1 else self._niet_vergelijkend:
            for node, gevonden in functie(dossier, feiten):
                if (
                    gevonden
                    and node.soort in regel.vanaf
                    and (not regel.alleen_in_venster or node.in_venster())
                ):
                    uit.append((regel, gevonden, node, None))
        uitkomsten = (
            [uitkomst for vondst in uit if (uitkomst := _uitkomst(vondst, begin, eind))] if uit else []
        )
        feiten.sluit()
        return uitkomsten

    def _inschrijving(self, node: InschrijvingFeiten, uit: list[Vondst]) -> None:
        plan = self._plannen[node.soort, node.in_venster()]
        inschrijving = node.inschrijving
        for regel, functie in plan.inschrijving:
            if gevonden := functie(inschrijving, node):
                uit.append((regel, gevonden, node, None))
        for periode in node.perioden:
            record = periode.periode
            for regel, functie in plan.periode:
                if gevonden := functie(record, periode):
                    uit.append((regel, gevonden, periode, None))
        for bpv in inschrijving.bpvs:
            for regel, functie in plan.bpv:
                if gevonden := functie(bpv, node):
                    uit.append((regel, gevonden, node, bpv))
        for ondersteuning in inschrijving.extra_ondersteuning:
            for regel, functie in plan.ondersteuning:
                if gevonden := functie(ondersteuning, node):
                    uit.append((regel, gevonden, node, ondersteuning))

    def _resultaat(self, node: ResultaatFeiten, uit: list[Vondst]) -> None:
        plan = self._plannen[node.soort, node.in_venster()]
        record = node.record
        if not isinstance(record, Diploma):
            for regel, functie in plan.los[type(record)]:
                if gevonden := functie(record, node):
                    uit.append((regel, gevonden, node, None))
            return
        for regel, functie in plan.diploma:
            if gevonden := functie(record, node):
                uit.append((regel, gevonden, node, None))
        for onderdeel in record.onderdelen:
            if werk := plan.deel[type(onderdeel)]:
                deel = ResultaatFeiten(
                    onderdeel,
                    node.datum,
                    node.instelling,
                    node.soort,
                    node.inschrijving,
                    node.feiten,
                    record,
                )
                for regel, functie in werk:
                    if gevonden := functie(onderdeel, deel):
                        uit.append((regel, gevonden, deel, None))


def _uitkomst(vondst: Vondst, begin: date, eind: date) -> Uitkomst | None:
    """Return what was found, cut to the peildata on which the rule is run and its record lies in the window.

    Nothing, when no day of [begin, eind) is among them: most dates that a rule compares have long gone by.
    """
    regel, (van, tot, waarden), node, kind = vondst
    if van >= eind or tot <= begin:
        return None
    if isinstance(node, Feiten):
        van = max(van, min(leven.begin for leven in regel.leven.values()))
        tot = min(tot, max(leven.eind for leven in regel.leven.values()))
        if van >= eind or tot <= begin or van >= tot:
            return None
        return Uitkomst(regel.id, Sleutel("Persoon", node.dossier.persoon.pgn), van, tot, waarden)
    leven = regel.leven[node.soort]
    van, tot = max(van, leven.begin), min(tot, leven.eind)
    if regel.alleen_in_venster:
        eerste, laatste = node.vensterbereik()
        van, tot = max(van, eerste), min(tot, laatste)
    if van >= eind or tot <= begin or van >= tot:
        return None
    return Uitkomst(regel.id, sleutel_van(node, kind), van, tot, waarden)


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
        soort, datum_begin = "Inschrijvingsperiode", periode.periode.datum_begin
    elif isinstance(kind, Bpv):
        soort, volgnummer = "Bpv", kind.volgnummer
    elif kind is not None:
        soort, datum_begin = "ExtraOndersteuning", kind.datum_begin
    return Sleutel(
        soort,
        _nummer(ouder.feiten.dossier.persoon, inschrijving.op_onderwijsnummer),
        inschrijving.instelling,
        inschrijving.inschrijvingvolgnummer,
        datum_begin,
        volgnummer,
    )


def _resultaatsleutel(node: ResultaatFeiten) -> Sleutel:
    record = node.record
    return Sleutel(
        type(record).__name__,
        _nummer(node.feiten.dossier.persoon, record.op_onderwijsnummer),
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
