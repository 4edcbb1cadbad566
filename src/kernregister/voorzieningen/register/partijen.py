"""A file delivered in batches of whole persons: what each melding of it would do, or did.

Persons are independent of each other, so a dry run that is rolled back batch by batch foretells the whole file, and
nobody else waits for it. Broken off, the same batches are delivered again: what was committed answers as it did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct, structs

from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.register import journaal
from kernregister.voorzieningen.register.gevolg import Gevolg
from kernregister.voorzieningen.register.journaal import Herkomst
from kernregister.voorzieningen.register.overnemen import (
    PER_KEER,
    meldingen_van,
    zonder_bekende,
)
from kernregister.voorzieningen.register.verwerking import verwerk_met_gevolg

_OVERGENOMEN = b.Overgenomen.__args__

_GEVOLGEN = """
SELECT m.uuid, m.aanvaard,
    EXISTS (SELECT 1 FROM register_versie v WHERE v.melding_van = m.id),
    EXISTS (SELECT 1 FROM register_versie v WHERE v.melding_tot = m.id)
FROM register_melding m WHERE m.levering = %s AND m.uuid = ANY (%s)
"""


class Uitkomst(Struct, frozen=True):
    """What became of a melding of a file; without an answer it was not delivered: the register holds it just so."""

    melding: Any
    gevolg: Gevolg
    antwoord: Terugkoppeling | None = None


def partijen_van_ro(levering: Levering, instelling: str, nummer: UUID) -> Iterator[list[b.Overgenomen]]:
    """Give the meldingen of an RO in batches of whole persons, always the same ones under the same ids.

    Args:
        levering: the file.
        instelling: whose RO it is.
        nummer: that of the delivery: the ids of its meldingen follow from it.
    """
    moment = datetime.combine(levering.kop.datum_aanmaak, time(12), UTC)
    partij: list[b.Overgenomen] = []
    gegeven = 0
    for dossier in levering.dossiers():
        for melding in meldingen_van(dossier, instelling, moment):
            gegeven += 1
            partij.append(structs.replace(melding, id=uuid5(nummer, str(gegeven))))
        if len(partij) >= PER_KEER:
            yield partij
            partij = []
    if partij:
        yield partij


def lever(partij: Sequence[Any], herkomst: Herkomst, proef: bool = False) -> list[Uitkomst]:
    """Deliver a batch of whole persons, and tell of each melding what became of it, in the same order.

    Args:
        partij: meldingen of an institution, or of an RO.
        herkomst: who delivers, with the delivery.
        proef: a dry run: nothing is kept.
    """
    over = [m for m in partij if isinstance(m, _OVERGENOMEN)]
    eerder = journaal.eerdere({journaal.kenmerk(m) for m in over})
    nieuw = {id(m) for m in zonder_bekende(over)} if over else set()
    te_doen = [
        m
        for m in partij
        if not isinstance(m, _OVERGENOMEN) or id(m) in nieuw or journaal.kenmerk(m) in eerder
    ]
    antwoorden = verwerk_met_gevolg(te_doen, herkomst, proef) if te_doen else []
    herhaald = [m.id for m, (_, g) in zip(te_doen, antwoorden, strict=True) if g is Gevolg.HERHAALD]
    al_gedaan = _gevolgen(herkomst, herhaald)
    gedaan = {
        id(m): Uitkomst(m, al_gedaan.get(m.id, gevolg) if gevolg is Gevolg.HERHAALD else gevolg, antwoord)
        for m, (antwoord, gevolg) in zip(te_doen, antwoorden, strict=True)
    }
    return [gedaan.get(id(m)) or Uitkomst(m, Gevolg.ONGEWIJZIGD) for m in partij]


def _gevolgen(herkomst: Herkomst, ids: Sequence[UUID]) -> dict[UUID, Gevolg]:
    """Return what became of meldingen that came in with this same delivery before it was broken off."""
    if not ids or herkomst.levering is None:
        return {}
    with cursor() as sql:
        sql.execute(_GEVOLGEN, [herkomst.levering, list(ids)])
        return {uuid: _gevolg(*rij) for uuid, *rij in sql}


def _gevolg(aanvaard: bool, begon: bool, sloot: bool) -> Gevolg:
    if not aanvaard:
        return Gevolg.GEWEIGERD
    if begon:
        return Gevolg.GEWIJZIGD if sloot else Gevolg.NIEUW
    return Gevolg.VERWIJDERD if sloot else Gevolg.ONGEWIJZIGD
