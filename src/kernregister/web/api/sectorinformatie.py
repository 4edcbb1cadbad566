"""Sector information: counts of the whole register, in which nobody can be recognised."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.sectorinformatie import public as sectorinformatie
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route


class Sectorvraag(Struct, frozen=True):
    """Of which studiejaar, as known on which day."""

    studiejaar: Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{4}$", description="zoals 2025-2026")] | None = (
        None
    )
    stand_per: (
        Annotated[date, Meta(description="gegevens tot en met de dag ervoor; zonder: vandaag")] | None
    ) = None


class Sectorlevering(Struct, frozen=True):
    """What was asked for: ``wacht``, ``bezig``, ``klaar`` or ``mislukt`` (then ``uitleg`` says why)."""

    id: UUID
    studiejaar: str
    stand_per: date
    stand: int
    gegevens_versie: int
    grondslag: dict[str, str | int]
    aangevraagd_op: datetime
    toestand: str
    gedaan: int
    """Dossiers that were counted so far."""
    klaar_op: datetime | None
    sha256: str
    uitleg: str


class Sectorleveringen(Struct, frozen=True):
    """What was asked for, the latest first."""

    leveringen: list[Sectorlevering]


def _toon(een: sectorinformatie.Levering) -> Sectorlevering:
    waarden = {veld: getattr(een, veld) for veld in Sectorlevering.__struct_fields__}
    return Sectorlevering(**{**waarden, "toestand": str(een.toestand)})


@route(
    "sectorinformatie_aanvragen",
    "POST",
    "/sectorinformatie",
    titel=("Sectorinformatie aanvragen", "Ask for sector information"),
    groep="Sectorinformatie",
    lichaam=Lichaam(Sectorvraag, {"studiejaar": {"studiejaar": "2025-2026", "stand_per": "2026-02-02"}}),
    antwoord=Sectorlevering,
    status=202,
    fouten=("onverwerkbaar",),
)
def sectorinformatie_aanvragen(verzoek: Verzoek) -> Antwoord:
    """Counts as tables (CSV and Parquet), at any stand. What was made once is given again."""
    vraag: Sectorvraag = verzoek.inhoud
    try:
        jaar = Studiejaar.lees(vraag.studiejaar) if vraag.studiejaar else None
    except ValueError:
        raise Fout("onverwerkbaar", [Punt("een studiejaar is zoals 2025-2026", "$.studiejaar")]) from None
    try:
        levering = sectorinformatie.vraag_aan(jaar, vraag.stand_per, verzoek.wie.client)
    except kwaliteit.Kwaliteitsfout as fout:
        raise Fout("onverwerkbaar", [Punt(str(fout))]) from None
    adres = f"/api/v1/sectorinformatie/{levering.id}"
    return Antwoord(_toon(levering), status=202, koppen={"Location": adres, "Retry-After": "5"})


@route(
    "sectorinformatie",
    "GET",
    "/sectorinformatie",
    titel=("Aangevraagde sectorinformatie", "Sector information that was asked for"),
    groep="Sectorinformatie",
    antwoord=Sectorleveringen,
)
def sectorinformatie_lijst(verzoek: Verzoek) -> Antwoord:
    """The last hundred, the latest first."""
    with met_pas(verzoek.wie.pas):
        return Antwoord(Sectorleveringen([_toon(een) for een in sectorinformatie.leveringen()]))


@route(
    "sectorlevering",
    "GET",
    "/sectorinformatie/{uuid:levering_id}",
    titel=("Hoe ver sectorinformatie is", "How far sector information is"),
    groep="Sectorinformatie",
    antwoord=Sectorlevering,
)
def sectorlevering(verzoek: Verzoek, levering_id: UUID) -> Antwoord:
    """Ask again until it is ``klaar`` or ``mislukt``."""
    with met_pas(verzoek.wie.pas):
        gevonden = sectorinformatie.levering(levering_id)
    if gevonden is None:
        raise Fout("niet-gevonden")
    return Antwoord(_toon(gevonden))


@route(
    "sectorbestand",
    "GET",
    "/sectorinformatie/{uuid:levering_id}/bestand",
    titel=("Het bestand met sectorinformatie", "The file with sector information"),
    groep="Sectorinformatie",
    antwoord=bytes,
    media="application/zip",
)
def sectorbestand(verzoek: Verzoek, levering_id: UUID) -> Antwoord:
    """A zip with the tables, a data dictionary and a page that says how nobody can be recognised."""
    with met_pas(verzoek.wie.pas):
        gevonden = sectorinformatie.bestand(levering_id)
    if gevonden is None:
        raise Fout("niet-gevonden")
    naam, inhoud = gevonden
    return Antwoord(inhoud, koppen={"Content-Disposition": f'attachment; filename="{naam}"'})
