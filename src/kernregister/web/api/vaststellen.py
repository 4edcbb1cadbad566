"""The definitive status: begun, followed, given up, and read."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.web.api.assurance import Reden, doe, met, wie
from kernregister.web.api.problemen import Fout
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.signalen import Instellingscode, Wie
from kernregister.web.api.verantwoording import over_instelling

Jaar = Annotated[int, Meta(ge=2000, le=2999, description="bekostigingsjaar T, zoals 2027")]


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
    antwoord=bekostigen.Bepaling,
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


def _gang(verzoek: Verzoek, nummer: int) -> bekostigen.Bepaling:
    gevonden = met(verzoek, lambda: bekostigen.gang(nummer))
    if gevonden is None:
        raise Fout("niet-gevonden")
    return gevonden


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
    antwoord=list[bekostigen.Bepaling],
)
def definitieve_bepalingen(verzoek: Verzoek) -> Antwoord:
    """The latest first; the last that is done holds."""
    vraag: Bepalingenvraag = verzoek.vraag
    jaar = Bekostigingsjaar(vraag.bekostigingsjaar) if vraag.bekostigingsjaar else None
    return Antwoord(met(verzoek, lambda: bekostigen.gangen(jaar)))


@route(
    "definitieve_bepaling",
    "GET",
    "/definitieve-bepalingen/{int:nummer}",
    titel=("Hoe ver een bepaling is", "How far a determination is"),
    groep="Verantwoording",
    antwoord=bekostigen.Bepaling,
)
def definitieve_bepaling(verzoek: Verzoek, nummer: int) -> Antwoord:
    """Ask again until it is ``klaar`` or ``mislukt``."""
    return Antwoord(_gang(verzoek, nummer))


class Afbreking(Struct, frozen=True):
    """Why a determination is given up, and by whom."""

    reden: Reden
    door: Wie


@route(
    "definitief_afbreken",
    "POST",
    "/definitieve-bepalingen/{int:nummer}/afbreking",
    titel=("Een bepaling afbreken", "Give up a determination"),
    groep="Verantwoording",
    lichaam=Lichaam(
        soort=Afbreking,
        voorbeelden={"vast": {"reden": "De bepaling komt niet verder.", "door": "d.vries"}},
    ),
    antwoord=bekostigen.Bepaling,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def definitief_afbreken(verzoek: Verzoek, nummer: int) -> Antwoord:
    """What holds stays as it was; TBG-i's can be asked for again, and another determination can begin."""
    wat: Afbreking = verzoek.inhoud
    doe(lambda: bekostigen.breek_af(nummer, wat.reden, wie(verzoek, wat.door)))
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
    instelling = over_instelling(verzoek, vraag.instelling)
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
