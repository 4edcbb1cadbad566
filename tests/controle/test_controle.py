"""The check as a whole: whose records are judged, on which day, and what is said about the files."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from kernregister.controle import werk
from kernregister.controle.controle import controleer
from kernregister.controle.leveringen import Opdracht
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.gegevens import Bron, Soort
from tests.controle.leveringen import PEILDATUM, schrijf_ro
from tests.kern.voorbeelden import BSN, ELDERS, INSTELLING, ONDERWIJSNUMMER, inschrijving, periode, student

ANDER = "999990019"
TE_LAAT = {"datum_uitschrijving_gepland": "2025-10-01"}


def opdracht(*paden: Path, **velden):
    return Opdracht(paden, **velden)


def regels(uitslag, letters="ABCDE"):
    return [u.regel for u in uitslag.uitkomsten if u.regel[0] in letters]


def codes(uitslag):
    return [o.code for o in uitslag.opmerkingen]


@pytest.fixture
def ro(tmp_path):
    return schrijf_ro(tmp_path / "ro.csv", [student(inschrijving(**TE_LAAT))])


def test_the_peildatum_is_the_day_the_newest_file_was_made_or_the_day_asked_for(ro):
    assert controleer(opdracht(ro)).peildatum == PEILDATUM
    assert regels(controleer(opdracht(ro))) == ["B04"]
    vroeger = controleer(opdracht(ro, peildatum=date(2025, 12, 1)))
    assert (vroeger.peildatum, regels(vroeger)) == (date(2025, 12, 1), [])


def test_the_kind_of_institution_is_assumed_aloud_unless_given(ro):
    aangenomen = controleer(opdracht(ro))
    assert aangenomen.soorten == {INSTELLING: Soort.BI}
    assert "soort_aangenomen" in codes(aangenomen)
    gegeven = controleer(opdracht(ro, soort=Soort.NBI))
    assert gegeven.soorten == {INSTELLING: Soort.NBI}
    assert "soort_aangenomen" not in codes(gegeven)


def test_what_cannot_be_judged_is_said_with_what_is_missing(ro):
    niet = {n.regel: n.ontbreekt for n in controleer(opdracht(ro)).niet_beoordeeld}
    assert niet["B08"] == (Bron.RIO,)
    assert niet["E06"] == (Bron.ANDERE_INSTELLINGEN,)


def dubbel_bekostigd(tmp_path):
    hier = schrijf_ro(tmp_path / "hier.csv", [student(inschrijving(perioden=(periode(bekostigbaar=True),)))])
    daar = schrijf_ro(
        tmp_path / "daar.csv",
        [
            student(inschrijving(instelling=ELDERS, perioden=(periode(bekostigbaar=True),))),
            student(inschrijving(instelling=ELDERS, **TE_LAAT), burgerservicenummer=ANDER),
        ],
        ELDERS,
    )
    return hier, daar


def test_other_institutions_are_read_along_but_not_judged(tmp_path):
    hier, daar = dubbel_bekostigd(tmp_path)
    uitslag = controleer(opdracht(hier, ook=(daar,)))
    assert regels(uitslag) == ["E06", "E06"]
    assert {u.sleutel.instelling for u in uitslag.uitkomsten} == {INSTELLING}
    assert uitslag.soorten.keys() == {INSTELLING}
    assert uitslag.tellingen["PER"] == 1
    assert uitslag.dashboard.personen == 1
    assert [b.ook for b in uitslag.bestanden if b.instelling == ELDERS] == [True]


def test_two_institutions_can_be_judged_together(tmp_path):
    uitslag = controleer(opdracht(*dubbel_bekostigd(tmp_path)))
    assert sorted(
        {(u.regel, u.sleutel.instelling) for u in uitslag.uitkomsten if u.regel in {"E06", "B04"}}
    ) == [
        ("B04", ELDERS),
        ("E06", ELDERS),
        ("E06", INSTELLING),
    ]


def test_with_one_institution_asked_for_the_other_files_are_only_read_along(tmp_path):
    hier, daar = dubbel_bekostigd(tmp_path)
    gevraagd = controleer(opdracht(hier, daar, instelling=INSTELLING))
    assert gevraagd.uitkomsten == controleer(opdracht(hier, ook=(daar,))).uitkomsten
    assert gevraagd.tellingen["PER"] == 1
    with pytest.raises(OnbruikbaarBestand, match=rf"31ZZ; wel van {ELDERS}, {INSTELLING}"):
        controleer(opdracht(hier, daar, instelling="31ZZ"))


def test_a_record_in_two_files_is_judged_as_the_newest_file_has_it(tmp_path):
    oud = schrijf_ro(tmp_path / "oud.csv", [student(inschrijving(**TE_LAAT))])
    nieuw = schrijf_ro(tmp_path / "nieuw.csv", [student(inschrijving())])
    nieuw.write_text(nieuw.read_text().replace("2026-03-25", "2026-03-26", 1))
    assert regels(controleer(opdracht(oud, nieuw))) == []


def test_numbers_that_all_fail_their_check_are_one_remark_about_the_file(tmp_path):
    pseudoniemen = [student(inschrijving(), burgerservicenummer=f"BSN{n}") for n in range(3)]
    ro = schrijf_ro(tmp_path / "ro.csv", pseudoniemen)
    for paden in ([ro], [ro, ro]):
        uitslag = controleer(opdracht(*paden))
        assert regels(uitslag, "F") == []
        (opmerking,) = (o for o in uitslag.opmerkingen if o.code == "nummers_niet_proef")
        assert (opmerking.aantal, opmerking.fout) == (3, False)
        assert uitslag.bruikbaar


def test_a_single_wrong_number_is_a_fault_of_that_person(tmp_path):
    fout = student(inschrijving(), burgerservicenummer="123456789")
    assert regels(controleer(opdracht(schrijf_ro(tmp_path / "a.csv", [fout]))), "F") == ["F01"]
    samen = schrijf_ro(tmp_path / "b.csv", [fout, student(inschrijving())])
    assert regels(controleer(opdracht(samen)), "F") == ["F01"]


def test_the_same_pseudonyms_in_two_files_are_the_same_persons(tmp_path):
    def bestand(naam, instelling, volgorde):
        dossiers = [
            student(inschrijving(instelling=instelling), burgerservicenummer=f"BSN{n}") for n in volgorde
        ]
        return schrijf_ro(tmp_path / naam, dossiers, instelling)

    paden = bestand("a.csv", INSTELLING, range(1, 13)), bestand("b.csv", ELDERS, range(12, 0, -1))
    assert controleer(opdracht(*paden)).dashboard.personen == 12


def test_pseudonyms_of_any_length_are_brought_together_from_files_in_any_order(tmp_path):
    hier, daar = (f"BSN{n}" for n in (1, 2, 10)), (f"BSN{n}" for n in (2, 3, 10, 20))
    samen = opdracht(
        schrijf_ro(tmp_path / "a.csv", [student(inschrijving(), burgerservicenummer=n) for n in hier]),
        schrijf_ro(
            tmp_path / "b.csv",
            [student(inschrijving(instelling="25LX"), burgerservicenummer=n) for n in daar],
            "25LX",
        ),
    )
    assert controleer(samen).dashboard.personen == 5


def test_all_unusable_files_are_named_at_once(tmp_path, ro):
    leeg = tmp_path / "leeg.csv"
    leeg.touch()
    with pytest.raises(OnbruikbaarBestand) as fout:
        controleer(opdracht(leeg, ro, tmp_path / "nergens.csv", ook=(tmp_path / "ook-niet.csv",)))
    assert all(naam in str(fout.value) for naam in ("leeg.csv", "nergens.csv", "ook-niet.csv"))
    assert len(str(fout.value).splitlines()) == 3


def test_the_results_of_a_damaged_file_are_given_but_it_is_not_called_usable(tmp_path, ro):
    regels_ = ro.read_text().splitlines(keepends=True)
    ro.write_text("".join([*regels_[:-1], "XYZ|wat is dit\n", regels_[-1]]))
    uitslag = controleer(opdracht(ro))
    assert not uitslag.bruikbaar
    assert regels(uitslag) == ["B04"]


def test_persons_and_participations_make_more_rules_possible(tmp_path, ro):
    personen = tmp_path / "personen.csv"
    personen.write_text(
        "burgerservicenummer;onderwijsnummer;achternaam;datum_overlijden\n"
        f"{BSN};{ONDERWIJSNUMMER};Jansen;2026-01-01\n"
    )
    vo = tmp_path / "vo.csv"
    vo.write_text(f"sector;instellingscode;datum_begin;burgerservicenummer\nVO;01AA;2025-08-01;{BSN}\n")
    uitslag = controleer(opdracht(ro, personen=personen, ook=(vo,)))
    assert regels(uitslag) == ["A03", "B04", "E03"]
    assert uitslag.namen == {BSN: "Jansen"}
    assert not {"A01", "A03", "E01", "E03"} & {n.regel for n in uitslag.niet_beoordeeld}


def test_progress_is_told_in_persons(tmp_path):
    namen = [f"BSN{n:06}" for n in range(1200)]
    ro = schrijf_ro(tmp_path / "ro.csv", [student(inschrijving(), burgerservicenummer=n) for n in namen])
    stappen = []
    controleer(opdracht(ro), lambda gedaan, totaal: stappen.append((gedaan, totaal)))
    assert stappen == [(500, 1200), (1000, 1200)]


@pytest.mark.parametrize("bezig", [1, 2], ids=["a_process_does_both_parts", "each_its_own"])
def test_two_processes_find_what_one_finds(tmp_path, monkeypatch, bezig):
    hier, daar = dubbel_bekostigd(tmp_path)
    vraag = {"ook": (daar,), "peildatum": PEILDATUM}
    alleen = controleer(opdracht(hier, processen=1, **vraag))
    monkeypatch.setattr(werk, "KLEIN", 0)
    monkeypatch.setattr(werk, "ProcessPoolExecutor", lambda _, **velden: ProcessPoolExecutor(bezig, **velden))
    samen = controleer(opdracht(hier, processen=2, **vraag))
    assert samen.uitkomsten == alleen.uitkomsten
    assert samen.tellingen == alleen.tellingen
    assert samen.opmerkingen == alleen.opmerkingen
    assert samen.dashboard.cellen == alleen.dashboard.cellen


def test_work_that_is_broken_off_ends_in_all_processes(tmp_path, monkeypatch):
    namen = [f"BSN{n:06}" for n in range(3000)]
    ro = schrijf_ro(tmp_path / "ro.csv", [student(inschrijving(), burgerservicenummer=n) for n in namen])
    monkeypatch.setattr(werk, "KLEIN", 0)

    def breek_af(gedaan, totaal):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        controleer(opdracht(ro, processen=2), breek_af)
    assert multiprocessing.active_children() == []


def test_a_tbgi_tells_its_day_by_its_name(tmp_path, gedeelde_data):
    inhoud = (gedeelde_data / "duo-demo/TBGI_25LX_2027_20251124.XML").read_bytes()
    met_dag, zonder_dag, onzin = (
        tmp_path / n for n in ("TBGI_25LX_2027_20251124.XML", "tbgi.xml", "a_99999999.xml")
    )
    for pad in (met_dag, zonder_dag, onzin):
        pad.write_bytes(inhoud)
    assert controleer(opdracht(met_dag)).peildatum == date(2025, 11, 24)
    for pad in (zonder_dag, onzin):
        with pytest.raises(OnbruikbaarBestand, match="--peildatum"):
            controleer(opdracht(pad))


@pytest.mark.parametrize("soort", [None, Soort.BI, Soort.NBI])
def test_what_differs_between_funded_and_not_waits_for_the_kind(ro, soort):
    niet = {n.regel: n.ontbreekt for n in controleer(opdracht(ro, soort=soort)).niet_beoordeeld}
    assert [niet.get(regel) for regel in ("M01", "M02", "M03")] == [
        None if soort else ("Instelling.soort",)
    ] * 3
