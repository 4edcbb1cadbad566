"""What must hold of a register whatever was killed: looked at in the tables, beside what the clients hold in hand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections
from msgspec import structs

from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.toepassen import (
    Mutatie,
    Mutaties,
    Sleutel,
    Soort,
    pas_toe,
    sleutel_van,
    voer_door,
)
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.kwaliteit.opzet import open_in_tabel, verse_sweep


class Bevestigd(NamedTuple):
    """A melding with the answer that its client got."""

    melding: b.Melding
    aanvaard: bool
    persoon: int | None


Boek = Mapping[UUID, Bevestigd]
"""All that clients sent and got an answer to."""

TERUGBLIKKEN = 10
"""Stands at which all dossiers are looked at again, as they were then."""

_MAG_NIET = {
    "versies zonder de aanvaarde melding die ze maakte": """
        SELECT v.id FROM register_versie v LEFT JOIN register_melding m ON m.id = v.melding_van
        WHERE m.id IS NULL OR NOT m.aanvaard OR m.persoon_id IS DISTINCT FROM v.persoon_id""",
    "versies, gesloten door een melding die er niet is": """
        SELECT v.id FROM register_versie v LEFT JOIN register_melding m ON m.id = v.melding_tot
        WHERE v.melding_tot IS NOT NULL AND (m.id IS NULL OR NOT m.aanvaard)""",
    "versies die half gesloten zijn": """
        SELECT id FROM register_versie WHERE (melding_tot IS NULL) <> (vervallen_op IS NULL)""",
    "aggregaten met meer dan een geldende versie": """
        SELECT min(id) FROM register_versie WHERE melding_tot IS NULL
        GROUP BY persoon_id, soort, instelling, sleutel HAVING count(*) > 1""",
    "meldingen die een aggregaat twee keer vastlegden": """
        SELECT melding_van FROM register_versie GROUP BY melding_van, persoon_id, soort, instelling, sleutel
        HAVING count(*) > 1""",
    "versies die bij een stand gelden naast een andere van hetzelfde aggregaat": """
        SELECT id FROM (
            SELECT v.id, van.nummer AS van, tot.nummer AS tot,
                lag(coalesce(tot.nummer, 'infinity'::float8)) OVER sleutel AS vorige
            FROM register_versie v JOIN register_stand van ON van.melding_id = v.melding_van
            LEFT JOIN register_stand tot ON tot.melding_id = v.melding_tot
            WINDOW sleutel AS (PARTITION BY v.persoon_id, v.soort, v.instelling, v.sleutel ORDER BY van.nummer)
        ) AS reeks WHERE vorige > van OR tot <= van""",
    "bijzondere delen zonder hun versie": """
        SELECT b.id FROM register_bijzonderdeel b LEFT JOIN register_versie v ON v.id = b.versie_id
        WHERE v.id IS NULL OR v.persoon_id <> b.persoon_id OR v.instelling <> b.instelling""",
    "geldende versies van een instelling die niet bij de persoon betrokken is": """
        SELECT v.id FROM register_versie v LEFT JOIN register_betrokkenheid e USING (persoon_id, instelling)
        WHERE v.melding_tot IS NULL AND v.instelling <> '' AND e.id IS NULL""",
    "personen zonder nummer": """
        SELECT p.id FROM personen_persoon p LEFT JOIN personen_nummer n ON n.persoon_id = p.id
        WHERE n.id IS NULL""",
    "aanvaarde meldingen zonder stand": """
        SELECT m.id FROM register_melding m LEFT JOIN register_stand s ON s.melding_id = m.id
        WHERE m.aanvaard AND s.nummer IS NULL""",
    "standen zonder aanvaarde melding": """
        SELECT s.nummer FROM register_stand s LEFT JOIN register_melding m ON m.id = s.melding_id
        WHERE m.id IS NULL OR NOT m.aanvaard""",
    "standen na een gat, of met een moment voor dat van de vorige": """
        SELECT nummer FROM (
            SELECT nummer, row_number() OVER (ORDER BY nummer) AS plaats, moment,
                lag(moment) OVER (ORDER BY nummer) AS vorige
            FROM register_stand
        ) AS rij WHERE nummer <> plaats OR moment < vorige""",
    "signalen, geopend of gesloten door een melding die er niet is": """
        SELECT s.id FROM kwaliteit_signaal s WHERE EXISTS (
            SELECT 1 FROM unnest(ARRAY[s.geopend_door, s.gesloten_door]) AS door (id)
            WHERE door.id IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM register_melding m WHERE m.id = door.id AND m.aanvaard))""",
}
"""What must not be there -> where it shows."""


def gebreken(boek: Boek, bron: Mapping[str, Persoon], dag: date) -> list[str]:
    """Return all that is wrong with the register, in words; nothing when it is as it should be.

    Args:
        boek: what the clients sent and got answers to.
        bron: number -> what the source of person data says.
        dag: the day on which signals are judged.
    """
    register.stand()
    uit = [*_journaal(boek)]
    for wat, vraag in _MAG_NIET.items():
        if gevonden := _vraag(vraag):
            uit.append(_zeg(wat, [id_ for (id_,) in gevonden]))
    uit += _dossiers(boek, bron)
    toen, nu = open_in_tabel(), verse_sweep(dag)
    if anders := (toen - nu) + (nu - toen):
        uit.append(
            _zeg("personen met andere signalen dan een verse sweep", {persoon for persoon, _ in anders})
        )
    return uit


def _journaal(boek: Boek) -> Iterator[str]:
    rijen = _vraag("SELECT uuid, aanvaard, persoon_id FROM register_melding")
    keren = Counter(uuid for uuid, *_ in rijen)
    yield from _als("bevestigde meldingen die niet in het journaal staan", boek.keys() - keren.keys())
    yield from _als("meldingen die niemand stuurde", keren.keys() - boek.keys())
    yield from _als("meldingen die meer keren in het journaal staan", [u for u, n in keren.items() if n > 1])
    anders = [u for u, *antwoord in rijen if u in boek and antwoord != [boek[u].aanvaard, boek[u].persoon]]
    yield from _als("meldingen met een ander antwoord dan de klant kreeg", anders)


class _Model:
    """The register as it would be in memory: what was accepted, applied one after the other."""

    def __init__(self, bron: Mapping[str, Persoon]) -> None:
        self.bron = bron
        self.dossiers: dict[int, Dossier] = {}
        self.versies: Counter[tuple[Any, ...]] = Counter()
        """Person, key, the melding that made it and the one that ended it; of what ended."""
        self.geldend: dict[tuple[int, Sleutel], int] = {}
        """Person and key -> the melding that made what holds."""

    def pas_toe(self, id_: int, melding: Any, persoon: int) -> None:
        """Apply a melding.

        Raises:
            AttributeError: what it changes is not there.
        """
        voor = self.dossiers.get(persoon) or Dossier(_alleen_nummers(self.bron[melding.pgn]))
        mutaties = self._mutaties(voor, melding)
        self.dossiers[persoon] = voer_door(voor, mutaties)
        for mutatie in mutaties:
            plek = persoon, mutatie.sleutel
            if plek in self.geldend:
                self.versies[*plek, self.geldend.pop(plek), id_] += 1
            if mutatie.na is not None:
                self.geldend[plek] = id_

    def alle_versies(self) -> Counter[tuple[Any, ...]]:
        """Return all versions; what holds has no melding that ended it."""
        return self.versies + Counter((*plek, van, None) for plek, van in self.geldend.items())

    def _mutaties(self, dossier: Dossier, melding: Any) -> Mutaties:
        if not isinstance(melding, b.AanleverenIdentificatiePersoon):
            return pas_toe(dossier, melding)[1]
        voor = _zonder_nummers(dossier.persoon)
        na = _zonder_nummers(self.bron[melding.pgn])
        return (Mutatie(sleutel_van(na), voor, na),) if voor != na else ()


_AANVAARD = """
SELECT s.nummer, m.id, m.uuid FROM register_stand s JOIN register_melding m ON m.id = s.melding_id ORDER BY s.nummer
"""
_VERSIES = "SELECT persoon_id, soort, instelling, sleutel, melding_van, melding_tot FROM register_versie"


def _dossiers(boek: Boek, bron: Mapping[str, Persoon]) -> Iterator[str]:
    """Apply what was accepted in a plain way, in the order of the stand, and look where the register differs."""
    model = _Model(bron)
    aanvaard = [(stand, id_, boek[uuid]) for stand, id_, uuid in _vraag(_AANVAARD) if uuid in boek]
    terug_te_kijken = {stand for stand, *_ in aanvaard[:: max(1, len(aanvaard) // TERUGBLIKKEN)]}
    for stand, id_, (melding, _, persoon) in aanvaard:
        if persoon is None:
            continue
        try:
            model.pas_toe(id_, melding, persoon)
        except AttributeError:
            yield f"melding {melding.id} is aanvaard, en waar zij naar verwijst was er toen niet"
        if stand in terug_te_kijken:
            yield from _verschil(f" bij stand {stand}", model, dict(register.dossiers(stand=stand)))
    yield from _verschil("", model, dict(register.dossiers()))
    is_ = Counter(
        (persoon, Sleutel(Soort(soort), instelling, nummer), van, tot)
        for persoon, soort, instelling, nummer, van, tot in _vraag(_VERSIES)
    )
    anders = (is_ - model.alle_versies()) + (model.alle_versies() - is_)
    yield from _als("versies te veel of te weinig, gemaakt door melding", {van for *_, van, _ in anders})


def _verschil(wanneer: str, model: _Model, is_: Mapping[int, Dossier]) -> Iterator[str]:
    anders = [
        wie
        for wie in model.dossiers.keys() | is_.keys()
        if is_.get(wie) != model.dossiers.get(wie) and not (wanneer and _is_leeg(is_.get(wie), wie, model))
    ]
    yield from _als(f"personen met een ander dossier dan hun meldingen maken{wanneer}", anders)


def _is_leeg(dossier: Dossier | None, wie: int, model: _Model) -> bool:
    """Tell whether nothing was known of a person yet, who is known by number from the first melding on."""
    return wie not in model.dossiers and dossier == Dossier(_alleen_nummers(dossier.persoon))


def _alleen_nummers(persoon: Persoon) -> Persoon:
    return Persoon(persoon.burgerservicenummer, persoon.onderwijsnummer)


def _zonder_nummers(persoon: Persoon) -> Persoon:
    return structs.replace(persoon, burgerservicenummer=None, onderwijsnummer=None)


def _als(wat: str, welke: Iterable[Any]) -> Iterator[str]:
    if welke := list(welke):
        yield _zeg(wat, welke)


def _zeg(wat: str, welke: Iterable[Any]) -> str:
    lijst = sorted(welke)
    return f"{len(lijst)} {wat}: {', '.join(map(str, lijst[:5]))}{' ...' if len(lijst) > 5 else ''}"


def _vraag(vraag: str) -> list[Any]:
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(vraag)
        return cursor.fetchall()
