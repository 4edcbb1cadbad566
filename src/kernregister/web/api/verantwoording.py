"""Reading is processing: a line in the processing log for each person whose data is shown."""

from __future__ import annotations

from collections.abc import Iterable

from kernregister.platform import verwerkingslog
from kernregister.platform.pas import Soort
from kernregister.platform.verwerkingslog import Status, Verwerking
from kernregister.voorzieningen.personen import public as personen
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Verzoek

_VAN_INSTELLING = frozenset({Soort.INSTELLING, Soort.ACCOUNTANT})


def instelling_van(verzoek: Verzoek) -> str | None:
    """Return the institution that the pass is of; None: it is of more than one."""
    pas = verzoek.wie.pas
    return pas.sleutel if pas.soort in _VAN_INSTELLING else None


def over_instelling(verzoek: Verzoek, gevraagd: str | None) -> str:
    """Return the institution that a question is about: the one it names, or that of the pass.

    Raises:
        Fout: it names none and the pass is of more than one, or it names another than that of the pass.
    """
    eigen = instelling_van(verzoek)
    instelling = gevraagd or eigen
    if instelling is None:
        raise Fout(
            "onleesbaar", [Punt("noem een instelling: deze aansluiting ziet er meer dan een", "?instelling")]
        )
    if eigen not in {None, instelling}:
        raise Fout("niet-gevonden")
    return instelling


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
