"""The stand: the number that names a moment in the order of what was applied."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from msgspec import Meta, Struct

from kernregister.platform import klok
from kernregister.voorzieningen.register import public as register
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Verzoek, route

Moment = Annotated[datetime, Meta(tz=True, description="moment met tijdzone: de laatste stand van toen")]


class Standvraag(Struct, frozen=True):
    """Of which moment."""

    op: Moment | None = None


class Stand(Struct, frozen=True):
    """A stand, with the moment on which it was reached (null when nothing was applied yet)."""

    stand: int
    moment: datetime | None
    nu: datetime
    """What time it is for the register."""


@route(
    "stand",
    "GET",
    "/stand",
    titel=("De stand, nu of op een moment", "The stand, now or at a moment"),
    groep="Register",
    vraag=Standvraag,
    antwoord=Stand,
    fouten=("onverwerkbaar",),
)
def stand(verzoek: Verzoek) -> Antwoord:
    """The last stand: ask a dossier or a list with it, and the answer stays the same for ever."""
    nummer = register.stand() if verzoek.vraag.op is None else stand_op(verzoek.vraag.op, "?op")
    return Antwoord(Stand(nummer, register.moment_van(nummer), klok.nu()))


def stand_op(moment: datetime, pad: str) -> int:
    """Return the last stand at a moment.

    Raises:
        Fout: it is still to come, or beyond what can be computed with.
    """
    try:
        return register.stand_op(moment.astimezone(UTC))
    except (ValueError, OverflowError):
        raise Fout("onverwerkbaar", [Punt("het moment ligt in de toekomst", pad)]) from None
