"""Makes the data of a run, once: dossiers of the fictitious sector, and from these every file that is measured."""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from benchmarks import leveringen, tabellen, tabellen_bekostiging
from kernregister import fictief
from kernregister.fictief.fouten import planters
from kernregister.fictief.sector import Sector
from kernregister.kern import dossier
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import indeling, obo, obo_dossier, pakket, ro, ro_dossier
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.tijd import Studiejaar

EEN_FOUT_OP = 500
"""For each rule, and for the number check, one dossier in so many is planted with a case of it."""

MAP = Path(__file__).parent / "data"


def voor(dossiers: int, voortgang: Callable[[int], None]) -> Path:
    """Return the folder with the data of a sector of this size, made if it is not there or of other source code."""
    merk = _merk()
    map_ = MAP / str(dossiers)
    if map_.exists() and (map_ / "merk").exists() and (map_ / "merk").read_text() == merk:
        return map_
    shutil.rmtree(map_, ignore_errors=True)
    sector = Sector(dossiers, 1, dict.fromkeys(planters(), max(1, dossiers // EEN_FOUT_OP)))
    bouw(
        map_,
        _met_foute_nummers(_geteld(sector.dossiers(), voortgang)),
        sector.gegevens,
        sector.kalender.peildatum,
    )
    (map_ / "waarheid.json").write_text(json.dumps(sector.waarheid.tellingen()))
    (map_ / "merk").write_text(merk)
    return map_


def _merk() -> str:
    """Return what the data depends on: the source code that made it."""
    modules = (
        leveringen,
        tabellen,
        tabellen_bekostiging,
        dossier,
        indeling,
        obo,
        obo_dossier,
        pakket,
        ro,
        ro_dossier,
    )
    bronnen = [Path(__file__), *(Path(str(module.__file__)) for module in modules)]
    bronnen += (pad for pad in Path(fictief.__path__[0]).iterdir() if pad.suffix in {".py", ".csv"})
    inhoud = b"".join(pad.read_bytes() for pad in sorted(bronnen))
    return hashlib.sha256(inhoud).hexdigest()


def _geteld(dossiers: Iterable[Dossier], voortgang: Callable[[int], None]) -> Iterator[Dossier]:
    for nummer, een in enumerate(dossiers, 1):
        if nummer % 1000 == 0:
            voortgang(nummer)
        yield een


def _met_foute_nummers(dossiers: Iterable[Dossier]) -> Iterator[Dossier]:
    """Give some persons a burgerservicenummer of which the last digit is wrong; the order stays."""
    for nummer, een in enumerate(dossiers):
        bsn = een.persoon.burgerservicenummer
        if bsn and not een.persoon.onderwijsnummer and nummer % EEN_FOUT_OP == 250:
            fout = f"{bsn[:8]}{(int(bsn[8]) + 1) % 10}"
            een = replace(een, persoon=replace(een.persoon, burgerservicenummer=fout))
        yield een


def bouw(map_: Path, dossiers: Iterable[Dossier], gegevens: Gegevens, peildatum: date) -> None:
    """Make all files in a folder; it does not exist yet."""
    map_.mkdir(parents=True)
    (map_ / "stamgegevens.pickle").write_bytes(pickle.dumps(gegevens))
    with ExitStack() as stapel:
        bestanden = leveringen.Leveringen(map_, gegevens, peildatum, stapel)
        tabellarisch = tabellen_bekostiging.Bekostigingstabellen(map_).bij(dossiers)
        stroom = bestanden.bij(tabellen.Tabellen(map_).bij(tabellarisch))
        aantal = pakket.schrijf_pakket(map_ / "dossiers.pakket", stroom)
    tabellen.schrijf_instellingen(map_, bestanden.codes, gegevens)
    tabellen_bekostiging.schrijf_stamgegevens(map_, gegevens, bestanden.codes)
    venster = Studiejaar.van(peildatum).controlevenster
    tabellen.schrijf_csv(map_, (venster.begin, venster.eind))
    instelling = max(bestanden.in_obo, key=bestanden.in_obo.__getitem__)
    leveringen.als_csv(map_, instelling)
    inhoud = {
        "peildatum": str(peildatum),
        "dossiers": aantal,
        "records": bestanden.records,
        "instelling": instelling,
    }
    (map_ / "inhoud.json").write_text(json.dumps(inhoud))
