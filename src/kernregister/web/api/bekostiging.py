"""Provisional funding: what counts and why not, totals, forecast, and what would become of it. All of it indicative."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.bekostiging.redenen import voorbehoud
from kernregister.kern.meldingen.berichten import Aangeleverd
from kernregister.platform.pas import Soort, met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.register import public as register
from kernregister.web.api import cursors, meldingen, weergave
from kernregister.web.api.paginas import Bladzijdevraag, Code, Nummer, Stand, bladzijde
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.signalen import Instellingscode
from kernregister.web.api.verantwoording import gelezen, instelling_van
from kernregister.web.api.voorbeelden import BERICHTEN
from kernregister.web.api.weergave import Bekostigingsreden, Bekostigingswijziging, Meldingantwoord

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
    _keur_jaar(verzoek, vraag.jaar)
    with met_pas(verzoek.wie.pas):
        if not register.is_zichtbaar(persoon):
            raise Fout("niet-gevonden")
        gelezen(verzoek, [persoon], "bekostiging lezen", ACTIVITEIT)
    gevonden = _doe(
        lambda: bekostigen.van_dossier(persoon, vraag.jaar, instelling_van(verzoek), _stand(vraag.stand))
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
    stand = _stand(vraag.stand)
    na = cursors.lees("bekostiging_regels", vraag.cursor, int) if vraag.cursor else 0
    with met_pas(verzoek.wie.pas):
        gevonden = bekostigen.regels(wens, status=vraag.telt, na=na, aantal=vraag.aantal + 1, stand=stand)
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


# ------------------------------------------------------------------------------------------ sums


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
    instelling = _instelling(verzoek, vraag.instelling)
    _keur_jaar(verzoek, vraag.jaar)
    stand = _stand(vraag.stand)
    with met_pas(verzoek.wie.pas):
        uit = _doe(lambda: bekostigen.totalen(instelling, vraag.jaar, stand))
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
    """All institutions together: sums, and of no student anything."""

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
    stand = _stand(vraag.stand)
    with met_pas(verzoek.wie.pas):
        uit = _doe(lambda: bekostigen.sectortotalen(vraag.jaar, stand))
    return Antwoord(
        Sectortotalen(
            vraag.jaar,
            stand,
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


class Vooruitzicht(Struct, frozen=True):
    """What counts now and what is at stake: enrolments that fail on what the institution itself can mend.

    Of a teldatum to come: what would count if nothing changes until then. Values are contributions, before weights and
    correction factor.
    """

    sleutel: str
    soort: str
    teldatum: date | None
    aantal: int
    telt: int
    bijdrage: Decimal
    zonder_bijdrage: int
    onzeker: int
    op_het_spel: int
    op_het_spel_waarde: Decimal


class Prognose(Struct, frozen=True):
    """A forecast. ``sleutel`` is empty where none is registered."""

    jaar: int
    instelling: str
    per: str
    vooruitzichten: list[Vooruitzicht]
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
    instelling = _instelling(verzoek, vraag.instelling)
    _keur_jaar(verzoek, vraag.jaar)
    stand = _stand(vraag.stand)
    kenmerk = _doe(lambda: bekostigen.kenmerk(vraag.jaar))
    with met_pas(verzoek.wie.pas):
        uit = bekostigen.prognose(instelling, vraag.jaar, vraag.per, stand)
    velden = Vooruitzicht.__struct_fields__
    return Antwoord(
        Prognose(
            vraag.jaar,
            instelling,
            vraag.per,
            [Vooruitzicht(*(getattr(een, veld) for veld in velden)) for een in uit],
            voorbehoud(kenmerk, verzoek.taal),
        )
    )


# ------------------------------------------------------------------------------------------ what if


class WatAls(Struct, frozen=True, omit_defaults=True):
    """Drafts of meldingen, or one ready-made question of which the drafts are made."""

    meldingen: Annotated[list[Aangeleverd], Meta(max_length=100)] = []
    vraag: bekostigen.Vraag | None = None


class Jaargevolg(Struct, frozen=True):
    """The difference in one funding year, in contributions: before weights and correction factor.

    ``oktober`` is what the deelnemerswaarde is made of, ``februari`` works through in the correction factor;
    ``onbekend``: of how many changes the contribution cannot be told.
    """

    jaar: int
    oktober: Decimal
    februari: Decimal
    diplomawaarde: Decimal
    onbekend: int


class Persoonswijziging(Struct, frozen=True):
    """What changes of whom, from before the first draft to after the last."""

    persoon: int | None
    wijziging: Bekostigingswijziging


class Gevolg(Struct, frozen=True):
    """What it would do; nothing is kept of it. ``meldingen``: the drafts, to be sent for real when they are true."""

    meldingen: list[Aangeleverd]
    antwoorden: list[Meldingantwoord]
    wijzigingen: list[Persoonswijziging]
    jaren: list[Jaargevolg]


def _lees_wat_als(tekst: bytes) -> WatAls:
    """Read the question; a draft is read as a melding is.

    Raises:
        Fout: it is none; everything that is wrong with it.
    """
    try:
        waarde = msgspec.json.decode(tekst)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Fout("onleesbaar", [Punt("geen JSON in UTF-8")]) from None
    if not isinstance(waarde, dict) or set(waarde) not in ({"meldingen"}, {"vraag"}):
        raise Fout("onleesbaar", [Punt("verwacht een object met meldingen, of met vraag")])
    if "vraag" in waarde:
        return WatAls(vraag=_lees_vraag(waarde["vraag"]))
    concepten = waarde["meldingen"]
    if not isinstance(concepten, list) or not 1 <= len(concepten) <= 100:
        raise Fout("onleesbaar", [Punt("verwacht 1 tot en met 100 meldingen", "meldingen")])
    gelezen_: list[Any] = []
    punten: list[Punt] = []
    for plaats, concept in enumerate(concepten):
        try:
            gelezen_.append(meldingen.lees(msgspec.json.encode(concept)))
        except Fout as fout:
            voor = f"meldingen[{plaats}]"
            punten += [Punt(p.uitleg, f"{voor}.{p.pad}" if p.pad else voor) for p in fout.punten]
    if punten:
        raise Fout("onleesbaar", punten)
    return WatAls(meldingen=gelezen_)


def _lees_vraag(waarde: Any) -> bekostigen.Vraag:
    try:
        gelezen_: bekostigen.Vraag = msgspec.convert(waarde, bekostigen.Vraag)
    except msgspec.ValidationError:
        soorten = ", ".join(sorted(bekostigen.VRAGEN))
        velden = "; ".join(f"{naam}: {', '.join(v)}" for naam, v in sorted(bekostigen.VRAGEN.items()))
        soort = waarde.get("soort") if isinstance(waarde, dict) else None
        uitleg = (
            f"verwacht de velden {', '.join(bekostigen.VRAGEN[soort])}, elk in zijn eigen vorm"
            if isinstance(soort, str) and soort in bekostigen.VRAGEN
            else f"verwacht een van {soorten} ({velden})"
        )
        raise Fout("onleesbaar", [Punt(uitleg, "vraag")]) from None
    return gelezen_


@route(
    "bekostiging_wat_als",
    "POST",
    "/bekostiging/wat-als",
    titel=("Wat zou het schelen", "What difference would it make"),
    groep="Bekostiging",
    lichaam=Lichaam(
        soort=WatAls,
        lezer=_lees_wat_als,
        voorbeelden={
            "signaal hersteld": {"vraag": {"soort": "signaal_hersteld", "signaal": 1}},
            "BPV getekend": {
                "vraag": {
                    "soort": "bpv_getekend",
                    "persoon": 4711,
                    "inschrijvingvolgnummer": "1",
                    "bpv_volgnummer": "1",
                    "afsluitdatum": "2026-12-31",
                }
            },
            "concepten": {"meldingen": [BERICHTEN["AanleverenBpv"]]},
        },
    ),
    antwoord=Gevolg,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def bekostiging_wat_als(verzoek: Verzoek) -> Antwoord:
    """A dry run through the real door, with the difference in contribution: drafts of your own, or ready-made ones."""
    wens: WatAls = verzoek.inhoud
    concepten: list[Any] = list(wens.meldingen)
    if wens.vraag is not None:
        concepten = _maak_concepten(verzoek, wens.vraag)
    bevindingen = [een for m in concepten if (een := meldingen.van_een_ander(verzoek, m)) is not None]
    if bevindingen:
        raise Fout("niet-toegestaan", bevindingen=bevindingen[:1])
    uit = _doe(lambda: bekostigen.wat_als(concepten, meldingen.herkomst(verzoek)))
    pas, taal = verzoek.wie.pas, verzoek.taal
    return Antwoord(
        Gevolg(
            list(uit.meldingen),
            [weergave.antwoord(een, taal, pas) for een in uit.antwoorden],
            [
                Persoonswijziging(persoon, weergave.bekostigingswijziging(een, taal, pas))
                for persoon, een in uit.wijzigingen
            ],
            [Jaargevolg(j.jaar, j.oktober, j.februari, j.diplomawaarde, j.onbekend) for j in uit.jaren],
        )
    )


def _maak_concepten(verzoek: Verzoek, vraag: bekostigen.Vraag) -> list[Any]:
    def maak() -> list[Any]:
        persoon, gemaakt = bekostigen.concepten(vraag, verzoek.wie.pas.sleutel)
        gelezen(verzoek, [persoon], "bekostiging verkennen", ACTIVITEIT)
        return gemaakt

    with met_pas(verzoek.wie.pas):
        uit: list[Any] = _doe(maak)
    return uit


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


def _doe(wat: Any) -> Any:
    try:
        return wat()
    except bekostigen.Onvindbaar:
        raise Fout("niet-gevonden") from None
    except bekostigen.Bekostigingsfout as fout:
        raise Fout("onverwerkbaar", [Punt(str(fout))]) from None


def _instelling(verzoek: Verzoek, gevraagd: str | None) -> str:
    eigen = instelling_van(verzoek)
    instelling = gevraagd or eigen
    if instelling is None:
        raise Fout(
            "onleesbaar", [Punt("noem een instelling: deze aansluiting ziet er meer dan een", "?instelling")]
        )
    if eigen not in {None, instelling}:
        raise Fout("niet-gevonden")
    return instelling


def _keur_jaar(verzoek: Verzoek, jaar: int) -> None:
    """Refuse an accountant another year than that which the studiejaar of the pass counts for."""
    pas = verzoek.wie.pas
    if pas.soort is Soort.ACCOUNTANT and pas.extra[:4] != str(jaar - 2):
        raise Fout("niet-gevonden")


def _stand(gevraagd: int | None) -> int | None:
    if gevraagd is not None and gevraagd > register.stand():
        raise Fout("onverwerkbaar", [Punt("deze stand is nog niet bereikt", "?stand")])
    return gevraagd
