"""A whole institution at once: its RO goes in, and how far it is can be asked."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from uuid import UUID

from msgspec import Struct

from kernregister.platform.pas import met_pas
from kernregister.web.api import weergave
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.leveringen import laden
from kernregister.web.leveringen.models import Levering as Levering_

GROOTSTE_RO = 1 << 30
"""Most bytes of an RO."""


class Reden(Struct, frozen=True):
    """How many records of a kind could not be stored, for what reason."""

    soort: str
    regel: str
    tekst: str
    aantal: int


class Levering(Struct, frozen=True):
    """A delivery: ``wacht``, ``bezig``, ``klaar`` or ``onbruikbaar`` (then ``uitleg`` says why).

    One that a person delivered in the portal has a dry run first: ``proef-wacht``, ``proef``, ``beoordeeld``, and then
    it is applied, or ``ingetrokken``.
    """

    id: UUID
    soort: str
    omvang: int
    toestand: str
    ontvangen_op: datetime
    klaar_op: datetime | None
    gedaan: int
    """Records that were processed so far."""
    aanvaard: int
    geweigerd: list[Reden]
    uitleg: str


def _toon(verzoek: Verzoek, levering: Levering_) -> Levering:
    redenen = [
        Reden(soort, regel, weergave.teksten(regel, verzoek.taal)[0], aantal)
        for soort, regel, aantal in levering.groepen
    ]
    return Levering(
        levering.id,
        levering.soort,
        levering.omvang,
        str(levering.toestand),
        levering.ontvangen_op,
        levering.klaar_op,
        levering.gedaan,
        levering.aanvaard,
        redenen,
        levering.uitleg,
    )


@route(
    "meldingen_overzicht_laden",
    "POST",
    "/leveringen/ro",
    titel=("Een RO laden", "Load an RO"),
    groep="Meldingen",
    lichaam=Lichaam(
        soort=bytes,
        media=("application/octet-stream", "text/csv", "application/zip"),
        hoogstens=GROOTSTE_RO,
        stroom=True,
    ),
    antwoord=Levering,
    status=202,
)
def meldingen_overzicht_laden(verzoek: Verzoek) -> Antwoord:
    """Take over what the national register holds of this institution. Only what cannot be stored is refused."""
    stukken = iter(verzoek.stukken(GROOTSTE_RO))
    eerste = next(stukken, b"")
    if not eerste.strip():
        raise Fout("onleesbaar", [Punt("het bestand is leeg")])

    levering = laden.neem_in(verzoek.wie.pas.sleutel, verzoek.wie.client, chain([eerste], stukken))
    adres = f"/api/v1/leveringen/{levering.id}"
    return Antwoord(_toon(verzoek, levering), status=202, koppen={"Location": adres, "Retry-After": "2"})


@route(
    "levering",
    "GET",
    "/leveringen/{uuid:levering_id}",
    titel=("Hoe ver een levering is", "How far a delivery is"),
    groep="Meldingen",
    antwoord=Levering,
)
def levering(verzoek: Verzoek, levering_id: UUID) -> Antwoord:
    """Ask again until it is ``klaar`` or ``onbruikbaar``."""
    with met_pas(verzoek.wie.pas):
        gevonden = laden.levering_met_pas(levering_id)
    if gevonden is None:
        raise Fout("niet-gevonden")
    return Antwoord(_toon(verzoek, gevonden))
