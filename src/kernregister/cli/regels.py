"""``kernregister regels``: the catalogue, and one rule with its whole passport."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kernregister.cli.fouten import Opdrachtfout
from kernregister.cli.opties import Formaat, Taal, Taalkeuze

if TYPE_CHECKING:
    from rich.console import Console

    from kernregister.kern.regels.paspoort import Regel
    from kernregister.kern.regels.woorden import Taal as Taalcode


def regels(
    nummer: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Nummer van een regel, zoals B04.", show_default=False),
    ] = None,
    taal: Taal = Taalkeuze.NL,
    formaat: Annotated[Formaat, typer.Option("--formaat", help="Wat er op het scherm komt.")] = Formaat.TEKST,
) -> int:
    """Toon de regels, of een regel met uitleg, advies en bron.

    Show the rules, or one rule with explanation, advice and source (--taal en).
    """
    from kernregister.cli.scherm import scherm
    from kernregister.kern.regels.catalogus import catalogus

    alle = catalogus()
    gekozen = list(alle.values()) if nummer is None else [_zoek(nummer, alle)]
    if formaat is Formaat.JSON:
        import msgspec

        inhoud: Any = [als_object(regel) for regel in gekozen]
        typer.echo(
            msgspec.json.format(msgspec.json.encode(inhoud if nummer is None else inhoud[0]), indent=2)
        )
    elif nummer is None:
        _toon_alle(gekozen, scherm(), taal.value)
    else:
        _toon_een(gekozen[0], scherm(), taal.value)
    return 0


def _zoek(nummer: str, alle: dict[str, Regel]) -> Regel:
    """Return the rule with this id, however it was typed.

    Raises:
        Opdrachtfout: there is none; it names near ones.
    """
    id_ = nummer.strip().upper()
    if len(id_) == 2 and id_[1].isdigit():
        id_ = f"{id_[0]}0{id_[1]}"  # B4, as DUO would write it
    if id_ in alle:
        return alle[id_]
    zelfde_groep = [ander for ander in alle if ander[0] == id_[:1]]
    nabij = get_close_matches(id_, alle, n=3, cutoff=0.6) or zelfde_groep[-3:]
    tip = f"Bedoelt u {' of '.join(nabij)}?" if nabij else "Alle regels: kernregister regels"
    raise Opdrachtfout(f"Regel '{nummer}' bestaat niet. {tip}")


def als_object(regel: Regel) -> dict[str, Any]:
    """Return a rule with its passport as plain values."""
    return {
        "id": regel.id,
        "groep": regel.groep.value,
        "ernst": regel.ernst.value,
        "titel": regel.titel._asdict(),
        "tekst": regel.tekst._asdict(),
        "advies": regel.advies._asdict(),
        "over": regel.onderwerp,
        "telt": regel.telt.value,
        "vanaf": {soort.value: dag for soort, dag in regel.vanaf.items()},
        "vereist": sorted(regel.vereist),
        "draagt": sorted(regel.draagt),
        "levensloop": [{"fase": fase.value, "vanaf": dag} for fase, dag in regel.levensloop],
        "levensloop_per_soort": {
            soort.value: [{"fase": fase.value, "vanaf": dag} for fase, dag in levensloop]
            for soort, levensloop in regel.levensloop_per_soort.items()
        },
        "afkeurcode": regel.afkeurcode,
        "bron": regel.bron,
        "besluit": regel.besluit.nl,
    }


def _toon_alle(regels_: list[Regel], console: Console, taal: Taalcode) -> None:
    from kernregister.cli.scherm import tabel
    from kernregister.kern.regels.woorden import in_taal, nodig, woord

    koppen = (
        ("Regel", "Titel", "Ernst", "Geldt", "Nodig")
        if taal == "nl"
        else ("Rule", "Title", "Severity", "For", "Needs")
    )
    rooster = tabel(*koppen)
    for groep, van_groep in groupby(regels_, key=lambda r: r.groep):
        rooster.add_row(groep.value, woord(groep, taal), style="bold")
        for r in van_groep:
            soorten = ", ".join(soort.value for soort in r.vanaf)
            rooster.add_row(
                r.id,
                in_taal(r.titel, taal),
                woord(r.ernst, taal),
                soorten,
                nodig(r, taal) if r.vereist else "",
            )
    console.print(rooster)


def _toon_een(regel: Regel, console: Console, taal: Taalcode) -> None:
    from rich.table import Table

    from kernregister.kern.regels.woorden import in_taal, paspoort

    console.print(f"{regel.id}  {in_taal(regel.titel, taal)}", style="bold")
    console.print()
    console.print(in_taal(regel.tekst, taal))
    console.print("Wat te doen: " if taal == "nl" else "What to do: ", style="bold", end="")
    console.print(in_taal(regel.advies, taal))
    console.print()
    rooster = Table.grid(padding=(0, 2))
    for label, waarde in paspoort(regel, taal):
        rooster.add_row(label, waarde)
    console.print(rooster)
