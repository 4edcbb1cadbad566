"""``kernregister vergelijk``: two overviews side by side, or the register beside the own administration."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kernregister.cli.fouten import ONBRUIKBAAR, Opdrachtfout, meld
from kernregister.cli.opties import Formaat, Processen, Uitvoermap, aantal_processen

if TYPE_CHECKING:
    from kernregister.kern.formaten.verslag import Opmerking
    from kernregister.vergelijking.aansluiting import Aansluiting

VERSCHILLEN_GEVONDEN = 1
"""Exit code with ``--streng``."""


def vergelijk(
    bestanden: Annotated[
        list[Path],
        typer.Argument(
            metavar="OUD NIEUW | RO EXPORT",
            help="Twee OBO's of twee RO's, of een RO en een export van de eigen administratie (CSV of .xlsx).",
            show_default=False,
        ),
    ],
    vertaling: Annotated[
        Path | None,
        typer.Option(
            "--vertaling",
            metavar="BESTAND.toml",
            help="Welke kolom van de export welk veld is; dan wordt het register naast de export gelegd.",
        ),
    ] = None,
    begin: Annotated[
        bool,
        typer.Option("--begin", help="Maak van de kop van een export een begin van een vertaling."),
    ] = False,
    formaat: Annotated[Formaat, typer.Option("--formaat", help="Wat er op het scherm komt.")] = Formaat.TEKST,
    uit: Uitvoermap = None,
    zip_: Annotated[
        bool, typer.Option("--zip", help="Zet de verschilbestanden in één zip, zoals DUO dat doet.")
    ] = False,
    streng: Annotated[
        bool, typer.Option("--streng", help="Eindig met code 1 als er verschillen zijn.")
    ] = False,
    processen: Processen = None,
) -> int:
    """Vergelijk twee OBO's of RO's, of het register met de eigen administratie.

    Van twee OBO's maakt --uit MAP de zeven verschilbestanden (OBOV) en verschillen.csv, met per regel of hij relevant
    kan zijn. Met --vertaling komt het RO naast een export te liggen: per student en veld wat verschilt, en wie waar
    ontbreekt. Een vertaling begint met: kernregister vergelijk EXPORT --begin --vertaling BESTAND.toml

    Compare two overviews, or the register with your own administration.
    """
    if begin:
        return _begin(bestanden, vertaling)
    if len(bestanden) != 2:
        raise Opdrachtfout(
            f"Vergelijken gaat met twee bestanden; u gaf er {len(bestanden)}. "
            "Eerst het oude (of het RO), dan het nieuwe (of de export)."
        )
    start = time.perf_counter()
    eerste, tweede = bestanden
    if vertaling is not None:
        opmerkingen, gevonden = _naast_administratie(eerste, tweede, vertaling, uit, formaat)
    else:
        opmerkingen, gevonden = _overzichten(
            eerste, tweede, uit, formaat, zip_=zip_, processen=aantal_processen(processen)
        )
    if formaat is Formaat.TEKST:
        from kernregister.cli.scherm import komma

        meld(f"\nvergeleken in {komma(time.perf_counter() - start)} s")
    if any(opmerking.fout for opmerking in opmerkingen):
        meld("Niet alles kon gelezen worden; wat ontbreekt staat bij de opmerkingen. De rest is vergeleken.")
        return ONBRUIKBAAR
    return VERSCHILLEN_GEVONDEN if streng and gevonden else 0


def _begin(bestanden: list[Path], vertaling: Path | None) -> int:
    """Write a first translation of an export, to a file or to stdout."""
    from kernregister.vergelijking.begin import begin_van
    from kernregister.vergelijking.export import open_export

    tekst = begin_van(open_export(bestanden[-1]))
    if vertaling is None:
        typer.echo(tekst, nl=False)
        return 0
    try:
        with vertaling.open("x", encoding="utf-8") as bestand:
            bestand.write(tekst)
    except FileExistsError:
        raise Opdrachtfout(
            f"{vertaling}: dit bestand bestaat al; er is niets overschreven. Kies een andere naam."
        ) from None
    meld(f"geschreven: {vertaling}")
    meld(f"Kijk de gissingen na, en dan: kernregister vergelijk RO {bestanden[-1]} --vertaling {vertaling}")
    return 0


def _overzichten(
    oud: Path, nieuw: Path, uit: Path | None, formaat: Formaat, *, zip_: bool, processen: int
) -> tuple[list[Opmerking], int]:
    from kernregister.cli import vergelijk_uitslag as toon
    from kernregister.cli.scherm import scherm
    from kernregister.vergelijking.overzichten import vergelijk_overzichten

    uitkomst = vergelijk_overzichten(oud, nieuw, uit, zip_=zip_, processen=processen)
    if formaat is Formaat.JSON:
        typer.echo(toon.overzichten_als_json(uitkomst), nl=False)
    else:
        toon.toon_overzichten(uitkomst, scherm())
    for pad in uitkomst.bestanden:
        meld(f"geschreven: {pad}")
    return uitkomst.opmerkingen, uitkomst.aantal()


def _naast_administratie(
    register: Path, export: Path, vertaling: Path, uit: Path | None, formaat: Formaat
) -> tuple[list[Opmerking], int]:
    from kernregister.cli import vergelijk_uitslag as toon
    from kernregister.cli.scherm import scherm
    from kernregister.vergelijking.aansluiting import sluit_aan

    aansluiting = sluit_aan(register, export, vertaling)
    geschreven = _schrijf(aansluiting, uit) if uit is not None else []
    if formaat is Formaat.JSON:
        typer.echo(toon.aansluiting_als_json(aansluiting), nl=False)
    else:
        toon.toon_aansluiting(aansluiting, scherm())
    for pad in geschreven:
        meld(f"geschreven: {pad}")
    return aansluiting.opmerkingen, len(aansluiting.afwijkingen)


def _schrijf(aansluiting: Aansluiting, map_: Path) -> list[Path]:
    from kernregister.rapport.naast_register import schrijf_naast_register
    from kernregister.vergelijking.uitvoer import BLADZIJDE, controleer_vrij, schrijf_afwijkingen

    controleer_vrij(map_, [BLADZIJDE])
    pad = schrijf_afwijkingen(aansluiting.afwijkingen, map_)
    schrijf_naast_register(aansluiting, map_ / BLADZIJDE)
    return [pad, map_ / BLADZIJDE]
