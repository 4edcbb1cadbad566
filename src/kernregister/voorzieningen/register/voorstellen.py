"""Two persons that prove to be one are put before somebody, who merges them or has a number corrected."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen

_OPEN = """
SELECT v.id, v.een, v.ander, v.sinds FROM register_samenvoegvoorstel v
JOIN personen_persoon een ON een.id = v.een AND een.opgegaan_in IS NULL
JOIN personen_persoon ander ON ander.id = v.ander AND ander.opgegaan_in IS NULL
ORDER BY v.id
"""


class Voorstel(Struct, frozen=True):
    """A pair to be merged: ``een`` is to stay, ``ander`` is to go up in them."""

    nummer: int
    een: int
    ander: int
    sinds: datetime


def leg_voor(vastgelegd: personen.Vastlegging) -> tuple[int, int] | None:
    """Propose to merge, in the caller's transaction, when recording a person showed two to be one; return the pair."""
    ander = vastgelegd.samenvoegen_met
    if ander is None or vastgelegd.koppeling != personen.Koppeling.VAN_ANDER:
        return None
    with cursor() as sql:
        sql.execute(
            "INSERT INTO register_samenvoegvoorstel (een, ander, sinds) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [vastgelegd.persoon_id, ander, klok.nu()],
        )
    return vastgelegd.persoon_id, ander


def voorstellen() -> list[Voorstel]:
    """Return the proposals that are open: neither of the two was merged since."""
    with cursor() as sql:
        sql.execute(_OPEN)
        return [Voorstel(*rij) for rij in sql]
