"""Accounting for a studiejaar: assurance reports, and who is still to hand one in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from django.http import HttpResponse
from msgspec import Meta, Struct, structs

from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.signalen import Instellingscode, Wie

T = TypeVar("T")

GROOTSTE_INDIENING = 29 << 20
"""Most bytes of a report that is handed in: the PDF in base64."""

Hash = Annotated[str, Meta(pattern="^[0-9a-fA-F]{64}$", description="sha256, 64 hexadecimale tekens")]
Jaartekst = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{4}$", description="studiejaar, zoals 2025-2026")]
Reden = Annotated[str, Meta(max_length=1000)]
Stopsoort = Literal["uit", "waarschuwen", "weigeren"]


class Rapportstap(Struct, frozen=True):
    """A step of a report: aangeleverd, afgekeurd, goedgekeurd or vervangen."""

    toestand: str
    op: datetime
    door: str
    reden: str
    vervangen_door: UUID | None


class Assurancerapport(Struct, frozen=True):
    """An assurance report on one OBO, with its course.

    ``op_tijd``: handed in by ``uiterlijk``. ``nieuwste_obo`` is false when a newer OBO of the studiejaar was made.
    """

    id: UUID
    instelling: str
    studiejaar: str
    aanvraag: UUID
    obo_sha256: str
    obo_aangevraagd_op: datetime
    bestandsnaam: str
    sha256: str
    omvang: int
    bladen: int
    namens: str
    door: str
    ingediend_op: datetime
    toestand: str
    uiterlijk: date
    op_tijd: bool
    nieuwste_obo: bool
    stappen: list[Rapportstap]


class Verantwoordingsstand(Struct, frozen=True):
    """How far an institution is. ``verplicht``: something is registered there that may count for the funding."""

    instelling: str
    naam: str
    verplicht: bool
    toestand: str
    """That of the report that counts, or ``ontbreekt``."""
    uiterlijk: date
    te_laat: bool
    rapport: UUID | None


def doe(handeling: Callable[[], T]) -> T:
    """Return what a room answers, its objections as a problem.

    Raises:
        Fout: it cannot be, or there is no such thing.
    """
    try:
        return handeling()
    except bekostigen.Onvindbaar:
        raise Fout("niet-gevonden") from None
    except bekostigen.Verantwoordingsfout as fout:
        raise Fout("onverwerkbaar", [Punt(reden) for reden in fout.redenen]) from None


def met(verzoek: Verzoek, handeling: Callable[[], T]) -> T:
    """Do something under the pass of who asks, the same way."""

    def onder_pas() -> T:
        with met_pas(verzoek.wie.pas):
            return handeling()

    return doe(onder_pas)


def wie(verzoek: Verzoek, door: str) -> bekostigen.Bevoegde:
    """Return who acts."""
    return bekostigen.Bevoegde(verzoek.wie.pas, verzoek.wie.client, door)


def lees_studiejaar(tekst: str, pad: str = "?studiejaar") -> Studiejaar:
    """Return a studiejaar.

    Raises:
        Fout: the two years do not follow each other.
    """
    try:
        return Studiejaar.lees(tekst)
    except ValueError as fout:
        raise Fout("onleesbaar", [Punt(str(fout), pad)]) from None


def _toon(van: bekostigen.Rapportbeeld) -> Assurancerapport:
    velden = {veld: getattr(van, veld) for veld in Assurancerapport.__struct_fields__ if veld != "stappen"}
    return Assurancerapport(**velden, stappen=[Rapportstap(**structs.asdict(stap)) for stap in van.stappen])


def _een(verzoek: Verzoek, id_: UUID) -> Assurancerapport:
    beeld = met(verzoek, lambda: bekostigen.rapport(id_))
    if beeld is None:
        raise Fout("niet-gevonden")
    return _toon(beeld)


class Rapportindiening(Struct, frozen=True):
    """A report as it is handed in: on which OBO, by the hash of that file, and the PDF itself in base64."""

    aanvraag: UUID
    obo_sha256: Hash
    bestandsnaam: Annotated[str, Meta(min_length=1, max_length=200)]
    inhoud: bytes
    door: Wie


@route(
    "assurancerapport_aanleveren",
    "POST",
    "/assurancerapporten",
    titel=("Een assurancerapport aanleveren", "Hand in an assurance report"),
    groep="Verantwoording",
    lichaam=Lichaam(
        soort=Rapportindiening,
        hoogstens=GROOTSTE_INDIENING,
        voorbeelden={
            "rapport": {
                "aanvraag": "7d9f3c52-3a41-4f2e-9d0c-8a6b5e4f0001",
                "obo_sha256": "ab" * 32,
                "bestandsnaam": "AR_25PV_2025-2026.pdf",
                "inhoud": "JVBERi0xLjcK",
                "door": "j.jansen",
            }
        },
    ),
    antwoord=Assurancerapport,
    status=201,
    ook={200: Assurancerapport},
    fouten=("onverwerkbaar", "te-groot"),
)
def assurancerapport_aanleveren(verzoek: Verzoek) -> Antwoord:
    """The PDF is judged by its content; all that is wrong is said at once. The same file again is the same report."""
    wat: Rapportindiening = verzoek.inhoud
    indiening = bekostigen.Indiening(wat.aanvraag, wat.obo_sha256, wat.bestandsnaam, wat.inhoud)
    rapport, nieuw = doe(lambda: bekostigen.dien_in(indiening, wie(verzoek, wat.door)))
    adres = f"/api/v1/assurancerapporten/{rapport.id}"
    return Antwoord(_een(verzoek, rapport.id), status=201 if nieuw else 200, koppen={"Location": adres})


class Rapportvraag(Struct, frozen=True):
    """Which reports."""

    studiejaar: Jaartekst | None = None
    instelling: Instellingscode | None = None


@route(
    "assurancerapporten",
    "GET",
    "/assurancerapporten",
    titel=("Assurancerapporten", "Assurance reports"),
    groep="Verantwoording",
    vraag=Rapportvraag,
    antwoord=list[Assurancerapport],
)
def assurancerapporten(verzoek: Verzoek) -> Antwoord:
    """The reports of the institution, the latest first, each with its steps."""
    vraag: Rapportvraag = verzoek.vraag
    jaar = lees_studiejaar(vraag.studiejaar) if vraag.studiejaar else None
    return Antwoord(
        [_toon(een) for een in met(verzoek, lambda: bekostigen.rapporten(jaar, vraag.instelling))]
    )


@route(
    "assurancerapport",
    "GET",
    "/assurancerapporten/{uuid:rapport_id}",
    titel=("Een assurancerapport", "An assurance report"),
    groep="Verantwoording",
    antwoord=Assurancerapport,
)
def assurancerapport(verzoek: Verzoek, rapport_id: UUID) -> Antwoord:
    """What it is now, and every step so far."""
    return Antwoord(_een(verzoek, rapport_id))


@route(
    "assurancerapport_bestand",
    "GET",
    "/assurancerapporten/{uuid:rapport_id}/bestand",
    titel=("Het bestand van een assurancerapport", "The file of an assurance report"),
    groep="Verantwoording",
    antwoord=bytes,
    media="application/pdf",
)
def assurancerapport_bestand(verzoek: Verzoek, rapport_id: UUID) -> HttpResponse:
    """The PDF, byte for byte as it was handed in; only to be saved, not to be shown in a browser."""
    rapport, inhoud = doe(lambda: bekostigen.bestand(rapport_id, verzoek.wie.pas))
    antwoord = HttpResponse(inhoud, content_type="application/pdf")
    antwoord["Content-Disposition"] = f'attachment; filename="{rapport.bestandsnaam}"'
    antwoord["X-Content-Type-Options"] = "nosniff"
    antwoord["Cache-Control"] = "no-store"
    return antwoord


class Rapportbesluit(Struct, frozen=True):
    """A decision on a report. ``mutatiestop``: what holds from now on for the institution and studiejaar."""

    akkoord: bool
    door: Wie
    reden: Reden = ""
    mutatiestop: Stopsoort | None = None


@route(
    "assurancerapport_beslissen",
    "POST",
    "/assurancerapporten/{uuid:rapport_id}/besluit",
    titel=("Over een assurancerapport beslissen", "Decide on an assurance report"),
    groep="Verantwoording",
    lichaam=Lichaam(
        soort=Rapportbesluit,
        voorbeelden={
            "goedkeuren": {"akkoord": True, "door": "d.vries", "mutatiestop": "waarschuwen"},
            "afkeuren": {"akkoord": False, "door": "d.vries", "reden": "De handtekening ontbreekt."},
        },
    ),
    antwoord=Assurancerapport,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def assurancerapport_beslissen(verzoek: Verzoek, rapport_id: UUID) -> Antwoord:
    """Approve, or refuse with the reason; somebody else than who handed it in, and once."""
    wat: Rapportbesluit = verzoek.inhoud
    doe(
        lambda: bekostigen.beslis(rapport_id, wat.akkoord, wat.reden, wie(verzoek, wat.door), wat.mutatiestop)
    )
    return Antwoord(_een(verzoek, rapport_id))


class Verantwoordingsvraag(Struct, frozen=True):
    """Of which studiejaar."""

    studiejaar: Jaartekst


@route(
    "assurance_stand",
    "GET",
    "/assurancerapporten/stand",
    titel=("Welke instellingen nog moeten verantwoorden", "Which institutions are still to account"),
    groep="Verantwoording",
    vraag=Verantwoordingsvraag,
    antwoord=list[Verantwoordingsstand],
)
def assurance_stand(verzoek: Verzoek) -> Antwoord:
    """Every funded institution, with the report that counts."""
    vraag: Verantwoordingsvraag = verzoek.vraag
    jaar = lees_studiejaar(vraag.studiejaar)
    return Antwoord(
        [
            Verantwoordingsstand(
                een.instelling,
                een.naam,
                een.verplicht,
                een.toestand,
                een.uiterlijk,
                een.te_laat,
                een.rapport.id if een.rapport else None,
            )
            for een in met(verzoek, lambda: bekostigen.stand_van_zaken(jaar))
        ]
    )
