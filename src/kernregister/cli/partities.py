"""``kernregister partities``: deliveries in, Parquet out that Spark sweeps."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from kernregister.cli.fouten import ONBRUIKBAAR, Opdrachtfout, meld
from kernregister.cli.opties import Peildatum, Personen


def partities(
    bestanden: Annotated[
        list[Path],
        typer.Argument(
            metavar="BESTAND", help="Leveringen van DUO van alle instellingen: RO of OBO.", show_default=False
        ),
    ],
    uit: Annotated[
        Path, typer.Option("--uit", metavar="MAP", help="Nieuwe map voor de partities.", show_default=False)
    ],
    peildatum: Peildatum = None,
    stamgegevens: Annotated[
        Path | None,
        typer.Option(
            "--stamgegevens", metavar="MAP", help="Map met CSV's: RIO, opleidingen met hun prijsfactor."
        ),
    ] = None,
    personen: Personen = None,
) -> int:
    """Zet leveringen om in Parquet, een rij per persoon, om met Spark na te kijken en te bekostigen.

    De map bevat persoonsgegevens: behandel haar zo. Daarna: python -m kernregister.spark MAP --peildatum DATUM
    (zie docs/spark.md).

    Turn deliveries into Parquet, a row a person, to be swept with Spark.
    """
    from kernregister.cli.scherm import getal
    from kernregister.controle.controle import voorbereid
    from kernregister.controle.leveringen import Opdracht
    from kernregister.controle.werk import Werk
    from kernregister.kern.formaten.verslag import Verslag, reden

    try:
        from kernregister.spark.partities import schrijf_partities
    except ModuleNotFoundError:
        raise Opdrachtfout(
            "Hiervoor is pyarrow nodig. Installeer het met: pip install 'kernregister[spark]'."
        ) from None

    opdracht = Opdracht(tuple(bestanden), peildatum, stamgegevens=stamgegevens, personen=personen)
    verslag = Verslag()
    with ExitStack() as stapel:
        werk = voorbereid(opdracht, verslag, stapel, Werk)
        try:
            aantal = schrijf_partities(uit, werk.dossiers(), werk.motor().gegevens)
        except FileExistsError:
            raise Opdrachtfout(
                f"{uit}: deze map is er al; er is niets overschreven. Kies een nieuwe --uit."
            ) from None
        except OSError as fout:
            raise Opdrachtfout(f"{uit}: schrijven lukt niet ({reden(fout)}).") from None
        fouten = [o for bron in werk.leveringen for o in bron.levering.verslag.opmerkingen if o.fout]
    meld(f"geschreven: {uit}, {getal(aantal)} personen; peildatum {werk.peildatum}")
    if fouten:
        meld(
            "Niet alles kon gelezen worden: kernregister controleer zegt wat. De rest staat in de partities."
        )
        return ONBRUIKBAAR
    return 0
