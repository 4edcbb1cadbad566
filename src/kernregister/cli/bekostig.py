"""``kernregister bekostig``: deliveries in, indicative funding out, with the trace of every decision."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kernregister.cli.fouten import ONBRUIKBAAR, Opdrachtfout, meld
from kernregister.cli.opties import (
    Formaat,
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
    from kernregister.controle.bekostigen import Bekostigingsuitslag

_KOPPEN = {
    "nl": (
        "instelling",
        "budget",
        "1-10",
        "1-2",
        "correctie",
        "deelnemerswaarde",
        "diploma's",
        "diplomawaarde",
    ),
    "en": (
        "institution",
        "budget",
        "1 Oct",
        "1 Feb",
        "correction",
        "student value",
        "diplomas",
        "diploma value",
    ),
}


def bekostig(
    bestanden: Leveringen,
    jaar: Annotated[
        int | None,
        typer.Option(
            "--jaar",
            metavar="JJJJ",
            help="Bekostigingsjaar. Zonder: dat van het studiejaar van de peildatum.",
        ),
    ] = None,
    peildatum: Peildatum = None,
    instelling: Annotated[
        str | None,
        typer.Option("--instelling", parser=lees_instelling, metavar="XXXX", help="Alleen deze instelling."),
    ] = None,
    soort: Instellingssoort = None,
    stamgegevens: Annotated[
        Path | None,
        typer.Option(
            "--stamgegevens", metavar="MAP", help="Map met CSV's: opleidingen met hun prijsfactor, RIO."
        ),
    ] = None,
    personen: Personen = None,
    ook: Annotated[
        list[Path] | None,
        typer.Option(
            "--ook",
            metavar="BESTAND...",
            help="Leveringen van andere instellingen: wie daar al meetelt, telt hier niet.",
            show_default=False,
        ),
    ] = None,
    formaat: Annotated[Formaat, typer.Option("--formaat", help="Wat er op het scherm komt.")] = Formaat.TEKST,
    uit: Uitvoermap = None,
    processen: Processen = None,
    taal: Taal = Taalkeuze.NL,
) -> int:
    """Reken uit wat leveringen van DUO aan bekostiging betekenen: indicatief, met de reden van elk besluit.

    Met --uit MAP komt daar bekostiging.csv: per inschrijving en teldatum, en per diploma, of hij telt, waarvoor, en wat
    eraan ontbreekt. Eindigt met code 0, of 2 (een bestand is geheel of deels onbruikbaar).

    Work out what deliveries of DUO mean in funding: indicative, with the reason of every decision.
    """
    from kernregister.cli.scherm import getal, komma, voortgang
    from kernregister.controle.bekostigen import SPOOR
    from kernregister.controle.bekostigen import bekostig as voer_uit
    from kernregister.controle.leveringen import Opdracht
    from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
    from kernregister.kern.bekostiging.parameters import OnbekendJaar
    from kernregister.kern.gegevens import Soort

    if uit is not None:
        _maak_klaar(uit, SPOOR)
    begin = time.perf_counter()
    opdracht = Opdracht(
        tuple(bestanden),
        peildatum,
        instelling,
        Soort(soort) if soort else None,
        stamgegevens,
        personen,
        tuple(ook or ()),
        aantal_processen(processen),
    )
    try:
        with voortgang("Bekostigen", "personen") as stap:
            uitslag = voer_uit(opdracht, Bekostigingsjaar(jaar) if jaar else None, uit, taal.value, stap)
    except OnbekendJaar as fout:
        raise Opdrachtfout(str(fout)) from None
    duur = time.perf_counter() - begin
    if formaat is Formaat.JSON:
        typer.echo(als_json(uitslag, taal.value), nl=False)
    else:
        toon(uitslag, taal.value)
        meld(f"\n{getal(uitslag.personen)} personen in {komma(duur)} s")
    if uitslag.spoor is not None:
        meld(f"geschreven: {uitslag.spoor}")
    if not uitslag.bruikbaar:
        meld("Niet alles kon gelezen worden; wat ontbreekt staat bij de opmerkingen. De rest is meegeteld.")
        return ONBRUIKBAAR
    return 0


def _maak_klaar(map_: Path, spoor: str) -> None:
    """Make a folder ready to write to; what is there already may only be an earlier trace.

    Raises:
        Opdrachtfout: it cannot be written to, or holds a file of this name that is not ours.
    """
    from kernregister.controle.bekostigen import KOLOMMEN
    from kernregister.kern.formaten.verslag import reden

    try:
        map_.mkdir(parents=True, exist_ok=True)
        bestaand = map_ / spoor
        if bestaand.exists():
            with bestaand.open(encoding="utf-8", errors="replace") as bestand:
                van_ons = bestand.readline(1000).strip() == ";".join(KOLOMMEN)
            if not van_ons:
                raise Opdrachtfout(
                    f"{bestaand}: hier staat al een bestand, en niet van een eerdere berekening. Er is niets "
                    "overschreven; kies een andere --uit."
                )
    except OSError as fout:
        raise Opdrachtfout(
            f"{map_}: hier kan niets geschreven worden ({reden(fout)}). Kies een andere --uit."
        ) from None


def als_json(uitslag: Bekostigingsuitslag, taal: str) -> bytes:
    """Return the outcome as JSON; it holds no person."""
    import msgspec

    from kernregister.kern.bekostiging.redenen import voorbehoud

    inhoud = {
        "voorbehoud": voorbehoud(uitslag.parameters.kenmerk, "en" if taal == "en" else "nl"),
        "bekostigingsjaar": uitslag.jaar.jaar,
        "parameters": uitslag.parameters.kenmerk,
        "bestanden": uitslag.bestanden,
        "personen": uitslag.personen,
        "instellingen": list(uitslag.totalen.values()),
        "opmerkingen": uitslag.opmerkingen,
    }
    return msgspec.json.format(msgspec.json.encode(inhoud)) + b"\n"


def toon(uitslag: Bekostigingsuitslag, taal: str) -> None:
    """Show the totals per institution and budget, and what there is to say of the files."""
    from kernregister.cli.scherm import getal, kop, scherm, tabel
    from kernregister.cli.uitslag_tekst import toon_opmerking
    from kernregister.kern.bekostiging.redenen import voorbehoud

    console = scherm()
    engels = taal == "en"
    kop(console, f"Funding year {uitslag.jaar}" if engels else f"Bekostigingsjaar {uitslag.jaar}")
    uit = tabel(*_KOPPEN[taal], rechts=(2, 3, 4, 5, 6, 7))
    zonder = 0
    for totaal in uitslag.totalen.values():
        for een in totaal.budgetten:
            zonder += een.zonder_bijdrage + een.zonder_diplomawaarde
            tellen = [sum(paar[nummer] for paar in een.inschrijvingen.values()) for nummer in (0, 1)]
            factor = "-" if een.correctiefactor is None else f"{een.correctiefactor:.4f}"
            bedragen = [
                f"{waarde:f}" if engels else f"{waarde:f}".replace(".", ",") for waarde in (een.idw, een.idiw)
            ]
            uit.add_row(
                *(totaal.instelling, een.budget.replace("_", " "), *map(getal, tellen)),
                *(
                    factor if engels else factor.replace(".", ","),
                    bedragen[0],
                    getal(een.diplomas),
                    bedragen[1],
                ),
            )
    console.print(uit)
    if zonder:
        console.print(
            f"{getal(zonder)} of these count for an amount that cannot be told: a price factor or level is missing "
            "(--stamgegevens)."
            if engels
            else f"Van {getal(zonder)} hiervan is de bijdrage niet te noemen: een prijsfactor of niveau ontbreekt "
            "(--stamgegevens)."
        )
    if zonder_niveau := sum(totaal.zonder_niveau for totaal in uitslag.totalen.values()):
        console.print(
            f"{getal(zonder_niveau)} count in no budget: the level of the programme is not known (--stamgegevens)."
            if engels
            else f"{getal(zonder_niveau)} tellen in geen budget: van de opleiding is het niveau niet bekend "
            "(--stamgegevens)."
        )
    console.print(voorbehoud(uitslag.parameters.kenmerk, "en" if engels else "nl"))
    if uitslag.opmerkingen:
        kop(console, "Remarks" if engels else "Opmerkingen")
        for opmerking in uitslag.opmerkingen:
            toon_opmerking(console, opmerking, "en" if engels else "nl")
