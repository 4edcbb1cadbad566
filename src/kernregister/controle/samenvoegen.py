"""Bringing together what several deliveries hold of one person, while all are read once, side by side."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from msgspec import structs

from kernregister.controle.stamgegevens import Deelnames, Personen
from kernregister.kern.dossier import Diploma, Dossier, Inschrijving, Onderdeel

Volgorde = tuple[bool, str]
"""Place of a person in a delivery: those with a burgerservicenummer first, each kind ascending (PvE 15.3)."""

T = TypeVar("T", Inschrijving, Diploma, Onderdeel)


def volgorde(dossier: Dossier) -> Volgorde:
    """Return the place of a dossier in the order of deliveries."""
    nummer = dossier.persoon.burgerservicenummer
    if nummer:
        return False, nummer.rjust(9, "0")
    return True, (dossier.persoon.onderwijsnummer or "").rjust(9, "0")


def voeg_samen(stromen: list[Iterable[Dossier]]) -> Iterator[Dossier]:
    """Give one dossier a person out of ordered streams; of a record that comes twice, the first stream's is kept."""
    if len(stromen) == 1:
        yield from stromen[0]
        return
    for _, zelfde in groupby(heapq.merge(*stromen, key=volgorde), key=volgorde):
        yield combineer(list(zelfde))


def combineer(dossiers: list[Dossier]) -> Dossier:
    """Return one dossier out of several of the same person."""
    eerste = dossiers[0]
    if len(dossiers) == 1:
        return eerste
    return Dossier(
        eerste.persoon,
        _uniek(i for d in dossiers for i in d.inschrijvingen),
        _uniek(r for d in dossiers for r in d.diplomas),
        _uniek(r for d in dossiers for r in d.losse_resultaten),
        tuple(dict.fromkeys(n for d in dossiers for n in d.deelnames)),
    )


def _uniek(records: Iterable[T]) -> tuple[T, ...]:
    eerst: dict[object, T] = {}
    for record in records:
        nummer = (
            record.inschrijvingvolgnummer if isinstance(record, Inschrijving) else record.resultaatvolgnummer
        )
        eerst.setdefault((type(record), record.instelling, nummer), record)
    return tuple(eerst.values())


class Verrijking:
    """Adds to a dossier what is known besides the deliveries: the person's data and enrolments outside mbo."""

    def __init__(self, personen: Personen, deelnames: Deelnames) -> None:
        self.personen = personen
        self.deelnames = deelnames

    def verrijk(self, dossier: Dossier) -> Dossier:
        """Return the dossier with all that is known of the person."""
        persoon = dossier.persoon
        bekend = self.personen.get(persoon.pgn)
        if bekend is not None:
            persoon = structs.replace(
                persoon,
                burgerservicenummer=persoon.burgerservicenummer or bekend.burgerservicenummer,
                onderwijsnummer=persoon.onderwijsnummer or bekend.onderwijsnummer,
                achternaam=bekend.achternaam,
                datum_overlijden=bekend.datum_overlijden or persoon.datum_overlijden,
            )
        nummers = filter(None, (persoon.burgerservicenummer, persoon.onderwijsnummer))
        deelnames = [d for nummer in nummers for d in self.deelnames.get(nummer, ())]
        if bekend is None and not deelnames:
            return dossier
        alle = tuple(dict.fromkeys((*dossier.deelnames, *deelnames)))
        return structs.replace(dossier, persoon=persoon, deelnames=alle)
