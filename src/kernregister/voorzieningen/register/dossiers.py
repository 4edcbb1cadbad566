"""Reading dossiers as the register holds them: now, at a stand, one by one or a whole institution."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kernregister.kern.dossier import Dossier
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import opslag, uitlezen

PER_KEER = 1000
"""Dossiers that are read at once: memory stays the same however large the institution is."""


def dossier(persoon: int, stand: int | None = None) -> Dossier | None:
    """Return the dossier of a person as it holds now or held at a stand; None when there is no such person.

    On the connection of the apply step: all of it, so only for who may see all of it.
    """
    return dict(dossiers([persoon], stand=stand)).get(persoon)


def met_geheim_adres(van: Collection[int]) -> frozenset[int]:
    """Return who of these persons has a secret address now."""
    if not van:
        return frozenset()
    with cursor() as sql:
        sql.execute(
            "SELECT persoon_id, soort, inhoud::text FROM register_versie"
            " WHERE persoon_id = ANY (%s::bigint[]) AND soort = 'persoon' AND melding_tot IS NULL",
            [sorted(van)],
        )
        return frozenset(
            wie for wie, soort, inhoud in sql if opslag.lees_aggregaat(soort, inhoud, None).geheim
        )


def dossiers(
    van: Collection[int] | None = None, instelling: str | None = None, stand: int | None = None
) -> Iterator[tuple[int, Dossier]]:
    """Give whole dossiers in order of person: of these persons, of those an institution has to do with, or all.

    At a stand, who was not known by then is left out of what was not asked for by name.
    """
    if van is None and stand is not None:
        yield from uitlezen.hele_dossiers(instelling, stand)
        return
    if van is not None:
        volgorde = sorted(van)
        groepen: Iterator[list[int]] = (volgorde[i : i + PER_KEER] for i in range(0, len(volgorde), PER_KEER))
    else:
        groepen = opslag.personen(instelling, PER_KEER)
    transactie = None if stand is None else opslag.plaats_van(stand).transactie
    for ids in groepen:
        nummers = personen.nummers_van(ids) if transactie is None else personen.nummers_op(ids, transactie)
        gelezen, _ = opslag.lees_dossiers({id_: nummers[id_] for id_ in ids if id_ in nummers}, stand)
        yield from gelezen.items()
