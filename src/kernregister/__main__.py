"""The command `kernregister`: hands over to the command line, or says how to install it."""

import sys


def main() -> int | None:
    """Run the command line; without the part `cli`, say in plain words what to install."""
    try:
        from kernregister.cli.app import main as command_line
    except ModuleNotFoundError as missing:
        if (missing.name or "kernregister").partition(".")[0] == "kernregister":
            raise
        print(
            f"De opdrachtregel van Kernregister is niet geïnstalleerd ('{missing.name}' ontbreekt).\n"
            "Installeer haar met:  pip install 'kernregister[cli]'",
            file=sys.stderr,
        )
        return 2
    return command_line()


if __name__ == "__main__":
    sys.exit(main())
