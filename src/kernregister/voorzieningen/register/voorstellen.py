"""Two persons that prove to be one are put before somebody, who merges them, or finds that they are two after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from msgspec import Struct

from kernregister.platform import audit, klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register.ingrepen import Onmogelijk

_OPEN = """
SELECT v.id, v.een, v.ander, v.sinds FROM register_samenvoegvoorstel v
JOIN personen_persoon een ON een.id = v.een AND een.opgegaan_in IS NULL
JOIN personen_persoon ander ON ander.id = v.ander AND ander.opgegaan_in IS NULL
WHERE v.afgewezen_op IS NULL ORDER BY v.id
"""


class Voorstel(Struct, frozen=True):
    """A pair to be merged: ``een`` is to stay, ``ander`` is to go up in them."""

    nummer: int
    een: int
    ander: int
    sinds: datetime


def leg_voor(vastgelegd: personen.Vastlegging) -> tuple[int, int] | None:
    """Propose to merge, in the caller's transaction, when recording a person showed two to be one; return the pair.

    A pair of which somebody found that they are two is not proposed again.
    """
    ander = vastgelegd.samenvoegen_met
    if ander is None or vastgelegd.koppeling != personen.Koppeling.VAN_ANDER:
        return None
    with cursor() as sql:
        sql.execute(
            "INSERT INTO register_samenvoegvoorstel AS v (een, ander, sinds, afgewezen_door, reden)"
            " VALUES (%s, %s, %s, '', '') ON CONFLICT (een, ander) DO UPDATE SET sinds = v.sinds"
            " WHERE v.afgewezen_op IS NULL RETURNING v.id",
            [vastgelegd.persoon_id, ander, klok.nu()],
        )
        return (vastgelegd.persoon_id, ander) if sql.fetchone() else None


def voorstellen() -> list[Voorstel]:
    """Return the proposals that are open: neither of the two was merged since."""
    with cursor() as sql:
        sql.execute(_OPEN)
        return [Voorstel(*rij) for rij in sql]


def wijs_af(nummer: int, reden: str, door: str) -> None:
    """Dismiss an open proposal: the two are two, and a number was wrong. It is on record who found that, and why.

    Raises:
        Onmogelijk: there is no such open proposal, or no reason, or one with a number of a person in it.
    """
    if not reden.strip() or maskeer(reden) != reden:
        raise Onmogelijk("geef een reden, zonder nummer van een persoon daarin")
    with transaction.atomic(using="stelsel"), cursor() as sql:
        sql.execute(
            "UPDATE register_samenvoegvoorstel SET afgewezen_op = %s, afgewezen_door = %s, reden = %s"
            " WHERE id = %s AND id = ANY (%s::bigint[])",
            [klok.nu(), door, reden.strip(), nummer, [een.nummer for een in voorstellen()]],
        )
        if not sql.rowcount:
            raise Onmogelijk(f"er is geen open voorstel {nummer}")
        audit.leg_vast(
            "persoon.niet_samenvoegen",
            "samenvoegvoorstel",
            nummer,
            door=door,
            details={"reden": reden.strip()},
        )
