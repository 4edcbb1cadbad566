"""What happened between two stands: which meldingen changed the dossiers of some persons, one by one and in order."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct, field

from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.toepassen import Mutatie, Sleutel, Soort, voer_door
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen_
from kernregister.voorzieningen.register.opslag import BIJZONDER_VAN_VERSIE, lees_aggregaat, plaats_van

_RAAKT_NUMMERS = tuple(
    soort.__name__
    for soort in (b.AanleverenIdentificatiePersoon, *b.VanBron.__args__, *b.VanStelsel.__args__)
)
"""Meldingen that may change which numbers a person has, whether or not a version came of them."""


class Wissel(Struct, gc=False):
    """What one melding changed in the dossier of one person: aggregates as they are after it.

    Of a merge, a split or a transfer, every person has a wissel of their own with the same melding.
    """

    persoon: int
    stand: int
    melding: int
    uuid: UUID
    soort: str
    afzender: str
    client: str
    moment: datetime
    ontvangen_op: datetime
    wordt: dict[Sleutel, Any] = field(default_factory=dict)
    """Key -> the aggregate from then on; None: it is there no longer. Empty where only numbers can have changed."""

    def na(self, dossier: Dossier) -> Dossier:
        """Return a dossier as it is after this melding; the person's numbers stay as they are."""
        return voer_door(dossier, [Mutatie(sleutel, None, wat) for sleutel, wat in self.wordt.items()])


_MELDINGEN = """
WITH tussen AS (
    SELECT v.melding_van AS melding FROM register_versie v WHERE v.persoon_id = ANY (%(personen)s)
    UNION SELECT v.melding_tot FROM register_versie v WHERE v.persoon_id = ANY (%(personen)s)
    UNION SELECT m.id FROM register_melding m
        WHERE m.persoon_id = ANY (%(personen)s) AND m.aanvaard AND m.soort = ANY (%(soorten)s)
)
SELECT m.id, m.persoon_id, s.nummer, m.id, m.uuid, m.soort, m.afzender, m.client, m.moment, m.ontvangen_op
FROM tussen JOIN register_stand s ON s.melding_id = tussen.melding JOIN register_melding m ON m.id = tussen.melding
WHERE s.nummer > %(na)s AND s.nummer <= %(tot)s
ORDER BY s.nummer
"""

_VERSIES = f"""
SELECT v.persoon_id, v.soort, v.instelling, v.sleutel, v.melding_van, v.melding_tot, v.inhoud::text,
    {BIJZONDER_VAN_VERSIE}
FROM register_versie v
WHERE v.persoon_id = ANY (%(personen)s)
    AND (v.melding_van = ANY (%(meldingen)s) OR v.melding_tot = ANY (%(meldingen)s))
"""  # noqa: S608 - parts of these files


def mensen(pgns: Collection[str], stand: int) -> dict[str, tuple[int, ...]]:
    """Return for each number whose it is as known at a stand: the person first, then all who had gone up in them.

    Numbers that nobody has are missing in the answer.
    """
    return personen_.mensen_op(pgns, plaats_van(stand).transactie)


def verloop(personen: Collection[int], na: int, tot: int) -> dict[int, list[Wissel]]:
    """Return for each person what meldingen changed after stand ``na``, up to and including ``tot``, in order of stand.

    On the connection of the apply step: all of it, so only for who may see all of it. Persons of whom nothing changed
    are missing; a merged person is a person of its own here (see ``mensen``).
    """
    waarden: dict[str, Any] = {"personen": list(personen), "na": na, "tot": tot, "soorten": [*_RAAKT_NUMMERS]}
    with cursor() as sql:
        sql.execute(_MELDINGEN, waarden)
        meldingen = {rij[0]: rij[1:] for rij in sql}
        if not meldingen:
            return {}
        wissels: dict[tuple[int, int], Wissel] = {}
        gevraagd = set(personen)
        for id_, (persoon, *rest) in meldingen.items():
            if persoon in gevraagd:
                wissels[persoon, id_] = Wissel(persoon, *rest)
        sql.execute(_VERSIES, waarden | {"meldingen": list(meldingen)})
        for persoon, soort, instelling, nummer, van, tot_, inhoud, bijzonder in sql:
            sleutel = Sleutel(Soort(soort), instelling, nummer)
            if tot_ in meldingen:
                _wissel(wissels, persoon, tot_, meldingen).wordt.setdefault(sleutel, None)
            if van in meldingen:
                _wissel(wissels, persoon, van, meldingen).wordt[sleutel] = lees_aggregaat(
                    soort, inhoud, bijzonder
                )
    uit: dict[int, list[Wissel]] = {}
    for wissel in sorted(wissels.values(), key=lambda w: (w.persoon, w.stand)):
        uit.setdefault(wissel.persoon, []).append(wissel)
    return uit


def _wissel(
    wissels: dict[tuple[int, int], Wissel], persoon: int, melding: int, meldingen: dict[int, Any]
) -> Wissel:
    if (persoon, melding) not in wissels:
        wissels[persoon, melding] = Wissel(persoon, *meldingen[melding][1:])
    return wissels[persoon, melding]
