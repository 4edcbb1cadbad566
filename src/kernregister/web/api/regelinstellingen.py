"""What this register decided about rules: readable for everybody, written by who runs the register."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from kernregister.kern.regels.paspoort import Fase
from kernregister.platform import audit
from kernregister.voorzieningen.register import public as register
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route


class Regelbesluit(Struct, frozen=True, omit_defaults=True):
    """A decision about a rule: its stage of life from a day on, and why."""

    regel: Annotated[str, Meta(pattern="^[A-Z][0-9]{2}$", description="nummer van een regel, zoals B04")]
    fase: Fase
    vanaf: date
    reden: Annotated[str, Meta(min_length=1, max_length=1000)]
    duo_code: Annotated[str, Meta(max_length=60)] = ""


class Genomenbesluit(Regelbesluit, frozen=True, omit_defaults=True):
    """A decision that was taken, and by whom."""

    door: str = ""


@route(
    "regelinstellingen",
    "GET",
    "/regelinstellingen",
    titel=("Besluiten over regels", "Decisions about rules"),
    groep="Regels",
    antwoord=list[Genomenbesluit],
)
def regelinstellingen(verzoek: Verzoek) -> Antwoord:
    """Every decision, in the order in which they were taken; the latest about a rule counts."""
    return Antwoord([_toon(besluit) for besluit in register.instellingen()])


@route(
    "regelinstelling_zetten",
    "POST",
    "/regelinstellingen",
    titel=("Over een regel besluiten", "Decide about a rule"),
    groep="Regels",
    lichaam=Lichaam(
        soort=Regelbesluit,
        voorbeelden={
            "schaduw": {
                "regel": "L07",
                "fase": "schaduw",
                "vanaf": "2026-10-01",
                "reden": "Eerst een maand tellen, dan pas tonen.",
            }
        },
    ),
    antwoord=Genomenbesluit,
    status=201,
    fouten=("onverwerkbaar",),
)
def regelinstelling_zetten(verzoek: Verzoek) -> Antwoord:
    """Record a decision with its reason; signals follow with the next sweep."""
    gevraagd: Regelbesluit = verzoek.inhoud
    besluit = register.Instelling(
        gevraagd.regel, gevraagd.fase, gevraagd.vanaf, gevraagd.reden, verzoek.wie.client, gevraagd.duo_code
    )
    try:
        register.stel_in(besluit)
    except ValueError as fout:
        raise Fout("onverwerkbaar", [Punt(str(fout), "regel")]) from None
    audit.leg_vast(
        "regel.stel_in",
        "regel",
        gevraagd.regel,
        door=verzoek.wie.client,
        details={"fase": gevraagd.fase.value, "vanaf": str(gevraagd.vanaf), "reden": gevraagd.reden},
    )
    return Antwoord(_toon(besluit), status=201)


def _toon(besluit: register.Instelling) -> Genomenbesluit:
    return Genomenbesluit(
        besluit.regel, besluit.fase, besluit.vanaf, besluit.reden, besluit.duo_code, besluit.door
    )
