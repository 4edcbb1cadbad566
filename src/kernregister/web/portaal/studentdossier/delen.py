"""What a screen of a dossier is made of: blocks of fields, tables of lines, and words where there is nothing.

The screens are lists of these, in the manual's order and with its labels; one template shows them all. Whoever makes
them writes through a `Schrijver`, which knows the language and what codes stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from django import template
from msgspec import Struct, structs

from kernregister.kern.gegevens import Gegevens, Soort
from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.sleutels import GEHEIM
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.taal import Taal, in_taal
from kernregister.web.portaal.templatetags import portaal as tags

LEEG = "–"
"""Stands where a field is not filled."""


class Veld(Struct, frozen=True):
    """A field: its label and its value, as people read it."""

    label: str
    waarde: str


class Deel(Struct, frozen=True):
    """A part of a screen."""

    sjabloon: ClassVar[str]

    titel: str
    niveau: int = 2
    """Of its heading: 2 or 3."""
    id: str = ""
    """By which an address can point to it."""


class Blok(Deel, frozen=True):
    """Fields with their values."""

    sjabloon: ClassVar[str] = "portaal/studentdossier/delen/blok.html"

    velden: tuple[Veld, ...] = ()
    acties: tuple[tuple[str, str], ...] = ()
    """What can be done with it: what a link says, and where it leads."""


class Rij(Struct, frozen=True):
    """A line of a table; with an address it leads to the details."""

    cellen: tuple[str, ...]
    adres: str = ""
    gekozen: bool = False


class Tabel(Deel, frozen=True):
    """Lines under each other."""

    sjabloon: ClassVar[str] = "portaal/studentdossier/delen/tabel.html"

    koppen: tuple[str, ...] = ()
    rijen: tuple[Rij, ...] = ()


class Uitleg(Deel, frozen=True):
    """Words: why something is not there, or what is to be known of it."""

    sjabloon: ClassVar[str] = "portaal/studentdossier/delen/uitleg.html"

    tekst: str = ""
    soort: str = ""
    """``info`` or ``warning``: a message that catches the eye; empty: nothing is there."""


class Schrijver:
    """Writes values as people read them: in their language, and with the name beside a code."""

    def __init__(
        self, bezoek: Bezoek, gegevens: Gegevens, namen: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        self.taal: Taal = bezoek.taal
        self.gegevens = gegevens
        self.namen = namen or {}
        self._context = template.Context({"bezoek": bezoek})

    def tekst(self, nl: str, en: str) -> str:
        """Return a text in the language of the page."""
        return in_taal(Tekst(nl, en), self.taal)

    def dag(self, dag: date | datetime | str | None) -> str:
        """Return a day as ``dd-mm-jjjj``, as far as it is known."""
        return tags.datum(self._context, dag, kort=True)

    def ja_nee(self, waarde: bool | None) -> str:
        """Return J or N in words; what is not filled is a dash."""
        if waarde is None:
            return LEEG
        return self.tekst("Ja", "Yes") if waarde else self.tekst("Nee", "No")

    def cijfer(self, waarde: Decimal | int | None) -> str:
        """Return a mark, with a comma where the language has one."""
        if waarde is None:
            return LEEG
        return str(waarde) if self.taal == "en" else str(waarde).replace(".", ",")

    def code(self, lijst: str, code: str | None) -> str:
        """Return a code of a list of the reference data with its name beside it."""
        if not code:
            return LEEG
        naam = self.namen.get((lijst, code), "")
        if lijst == "opleidingen" and code in self.gegevens.opleidingen:
            naam = self.gegevens.opleidingen[code].naam or naam
        return f"{code} – {naam}" if naam else code

    def naam(self, lijst: str, code: str | None) -> str:
        """Return the name that goes with a code, or the code where it has none."""
        return self.namen.get((lijst, code or "")) or code or LEEG

    def waarde(self, lijst: str, code: str | None) -> str:
        """Return a value of a value list of the register with its meaning beside it."""
        if not code:
            return LEEG
        bekend = WAARDELIJSTEN[lijst].waarden.get(code)
        return f"{code} – {bekend.en if self.taal == 'en' else bekend.nl}" if bekend else code

    def niveau(self, niveau: str | None, opleidingcode: str | None) -> str:
        """Return a level, or that of the programme where none was registered."""
        opleiding = self.gegevens.opleidingen.get(opleidingcode or "")
        return self.waarde("niveau", niveau or (opleiding.niveau if opleiding else None))

    def instelling(self, code: str | None) -> str:
        """Return the code and name of an institution."""
        if not code or code == GEHEIM:
            return code or LEEG
        bekend = self.gegevens.instellingen.get(code)
        school = self.namen.get(("vo_scholen", code)) or self.namen.get(("vso_scholen", code), "")
        naam = (bekend.naam if bekend else "") or school
        return f"{code} – {naam}" if naam else code

    def instelling_met_soort(self, code: str | None) -> str:
        """Return the code and name of an institution and whether it is funded."""
        if not code or code == GEHEIM:
            return code or LEEG
        bi = self.gegevens.soort_van(code) is Soort.BI
        soort = self.tekst("Bekostigd", "Funded") if bi else self.tekst("Niet-bekostigd", "Not funded")
        return f"{self.instelling(code)} – {soort}"

    def velden(self, *paren: tuple[str, str, str]) -> tuple[Veld, ...]:
        """Return fields from their Dutch label, English label and value."""
        return tuple(Veld(self.tekst(nl, en), waarde or LEEG) for nl, en, waarde in paren)

    def koppen(self, *paren: tuple[str, str]) -> tuple[str, ...]:
        """Return the heads of columns."""
        return tuple(self.tekst(nl, en) for nl, en in paren)


def aaneen(delen: Iterable[Iterable[Deel]]) -> list[Deel]:
    """Return the parts of several screens under each other; nothing points to them, for they may repeat."""
    return [structs.replace(deel, id="") for scherm in delen for deel in scherm]
