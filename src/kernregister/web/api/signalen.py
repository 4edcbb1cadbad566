"""Signals: the work list of an institution, one with its explanation, and what people decide about them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from kernregister.platform.nummers import maskeer_waarde
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.api import cursors, weergave
from kernregister.web.api.paginas import Bladzijdevraag, Code, Nummer
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.verantwoording import gelezen
from kernregister.web.api.weergave import Recordsleutel

Instellingscode = Annotated[str, Meta(pattern="^[0-9A-Z]{4}$", description="instellingscode, zoals 25PV")]


class Signaal(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A signal; the person stands in it by the name the API gives."""

    id: int
    persoon: int
    instelling: str
    regel: str
    groep: str
    tekst: str
    advies: str
    sleutel: Recordsleutel
    waarden: dict[str, Any]
    van: date
    tot: date
    sinds: date
    dagen: int
    """How many days it has stood."""
    geopend_op: datetime
    geopend_reden: str = ""
    gesloten_op: datetime | None = None
    gesloten_reden: str | None = None
    toegewezen_aan: str = ""
    afgezien_tot: date | None = None


class Signalen(Struct, frozen=True):
    """A page of signals; ``volgende`` is the cursor of the next page, or null."""

    signalen: list[Signaal]
    volgende: str | None


class Stap(Struct, frozen=True):
    """A step in waiving: a request, an approval, a refusal or a withdrawal."""

    id: int
    stap: str
    door: str
    reden: str
    tot: date
    op: datetime


class Signaalverhaal(Struct, frozen=True):
    """A signal with its source, the times it stood before, and what was decided about it."""

    signaal: Signaal
    bron: str
    eerder: list[Signaal]
    afzien: list[Stap]


class Signaalvraag(Bladzijdevraag, frozen=True, kw_only=True):
    """Which signals."""

    instelling: Instellingscode | None = None
    regel: Code | None = None
    groep: Annotated[str, Meta(pattern="^[A-Z]$")] | None = None
    persoon: Nummer | None = None
    toegewezen_aan: Annotated[str, Meta(max_length=120)] | None = None
    afgezien: bool | None = None
    sinds_voor: date | None = None


def toon(verzoek: Verzoek, beeld: kwaliteit.Signaalbeeld) -> Signaal:
    """Return a signal as the API shows it."""
    tekst, advies = weergave.teksten(beeld.regel, verzoek.taal)
    zelfde = {
        veld: getattr(beeld, veld)
        for veld in Signaal.__struct_fields__
        if veld not in {"tekst", "advies", "sleutel", "waarden"}
    }
    return Signaal(
        tekst=tekst,
        advies=advies,
        sleutel=weergave.recordsleutel(beeld.sleutel),
        waarden=maskeer_waarde(beeld.waarden),
        **zelfde,
    )


@route(
    "signalen",
    "GET",
    "/signalen",
    titel=("De open signalen", "The open signals"),
    groep="Signalen",
    vraag=Signaalvraag,
    antwoord=Signalen,
)
def signalen(verzoek: Verzoek) -> Antwoord:
    """Signals that stand now, in order of opening."""
    vraag: Signaalvraag = verzoek.vraag
    na = cursors.lees("signalen", vraag.cursor, int) if vraag.cursor else 0
    wens = kwaliteit.Filter(**{veld: getattr(vraag, veld) for veld in kwaliteit.Filter.__struct_fields__})
    with met_pas(verzoek.wie.pas):
        gevonden = kwaliteit.open_signalen(wens, na, min(vraag.aantal, 500))
        gelezen(verzoek, [een.persoon for een in gevonden.signalen], "signalen lezen", "kwaliteit-bewaken")
    volgende = cursors.maak("signalen", gevonden.volgende) if gevonden.volgende is not None else None
    return Antwoord(Signalen([toon(verzoek, een) for een in gevonden.signalen], volgende))


@route(
    "signaal",
    "GET",
    "/signalen/{int:nummer}",
    titel=("Een signaal met zijn verhaal", "One signal with its story"),
    groep="Signalen",
    antwoord=Signaalverhaal,
)
def signaal(verzoek: Verzoek, nummer: int) -> Antwoord:
    """What a signal means, what to do about it, when it stood before and what was decided."""
    try:
        with met_pas(verzoek.wie.pas):
            gevonden = kwaliteit.signaal(nummer)
            gelezen(verzoek, [gevonden.signaal.persoon], "signaal lezen", "kwaliteit-bewaken")
    except kwaliteit.Onvindbaar:
        raise Fout("niet-gevonden") from None
    return Antwoord(
        Signaalverhaal(
            toon(verzoek, gevonden.signaal),
            gevonden.bron,
            [toon(verzoek, een) for een in gevonden.eerder],
            [Stap(een.id, een.stap, een.door, een.reden, een.tot, een.op) for een in gevonden.afzien],
        )
    )


Wie = Annotated[
    str, Meta(min_length=1, max_length=60, description="wie het doet, zoals de instelling die kent")
]


class Toewijzing(Struct, frozen=True):
    """To whom a signal goes; an empty text: to nobody any more."""

    aan: Annotated[str, Meta(max_length=120)]
    door: Wie


class Afziening(Struct, frozen=True):
    """Why a signal need not be solved, and until when; it holds once a colleague approves."""

    reden: Annotated[str, Meta(min_length=1, max_length=1000)]
    tot: date
    door: Wie


class Verzoeknummer(Struct, frozen=True):
    """The request to waive."""

    verzoek: int


class Gedaan(Struct, frozen=True):
    """It was done."""

    signaal: int


@route(
    "signaal_toewijzen",
    "POST",
    "/signalen/{int:nummer}/toewijzing",
    titel=("Een signaal toewijzen", "Assign a signal"),
    groep="Signalen",
    lichaam=Lichaam(soort=Toewijzing, voorbeelden={"aan": {"aan": "j.jansen", "door": "p.pieters"}}),
    antwoord=Gedaan,
    fouten=("onverwerkbaar",),
)
def signaal_toewijzen(verzoek: Verzoek, nummer: int) -> Antwoord:
    """Give an open signal to a colleague."""
    wat: Toewijzing = verzoek.inhoud
    _beslis(verzoek, lambda: kwaliteit.wijs_toe([nummer], wat.aan, _wie(verzoek, wat.door)))
    return Antwoord(Gedaan(nummer))


@route(
    "signaal_afzien",
    "POST",
    "/signalen/{int:nummer}/afzien",
    titel=("Vragen om van een signaal af te zien", "Ask to waive a signal"),
    groep="Signalen",
    lichaam=Lichaam(
        soort=Afziening,
        voorbeelden={
            "verzoek": {"reden": "Bezwaar loopt bij DUO.", "tot": "2026-12-31", "door": "p.pieters"}
        },
    ),
    antwoord=Verzoeknummer,
    status=201,
    fouten=("onverwerkbaar",),
)
def signaal_afzien(verzoek: Verzoek, nummer: int) -> Antwoord:
    """Ask to waive an open signal until a day, with the reason; somebody else decides."""
    wat: Afziening = verzoek.inhoud
    gevraagd = _beslis(verzoek, lambda: kwaliteit.zie_af(nummer, wat.reden, wat.tot, _wie(verzoek, wat.door)))
    return Antwoord(Verzoeknummer(gevraagd), status=201)


class Besluit(Struct, frozen=True):
    """What a colleague decides about a request to waive; a refusal has a reason."""

    akkoord: bool
    door: Wie
    reden: Annotated[str, Meta(max_length=1000)] = ""


class Intrekking(Struct, frozen=True):
    """Why a signal counts in full again."""

    reden: Annotated[str, Meta(min_length=1, max_length=1000)]
    door: Wie


@route(
    "afzien_beslissen",
    "POST",
    "/afzien/{int:nummer}/besluit",
    titel=("Over een verzoek tot afzien beslissen", "Decide about a request to waive"),
    groep="Signalen",
    lichaam=Lichaam(
        soort=Besluit,
        voorbeelden={
            "akkoord": {"akkoord": True, "door": "j.jansen"},
            "afwijzing": {"akkoord": False, "door": "j.jansen", "reden": "Het bezwaar is afgewezen."},
        },
    ),
    antwoord=Verzoeknummer,
    fouten=("onverwerkbaar",),
)
def afzien_beslissen(verzoek: Verzoek, nummer: int) -> Antwoord:
    """Approve or refuse a request to waive; who asked cannot approve."""
    wat: Besluit = verzoek.inhoud
    _beslis(verzoek, lambda: kwaliteit.beslis(nummer, wat.akkoord, wat.reden, _wie(verzoek, wat.door)))
    return Antwoord(Verzoeknummer(nummer))


@route(
    "afzien_intrekken",
    "POST",
    "/afzien/{int:nummer}/intrekking",
    titel=("Een verzoek tot afzien intrekken", "Withdraw a request to waive"),
    groep="Signalen",
    lichaam=Lichaam(
        soort=Intrekking,
        voorbeelden={"intrekking": {"reden": "De fout is hersteld.", "door": "p.pieters"}},
    ),
    antwoord=Verzoeknummer,
    fouten=("onverwerkbaar",),
)
def afzien_intrekken(verzoek: Verzoek, nummer: int) -> Antwoord:
    """Withdraw a request, approved or not: the signal counts in full again."""
    wat: Intrekking = verzoek.inhoud
    _beslis(verzoek, lambda: kwaliteit.trek_in(nummer, wat.reden, _wie(verzoek, wat.door)))
    return Antwoord(Verzoeknummer(nummer))


def _wie(verzoek: Verzoek, door: str) -> str:
    """Return who decides: somebody whom the institution's own system vouches for, so that system is named too."""
    return f"{door} via {verzoek.wie.client}"


def _beslis(verzoek: Verzoek, doe: Any) -> Any:
    try:
        with met_pas(verzoek.wie.pas):
            return doe()
    except kwaliteit.Onvindbaar:
        raise Fout("niet-gevonden") from None
    except kwaliteit.Kwaliteitsfout as fout:
        raise Fout("onverwerkbaar", [Punt(str(fout))]) from None
