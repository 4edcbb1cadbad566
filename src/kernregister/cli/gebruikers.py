"""``kernregister gebruiker``: the people of the portal; so the first Beheerder of an institution comes into being.

Only there when the part ``server`` is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from kernregister.cli.fouten import Opdrachtfout
from kernregister.cli.opties import Nederlands, Opdracht
from kernregister.cli.server import met_register

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from kernregister.web.toegang.rollen import Rol


class Groep(Nederlands, TyperGroup):
    """The commands on people."""


app = typer.Typer(
    cls=Groep,
    name="gebruiker",
    help="Gebruikers: mensen die met het portaal werken, en hun rollen.",
    no_args_is_help=True,
    subcommand_metavar="OPDRACHT",
    options_metavar="",
)

Adres = Annotated[str, typer.Argument(metavar="E-MAILADRES", help="Waarmee iemand zich aanmeldt.")]
Kenmerk = Annotated[
    str,
    typer.Option("--kenmerk", metavar="CODE", help="Instellingscode, of DUO of SECTOR.", show_default=False),
]


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def maak(
    adres: Adres,
    voornaam: Annotated[
        str, typer.Option("--voornaam", metavar="NAAM", help="Voornaam.", show_default=False)
    ] = "",
    achternaam: Annotated[
        str, typer.Option("--achternaam", metavar="NAAM", help="Achternaam.", show_default=False)
    ] = "",
    beheerder_van: Annotated[
        str,
        typer.Option(
            "--beheerder-van", metavar="CODE", help="Word Beheerder van deze instelling.", show_default=False
        ),
    ] = "",
    basis: Annotated[
        str, typer.Option("--basis", metavar="ADRES", help="Hoe de adressen van het portaal beginnen.")
    ] = "http://localhost:8000",
) -> int:
    """Maak een account, en toon de link om een wachtwoord te kiezen; bestaat het al, dan een nieuwe link.

    Make an account, and show the link to choose a password; of one that exists, a new link.
    """
    with _toegang() as wie:
        from django.db import transaction

        from kernregister.platform.sql import STELSEL
        from kernregister.web.toegang import uitnodigingen
        from kernregister.web.toegang.gebruikers import ken_toe, zoek_gebruiker
        from kernregister.web.toegang.rollen import Rol

        bekend = zoek_gebruiker(adres)
        with transaction.atomic(using=STELSEL):
            gebruiker = bekend
            if gebruiker is None:
                gebruiker, _ = uitnodigingen.nodig_uit(
                    adres, voornaam, achternaam, door=wie, namens=beheerder_van
                )
            for rol in (Rol.TOEGANG, Rol.BEHEERDER) if beheerder_van else ():
                ken_toe(gebruiker, rol, beheerder_van, door=wie)
        typer.echo(f"{gebruiker.email} {'bestond al' if bekend else 'is gemaakt'}.")
        typer.echo(f"link  {uitnodigingen.link(gebruiker, basis)}")
        typer.echo(
            "Geef de link alleen aan wie zij bedoeld is: zij werkt eenmaal, binnen drie dagen.", err=True
        )
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def rol(
    adres: Adres,
    naam: Annotated[str, typer.Argument(metavar="ROL", help="Zoals behandelaar-signalen.")],
    kenmerk: Kenmerk = "",
    studiejaar: Annotated[
        str,
        typer.Option("--studiejaar", metavar="JJJJ-JJJJ", help="Voor een accountant.", show_default=False),
    ] = "",
    tot_en_met: Annotated[
        str,
        typer.Option("--tot-en-met", metavar="DATUM", help="Laatste dag (jjjj-mm-dd).", show_default=False),
    ] = "",
) -> int:
    """Geef iemand een rol voor een kenmerk, met Mijn DUO-toegang erbij.

    Give somebody a role for a kenmerk, together with the base.
    """
    with _toegang() as wie:
        from kernregister.platform.klok import NEDERLAND
        from kernregister.web.toegang.gebruikers import ken_toe, toekenningen
        from kernregister.web.toegang.rollen import ROLLEN, Rol

        gebruiker, gekozen = _gebruiker(adres), _rol(naam)
        tot = (
            datetime.combine(_dag(tot_en_met) + timedelta(days=1), time(), NEDERLAND) if tot_en_met else None
        )
        gegeven = ken_toe(gebruiker, gekozen, kenmerk, door=wie, studiejaar=studiejaar, geldig_tot=tot)
        if Rol.TOEGANG not in {een.rol for een in toekenningen(gebruiker, kenmerk)}:
            ken_toe(gebruiker, Rol.TOEGANG, kenmerk, door=wie)
        typer.echo(f"{gebruiker.email} heeft de rol {ROLLEN[gekozen].titel.nl} voor {gegeven.kenmerk}.")
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def intrek(
    adres: Adres,
    naam: Annotated[
        str, typer.Option("--rol", metavar="ROL", help="Alleen deze rol.", show_default=False)
    ] = "",
    kenmerk: Kenmerk = "",
    token: Annotated[
        bool,
        typer.Option("--token", help="Alleen de tokengenerator: de volgende keer koppelt iemand een andere."),
    ] = False,
) -> int:
    """Trek een rol in; zonder opties: alle rollen, en sluit het account.

    Take back a role; without options: all roles, and close the account.
    """
    with _toegang() as wie:
        from kernregister.web.toegang.gebruikers import sluit_account, toekenningen, trek_in, vergeet_token

        gebruiker = _gebruiker(adres)
        if token:
            vergeet_token(gebruiker, door=wie)
            typer.echo(f"{gebruiker.email} koppelt bij het aanmelden een andere tokengenerator.")
            return 0
        if naam:
            gekozen = _rol(naam)
            rijen = [een for een in toekenningen(gebruiker, kenmerk or None) if een.rol == gekozen]
            if not rijen:
                raise Opdrachtfout(f"{gebruiker.email} heeft de rol {gekozen.value} niet (meer).")
            for een in rijen:
                trek_in(een, door=wie, ook_laatste=True)
                typer.echo(f"{gekozen.value} voor {een.kenmerk} is ingetrokken.")
            return 0
        sluit_account(gebruiker, door=wie)
        typer.echo(f"Het account {gebruiker.email} is gesloten, en al zijn rollen zijn ingetrokken.")
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def lijst(kenmerk: Kenmerk = "") -> int:
    """Toon alle gebruikers met hun rollen, of die van een kenmerk.

    Show all users with their roles, or those of one kenmerk.
    """
    with _toegang():
        from django.contrib.auth import get_user_model

        from kernregister.cli.scherm import scherm, tabel
        from kernregister.platform.sql import STELSEL
        from kernregister.web.toegang.gebruikers import toekenningen

        rooster = tabel("E-mailadres", "Naam", "Rollen", "Laatst aangemeld")
        for een in get_user_model().objects.using(STELSEL).order_by("username"):
            rollen = toekenningen(een, kenmerk or None)
            if kenmerk and not rollen:
                continue
            regels = [
                " ".join(filter(None, (rij.kenmerk, rij.rol, rij.studiejaar)))
                + (f" tot {rij.geldig_tot:%d-%m-%Y}" if rij.geldig_tot else "")
                for rij in rollen
            ]
            laatst = f"{een.last_login:%d-%m-%Y}" if een.last_login else "nooit"
            rooster.add_row(
                een.username, een.get_full_name(), "\n".join(regels), laatst if een.is_active else "gesloten"
            )
        scherm().print(rooster if rooster.row_count else "Er zijn nog geen gebruikers.")
    return 0


def _gebruiker(adres: str) -> User:
    """Return whose account it is.

    Raises:
        Opdrachtfout: nobody's.
    """
    from kernregister.web.toegang.gebruikers import zoek_gebruiker

    gebruiker = zoek_gebruiker(adres)
    if gebruiker is None:
        raise Opdrachtfout(
            f"Er is geen account {adres}. Maak het met: kernregister gebruiker maak, of zie de lijst."
        )
    return gebruiker


def _rol(naam: str) -> Rol:
    from kernregister.web.toegang.rollen import Rol

    try:
        return Rol(naam.strip().lower())
    except ValueError:
        alle = ", ".join(lid.value for lid in Rol)
        raise Opdrachtfout(f"'{naam}' is geen rol. Kies uit: {alle}.") from None


def _dag(tekst: str) -> date:
    try:
        dag = date.fromisoformat(tekst)
    except ValueError:
        raise Opdrachtfout(f"'{tekst}' is geen datum; verwacht jjjj-mm-dd.") from None
    if dag == date.max:
        raise Opdrachtfout(f"'{tekst}' is te ver weg; laat de datum weg als de rol blijft.")
    return dag


@contextmanager
def _toegang() -> Iterator[str]:
    """Have the database at hand, and say in words what cannot be."""
    with met_register() as wie:
        from kernregister.web.toegang.gebruikers import Toekenningsfout

        try:
            yield wie
        except Toekenningsfout as fout:
            raise Opdrachtfout(str(fout)) from fout
