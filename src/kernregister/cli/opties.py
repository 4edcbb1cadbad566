"""The options that commands share, and how options are read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand


class Taalkeuze(StrEnum):
    """Language of what is shown."""

    NL = "nl"
    EN = "en"


class Formaat(StrEnum):
    """What comes out on stdout."""

    TEKST = "tekst"
    JSON = "json"


class Soortkeuze(StrEnum):
    """Kind of institution."""

    BI = "BI"
    NBI = "NBI"


def aantal_processen(gevraagd: int | None) -> int:
    """Return how many processes to use: as asked, or one a core and no more than four."""
    return gevraagd or min(os.cpu_count() or 1, 4)


def lees_datum(tekst: str) -> date:
    """Read a date as one types it: 2026-04-01, 20260401 or 1-4-2026.

    Raises:
        typer.BadParameter: it is no date.
    """
    from kernregister.kern.formaten.indeling import iso_datum

    try:
        return date.fromisoformat(iso_datum(tekst.strip()))
    except ValueError:
        raise typer.BadParameter(f"'{tekst}' is geen datum; verwacht bijvoorbeeld 2026-04-01.") from None


def lees_instelling(tekst: str) -> str:
    """Read the code of an institution, in capitals or not.

    Raises:
        typer.BadParameter: it is no such code.
    """
    from kernregister.kern.sleutels import INSTELLINGSCODE

    code = tekst.strip().upper()
    if not INSTELLINGSCODE.past(code):
        raise typer.BadParameter(f"'{tekst}' is geen instellingscode; verwacht {INSTELLINGSCODE.verwacht}.")
    return code


def lees_naam(tekst: str) -> str:
    """Read the name of who does something, as the register keeps it.

    Raises:
        typer.BadParameter: it is empty, or longer than is kept.
    """
    naam = tekst.strip()
    if not 1 <= len(naam) <= _LANGSTE_NAAM:
        raise typer.BadParameter(
            f"dit zijn {len(naam)} tekens; verwacht een naam van 1 tot {_LANGSTE_NAAM} tekens."
        )
    return naam


_LANGSTE_NAAM = 120


def lees_aantal(tekst: str) -> int:
    """Read a number of things: 1 or more; points between the thousands are allowed.

    Raises:
        typer.BadParameter: it is no such number.
    """
    kaal = str(tekst).replace(".", "").replace("_", "")
    if not (kaal.isascii() and kaal.isdigit() and len(kaal) <= _MEESTE_CIJFERS and int(kaal) > 0):
        raise typer.BadParameter(f"'{tekst}' is geen aantal; verwacht een geheel getal vanaf 1.")
    return int(kaal)


_MEESTE_CIJFERS = 12

Leveringen = Annotated[
    list[Path],
    typer.Argument(
        metavar="BESTAND",
        help="Leveringen van DUO: RO, OBO, GRONDSLAG of TBG-i, plat of als zip.",
        show_default=False,
    ),
]
Instellingssoort = Annotated[
    Soortkeuze | None,
    typer.Option(
        "--soort", help="Bekostigd (BI) of niet bekostigd (NBI), als de stamgegevens dat niet zeggen."
    ),
]
Personen = Annotated[
    Path | None,
    typer.Option("--personen", metavar="BESTAND", help="CSV met namen, overlijdensdata en bekende nummers."),
]
Peildatum = Annotated[
    date | None,
    typer.Option(
        "--peildatum",
        parser=lees_datum,
        metavar="JJJJ-MM-DD",
        help="De dag waarop beoordeeld wordt. Zonder: de dag waarop het nieuwste bestand is gemaakt.",
    ),
]
Uitvoermap = Annotated[
    Path | None,
    typer.Option(
        "--uit", metavar="MAP", help="Map voor de uitvoer; wordt zo nodig gemaakt.", show_default=False
    ),
]
Processen = Annotated[
    int | None,
    typer.Option(
        "--processen",
        parser=lees_aantal,
        metavar="N",
        help="Processen tegelijk; zonder: een per kern, hoogstens 4.",
    ),
]
Taal = Annotated[Taalkeuze, typer.Option("--taal", help="Taal van de uitvoer (language).")]


class Nederlands:
    """Help in Dutch, also where Typer brings its own words."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option --help, explained in Dutch."""
        optie = super().get_help_option(ctx)  # type: ignore[misc]
        if optie is not None:
            optie.help = "Toon deze uitleg."
        return optie

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, with headings in Dutch."""
        from typer import rich_utils

        rich_utils.OPTIONS_PANEL_TITLE = "Opties"
        rich_utils.ARGUMENTS_PANEL_TITLE = "Wat"
        rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"
        rich_utils.DEFAULT_STRING = "[standaard: {}]"
        rich_utils.REQUIRED_LONG_STRING = "[verplicht]"
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Opdracht(Nederlands, TyperCommand):
    """A command. An option that may be repeated also takes several values at once, up to the next option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments."""
        lijsten = {naam for p in self.params if getattr(p, "multiple", False) for naam in p.opts}
        eigen = any(p.param_type_name == "argument" for p in self.params)
        gespreid = spreid(args, lijsten)
        met_waarde = {n for p in self.params if not getattr(p, "is_flag", True) for n in p.opts}
        if eigen and not _heeft_argument(gespreid, met_waarde):
            gespreid = args  # the files themselves were named last
        return list(super().parse_args(ctx, gespreid))


def spreid(args: list[str], lijsten: Iterable[str]) -> list[str]:
    """Return ``--ook a b`` as ``--ook a --ook b``."""
    uit: list[str] = []
    optie = ""
    eerste = False
    for plaats, arg in enumerate(args):
        if arg == "--":
            return [*uit, *args[plaats:]]
        if arg.startswith("-") and len(arg) > 1:
            optie, eerste = (arg, True) if arg in lijsten else ("", False)
        elif optie and not eerste:
            uit.append(optie)
        else:
            eerste = False
        uit.append(arg)
    return uit


def _heeft_argument(args: list[str], met_waarde: Iterable[str]) -> bool:
    vorige = ""
    for arg in args:
        if arg == "--" or not (arg.startswith("-") or vorige in met_waarde):
            return True
        vorige = arg
    return False
