"""Time as the register knows it: half-open periods, studiejaren, teldata and dates that are only partly known.

Nothing in this package asks what day it is: the peildatum is always an argument.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NewType

from msgspec import Struct

OPEN = date.max
"""The end of a period that has no end yet. Ends are exclusive unless a name says otherwise."""

DAG = timedelta(days=1)

AANLOOP = timedelta(days=90)
"""How long before a studiejaar its control window begins (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06)."""

EERSTE_DAG = date(1900, 8, 1)
"""The first day that something can be asked about: that of the earliest studiejaar."""

OnvolledigeDatum = NewType("OnvolledigeDatum", str)
"""A date as ``jjjj-mm-dd`` of which the day, the month or even the year may be unknown (``00``).

Source: PvE MBO-instelling 13.5.2 to 13.5.4. Kept as text because no calendar date can hold it; text of this form
also sorts in the order of time.
"""


class Periode(Struct, frozen=True, gc=False):
    """A stretch of days: ``begin`` belongs to it, ``eind`` no longer does."""

    begin: date
    eind: date = OPEN

    def __contains__(self, dag: date) -> bool:
        return self.begin <= dag < self.eind


class Studiejaar(Struct, frozen=True, order=True, gc=False):
    """A school year: 1 August of ``start`` up to and including 31 July of the next year (WEB 1.1.1)."""

    start: int

    @classmethod
    def van(cls, dag: date) -> Studiejaar:
        """Return the studiejaar in which a day lies."""
        return cls(dag.year if dag.month >= 8 else dag.year - 1)

    @classmethod
    def lees(cls, tekst: str) -> Studiejaar:
        """Read ``2025-2026`` (as in an OBO) or ``2025``.

        Raises:
            ValueError: the text is not a year, or the two years do not follow each other.
        """
        eerste, _, tweede = tekst.partition("-")
        start = int(eerste)
        if not EERSTE_DAG.year <= start <= 2999 or (tweede and int(tweede) != start + 1):
            raise ValueError(f"{tekst!r} is geen studiejaar: verwacht bijvoorbeeld 2025-2026")
        return cls(start)

    def __str__(self) -> str:
        return f"{self.start}-{self.start + 1}"

    @property
    def begin(self) -> date:
        """First day."""
        return date(self.start, 8, 1)

    @property
    def eind(self) -> date:
        """First day of the next studiejaar (exclusive end)."""
        return date(self.start + 1, 8, 1)

    @property
    def teldata(self) -> tuple[date, date]:
        """The two counting dates of the funding: 1 October and 1 February (Uitvoeringsbesluit WEB 2.2.2)."""
        return date(self.start, 10, 1), date(self.start + 1, 2, 1)

    @property
    def controlevenster(self) -> Periode:
        """The days the kwaliteitscontrole looks at: the studiejaar and the 90 days before it."""
        return Periode(self.begin - AANLOOP, self.eind)


def dagen_na(dag: date, aantal: int) -> date:
    """Return the day ``aantal`` days later (or earlier, when negative), within the calendar's own bounds."""
    try:
        return dag + timedelta(days=aantal)
    except OverflowError:
        return OPEN if aantal > 0 else date.min


def jaren_na(dag: date, aantal: int) -> date:
    """Return the same day ``aantal`` years later; 29 February becomes 1 March in a year that lacks it."""
    jaar = dag.year + aantal
    if jaar > OPEN.year:
        return OPEN
    try:
        return dag.replace(year=jaar)
    except ValueError:
        return date(jaar, 3, 1)


def maanden_na(dag: date, aantal: int) -> date:
    """Return the same day of the month ``aantal`` months later, or the last day of a shorter month."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    if jaar > OPEN.year:
        return OPEN
    laatste = volgende_maand(date(jaar, maand + 1, 1)) - DAG if (jaar, maand) != (OPEN.year, 11) else OPEN
    return date(jaar, maand + 1, min(dag.day, laatste.day))


def volgende_maand(dag: date) -> date:
    """Return the first day of the month after the one in which ``dag`` lies."""
    if (dag.year, dag.month) == (OPEN.year, 12):
        return OPEN
    return date(dag.year + dag.month // 12, dag.month % 12 + 1, 1)


def is_onvolledige_datum(tekst: str) -> bool:
    """Tell whether a text is a date of which a tail (day; day and month; all) may be ``00``."""
    if len(tekst) != 10 or tekst[4] != "-" or tekst[7] != "-":
        return False
    try:
        date.fromisoformat(tekst)
        return True
    except ValueError:
        pass
    jaar, maand, dag = tekst[:4], tekst[5:7], tekst[8:]
    if dag != "00" or not (jaar.isascii() and jaar.isdigit() and maand.isascii() and maand.isdigit()):
        return False
    return maand == "00" or (jaar != "0000" and maand <= "12")


def vroegst(datum: OnvolledigeDatum) -> date:
    """Return the first calendar day that a partly known date can be."""
    try:
        return date.fromisoformat(datum)
    except ValueError:
        jaar, maand = int(datum[:4]), int(datum[5:7])
        return date(jaar, maand or 1, 1) if jaar else date.min


def laatst(datum: OnvolledigeDatum) -> date:
    """Return the last calendar day that a partly known date can be."""
    try:
        return date.fromisoformat(datum)
    except ValueError:
        jaar, maand = int(datum[:4]), int(datum[5:7])
        if not jaar:
            return date.max
        return volgende_maand(date(jaar, maand or 12, 1)) - DAG


def kan_gelden(
    van: OnvolledigeDatum, tot: OnvolledigeDatum | None, eerste_dag: date, laatste_dag: date
) -> bool:
    """Tell whether what holds from ``van`` until ``tot`` (exclusive) can hold on some day of a stretch.

    Of a date that is partly unknown every day counts that it can be; one that is no date at all may be any day.
    """
    begin = vroegst(van) if is_onvolledige_datum(van) else date.min
    eind = laatst(tot) if tot is not None and is_onvolledige_datum(tot) else OPEN
    return begin <= laatste_dag and (eind == OPEN or (eerste_dag < eind and begin < eind))


def leeftijd(geboren: date, op: date) -> int:
    """Return the age in whole years on a day."""
    return op.year - geboren.year - ((op.month, op.day) < (geboren.month, geboren.day))
