"""A whole institution is loaded from its RO, with its faults; a newer one registers what changed and nothing else."""

from datetime import date
from pathlib import Path

import pytest

from kernregister.fictief.leveringen import schrijf
from kernregister.fictief.sector import Sector
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.voorzieningen.kwaliteit.omkeren import keer_om
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.voorzieningen.kwaliteit.opzet import open_in_tabel, verse_sweep, zet_klok
from tests.voorzieningen.register.verhaal import vraag

DAG = date(2026, 3, 2)
STELSEL = register.Herkomst("test", "")


@pytest.fixture
def sector(databank, monkeypatch) -> Sector:
    zet_klok(monkeypatch, DAG)
    sector = Sector(120, peildatum=DAG)
    stamgegevens.laad_gegevens(sector.gegevens, "test", "fictieve sector")
    return sector


@pytest.fixture
def ro(sector, tmp_path) -> Path:
    """The RO of the largest institution."""
    return max(
        (pad for pad in schrijf(sector, tmp_path) if pad.name.startswith("RO_")),
        key=lambda p: p.stat().st_size,
    )


def versies() -> list[tuple[object, ...]]:
    return vraag("SELECT count(*), count(*) FILTER (WHERE melding_tot IS NULL) FROM register_versie")


def test_a_whole_institution_is_loaded_as_it_stands_in_its_ro(sector, ro):
    uit = register.laad_ro(ro, STELSEL)
    (code,) = uit.instellingen
    assert not uit.afgekeurd
    eigen = [
        inschrijving
        for dossier in sector.dossiers()
        for inschrijving in dossier.inschrijvingen
        if inschrijving.instelling == code
    ]
    geladen = [
        i for _, d in register.dossiers(instelling=code) for i in d.inschrijvingen if i.instelling == code
    ]
    assert len(geladen) == len(eigen) > 20
    assert {(i.inschrijvingvolgnummer, i.perioden, i.datum_inschrijving) for i in geladen} == {
        (i.inschrijvingvolgnummer, i.perioden, i.datum_inschrijving) for i in eigen
    }
    assert sum(len(i.bpvs) for i in geladen) == sum(len(i.bpvs) for i in eigen) > 0
    keer_om()
    assert open_in_tabel() == verse_sweep(DAG)


def test_the_same_ro_again_changes_nothing(ro):
    eerste = register.laad_ro(ro, STELSEL)
    voor = versies(), vraag("SELECT count(*) FROM register_melding")
    tweede = register.laad_ro(ro, STELSEL)
    assert (tweede.aanvaard, tweede.afgekeurd) == (0, [])
    assert tweede.ongewijzigd == eerste.aanvaard
    assert (versies(), vraag("SELECT count(*) FROM register_melding")) == voor


def test_a_newer_ro_registers_what_changed_and_nothing_else(ro, tmp_path):
    eerste = register.laad_ro(ro, STELSEL)
    ((voor, geldend),) = versies()
    register.laad_ro(_met_andere_einddatum(ro, tmp_path / "nieuwer.csv"), STELSEL)
    assert versies() == [(voor + 1, geldend)]
    assert vraag("SELECT count(*) FROM register_melding") == [(eerste.aanvaard + 1,)]
    # a third one that says what the first said: what holds is compared with the file, not what was ever delivered
    derde = tmp_path / "derde.csv"
    derde.write_text(ro.read_text().replace("2026-03-02", "2026-03-03", 1))
    uit = register.laad_ro(derde, STELSEL)
    assert (uit.aanvaard, uit.ongewijzigd, uit.afgekeurd) == (1, eerste.aanvaard - 1, [])
    assert versies() == [(voor + 2, geldend)]
    # and the newer one and the first itself again, as often as one likes
    for nummer, pad in enumerate([tmp_path / "nieuwer.csv", ro, tmp_path / "nieuwer.csv", ro], start=3):
        uit = register.laad_ro(pad, STELSEL)
        assert (uit.aanvaard, uit.ongewijzigd, uit.afgekeurd) == (1, eerste.aanvaard - 1, [])
        assert versies() == [(voor + nummer, geldend)]


def _met_andere_einddatum(ro: Path, naar: Path) -> Path:
    """Write the file again with one planned end of an enrolment a year later."""
    regels = ro.read_text().splitlines(keepends=True)
    plaats = next(n for n, regel in enumerate(regels) if regel.startswith("ISG|"))
    velden = regels[plaats].split("|")
    velden[5] = velden[5].replace("202", "203", 1)
    regels[plaats] = "|".join(velden)
    naar.write_text("".join(regels))
    return naar


def test_an_ro_of_another_institution_is_refused(ro):
    with pytest.raises(OnbruikbaarBestand, match="niet van 99ZZ"):
        register.laad_ro(ro, register.Herkomst("test", "99ZZ"))
    assert versies() == [(0, 0)]
