"""The definitive status and the mutatiestop: begun, followed and read; set, and lifted for one student."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct, structs

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.web.api.assurance import Jaartekst, Reden, Stopsoort, doe, lees_studiejaar, met, wie
from kernregister.web.api.paginas import Nummer
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.signalen import Instellingscode, Wie
from kernregister.web.api.verantwoording import gelezen, instelling_van

ACTIVITEIT = "bekostiging-vaststellen"

Jaar = Annotated[int, Meta(ge=2000, le=2999, description="bekostigingsjaar T, zoals 2027")]


class Bepaling(Struct, frozen=True):
    """A determination of the definitive status: ``bezig``, ``klaar``, or ``mislukt`` (then ``uitleg`` says why)."""

    id: int
    jaar: int
    toestand: str
    parameters: str
    gegevens_versie: int
    programma: str
    reden: str
    door: str
    gestart_op: datetime
    klaar_op: datetime | None
    uitleg: str
    instellingen: int
    instellingen_klaar: int
    personen: int


class Bepalingsvraag(Struct, frozen=True):
    """Of which year, why, and who begins it."""

    bekostigingsjaar: Jaar
    reden: Reden
    door: Wie


@route(
    "definitief_beginnen",
    "POST",
    "/definitieve-bepalingen",
    titel=("De definitieve bekostigingsstatus bepalen", "Determine the definitive funding status"),
    groep="Verantwoording",
    lichaam=Lichaam(
        soort=Bepalingsvraag,
        voorbeelden={
            "jaar": {"bekostigingsjaar": 2027, "reden": "Alle rapporten zijn binnen.", "door": "d.vries"}
        },
    ),
    antwoord=Bepaling,
    status=202,
    fouten=("onverwerkbaar",),
)
def definitief_beginnen(verzoek: Verzoek) -> Antwoord:
    """Only once every report is approved; otherwise everything that is missing is said."""
    wat: Bepalingsvraag = verzoek.inhoud
    nummer = doe(
        lambda: bekostigen.begin(Bekostigingsjaar(wat.bekostigingsjaar), wat.reden, wie(verzoek, wat.door))
    )
    koppen = {"Location": f"/api/v1/definitieve-bepalingen/{nummer}", "Retry-After": "5"}
    return Antwoord(_gang(verzoek, nummer), status=202, koppen=koppen)


def _gang(verzoek: Verzoek, nummer: int) -> Bepaling:
    gevonden = met(verzoek, lambda: bekostigen.gang(nummer))
    if gevonden is None:
        raise Fout("niet-gevonden")
    return Bepaling(**structs.asdict(gevonden))


class Bepalingenvraag(Struct, frozen=True):
    """Of which year; without one, of all."""

    bekostigingsjaar: Jaar | None = None


@route(
    "definitieve_bepalingen",
    "GET",
    "/definitieve-bepalingen",
    titel=("Bepalingen van de definitieve status", "Determinations of the definitive status"),
    groep="Verantwoording",
    vraag=Bepalingenvraag,
    antwoord=list[Bepaling],
)
def definitieve_bepalingen(verzoek: Verzoek) -> Antwoord:
    """The latest first; the last that is done holds."""
    vraag: Bepalingenvraag = verzoek.vraag
    jaar = Bekostigingsjaar(vraag.bekostigingsjaar) if vraag.bekostigingsjaar else None
    return Antwoord(
        [Bepaling(**structs.asdict(een)) for een in met(verzoek, lambda: bekostigen.gangen(jaar))]
    )


@route(
    "definitieve_bepaling",
    "GET",
    "/definitieve-bepalingen/{int:nummer}",
    titel=("Hoe ver een bepaling is", "How far a determination is"),
    groep="Verantwoording",
    antwoord=Bepaling,
)
def definitieve_bepaling(verzoek: Verzoek, nummer: int) -> Antwoord:
    """Ask again until it is ``klaar`` or ``mislukt``."""
    return Antwoord(_gang(verzoek, nummer))


class Budgetwaarde(Struct, frozen=True):
    """What an institution brings to a national budget."""

    budget: str
    correctiefactor: Decimal | None
    deelnemerswaarde: Decimal
    diplomawaarde: Decimal
    diplomas: int
    zonder_bijdrage: int
    """Enrolments that count, for an amount that cannot be told."""


class Definitievestatus(Struct, frozen=True):
    """The definitive status of an institution in a year: on which report and stand it rests, and its totals."""

    run: int
    bekostigingsjaar: int
    instelling: str
    rapport: UUID
    aanvraag: UUID
    stand: int
    parameters: str
    gegevens_versie: int
    programma: str
    bepaald_op: datetime
    budgetten: list[Budgetwaarde]
    indicatief: bool = True


class Definitiefvraag(Struct, frozen=True):
    """Of which year; who sees more than one institution names it."""

    bekostigingsjaar: Jaar
    instelling: Instellingscode | None = None


@route(
    "bekostiging_definitief",
    "GET",
    "/bekostiging/definitief",
    titel=("De definitieve bekostigingsstatus", "The definitive funding status"),
    groep="Verantwoording",
    vraag=Definitiefvraag,
    antwoord=Definitievestatus,
    fouten=("niet-gevonden",),
)
def bekostiging_definitief(verzoek: Verzoek) -> Antwoord:
    """What was determined from the OBO behind the approved report; 404 as long as nothing was."""
    vraag: Definitiefvraag = verzoek.vraag
    instelling = vraag.instelling or instelling_van(verzoek)
    if instelling is None:
        raise Fout(
            "onleesbaar", [Punt("noem een instelling: deze aansluiting ziet er meer dan een", "?instelling")]
        )
    jaar = Bekostigingsjaar(vraag.bekostigingsjaar)
    uit = met(verzoek, lambda: bekostigen.definitief(instelling, jaar))
    if uit is None:
        raise Fout("niet-gevonden")
    velden = {
        veld: getattr(uit, veld)
        for veld in Definitievestatus.__struct_fields__
        if veld not in {"bekostigingsjaar", "budgetten", "indicatief"}
    }
    return Antwoord(
        Definitievestatus(
            **velden,
            bekostigingsjaar=jaar.jaar,
            budgetten=[
                Budgetwaarde(
                    een.budget, een.correctiefactor, een.idw, een.idiw, een.diplomas, een.zonder_bijdrage
                )
                for een in (uit.totaal.budgetten if uit.totaal else ())
            ],
        )
    )


# -------------------------------------------------------------------------------------------- the mutatiestop


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
