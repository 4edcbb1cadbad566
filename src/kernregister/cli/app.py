"""The command ``kernregister``: its commands, and what all of them keep to.

No command ever shows a traceback, or a person's number where none belongs: what goes wrong is said in plain words on
stderr, with exit code 2. ``KERNREGISTER_DEBUG=1`` shows makers where it went wrong.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Annotated, Any

import rich  # noqa: F401 - without it the command line is not installed either, and __main__ says so
import typer
from typer.core import TyperGroup

from kernregister import __version__
from kernregister.cli.bekostig import bekostig
from kernregister.cli.controleer import controleer
from kernregister.cli.fouten import exitcode_van
from kernregister.cli.genereer import genereer
from kernregister.cli.opties import Nederlands, Opdracht
from kernregister.cli.partities import partities
from kernregister.cli.regels import regels
from kernregister.cli.vergelijk import vergelijk


class Opdrachten(Nederlands, TyperGroup):
    """The group of all commands: turns everything that goes wrong into plain words and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "kernregister",
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command; leave with its exit code, or return that when not on its own."""

        def draai() -> Any:
            return super(Opdrachten, self).main(
                args, prog_name, complete_var, False, windows_expand_args, **extra
            )

        code = exitcode_van(draai)
        if standalone_mode:
            sys.exit(code)
        return code


app = typer.Typer(
    cls=Opdrachten,
    name="kernregister",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    subcommand_metavar="OPDRACHT",
    options_metavar="",
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _toon_versie(gevraagd: bool) -> None:
    if gevraagd:
        print(f"kernregister {__version__}")
        raise typer.Exit


@app.callback(epilog="Uitleg bij een opdracht: kernregister OPDRACHT --help")
def kernregister(
    versie: Annotated[
        bool,
        typer.Option("--versie", "--version", callback=_toon_versie, is_eager=True, help="Toon de versie."),
    ] = False,
) -> None:
    """Kernregister: weet vandaag wat het register volgende week zou melden.

    The core register for Dutch vocational education: check what DUO delivers.
    """


for opdracht in (controleer, vergelijk, bekostig, regels, genereer, partities):
    app.command(cls=Opdracht, options_metavar="[OPTIES]", rich_help_panel="Leveringen nakijken")(opdracht)

_REGISTER = "Een register draaien"

if find_spec("django") is not None:  # the part `server` is installed
    from kernregister.cli import aansluitingen, beheer, gebruikers, server, stamgegevens

    for opdracht_ in (server.start, server.migreer, server.stand):
        app.command(cls=Opdracht, options_metavar="[OPTIES]", rich_help_panel=_REGISTER)(opdracht_)
    for groep in (stamgegevens.app, aansluitingen.app, gebruikers.app, beheer.app):
        app.add_typer(groep, rich_help_panel=_REGISTER)


def _luister_naar_einde() -> None:
    """Have a signal to end do what Ctrl-C does: temporary files go, and the other processes end too."""
    for naam in ("SIGTERM", "SIGHUP"):
        einde = getattr(signal, naam, None)
        if einde is not None and signal.getsignal(einde) is signal.SIG_DFL:
            signal.signal(einde, signal.default_int_handler)


def main() -> int | None:
    """Run the command line and return its exit code."""
    for stroom in (sys.stdout, sys.stderr):
        if hasattr(stroom, "reconfigure"):
            stroom.reconfigure(errors="replace")  # a console that lacks a character shows another one
    _luister_naar_einde()
    code: int = typer.main.get_command(app).main(standalone_mode=False)
    return code
