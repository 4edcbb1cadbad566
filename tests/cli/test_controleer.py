"""``kernregister controleer``, as the data steward meets it."""

import csv
import io
import json
import re
from collections import Counter

import pytest

from tests.cli.conftest import vraag
from tests.controle.leveringen import schrijf_ro
from tests.kern.voorbeelden import BSN, ELDERS, INSTELLING, diploma, inschrijving, periode, student

TE_LAAT = {"datum_uitschrijving_gepland": "2025-10-01"}


@pytest.fixture
def ro(tmp_path):
    return schrijf_ro(tmp_path / "ro.csv", [student(inschrijving(**TE_LAAT))])


# ------------------------------------------------------------------------------------------ on the screen


def test_the_published_ro_is_checked_and_what_deviates_is_said(draai, gedeelde_data):
    uit = draai("controleer", gedeelde_data / "duo-demo/RO_27DV_20240731_20260324.csv")
    assert uit.exit_code == 0
    assert "Peildatum 25-3-2026, studiejaar 2025-2026" in uit.stdout
    assert "PER 10, ISG 12" in uit.stdout
    assert "gepseudonimiseerd" in uit.stdout
    assert "PER: sluitrecord 16.616, gelezen 10" in uit.stdout
    assert re.search(r"J07 +Praktijkovereenkomst na het begin van de BPV +5 +4", uit.stdout)
    assert "geef --stamgegevens MAP op, met" in uit.stdout
    assert "per seconde" in uit.stderr


def test_a_signal_is_counted_and_its_number_shortened(draai, ro):
    uit = draai("controleer", ro)
    assert uit.exit_code == 0
    assert re.search(r"B04 +Datum uitschrijving gepland meer dan 90 dagen.* 1 +1 +…007 / 1", uit.stdout)
    assert BSN not in uit.output


def test_nothing_found_is_said_in_so_many_words(draai, tmp_path):
    leeg = schrijf_ro(tmp_path / "leeg.csv", [])
    uit = draai("controleer", leeg)
    assert uit.exit_code == 0
    assert "Geen signalen en geen fouten" in uit.stdout


def test_in_english(draai, ro):
    uit = draai("controleer", ro, "--taal", "en")
    assert "Planned end of enrolment more than 90 days ago" in uit.stdout
    assert "Could not be judged" in uit.stdout


def test_a_signal_judged_on_the_teldata_is_counted_on_each(draai, tmp_path):
    bekostigd = (periode(bekostigbaar=True),)
    dubbel = student(
        inschrijving(perioden=bekostigd), inschrijving(inschrijvingvolgnummer="2", perioden=bekostigd)
    )
    uit = draai("controleer", schrijf_ro(tmp_path / "ro.csv", [dubbel]))
    assert re.search(r"op 1-10-2025 +1\b.*\n.*op 1-2-2026 +1\b", uit.stdout)


# --------------------------------------------------------------------------------------------- exit codes


def test_signals_are_no_failure_unless_asked_to_be_strict(draai, ro, tmp_path):
    assert draai("controleer", ro).exit_code == 0
    assert draai("controleer", ro, "--streng").exit_code == 1
    assert draai("controleer", schrijf_ro(tmp_path / "leeg.csv", []), "--streng").exit_code == 0


def test_a_file_that_is_partly_unreadable_gives_the_rest_and_exit_code_2(draai, ro):
    regels = ro.read_text().splitlines(keepends=True)
    ro.write_text("".join([*regels[:-1], "ISG|wat is dit\n", regels[-1]]))
    uit = draai("controleer", ro, "--streng")
    assert uit.exit_code == 2
    assert "niet gelezen: ro.csv" in uit.stdout
    assert "B04" in uit.stdout
    assert "Niet alles kon gelezen worden" in uit.stderr


KAPOT = {
    "leeg.csv": b"",
    "binair.csv": bytes(range(256)) * 40,
    "utf16.csv": "VLP|27DV|2025-08-01|2026-07-31|2026-03-25\n".encode("utf-16"),
    "brief.txt": b"Geachte heer, mevrouw,\n\nHierbij.\n",
    "plaatje.xml": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "geen.zip": b"PK\x03\x04" + b"kapot" * 20,
    "regel.csv": b"A" * 3_000_000,
}


@pytest.mark.parametrize("naam", KAPOT)
def test_what_is_no_delivery_is_explained_in_one_sentence(draai, tmp_path, naam):
    (tmp_path / naam).write_bytes(KAPOT[naam])
    uit = draai("controleer", tmp_path / naam)
    assert uit.exit_code == 2
    assert uit.stdout == ""
    assert naam in uit.stderr
    assert len(uit.stderr) < 1000


def test_a_file_that_is_not_there_and_a_folder(draai, tmp_path):
    uit = draai("controleer", tmp_path / "nergens.csv", tmp_path)
    assert uit.exit_code == 2
    assert "bestaat niet" in uit.stderr
    assert "dit is een map" in uit.stderr


# ----------------------------------------------------------------------------------------------- options


@pytest.mark.parametrize(
    ("opties", "uitleg"),
    [
        (["--peildatum", "gisteren"], "'gisteren' is geen datum"),
        (["--peildatum", "2026-02-30"], "verwacht bijvoorbeeld 2026-04-01"),
        (["--instelling", "XX"], "twee cijfers en twee hoofdletters"),
        (["--soort", "XBI"], "is geen van 'BI', 'NBI'"),
        (["--formaat", "pdf"], "is geen van 'tekst', 'json', 'csv'"),
        (["--processen", "0"], "verwacht een geheel getal vanaf 1"),
        (["--peildatu", "x"], "Bedoelt u --peildatum?"),
        (["--stamgegevens", "nergens"], "bestaat niet"),
        (["--personen", "nergens.csv"], "bestaat niet"),
        (["--instelling", "31ZZ"], "Geen van de bestanden is van instelling 31ZZ; wel van 27DV"),
    ],
)
def test_a_wrong_option_is_explained_in_dutch(draai, ro, opties, uitleg):
    uit = draai("controleer", ro, *opties)
    assert (uit.exit_code, uit.stdout) == (2, "")
    assert uitleg in uit.stderr


@pytest.mark.parametrize("dag", ["2025-12-01", "20251201", "1-12-2025"])
def test_a_date_may_be_typed_as_people_type_it(draai, ro, dag):
    inhoud = json.loads(draai("controleer", ro, "--peildatum", dag, "--formaat", "json").stdout)
    assert inhoud["peildatum"] == "2025-12-01"
    assert "B04" not in {s["regel"] for s in inhoud["signalen"]}


def test_a_kind_that_is_given_is_not_assumed(draai, ro):
    uit = draai("controleer", ro, "--instelling", "27dv", "--soort", "NBI", "--formaat", "json")
    inhoud = json.loads(uit.stdout)
    assert inhoud["soorten"] == {INSTELLING: "NBI"}
    assert "soort_aangenomen" not in {o["code"] for o in inhoud["opmerkingen"]}


def test_what_belongs_to_bi_only_is_not_found_at_an_nbi(draai, tmp_path):
    bekostigd = (periode(bekostigbaar=True),)
    dubbel = student(
        inschrijving(perioden=bekostigd), inschrijving(inschrijvingvolgnummer="2", perioden=bekostigd)
    )
    ro = schrijf_ro(tmp_path / "ro.csv", [dubbel])
    per_soort = {
        soort: {
            s["regel"]
            for s in json.loads(draai("controleer", ro, "--soort", soort, "--formaat", "json").stdout)[
                "signalen"
            ]
        }
        for soort in ("BI", "NBI")
    }
    assert "E05" in per_soort["BI"] - per_soort["NBI"]


@pytest.mark.parametrize(
    "vorm",
    [
        "{ro} --ook {a} {b}",
        "{ro} --ook {a} --ook {b}",
        "--ook {a} --ook {b} -- {ro}",
        "--ook {a} --ook {b} {ro}",
    ],
)
def test_other_files_may_be_named_in_any_way(draai, tmp_path, ro, vorm):
    elders = schrijf_ro(tmp_path / "elders.csv", [student(inschrijving(instelling=ELDERS))], ELDERS)
    vo = tmp_path / "vo.csv"
    vo.write_text(f"sector;instellingscode;datum_begin;burgerservicenummer\nVO;01AA;2025-08-01;{BSN}\n")
    argumenten = vorm.format(ro=ro, a=elders, b=vo).split()
    inhoud = json.loads(draai("controleer", "--formaat", "json", *argumenten).stdout)
    assert {(b["instelling"], b["ook"]) for b in inhoud["bestanden"]} == {(INSTELLING, False), (ELDERS, True)}
    assert "E03" in {s["regel"] for s in inhoud["signalen"]}


# ------------------------------------------------------------------------------------------------- output


def test_a_signal_in_json_has_the_whole_key_of_its_record(draai, tmp_path):
    laat = student(inschrijving(**TE_LAAT), diplomas=(diploma(opleidingcode="25133"),))
    inhoud = json.loads(
        draai("controleer", schrijf_ro(tmp_path / "ro.csv", [laat]), "--formaat", "json").stdout
    )
    assert inhoud["document"] == "kernregister-controle"
    assert inhoud["tellingen"] == {"PER": 1, "ISG": 1, "ISP": 1, "DIP": 1}
    signalen = {s["regel"]: s for s in inhoud["signalen"]}
    assert signalen["B04"] == {
        "regel": "B04",
        "ernst": "signaal",
        "sleutel": {
            "record": "Inschrijving",
            "pgn": BSN,
            "instelling": INSTELLING,
            "inschrijvingvolgnummer": "1",
        },
        "van": "2025-12-31",
        "tot": None,
        "waarden": {"gepland": "2025-10-01"},
    }
    assert signalen["D01"]["sleutel"]["resultaatvolgnummer"] == "1"
    stand = {r["regel"]: r for r in inhoud["dashboard"]["regels"]}["B04"]
    assert (stand["telt"], stand["aantal"], stand["personen"]) == ("record", 1, 1)


def test_csv_is_the_file_of_the_kwaliteitscontrole(draai, ro):
    rijen = list(
        csv.DictReader(io.StringIO(draai("controleer", ro, "--formaat", "csv").stdout), delimiter=";")
    )
    assert ("B04", BSN) in {(r["Signaal"], r["Burgerservicenummer"]) for r in rijen}


def test_the_outputs_appear_together_and_are_renewed_together(draai, ro, tmp_path):
    map_ = tmp_path / "diep" / "uit"
    for _ in range(2):
        uit = draai("controleer", ro, "--uit", map_)
        assert uit.exit_code == 0
        assert {pad.name for pad in map_.iterdir()} == {
            "kwaliteitscontrole.csv",
            "rapport.html",
            "controle.json",
        }
        assert str(map_ / "rapport.html") in uit.stderr
    assert (map_ / "controle.json").read_text() == draai("controleer", ro, "--formaat", "json").stdout
    assert (map_ / "kwaliteitscontrole.csv").read_bytes() == draai(
        "controleer", ro, "--formaat", "csv"
    ).stdout_bytes


def test_somebody_elses_file_is_not_overwritten(draai, ro, tmp_path):
    (tmp_path / "rapport.html").write_text("mijn jaarverslag")
    uit = draai("controleer", ro, "--uit", tmp_path)
    assert uit.exit_code == 2
    assert "niets overschreven" in uit.stderr
    assert (tmp_path / "rapport.html").read_text() == "mijn jaarverslag"


def test_a_place_that_cannot_be_written_to_is_said_before_the_work(draai, ro, tmp_path):
    (tmp_path / "bestand").touch()
    uit = draai("controleer", ro, "--uit", tmp_path / "bestand" / "uit")
    assert (uit.exit_code, uit.stdout) == (2, "")
    assert "kan niets geschreven worden" in uit.stderr


# --------------------------------------------------------------------------------------------- the sector


@pytest.fixture(scope="session")
def sectorcontrole(sector):
    from typer.testing import CliRunner

    from kernregister.cli.app import app

    uit = CliRunner().invoke(
        app, ["controleer", *map(str, vraag(sector)), "--formaat", "json", "--processen", "1"]
    )
    assert uit.exit_code == 0, uit.stderr
    return uit.stdout


def test_a_generated_sector_has_exactly_the_signals_that_were_planted(sector, sectorcontrole):
    waarheid = json.loads((sector / "waarheid.json").read_text())
    assert len(waarheid["tellingen"]) >= 34
    gevonden = Counter(s["regel"] for s in json.loads(sectorcontrole)["signalen"])
    assert gevonden == waarheid["tellingen"]
    assert {n["regel"][0] for n in json.loads(sectorcontrole)["niet_beoordeeld"]} == {"M"}


def test_one_process_or_two_and_today_or_tomorrow_make_no_difference(
    draai, sector, sectorcontrole, monkeypatch
):
    monkeypatch.setattr("kernregister.controle.werk.KLEIN", 0)
    uit = draai("controleer", *vraag(sector), "--formaat", "json", "--processen", "2")
    assert uit.stdout == sectorcontrole
    tekst = [draai("controleer", *vraag(sector), "--processen", n).stdout for n in (1, 2)]
    assert tekst[0] == tekst[1]


def test_no_persons_number_on_the_screen(draai, sector, sectorcontrole):
    nummers = {s["sleutel"]["pgn"] for s in json.loads(sectorcontrole)["signalen"]}
    uit = draai("controleer", *vraag(sector))
    assert len(nummers) > 50
    assert [n for n in nummers if n in uit.output] == []


def test_the_columns_of_the_kwaliteitscontrole_can_be_replaced(draai, gedeelde_data, tmp_path):
    indeling = tmp_path / "kwc.toml"
    indeling.write_text(
        'kolommen = [{ kop = "Code", veld = "regel" }, { kop = "Inst", veld = "instelling" }]'
    )
    (ro,) = (gedeelde_data / "duo-demo").glob("RO_*.csv")
    uit = draai("controleer", ro, "--kwc-indeling", indeling, "--formaat", "csv", "--uit", tmp_path / "uit")
    assert uit.stdout.splitlines()[:2] == ["Code;Inst", "J07;27DV"]
    assert (tmp_path / "uit" / "kwaliteitscontrole.csv").read_text().startswith("Code;Inst")
    indeling.write_text('kolommen = [{ kop = "Code", veld = "onzin" }]')
    fout = draai("controleer", ro, "--kwc-indeling", indeling)
    assert fout.exit_code == 2
    assert "onzin" in fout.stderr
