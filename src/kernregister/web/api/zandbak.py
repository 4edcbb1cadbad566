"""Helpers of a trial: fictitious persons to deliver about, and a clock that can be moved. Only in demo mode."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from kernregister.fictief.bevolking import bevolking
from kernregister.kern.leesbaar import als_object
from kernregister.platform import klok
from kernregister.voorzieningen.personen import public as personen
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.weergave import PersoonBericht


class Testvraag(Struct, frozen=True):
    """How many persons, and from which seed: the same seed gives the same persons."""

    aantal: Annotated[int, Meta(ge=1, le=1000)] = 10
    zaad: Annotated[int, Meta(ge=0, le=2**31)] = 1


class Testgegevens(Struct, frozen=True):
    """Fictitious persons that the source of person data knows from now on."""

    nieuw: int
    personen: list[PersoonBericht]


@route(
    "proef_gegevens",
    "POST",
    "/sandbox/testgegevens",
    titel=("Fictieve personen maken", "Make fictitious persons"),
    groep="Proef",
    lichaam=Lichaam(soort=Testvraag, voorbeelden={"tien": {"aantal": 10, "zaad": 1}}),
    antwoord=Testgegevens,
    status=201,
)
def proef_gegevens(verzoek: Verzoek) -> Antwoord:
    """Persons whom an institution can identify and enrol; none of them exists."""
    gemaakt = list(bevolking(verzoek.inhoud.aantal, verzoek.inhoud.zaad, klok.vandaag()))
    nieuw = personen.neem_op(gemaakt)
    inhoud: dict[str, Any] = {"nieuw": nieuw, "personen": [als_object(persoon) for persoon in gemaakt]}
    return Antwoord(msgspec.json.encode(inhoud), status=201)


class Klokvraag(Struct, frozen=True):
    """How far forward."""

    dagen: Annotated[int, Meta(ge=0, le=3660)] = 0
    uren: Annotated[int, Meta(ge=0, le=24)] = 0


class Klokstand(Struct, frozen=True):
    """What time it is for the register."""

    nu: datetime


@route(
    "proef_klok",
    "POST",
    "/sandbox/klok",
    titel=("De klok vooruitzetten", "Move the clock forward"),
    groep="Proef",
    lichaam=Lichaam(soort=Klokvraag, voorbeelden={"een week": {"dagen": 7}}),
    antwoord=Klokstand,
)
def proef_klok(verzoek: Verzoek) -> Antwoord:
    """The clock goes forward only: what was registered stays in order."""
    return Antwoord(
        Klokstand(klok.zet_vooruit(timedelta(days=verzoek.inhoud.dagen, hours=verzoek.inhoud.uren)))
    )
