"""What a user gets to see when something goes wrong: plain words, and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import typer

ONBRUIKBAAR = 2
"""Exit code for input that cannot be used, in whole or in part, and for everything else that went wrong."""

AFGEBROKEN = 130


class Opdrachtfout(Exception):
    """Something the user can mend: an option, a folder. The message says what to do."""


def exitcode_van(draai: Callable[[], Any]) -> int:
    """Run something and return its exit code; say on stderr what went wrong, if anything did."""
    try:
        code = draai()
    except (KeyboardInterrupt, typer.Abort):
        return AFGEBROKEN
    except Exception as fout:  # noqa: BLE001 - this is where every error ends
        if os.environ.get("KERNREGISTER_DEBUG"):
            _toon_oorzaak(fout)
        meld(in_woorden(fout))
        return ONBRUIKBAAR
    return code if isinstance(code, int) else 0


def meld(tekst: str) -> None:
    """Say something to the user without mixing it with the output."""
    from kernregister.kern.formaten.verslag import zichtbaar

    if sys.stderr is not None:  # somebody may have closed it
        print(zichtbaar(tekst), file=sys.stderr)


def _toon_oorzaak(fout: Exception) -> None:
    """Show makers where it went wrong; what a message quotes of the data is masked."""
    import traceback

    from kernregister.kern.formaten.verslag import zonder_nummers

    meld(zonder_nummers("".join(traceback.format_exception(fout)).rstrip()))


def in_woorden(fout: Exception) -> str:
    """Return what to tell of an error. Of an unexpected one that is only its kind: a message may hold data."""
    from kernregister.kern.formaten.verslag import OnbruikbaarBestand, reden

    if isinstance(fout, OnbruikbaarBestand | Opdrachtfout):
        return str(fout)
    if hasattr(fout, "format_message"):  # what Typer raises
        return _verkeerd_gebruik(fout)
    if isinstance(fout, MemoryError):
        return "Het geheugen van deze computer is vol. Probeer het met --processen 1, of met minder bestanden tegelijk."
    if type(fout).__name__ == "BrokenProcessPool":
        return (
            "Een van de processen is door het systeem beëindigd, waarschijnlijk omdat het geheugen vol was. "
            "Probeer het met --processen 1."
        )
    if isinstance(fout, OSError):
        return f"Het lezen of schrijven van een bestand lukt niet: {reden(fout)} ({fout.filename or 'onbekend'})."
    return (
        f"Er ging iets mis in Kernregister zelf ({type(fout).__name__}); dat ligt niet aan u. Meld het aan de makers, "
        "met de opdracht die u gaf en zonder persoonsgegevens. KERNREGISTER_DEBUG=1 toont de technische oorzaak."
    )


def _verkeerd_gebruik(fout: Any) -> str:
    """Return in Dutch how the command was misused."""
    context: Any = getattr(fout, "ctx", None)
    soort = type(fout).__name__
    if soort == "NoArgsIsHelpError":
        return str(context.get_help())
    parameter = getattr(fout, "param", None)
    naam = parameter.get_error_hint() if parameter is not None else ""
    if soort == "MissingParameter":
        tekst = f"Er ontbreekt iets: {naam}."
    elif soort == "NoSuchOption":
        mogelijk = getattr(fout, "possibilities", None)
        tekst = f"De optie {fout.option_name} bestaat niet."
        tekst += f" Bedoelt u {' of '.join(sorted(mogelijk))}?" if mogelijk else ""
    elif soort == "BadParameter":
        reden = str(fout.message).removeprefix("Value error, ").replace("is not one of", "is geen van")
        tekst = f"{naam}: {reden}" if naam else reden
    elif str(fout.format_message()).startswith("No such command"):
        gegeven = str(fout.format_message()).split("'")[1]
        tekst = f"De opdracht '{gegeven}' bestaat niet. Wel: {', '.join(context.command.commands)}."
    else:
        tekst = str(fout.format_message())
    return f"{tekst}\nUitleg: {context.command_path if context else 'kernregister'} --help"
