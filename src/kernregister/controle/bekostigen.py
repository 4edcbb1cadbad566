"""The funding of deliveries, indicative and without a database: totals of institutions, the trace of every decision."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Final

from msgspec import Struct, structs

from kernregister.controle.controle import nagezien, voorbereid
from kernregister.controle.leveringen import Opdracht
from kernregister.controle.uitslag import Bestand
from kernregister.controle.werk import Deel, Voortgang, Werk, draai
from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.besluit import Bekostiging, Reden
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import Parameters, parameters
from kernregister.kern.bekostiging.redenen import open_punten, tekst
from kernregister.kern.bekostiging.totalen import Instellingstotaal, Optelling
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.schrijven import als_geheel
from kernregister.kern.formaten.verslag import Opmerking, Verslag
from kernregister.kern.overzichten.dashboard import Dashboard
from kernregister.kern.regels.woorden import Taal
from kernregister.kern.tijd import Studiejaar

SPOOR: Final = "bekostiging.csv"

KOLOMMEN: Final = (
    *("persoon", "instelling", "soort", "volgnummer", "teldatum_of_datum", "opleidingcode", "niveau"),
    *("leertraject", "telt", "voor_correctiefactor", "bbl_bol_factor", "prijsfactor", "bijdrage"),
    *("code", "uitleg"),
)
"""The columns of the trace. ``code`` and ``uitleg`` tell what failed or could not be judged; empty: nothing."""


class Bekostigingsdeel(Deel):
    """What one process gives back."""

    optelling: Optelling | None = None
    spoor: Path | None = None
    personen: int = 0


class Bekostigingsuitslag(Struct):
    """The indicative funding of deliveries."""

    bestanden: list[Bestand]
    jaar: Bekostigingsjaar
    parameters: Parameters
    opmerkingen: list[Opmerking]
    totalen: dict[str, Instellingstotaal]
    personen: int
    spoor: Path | None

    @property
    def bruikbaar(self) -> bool:
        """Tell whether everything could be read."""
        return not any(o.fout for o in self.opmerkingen)


class Bekostigingswerk(Werk):
    """Decides, instead of checking, over any part of the files. ``jaar`` and ``map`` are set before the work begins."""

    jaar: Bekostigingsjaar
    map: Path | None = None
    taal: Taal = "nl"

    def doe(self, bereiken: tuple[tuple[int, int], ...] | None, meld: Callable[[int], None]) -> Deel:
        """Decide on a part, add it up, and write its part of the trace."""
        self.begin_deel()
        beslis, optelling = Beslisser(self.jaar, self.gegevens), Optelling(parameters(self.jaar))
        personen = 0
        with ExitStack() as stapel:
            pad, schrijf = self._spoor(stapel)
            for personen, dossier in enumerate(self.dossiers(bereiken), 1):
                besluit = self._eigen(beslis(dossier))
                optelling.tel(besluit)
                if schrijf is not None:
                    schrijf(spoor_van(dossier, besluit, self.taal))
                if personen % 500 == 0:
                    meld(500)
        leeg = Dashboard(Studiejaar.van(self.peildatum), self.peildatum, frozenset())
        return Bekostigingsdeel(
            [bron.levering.tellingen for bron in self.leveringen],
            [bron.levering.verslag.opmerkingen for bron in self.leveringen],
            *([], leeg, {}, {}),
            optelling,
            pad,
            personen,
        )

    def _eigen(self, besluit: Bekostiging) -> Bekostiging:
        """Return what is about the institutions of the deliveries themselves."""
        return structs.replace(
            besluit,
            inschrijvingen=tuple(een for een in besluit.inschrijvingen if een.instelling in self.eigen),
            diplomas=tuple(een for een in besluit.diplomas if een.instelling in self.eigen),
        )

    def _spoor(
        self, stapel: ExitStack
    ) -> tuple[Path | None, Callable[[Iterator[tuple[str, ...]]], None] | None]:
        if self.map is None:
            return None, None
        pad = self.map / token_hex(8)
        bestand = stapel.enter_context(pad.open("w", encoding="utf-8", newline=""))
        return pad, csv.writer(bestand, delimiter=";", lineterminator="\n").writerows


def spoor_van(dossier: Dossier, besluit: Bekostiging, taal: Taal) -> Iterator[tuple[str, ...]]:
    """Give a line for every enrolment on a teldatum and every diploma that was decided on."""
    persoon = dossier.persoon
    for een in besluit.inschrijvingen:
        nummer = persoon.onderwijsnummer if een.op_onderwijsnummer else persoon.pgn
        yield _regel(
            *(
                nummer,
                een.instelling,
                "inschrijving",
                een.inschrijvingvolgnummer,
                een.teldatum,
                een.opleidingcode,
            ),
            *(een.niveau, een.leertraject, een.status, een.voor_correctiefactor, een.bbl_bol_factor),
            *(een.prijsfactor, een.bijdrage, *_uitleg(een.redenen, taal)),
        )
    for diploma in besluit.diplomas:
        nummer = persoon.onderwijsnummer if diploma.op_onderwijsnummer else persoon.pgn
        yield _regel(
            *(nummer, diploma.instelling, "diploma", diploma.resultaatvolgnummer, diploma.datum_behaald),
            *(
                diploma.opleidingcode,
                diploma.niveau,
                None,
                diploma.status,
                None,
                None,
                None,
                diploma.bijdrage,
            ),
            *_uitleg(diploma.redenen, taal),
        )


def _uitleg(redenen: tuple[Reden, ...], taal: Taal) -> tuple[str, str]:
    gebleven = open_punten(redenen)
    return " ".join(een.code for een in gebleven), " ".join(tekst(een, taal) for een in gebleven)


def _regel(*waarden: object) -> tuple[str, ...]:
    return tuple("" if w is None else "JN"[not w] if isinstance(w, bool) else str(w) for w in waarden)


def bekostig(
    opdracht: Opdracht,
    jaar: Bekostigingsjaar | None = None,
    uit: Path | None = None,
    taal: Taal = "nl",
    voortgang: Voortgang | None = None,
) -> Bekostigingsuitslag:
    """Return the indicative funding of deliveries.

    Args:
        opdracht: what to read, as for a check.
        jaar: the funding year; None is that of the studiejaar of the peildatum.
        uit: a folder for the trace.
        taal: of the words in the trace.
        voortgang: is told how far it is.

    Raises:
        OnbruikbaarBestand: a file of which nothing can be used.
        OnbekendJaar: no values are known of that year.
    """
    verslag = Verslag()
    with ExitStack() as stapel:
        werk = voorbereid(opdracht, verslag, stapel, Bekostigingswerk)
        werk.jaar = jaar or Bekostigingsjaar.van(Studiejaar.van(werk.peildatum))
        werk.taal = taal
        waarden = parameters(werk.jaar)
        if uit is not None:
            werk.map = Path(stapel.enter_context(TemporaryDirectory(dir=uit)))
        delen = [
            deel for deel in draai(werk, opdracht.processen, voortgang) if isinstance(deel, Bekostigingsdeel)
        ]
        opmerkingen, _ = nagezien(werk, delen, verslag)
        geheel = Optelling(waarden)
        for deel in delen:
            assert deel.optelling is not None
            geheel += deel.optelling
        spoor = _schrijf_spoor(uit / SPOOR, delen) if uit is not None else None
    return Bekostigingsuitslag(
        [bron.bestand for bron in werk.leveringen],
        werk.jaar,
        waarden,
        opmerkingen,
        geheel.instellingen(),
        sum(deel.personen for deel in delen),
        spoor,
    )


def _schrijf_spoor(pad: Path, delen: list[Bekostigingsdeel]) -> Path:
    """Put the parts of the trace one after the other: the order of the persons, however many processes there were."""
    with als_geheel(pad) as nieuw, nieuw.open("w", encoding="utf-8", newline="") as bestand:
        csv.writer(bestand, delimiter=";", lineterminator="\n").writerow(KOLOMMEN)
        for deel in delen:
            assert deel.spoor is not None
            with deel.spoor.open(encoding="utf-8", newline="") as stuk:
                while blok := stuk.read(1 << 20):
                    bestand.write(blok)
    return pad
