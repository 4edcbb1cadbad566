"""What merging, splitting, transferring and undoing would change: read and judged, nothing written.

Each is a set of versions that close and a set that begin; an aggregate never changes on its way but for the institution
that it is transferred to. What would end up under a key that is taken is refused, with the keys named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from msgspec import Struct, field, structs

from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.controles import NIET_GEVONDEN, SLEUTEL_BEZET, Afkeuring
from kernregister.kern.meldingen.toepassen import Sleutel, Soort, aggregaten, sleutel_van
from kernregister.platform.sql import cursor
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register.opslag import (
    BIJZONDER_VAN_VERSIE,
    Geldend,
    lees_aggregaat,
    lees_dossiers,
)

OVERDRAAGBAAR = (Soort.INSCHRIJVING, Soort.DIPLOMA, Soort.RESULTAAT)
"""What goes to another institution when institutions merge: what an institution for mbo registers itself."""

_MELDING = msgspec.json.Decoder(b.VanStelsel)


class Onmogelijk(ValueError):
    """What was asked cannot be, whatever the register holds; the text says why."""


class Plek(Struct, frozen=True):
    """An aggregate with whom it is registered."""

    persoon: int
    sleutel: Sleutel
    aggregaat: Any


class Plan(Struct):
    """What one melding would change."""

    persoon: int
    """Whom the melding is about, in the journal."""
    sluit: dict[int, Plek] = field(default_factory=dict)
    """Id of a version that closes -> what it holds."""
    begint: list[Plek] = field(default_factory=list)
    samen: tuple[int, int] | None = None
    """A person that goes up in another."""
    uiteen: int | None = None
    """A merged person that becomes one in its own right again."""
    overdracht: tuple[str, str] | None = None
    """From which institution involvement and subscriptions go to which."""
    herroept: int | None = None
    """The melding that is undone."""


class Oorspronkelijk(Struct, frozen=True):
    """A melding that is to be undone."""

    id: int
    inhoud: b.SamenvoegenPersonen | b.SplitsenPersoon | b.OverdragenPersoon


class Beeld(Struct):
    """The persons that meldingen are about, locked, as they are now."""

    eigen: frozenset[int]
    """Who is a person in its own right."""
    dossiers: dict[int, Dossier]
    geldend: Geldend

    def versies(self, persoon: int) -> dict[int, Plek]:
        """Return what holds of a person, by id of its version."""
        uit = {}
        for aggregaat in aggregaten(self.dossiers[persoon]):
            sleutel = sleutel_van(aggregaat)
            if (versie := self.geldend[persoon].get(sleutel)) is not None:
                uit[versie] = Plek(persoon, sleutel, _zonder_nummers(aggregaat))
        return uit


def personen_van(melding: Any, oorspronkelijk: Oorspronkelijk | None) -> tuple[int, ...]:
    """Return the persons that a melding is about, the one it is journalled with first."""
    match oorspronkelijk.inhoud if oorspronkelijk else melding:
        case b.SamenvoegenPersonen(blijft=blijft, gaat_op=gaat_op):
            return blijft, gaat_op
        case b.SplitsenPersoon(persoon=persoon, nieuw=nieuw):
            return persoon, nieuw
        case b.OverdragenPersoon(persoon=persoon):
            return (persoon,)
    return ()


def zoek_oorspronkelijk(melding: b.HerroepenMelding) -> Oorspronkelijk | None:
    """Return the melding that is to be undone, when it was accepted and is not undone already."""
    with cursor() as sql:
        sql.execute(
            "SELECT m.id, m.inhoud::text FROM register_melding m WHERE m.uuid = %s AND m.aanvaard AND m.inhoud <> '{}'"
            " AND m.afzender = %s AND m.soort = ANY (%s::text[]) AND NOT EXISTS ("
            " SELECT 1 FROM register_melding h WHERE h.persoon_id = m.persoon_id"
            " AND h.soort = 'HerroepenMelding' AND h.aanvaard AND h.inhoud ->> 'melding' = m.uuid::text)",
            [
                melding.melding,
                melding.afzender,
                ["SamenvoegenPersonen", "SplitsenPersoon", "OverdragenPersoon"],
            ],
        )
        rij = sql.fetchone()
    return Oorspronkelijk(rij[0], _MELDING.decode(rij[1])) if rij else None


def houder(pgn: str) -> int | None:
    """Return the person whose own number this is, also when they went up in another since."""
    with cursor() as sql:
        sql.execute("SELECT persoon_id FROM personen_nummer WHERE zoeksleutel = %s", [kluis().zoek(pgn)])
        rij = sql.fetchone()
    return int(rij[0]) if rij else None


def versies_van(persoon: int) -> dict[int, Plek]:
    """Return what holds of a person, by id of its version: what ``SplitsenPersoon`` names."""
    dossiers, geldend = lees_dossiers(personen.nummers_van([persoon]))
    return Beeld(frozenset(), dossiers, geldend).versies(persoon)


def vergrendel(ids: Collection[int]) -> Beeld:
    """Lock persons in order of id, merged ones too, and return how they are now."""
    eigen = personen.vergrendel(ids)
    dossiers, geldend = lees_dossiers(eigen | personen.nummers_van(set(ids) - set(eigen)))
    return Beeld(frozenset(eigen), dossiers, geldend)


def maak_plan(melding: Any, oorspronkelijk: Oorspronkelijk | None, beeld: Beeld) -> Plan | Afkeuring:
    """Return what a melding would change, or why it cannot be."""
    match melding:
        case b.SamenvoegenPersonen():
            uit = _samenvoegen(melding, beeld)
        case b.SplitsenPersoon():
            uit = _splitsen(melding, beeld)
        case b.OverdragenPersoon():
            uit = _overdragen(melding, beeld)
        case _:
            uit = _herroepen(oorspronkelijk, beeld) if oorspronkelijk else Afkeuring(NIET_GEVONDEN)
    if isinstance(uit, Plan) and (bezet := list(_bezet(uit, beeld))):
        return Afkeuring(SLEUTEL_BEZET, {"sleutels": bezet})
    return uit


def _bezet(plan: Plan, beeld: Beeld) -> Iterable[dict[str, Any]]:
    """Give the keys under which something stays that the plan would put something else."""
    gezien: set[tuple[int, Sleutel]] = set()
    for plek in plan.begint:
        plaats = plek.persoon, plek.sleutel
        versie = beeld.geldend[plek.persoon].get(plek.sleutel)
        if plaats in gezien or (versie is not None and versie not in plan.sluit):
            soort, instelling, nummer = plek.sleutel
            yield {"soort": soort.value, "instelling": instelling, "nummer": nummer}
        gezien.add(plaats)


def _samenvoegen(melding: b.SamenvoegenPersonen, beeld: Beeld) -> Plan | Afkeuring:
    blijft, gaat_op = melding.blijft, melding.gaat_op
    if blijft == gaat_op or not {blijft, gaat_op} <= beeld.eigen:
        return Afkeuring(NIET_GEVONDEN, {"personen": _niet_zelfstandig((blijft, gaat_op), beeld)})
    sluit = beeld.versies(gaat_op)
    # of two descriptions of one person the one of who stays holds; the other remains in the history
    heeft = {sleutel for sleutel in beeld.geldend[blijft] if sleutel.soort is Soort.PERSOON}
    begint = [structs.replace(plek, persoon=blijft) for plek in sluit.values() if plek.sleutel not in heeft]
    return Plan(blijft, sluit, begint, samen=(gaat_op, blijft))


def _splitsen(melding: b.SplitsenPersoon, beeld: Beeld) -> Plan | Afkeuring:
    persoon, nieuw = melding.persoon, melding.nieuw
    opgegaan = nieuw not in beeld.eigen and personen.gaat_op_in([nieuw]).get(nieuw) == persoon
    if persoon == nieuw or persoon not in beeld.eigen or not (opgegaan or nieuw in beeld.eigen):
        return Afkeuring(NIET_GEVONDEN, {"personen": _niet_zelfstandig((persoon, nieuw), beeld)})
    eigen = beeld.versies(persoon)
    weg = sorted(set(melding.versies) - set(eigen))
    if weg or not (melding.versies or opgegaan):
        return Afkeuring(NIET_GEVONDEN, {"versies": weg})
    sluit = {versie: eigen[versie] for versie in dict.fromkeys(melding.versies)}
    begint = [structs.replace(plek, persoon=nieuw) for plek in sluit.values()]
    if opgegaan and all(plek.sleutel.soort is not Soort.PERSOON for plek in begint):
        begint += _laatste_persoonsgegevens(nieuw)
    return Plan(persoon, sluit, begint, uiteen=nieuw if opgegaan else None)


def _overdragen(melding: b.OverdragenPersoon, beeld: Beeld) -> Plan | Afkeuring:
    persoon, van, naar = melding.persoon, melding.van, melding.naar
    if van == naar or persoon not in beeld.eigen:
        return Afkeuring(NIET_GEVONDEN, {"personen": _niet_zelfstandig((persoon,), beeld)})
    sluit = {
        versie: plek
        for versie, plek in beeld.versies(persoon).items()
        if plek.sleutel.instelling == van and plek.sleutel.soort in OVERDRAAGBAAR
    }
    if not sluit and not _is_betrokken(persoon, van):
        return Afkeuring(NIET_GEVONDEN, {"instelling": van})
    begint = [
        Plek(
            persoon, plek.sleutel._replace(instelling=naar), structs.replace(plek.aggregaat, instelling=naar)
        )
        for plek in sluit.values()
    ]
    return Plan(persoon, sluit, begint, overdracht=(van, naar))


def _herroepen(oorspronkelijk: Oorspronkelijk, beeld: Beeld) -> Plan | Afkeuring:
    toen = oorspronkelijk.inhoud
    persoon = personen_van(toen, None)[0]
    begint = list(_plekken("v.melding_tot = %s", [oorspronkelijk.id]).values())
    gemaakt = _plekken("v.melding_van = %s", [oorspronkelijk.id])
    geldt_nog = {versie for id_ in beeld.geldend for versie in beeld.geldend[id_].values()}
    weg = sum(versie not in geldt_nog for versie in gemaakt)
    if weg or persoon not in beeld.eigen:
        return Afkeuring(NIET_GEVONDEN, {"veranderd": weg, "personen": _niet_zelfstandig([persoon], beeld)})
    plan = Plan(persoon, gemaakt, begint, herroept=oorspronkelijk.id)
    match toen:
        case b.SamenvoegenPersonen():
            return _weer_uiteen(toen, plan, beeld)
        case b.SplitsenPersoon():
            return _weer_samen(toen, plan, beeld)
    plan.overdracht = toen.naar, toen.van
    return plan


def _weer_uiteen(toen: b.SamenvoegenPersonen, plan: Plan, beeld: Beeld) -> Plan | Afkeuring:
    if toen.gaat_op in beeld.eigen or personen.gaat_op_in([toen.gaat_op]).get(toen.gaat_op) != toen.blijft:
        return Afkeuring(NIET_GEVONDEN, {"personen": [toen.gaat_op]})
    if nieuwer := _sindsdien(toen.blijft, plan.herroept or 0):
        return Afkeuring(NIET_GEVONDEN, {"veranderd": nieuwer})
    plan.uiteen = toen.gaat_op
    return plan


def _weer_samen(toen: b.SplitsenPersoon, plan: Plan, beeld: Beeld) -> Plan | Afkeuring:
    if toen.nieuw not in beeld.eigen:
        return Afkeuring(NIET_GEVONDEN, {"personen": [toen.nieuw]})
    houdt = set(beeld.geldend[toen.nieuw].values()) - set(plan.sluit)
    if not houdt and _was_opgegaan(toen.nieuw, toen.persoon):
        plan.samen = toen.nieuw, toen.persoon
    return plan


def _niet_zelfstandig(ids: Iterable[int], beeld: Beeld) -> list[int]:
    return [id_ for id_ in ids if id_ not in beeld.eigen]


def _zonder_nummers(aggregaat: Any) -> Any:
    if isinstance(aggregaat, Persoon):
        return structs.replace(aggregaat, burgerservicenummer=None, onderwijsnummer=None)
    return aggregaat


_PLEKKEN = f"""
SELECT v.id, v.persoon_id, v.soort, v.instelling, v.sleutel, v.inhoud::text, {BIJZONDER_VAN_VERSIE}
FROM register_versie v
"""  # noqa: S608 - parts of these files


def _plekken(voorwaarde: str, waarden: list[Any]) -> dict[int, Plek]:
    """Return versions with what they hold, by id."""
    with cursor() as sql:
        sql.execute(
            f"{_PLEKKEN} WHERE {voorwaarde} ORDER BY v.id",
            waarden,
        )
        return {
            rij[0]: Plek(rij[1], Sleutel(Soort(rij[2]), rij[3], rij[4]), lees_aggregaat(rij[2], *rij[5:]))
            for rij in sql
        }


def _laatste_persoonsgegevens(persoon: int) -> list[Plek]:
    """Return the person's own data as they were before the merge."""
    gesloten = _plekken(
        "v.id = (SELECT max(id) FROM register_versie WHERE persoon_id = %s AND soort = 'persoon')", [persoon]
    )
    return list(gesloten.values())


def _is_betrokken(persoon: int, instelling: str) -> bool:
    with cursor() as sql:
        sql.execute(
            "SELECT 1 FROM register_betrokkenheid WHERE persoon_id = %s AND instelling = %s",
            [persoon, instelling],
        )
        return sql.fetchone() is not None


def _was_opgegaan(nieuw: int, persoon: int) -> bool:
    """Tell whether a merge of the one into the other was never undone: then only a split took them apart."""
    with cursor() as sql:
        sql.execute(
            "SELECT 1 FROM register_melding m WHERE m.persoon_id = %s AND m.soort = 'SamenvoegenPersonen'"
            " AND m.aanvaard AND m.inhoud ->> 'gaat_op' = %s::text AND NOT EXISTS (SELECT 1 FROM register_melding h"
            " WHERE h.persoon_id = m.persoon_id AND h.soort = 'HerroepenMelding' AND h.aanvaard"
            " AND h.inhoud ->> 'melding' = m.uuid::text) LIMIT 1",
            [persoon, str(nieuw)],
        )
        return sql.fetchone() is not None


def _sindsdien(persoon: int, melding: int) -> int:
    """Return how many records of a person, but for the own data, came or went after a melding: whose are those?"""
    with cursor() as sql:
        sql.execute(
            "SELECT count(DISTINCT v.id) FROM register_versie v"
            " JOIN register_melding m ON m.id IN (v.melding_van, v.melding_tot)"
            " WHERE v.persoon_id = %s AND v.soort <> 'persoon'"
            " AND m.transactie > (SELECT transactie FROM register_melding WHERE id = %s)",
            [persoon, melding],
        )
        (aantal,) = sql.fetchone() or (0,)
    return int(aantal)
