"""``kernregister aansluiting``: make, list and revoke the machine clients of the API.

Only there when the part ``server`` is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, TypeVar

import typer
from typer.core import TyperGroup

from kernregister.cli.fouten import Opdrachtfout
from kernregister.cli.opties import Nederlands, Opdracht
from kernregister.cli.server import met_register

E = TypeVar("E", bound=StrEnum)


class Groep(Nederlands, TyperGroup):
    """The commands on machine clients."""


app = typer.Typer(
    cls=Groep,
    name="aansluiting",
    help="Aansluitingen: programma's die met het register mogen praten.",
    no_args_is_help=True,
    subcommand_metavar="OPDRACHT",
    options_metavar="",
)


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def maak(
    naam: Annotated[str, typer.Argument(metavar="NAAM", help="Welk programma, van wie.")],
    instelling: Annotated[
        str,
        typer.Option("--instelling", metavar="CODE", help="Instellingscode, zoals 25PV.", show_default=False),
    ] = "",
    soort: Annotated[
        str, typer.Option("--soort", metavar="SOORT", help="Soort aansluiting, zoals accountant of duo.")
    ] = "instelling",
    sleutel: Annotated[
        str,
        typer.Option("--sleutel", metavar="CODE", help="Sleutel bij een andere soort.", show_default=False),
    ] = "",
    studiejaar: Annotated[
        str,
        typer.Option("--studiejaar", metavar="JJJJ-JJJJ", help="Voor een accountant.", show_default=False),
    ] = "",
    recht: Annotated[
        list[str] | None,
        typer.Option("--recht", metavar="RECHT", help="Alleen deze rechten; mag vaker.", show_default=False),
    ] = None,
    ook: Annotated[
        list[str] | None,
        typer.Option(
            "--ook",
            metavar="RECHT",
            help="Dit recht erbij, zoals ondersteuning.lezen; mag vaker.",
            show_default=False,
        ),
    ] = None,
    tot: Annotated[
        str,
        typer.Option(
            "--tot", metavar="DATUM", help="Eerste dag dat zij niet meer geldt.", show_default=False
        ),
    ] = "",
) -> int:
    """Maak een aansluiting, en toon eenmaal haar geheim.

    Make a client, and show its secret once.
    """
    with _toegang() as wie:
        from kernregister.platform import audit
        from kernregister.platform.klok import NEDERLAND
        from kernregister.platform.pas import Soort
        from kernregister.platform.rechten import Recht
        from kernregister.web.toegang.aansluitingen import maak_aansluiting, rechten_van

        gekozen = _kies(Soort, soort, "soort")
        rechten = {_kies(Recht, een, "recht") for een in recht or ()} or rechten_van(gekozen)
        rechten = rechten | {_kies(Recht, een, "recht") for een in ook or ()}
        gemaakt, geheim = maak_aansluiting(
            naam,
            gekozen,
            instelling or sleutel,
            rechten,
            extra=studiejaar,
            geldig_tot=datetime.combine(_dag(tot), time(), NEDERLAND) if tot else None,
        )
        audit.leg_vast("aansluiting.maak", "aansluiting", gemaakt.client_id, door=wie, details={"naam": naam})
        typer.echo(f"client-id  {gemaakt.client_id}")
        typer.echo(f"geheim     {geheim}")
        typer.echo("Bewaar het geheim nu: het is hierna niet meer te zien.", err=True)
    return 0


@app.command(cls=Opdracht, options_metavar="")
def lijst() -> int:
    """Toon alle aansluitingen, ook die zijn ingetrokken.

    Show all clients, revoked ones too.
    """
    with _toegang():
        from kernregister.cli.scherm import scherm, tabel
        from kernregister.web.toegang.aansluitingen import lijst as alle

        rooster = tabel("Client-id", "Naam", "Soort", "Sleutel", "Rechten", "Geldt")
        gevonden = alle()
        for een in gevonden:
            geldt = "ja"
            if een.ingetrokken_op:
                geldt = f"ingetrokken {een.ingetrokken_op:%d-%m-%Y}"
            elif een.geldig_tot:
                geldt = f"tot {een.geldig_tot:%d-%m-%Y}"
            sleutel = f"{een.sleutel} {een.extra}".strip()
            rooster.add_row(een.client_id, een.naam, een.pas_soort, sleutel, "\n".join(een.rechten), geldt)
        scherm().print(rooster if gevonden else "Er zijn nog geen aansluitingen.")
    return 0


@app.command(cls=Opdracht, options_metavar="")
def intrek(client_id: Annotated[str, typer.Argument(metavar="CLIENT-ID", help="Zie de lijst.")]) -> int:
    """Trek een aansluiting in; binnen enkele seconden komt zij niet meer binnen.

    Revoke a client; within seconds it cannot come in any more.
    """
    with _toegang() as wie:
        from kernregister.platform import audit
        from kernregister.web.toegang.aansluitingen import trek_in

        weg = trek_in(client_id)
        audit.leg_vast("aansluiting.trek_in", "aansluiting", client_id, door=wie, details={"naam": weg.naam})
        typer.echo(f"{weg.naam} ({client_id}) is ingetrokken.")
    return 0


def _kies(soort: type[E], tekst: str, woord: str) -> E:
    """Return the member of an enumeration that was named.

    Raises:
        Opdrachtfout: there is none; it names them all.
    """
    try:
        return soort(tekst.strip().lower())
    except ValueError:
        alle = ", ".join(lid.value for lid in soort)
        raise Opdrachtfout(f"'{tekst}' is geen {woord}. Kies uit: {alle}.") from None


def _dag(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise Opdrachtfout(f"'{tekst}' is geen datum; verwacht jjjj-mm-dd.") from None


@contextmanager
def _toegang() -> Iterator[str]:
    """Have the database at hand, and say in words what cannot be."""
    with met_register() as wie:
        from kernregister.web.toegang.aansluitingen import Aansluitingfout

        try:
            yield wie
        except Aansluitingfout as fout:
            raise Opdrachtfout(str(fout)) from fout
