"""GRONDSLAG as tables: what statisticians would make of the file themselves, one table for each recordsoort.

The tables are made from the file and from nothing else, so they hold what the file holds: omgenummerde persons.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import structs

from kernregister.kern.formaten.bron import ontsluit
from kernregister.kern.formaten.grondslag import GRONDSLAG
from kernregister.kern.formaten.indeling import Record
from kernregister.kern.formaten.recordbestand import Recordlezer
from kernregister.kern.formaten.tabel import Rij, plan_van, rij_van, tabellen_van
from kernregister.kern.formaten.verkennen import Verkenning, verken
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.formaten.zippen import zip_bestanden
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.voorzieningen.sectorinformatie.schrijven import schrijf_tabellen

NAAM, BASIS = "GRONDSLAG-TABELLEN", "GRONDSLAG"

LEESMIJ = """\
Grondslag 1-cijferbestand als tabellen

Per recordsoort van {bestand} een tabel, als CSV (UTF-8, gescheiden door een puntkomma, met koppen; datums als
jjjj-mm-dd, ja en nee als J en N) en als Parquet. De sleutel van een persoon is pgn: een voor deze levering gemaakt
nummer, geen burgerservicenummer en geen onderwijsnummer. woordenboek.csv zegt van elke kolom wat er staat, met bron en
eenheid. Velden die het bestand meer heeft dan de bestandsbeschrijving, staan niet in de tabellen.
"""


def maak_tabellen(grondslag: Path, map_: Path) -> list[Path]:
    """Write the tables of a GRONDSLAG file with their data dictionary, and return the files.

    Raises:
        OnbruikbaarBestand: it is no GRONDSLAG.
    """
    verkenning = verken(grondslag, GRONDSLAG, Verslag(grondslag.name))
    tabellen = tabellen_van(GRONDSLAG)
    delen = (
        (tabellen[soort], _rijen(verkenning, record))
        for soort, record in GRONDSLAG.records.items()
        if soort in tabellen
    )
    return schrijf_tabellen(map_, delen, LEESMIJ.format(bestand=grondslag.name))


def _rijen(verkenning: Verkenning, soort: type[Record]) -> Iterator[Rij]:
    """Give the rows of one table: the file is read once for each, so that memory holds no table."""
    plan = plan_van(soort)
    if soort is GRONDSLAG.kop:
        yield rij_van(verkenning.kop, plan)
        return
    for groep in Recordlezer(verkenning, Verslag()).groepen():
        for record in groep:
            if type(record) is soort:
                yield rij_van(record, plan)


def _maak(vraag: overzichten.Vraag, map_: Path, meld: overzichten.Meld) -> list[Path]:
    basis = overzichten.soort(BASIS)
    assert basis is not None, "registered after it"
    with TemporaryDirectory(dir=map_) as tijdelijk:
        werk = Path(tijdelijk)
        (zip_,) = basis.maak(vraag, werk, meld)
        tabellen = werk / "tabellen"
        tabellen.mkdir()
        with ontsluit(zip_) as (bestand,):
            paden = maak_tabellen(bestand, tabellen)
        return [zip_bestanden(map_ / f"{zip_.stem}_TABELLEN.ZIP", paden)]


def registreer() -> None:
    """Register the kind: who may ask for a GRONDSLAG may ask for its tables, with the same checks and scopes."""
    basis = overzichten.soort(BASIS)
    if basis is not None:
        overzichten.registreer(structs.replace(basis, naam=NAAM, maak=_maak))
