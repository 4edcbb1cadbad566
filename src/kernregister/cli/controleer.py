"""``kernregister controleer``: deliveries in, signals and a report out."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kernregister.cli.fouten import ONBRUIKBAAR, meld
from kernregister.cli.opties import (
    Instellingssoort,
    Leveringen,
    Peildatum,
    Personen,
    Processen,
    Taal,
    Taalkeuze,
    Uitvoermap,
    aantal_processen,
    lees_instelling,
)

if TYPE_CHECKING:
    from kernregister.controle.uitslag import Uitslag
    from kernregister.kern.formaten.kwc import Kwc

SIGNALEN_GEVONDEN = 1
"""Exit code with ``--streng``."""


class Formaat(StrEnum):
    """What comes out on stdout."""

    TEKST = "tekst"
    JSON = "json"
    CSV = "csv"


def controleer(
    bestanden: Leveringen,
    peildatum: Peildatum = None,
    instelling: Annotated[
        str | None,
        typer.Option(
            "--instelling", parser=lees_instelling, metavar="XXXX", help="Beoordeel alleen deze instelling."
        ),
    ] = None,
    soort: Instellingssoort = None,
    stamgegevens: Annotated[
        Path | None,
        typer.Option(
            "--stamgegevens", metavar="MAP", help="Map met CSV's: RIO, opleidingen, toestemmingen, licenties."
        ),
    ] = None,
    personen: Personen = None,
    ook: Annotated[
        list[Path] | None,
        typer.Option(
            "--ook",
            metavar="BESTAND...",
            help="Alleen om mee te vergelijken: leveringen van andere instellingen, vo.csv, vso.csv.",
            show_default=False,
        ),
    ] = None,
    formaat: Annotated[Formaat, typer.Option("--formaat", help="Wat er op het scherm komt.")] = Formaat.TEKST,
    uit: Uitvoermap = None,
    kwc_indeling: Annotated[
        Path | None,
        typer.Option(
            "--kwc-indeling",
            metavar="BESTAND.toml",
            help="Andere kolommen voor kwaliteitscontrole.csv.",
            show_default=False,
        ),
    ] = None,
    streng: Annotated[
        bool, typer.Option("--streng", help="Eindig met code 1 als er iets gevonden is.")
    ] = False,
    processen: Processen = None,
    taal: Taal = Taalkeuze.NL,
) -> int:
    """Controleer leveringen van DUO: fouten in het bestand, signalen en tellingen.

    Met --uit MAP komen daar kwaliteitscontrole.csv, rapport.html en controle.json. Eindigt met code 0 (ook met
    signalen), 1 (met --streng, als er iets gevonden is) of 2 (een bestand is geheel of deels onbruikbaar).

    Check deliveries of DUO: faults of the file, signals and counts.
    """
    from kernregister.cli import uitvoermap
    from kernregister.cli.scherm import getal, komma, voortgang
    from kernregister.controle.controle import controleer as voer_uit
    from kernregister.controle.leveringen import Opdracht
    from kernregister.kern.formaten.kwc import lees_indeling
    from kernregister.kern.gegevens import Soort

    indeling = lees_indeling(kwc_indeling)
    if uit is not None:
        uitvoermap.maak_klaar(uit)
    begin = time.perf_counter()
    with voortgang("Controleren", "personen") as stap:
        uitslag = voer_uit(
            Opdracht(
                tuple(bestanden),
                peildatum,
                instelling,
                Soort(soort) if soort else None,
                stamgegevens,
                personen,
                tuple(ook or ()),
                aantal_processen(processen),
            ),
            stap,
        )
    duur = time.perf_counter() - begin
    geschreven = uitvoermap.schrijf(uitslag, uit, taal.value, indeling) if uit is not None else []
    _geef(uitslag, formaat, taal, indeling)
    if formaat is Formaat.TEKST:
        aantal = uitslag.dashboard.personen
        snelheid = getal(int(aantal / duur)) if duur else ""
        meld(f"\n{getal(aantal)} personen in {komma(duur)} s ({snelheid} per seconde)")
    for pad in geschreven:
        meld(f"geschreven: {pad}")
    if not uitslag.bruikbaar:
        meld(
            "Niet alles kon gelezen worden; wat ontbreekt staat bij de opmerkingen. De rest is gecontroleerd."
        )
        return ONBRUIKBAAR
    return SIGNALEN_GEVONDEN if streng and uitslag.uitkomsten else 0


def _geef(uitslag: Uitslag, formaat: Formaat, taal: Taalkeuze, indeling: Kwc) -> None:
    """Put the outcome on stdout."""
    if formaat is Formaat.TEKST:
        from kernregister.cli.scherm import scherm
        from kernregister.cli.uitslag_tekst import toon

        toon(uitslag, scherm(), taal.value)
    elif formaat is Formaat.JSON:
        from kernregister.cli.uitslag_json import als_json

        typer.echo(als_json(uitslag), nl=False)
    else:
        from kernregister.kern.formaten.kwc import kwc_van

        typer.echo(kwc_van(uitslag.uitkomsten, uitslag.regels, uitslag.namen, indeling), nl=False)
