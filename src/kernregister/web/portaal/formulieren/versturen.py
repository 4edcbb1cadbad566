"""Through the one door of the register, as a visitor of the portal: for real, or as a dry run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform import audit
from kernregister.voorzieningen.register import public as register
from kernregister.web.afzender import PORTAAL
from kernregister.web.portaal.bezoek import Bezoek


def herkomst(bezoek: Bezoek) -> register.Herkomst:
    """Return who delivers: the portal, on behalf of the institution. Which colleague it was stands in the audit trail.

    Raises:
        LookupError: the visitor acts for no institution.
    """
    if bezoek.instelling is None:
        raise LookupError("een melding wordt namens een instelling gedaan")
    return register.Herkomst(PORTAAL, bezoek.instelling)


def verstuur(bezoek: Bezoek, meldingen: Sequence[Any], proef: bool = False) -> list[Terugkoppeling]:
    """Deliver meldingen, and write down who entered them; return the answers in the same order.

    Args:
        bezoek: who delivers.
        meldingen: all of the visitor's own institution.
        proef: a dry run: nothing is kept, but that the persons were looked at.
    """
    antwoorden = register.verwerk(meldingen, herkomst(bezoek), proef)
    if not proef:
        with transaction.atomic(using="stelsel"):
            for melding, antwoord in zip(meldingen, antwoorden, strict=True):
                leg_vast(bezoek.naam, bezoek.pas.namens, melding, antwoord)
    return antwoorden


def leg_vast(door: str, namens: str, melding: Any, antwoord: Terugkoppeling) -> None:
    """Write in the audit trail who entered a melding, in the transaction that runs on the connection."""
    audit.leg_vast(
        "melding.invoeren",
        "melding",
        melding.id,
        door=door,
        namens=namens,
        details={"soort": type(melding).__name__, "aanvaard": antwoord.aanvaard},
    )
