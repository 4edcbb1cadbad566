"""The mutatiestop: chosen by an institution, imposed by DUO, and lifted by an accountant for one student."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.web.api.assurance import Jaartekst, Reden, Stopsoort, lees_studiejaar, met, wie
from kernregister.web.api.paginas import Nummer
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.signalen import Wie
from kernregister.web.api.verantwoording import gelezen

ACTIVITEIT = "bekostiging-vaststellen"


class Mutatiestop(Struct, frozen=True):
    """A setting: ``uit``, ``waarschuwen`` or ``weigeren``, from a day on. An empty ``instelling`` is all of them."""

    id: int
    instelling: str
    studiejaar: str
    soort: str
    vanaf: date
    reden: str
    namens: str
    door: str
    op: datetime


class Stopkeuze(Struct, frozen=True):
    """What an institution chooses for itself, for a day from 1 March up to and including 1 June."""

    studiejaar: Jaartekst
    soort: Stopsoort
    vanaf: date
    reden: Reden
    door: Wie


class Stopbesluit(Struct, frozen=True):
    """What is imposed on an institution, or (empty) on all."""

    studiejaar: Jaartekst
    soort: Stopsoort
    vanaf: date
    reden: Reden
    door: Wie
    instelling: Annotated[
        str, Meta(pattern="^([0-9]{2}[A-Z]{2})?$", description="instellingscode, of leeg")
    ] = ""


_STOP = {
    "studiejaar": "2025-2026",
    "soort": "weigeren",
    "vanaf": "2026-06-01",
    "reden": "Het assurancerapport is goedgekeurd.",
    "door": "j.jansen",
}


@route(
    "mutatiestops",
    "GET",
    "/mutatiestops",
    titel=("Instellingen van de mutatiestop", "Settings of the mutatiestop"),
    groep="Verantwoording",
    antwoord=list[Mutatiestop],
)
def mutatiestops(verzoek: Verzoek) -> Antwoord:
    """Every setting that concerns the institution, the latest first; of those that have begun the latest holds."""
    return Antwoord(_stops(verzoek))


def _stops(verzoek: Verzoek) -> list[Mutatiestop]:
    velden = Mutatiestop.__struct_fields__
    gevonden = met(verzoek, bekostigen.stops)
    return [Mutatiestop(**{veld: getattr(een, veld) for veld in velden}) for een in gevonden]


@route(
    "mutatiestop_kiezen",
    "POST",
    "/mutatiestops",
    titel=("Zelf een mutatiestop kiezen", "Choose a mutatiestop"),
    groep="Verantwoording",
    lichaam=Lichaam(soort=Stopkeuze, voorbeelden={"stop": _STOP}),
    antwoord=list[Mutatiestop],
    status=201,
    fouten=("onverwerkbaar",),
)
def mutatiestop_kiezen(verzoek: Verzoek) -> Antwoord:
    """An institution chooses its own stop on a studiejaar; from 1 June on DUO decides."""
    return _zet(verzoek, verzoek.inhoud, verzoek.wie.pas.sleutel)


@route(
    "mutatiestop_opleggen",
    "POST",
    "/mutatiestops/opgelegd",
    titel=("Een mutatiestop opleggen", "Impose a mutatiestop"),
    groep="Verantwoording",
    lichaam=Lichaam(soort=Stopbesluit, voorbeelden={"stop": {**_STOP, "instelling": "25PV"}}),
    antwoord=list[Mutatiestop],
    status=201,
    fouten=("onverwerkbaar",),
)
def mutatiestop_opleggen(verzoek: Verzoek) -> Antwoord:
    """For one institution or for all; what was imposed an institution does not undo."""
    return _zet(verzoek, verzoek.inhoud, verzoek.inhoud.instelling)


def _zet(verzoek: Verzoek, wat: Stopkeuze | Stopbesluit, instelling: str) -> Antwoord:
    jaar = lees_studiejaar(wat.studiejaar, "studiejaar")
    met(
        verzoek,
        lambda: bekostigen.stel_in(instelling, jaar, wat.soort, wat.vanaf, wat.reden, wie(verzoek, wat.door)),
    )
    return Antwoord(_stops(verzoek), status=201)


class Mutatieontheffing(Struct, frozen=True):
    """For whom the stop was lifted; ``sleutel`` is one enrolment or diploma, empty for all of the person."""

    id: int
    studiejaar: str
    persoon: int
    sleutel: str
    tot: date
    reden: str
    door: str
    op: datetime


class Ontheffingsvraag(Struct, frozen=True):
    """For whom, until when (the first day on which it no longer holds) and why."""

    persoon: Nummer
    tot: date
    reden: Reden
    door: Wie
    sleutel: Annotated[
        str, Meta(max_length=20, description="inschrijvingvolgnummer of resultaatvolgnummer")
    ] = ""


@route(
    "mutatiestop_ontheffingen",
    "GET",
    "/mutatiestops/ontheffingen",
    titel=("Voor wie de mutatiestop is opgeheven", "For whom the mutatiestop was lifted"),
    groep="Verantwoording",
    antwoord=list[Mutatieontheffing],
)
def mutatiestop_ontheffingen(verzoek: Verzoek) -> Antwoord:
    """The latest first."""
    with met_pas(verzoek.wie.pas):
        gevonden = bekostigen.ontheffingen()
        gelezen(verzoek, [een.persoon_id for een in gevonden], "ontheffingen lezen", ACTIVITEIT)
    return Antwoord([_toon(een) for een in gevonden])


@route(
    "mutatiestop_opheffen",
    "POST",
    "/mutatiestops/ontheffingen",
    titel=("De mutatiestop voor iemand opheffen", "Lift the mutatiestop for somebody"),
    groep="Verantwoording",
    lichaam=Lichaam(
        soort=Ontheffingsvraag,
        voorbeelden={
            "inschrijving": {
                "persoon": 4711,
                "sleutel": "1",
                "tot": "2026-07-15",
                "reden": "De begindatum was verkeerd overgenomen; gezien.",
                "door": "a.ccountant",
            }
        },
    ),
    antwoord=Mutatieontheffing,
    status=201,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def mutatiestop_opheffen(verzoek: Verzoek) -> Antwoord:
    """The accountant answers for a change in what was accounted for already."""
    wat: Ontheffingsvraag = verzoek.inhoud
    pas = verzoek.wie.pas
    jaar = lees_studiejaar(pas.extra, "studiejaar")

    def hef_op() -> Mutatieontheffing:
        uit = bekostigen.hef_op(
            wat.persoon, pas.sleutel, jaar, wat.tot, wat.reden, wie(verzoek, wat.door), wat.sleutel
        )
        gelezen(verzoek, [wat.persoon], "mutatiestop opheffen", ACTIVITEIT)
        return _toon(uit)

    return Antwoord(met(verzoek, hef_op), status=201)


def _toon(van: object) -> Mutatieontheffing:
    velden = {veld: getattr(van, veld) for veld in Mutatieontheffing.__struct_fields__ if veld != "persoon"}
    return Mutatieontheffing(**velden, persoon=getattr(van, "persoon_id"))  # noqa: B009
