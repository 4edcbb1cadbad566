"""``kernregister start``, ``migreer`` and ``stand``: the register itself.

Only there when the part ``server`` is installed.
"""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kernregister.cli.fouten import Opdrachtfout, meld
from kernregister.cli.opties import lees_aantal

if TYPE_CHECKING:
    from kernregister.platform.databank import Verbindingen
    from kernregister.platform.omgeving import Omgeving
    from kernregister.platform.stand import Stand

ZIEK = 1
"""Exit code of ``stand`` when something is amiss."""


def lees_poort(tekst: str) -> int:
    """Read the number of a port.

    Raises:
        typer.BadParameter: it is no such number.
    """
    kaal = str(tekst)
    if not (kaal.isascii() and kaal.isdigit() and len(kaal) <= 5 and 0 < int(kaal) < 65536):
        raise typer.BadParameter(f"'{tekst}' is geen poort; verwacht een getal van 1 tot en met 65535.")
    return int(kaal)


def start(
    poort: Annotated[
        int, typer.Option("--poort", parser=lees_poort, metavar="N", help="Poort van het register.")
    ] = 8000,
    werkers: Annotated[
        int, typer.Option("--werkers", parser=lees_aantal, metavar="N", help="Processen van het webdeel.")
    ] = 2,
    demo: Annotated[
        bool, typer.Option("--demo", help="Om te proberen: vul een leeg register met een fictieve sector.")
    ] = False,
) -> int:
    """Start het register: databank, web en worker, tot u het stopt (Ctrl-C).

    Start the register: database, web and worker, until you stop it.
    """
    from kernregister.cli.demo import ruim_half_gevulde_op, toon_personas, vul_zo_nodig
    from kernregister.platform.processen import Opzichter, Proces, enige, kladmap, opdrachten

    if demo:
        os.environ["KERNREGISTER_DEMO"] = "1"
    with in_woorden() as omgeving, enige(omgeving.map, poort), kladmap(omgeving.map) as klad:
        omgeving.sleutel("start")  # said here, before anything runs
        _controleer_poort(poort)
        if demo:
            ruim_half_gevulde_op(omgeving)
        verbindingen = klaarzetten(omgeving)
        try:
            _breng_bij(verbindingen)
            if demo:
                vul_zo_nodig(omgeving)
            kinderomgeving = {**os.environ, **verbindingen.als_omgeving()}
            kinderomgeving["KERNREGISTER_WEBPROCESSEN"] = str(werkers)
            kinderomgeving.pop("DATABASE_URL_EIGENAAR", None)
            processen = [
                Proces(naam, op, kinderomgeving, klad) for naam, op in opdrachten(poort, werkers).items()
            ]
            meld(f"Kernregister draait op http://localhost:{poort}/  Stoppen: Ctrl-C.")
            if demo:
                toon_personas(poort)
            Opzichter(processen, verbindingen.cluster, meld).draai()
        finally:
            if verbindingen.cluster is not None:
                verbindingen.cluster.stop()
        meld("Kernregister is gestopt.")
    return 0


def migreer() -> int:
    """Werk de tabellen van de databank bij, als eigenaar.

    Bring the tables of the database up to date, as their owner.
    """
    with in_woorden() as omgeving:
        from kernregister.platform.databank import verbindingen

        adressen = verbindingen(omgeving)
        draaide_al = adressen.cluster is None or adressen.cluster.draait()
        adressen = klaarzetten(omgeving)
        if adressen.eigenaar is None:
            raise Opdrachtfout(
                "DATABASE_URL_EIGENAAR ontbreekt: alleen de rol kernregister_eigenaar mag de tabellen bijwerken."
            )
        from kernregister.platform.migreren import migreer as migreer_

        try:
            gedaan = migreer_()
        finally:
            if adressen.cluster is not None and not draaide_al:
                adressen.cluster.stop()
    for naam in gedaan:
        typer.echo(naam)
    typer.echo(f"{len(gedaan)} migraties gedaan." if gedaan else "De tabellen waren al bij.")
    return 0


def stand(json: Annotated[bool, typer.Option("--json", help="Voor een ander programma.")] = False) -> int:
    """Toon hoe het register ervoor staat: databank, migraties, worker en schijf. Exitcode 1: er is iets mis.

    Show the health of the register: database, migrations, worker and disk. Exit code 1: something is amiss.
    """
    with in_woorden() as omgeving:
        from kernregister.platform.databank import verbindingen

        os.environ.update(verbindingen(omgeving).als_omgeving())
        _django()
        from kernregister.platform.stand import neem_op

        nu = neem_op(omgeving.map.absolute())
    if json:
        import msgspec

        typer.echo(msgspec.json.format(msgspec.json.encode(nu), indent=2))
    else:
        _toon(nu)
    return 0 if nu.goed else ZIEK


def _toon(nu: Stand) -> None:
    from kernregister.cli.scherm import getal, punt, scherm, tabel

    console = scherm()
    rooster = tabel("Onderdeel", "Stand")
    rooster.add_row("Databank", f"PostgreSQL {nu.versie}" if nu.databank else "antwoordt niet")
    rooster.add_row(
        "Migraties", "onbekend" if nu.migraties is None else "bij" if not nu.migraties else "wachten"
    )
    rooster.add_row(
        "Worker", "niet gezien" if nu.worker_gezien is None else f"{nu.worker_gezien} s geleden gezien"
    )
    rooster.add_row("Schijf", f"{getal(nu.ruimte // 1_000_000)} MB vrij")
    for naam, waarde in nu.metingen.items():
        rooster.add_row(naam.capitalize(), "-" if waarde is None else str(waarde))
    console.print(rooster)
    for gebrek in nu.gebreken:
        console.print(punt(gebrek))
    console.print("Alles in orde." if nu.goed else "Er is iets mis.", style="bold")


def klaarzetten(omgeving: Omgeving) -> Verbindingen:
    """Make the database ready, give this process its addresses, and load Django."""
    from kernregister.platform import databank

    uit = databank.klaarzetten(omgeving)
    os.environ.update(uit.als_omgeving(eigenaar=True))
    _django()
    return uit


def _breng_bij(verbindingen: Verbindingen) -> None:
    """Migrate the embedded database; of a server of others only say that it must be done."""
    from django.db import connections

    from kernregister.platform.migreren import migreer as migreer_
    from kernregister.platform.migreren import openstaand

    if verbindingen.cluster is not None:
        migreer_()
    else:
        wachtend = openstaand("stelsel")
        if wachtend:
            raise Opdrachtfout(
                f"De databank is nog niet bij: er wachten {len(wachtend)} migraties. Maak een back-up en draai dan: "
                "kernregister migreer"
            )
    connections.close_all()


def _controleer_poort(poort: int) -> None:
    with socket.socket() as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind(("127.0.0.1", poort))
        except PermissionError:
            raise Opdrachtfout(f"Poort {poort} is voor beheerders. Kies een hogere: --poort 8000") from None
        except OSError:
            raise Opdrachtfout(
                f"Poort {poort} is al in gebruik. Kies een andere: --poort {poort % 65535 + 1}"
            ) from None


def _django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kernregister.web.settings"
    import django

    django.setup()


@contextmanager
def in_woorden() -> Iterator[Omgeving]:
    """Give the environment, and turn what the platform says is wrong into what a command says."""
    from kernregister.platform.databank import Databankfout
    from kernregister.platform.omgeving import Omgeving, Omgevingsfout

    try:
        yield Omgeving(os.environ, Path.cwd() / "var")
    except (Databankfout, Omgevingsfout) as fout:
        raise Opdrachtfout(str(fout)) from fout


@contextmanager
def met_register() -> Iterator[str]:
    """Have the register's database at hand, and give the name of who runs the command.

    Raises:
        Opdrachtfout: there is no database, or its tables are not up to date; or what was asked of it cannot be.
    """
    with in_woorden() as omgeving:
        from kernregister.platform.databank import verbindingen

        cluster = verbindingen(omgeving).cluster
        draaide_al = cluster is None or cluster.draait()
        klaarzetten(omgeving)
        from django.db import connections

        from kernregister.platform.migreren import openstaand
        from kernregister.voorzieningen.stamgegevens.public import Stamgegevensfout

        try:
            if openstaand("stelsel"):
                raise Opdrachtfout("De tabellen zijn nog niet bij. Draai eerst: kernregister migreer")
            yield _gebruiker()
        except Stamgegevensfout as fout:
            raise Opdrachtfout(str(fout)) from fout
        finally:
            connections.close_all()
            if cluster is not None and not draaide_al:
                cluster.stop()


def _gebruiker() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a number without a name
        return "onbekend"
