"""``kernregister start --demo``: fill an empty register with a fictitious sector, and say who can log in.

Only there when the part ``server`` is installed.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kernregister.cli.fouten import Opdrachtfout, meld

if TYPE_CHECKING:
    from kernregister.platform.omgeving import Omgeving

STUDENTEN: Final = "KERNREGISTER_DEMO_STUDENTEN"
"""Setting: how many students the demo has; fewer start sooner."""


def ruim_half_gevulde_op(omgeving: Omgeving) -> None:
    """Remove the data of a fill that was broken off: it began in an empty register, so nobody's data are in it."""
    from kernregister.platform.databank import verbindingen

    if not _merk(omgeving).exists():
        return
    meld("Het vullen van de demo brak eerder af; het begint opnieuw.")
    cluster = verbindingen(omgeving).cluster
    if cluster is None:
        raise Opdrachtfout("Het vullen van de demo brak eerder af. Maak de databank leeg en start opnieuw.")
    if cluster.draait():
        cluster.stop()
    shutil.rmtree(cluster.map)
    _merk(omgeving).unlink()


def vul_zo_nodig(omgeving: Omgeving) -> None:
    """Fill the register when it is empty; that takes about half a minute, once.

    Raises:
        Omgevingsfout: the wanted number of students is no number.
    """
    from django.db import connections

    from kernregister.cli.scherm import getal, voortgang
    from kernregister.web.demo import sector

    if sector.is_leeg():
        aantal = omgeving.getal(STUDENTEN, sector.STUDENTEN)
        _merk(omgeving).touch()
        meld(f"Eenmalig: {getal(aantal)} fictieve studenten met twee jaar aan meldingen ...")
        with voortgang("Demo vullen", "dagen") as gedaan:
            sector.vul(aantal, meld=gedaan)
        _merk(omgeving).unlink()
    connections.close_all()


def _merk(omgeving: Omgeving) -> Path:
    return omgeving.map / "demo-onderweg"


def toon_personas(poort: int) -> None:
    """Say as whom one can log in, and how to go on with files of one's own."""
    from kernregister.web.toegang.personas import PERSONAS

    meld("Meld u aan als een van deze fictieve mensen; een wachtwoord is niet nodig:")
    for persona in PERSONAS:
        meld(f"  {persona.voornaam + ' ' + persona.achternaam:<22} {persona.werk.nl}")
    meld("Uw eigen RO laden: meld u aan als Dunya of Amira en kies Meldingen, Aanleveren.")
    meld(
        "Alleen controleren, zonder portaal: kernregister controleer RO_BESTAND.csv, of ./start RO_BESTAND.csv."
    )
    meld(f"De API staat beschreven op http://localhost:{poort}/api/v1/docs.")
