"""The files of an explained difference list: what an accountant opens, and which files are refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.tijd import Studiejaar
from kernregister.voorzieningen.overzichten.steekproef import Steekproef
from kernregister.voorzieningen.overzichten.uitleg import schrijf_uitleg
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.overzichten.twee_overzichten import (
    AN,
    BO,
    CAS,
    JAAR,
    als_bron,
    bbl,
    csv_rijen,
    gelezen,
    leg_uit,
    maak_obo,
    maak_ro,
    map_van,
    zet_klaar,
)
from tests.voorzieningen.register.wereld import (
    AANTAL,
    DAAR,
    HIER,
    diplomeer,
    lukt,
    nummer_van,
    plaats_bpv,
    schrijf_in,
    verwijder,
)

# --------------------------------------------------------------------------------------------- files


@pytest.fixture
def klaar(databank, monkeypatch) -> None:
    zet_klaar(monkeypatch)


@pytest.fixture
def drie(klaar, tmp_path) -> tuple[list[Path], dict]:
    """Three kinds of difference, explained with a sample of two."""
    lukt(schrijf_in(AN), bbl(BO), diplomeer(AN, datum_resultaat="2025-11-03"))
    oud = maak_obo(tmp_path, "oud.csv")
    weg = schrijf_in(AN, datum_uitschrijving_werkelijk="2026-01-15", reden_uitschrijving="08")
    register.verwerk([weg], register.Herkomst("=1+1|cmd", ""))
    lukt(plaats_bpv(BO), verwijder("Resultaat", AN, resultaatvolgnummer="9"), schrijf_in(CAS))
    nieuw = maak_obo(tmp_path, "nieuw.csv")
    paden = schrijf_uitleg(
        oud, nieuw, HIER, JAAR, map_van(tmp_path, "uit"), steekproef=Steekproef(2, "accountant 7")
    )
    return paden, gelezen(paden)


def test_beside_the_seven_files_there_are_three_more(drie):
    paden, _ = drie
    assert [p.name for p in paden] == [
        *(f"OBOV_{soort}_27DV_20260302.CSV" for soort in ("PER", "VBT", "NAT", "ISG", "ISP", "BPV", "DIP")),
        *(f"UITLEG_27DV_20260302.{soort}" for soort in ("CSV", "JSON", "XLSX")),
    ]


def test_the_csv_has_a_line_for_each_difference_in_dutch_and_nothing_that_is_a_formula(drie, tmp_path):
    _, inhoud = drie
    rijen = list(csv_rijen(tmp_path / "uit"))
    assert [rij["Nr"] for rij in rijen] == [str(v["nummer"]) for v in inhoud["verschillen"]]
    isg = next(rij for rij in rijen if rij["Recordsoort"] == "ISG" and rij["Burgerservicenummer"] == AN.pgn)
    assert isg["Aangeleverd door"] == "'=1+1|cmd"
    assert isg["Effect telling 1-2"] == "-1"
    assert isg["Raakt teldatum"] == "1-10-2025, 1-2-2026"
    assert isg["Verzonden op"] == "01-03-2026 11:00:00"
    bpv = next(rij for rij in rijen if rij["Recordsoort"] == "BPV")
    assert bpv["Effect deelnemerswaarde 1-10"] == "0,5"
    assert bpv["Kan relevant zijn"] == "zelf beoordelen"
    assert bpv["Toelichting bekostiging"].startswith(
        "inschrijving 1 op 1-10-2025: telt niet mee → telt mee voor 0,5; inschrijving 1 op 1-2-2026"
    )
    assert not any(cel.startswith(("=", "+", "@")) for rij in rijen for cel in rij.values())


def test_no_number_of_a_person_stands_in_an_address(drie):
    _, inhoud = drie
    adressen = [v["dossier"] for v in inhoud["verschillen"]]
    adressen += [m["adres"] for v in inhoud["verschillen"] for m in v["meldingen"]]
    assert adressen
    for een in adressen:
        assert een.startswith("/api/v1/")
        assert not any(wie_.pgn in een for wie_ in (AN, BO, CAS))


def test_the_workbook_is_one_that_an_accountant_can_work_in(drie):
    paden, inhoud = drie
    boek = load_workbook(paden[-1])
    assert boek.sheetnames == [
        "Samenvatting", "Steekproef", "Methode", "PER", "VBT", "NAT", "ISG", "ISP", "BPV", "DIP",
    ]  # fmt: skip
    isg = boek["ISG"]
    assert isg.freeze_panes == "D2"
    assert isg.print_title_rows == "$1:$1"
    koppen = [cel.value for cel in isg[1]]
    assert all(cel.font.bold for cel in isg[1])
    rij = dict(zip(koppen, isg[2], strict=True))
    assert isg.auto_filter.ref.startswith("A1:")
    assert isg.max_row == 1 + sum(v["recordsoort"] == "ISG" for v in inhoud["verschillen"])
    assert rij["Burgerservicenummer"].value == AN.pgn
    assert rij["Burgerservicenummer"].number_format == "@"
    datum = rij["Datum uitschrijving werkelijk nieuw"]
    assert datum.is_date
    assert datum.value.date() == date(2026, 1, 15)
    assert datum.number_format == "dd-mm-yyyy"
    assert rij["Effect telling 1-2"].value == -1
    assert rij["Aangeleverd door"].value == "'=1+1|cmd"
    assert rij["Aangeleverd door"].data_type == "s"
    (keuze,) = isg.data_validations.dataValidation
    assert keuze.formula1 == '"akkoord,niet akkoord,nader bekijken,n.v.t."'
    assert not any(cel.data_type == "f" for blad in boek for regel in blad.iter_rows() for cel in regel)


def test_the_summary_counts_what_is_in_the_list_and_has_the_control_totals_of_both(drie):
    paden, inhoud = drie
    regels = {
        r[0]: r[1:] for r in load_workbook(paden[-1])["Samenvatting"].iter_rows(values_only=True) if r[0]
    }
    oud, nieuw = inhoud["oud"]["controletotalen"], inhoud["nieuw"]["controletotalen"]
    assert (oud["inschrijvingen"], nieuw["inschrijvingen"]) == (2, 3)
    assert regels["Inschrijvingen"][:3] == (2, 3, 1)
    assert regels["Diploma's"][:4] == (1, 0, -1, "aantal DIP")
    assert regels["Opleidingcodes"][3] == "som van opleidingcode van alle ISP, BPV, DIP"
    volgorde = list(regels)
    assert volgorde.index("Generaal") < volgorde.index("Bekostigbaar"), "as in the closing record"
    soorten = [naam for naam in volgorde if naam in ("PER", "NAT", "ISG", "ISP", "BPV", "DIP")]
    assert soorten == ["PER", "NAT", "ISG", "ISP", "BPV", "DIP"]
    assert regels["Alle"][3] == len(inhoud["verschillen"])
    personen_ = {v["burgerservicenummer"]: v["persoon"] for v in inhoud["verschillen"]}
    som = [
        sum(Decimal(p[naam]) for p in personen_.values())
        for naam in ("deelnemerswaarde", "telling_februari", "diplomawaarde")
    ]
    getoond = regels["Personen met verschillen, nieuw min oud"]
    assert [Decimal(str(w)) for w in getoond[:3]] == som
    assert getoond[3] == 3
    assert any("Indicatief" in str(regel) for regel in regels)
    assert inhoud["grondslag"]["parameters"] in inhoud["grondslag"]["voorbehoud"]


def test_the_sample_says_how_it_was_drawn_and_is_the_same_in_the_json(drie):
    paden, inhoud = drie
    boek = load_workbook(paden[-1])
    assert [rij[2] for rij in boek["Steekproef"].iter_rows(min_row=2, values_only=True)] == inhoud[
        "steekproef"
    ]["nummers"]
    methode = {rij[0]: rij[1:] for rij in boek["Methode"].iter_rows(values_only=True)}
    assert methode["Zaad"][0] == inhoud["steekproef"]["zaad"] == "accountant 7"
    assert methode["Getrokken"][0] == 2
    assert methode["Methode"][1] == inhoud["steekproef"]["methode"]


def test_without_a_sample_the_workbook_has_no_sheet_of_one(klaar, tmp_path):
    lukt(schrijf_in(AN))
    oud = maak_obo(tmp_path, "oud.csv")
    (paden,) = [schrijf_uitleg(oud, oud, HIER, JAAR, map_van(tmp_path, "uit"))]
    assert "Steekproef" not in load_workbook(paden[-1]).sheetnames
    assert gelezen(paden)["verschillen"] == []
    assert gelezen(paden)["steekproef"] is None


def test_who_is_in_the_files_is_told_for_the_processing_log(klaar, tmp_path):
    lukt(schrijf_in(AN))
    oud = maak_obo(tmp_path, "oud.csv")
    lukt(schrijf_in(BO))
    verstrekt: set[int] = set()
    gemeld: list[tuple[int, int]] = []
    leg_uit(
        oud,
        maak_obo(tmp_path, "nieuw.csv"),
        tmp_path / "uit",
        verstrekt=verstrekt.update,
        meld=lambda *stand: gemeld.append(stand),
    )
    assert verstrekt == {nummer_van(BO)}
    assert gemeld[-1] == (4, 4)


# ------------------------------------------------------------------------------------------ bad input


@pytest.fixture
def twee(klaar, tmp_path):
    lukt(schrijf_in(AN))
    oud = maak_obo(tmp_path, "oud.csv")
    lukt(schrijf_in(BO))
    return oud, maak_obo(tmp_path, "nieuw.csv")


def geweigerd(oud, nieuw, map_, jaar=JAAR, instelling=HIER) -> str:
    with pytest.raises(OnbruikbaarBestand) as fout:
        schrijf_uitleg(oud, nieuw, instelling, jaar, map_)
    assert not list(map_.glob("UITLEG*"))
    return str(fout.value)


def test_a_file_that_was_tampered_with_is_refused(twee, tmp_path):
    oud, nieuw = twee
    nieuw.pad.write_bytes(nieuw.pad.read_bytes().replace(b"|BOL|", b"|BBL|"))
    assert "hash klopt niet" in geweigerd(oud, nieuw, map_van(tmp_path, "uit"))


def test_all_that_is_wrong_is_told_at_once(twee, tmp_path):
    oud, nieuw = twee
    oud.pad.unlink()
    nieuw.pad.write_bytes(b"weg")
    tekst = geweigerd(replace(oud, stand=nieuw.stand + 1), nieuw, map_van(tmp_path, "uit"))
    assert "is er niet meer" in tekst
    assert "hash klopt niet" in tekst
    assert "Verwissel" in tekst


def test_overviews_of_others_or_of_another_year_are_refused(twee, tmp_path):
    oud, nieuw = twee
    assert DAAR in geweigerd(oud, nieuw, map_van(tmp_path, "a"), instelling=DAAR)
    assert "2024-2025" in geweigerd(oud, nieuw, map_van(tmp_path, "b"), Studiejaar(2024))
    assert "geen studiejaar" in geweigerd(oud, nieuw, map_van(tmp_path, "c"), None)
    ander = maak_obo(tmp_path, "ander.csv", jaar=Studiejaar(2024))
    assert "horen niet bij elkaar" in geweigerd(oud, ander, map_van(tmp_path, "d"))


def test_an_obo_and_an_ro_or_something_else_are_refused(twee, tmp_path):
    oud, _ = twee
    anders = maak_ro(tmp_path, "ro.csv", date(2025, 8, 1), date(2026, 7, 31))
    assert "kunnen niet met elkaar" in geweigerd(oud, anders, map_van(tmp_path, "a"))
    pad = tmp_path / "iets.csv"
    pad.write_text("geen overzicht\n")
    assert geweigerd(als_bron(pad, 0), oud, map_van(tmp_path, "b"))
    pad.write_bytes(b"")
    assert geweigerd(als_bron(pad, 0), oud, map_van(tmp_path, "c"))


def test_a_studiejaar_that_is_none_is_refused(twee, tmp_path):
    paden = []
    for bron in twee:
        bron.pad.write_bytes(bron.pad.read_bytes().replace(b"VLP|2025-2026|", b"VLP|2025-2027|"))
        paden.append(als_bron(bron.pad, bron.stand))
    assert "2025-2027" in geweigerd(*paden, map_van(tmp_path, "uit"))


def test_a_file_with_a_damaged_record_is_refused_and_names_nobody(twee, tmp_path):
    oud, nieuw = twee
    nieuw.pad.write_bytes(nieuw.pad.read_bytes().replace(b"|2024-08-01|", b"|2024-13-01|", 1))
    tekst = geweigerd(oud, als_bron(nieuw.pad, nieuw.stand), map_van(tmp_path, "uit"))
    assert "niet zoals het hier is gemaakt" in tekst
    assert AN.pgn not in tekst
    assert BO.pgn not in tekst


def test_a_difference_of_somebody_the_register_does_not_know_is_explained_as_far_as_it_goes(twee, tmp_path):
    oud, nieuw = twee
    vreemd = burgerservicenummer(AANTAL + 1, AANTAL + 5)
    nieuw.pad.write_bytes(nieuw.pad.read_bytes().replace(BO.pgn.encode(), vreemd.encode()))
    uit = leg_uit(oud, als_bron(nieuw.pad, nieuw.stand), tmp_path / "uit")
    assert {v["burgerservicenummer"] for v in uit} == {vreemd}
    assert {tuple(v["zonder_melding"]) for v in uit} == {("aanmaak",)}
    assert {v["dossier"] for v in uit} == {None}
