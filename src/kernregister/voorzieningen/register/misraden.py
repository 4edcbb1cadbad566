"""How often an institution identified a number wrongly on a day: who guesses is stopped before the source is asked.

An RO that takes somebody over with another date of birth or sex than is known counts as such a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from kernregister.kern.meldingen.berichten import OverPersoon
from kernregister.platform.sql import cursor
from kernregister.platform.versleuteling import kluis

MEESTE = 5
"""Wrong answers on one number that an institution may get on a day. A typing error is mended in two or three."""

_Sleutel = tuple[bytes, str]


class Misraden:
    """The wrong identifications of a day, as far as a batch touches them."""

    def __init__(self, dag: date) -> None:
        self._dag = dag
        self._aantal: Counter[_Sleutel] = Counter()
        self._erbij: Counter[_Sleutel] = Counter()

    def lees(self, meldingen: Iterable[OverPersoon]) -> None:
        """Look up what went before for these numbers."""
        sleutels = {_sleutel(melding) for melding in meldingen if melding.pgn}
        if not sleutels:
            return
        with cursor() as sql:
            sql.execute(
                "SELECT zoeksleutel, instelling, aantal FROM register_misidentificatie"
                " WHERE dag = %s AND zoeksleutel = ANY (%s::bytea[])",
                [self._dag, [zoeksleutel for zoeksleutel, _ in sleutels]],
            )
            self._aantal.update({(bytes(rij[0]), rij[1]): rij[2] for rij in sql})

    def te_vaak(self, melding: OverPersoon) -> bool:
        """Tell whether this number was guessed wrongly too often today."""
        return bool(melding.pgn) and self._aantal[_sleutel(melding)] >= MEESTE

    def mislukt(self, melding: OverPersoon) -> None:
        """Count a wrong identification."""
        if melding.pgn:
            self._aantal[_sleutel(melding)] += 1
            self._erbij[_sleutel(melding)] += 1

    def schrijf(self) -> None:
        """Keep what was counted."""
        rijen = sorted(self._erbij.items())
        if not rijen:
            return
        with cursor() as sql:
            sql.executemany(
                "INSERT INTO register_misidentificatie (zoeksleutel, instelling, dag, aantal)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT (zoeksleutel, instelling, dag)"
                " DO UPDATE SET aantal = register_misidentificatie.aantal + excluded.aantal",
                [(zoeksleutel, instelling, self._dag, aantal) for (zoeksleutel, instelling), aantal in rijen],
            )


def _sleutel(melding: OverPersoon) -> _Sleutel:
    return kluis().zoek(melding.pgn), melding.afzender
