"""Reference data, persons and enrolments outside mbo: read when right, explained when not."""

import os
from pathlib import Path

import pytest

from kernregister.controle.stamgegevens import (
    TABELLEN,
    is_deelnames,
    lees_deelnames,
    lees_gegevens,
    lees_personen,
)
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.kern.gegevens import Bron, Soort
from tests.kern.voorbeelden import BSN, ONDERWIJSNUMMER, dag


@pytest.fixture
def verslag():
    return Verslag()


def schrijf(map_: Path, naam: str, *regels: str) -> Path:
    pad = map_ / naam
    pad.write_text("".join(regel + "\n" for regel in regels), "utf-8")
    return pad


def test_without_a_folder_nothing_is_known(verslag):
    gegevens = lees_gegevens(None, None, verslag)
    assert gegevens.beschikbaar == frozenset()
    assert gegevens.soort_van("27DV") is Soort.BI
    assert lees_gegevens(None, Soort.NBI, verslag).soort_van("27DV") is Soort.NBI


def test_each_table_makes_its_own_rules_possible(tmp_path, verslag):
    schrijf(tmp_path, "opleidingen.csv", "opleidingcode", "25655")
    assert lees_gegevens(tmp_path, None, verslag).beschikbaar == {Bron.OPLEIDINGEN}
    schrijf(tmp_path, "onderwijsaanbieders.csv", "onderwijsaanbieder", "100A501")
    assert Bron.RIO not in lees_gegevens(tmp_path, None, verslag).beschikbaar
    schrijf(tmp_path, "onderwijslocaties.csv", "onderwijslocatie", "101X591")
    assert Bron.RIO in lees_gegevens(tmp_path, None, verslag).beschikbaar
    schrijf(tmp_path, "toestemmingen.csv", "instellingscode;opleidingcode")
    schrijf(tmp_path, "licenties.csv", "instellingscode;opleidingcode")
    schrijf(tmp_path, "parameters.csv", "naam;waarde", "wettelijke_termijn_maanden;24")
    gegevens = lees_gegevens(tmp_path, None, verslag)
    assert gegevens.beschikbaar == {
        Bron.RIO,
        Bron.OPLEIDINGEN,
        Bron.TOESTEMMINGEN,
        Bron.LICENTIES,
        Bron.WETTELIJKE_TERMIJN,
    }
    assert gegevens.wettelijke_termijn_maanden == 24
    assert verslag.opmerkingen == []


def test_end_dates_are_the_last_day_and_empty_ones_have_no_end(tmp_path, verslag):
    schrijf(
        tmp_path,
        "onderwijsaanbieders.csv",
        "onderwijsaanbieder;instellingscode;datum_begin;datum_einde",
        "100A501;;2020-01-01;2025-07-31",
        "100A501;27DV;01-01-2020;",
    )
    aanbieder = lees_gegevens(tmp_path, None, verslag).aanbieders["100A501"]
    assert dag("2025-07-31") in aanbieder.geldig[0]
    assert dag("2025-08-01") not in aanbieder.geldig[0]
    ((instelling, periode),) = aanbieder.koppelingen
    assert instelling == "27DV"
    assert dag("9999-01-01") in periode


def test_a_flag_left_empty_is_not_known(tmp_path, verslag):
    schrijf(tmp_path, "opleidingen.csv", "opleidingcode;cross_over", "1;J", "2;N", "3;")
    vlaggen = [o.cross_over for o in lees_gegevens(tmp_path, None, verslag).opleidingen.values()]
    assert vlaggen == [True, False, None]


def test_a_price_factor_is_read_with_a_point_or_a_comma_and_nothing_else_is_a_number(tmp_path, verslag):
    schrijf(
        tmp_path,
        "opleidingen.csv",
        "opleidingcode;prijsfactor;met_vws",
        "1;1.40;J",
        "2;1,3;N",
        "3;;",
        "4;NaN;",
        "5;1e9;",
    )
    opleidingen = lees_gegevens(tmp_path, None, verslag).opleidingen
    assert [(str(o.prijsfactor), o.met_vws) for o in opleidingen.values()] == [
        ("1.40", True),
        ("1.3", False),
        ("None", None),
    ]
    (fout,) = verslag.fouten
    assert (fout.aantal, fout.veld) == (2, "prijsfactor")


@pytest.mark.parametrize(
    ("rij", "specialist"),
    [
        ("1;MBO-4;specialistenopleiding", True),
        ("1;MBO-4;middenkaderopleiding", False),
        ("1;MBO-3;", False),
        ("1;MBO-4;", None),
    ],
)
def test_whether_a_programme_is_for_specialists_is_only_open_at_level_four(
    tmp_path, verslag, rij, specialist
):
    schrijf(tmp_path, "opleidingen.csv", "opleidingcode;niveau;soort_opleiding", rij)
    assert lees_gegevens(tmp_path, None, verslag).opleidingen["1"].specialist is specialist


def test_the_kind_of_an_institution_comes_from_its_table(tmp_path, verslag):
    schrijf(tmp_path, "instellingen.csv", "instellingscode;soort", "31ZZ;NBI")
    gegevens = lees_gegevens(tmp_path, None, verslag)
    assert (gegevens.soort_van("31ZZ"), gegevens.soort_van("27DV")) == (Soort.NBI, Soort.BI)


@pytest.mark.parametrize(
    ("regels", "plaats"),
    [
        (("opleidingcode;einde_instroom", "1;2025-02-30"), (2, "einde_instroom")),
        (("opleidingcode;einde_instroom", "1;2025-08-01", "2;gisteren"), (3, "einde_instroom")),
        (("opleidingcode;duur_maanden", "1;drie"), (2, "duur_maanden")),
        (("opleidingcode;cross_over", "1;misschien"), (2, "cross_over")),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_named(tmp_path, verslag, regels, plaats):
    schrijf(tmp_path, "opleidingen.csv", *regels)
    gegevens = lees_gegevens(tmp_path, None, verslag)
    assert len(gegevens.opleidingen) == len(regels) - 2
    (fout,) = verslag.fouten
    assert (fout.plaatsen[0].regel, fout.veld) == plaats
    assert "opleidingen.csv" in fout.tekst


def test_a_mandatory_value_left_empty_is_named(tmp_path, verslag):
    schrijf(tmp_path, "opleidingen.csv", "opleidingcode;naam", ";Kok")
    assert lees_gegevens(tmp_path, None, verslag).opleidingen == {}
    (fout,) = verslag.fouten
    assert "opleidingcode" in fout.verwacht


def test_a_column_that_is_missing_makes_the_table_unusable(tmp_path, verslag):
    schrijf(tmp_path, "opleidingen.csv", "code;naam", "1;Kok")
    with pytest.raises(OnbruikbaarBestand, match=r"opleidingcode ontbreken.*Verwacht een kopregel"):
        lees_gegevens(tmp_path, None, verslag)


def test_a_column_too_many_is_said_and_skipped(tmp_path, verslag):
    schrijf(tmp_path, "opleidingen.csv", "opleidingcode;kleur", "1;rood")
    assert list(lees_gegevens(tmp_path, None, verslag).opleidingen) == ["1"]
    (opmerking,) = verslag.opmerkingen
    assert (opmerking.code, opmerking.plaatsen[0].waarde) == ("kolom_onbekend", "kleur")


def test_a_folder_that_is_not_there_or_holds_nothing_of_use(tmp_path, verslag):
    with pytest.raises(OnbruikbaarBestand, match="bestaat niet"):
        lees_gegevens(tmp_path / "nergens", None, verslag)
    with pytest.raises(OnbruikbaarBestand, match=r"Verwacht een of meer van: instellingen\.csv"):
        lees_gegevens(tmp_path, None, verslag)


@pytest.mark.parametrize(
    "inhoud", [b"\xff\xfeo\x00", b"opleidingcode\n\x80\x81\n", b"a" * 200_000, b"a" * (3 << 20), b""]
)
def test_rubbish_instead_of_a_table_is_refused_in_words(tmp_path, verslag, inhoud):
    (tmp_path / "opleidingen.csv").write_bytes(inhoud)
    with pytest.raises(OnbruikbaarBestand, match=r"opleidingen\.csv"):
        lees_gegevens(tmp_path, None, verslag)


def test_a_table_that_is_a_folder_or_not_there(tmp_path, verslag):
    with pytest.raises(OnbruikbaarBestand, match="bestaat niet"):
        lees_personen(tmp_path / "personen.csv", verslag)
    with pytest.raises(OnbruikbaarBestand):
        lees_personen(tmp_path, verslag)


def test_persons_are_found_by_either_number_and_tell_what_can_be_judged(tmp_path, verslag):
    pad = schrijf(
        tmp_path,
        "personen.csv",
        "\ufeffburgerservicenummer;onderwijsnummer;achternaam",
        f"{BSN};{ONDERWIJSNUMMER};Jansen",
    )
    personen, bronnen = lees_personen(pad, verslag)
    assert personen[BSN] is personen[ONDERWIJSNUMMER]
    assert bronnen == {Bron.NUMMERS}
    pad = schrijf(tmp_path, "personen.csv", "burgerservicenummer;datum_overlijden", f"{BSN};")
    assert lees_personen(pad, verslag)[1] == {Bron.OVERLIJDEN}


def test_a_persons_number_never_stands_in_what_is_said_about_a_table(tmp_path, verslag):
    pad = schrijf(tmp_path, "personen.csv", f"burgerservicenummer;datum_overlijden;{BSN}", f"{BSN};{BSN}")
    lees_personen(pad, verslag)
    assert verslag.opmerkingen
    assert BSN not in repr(verslag.opmerkingen)


def test_vo_and_vso_are_recognised_by_their_header(tmp_path, verslag):
    vo = schrijf(
        tmp_path,
        "a.csv",
        "sector;instellingscode;datum_begin;burgerservicenummer",
        f"VO;01AA;2025-08-01;{BSN}",
        f"VAVO;01AA;2025-08-01;{BSN}",
    )
    leeg = schrijf(tmp_path, "vso.csv", "sector;instellingscode;datum_begin;burgerservicenummer")
    assert is_deelnames(vo)
    assert not is_deelnames(schrijf(tmp_path, "ro.csv", "VLP|27DV|2025-08-01|2026-07-31|2026-03-25"))
    deelnames, bronnen = lees_deelnames([vo, leeg], verslag)
    assert [d.sector for d in deelnames[BSN]] == ["VO", "VAVO"]
    assert bronnen == {Bron.VO, Bron.VSO}


def test_a_participation_that_cannot_be_read_does_not_hide_the_others(tmp_path, verslag):
    kop = "sector;instellingscode;datum_begin;burgerservicenummer"
    vo = schrijf(tmp_path, "vo.csv", kop, f"PO;01AA;2025-08-01;{BSN}", f"VO;01AA;2025-08-01;{BSN}")
    deelnames, _ = lees_deelnames([vo], verslag)
    assert len(deelnames[BSN]) == 1
    assert verslag.fouten[0].veld == "sector"


def test_every_table_has_a_sentence_that_explains_it():
    assert all((rij.__doc__ or "").strip() for rij in TABELLEN.values())


def test_a_participation_of_nobody_is_said_and_left_out(tmp_path, verslag):
    vo = schrijf(tmp_path, "vo.csv", "sector;instellingscode;datum_begin", "VO;01AA;2025-08-01")
    assert lees_deelnames([vo], verslag)[0] == {}
    assert verslag.fouten[0].plaatsen[0].regel == 2


def test_a_participation_with_both_numbers_is_found_by_either(tmp_path, verslag):
    kop = "sector;instellingscode;datum_begin;burgerservicenummer;onderwijsnummer"
    vo = schrijf(tmp_path, "vo.csv", kop, f"VO;01AA;2025-08-01;{BSN};{ONDERWIJSNUMMER}")
    deelnames, _ = lees_deelnames([vo], verslag)
    assert set(deelnames) == {BSN, ONDERWIJSNUMMER}


def test_an_aanbieder_with_links_only_is_valid_as_long_as_it_is_linked(tmp_path, verslag):
    schrijf(
        tmp_path,
        "onderwijsaanbieders.csv",
        "onderwijsaanbieder;instellingscode;datum_begin;datum_einde",
        "100A501;27DV;2019-08-01;2025-07-31",
        "100A502;27DV;2019-08-01;",
        "100A502;;2020-08-01;",
    )
    aanbieders = lees_gegevens(tmp_path, None, verslag).aanbieders
    assert aanbieders["100A501"].geldig == (aanbieders["100A501"].koppelingen[0][1],)
    assert [p.begin for p in aanbieders["100A502"].geldig] == [dag("2020-08-01")]


def test_an_empty_field_is_not_known(tmp_path, verslag):
    schrijf(tmp_path, "instellingen.csv", "instellingscode;unieke_vakinstelling", "27DV;", "25LX;J", "31ZZ;N")
    instellingen = lees_gegevens(tmp_path, None, verslag).instellingen
    assert [instellingen[c].unieke_vakinstelling for c in ("27DV", "25LX", "31ZZ")] == [None, True, False]


def test_a_pipe_or_a_table_out_of_bounds_is_refused_before_it_is_read(tmp_path, verslag, monkeypatch):
    with pytest.raises(OnbruikbaarBestand, match="geen gewoon bestand"):
        lees_personen(Path(os.devnull), verslag)
    assert not is_deelnames(Path(os.devnull))
    monkeypatch.setattr("kernregister.controle.tabellen.GROOTSTE_TABEL", 10)
    schrijf(tmp_path, "opleidingen.csv", "opleidingcode;naam", "25655;Kok")
    with pytest.raises(OnbruikbaarBestand, match="groter dan"):
        lees_gegevens(tmp_path, None, verslag)
