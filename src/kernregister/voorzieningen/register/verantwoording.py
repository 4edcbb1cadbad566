"""What the processing log says of meldingen: whose data, by which activity, in whose name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kernregister.kern.meldingen import berichten as b
from kernregister.platform import verwerkingslog
from kernregister.platform.verwerkingslog import Verwerking
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register.journaal import Regel

_ANDERS: dict[type[b.Bericht], str] = {
    b.AanleverenIdentificatiePersoon: "identificeren",
    b.AanvragenVooropleiding: "persoonsgegevens-verstrekken",
}
"""Meldingen that are no registering."""


def leg_vast(regels: Sequence[Regel], client: str, op: datetime) -> None:
    """Write a line for each melding about a known person, refused ones included: those were looked at too."""
    verwerkingslog.leg_vast(
        [
            Verwerking(
                _ANDERS.get(type(regel.melding), "registreren"),
                type(regel.melding).__name__,
                personen.pseudoniem(betrokkene),
                client,
                namens=regel.melding.afzender,
                begonnen=op,
                geeindigd=op,
            )
            for regel in regels
            if (betrokkene := regel.persoon or regel.betrokkene) is not None
        ]
    )
