"""What appears on a screen: consoles for text and tables, and the progress of long work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

BREEDTE = 110
"""Columns of a text that goes to a file or another program."""

Voortgang = Callable[[int, int | None], None]


def scherm() -> Console:
    """Return the console for output: in colour on a terminal, plain in a pipe.

    What files hold cannot steer the terminal: texts and cells are stripped of such characters.
    """
    from rich.console import Console
    from rich.text import Text

    from kernregister.kern.formaten.verslag import zichtbaar

    class Scherm(Console):
        """A console that shows texts as they are."""

        def render_str(self, text: str, **opmaak: Any) -> Text:
            """Return a text to show."""
            return super().render_str(zichtbaar(text), **opmaak)

    console = Scherm(highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = BREEDTE
    return console


def tabel(*kolommen: str, rechts: tuple[int, ...] = ()) -> Table:
    """Return an empty table; the columns in ``rechts`` hold numbers."""
    from rich import box
    from rich.table import Table

    uit = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for plaats, kolom in enumerate(kolommen):
        if plaats in rechts:
            uit.add_column(kolom, justify="right", no_wrap=True)
        else:
            uit.add_column(kolom, overflow="fold", no_wrap=plaats == 0)
    return uit


def kop(console: Console, tekst: str) -> None:
    """Show a heading."""
    console.print()
    console.print(tekst, style="bold underline")


def punt(*regels: str) -> Table:
    """Return an item of a list: lines that wrap beside their mark."""
    from rich.table import Table

    uit = Table.grid(padding=(0, 1))
    for plaats, regel in enumerate(regels):
        uit.add_row("" if plaats else "-", regel)
    return uit


@contextmanager
def voortgang(wat: str, eenheid: str) -> Iterator[Voortgang]:
    """Show on stderr how far the work is and how fast it goes; nothing where nobody looks."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda gedaan, totaal: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Snelheid(ProgressColumn):
        """Things a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{getal(int(task.speed or 0))} {eenheid}/s")

    class Gedaan(ProgressColumn):
        """Things done, of how many."""

        def render(self, task: Task) -> Text:
            totaal = f" / {getal(int(task.total))}" if task.total else ""
            return Text(f"{getal(int(task.completed))}{totaal}")

    kolommen = (TextColumn("{task.description}"), BarColumn(), Gedaan(), Snelheid(), TimeRemainingColumn())
    with Progress(*kolommen, console=Console(stderr=True), transient=True) as balk:
        taak = balk.add_task(wat, total=None)
        yield lambda gedaan, totaal: balk.update(taak, completed=gedaan, total=totaal)


def getal(aantal: int) -> str:
    """Return a number as one writes it in Dutch: 12.345."""
    return f"{aantal:,}".replace(",", ".")


def komma(getal_: float) -> str:
    """Return a number with one decimal as one writes it in Dutch: 2,5."""
    return f"{getal_:.1f}".replace(".", ",")
