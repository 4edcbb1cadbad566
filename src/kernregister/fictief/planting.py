"""What a planter works with: one case in the making, and the decorator that names the rule it is for.

A faulty student is an uneventful one with exactly one thing wrong. A planter says by itself which findings that must
give; no rule is run to find out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import structs

from kernregister.fictief.instellingen import NIVEAUS, School
from kernregister.fictief.kalender import Kalender
from kernregister.fictief.student import Loopbaan, Nummers, kies_kwalificatie
from kernregister.fictief.toeval import Toeval
from kernregister.fictief.traject import Traject
from kernregister.fictief.waarheid import Verwacht
from kernregister.kern.dossier import (
    Bpv,
    Deelname,
    Diploma,
    Dossier,
    Inschrijving,
    Inschrijvingsperiode,
    Onderdeel,
)
from kernregister.kern.regels.motor import Sleutel


class Planting:
    """One case in the making: the student, the institution, and room for what is expected.

    Args:
        nummer: how many cases of the same rule came before it; planters vary by it.
        buur: another funded institution.
    """

    def __init__(
        self,
        t: Toeval,
        k: Kalender,
        school: School,
        buur: School,
        nummer: int,
        loop: Loopbaan,
        nummers: Nummers,
    ) -> None:
        self.t = t
        self.k = k
        self.school = school
        self.buur = buur
        self.nummer = nummer
        self.loop = loop
        self.nummers = nummers
        self.persoon: dict[str, Any] = {}
        self.deelnames: tuple[Deelname, ...] = ()
        self.verwacht: list[Verwacht] = []

    @property
    def pgn(self) -> str:
        """The number that the records are delivered on."""
        bsn, onderwijsnummer = self.nummers
        return (onderwijsnummer if self.loop.op_own else bsn) or ""

    def traject(
        self, leertraject: str = "BOL", *, jaren: int = 1, niveau: str = "MBO-3", **anders: Any
    ) -> Traject:
        """Return an uneventful stay that began so many studiejaren ago and goes on, unless told otherwise."""
        waarden: dict[str, Any] = {
            "school": self.school,
            "begin": date(self.k.jaar - jaren, 8, 1),
            "gepland": date(self.k.jaar + 2, 7, 31),
            "rustig": True,
            **anders,
        }
        waarden.setdefault("kwalificatie", kies_kwalificatie(self.t, waarden["school"], niveau))
        return Traject(leertraject=leertraject, **waarden)

    def ander(self, traject: Traject) -> Any:
        """Return another programme of the institution, of another level, so that it is never the same."""
        rang = NIVEAUS.index(traject.kwalificatie.niveau)
        return kies_kwalificatie(self.t, traject.school, NIVEAUS[2 if rang == 1 else 1])

    def volg(self, traject: Traject, met_diploma: bool = False, **anders: Any) -> Inschrijving:
        """Let the student follow a stay, with some fields of the enrolment other than they should be."""
        self.loop.volg(traject, met_diploma)
        self.loop.inschrijvingen[-1] = structs.replace(self.loop.inschrijvingen[-1], **anders)
        return self.loop.inschrijvingen[-1]

    def examendag(self) -> date:
        """Return a day on which diplomas are dated: before the studiejaar, within the control window."""
        return date(self.k.jaar, 6, self.t.getal(1, 30))

    def geslaagd(
        self, leertraject: str = "BOL", *, jaren: int = 3, **anders: Any
    ) -> tuple[Inschrijving, Diploma]:
        """Let the student follow a stay that ended with a diploma."""
        eind = self.examendag()
        stap = self.traject(
            leertraject, jaren=jaren, gepland=date(self.k.jaar, 7, 31), eind=eind, reden="08", **anders
        )
        return self.volg(stap, met_diploma=True), self.loop.diplomas[-1]

    def wijzig_diploma(self, **anders: Any) -> Diploma:
        """Change the last diploma."""
        self.loop.diplomas[-1] = structs.replace(self.loop.diplomas[-1], **anders)
        return self.loop.diplomas[-1]

    def verwacht_inschrijving(self, regel: str, record: Inschrijving, *teldata: date) -> None:
        """Expect a finding on an enrolment."""
        self._verwacht(regel, Sleutel("Inschrijving", *self._van(record)), teldata)

    def verwacht_periode(
        self, regel: str, record: Inschrijving, periode: Inschrijvingsperiode, *teldata: date
    ) -> None:
        """Expect a finding on a period."""
        sleutel = Sleutel("Inschrijvingsperiode", *self._van(record), periode.datum_begin)
        self._verwacht(regel, sleutel, teldata)

    def verwacht_bpv(self, regel: str, record: Inschrijving, bpv: Bpv) -> None:
        """Expect a finding on a placement."""
        self._verwacht(regel, Sleutel("Bpv", *self._van(record), bpv_volgnummer=bpv.volgnummer))

    def verwacht_diploma(self, regel: str, record: Diploma) -> None:
        """Expect a finding on a diploma."""
        self._resultaat(regel, "Diploma", record.instelling, record, record.opleidingcode)

    def verwacht_onderdeel(self, regel: str, instelling: str, record: Onderdeel) -> None:
        """Expect a finding on a part of a diploma or a loose result."""
        self._resultaat(regel, type(record).__name__, instelling, record, record.code)

    def _resultaat(
        self, regel: str, soort: str, instelling: str, record: Diploma | Onderdeel, code: str
    ) -> None:
        sleutel = Sleutel(
            soort,
            self.pgn,
            instelling,
            record.inschrijvingvolgnummer,
            resultaatvolgnummer=record.resultaatvolgnummer,
            opleidingcode=code,
        )
        self._verwacht(regel, sleutel)

    def _van(self, record: Inschrijving) -> tuple[str, str, str]:
        return self.pgn, record.instelling, record.inschrijvingvolgnummer

    def _verwacht(self, regel: str, sleutel: Sleutel, teldata: tuple[date, ...] = ()) -> None:
        self.verwacht += [Verwacht(regel, sleutel, dag) for dag in teldata or (None,)]

    def dossier(self) -> Dossier:
        """Return the dossier with the fault in it."""
        dossier = self.loop.dossier(self.nummers)
        return structs.replace(
            dossier, persoon=structs.replace(dossier.persoon, **self.persoon), deelnames=self.deelnames
        )


Planter = Callable[[Planting], None]

PLANTERS: dict[str, Planter] = {}
ALLEEN_BI: set[str] = set()
OP_TELDATUM: set[str] = set()
OP_ONDERWIJSNUMMER: set[str] = set()


def fout(
    regel: str, *, alleen_bi: bool = False, op_teldatum: bool = False, op_onderwijsnummer: bool = False
) -> Callable[[Planter], Planter]:
    """Make a function the planter of a rule's cases."""

    def registreer(planter: Planter) -> Planter:
        PLANTERS[regel] = planter
        for voorwaarde, regels in (
            (alleen_bi, ALLEEN_BI),
            (op_teldatum, OP_TELDATUM),
            (op_onderwijsnummer, OP_ONDERWIJSNUMMER),
        ):
            if voorwaarde:
                regels.add(regel)
        return planter

    return registreer
