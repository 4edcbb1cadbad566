"""The moment for which rows are asked: now, or as they were known at a stand."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen.fouten import Bekostigingsfout
from kernregister.voorzieningen.bekostigen.grondslag import open_jaren
from kernregister.voorzieningen.register import public as register


class Peil(Struct, frozen=True):
    """A stand with the place of its melding in the order of what was registered. ``stand`` None: as it is now."""

    stand: int | None = None
    transactie: str = "0"
    melding: int = 0

    @property
    def voorwaarde(self) -> str:
        """Condition in SQL on a row ``s`` of ``bekostigen_status``: it was open then."""
        return "s.gesloten_op IS NULL" if self.stand is None else _WAS_OPEN

    @property
    def waarden(self) -> dict[str, Any]:
        """The parameters of the condition."""
        return {} if self.stand is None else {"transactie": self.transactie, "melding": self.melding}


_WAS_OPEN = """
(s.transactie_van, coalesce(s.geopend_door, 0)) <= (%(transactie)s::xid8, %(melding)s::bigint)
AND (s.transactie_tot IS NULL
     OR (s.transactie_tot, coalesce(s.gesloten_door, 0)) > (%(transactie)s::xid8, %(melding)s::bigint))
"""
"""The order of transaction and melding is that of the stand; what no melding did comes before those of its transaction.

All of an older transaction was there when a stand was handed out, so what was on record at a stand never changes.
"""

_PLAATS = """
SELECT m.transactie::text, m.id FROM register_stand s JOIN register_melding m ON m.id = s.melding_id
WHERE s.nummer <= %s ORDER BY s.nummer DESC LIMIT 1
"""


def op(stand: int | None, jaar: int) -> Peil:
    """Return the moment of a stand; None is now.

    Raises:
        Bekostigingsfout: rows of that year were not kept then: none would be there, and that means nothing.
    """
    _keur(stand, jaar)
    if stand is None:
        return Peil()
    with cursor() as sql:
        sql.execute(_PLAATS, [stand])
        rij = sql.fetchone()
    return Peil(stand, *rij) if rij else Peil(stand)


_GEHOUDEN = """
SELECT coalesce(bool_or(sinds <= coalesce(%(moment)s::timestamptz, 'infinity')), false), count(*) > 0
FROM bekostigen_grondslag WHERE parameters ? %(jaar)s::text
"""


def _keur(stand: int | None, jaar: int) -> None:
    moment = register.moment_van(stand) if stand else None
    with cursor() as sql:
        sql.execute(_GEHOUDEN, {"moment": moment, "jaar": jaar})
        toen, ooit = sql.fetchone() or (False, False)
    if toen or (not ooit and jaar in {een.jaar for een in open_jaren(klok.vandaag())}):
        return
    if ooit:
        raise Bekostigingsfout(
            f"Op stand {stand} werd bekostigingsjaar {jaar} hier nog niet bijgehouden. Kies een latere stand, of vraag "
            "een TBG-i aan: die wordt op elke stand gemaakt."
        )
    jaren = ", ".join(str(een) for een in open_jaren(klok.vandaag()))
    raise Bekostigingsfout(f"Bekostigingsjaar {jaar} wordt hier niet bijgehouden; nu wel: {jaren}.")
