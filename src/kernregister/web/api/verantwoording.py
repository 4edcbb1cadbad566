"""Reading is processing: a line in the processing log for each person whose data is shown."""

from __future__ import annotations

from collections.abc import Iterable

from kernregister.platform import verwerkingslog
from kernregister.platform.pas import Soort
from kernregister.platform.verwerkingslog import Status, Verwerking
from kernregister.voorzieningen.personen import public as personen
from kernregister.web.api.routes import Verzoek

_VAN_INSTELLING = frozenset({Soort.INSTELLING, Soort.ACCOUNTANT})


def instelling_van(verzoek: Verzoek) -> str | None:
    """Return the institution that the pass is of; None: it is of more than one."""
    pas = verzoek.wie.pas
    return pas.sleutel if pas.soort in _VAN_INSTELLING else None


def gelezen(
    verzoek: Verzoek,
    wie: Iterable[int],
    wat: str,
    activiteit: str = "dossier-inzien",
    verbinding: str = "default",
) -> None:
    """Log that the data of persons was read, in the transaction that reads it.

    Args:
        verzoek: the request.
        wie: the persons.
        wat: what was done.
        activiteit: the processing activity.
        verbinding: the connection that reads.
    """
    namens = verzoek.wie.pas.namens
    regels = [
        Verwerking(
            activiteit, wat, personen.pseudoniem(persoon), verzoek.wie.client, namens=namens, status=Status.OK
        )
        for persoon in sorted(set(wie))
    ]
    verwerkingslog.leg_vast(regels, verbinding)
