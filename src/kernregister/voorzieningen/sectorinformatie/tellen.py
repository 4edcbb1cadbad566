"""Counting the sector at a stand: one pass over all dossiers, with signals and funding, written as tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kernregister import __version__
from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import OnbekendJaar, Parameters, parameters
from kernregister.kern.formaten.zippen import zip_bestanden
from kernregister.kern.overzichten.sector import Sectortelling, tabellen
from kernregister.kern.parameters import lees
from kernregister.kern.tijd import Studiejaar
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.sectorinformatie.schrijven import schrijf_tabellen

MELD_PER = 1000
"""Dossiers after which is told how far it is."""

LEESMIJ = """\
Sectorinformatie mbo, studiejaar {jaar}, stand per {dag}

Aantallen uit het kernregister, zoals het was tot en met de dag voor {dag} (stand {stand}). Elke tabel staat er als CSV
(UTF-8, gescheiden door een puntkomma, met koppen, ja en nee als J en N) en als Parquet. woordenboek.csv zegt van elke
kolom wat er staat, met bron en eenheid.

Niemand is te herkennen:
- Geen getal is van minder dan {drempel} personen, ook niet als van een persoon meer records meetellen.
- Instellingen, opleidingen en andere groepen met minder personen staan samen onder "overig", zo nodig met de kleinste
  andere.
- Binnen een tabel ontbreekt een te klein getal (onderdrukt = J). Daarnaast ontbreken andere getallen, zodat het niet
  uit de totalen is te berekenen: wie alle totalen kent, houdt voor een te klein getal ten minste {drempel}
  mogelijkheden over.
- Een nul staat er als 0, tenzij zij nodig is om een ander getal te verbergen.
- Wie bestanden van twee dagen naast elkaar legt, ziet wat er tussen die dagen veranderde. Publiceer daarom niet van
  elke dag.

Inschrijvingen tellen op 1 oktober en 1 februari naar hun werkelijke datums; leeftijd is die op de teldatum. Diploma's
zijn van {start}, het kalenderjaar waarin het studiejaar begint. Signalen zijn die van {dag}. Bekostiging is indicatief:
{bekostiging}
Stamgegevens versie {gegevens}, programma {programma}.
"""


def drempel() -> int:
    """Return of how many persons a number is at least."""
    return int(lees("sectorinformatie")["drempel"][-1]["personen"])


def parameters_van(studiejaar: Studiejaar) -> Parameters | None:
    """Return the values of the year that a studiejaar counts for; None when they are not known."""
    try:
        return parameters(Bekostigingsjaar.van(studiejaar))
    except OnbekendJaar:
        return None


def tel(
    studiejaar: Studiejaar, peil: kwaliteit.Peil, gegevens_versie: int, meld: Callable[[int], None]
) -> Sectortelling:
    """Count all dossiers as they were known at a stand."""
    motor = kwaliteit.motor_op(studiejaar, peil, gegevens_versie)
    waarden = parameters_van(studiejaar)
    beslis = Beslisser(waarden.jaar, motor.gegevens, waarden) if waarden else None
    telling = Sectortelling(studiejaar, str(motor.peildatum), motor.gegevens)
    gedaan = 0
    for gedaan, (_, dossier) in enumerate(register.dossiers(stand=peil.stand), 1):
        telling.tel(dossier, motor.controleer(dossier), beslis(dossier) if beslis else None)
        if gedaan % MELD_PER == 0:
            meld(gedaan)
    meld(gedaan)
    return telling


def maak(
    studiejaar: Studiejaar,
    peil: kwaliteit.Peil,
    gegevens_versie: int,
    map_: Path,
    meld: Callable[[int], None],
) -> Path:
    """Write sector information of a studiejaar, as known at a stand, and return the zip."""
    grens = drempel()
    telling = tel(studiejaar, peil, gegevens_versie, meld)
    waarden = parameters_van(studiejaar)
    leesmij = LEESMIJ.format(
        jaar=studiejaar,
        start=studiejaar.start,
        dag=peil.dag,
        stand=peil.stand,
        drempel=grens,
        gegevens=gegevens_versie,
        programma=__version__,
        bekostiging=(
            f"bekostigingsjaar {waarden.jaar}, parameters {waarden.kenmerk}."
            if waarden
            else "van dit studiejaar zijn geen parameters bekend, dus zij ontbreekt."
        ),
    )
    werk = map_ / "tabellen"
    werk.mkdir()
    paden = schrijf_tabellen(werk, tabellen(telling, grens), leesmij)
    return zip_bestanden(map_ / f"SECTORINFORMATIE_{studiejaar}_{peil.dag:%Y%m%d}.ZIP", paden)
