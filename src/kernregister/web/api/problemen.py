"""Errors of the API as problem details (RFC 9457): for people, in Dutch or English, everything that is wrong at once.

A problem never shows what was sent: a number of a person may hide in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Literal

import msgspec
from django.http import HttpResponse
from msgspec import Struct

from kernregister.platform import spoor
from kernregister.platform.nummers import maskeer

TYPE = "application/problem+json"
FOUTEN = "/api/v1/fouten/"
"""Where each kind of problem is explained; its address is the ``type``."""

Taal = Literal["nl", "en"]


class Probleemsoort(Struct, frozen=True):
    """A kind of problem: its status, and what it is and how to mend it, in both languages."""

    status: int
    titel: dict[str, str]
    uitleg: dict[str, str]


def _soort(status: int, titel_nl: str, titel_en: str, nl: str, en: str) -> Probleemsoort:
    return Probleemsoort(status, {"nl": titel_nl, "en": titel_en}, {"nl": nl, "en": en})


SOORTEN: dict[str, Probleemsoort] = {
    "onleesbaar": _soort(
        400,
        "Het verzoek is niet te lezen",
        "The request cannot be read",
        "Wat er is gestuurd heeft niet de vorm die deze route verwacht. De bevindingen noemen elke plaats.",
        "What was sent does not have the form that this route expects. The findings name every place.",
    ),
    "niet-aangemeld": _soort(
        401,
        "Niet aangemeld",
        "Not authenticated",
        "Stuur een geldig toegangsbewijs mee: Authorization: Bearer …, verkregen bij /oauth/token.",
        "Send a valid token: Authorization: Bearer …, obtained from /oauth/token.",
    ),
    "niet-toegestaan": _soort(
        403,
        "Niet toegestaan",
        "Forbidden",
        "Deze aansluiting mag dit niet: het recht ontbreekt, of hoort niet bij deze soort aansluiting.",
        "This client may not do this: the scope is missing or does not go with this kind of client.",
    ),
    "niet-gevonden": _soort(
        404,
        "Niet gevonden",
        "Not found",
        "Hier is niets, of niets dat deze aansluiting mag zien.",
        "There is nothing here, or nothing that this client may see.",
    ),
    "methode": _soort(
        405,
        "Deze methode kan hier niet",
        "Method not allowed",
        "Dit adres kent deze methode niet. De kop Allow noemt wat wel kan.",
        "This address does not know the method. The header Allow names what it does know.",
    ),
    "ander-bericht": _soort(
        409,
        "Dit kenmerk is al gebruikt",
        "This id was used before",
        "Er is al een melding met dit id en een andere inhoud. Geef een nieuwe melding een nieuw id.",
        "There is a melding with this id and other content. Give a new melding a new id.",
    ),
    "botsing": _soort(
        409,
        "Dit kan nu niet",
        "Conflict",
        "De toestand liet dit niet toe. Haal de gegevens opnieuw op en probeer het dan weer.",
        "The state did not allow this. Fetch again and then retry.",
    ),
    "te-groot": _soort(
        413,
        "Te groot",
        "Content too large",
        "Wat er is gestuurd is groter dan deze route toestaat. Verdeel het.",
        "What was sent is larger than this route allows. Divide it.",
    ),
    "soort-inhoud": _soort(
        415,
        "Deze soort inhoud kan hier niet",
        "Unsupported media type",
        "Stuur wat deze route verwacht, met de juiste Content-Type, in UTF-8 en niet ingepakt.",
        "Send what this route expects, with the right Content-Type, in UTF-8 and not compressed.",
    ),
    "geweigerd": _soort(
        422,
        "De melding is geweigerd",
        "The melding was refused",
        "Een of meer regels weigeren de melding. Herstel wat de bevindingen noemen en stuur haar met een nieuw id.",
        "One or more rules refuse the melding. Mend what the findings name and send it with a new id.",
    ),
    "onverwerkbaar": _soort(
        422,
        "Dit kan niet worden verwerkt",
        "Unprocessable",
        "De vorm klopt, de inhoud niet. De bevindingen noemen wat er niet klopt.",
        "The form is right, the content is not. The findings name what is wrong.",
    ),
    "te-vaak": _soort(
        429,
        "Te veel verzoeken",
        "Too many requests",
        "Wacht het aantal seconden in de kop Retry-After. Gebruik meldingen/bulk voor veel meldingen.",
        "Wait for the seconds in the header Retry-After. Use meldingen/bulk for many meldingen.",
    ),
    "storing": _soort(
        500,
        "Er ging iets mis bij ons",
        "Something went wrong on our side",
        "Het verzoek is niet verwerkt. Probeer het opnieuw; noem bij vragen het kenmerk in instance.",
        "The request was not processed. Try again; when you ask, name the mark in instance.",
    ),
    "even-niet": _soort(
        503,
        "Even niet beschikbaar",
        "Unavailable for a moment",
        "De databank antwoordt niet. Probeer het over enkele seconden opnieuw, een melding met hetzelfde id.",
        "The database does not answer. Try again in a few seconds, a melding with the same id.",
    ),
}
"""Every kind of problem by the last part of its address."""

_BIJ_STATUS = {400: "onleesbaar", 404: "niet-gevonden", 405: "methode", 413: "te-groot"}


class Punt(Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong: where, and what was expected."""

    uitleg: str
    pad: str = ""
    """Place in what was sent, such as ``inschrijving.perioden[0].niveau``, or ``?grootte`` for a parameter."""


class Probleem(Struct, omit_defaults=True, kw_only=True):
    """Problem details (RFC 9457) with what is wrong, all at once."""

    type: str
    title: str
    status: int
    detail: str
    instance: str = ""
    """Mark of this occurrence; name it when you ask for help."""
    bevindingen: list[Any] = []
    """What is wrong; for a refused melding the findings of the rules, whose id is the error code."""
    antwoord: Any = None
    """For a refused melding: the whole terugkoppeling."""


class Fout(Exception):
    """A request that cannot be answered as asked.

    Args:
        soort: one of `SOORTEN`.
        punten: what is wrong.
        detail: replaces the general explanation, in Dutch and in English.
        koppen: headers of the answer.
        bevindingen: findings of rules instead of ``punten``.
        antwoord: the terugkoppeling of a refused melding.
    """

    def __init__(
        self,
        soort: str,
        punten: Iterable[Punt] = (),
        *,
        detail: tuple[str, str] | None = None,
        koppen: dict[str, str] | None = None,
        bevindingen: Iterable[Any] = (),
        antwoord: Any = None,
    ) -> None:
        super().__init__(soort)
        self.soort = soort
        self.punten = list(punten)
        self.detail = detail
        self.koppen = koppen or {}
        self.bevindingen = list(bevindingen)
        self.antwoord = antwoord


def probleem(fout: Fout, taal: Taal, spoor_id: str = "") -> Probleem:
    """Return the problem details of a fault."""
    soort = SOORTEN[fout.soort]
    detail = soort.uitleg[taal] if fout.detail is None else fout.detail[taal == "en"]
    punten: list[Any] = [Punt(maskeer(punt.uitleg), maskeer(punt.pad)) for punt in fout.punten]
    return Probleem(
        type=FOUTEN + fout.soort,
        title=soort.titel[taal],
        status=soort.status,
        detail=detail,
        instance=f"urn:kernregister:spoor:{spoor_id}" if spoor_id else "",
        bevindingen=punten + fout.bevindingen,
        antwoord=fout.antwoord,
    )


def als_antwoord(fout: Fout, taal: Taal) -> HttpResponse:
    """Return the answer to a request that failed."""
    inhoud = probleem(fout, taal, spoor.trace_id())
    antwoord = HttpResponse(msgspec.json.encode(inhoud), content_type=TYPE, status=inhoud.status)
    antwoord["Content-Language"] = taal
    antwoord["Cache-Control"] = "no-store"
    for naam, waarde in fout.koppen.items():
        antwoord[naam] = waarde
    if inhoud.status == HTTPStatus.UNAUTHORIZED:
        antwoord["WWW-Authenticate"] = 'Bearer realm="kernregister"'
    return antwoord


def bij_status(status: int) -> Fout:
    """Return the fault that an answer of Django with this status stands for."""
    if status >= 500:
        return Fout("storing")
    return Fout(_BIJ_STATUS.get(status, "onleesbaar"))


def taal_van(accept_language: str) -> Taal:
    """Return the language somebody asks for: English when that is preferred to Dutch, otherwise Dutch."""
    gewicht = {"nl": 0.0, "en": 0.0}
    for deel in accept_language[:200].split(","):
        naam, _, q = deel.strip().partition(";q=")
        code = naam.strip().lower().partition("-")[0]
        if code in gewicht:
            try:
                waarde = float(q) if q else 1.0
            except ValueError:
                continue
            gewicht[code] = max(gewicht[code], waarde)
    return "en" if gewicht["en"] > gewicht["nl"] else "nl"
