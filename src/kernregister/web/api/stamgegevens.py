"""Reference data to read: which lists there are and how current, and the rows of one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from kernregister.voorzieningen.stamgegevens import public as stam
from kernregister.web.api import cursors
from kernregister.web.api.paginas import Cursor
from kernregister.web.api.problemen import Fout
from kernregister.web.api.routes import Antwoord, Verzoek, route

Peildatum = Annotated[date, Meta(description="alleen wat op deze dag geldt")]


class Lijststand(Struct, frozen=True):
    """A list as it stands in the active version."""

    lijst: str
    aantal: int
    actueel: bool
    """The list of today; a code that it lacks does not exist."""
    stand_op: date | None
    bron: str


class Stamgegevens(Struct, frozen=True):
    """The active version of the reference data, and since when."""

    versie: int
    geactiveerd_op: datetime | None
    lijsten: list[Lijststand]


@route(
    "stamgegevens",
    "GET",
    "/stamgegevens",
    titel=("Welke stamgegevens er zijn", "Which reference data there are"),
    groep="Stamgegevens",
    antwoord=Stamgegevens,
)
def stamgegevens(verzoek: Verzoek) -> Antwoord:
    """The lists of the active version, with their source."""
    lijsten, versies = stam.overzicht()
    actief = next((versie for versie in versies if versie.actief), None)
    return Antwoord(
        Stamgegevens(
            stam.versie(),
            actief.geactiveerd_op if actief else None,
            [Lijststand(*(getattr(een, veld) for veld in Lijststand.__struct_fields__)) for een in lijsten],
        )
    )


class Lijstvraag(Struct, frozen=True, kw_only=True):
    """Which rows of a list."""

    op: Peildatum | None = None
    zoek: Annotated[str, Meta(max_length=80, description="een deel van code of naam")] = ""
    code: Annotated[str, Meta(max_length=80, description="precies deze code")] | None = None
    cursor: Cursor | None = None
    aantal: Annotated[int, Meta(ge=1, le=1000)] = 100


class Lijst(Struct, frozen=True):
    """A page of a list; ``volgende`` is the cursor of the next page, or null."""

    lijst: str
    rijen: list[dict[str, Any]]
    volgende: str | None


@route(
    "stamgegevens_lijst",
    "GET",
    "/stamgegevens/{slug:naam}",
    titel=("Een lijst", "One list"),
    groep="Stamgegevens",
    vraag=Lijstvraag,
    antwoord=Lijst,
)
def stamgegevens_lijst(verzoek: Verzoek, naam: str) -> Antwoord:
    """Rows of a list in order of their code, or the rows of one code."""
    vraag: Lijstvraag = verzoek.vraag
    paspoort = stam.LIJSTEN.get(naam)
    if paspoort is None:
        raise Fout("niet-gevonden")
    if vraag.code is not None:
        return Antwoord(Lijst(naam, list(stam.opzoeken(naam, vraag.code, vraag.op)), None))
    doel = f"stamgegevens {naam}"
    na = cursors.lees(doel, vraag.cursor, str) if vraag.cursor else ""
    rijen = stam.lijst(naam, op=vraag.op, zoek=vraag.zoek, na=na, aantal=vraag.aantal)
    volgende = cursors.maak(doel, paspoort.sleutel_van(rijen[-1])) if len(rijen) >= vraag.aantal else None
    return Antwoord(Lijst(naam, list(rijen), volgende))
