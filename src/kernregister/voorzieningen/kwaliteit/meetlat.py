"""With what an institution is counted in a studiejaar: what a dossier adds to each count, and what stands behind it.

The figures and the lists behind them both come from `Meetlat.vondsten`; so no list can hold another set than its count.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property

from kernregister import __version__
from kernregister.kern.dossier import Dossier
from kernregister.kern.overzichten.dashboard import Dashboard, Telpost
from kernregister.kern.overzichten.signaalrijen import bijeen
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor, Uitkomst
from kernregister.kern.regels.paspoort import Fase
from kernregister.kern.tijd import DAG, Studiejaar
from kernregister.platform.geheugen import onthoud
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.peil import Peil
from kernregister.voorzieningen.kwaliteit.telblad import Plek, plek_van_cel, plek_van_regel, plek_van_totaal
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

KOLOMMEN = ("1-10", "1-2")
"""The teldata of a studiejaar, in their order."""

Vondst = Telpost | tuple[Uitkomst, ...]
"""One thing that is counted: a record, or the findings of a rule that count once together."""


class Meetlat:
    """What counts at an institution in a studiejaar, at a moment.

    Of the studiejaar of that day the signals are on record, so they are not counted here. Of an earlier one its last
    day is judged, on the dossiers as they were known at the moment.
    """

    def __init__(self, instelling: str, studiejaar: Studiejaar, peil: Peil) -> None:
        self.instelling, self.studiejaar, self.peil = instelling, studiejaar, peil
        self.signalen_staan_er = studiejaar == peil.studiejaar
        self.dag = dag_van(studiejaar, peil)
        self._dashboard = Dashboard(studiejaar, self.dag, frozenset({instelling}))

    @cached_property
    def versie(self) -> int:
        """Version of the reference data."""
        return gegevens_versie(self.peil)

    @cached_property
    def motor(self) -> Motor:
        """The engine with which the studiejaar is judged."""
        return motor_op(self.studiejaar, self.peil, self.versie)

    @property
    def kenmerk(self) -> str:
        """What a count rests on beside the records: of another it has to be made again."""
        if self.signalen_staan_er:
            return f"{__version__}"
        return f"{__version__} {self.versie} {register.regelversie()}"

    def telt(self, dossier: Dossier) -> dict[Plek, int]:
        """Return what a dossier adds to each count, the totals of the institution included."""
        eigen = [een for een in dossier.inschrijvingen if een.instelling == self.instelling]
        uit = {plek: len(gevonden) for plek, gevonden in self.vondsten(dossier).items()}
        uit[plek_van_totaal("personen")] = 1
        uit[plek_van_totaal("inschrijvingen")] = len(eigen)
        uit[plek_van_totaal("lopend")] = sum(een.geldt_op(self.dag) for een in eigen)
        return uit

    def vondsten(self, dossier: Dossier) -> dict[Plek, list[Vondst]]:
        """Return what is counted of a dossier, at each plek."""
        uit: dict[Plek, list[Vondst]] = defaultdict(list)
        for post in self._dashboard.posten(dossier):
            uit[plek_van_cel(post.cel)].append(post)
        if not self.signalen_staan_er:
            self._zet_signalen(dossier, uit)
        return uit

    def _zet_signalen(self, dossier: Dossier, uit: dict[Plek, list[Vondst]]) -> None:
        per_regel: dict[str, list[Uitkomst]] = defaultdict(list)
        for uitkomst in self.motor.controleer(dossier):
            if uitkomst.sleutel.instelling == self.instelling:
                per_regel[uitkomst.regel].append(uitkomst)
        for id_, gevonden in per_regel.items():
            regel = catalogus()[id_]
            uit[plek_van_regel(id_)] += map(tuple, bijeen(regel, gevonden))
            for teldatum, kolom in zip(self.studiejaar.teldata, KOLOMMEN, strict=True):
                op_teldatum = [u for u in gevonden if u.waarden.get("teldatum") == teldatum]
                if op_teldatum:
                    uit[plek_van_regel(id_, kolom)] += map(tuple, bijeen(regel, op_teldatum))


def dag_van(studiejaar: Studiejaar, peil: Peil) -> date:
    """Return the day on which a studiejaar is judged: that of the moment, or its last when it is over."""
    return peil.dag if studiejaar == peil.studiejaar else studiejaar.eind - DAG


def motor_op(studiejaar: Studiejaar, peil: Peil, versie: int) -> Motor:
    """Return the engine with which a studiejaar is judged at a stand: on that day, or on the last of the studiejaar."""
    return _motor(dag_van(studiejaar, peil), versie, register.regelversie())


@onthoud(8)
def _motor(dag: date, versie: int, regelversie: int) -> Motor:
    return Motor(register.regels(dag, Fase.SIGNAAL), dag, register.gegevens_van(versie))


def gegevens_versie(peil: Peil) -> int:
    """Return the version of the reference data that signals were judged with at a stand."""
    if peil.stand is not None:
        with cursor() as sql:
            sql.execute(
                "SELECT gegevens_versie FROM kwaliteit_grondslag WHERE sinds < %s ORDER BY sinds DESC, id DESC LIMIT 1",
                [peil.moment],
            )
            if rij := sql.fetchone():
                return int(rij[0])
    return int(stamgegevens.versie())
