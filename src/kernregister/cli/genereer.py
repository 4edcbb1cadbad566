"""``kernregister genereer``: a fictitious sector to try things on, with a known number of faults."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kernregister.cli.fouten import Opdrachtfout, meld
from kernregister.cli.opties import lees_aantal, lees_datum

MERK = "waarheid.json"
"""Every sector we write has this; a folder with other content and without it is not ours."""


def lees_zaad(tekst: str) -> int:
    """Read the seed.

    Raises:
        typer.BadParameter: it is no whole number from 0.
    """
    kaal = str(tekst)
    if not (kaal.isascii() and kaal.isdigit()):
        raise typer.BadParameter(f"'{tekst}' is geen zaad; verwacht een geheel getal vanaf 0.")
    return int(kaal)


def genereer(
    dossiers: Annotated[
        int, typer.Option("--dossiers", parser=lees_aantal, metavar="N", help="Aantal studenten.")
    ] = 2000,
    zaad: Annotated[
        int,
        typer.Option(
            "--zaad", parser=lees_zaad, metavar="S", help="Hetzelfde zaad geeft dezelfde bestanden."
        ),
    ] = 1,
    fouten: Annotated[
        str | None,
        typer.Option(
            "--fouten",
            metavar="WELKE",
            help="Hoeveel gevallen van welk signaal, zoals B04=10,C03=5; alle=3 voor elk signaal; geen. "
            "Zonder: drie van elk, en minder als de sector daar te klein voor is.",
        ),
    ] = None,
    uit: Annotated[
        Path, typer.Option("--uit", metavar="MAP", help="Map voor de bestanden; wordt zo nodig gemaakt.")
    ] = Path("voorbeeld"),
    peildatum: Annotated[
        str | None,
        typer.Option("--peildatum", metavar="JJJJ-MM-DD", help="De dag waarop de bestanden zijn gemaakt."),
    ] = None,
) -> int:
    """Maak een fictieve sector: leveringen, stamgegevens, personen, vo en vso, en de waarheid erbij.

    Make a fictitious sector to try things on; nobody in it exists.
    """
    from kernregister.cli.scherm import getal, voortgang
    from kernregister.fictief.fouten import enkele_van_elk, lees_fouten
    from kernregister.fictief.kalender import PEILDATUM
    from kernregister.fictief.leveringen import schrijf
    from kernregister.fictief.sector import Sector

    _maak_klaar(uit)
    try:
        dag = lees_datum(peildatum) if peildatum else PEILDATUM
        gewenst = enkele_van_elk(dossiers, dag) if fouten is None else lees_fouten(fouten.replace("geen", ""))
        sector = Sector(dossiers, zaad, gewenst, dag)
        with voortgang("Maken", "dossiers") as stap:
            leveringen = schrijf(sector, uit, stap)
    except ValueError as fout:
        raise Opdrachtfout(f"Zo kan de sector niet gemaakt worden: {str(fout).removesuffix('.')}.") from None
    meld(
        f"{getal(dossiers)} dossiers bij {len(leveringen)} instellingen in {uit}, "
        f"met {getal(len(sector.waarheid.gevallen))} ingebrachte gevallen (zie {MERK})."
    )
    eerste = max(leveringen, key=lambda pad: pad.stat().st_size)
    print("Probeer nu:")
    print(
        f"  kernregister controleer {eerste} --stamgegevens {uit / 'stamgegevens'} "
        f"--personen {uit / 'personen.csv'} --ook {uit / 'ook' / 'vo.csv'} {uit / 'ook' / 'vso.csv'}"
    )
    return 0


def _maak_klaar(map_: Path) -> None:
    """Make the folder.

    Raises:
        Opdrachtfout: it cannot be made, or holds something that is not ours.
    """
    from kernregister.kern.formaten.verslag import reden

    try:
        map_.mkdir(parents=True, exist_ok=True)
        vreemd = any(map_.iterdir()) and not (map_ / MERK).exists()
    except OSError as fout:
        raise Opdrachtfout(f"{map_}: hier kan niets geschreven worden ({reden(fout)}).") from None
    if vreemd:
        raise Opdrachtfout(
            f"{map_}: hier staan al andere bestanden. Er is niets geschreven; kies een andere --uit."
        )
