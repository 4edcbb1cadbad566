"""What one edition of a list has that another has not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import connections
from msgspec import Struct

from kernregister.voorzieningen.stamgegevens.lijsten import LIJSTEN

VOORBEELDEN: Final = 20
"""Keys that a report names of each kind of change."""


class Verschil(Struct, frozen=True):
    """What changes in one list: how many rows, and the keys of the first ones.

    ``beeindigd``: the last day (of validity or of inflow) now comes, or comes sooner. ``vervallen``: no longer in the
    list, which says nothing about the past. ``actueel``: whether it becomes (True) or ceases to be (False) the list of
    today; None when that does not change.
    """

    lijst: str
    nieuw: int = 0
    gewijzigd: int = 0
    beeindigd: int = 0
    vervallen: int = 0
    actueel: bool | None = None
    voorbeelden: dict[str, tuple[str, ...]] = {}

    def __str__(self) -> str:
        aantallen = (
            (self.nieuw, "nieuw"),
            (self.gewijzigd, "gewijzigd"),
            (self.beeindigd, "beëindigd"),
            (self.vervallen, "niet meer in de lijst"),
        )
        delen = [f"{aantal} {woord}" for aantal, woord in aantallen if aantal]
        if self.actueel is not None:
            delen.append("voortaan actueel" if self.actueel else "niet meer actueel")
        return f"{LIJSTEN[self.lijst].titel}: {', '.join(delen) or 'niets veranderd'}"


_VERSCHIL = """
WITH oud AS (
    SELECT sleutel, onderscheid, geldig_tot, inhoud FROM stamgegevens_rij
    WHERE lijst = %(lijst)s AND sinds <= %(oud)s AND (tot IS NULL OR tot > %(oud)s)
      AND NOT (sinds <= %(nieuw)s AND (tot IS NULL OR tot > %(nieuw)s))
), nieuw AS (
    SELECT sleutel, onderscheid, geldig_tot, inhoud FROM stamgegevens_rij
    WHERE lijst = %(lijst)s AND sinds <= %(nieuw)s AND (tot IS NULL OR tot > %(nieuw)s)
      AND NOT (sinds <= %(oud)s AND (tot IS NULL OR tot > %(oud)s))
)
SELECT coalesce(n.sleutel, o.sleutel),
    CASE WHEN o.sleutel IS NULL THEN 'nieuw'
         WHEN n.sleutel IS NULL THEN 'vervallen'
         WHEN n.geldig_tot < o.geldig_tot
           OR coalesce(n.inhoud->>'einde_instroom', '9999') < coalesce(o.inhoud->>'einde_instroom', '9999')
         THEN 'beeindigd'
         ELSE 'gewijzigd' END
FROM oud o FULL JOIN nieuw n ON n.sleutel = o.sleutel AND n.onderscheid = o.onderscheid
WHERE n.inhoud IS DISTINCT FROM o.inhoud  -- a row that went and came back is another row with the same content
ORDER BY 1
"""


def vergelijk(lijst: str, oud: int, nieuw: int) -> tuple[Verschil, frozenset[str]]:
    """Return what differs between two editions of a list, and the keys of the rows that do; 0 is an empty one."""
    aantallen = dict.fromkeys(("nieuw", "gewijzigd", "beeindigd", "vervallen"), 0)
    voorbeelden: dict[str, list[str]] = {}
    sleutels = set()
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(_VERSCHIL, {"lijst": lijst, "oud": oud, "nieuw": nieuw})
        for sleutel, soort in cursor:
            aantallen[soort] += 1
            sleutels.add(sleutel)
            genoemd = voorbeelden.setdefault(soort, [])
            if len(genoemd) < VOORBEELDEN:
                genoemd.append(sleutel)
        cursor.execute("SELECT id, actueel FROM stamgegevens_uitgave WHERE id IN (%s, %s)", [oud, nieuw])
        actueel = dict(cursor.fetchall())
    was, wordt = actueel.get(oud, False), actueel.get(nieuw, False)
    gevonden = Verschil(
        lijst,
        **aantallen,
        actueel=wordt if was != wordt else None,
        voorbeelden={soort: tuple(genoemd) for soort, genoemd in voorbeelden.items()},
    )
    return gevonden, frozenset(sleutels)


def vergelijk_versies(
    oud: Mapping[str, int], nieuw: Mapping[str, int]
) -> tuple[list[Verschil], dict[str, frozenset[str]]]:
    """Return what differs between two versions, per list that differs, with the keys of the rows that do."""
    verschillen = []
    sleutels = {}
    for lijst in LIJSTEN:
        if nieuw.get(lijst, 0) != oud.get(lijst, 0):
            verschil, sleutels[lijst] = vergelijk(lijst, oud.get(lijst, 0), nieuw.get(lijst, 0))
            verschillen.append(verschil)
    return verschillen, sleutels
