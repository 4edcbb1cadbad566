"""What a template shows of a form: blocks with fields, and lists of blocks that can grow and shrink."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from kernregister.web.portaal.formulieren.keuzes import Keuze


class Fout(Struct, frozen=True):
    """What is wrong with a field, or with the form as a whole. ``regel`` is the rule that says so; empty: its form."""

    tekst: str
    advies: str = ""
    regel: str = ""


Waarden = dict[str, str]
"""What is in a form: name of a field -> what was typed."""

Fouten = dict[str, list[Fout]]
"""Name of a field or group -> what is wrong there; under an empty name, of the form as a whole."""


class Invoerveld(Struct, frozen=True, kw_only=True):
    """A field as it is shown."""

    naam: str
    label: str
    soort: str
    waarde: str
    verplicht: bool
    hulp: str = ""
    betekenis: str = ""
    """What the code in it stands for."""
    keuzes: tuple[Keuze, ...] = ()
    lijst: str = ""
    """The list of the reference data that suggestions come from."""
    dag: str = ""
    """Name of the field with the day on which a suggestion must hold; empty: of any day."""
    fouten: tuple[Fout, ...] = ()

    wat: str = "veld"


class Blok(Struct, frozen=True, kw_only=True):
    """A group of fields as it is shown. ``weg``: the value of the button that takes it away; empty: it stays."""

    naam: str
    titel: str
    uitleg: str = ""
    delen: tuple[Any, ...] = ()
    vouw: tuple[Any, ...] = ()
    """What is folded in."""
    vouw_open: bool = False
    fouten: tuple[Fout, ...] = ()
    verborgen: tuple[tuple[str, str], ...] = ()
    """Names and values that go along unseen."""
    weg: str = ""
    autofocus: bool = False

    wat: str = "blok"


class Blokkenlijst(Struct, frozen=True, kw_only=True):
    """A list of groups as it is shown. ``erbij``: value and label of each button that adds one."""

    naam: str
    titel: str
    uitleg: str = ""
    rijen: tuple[Blok, ...] = ()
    erbij: tuple[tuple[str, str], ...] = ()
    fouten: tuple[Fout, ...] = ()

    wat: str = "lijst"
