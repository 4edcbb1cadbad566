"""The moment for which signals are asked: now, or as they were known on an earlier day (design: time and order)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from msgspec import Struct

from kernregister.kern.tijd import EERSTE_DAG, Studiejaar
from kernregister.platform import klok
from kernregister.voorzieningen.kwaliteit.fouten import Kwaliteitsfout
from kernregister.voorzieningen.register import public as register


class Peil(Struct, frozen=True):
    """A stand with the moment and the day that go with it. ``stand`` None: as it is now."""

    dag: date
    stand: int | None = None
    moment: datetime | None = None

    @property
    def studiejaar(self) -> Studiejaar:
        """The studiejaar that signals are judged on at this moment."""
        return Studiejaar.van(self.dag)

    @property
    def voorwaarde(self) -> str:
        """Condition in SQL on a row ``s`` of ``kwaliteit_signaal``: it was open then."""
        return "s.gesloten_op IS NULL" if self.stand is None else _WAS_OPEN

    @property
    def waarden(self) -> dict[str, Any]:
        """The parameters of the condition."""
        return {"stand": self.stand, "moment": self.moment, "dag": self.dag}


_WAS_OPEN = """
CASE WHEN s.geopend_door IS NOT NULL
     THEN EXISTS (SELECT FROM register_stand r WHERE r.melding_id = s.geopend_door AND r.nummer <= %(stand)s)
     WHEN s.geopend_reden = 'kalender' THEN s.geopend_dag <= %(dag)s
     ELSE s.geopend_op < %(moment)s END
AND NOT CASE WHEN s.gesloten_op IS NULL THEN false
     WHEN s.gesloten_door IS NOT NULL
     THEN EXISTS (SELECT FROM register_stand r WHERE r.melding_id = s.gesloten_door AND r.nummer <= %(stand)s)
     WHEN s.gesloten_reden = 'kalender' THEN s.gesloten_dag <= %(dag)s
     ELSE s.gesloten_op < %(moment)s END
"""
"""What meldingen did counts by stand number, what days did by the day, and what else happened by the moment."""


def nu() -> Peil:
    """Return the moment of asking."""
    return Peil(klok.vandaag())


def per(dag: date | None) -> Peil:
    """Return the stand per a day: the day of counting, with data up to and including the day before (spec 7.4).

    Args:
        dag: the day; None is now.

    Raises:
        Kwaliteitsfout: the day is still to come, or lies before the earliest studiejaar.
    """
    if dag is None:
        return nu()
    if dag < EERSTE_DAG:
        raise Kwaliteitsfout(f"Stand per {dag:%d-%m-%Y} kan niet: kies een dag vanaf {EERSTE_DAG:%d-%m-%Y}.")
    if dag > klok.vandaag():
        laatste = f"{klok.vandaag():%d-%m-%Y}"
        raise Kwaliteitsfout(f"Stand per {dag:%d-%m-%Y} kan nog niet: kies een dag tot en met {laatste}.")
    moment = datetime.combine(dag, time(), klok.NEDERLAND)
    return Peil(dag, register.stand_op(moment), moment)


def jaar_van(studiejaar: Studiejaar | None, peil: Peil) -> Studiejaar:
    """Return the studiejaar to count, that of the day by default.

    Raises:
        Kwaliteitsfout: it has not begun on that day.
    """
    if studiejaar is None:
        return peil.studiejaar
    if studiejaar.begin > peil.dag:
        raise Kwaliteitsfout(f"Het studiejaar {studiejaar} is op {peil.dag} nog niet begonnen.")
    return studiejaar
