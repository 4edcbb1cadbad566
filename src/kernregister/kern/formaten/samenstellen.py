"""Putting the records of one person together: children under their enrolment, parts under their diploma."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from kernregister.kern.formaten.verslag import Verslag

Wie = tuple[str | None, str | None]
"""Burgerservicenummer and onderwijsnummer of a record; one of the two is filled."""

JN = {"J": True, "N": False, None: None}
NJ: dict[bool | None, Any] = {True: "J", False: "N", None: None}


class Ouders:
    """The parents of one sort (enrolments, or diplomas) of a person, each with its children.

    A child goes to the last parent of its number that came before it, so that a number used twice loses nothing; a
    child that comes before its parent waits for it; one without any parent is reported and left out.

    Args:
        verslag: collects what there is to say.
        soort: recordsoort of the parents, for the messages.
        naam: what the parents are called, for the messages.
        lijsten: how many lists of children a parent has.
    """

    __slots__ = ("_laatste", "_lijsten", "_naam", "_rijen", "_soort", "_verslag", "_wachtend")

    def __init__(self, verslag: Verslag, soort: str, naam: str, lijsten: int) -> None:
        self._verslag = verslag
        self._soort = soort
        self._naam = naam
        self._lijsten = lijsten
        self._rijen: list[list[Any]] = []
        self._laatste: dict[Hashable, list[Any]] = {}
        self._wachtend: list[tuple[Hashable, int, Any, str]] = []

    def ouder(self, sleutel: Hashable, record: Any) -> None:
        """Add a parent."""
        if sleutel in self._laatste:
            self._verslag.opmerking(
                "volgnummer_dubbel",
                f"Een persoon heeft meer dan één {self._naam} ({self._soort}) met hetzelfde volgnummer. Wat eronder "
                "hoort, is gezet bij de laatste die ervoor staat.",
                recordsoort=self._soort,
            )
        rij: list[Any] = [record]
        for _ in range(self._lijsten):
            rij.append([])
        self._rijen.append(rij)
        self._laatste[sleutel] = rij

    def kind(self, sleutel: Hashable, plaats: int, kind: Any, soort: str) -> None:
        """Add a child to list ``plaats`` (from 1) of its parent."""
        rij = self._laatste.get(sleutel)
        if rij is None:
            self._wachtend.append((sleutel, plaats, kind, soort))
        else:
            rij[plaats].append(kind)

    def rijen(self) -> list[list[Any]]:
        """Return the parents, each with its lists of children, when all records have been seen."""
        # Backwards and in front: what waited came before what did not.
        for sleutel, plaats, kind, soort in reversed(self._wachtend):
            rij = self._laatste.get(sleutel)
            if rij is not None:
                rij[plaats].insert(0, kind)
                continue
            ouder = f"{self._naam} ({self._soort})"
            self._verslag.fout(
                "ouder_ontbreekt",
                f"{soort}-records horen bij een {ouder} zonder leesbaar record; ze zijn overgeslagen.",
                recordsoort=soort,
                verwacht=f"een {ouder} met hetzelfde volgnummer",
            )
        self._wachtend.clear()
        return self._rijen


def meld_twee_nummers(verslag: Verslag) -> None:
    """Say that a person is named by both numbers, where a delivery has one of the two."""
    verslag.opmerking(
        "twee_nummers",
        "Personen met een burgerservicenummer én een onderwijsnummer; in een levering staat er een van beide. Gelezen "
        "als aangeleverd op het burgerservicenummer.",
        recordsoort="PER",
    )
