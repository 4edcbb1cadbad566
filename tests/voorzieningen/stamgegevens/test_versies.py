"""Versions of reference data: imported as a concept, made active by somebody for a reason, and never changed."""

import time
from datetime import date

import pytest
from django.db import connections
from msgspec import structs

from kernregister.fictief.sector import Sector
from kernregister.kern.gegevens import GEEN, Bron
from kernregister.platform import geheugen
from kernregister.voorzieningen.stamgegevens import public as stam
from kernregister.voorzieningen.stamgegevens.public import Stamgegevensfout
from tests.voorzieningen.stamgegevens.bestanden import laad, schrijf

REDEN = "maandelijkse levering"


def activeer(tmp_path, naam, *regels):
    """Import one file and make it active."""
    versie = laad(tmp_path, naam, *regels).versie
    stam.activeer(versie, "beheer", REDEN)
    return versie


def test_before_anything_is_loaded_nothing_is_known(databank):
    assert stam.versie() == 0
    assert stam.gegevens() == stam.gegevens_van(0) == GEEN
    assert stam.opzoeken("opleidingen", "25655") == ()
    assert stam.lijst("opleidingen") == ()
    assert not stam.is_actueel("opleidingen")


def test_an_import_is_a_concept_until_somebody_makes_it_active(databank, tmp_path):
    uitslag = laad(tmp_path, "opleidingen", "opleidingcode;naam", "25655;Mbo-verpleegkundige")
    assert (stam.versie(), stam.gegevens()) == (0, GEEN)
    assert stam.gegevens_van(uitslag.versie).opleidingen["25655"].naam == "Mbo-verpleegkundige"
    stam.activeer(uitslag.versie, "beheer", REDEN)
    assert stam.versie() == uitslag.versie
    assert stam.gegevens().beschikbaar == {Bron.OPLEIDINGEN, Bron.OPLEIDINGEN_ACTUEEL}


def test_the_same_file_again_makes_no_version(databank, tmp_path):
    regels = ("opleidingcode;naam", "25655;Mbo-verpleegkundige", "25656;Verzorgende")
    concept = laad(tmp_path, "opleidingen", *regels)
    assert concept.veranderd
    nogmaals = laad(tmp_path, "opleidingen", *regels)
    assert (nogmaals.versie, nogmaals.veranderd) == (concept.versie, False)
    assert nogmaals.verschillen == concept.verschillen
    stam.activeer(concept.versie, "beheer", REDEN)
    andersom = laad(tmp_path, "opleidingen", regels[0], regels[2], regels[1], regels[1])
    assert (andersom.versie, andersom.veranderd) == (concept.versie, False)


def test_what_holds_loaded_again_after_a_concept_that_was_left_is_no_version(databank, tmp_path):
    eerste = activeer(tmp_path, "opleidingen", "opleidingcode;naam", "25001;Kok")
    laad(tmp_path, "opleidingen", "opleidingcode;naam", "25001;Chef")
    nogmaals = laad(tmp_path, "opleidingen", "opleidingcode;naam", "25001;Kok")
    assert (nogmaals.versie, nogmaals.veranderd, nogmaals.verschillen) == (eerste, False, ())


def test_the_report_tells_what_is_new_what_changed_and_what_ended(databank, tmp_path):
    kop = "opleidingcode;naam;niveau;einde_instroom;datum_einde"
    activeer(
        tmp_path,
        "opleidingen",
        kop,
        "25001;Kok;MBO-2;;",
        "25002;Bakker;MBO-2;;",
        "25003;Slager;MBO-3;2030-07-31;",
        "25004;Kelner;MBO-2;;",
        "25005;Visser;MBO-2;;",
    )
    (verschil,) = laad(
        tmp_path,
        "opleidingen",
        kop,
        "25001;Kok;MBO-2;;",
        "25002;Meesterbakker;MBO-2;;",
        "25003;Slager;MBO-3;2027-07-31;",
        "25004;Kelner;MBO-2;;2026-07-31",
        "25006;Imker;MBO-2;;",
    ).verschillen
    assert (verschil.nieuw, verschil.gewijzigd, verschil.beeindigd, verschil.vervallen) == (1, 1, 2, 1)
    assert verschil.voorbeelden == {
        "nieuw": ("25006",),
        "gewijzigd": ("25002",),
        "beeindigd": ("25003", "25004"),
        "vervallen": ("25005",),
    }
    assert str(verschil) == "Erkende opleidingen: 1 nieuw, 1 gewijzigd, 2 beëindigd, 1 niet meer in de lijst"


def test_a_longer_validity_is_a_change_and_no_end(databank, tmp_path):
    activeer(tmp_path, "opleidingen", "opleidingcode;datum_einde", "25001;2026-07-31")
    (verschil,) = laad(tmp_path, "opleidingen", "opleidingcode;datum_einde", "25001;").verschillen
    assert (verschil.gewijzigd, verschil.beeindigd) == (1, 0)


def test_who_has_records_tells_how_many_a_concept_touches(databank, tmp_path):
    gezien = []

    def telling(versie, sleutels):
        gezien.append((versie, sleutels))
        return {"inschrijvingen": 212}

    stam.geraakt.append(telling)
    try:
        uitslag = laad(tmp_path, "opleidingen", "opleidingcode", "25001", "25002")
        assert laad(tmp_path, "opleidingen", "opleidingcode", "25001", "25002").geraakt == uitslag.geraakt
    finally:
        stam.geraakt.remove(telling)
    assert uitslag.geraakt == {"inschrijvingen": 212}
    assert gezien == [(uitslag.versie, {"opleidingen": frozenset({"25001", "25002"})})]


def test_a_version_never_changes_whatever_comes_after_it(databank, tmp_path):
    eerste = activeer(tmp_path, "opleidingen", "opleidingcode;naam", "25001;Kok", "25002;Bakker")
    toen = stam.gegevens_van(eerste)
    tweede = activeer(tmp_path, "opleidingen", "opleidingcode;naam", "25001;Chef", "25003;Slager")
    derde = activeer(tmp_path, "opleidingen", "opleidingcode;naam", "25001;Kok", "25002;Bakker")
    assert eerste < tweede < derde
    for versie, namen in (
        (eerste, {"Kok", "Bakker"}),
        (tweede, {"Chef", "Slager"}),
        (derde, {"Kok", "Bakker"}),
    ):
        assert {o.naam for o in stam.gegevens_van(versie).opleidingen.values()} == namen
        assert {rij.naam for rij in stam.lijst("opleidingen", versie=versie)} == namen
    assert stam.gegevens_van(eerste) == toen
    assert stam.opzoeken("opleidingen", "25001", versie=tweede)[0].naam == "Chef"


def test_a_concept_that_another_version_overtook_is_not_made_active(databank, tmp_path):
    oud = laad(tmp_path, "opleidingen", "opleidingcode", "25001").versie
    nieuw = activeer(tmp_path, "instellingen", "instellingscode", "27DV")
    with pytest.raises(Stamgegevensfout, match=f"nu is versie {nieuw} actief.*Laad de bestanden opnieuw"):
        stam.activeer(oud, "beheer", REDEN)
    opnieuw = laad(tmp_path, "opleidingen", "opleidingcode", "25001").versie
    stam.activeer(opnieuw, "beheer", REDEN)
    assert stam.gegevens().instellingen.keys() == {"27DV"}
    assert stam.gegevens().opleidingen.keys() == {"25001"}


@pytest.mark.parametrize(("door", "reden"), [("beheer", "  "), ("", REDEN)])
def test_nothing_becomes_active_without_a_name_and_a_reason(databank, tmp_path, door, reden):
    versie = laad(tmp_path, "opleidingen", "opleidingcode", "25001").versie
    with pytest.raises(Stamgegevensfout, match="wie activeert en waarom"):
        stam.activeer(versie, door, reden)
    assert stam.versie() == 0


def test_a_version_becomes_active_once_and_can_be_restored_as_a_new_one(databank, tmp_path):
    eerste = activeer(tmp_path, "opleidingen", "opleidingcode", "25001")
    activeer(tmp_path, "opleidingen", "opleidingcode", "25002")
    with pytest.raises(Stamgegevensfout, match="al geactiveerd"):
        stam.activeer(eerste, "beheer", REDEN)
    with pytest.raises(Stamgegevensfout, match="bestaat niet"):
        stam.activeer(999, "beheer", REDEN)
    terug = stam.herstel(eerste, "beheer")
    (verschil,) = terug.verschillen
    assert (verschil.nieuw, verschil.vervallen) == (1, 1)
    stam.activeer(terug.versie, "beheer", "verkeerd bestand geladen")
    assert stam.versie() == terug.versie
    assert stam.gegevens() == stam.gegevens_van(eerste)


def test_who_did_it_is_on_record(databank, tmp_path):
    versie = activeer(tmp_path, "opleidingen", "opleidingcode", "25001")
    lijsten, (stand,) = stam.overzicht()
    assert [(lijst.lijst, lijst.aantal, lijst.actueel) for lijst in lijsten] == [("opleidingen", 1, True)]
    assert (stand.nummer, stand.actief, stand.gemaakt_door, stand.geactiveerd_door, stand.reden) == (
        *(versie, True, "proef", "beheer", REDEN),
    )
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT handeling, object_sleutel, door FROM platform_auditregel ORDER BY id")
        assert cursor.fetchall() == [
            ("stamgegevens.laad", str(versie), "proef"),
            ("stamgegevens.activeer", str(versie), "beheer"),
        ]


def test_who_follows_hears_of_an_activation_in_the_same_transaction(databank, tmp_path):
    gehoord = []
    eerste = activeer(tmp_path, "opleidingen", "opleidingcode", "25001")
    concept = laad(tmp_path, "opleidingen", "opleidingcode", "25002").versie

    def volger(vorige, nieuw):
        gehoord.append((vorige, nieuw, stam.versie()))
        if len(gehoord) == 1:
            raise RuntimeError("de doorrekening mislukt")

    stam.volgers.append(volger)
    try:
        with pytest.raises(RuntimeError):
            stam.activeer(concept, "beheer", REDEN)
        assert stam.versie() == eerste
        stam.activeer(concept, "beheer", REDEN)
    finally:
        stam.volgers.remove(volger)
    assert gehoord == [(eerste, concept, concept)] * 2


def test_a_list_of_the_past_gives_names_and_judges_nothing(databank, tmp_path):
    schrijf(tmp_path / "toen.csv", "opleidingcode;naam", "25001;Kok")
    manifest = schrijf(
        tmp_path / "toen.toml",
        '[[bestanden]]\nlijst = "opleidingen"\nbestand = "toen.csv"\nactueel = false\nstand_op = 2015-08-01',
    )
    versie = stam.laad_bestanden([manifest], "proef").versie
    stam.activeer(versie, "beheer", REDEN)
    assert stam.gegevens().opleidingen["25001"].naam == "Kok"
    assert stam.gegevens().beschikbaar == frozenset()
    assert not stam.is_actueel("opleidingen")
    (verschil,) = laad(tmp_path, "opleidingen", "opleidingcode;naam", "25001;Kok").verschillen
    assert str(verschil) == "Erkende opleidingen: voortaan actueel"


def test_rio_can_be_judged_only_with_aanbieders_and_locations(databank, tmp_path):
    activeer(tmp_path, "onderwijsaanbieders", "onderwijsaanbieder", "100A501")
    assert stam.gegevens().beschikbaar == frozenset()
    activeer(tmp_path, "onderwijslocaties", "onderwijslocatie", "101X591")
    assert stam.gegevens().beschikbaar == {Bron.RIO, Bron.RIO_ACTUEEL}
    activeer(tmp_path, "parameters", "naam;waarde", "wettelijke_termijn_maanden;24")
    assert Bron.WETTELIJKE_TERMIJN in stam.gegevens().beschikbaar


def test_what_holds_when_is_what_the_rules_are_told(databank, tmp_path):
    activeer(
        tmp_path,
        "onderwijsaanbieders",
        "onderwijsaanbieder;instellingscode;datum_begin;datum_einde",
        "100A501;;2020-01-01;2025-07-31",
        "100A501;27DV;2020-01-01;",
    )
    activeer(
        tmp_path,
        "opleidingen",
        "opleidingcode;datum_begin;datum_einde",
        "25001;2016-08-01;2027-07-31",
        "25002;;",
    )
    activeer(tmp_path, "crebo_equivalenten", "code;equivalent", "25001;25002")
    gegevens = stam.gegevens()
    aanbieder = gegevens.aanbieders["100A501"]
    assert date(2025, 7, 31) in aanbieder.geldig[0]
    assert date(2025, 8, 1) not in aanbieder.geldig[0]
    assert aanbieder.koppelingen[0][0] == "27DV"
    assert date(2027, 7, 31) in gegevens.opleidingen["25001"].geldig[0]
    assert gegevens.opleidingen["25002"].geldig == ()
    assert gegevens.equivalenten == {"25001": frozenset({"25002"}), "25002": frozenset({"25001"})}


def test_the_fictitious_sector_comes_back_as_it_went_in(databank):
    sector = Sector(2000, zaad=4)
    versie = stam.laad_gegevens(sector.gegevens, "demo", "fictieve sector")
    assert stam.versie() == versie
    gelezen = stam.gegevens()
    eigen = {bron for lijst in stam.LIJSTEN.values() for bron in lijst.dekt}
    assert gelezen.beschikbaar == eigen
    assert structs.replace(gelezen, beschikbaar=sector.gegevens.beschikbaar) == sector.gegevens
    assert stam.laad_gegevens(sector.gegevens, "demo", "fictieve sector") == versie


def test_all_reference_data_of_the_sector_are_read_within_a_tenth_of_a_second(databank):
    sector = Sector(60_000, zaad=1)
    versie = stam.laad_gegevens(sector.gegevens, "demo", "fictieve sector")
    assert len(sector.gegevens.instellingen) == 60
    duren = []
    for _ in range(5):
        geheugen.vergeet()
        begin = time.perf_counter()
        stam.gegevens_van(versie)
        duren.append(time.perf_counter() - begin)
    assert min(duren) < 0.1
    assert stam.gegevens() is stam.gegevens()


def test_asking_for_the_version_costs_one_query(databank, tmp_path):
    activeer(tmp_path, "opleidingen", "opleidingcode", "25001")
    stam.gegevens()
    stelsel = connections["stelsel"]
    stelsel.force_debug_cursor = True
    try:
        stelsel.queries_log.clear()
        stam.versie()
        assert len(stelsel.queries_log) == 1
        stam.gegevens()
        assert len(stelsel.queries_log) == 2
    finally:
        stelsel.force_debug_cursor = False


def test_the_application_reads_the_tables_and_changes_nothing(databank, tmp_path):
    activeer(tmp_path, "opleidingen", "opleidingcode", "25001")
    from django.db import ProgrammingError

    for tabel in ("uitgave", "rij", "versie"):
        with connections["default"].cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM stamgegevens_{tabel}")
            assert cursor.fetchone() == (1,)
        with connections["default"].cursor() as cursor, pytest.raises(ProgrammingError):
            cursor.execute(f"DELETE FROM stamgegevens_{tabel}")
