"""Provisional funding added up: totals of an institution and of the sector, and the forecast. All of it indicative."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from kernregister.kern.bekostiging.redenen import voorbehoud
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.web.api.bekostiging import Jaar, doe, keur_jaar, stand_van
from kernregister.web.api.paginas import Stand
from kernregister.web.api.routes import Antwoord, Verzoek, route
from kernregister.web.api.signalen import Instellingscode
from kernregister.web.api.verantwoording import over_instelling


class Totaalvraag(Struct, frozen=True, kw_only=True):
    """Of which year and institution, as known at which stand; an institution need not name itself."""

    jaar: Jaar
    instelling: Instellingscode | None = None
    stand: Stand | None = None


class Budgettotaal(Struct, frozen=True):
    """What an institution brings to one national budget (UWB 2.2.2 and 2.2.3).

    Numbers are of 1 October and 1 February, by leertraject. ``deelnemerswaarde`` and ``diplomawaarde`` are weighed and
    rounded; the sums are those of the contributions.
    """

    budget: str
    inschrijvingen: dict[str, tuple[int, int]]
    voor_correctiefactor: dict[str, tuple[int, int]]
    zonder_bijdrage: int
    som_bijdragen: Decimal
    correctiefactor: Decimal | None
    deelnemerswaarde: Decimal
    diplomas: int
    zonder_diplomawaarde: int
    som_diplomawaarde: Decimal
    diplomawaarde: Decimal


class Totalen(Struct, frozen=True):
    """What an institution counts for. ``zonder_niveau``: what counts in a budget that nobody can tell."""

    jaar: int
    instelling: str
    stand: int | None
    budgetten: list[Budgettotaal]
    zonder_niveau: int
    dbbl3: int
    dbbl4: int
    dbbl_leeftijd_onbekend: int
    aftrek_cursusgeld: Decimal | None
    voorbehoud: str
    gegevens_versie: int


@route(
    "bekostiging_totalen",
    "GET",
    "/bekostiging/totalen",
    titel=("Totalen van een instelling", "Totals of an institution"),
    groep="Bekostiging",
    vraag=Totaalvraag,
    antwoord=Totalen,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def bekostiging_totalen(verzoek: Verzoek) -> Antwoord:
    """What an institution counts for in a funding year with its correction factor, now or as known at a stand."""
    vraag: Totaalvraag = verzoek.vraag
    instelling = over_instelling(verzoek, vraag.instelling)
    keur_jaar(verzoek, vraag.jaar)
    stand = stand_van(vraag.stand)
    with met_pas(verzoek.wie.pas):
        uit = doe(lambda: bekostigen.totalen(instelling, vraag.jaar, stand))
    totaal = uit.totaal
    return Antwoord(
        Totalen(
            vraag.jaar,
            instelling,
            stand,
            [
                Budgettotaal(
                    b.budget,
                    b.inschrijvingen,
                    b.voor_correctiefactor,
                    b.zonder_bijdrage,
                    b.som_bijdragen,
                    b.correctiefactor,
                    b.idw,
                    b.diplomas,
                    b.zonder_diplomawaarde,
                    b.som_diplomawaarde,
                    b.idiw,
                )
                for b in totaal.budgetten
            ],
            totaal.zonder_niveau,
            totaal.dbbl3,
            totaal.dbbl4,
            totaal.dbbl_leeftijd_onbekend,
            totaal.aftrek_cursusgeld,
            voorbehoud(totaal.kenmerk, verzoek.taal),
            uit.gegevens_versie,
        )
    )


class Sectorbudget(Struct, frozen=True):
    """A national budget over all institutions: the denominators, and the share of each institution (0 to 1)."""

    budget: str
    deelnemerswaarde: Decimal
    diplomawaarde: Decimal
    aandelen: dict[str, Decimal]


class Sectortotalen(Struct, frozen=True):
    """All institutions together: sums, and of no student anything.

    The sector is told them as known at the beginning of a day, and sees institutions with few students as ``overig``.
    """

    jaar: int
    stand: int | None
    budgetten: list[Sectorbudget]
    zonder_bijdrage: int
    zonder_diplomawaarde: int
    zonder_niveau: int
    voorbehoud: str
    gegevens_versie: int


class Sectorjaarvraag(Struct, frozen=True):
    """Of which year, as known at which stand."""

    jaar: Jaar
    stand: Stand | None = None


@route(
    "bekostiging_sector",
    "GET",
    "/bekostiging/sector",
    titel=("Totalen van de sector", "Totals of the sector"),
    groep="Bekostiging",
    vraag=Sectorjaarvraag,
    antwoord=Sectortotalen,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def bekostiging_sector(verzoek: Verzoek) -> Antwoord:
    """What all institutions count for together, and the share of each."""
    vraag: Sectorjaarvraag = verzoek.vraag
    stand = stand_van(vraag.stand)
    with met_pas(verzoek.wie.pas):
        uit = doe(lambda: bekostigen.sectortotalen(vraag.jaar, stand))
    return Antwoord(
        Sectortotalen(
            vraag.jaar,
            uit.stand,
            [Sectorbudget(b.budget, b.ldw, b.ldiw, dict(b.aandelen)) for b in uit.totaal.budgetten],
            uit.totaal.zonder_bijdrage,
            uit.totaal.zonder_diplomawaarde,
            uit.totaal.zonder_niveau,
            voorbehoud(uit.totaal.kenmerk, verzoek.taal),
            uit.gegevens_versie,
        )
    )


class Prognosevraag(Struct, frozen=True, kw_only=True):
    """Of which year, per what, as known at which stand."""

    jaar: Jaar
    per: Literal["opleiding", "onderwijsaanbieder", "onderwijslocatie"] = "opleiding"
    instelling: Instellingscode | None = None
    stand: Stand | None = None


class Prognose(Struct, frozen=True):
    """A forecast. ``sleutel`` is empty where none is registered."""

    jaar: int
    instelling: str
    per: str
    vooruitzichten: tuple[bekostigen.Vooruitzicht, ...]
    voorbehoud: str


@route(
    "bekostiging_prognose",
    "GET",
    "/bekostiging/prognose",
    titel=("Prognose per opleiding, aanbieder of locatie", "Forecast per programme, provider or location"),
    groep="Bekostiging",
    vraag=Prognosevraag,
    antwoord=Prognose,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def bekostiging_prognose(verzoek: Verzoek) -> Antwoord:
    """Contributions now and what is at stake, per programme, onderwijsaanbieder or onderwijslocatie."""
    vraag: Prognosevraag = verzoek.vraag
    instelling = over_instelling(verzoek, vraag.instelling)
    keur_jaar(verzoek, vraag.jaar)
    stand = stand_van(vraag.stand)
    kenmerk = doe(lambda: bekostigen.kenmerk(vraag.jaar))
    with met_pas(verzoek.wie.pas):
        uit = doe(lambda: bekostigen.prognose(instelling, vraag.jaar, vraag.per, stand))
    return Antwoord(
        Prognose(
            vraag.jaar,
            instelling,
            vraag.per,
            uit,
            voorbehoud(kenmerk, verzoek.taal),
        )
    )
