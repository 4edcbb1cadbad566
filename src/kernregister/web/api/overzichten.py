"""Overviews: asked for, followed, compared and fetched; nothing waits for a working day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from msgspec import Meta, Struct

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.web import verstrekken
from kernregister.web.api import cursors
from kernregister.web.api.paginas import Bladzijdevraag, Stand, bladzijde
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.signalen import Instellingscode

Jaartekst = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{4}$", description="zoals 2025-2026")]
Soortnaam = Annotated[
    str, Meta(min_length=1, max_length=20, description="RO, OBO, KWC, VERGELIJKING, TBGI of GRONDSLAG")
]
_DATUM = Meta(description="jjjj-mm-dd")


class Overzichtvraag(Struct, frozen=True, kw_only=True):
    """What is asked for. As known now, unless one of ``stand``, ``moment`` and ``opnieuw`` says otherwise."""

    soort: Soortnaam
    instelling: Instellingscode | None = None
    begin: Annotated[date, _DATUM] | None = None
    einde: Annotated[date, _DATUM] | None = None
    studiejaar: Jaartekst | None = None
    bekostigingsjaar: Annotated[int, Meta(ge=1990, le=2999)] | None = None
    stand: Stand | None = None
    moment: Annotated[datetime, Meta(tz=True)] | None = None
    opnieuw: (
        Annotated[UUID, Meta(description="dezelfde als deze eerdere aanvraag, tot op de byte")] | None
    ) = None
    oud: Annotated[UUID, Meta(description="voor een VERGELIJKING: een aanvraag")] | None = None
    nieuw: Annotated[UUID, Meta(description="voor een VERGELIJKING: een andere aanvraag")] | None = None
    steekproef: (
        Annotated[int, Meta(ge=1, le=1_000_000, description="hoeveel verschillen in de steekproef")] | None
    ) = None
    zaad: Annotated[str, Meta(min_length=1, max_length=100, description="zaad van de steekproef")] | None = (
        None
    )
    uitbreiding: (
        Annotated[bool, Meta(description="een TBGI met onderwijsaanbieder en onderwijslocatie")] | None
    ) = None
    definitief: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=2**63 - 1,
                description="een TBGI of GRONDSLAG van deze bepaling, zie GET /bekostiging/definitief",
            ),
        ]
        | None
    ) = None
    kenmerk: (
        Annotated[UUID, Meta(description="nog eens met hetzelfde kenmerk is dezelfde aanvraag")] | None
    ) = None
    proef: Annotated[bool, Meta(description="alleen zeggen wat er niet klopt")] = False


class Bestand(Struct, frozen=True):
    """A file of an overview; ``sha256`` is its hash and its ETag."""

    nummer: int
    naam: str
    media: str
    omvang: int
    sha256: str


class Aanvraag(Struct, frozen=True, kw_only=True):
    """A request: ``wacht``, ``bezig``, ``klaar`` or ``mislukt`` (then ``uitleg`` says why), and on what it rests."""

    id: UUID
    soort: str
    instelling: str
    begin: date | None
    einde: date | None
    studiejaar: str
    bekostigingsjaar: int | None
    extra: dict[str, Any]
    aangevraagd_op: datetime
    peilmoment: datetime
    beschikbaar_op: datetime
    stand: int | None
    grondslag: dict[str, Any]
    toestand: str
    gedaan: int
    totaal: int | None
    klaar_op: datetime | None
    bewaard_tot: date | None
    uitleg: str
    bestanden: list[Bestand]
    melding: str = ""


class Aanvragen(Struct, frozen=True):
    """A page of requests, the latest first; ``volgende`` is the cursor of the next page, or null."""

    aanvragen: list[Aanvraag]
    volgende: str | None


class Proefuitslag(Struct, frozen=True):
    """Nothing stands in the way of this request."""

    kan: bool


class Bezwaar(Struct, frozen=True):
    """One objection."""

    code: str
    uitleg: str


class Lijstvraag(Bladzijdevraag, frozen=True, kw_only=True):
    """Which requests."""

    soort: Soortnaam | None = None
    instelling: Instellingscode | None = None


_VELDEN = tuple(
    veld for veld in Aanvraag.__struct_fields__ if veld not in ("bestanden", "melding", "toestand")
)


def _toon(een: overzichten.Aanvraag, bestanden: list[overzichten.Bestand], melding: str = "") -> Aanvraag:
    return Aanvraag(
        **{veld: getattr(een, veld) for veld in _VELDEN},
        toestand=str(een.toestand),
        bestanden=[Bestand(nr, b.naam, b.media, b.omvang, b.sha256) for nr, b in enumerate(bestanden, 1)],
        melding=melding,
    )


@route(
    "overzicht_aanvragen",
    "POST",
    "/overzichten",
    titel=("Een overzicht aanvragen", "Ask for an overview"),
    groep="Overzichten",
    lichaam=Lichaam(
        soort=Overzichtvraag,
        voorbeelden={
            "RO": {"soort": "RO", "begin": "2025-08-01", "einde": "2026-07-31"},
            "OBO": {"soort": "OBO", "studiejaar": "2025-2026"},
            "zoals bekend op een moment": {
                "soort": "OBO",
                "studiejaar": "2025-2026",
                "moment": "2026-07-01T12:00:00+02:00",
            },
        },
    ),
    antwoord=Aanvraag,
    status=202,
    ook={200: Proefuitslag},
    fouten=("onverwerkbaar", "botsing"),
)
def overzicht_aanvragen(verzoek: Verzoek) -> Antwoord:
    """An RO, an OBO with its explained differences, a KWC, a comparison of two, ...: made at once, then fetched."""
    vraag: Overzichtvraag = verzoek.inhoud
    wens = _wens(verzoek, vraag)
    pas = verzoek.wie.pas
    uit = overzichten.vraag_aan(wens, verzoek.wie.client, bijzonder=pas.bijzonder, proef=vraag.proef)
    if isinstance(uit, list):
        if uit:
            soort = "botsing" if uit[0].code == "andere-aanvraag" else "onverwerkbaar"
            raise Fout(soort, bevindingen=[Bezwaar(een.code, een.tekst) for een in uit])
        return Antwoord(Proefuitslag(kan=True), status=200)
    adres = f"/api/v1/overzichten/{uit.id}"
    getoond = _toon(uit, [], overzichten.VASTGELEGD)
    return Antwoord(getoond, status=202, koppen={"Location": adres, "Retry-After": "1"})


def _wens(verzoek: Verzoek, vraag: Overzichtvraag) -> overzichten.Wens:
    """Return what is asked for.

    Raises:
        Fout: a year is none, or the institution is another.
    """
    eigen = verzoek.wie.pas.sleutel
    if vraag.instelling not in (None, eigen):
        tekst = f"U heeft geen of onvoldoende autorisatie: deze aansluiting is van instelling {eigen}."
        raise Fout("onverwerkbaar", bevindingen=[Bezwaar("autorisatie", tekst)])
    try:
        jaar = Studiejaar.lees(vraag.studiejaar) if vraag.studiejaar else None
    except ValueError:
        raise Fout("onverwerkbaar", [Punt("een studiejaar is zoals 2025-2026", "studiejaar")]) from None
    extra: dict[str, Any] = {naam: str(id_) for naam in ("oud", "nieuw") if (id_ := getattr(vraag, naam))}
    if vraag.steekproef is not None or vraag.zaad is not None:
        extra["steekproef"] = {"omvang": vraag.steekproef, "zaad": vraag.zaad}
    extra |= {
        naam: wat for naam in ("uitbreiding", "definitief") if (wat := getattr(vraag, naam)) is not None
    }
    return overzichten.Wens(
        soort=vraag.soort,
        instelling=eigen,
        begin=vraag.begin,
        einde=vraag.einde,
        studiejaar=jaar,
        bekostigingsjaar=Bekostigingsjaar(vraag.bekostigingsjaar) if vraag.bekostigingsjaar else None,
        extra=extra,
        stand=vraag.stand,
        moment=vraag.moment,
        opnieuw=vraag.opnieuw,
        kenmerk=vraag.kenmerk,
    )


@route(
    "overzichten",
    "GET",
    "/overzichten",
    titel=("Aangevraagde overzichten", "Overviews that were asked for"),
    groep="Overzichten",
    vraag=Lijstvraag,
    antwoord=Aanvragen,
)
def overzichten_lijst(verzoek: Verzoek) -> Antwoord:
    """The latest first. An accountant sees the OBO's of the studiejaar, and what differs between them."""
    vraag: Lijstvraag = verzoek.vraag
    voor = None if vraag.cursor is None else cursors.lees("overzichten", vraag.cursor, tuple[datetime, UUID])
    aantal = min(vraag.aantal, overzichten.MEESTE - 1)
    with met_pas(verzoek.wie.pas):
        gevonden = overzichten.aanvragen(vraag.instelling, soort=vraag.soort, voor=voor, aantal=aantal + 1)
        bestanden = overzichten.bestanden([een.id for een in gevonden])
    return bladzijde(
        "overzichten",
        gevonden,
        aantal,
        lambda een: (een.aangevraagd_op, een.id),
        lambda een: _toon(een, bestanden[een.id]),
        Aanvragen,
    )


@route(
    "overzicht",
    "GET",
    "/overzichten/{uuid:aanvraag_id}",
    titel=("Hoe ver een overzicht is", "How far an overview is"),
    groep="Overzichten",
    antwoord=Aanvraag,
    fouten=("niet-gevonden",),
)
def overzicht(verzoek: Verzoek, aanvraag_id: UUID) -> Antwoord:
    """Ask again until it is ``klaar`` or ``mislukt``; then it never changes again."""
    with met_pas(verzoek.wie.pas):
        gevonden = overzichten.aanvraag(aanvraag_id)
        bestanden = overzichten.bestanden([aanvraag_id])[aanvraag_id]
    if gevonden is None:
        raise Fout("niet-gevonden")
    return Antwoord(_toon(gevonden, bestanden))


@route(
    "overzicht_bestand",
    "GET",
    "/overzichten/{uuid:aanvraag_id}/bestanden/{int:nummer}",
    titel=("Een bestand van een overzicht ophalen", "Fetch a file of an overview"),
    groep="Overzichten",
    antwoord=bytes,
    media="application/octet-stream",
    fouten=("niet-gevonden", "niet-toegestaan"),
)
def overzicht_bestand(
    verzoek: Verzoek, aanvraag_id: UUID, nummer: int
) -> HttpResponse | StreamingHttpResponse:
    """The file as it was made; its ETag is the SHA-256 that is kept with the request."""
    pas = verzoek.wie.pas
    with met_pas(pas):
        aanvraag = overzichten.aanvraag(aanvraag_id)
        bestanden = overzichten.bestanden([aanvraag_id])[aanvraag_id]
    if aanvraag is None or not 1 <= nummer <= len(bestanden):
        raise Fout("niet-gevonden")
    if ontbreekt := sorted(set(aanvraag.bijzonder) - pas.bijzonder):
        nodig = ", ".join(f"{een}.lezen" for een in ontbreekt)
        raise Fout(
            "niet-toegestaan",
            detail=(
                f"In dit bestand staan bijzondere gegevens; daarvoor is nodig: {nodig}.",
                f"This file holds special data; that asks for: {nodig}.",
            ),
        )
    bestand = bestanden[nummer - 1]
    etag = f'"{bestand.sha256}"'
    if etag in verzoek.request.META.get("HTTP_IF_NONE_MATCH", ""):
        return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    try:
        return verstrekken.stuur(aanvraag, bestand, pas, verzoek.wie.client)
    except overzichten.Vernietigd:
        tekst = "De bestanden worden niet meer bewaard. Vraag het overzicht opnieuw aan, per dezelfde stand."
        raise Fout(
            "niet-gevonden", detail=(tekst, "The files are no longer kept; ask for it again.")
        ) from None
