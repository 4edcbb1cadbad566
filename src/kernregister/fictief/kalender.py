"""The days the fictitious sector lives by, all derived from the peildatum."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

from kernregister.kern.tijd import OPEN, Periode, Studiejaar, dagen_na

PEILDATUM: Final = date(2026, 3, 1)
"""The day on which the files are made, unless another is asked for: both teldata of the studiejaar have passed."""

EERSTE: Final = date(2023, 10, 1)
LAATSTE: Final = date(2040, 7, 31)


class Kalender(Struct, frozen=True):
    """Peildatum, studiejaar and the period that the deliveries cover: the studiejaar and the one before it."""

    peildatum: date
    jaar: int
    van: date
    tot_en_met: date
    venster: Periode
    """The control window of the studiejaar."""
    teldata: tuple[date, ...]
    """The teldata of the studiejaar that have come."""
    starts: dict[int, tuple[date, ...]]
    """Studiejaar -> days on which students begin, most of them on the first."""
    verhuisdag: date
    """The day on which one location of each institution moved."""

    @classmethod
    def voor(cls, peildatum: date) -> Kalender:
        """Return the calendar of a peildatum.

        Raises:
            ValueError: the shapes of the sector do not hold on that day.
        """
        if not EERSTE <= peildatum <= LAATSTE:
            raise ValueError(f"de fictieve sector kan een peildatum van {EERSTE} tot en met {LAATSTE} aan")
        studiejaar = Studiejaar.van(peildatum)
        jaar = studiejaar.start
        return cls(
            peildatum,
            jaar,
            date(jaar - 1, 8, 1),
            dagen_na(studiejaar.eind, -1),
            studiejaar.controlevenster,
            tuple(dag for dag in studiejaar.teldata if dag <= peildatum),
            {start: _starts(start, peildatum) for start in range(jaar - 9, jaar + 1)},
            date(jaar, 1, 1),
        )


def _starts(jaar: int, peildatum: date) -> tuple[date, ...]:
    eerste = date(jaar, 8, 1)
    anders = (date(jaar, 8, 25), date(jaar, 9, 1), date(jaar, 11, 1), date(jaar + 1, 2, 1))
    return (*[eerste] * 9, *(dag for dag in anders if dagen_na(dag, 30) <= peildatum))


def inclusief(periode: Periode) -> date | None:
    """Return the last day of a period, or None when it has no end."""
    return None if periode.eind == OPEN else dagen_na(periode.eind, -1)
