"""Reference data to write: a list is loaded as a concept, with what it changes, and then made to hold."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.voorzieningen.stamgegevens import public as stam
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route

GROOTSTE_LIJST = 256 << 20
"""Most bytes of a list."""


class Lijstverschil(Struct, frozen=True):
    """What changes in one list; ``woorden`` says it in Dutch."""

    lijst: str
    nieuw: int
    gewijzigd: int
    beeindigd: int
    vervallen: int
    woorden: str


class Concept(Struct, frozen=True):
    """A version that was made of it; it holds when it is activated. ``geraakt``: what of the register it touches."""

    versie: int
    veranderd: bool
    verschillen: list[Lijstverschil]
    geraakt: dict[str, int]


@route(
    "stamgegevens_laden",
    "POST",
    "/stamgegevens/{slug:naam}",
    titel=("Een lijst laden als concept", "Load a list as a concept"),
    groep="Stamgegevens",
    lichaam=Lichaam(soort=bytes, media=("text/csv",), hoogstens=GROOTSTE_LIJST, stroom=True),
    antwoord=Concept,
    status=201,
    fouten=("onverwerkbaar",),
)
def stamgegevens_laden(verzoek: Verzoek, naam: str) -> Antwoord:
    """Load a list as a whole, with what it changes; the same list again makes no new version."""
    if naam not in stam.LIJSTEN:
        raise Fout("niet-gevonden")
    with tempfile.TemporaryDirectory(prefix="kernregister-") as map_:
        pad = Path(map_) / f"{naam}.csv"
        with pad.open("wb") as bestand:
            for stuk in verzoek.stukken(GROOTSTE_LIJST):
                bestand.write(stuk)
        try:
            uitslag = stam.laad_bestanden([pad], verzoek.wie.client)
        except OnbruikbaarBestand as fout:
            punten = [Punt(regel.replace(str(map_), "")) for regel in str(fout).splitlines()[:500]]
            raise Fout("onverwerkbaar", punten) from None
    verschillen = [
        Lijstverschil(v.lijst, v.nieuw, v.gewijzigd, v.beeindigd, v.vervallen, str(v))
        for v in uitslag.verschillen
    ]
    return Antwoord(Concept(uitslag.versie, uitslag.veranderd, verschillen, uitslag.geraakt), status=201)


class Activering(Struct, frozen=True):
    """Which version, and why."""

    versie: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    reden: Annotated[str, Meta(min_length=1, max_length=1000)]


class Geldend(Struct, frozen=True):
    """The version that holds now."""

    versie: int


@route(
    "stamgegevens_activeren",
    "POST",
    "/stamgegevens",
    titel=("Een versie laten gelden", "Make a version hold"),
    groep="Stamgegevens",
    lichaam=Lichaam(
        soort=Activering, voorbeelden={"versie 3": {"versie": 3, "reden": "Levering van DUO van november."}}
    ),
    antwoord=Geldend,
    fouten=("onverwerkbaar",),
)
def stamgegevens_activeren(verzoek: Verzoek) -> Antwoord:
    """Make a concept the version that holds; who did it and why is kept."""
    wat: Activering = verzoek.inhoud
    try:
        stam.activeer(wat.versie, verzoek.wie.client, wat.reden)
    except stam.Stamgegevensfout as fout:
        raise Fout("onverwerkbaar", [Punt(str(fout))]) from None
    return Antwoord(Geldend(stam.versie()))
