"""``kernregister stamgegevens``: import lists of reference data, make a version active, show what is there.

Only there when the part ``server`` is installed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from kernregister.cli import server
from kernregister.cli.fouten import Opdrachtfout
from kernregister.cli.opties import Nederlands, Opdracht, lees_aantal, lees_naam

if TYPE_CHECKING:
    from rich.console import Console

    from kernregister.voorzieningen.stamgegevens.public import Uitslag, Verschil


class Groep(Nederlands, TyperGroup):
    """The commands on reference data."""


app = typer.Typer(
    cls=Groep,
    name="stamgegevens",
    help="Stamgegevens: instellingen, RIO, opleidingen, leerbedrijven en codetabellen.",
    no_args_is_help=True,
    subcommand_metavar="OPDRACHT",
    options_metavar="",
)

Door = Annotated[
    str | None,
    typer.Option(
        "--door",
        metavar="NAAM",
        parser=lees_naam,
        help="Wie het doet. Zonder: uw gebruikersnaam.",
        show_default=False,
    ),
]
Reden = Annotated[
    str, typer.Option("--reden", metavar="TEKST", help="Waarom; verplicht bij activeren.", show_default=False)
]


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def laad(
    bestanden: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="MANIFEST|BESTAND...",
            help="Manifesten (.toml), of CSV's die heten naar hun lijst, zoals opleidingen.csv.",
            show_default=False,
        ),
    ] = None,
    beginset: Annotated[bool, typer.Option("--beginset", help="De meegeleverde set.")] = False,
    activeer: Annotated[
        bool, typer.Option("--activeer", help="Laat de nieuwe versie meteen gelden.")
    ] = False,
    reden: Reden = "",
    door: Door = None,
) -> int:
    """Laad lijsten als concept, en toon wat er verandert.

    Import lists as a concept, and show what changes.
    """
    if bool(bestanden) == beginset:
        raise Opdrachtfout("Noem manifesten of bestanden, of geef --beginset.")
    if activeer and not reden.strip():
        raise Opdrachtfout("Activeren kan alleen met een reden: --reden 'levering van DUO van november'")
    with server.met_register() as wie:
        from kernregister.voorzieningen.stamgegevens import public

        naam = door or wie
        uitslag = public.laad_beginset(naam) if beginset else public.laad_bestanden(bestanden or [], naam)
        gold_al = uitslag.versie == public.versie()
        if activeer and not gold_al:
            public.activeer(uitslag.versie, naam, reden)
        _toon_uitslag(uitslag, geldt=gold_al or activeer)
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def activeer(
    versie: Annotated[
        int, typer.Argument(metavar="VERSIE", parser=lees_aantal, help="Nummer van een concept.")
    ],
    reden: Reden = "",
    door: Door = None,
) -> int:
    """Laat een concept gelden.

    Make a concept the version that holds.
    """
    with server.met_register() as wie:
        from kernregister.voorzieningen.stamgegevens import public

        public.activeer(versie, door or wie, reden)
        typer.echo(f"Versie {versie} geldt.")
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def herstel(
    versie: Annotated[
        int, typer.Argument(metavar="VERSIE", parser=lees_aantal, help="Nummer van een oudere versie.")
    ],
    door: Door = None,
) -> int:
    """Maak een concept met wat een oudere versie bevat.

    Make a concept of what an older version holds.
    """
    with server.met_register() as wie:
        from kernregister.voorzieningen.stamgegevens import public

        uitslag = public.herstel(versie, door or wie)
        _toon_uitslag(uitslag, geldt=uitslag.versie == public.versie())
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def toon(
    versies: Annotated[
        int, typer.Option("--versies", metavar="N", parser=lees_aantal, help="Hoeveel versies.")
    ] = 5,
) -> int:
    """Toon de lijsten die gelden, en de laatste versies.

    Show the lists that hold, and the latest versions.
    """
    with server.met_register():
        from kernregister.cli.scherm import getal, kop, scherm, tabel
        from kernregister.voorzieningen.stamgegevens import public

        console = scherm()
        lijsten, standen = public.overzicht(versies)
        rooster = tabel("Lijst", "Rijen", "Actueel", "Stand", "Bron", rechts=(1,))
        for lijst in lijsten:
            rooster.add_row(
                lijst.lijst,
                getal(lijst.aantal),
                "ja" if lijst.actueel else "nee",
                f"{lijst.stand_op or ''}",
                lijst.bron,
            )
        console.print(rooster if lijsten else "Er zijn nog geen stamgegevens. Laad ze met: stamgegevens laad")
        for stand in standen:
            geldt = "geldt" if stand.actief else "gold" if stand.geactiveerd_op else "concept"
            kop(console, f"Versie {stand.nummer} ({geldt})")
            console.print(f"Gemaakt op {stand.gemaakt_op:%d-%m-%Y %H:%M} (UTC) door {stand.gemaakt_door}.")
            if stand.geactiveerd_op:
                moment = f"{stand.geactiveerd_op:%d-%m-%Y %H:%M}"
                console.print(f"Geactiveerd op {moment} (UTC) door {stand.geactiveerd_door}: {stand.reden}")
            _toon_verschillen(console, stand.verschillen, stand.geraakt)
    return 0


def _toon_uitslag(uitslag: Uitslag, geldt: bool) -> None:
    from kernregister.cli.scherm import punt, scherm

    console = scherm()
    for opmerking in uitslag.opmerkingen:
        waarden = ", ".join(plaats.waarde for plaats in opmerking.plaatsen if plaats.waarde)
        console.print(punt(f"{opmerking.bestand}: {opmerking.tekst} {waarden}".rstrip()))
    if not uitslag.veranderd:
        console.print(f"Niets nieuws: dit staat al in versie {uitslag.versie}.")
    _toon_verschillen(console, uitslag.verschillen, uitslag.geraakt)
    if geldt:
        console.print(f"Versie {uitslag.versie} geldt.", style="bold")
    else:
        console.print(f"Versie {uitslag.versie} is een concept.", style="bold")
        console.print(f"Laten gelden: kernregister stamgegevens activeer {uitslag.versie} --reden '...'")


def _toon_verschillen(console: Console, verschillen: tuple[Verschil, ...], geraakt: dict[str, int]) -> None:
    from kernregister.cli.scherm import getal, punt

    for verschil in verschillen:
        codes = [f"{soort}: {_eerste(sleutels)}" for soort, sleutels in verschil.voorbeelden.items()]
        console.print(punt(str(verschil), *codes))
    for wat, aantal in geraakt.items():
        console.print(punt(f"Geraakt: {getal(aantal)} {wat}"))


def _eerste(sleutels: tuple[str, ...], aantal: int = 10) -> str:
    return ", ".join(sleutels[:aantal]) + (" ..." if len(sleutels) > aantal else "")
