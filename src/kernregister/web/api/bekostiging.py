"""Provisional funding: what counts and why not, totals, forecast, and what would become of it. All of it indicative."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.bekostiging.redenen import voorbehoud
from kernregister.platform.pas import Soort, met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.register import public as register
from kernregister.web.api import cursors, weergave
from kernregister.web.api.paginas import Bladzijdevraag, Code, Nummer, Stand, bladzijde
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.signalen import Instellingscode
from kernregister.web.api.verantwoording import gelezen, instelling_van
from kernregister.web.api.weergave import Bekostigingsreden

ACTIVITEIT = "bekostiging-bepalen"
Jaar = Annotated[int, Meta(ge=1990, le=2100, description="bekostigingsjaar T: over studiejaar T-2")]


class Besluit(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What an enrolment on a teldatum, or a diploma, counts for. ``mogelijk``: what it would if nothing failed."""

    persoon: int
    instelling: str
    soort: Literal["inschrijving", "diploma"]
    sleutel: str
    teldatum: date | None = None
    datum_behaald: date | None = None
    telt: bool
    telt_voor_correctiefactor: bool = False
    bijdrage: Decimal | None = None
    mogelijk: Decimal | None = None
    opleidingcode: str
    niveau: str | None = None
    leertraject: str = ""
    onderwijsaanbieder: str | None = None
    onderwijslocatie: str | None = None
    redenen: tuple[Bekostigingsreden, ...] = ()
    redenen_verborgen: bool = False
    """Some tell of residence, and are shown only with the scope for it."""


class Dossierbekostiging(Struct, frozen=True):
    """The decisions on a dossier with every step that was taken, in their order."""

    jaar: int
    besluiten: list[Besluit]
    voorbehoud: str
    gegevens_versie: int


class Dossiervraag(Struct, frozen=True):
    """Of which year, as known at which stand; the rules and lists are those of now."""

    jaar: Jaar
    stand: Stand | None = None


def _besluit(verzoek: Verzoek, persoon: int, post: bekostigen.Post, redenen: tuple[Reden, ...]) -> Besluit:
    getoond, verborgen = weergave.bekostigingsredenen(redenen, verzoek.taal, verzoek.wie.pas)
    return Besluit(
        persoon=persoon,
        instelling=post.instelling,
        soort="inschrijving" if post.teldatum else "diploma",
        sleutel=post.sleutel,
        teldatum=post.teldatum,
        datum_behaald=post.datum_behaald,
        telt=post.status,
        telt_voor_correctiefactor=post.voor_correctiefactor,
        bijdrage=post.bijdrage,
        mogelijk=post.mogelijk,
        opleidingcode=post.opleidingcode,
        niveau=post.niveau,
        leertraject=post.leertraject,
        onderwijsaanbieder=post.onderwijsaanbieder,
        onderwijslocatie=post.onderwijslocatie,
        redenen=getoond,
        redenen_verborgen=verborgen,
    )


@route(
    "bekostiging_dossier",
    "GET",
    "/dossiers/{int:persoon}/bekostiging",
    titel=("Wat een dossier telt, en waarom", "What a dossier counts for, and why"),
    groep="Bekostiging",
    vraag=Dossiervraag,
    antwoord=Dossierbekostiging,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def bekostiging_dossier(verzoek: Verzoek, persoon: int) -> Antwoord:
    """Every own enrolment on a teldatum and every own diploma, with all steps of the decision."""
    vraag: Dossiervraag = verzoek.vraag
    keur_jaar(verzoek, vraag.jaar)
    with met_pas(verzoek.wie.pas):
        if not register.is_zichtbaar(persoon):
            raise Fout("niet-gevonden")
        gelezen(verzoek, [persoon], "bekostiging lezen", ACTIVITEIT)
    gevonden = doe(
        lambda: bekostigen.van_dossier(persoon, vraag.jaar, instelling_van(verzoek), stand_van(vraag.stand))
    )
    return Antwoord(
        Dossierbekostiging(
            vraag.jaar,
            [_besluit(verzoek, persoon, een.post, een.redenen) for een in gevonden.besluiten],
            voorbehoud(gevonden.kenmerk, verzoek.taal),
            gevonden.gegevens_versie,
        )
    )


class Regelvraag(Bladzijdevraag, frozen=True, kw_only=True):
    """Which rows; without ``telt`` those that do not count."""

    jaar: Jaar
    telt: bool = False
    instelling: Instellingscode | None = None
    soort: Literal["inschrijving", "diploma"] | None = None
    teldatum: date | None = None
    reden: Annotated[str, Meta(pattern="^[A-Z][0-9A-Z]{2}$", description="code van een reden")] | None = None
    opleidingcode: Code | None = None
    onderwijsaanbieder: Code | None = None
    onderwijslocatie: Code | None = None
    persoon: Nummer | None = None
    stand: Stand | None = None


class Regels(Struct, frozen=True):
    """A page of rows; ``volgende`` is the cursor of the next page, or null."""

    regels: list[Besluit]
    volgende: str | None


@route(
    "bekostiging_regels",
    "GET",
    "/bekostiging/regels",
    titel=("Wat niet telt, en waarom", "What does not count, and why"),
    groep="Bekostiging",
    vraag=Regelvraag,
    antwoord=Regels,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def bekostiging_regels(verzoek: Verzoek) -> Antwoord:
    """Enrolments on a teldatum and diplomas that do not count (or, with telt=true, that do), as they stand now or at a
    stand.
    """
    vraag: Regelvraag = verzoek.vraag
    wens = bekostigen.Filter(
        jaar=vraag.jaar,
        instelling=vraag.instelling or instelling_van(verzoek),
        soort=vraag.soort,
        teldatum=vraag.teldatum,
        reden=vraag.reden,
        opleidingcode=vraag.opleidingcode,
        onderwijsaanbieder=vraag.onderwijsaanbieder,
        onderwijslocatie=vraag.onderwijslocatie,
        persoon=vraag.persoon,
    )
    stand = stand_van(vraag.stand)
    na = cursors.lees("bekostiging_regels", vraag.cursor, int) if vraag.cursor else 0
    with met_pas(verzoek.wie.pas):
        gevonden = doe(
            lambda: bekostigen.regels(wens, status=vraag.telt, na=na, aantal=vraag.aantal + 1, stand=stand)
        )
        getoond = [een.persoon for een in gevonden[: vraag.aantal]]
        gelezen(verzoek, getoond, "bekostiging lezen", ACTIVITEIT)
    return bladzijde(
        "bekostiging_regels",
        gevonden,
        vraag.aantal,
        lambda een: een.id,
        lambda een: _besluit(verzoek, een.persoon, een.post, _codes(een.post)),
        Regels,
    )


def _codes(post: bekostigen.Post) -> tuple[Reden, ...]:
    """Return the reasons of a row: a row has no values, the decision of the dossier has them."""
    return (*(Reden(code, False) for code in post.faalt), *(Reden(code, None) for code in post.onbekend))


# ------------------------------------------------------------------------------------------ being told


class Terugmelding(Struct, frozen=True):
    """Whether the institution is told of changes that others caused in its funding, among its messages."""

    stand: Literal["aan", "uit"]


@route(
    "bekostiging_terugmelding",
    "GET",
    "/bekostiging/terugmelding",
    titel=("Of terugmeldingen aan staan", "Whether messages on funding are on"),
    groep="Bekostiging",
    antwoord=Terugmelding,
)
def bekostiging_terugmelding(verzoek: Verzoek) -> Antwoord:
    """Whether TerugmeldingBekostiging comes among the messages."""
    eigen = verzoek.wie.pas.sleutel
    return Antwoord(Terugmelding("aan" if bekostigen.staat_aan([eigen]) else "uit"))


@route(
    "bekostiging_terugmelding_zetten",
    "PUT",
    "/bekostiging/terugmelding",
    titel=("Terugmeldingen aan- of uitzetten", "Turn messages on funding on or off"),
    groep="Bekostiging",
    lichaam=Lichaam(soort=Terugmelding, voorbeelden={"aan": {"stand": "aan"}}),
    antwoord=Terugmelding,
)
def bekostiging_terugmelding_zetten(verzoek: Verzoek) -> Antwoord:
    """Be told of what others change in the provisional funding of own records: GET /berichten."""
    wat: Terugmelding = verzoek.inhoud
    with met_pas(verzoek.wie.pas):
        bekostigen.zet(verzoek.wie.pas.sleutel, wat.stand == "aan", verzoek.wie.client)
    return Antwoord(wat)


# ------------------------------------------------------------------------------------------ shared


def doe(wat: Any) -> Any:
    """Do something of the room, and tell what cannot be as the API does."""
    try:
        return wat()
    except bekostigen.Onvindbaar:
        raise Fout("niet-gevonden") from None
    except bekostigen.Bekostigingsfout as fout:
        raise Fout("onverwerkbaar", [Punt(str(fout))]) from None


def keur_jaar(verzoek: Verzoek, jaar: int) -> None:
    """Refuse an accountant another year than that which the studiejaar of the pass counts for."""
    pas = verzoek.wie.pas
    if pas.soort is Soort.ACCOUNTANT and pas.extra[:4] != str(jaar - 2):
        raise Fout("niet-gevonden")


def stand_van(gevraagd: int | None) -> int | None:
    """Return the stand that is asked for; None is now.

    Raises:
        Fout: it is not reached yet.
    """
    if gevraagd is not None and gevraagd > register.stand():
        raise Fout("onverwerkbaar", [Punt("deze stand is nog niet bereikt", "?stand")])
    return gevraagd
