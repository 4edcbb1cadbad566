"""Codes, pages and recognitions: looked up on a day, in the version that holds or any other."""

import pytest
from django.db import connections

from kernregister.voorzieningen.stamgegevens import public as stam
from kernregister.voorzieningen.stamgegevens.inlezen import Invoerfout
from kernregister.voorzieningen.stamgegevens.public import Stamgegevensfout
from tests.kern.voorbeelden import dag
from tests.voorzieningen.stamgegevens.bestanden import laad, schrijf

BEDRIJF = "100000001"


def actief(map_, lijst, *regels):
    """Import one file and make it active."""
    stam.activeer(laad(map_, lijst, *regels).versie, "beheer", "proef")


@pytest.fixture
def beginset(databank):
    """The register with the set that comes along."""
    stam.activeer(stam.laad_beginset("beheer").versie, "beheer", "beginset")


def test_the_set_that_comes_along_knows_codes_and_judges_no_programme(beginset):
    assert stam.opzoeken("nationaliteiten", "0055")[0].naam == "Burger van de Bondsrepubliek Duitsland"
    assert stam.opzoeken("examenonderdelen", "3005")[0].vak == "Nederlands"
    assert [o.soort for o in stam.opzoeken("opleidingen", "23001")] == ["dossier"]
    assert str(stam.opzoeken("opleidingen", "25001")[0].prijsfactor) == "1.40"
    assert stam.gegevens().opleidingen["79010"].soort == "domein"
    assert stam.gegevens().beschikbaar == frozenset()
    assert stam.is_actueel("verblijfstitels")
    assert not stam.is_actueel("opleidingen")
    assert not stam.laad_beginset("beheer").veranderd


def test_a_code_is_looked_up_as_it_was_on_a_day(beginset):
    (oud,) = stam.opzoeken("verblijfstitels", "39")
    assert stam.opzoeken("verblijfstitels", "39", dag("2013-12-31")) == (oud,)
    assert stam.opzoeken("verblijfstitels", "39", dag("2014-01-01")) == ()
    assert stam.opzoeken("verblijfstitels", "77") == ()
    (gemeente,) = stam.opzoeken("gemeenten", "0003")
    assert stam.opzoeken("gemeenten", gemeente.opvolger, dag("2021-01-01"))


def test_a_list_is_searched_and_paged(beginset):
    eerste = stam.lijst("gemeenten", aantal=300)
    alle = list(eerste)
    while rijen := stam.lijst("gemeenten", na=alle[-1].code, aantal=300):
        alle += rijen
    assert len(eerste) == 300
    assert [rij.code for rij in alle] == sorted({rij.code for rij in alle})
    assert len(alle) == 1478
    assert [rij.naam for rij in stam.lijst("landen", zoek="BELGIË")] == ["België"]
    assert stam.lijst("landen", zoek="%") == stam.lijst("landen", zoek="_") == ()
    op = dag("2026-01-01")
    assert {"39", "98"} & {rij.code for rij in stam.lijst("verblijfstitels", op=op)} == {"98"}


def test_rows_of_one_key_stay_together_on_a_page(databank, tmp_path):
    regels = [f"100A50{n};{code}" for n in range(3) for code in ("27DV", "28DV", "29DV")]
    actief(tmp_path, "onderwijsaanbieders", "onderwijsaanbieder;instellingscode", *regels)
    bladzijde = stam.lijst("onderwijsaanbieders", aantal=1)
    assert [rij.instellingscode for rij in bladzijde] == ["27DV", "28DV", "29DV"]
    assert stam.opzoeken("onderwijsaanbieders", "100A500") == bladzijde


def test_a_list_or_version_that_is_not_there_is_said(databank):
    with pytest.raises(Stamgegevensfout, match=r"'kleuren' bestaat niet\. Kies uit: instellingen"):
        stam.lijst("kleuren")
    for vraag in (lambda: stam.gegevens_van(7), lambda: stam.opzoeken("landen", "6030", versie=7)):
        with pytest.raises(Stamgegevensfout, match="Versie 7 van de stamgegevens bestaat niet"):
            vraag()


def test_one_key_with_two_contents_is_a_fault_and_nothing_is_kept(databank, tmp_path):
    with pytest.raises(
        Invoerfout, match=r"opleidingen.csv, kolom opleidingcode: staat er al.*ook op regel 2"
    ):
        laad(tmp_path, "opleidingen", "opleidingcode;naam", "25001;Kok", "25002;Bakker", "25001;Chef")
    assert stam.overzicht() == ((), ())
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM stamgegevens_rij")
        assert cursor.fetchone() == (0,)


def test_many_rows_with_one_key_are_refused_as_fast_as_others(databank, tmp_path):
    regels = [f"25001;Kok {n}" for n in range(20_000)] + ["25002;Bakker"] * 20_000
    with pytest.raises(Invoerfout, match="en 19994 meer"):
        laad(tmp_path, "opleidingen", "opleidingcode;naam", *regels)


def test_a_key_that_another_file_has_too_is_a_fault_there(databank, tmp_path):
    schrijf(tmp_path / "a.csv", "instellingscode;naam", "27DV;Roc")
    schrijf(tmp_path / "b.csv", "instellingscode;naam", "28DV;Aoc", "27DV;Mbo")
    delen = [f'[[bestanden]]\nlijst = "instellingen"\nbestand = "{naam}.csv"' for naam in "ab"]
    with pytest.raises(
        Invoerfout, match=r"b\.csv, kolom instellingscode: .* Regel 3 \('ook op regel 2 van a\.csv'\)"
    ):
        stam.laad_bestanden([schrijf(tmp_path / "m.toml", *delen)], "proef")


def test_faults_in_several_files_are_told_together(databank, tmp_path):
    paden = [
        schrijf(tmp_path / "opleidingen.csv", "opleidingcode", "x"),
        schrijf(tmp_path / "instellingen.csv", "instellingscode", "27DV", "y"),
        schrijf(tmp_path / "landen.csv", "code", "1"),
        tmp_path / "gemeenten.csv",
    ]
    with pytest.raises(Invoerfout) as fout:
        stam.laad_bestanden(paden, "proef")
    assert "opleidingen.csv, kolom opleidingcode" in str(fout.value)
    assert "instellingen.csv, kolom instellingscode" in str(fout.value)
    assert "landen.csv: de kolommen naam ontbreken" in str(fout.value)
    assert "gemeenten.csv: dit bestand bestaat niet" in str(fout.value)


def test_recognition_is_judged_only_with_the_list_of_today(databank, tmp_path):
    paar = (BEDRIJF, "25001")
    assert stam.erkenningen([paar]) == {}
    assert stam.erkenningen([]) == {}
    assert not stam.erkenningen_beschikbaar()
    actief(tmp_path, "erkenningen", "leerbedrijf;code;datum_begin;datum_einde", f"{BEDRIJF};25002;;")
    assert stam.erkenningen([paar]) == {paar: ()}
    assert stam.erkenningen_beschikbaar()


def test_a_training_company_is_recognised_for_a_code_or_its_equivalent(databank, tmp_path):
    actief(
        tmp_path,
        "erkenningen",
        "leerbedrijf;code;datum_begin;datum_einde",
        f"{BEDRIJF};25001;2020-08-01;2024-07-31",
        f"{BEDRIJF};25001;2025-08-01;",
        f"{BEDRIJF};25009;2023-01-01;2023-12-31",
        f"{BEDRIJF};K0067;;",
    )
    actief(
        tmp_path,
        "crebo_equivalenten",
        "code;equivalent;datum_begin;datum_einde",
        "25001;25009;2023-07-01;",
    )
    uit = stam.erkenningen([(BEDRIJF, code) for code in ("25001", "25009", "K0067", "25002")])
    assert [str(p.begin) for p in uit[BEDRIJF, "25001"]] == ["2020-08-01", "2023-07-01", "2025-08-01"]
    assert dag("2024-07-31") in uit[BEDRIJF, "25001"][0]
    assert dag("2024-08-01") not in uit[BEDRIJF, "25001"][0]
    assert dag("2023-06-30") in uit[BEDRIJF, "25009"][0]
    assert any(dag("2026-01-01") in periode for periode in uit[BEDRIJF, "25009"])
    assert dag("1999-01-01") in uit[BEDRIJF, "K0067"][0]
    assert uit[BEDRIJF, "25002"] == ()


def test_another_source_of_recognitions_can_take_its_place(databank, tmp_path):
    class Storing:
        """A source that is out of order."""

        def beschikbaar(self):
            return False

        def erkenningen(self, paren):
            return {}

    from kernregister.voorzieningen.stamgegevens import erkenningen

    actief(tmp_path, "erkenningen", "leerbedrijf;code", f"{BEDRIJF};25001")
    vorige = erkenningen._bron[0]
    stam.gebruik(Storing())
    try:
        assert stam.erkenningen([(BEDRIJF, "25001")]) == {}
        assert not stam.erkenningen_beschikbaar()
    finally:
        stam.gebruik(vorige)
    assert len(stam.erkenningen([(BEDRIJF, "25001")])) == 1


def test_a_large_list_costs_what_it_changes(databank, tmp_path):
    kop = "leerbedrijf;code;datum_begin"
    regels = [f"{100_000_000 + n};25{n % 500:03d};2020-08-01" for n in range(20_000)]
    actief(tmp_path, "erkenningen", kop, *regels)
    (verschil,) = laad(tmp_path, "erkenningen", kop, *regels[1:], "200000000;25001;2020-08-01").verschillen
    assert (verschil.nieuw, verschil.vervallen, verschil.gewijzigd) == (1, 1, 0)
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM stamgegevens_rij")
        assert cursor.fetchone() == (20_001,)
