"""The files of the sector are those that institutions and their reviewers work with, and hold what the sector holds."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from kernregister.controle.controle import controleer
from kernregister.controle.leveringen import Opdracht
from kernregister.controle.stamgegevens import lees_gegevens
from kernregister.controle.uitslag import Uitslag
from kernregister.fictief.fouten import lees_fouten
from kernregister.fictief.leveringen import schrijf
from kernregister.fictief.sector import Sector
from kernregister.fictief.waarheid import lees_waarheid
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.gegevens import Soort


@pytest.fixture(scope="module")
def sector() -> Sector:
    return Sector(2000, fouten=lees_fouten("alle=3"))


@pytest.fixture(scope="module")
def map_(sector: Sector, tmp_path_factory: pytest.TempPathFactory) -> Path:
    map_ = tmp_path_factory.mktemp("sector")
    schrijf(sector, map_)
    return map_


def test_the_folder_holds_a_delivery_per_institution_and_all_that_is_needed_beside(map_: Path) -> None:
    namen = sorted(pad.relative_to(map_).as_posix() for pad in map_.rglob("*") if pad.is_file())
    assert namen == [
        *(f"RO_91K{letter}_20240801_20260731.CSV" for letter in "ABCDE"),
        "leesmij.txt",
        "ook/vo.csv",
        "ook/vso.csv",
        "personen.csv",
        "stamgegevens/instellingen.csv",
        "stamgegevens/licenties.csv",
        "stamgegevens/onderwijsaanbieders.csv",
        "stamgegevens/onderwijslocaties.csv",
        "stamgegevens/opleidingen.csv",
        "stamgegevens/parameters.csv",
        "stamgegevens/toestemmingen.csv",
        "waarheid.json",
    ]


def test_the_same_seed_gives_the_same_bytes(sector: Sector, map_: Path, tmp_path: Path) -> None:
    schrijf(Sector(2000, fouten=lees_fouten("alle=3")), tmp_path)
    assert _inhoud(tmp_path) == _inhoud(map_)


def test_the_bytes_are_the_same_on_every_version_of_python(tmp_path: Path) -> None:
    """Who changes the sector on purpose renews this; a new Python that changes it does so by accident."""
    schrijf(Sector(200, zaad=5, fouten=lees_fouten("alle=1")), tmp_path)
    som = hashlib.sha256(b"".join(inhoud for _, inhoud in sorted(_inhoud(tmp_path).items()))).hexdigest()
    assert som[:16] == "a0ba1e93e4b61b22"


def test_the_whole_sector_checked_from_its_files_gives_exactly_the_truth(sector: Sector, map_: Path) -> None:
    uitslag = _controleer(map_, *sorted(map_.glob("RO_*.CSV")))
    waarheid = lees_waarheid(map_ / "waarheid.json")
    assert waarheid == sector.waarheid
    assert uitslag.opmerkingen == []
    assert {n.regel[0] for n in uitslag.niet_beoordeeld} == {"M"}  # what only a register can judge
    assert _geteld(uitslag) == Counter((v.regel, v.sleutel, v.teldatum) for v in waarheid.bevindingen())


def test_one_institution_gets_the_truth_about_itself(sector: Sector, map_: Path) -> None:
    code = sector.scholen[0].code
    eigen, *anderen = sorted(map_.glob("RO_*.CSV"))
    uitslag = _controleer(map_, eigen, ook=tuple(anderen))
    verwacht = [v for v in sector.waarheid.bevindingen() if v.sleutel.instelling == code]
    assert _geteld(uitslag) == Counter((v.regel, v.sleutel, v.teldatum) for v in verwacht)
    assert len(verwacht) > 15


def test_what_is_read_back_is_what_was_made(sector: Sector, map_: Path) -> None:
    gelezen: dict[str, Dossier] = {}
    for pad in sorted(map_.glob("RO_*.CSV")):
        levering = Levering(pad, RO, Verslag())
        for dossier in levering.dossiers():
            gelezen.setdefault(f"{dossier.persoon.pgn} {dossier.inschrijvingen[0].instelling}", dossier)
        levering.controleer_totalen()
        assert levering.verslag.opmerkingen == []
    for gemaakt in sector.dossiers():
        op_own = gemaakt.inschrijvingen[0].op_onderwijsnummer
        wie = gemaakt.persoon.onderwijsnummer if op_own else gemaakt.persoon.burgerservicenummer
        for i in gemaakt.inschrijvingen:
            ander = gelezen[f"{wie} {i.instelling}"]
            assert i in ander.inschrijvingen
            assert set(ander.diplomas) <= set(gemaakt.diplomas)


def test_the_reference_data_read_back_are_those_of_the_sector(sector: Sector, map_: Path) -> None:
    verslag = Verslag()
    gelezen = lees_gegevens(map_ / "stamgegevens", Soort.BI, verslag)
    assert verslag.opmerkingen == []
    for naam in ("instellingen", "aanbieders", "locaties", "opleidingen", "toestemmingen", "licenties"):
        assert getattr(gelezen, naam) == getattr(sector.gegevens, naam), naam
    assert gelezen.wettelijke_termijn_maanden == sector.gegevens.wettelijke_termijn_maanden


def test_who_waits_hears_how_far_it_is(tmp_path: Path) -> None:
    gehoord: list[tuple[int, int]] = []
    schrijf(Sector(1200), tmp_path, lambda gedaan, totaal: gehoord.append((gedaan, totaal)))
    assert gehoord == [(500, 1200), (1000, 1200), (1200, 1200)]


def _controleer(map_: Path, *bestanden: Path, ook: tuple[Path, ...] = ()) -> Uitslag:
    return controleer(
        Opdracht(
            bestanden,
            stamgegevens=map_ / "stamgegevens",
            personen=map_ / "personen.csv",
            ook=(map_ / "ook/vo.csv", map_ / "ook/vso.csv", *ook),
        )
    )


def _geteld(uitslag: Uitslag) -> Counter[object]:
    return Counter((u.regel, u.sleutel, u.waarden.get("teldatum")) for u in uitslag.uitkomsten)


def _inhoud(map_: Path) -> dict[str, bytes]:
    return {pad.relative_to(map_).as_posix(): pad.read_bytes() for pad in map_.rglob("*") if pad.is_file()}
