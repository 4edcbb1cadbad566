"""What is kept of an overview: encrypted, unchanged for its term, and after that the request with the hash."""

import re
from datetime import date

import psycopg
import pytest
from msgspec.structs import replace

from kernregister.kern.tijd import Studiejaar
from kernregister.voorzieningen.overzichten import bewaren, maken, soorten, tasks
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.voorzieningen.personen import public as personen
from tests.databank import Databank
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.overzichten.opzet import (
    BEGIN,
    EINDE,
    alles,
    codes,
    gemaakt,
    gevuld,
    inhoud,
    instelling_van,
    vraag,
    vraag_aan,
)
from tests.voorzieningen.register.verhaal import vraag as rijen

JAAR = Studiejaar(2025)


@pytest.fixture
def code(databank: Databank, monkeypatch) -> str:
    zet_klok(monkeypatch, date(2026, 3, 1))
    return instelling_van(gevuld(15))


def test_no_number_of_a_person_lies_in_the_clear_anywhere(code):
    ro = vraag("RO", code, begin=BEGIN, einde=EINDE)
    nummers = re.findall(rb"\n(?:PER)\|(\d{9})\|", inhoud(ro))
    assert nummers
    for tabel in ("aanvraag", "bestand", "deel"):
        for (rij,) in rijen(f"SELECT t::text FROM overzichten_{tabel} t"):
            bytes_ = bytes.fromhex("".join(re.findall(r"\\\\x([0-9a-f]+)", rij))) + rij.encode()
            assert not any(nummer in bytes_ for nummer in nummers)


@pytest.mark.parametrize(
    "wat",
    [
        "UPDATE overzichten_aanvraag SET toestand = 'wacht'",
        "UPDATE overzichten_aanvraag SET stand = 0",
        "UPDATE overzichten_aanvraag SET client = 'x'",
        "DELETE FROM overzichten_aanvraag",
        "UPDATE overzichten_bestand SET sha256 = ''",
        "DELETE FROM overzichten_bestand",
        "UPDATE overzichten_deel SET inhoud = ''",
        "DELETE FROM overzichten_deel",
        "INSERT INTO overzichten_bestand (aanvraag_id, naam, media, omvang, sha256)"
        " SELECT id, 'x', '', 0, '' FROM overzichten_aanvraag",
        "INSERT INTO overzichten_deel (bestand_id, nummer, inhoud) SELECT id, 9, '' FROM overzichten_bestand",
    ],
)
def test_what_is_done_never_changes_not_even_for_the_register_itself(databank: Databank, code, wat):
    vraag("RO", code, begin=BEGIN, einde=EINDE)
    with (
        databank.verbind("kernregister_stelsel") as stelsel,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        stelsel.execute(wat)


def test_what_was_asked_does_not_change_while_it_is_made(databank: Databank, code):
    vraag_aan("RO", code, begin=BEGIN, einde=EINDE)
    with databank.verbind("kernregister_stelsel") as stelsel:
        for wat in ("stand = 1000", "begin = '2000-01-01'", "client = 'x'", "bijzonder = '[]'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                stelsel.execute(f"UPDATE overzichten_aanvraag SET {wat}")


def test_files_go_when_their_term_has_passed_and_the_request_with_its_hash_stays(code, monkeypatch):
    obo = vraag("OBO", code, studiejaar=JAAR)
    assert obo.bewaard_tot == date(2028, 3, 1)
    (csv, _) = overzichten.bestanden([obo.id], "stelsel")[obo.id]
    toen = inhoud(obo)
    zet_klok(monkeypatch, date(2028, 2, 29))
    tasks.ruim_op()
    assert inhoud(obo) == toen
    zet_klok(monkeypatch, date(2028, 3, 1))
    tasks.ruim_op()
    with pytest.raises(overzichten.Vernietigd):
        inhoud(obo)
    assert rijen("SELECT count(*) FROM overzichten_deel") == [(0,)]
    assert bewaren.vernietig() == 0
    # asked again it comes back, and the hash that was kept says that it is the same
    assert overzichten.bestanden([obo.id], "stelsel")[obo.id][0].sha256 == csv.sha256
    weer = vraag("OBO", code, opnieuw=obo.id)
    assert overzichten.bestanden([weer.id], "stelsel")[weer.id][0].sha256 == csv.sha256


def test_what_is_no_longer_kept_is_made_again_to_compare_with_when_it_is_the_same(
    code, monkeypatch, tmp_path
):
    een = vraag("OBO", code, studiejaar=JAAR)
    twee = vraag("OBO", code, studiejaar=JAAR)
    toen = alles(twee)
    assert twee.extra["vorige"] == str(een.id)
    zet_klok(monkeypatch, date(2028, 3, 1))
    tasks.ruim_op()
    assert alles(vraag("OBO", code, opnieuw=twee.id)) == toen
    monkeypatch.setitem(soorten._SOORTEN, "OBO", replace(soorten.soort("OBO"), hoofd=None))
    with pytest.raises(LookupError):
        overzichten.open_bestand(een.id, tmp_path)


def test_a_file_opens_for_who_has_it_and_is_checked(code, tmp_path):
    obo = vraag("OBO", code, studiejaar=JAAR)
    bron = overzichten.open_bestand(obo.id, tmp_path)
    assert bron.pad.read_bytes() == inhoud(obo)
    assert bron.stand == obo.stand
    with pytest.raises(LookupError):
        overzichten.open_bestand(vraag_aan("RO", code, begin=BEGIN, einde=EINDE).id, tmp_path)


def test_pieces_that_are_changed_or_moved_do_not_open(databank: Databank, code):
    een, twee = vraag("RO", code, begin=BEGIN, einde=EINDE), vraag("RO", code, begin=BEGIN, einde=BEGIN)
    with databank.verbind("kernregister_eigenaar") as eigenaar:
        eigenaar.execute("ALTER TABLE overzichten_deel DISABLE TRIGGER vast")
        eigenaar.execute(
            "UPDATE overzichten_deel d SET inhoud = a.inhoud FROM overzichten_deel a WHERE a.bestand_id <> d.bestand_id"
        )
    for aanvraag in (een, twee):
        with pytest.raises(overzichten.Geschonden):
            inhoud(aanvraag)


def test_a_worker_that_dies_leaves_nothing_and_another_makes_the_same(code, monkeypatch):
    aanvraag = vraag_aan("RO", code, begin=BEGIN, einde=EINDE)

    def valt_om(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as even:
        even.setattr(maken, "_rond_af", valt_om)
        with pytest.raises(KeyboardInterrupt):
            maken.maak(aanvraag.id)
    halverwege = overzichten.aanvraag(aanvraag.id, "stelsel")
    assert halverwege.toestand == "bezig"
    with pytest.raises(LookupError):
        bewaren.hoofdbestand(aanvraag.id)
    klaar = gemaakt(aanvraag.id)
    assert inhoud(klaar) == inhoud(vraag("RO", code, opnieuw=aanvraag.id))
    assert len(overzichten.bestanden([klaar.id], "stelsel")[klaar.id]) == 1
    gemaakt(aanvraag.id)
    assert rijen("SELECT count(*) FROM platform_verwerking WHERE name = 'RO'") == [(2 * klaar.gedaan,)]


def test_what_goes_wrong_is_told_without_what_it_said(code, monkeypatch):
    ro = soorten.soort("RO")
    aanvraag = vraag_aan("RO", code, begin=BEGIN, einde=EINDE)

    def gaat_mis(*_: object) -> None:
        raise ValueError("nummer 999990019")

    monkeypatch.setitem(soorten._SOORTEN, "RO", replace(ro, maak=gaat_mis))
    mislukt = gemaakt(aanvraag.id)
    assert mislukt.toestand == "mislukt"
    assert mislukt.uitleg == maken.ONVERWACHT
    monkeypatch.setitem(soorten._SOORTEN, "RO", ro)
    assert codes("RO", code, begin=BEGIN, einde=EINDE) == []


def test_a_file_names_who_is_in_the_processing_log_and_nobody_else(code):
    ro = vraag("RO", code, begin=BEGIN, einde=EINDE)
    nummers = [nr.decode() for nr in re.findall(rb"\nPER\|(\d{9})\|", inhoud(ro))]
    verwacht = {personen.pseudoniem(id_) for id_ in personen.zoek(nummers).values()}
    assert {
        een for (een,) in rijen("SELECT data_subject_id FROM platform_verwerking WHERE name = 'RO'")
    } == verwacht


def test_a_file_whose_hash_was_tampered_with_is_not_given_as_if_nothing_were_wrong(databank, code):
    ro = vraag("RO", code, begin=BEGIN, einde=EINDE)
    with databank.verbind("kernregister_eigenaar") as eigenaar:
        eigenaar.execute("ALTER TABLE overzichten_bestand DISABLE TRIGGER vast")
        eigenaar.execute("UPDATE overzichten_bestand SET sha256 = repeat('0', 64)")
    with pytest.raises(overzichten.Geschonden):
        inhoud(ro)


def test_a_request_that_was_given_up_meanwhile_stays_given_up(code, monkeypatch):
    ro = soorten.soort("RO")
    aanvraag = vraag_aan("RO", code, begin=BEGIN, einde=EINDE)

    def en_dan_is_het_te_laat(*wat):
        paden = ro.maak(*wat)
        zet_klok(monkeypatch, date(2026, 3, 2))
        assert maken.geef_op() == 1
        return paden

    monkeypatch.setitem(soorten._SOORTEN, "RO", replace(ro, maak=en_dan_is_het_te_laat))
    assert gemaakt(aanvraag.id).toestand == "mislukt"
    assert rijen("SELECT count(*) FROM platform_verwerking WHERE name = 'RO'") == [(0,)], (
        "nobody was shown it"
    )


def test_a_database_that_is_away_for_a_moment_has_the_task_begin_again(code, monkeypatch):
    ro = soorten.soort("RO")
    aanvraag = vraag_aan("RO", code, begin=BEGIN, einde=EINDE)

    def is_weg(*_: object) -> None:
        raise psycopg.OperationalError("weg")

    with monkeypatch.context() as even:
        even.setitem(soorten._SOORTEN, "RO", replace(ro, maak=is_weg))
        with pytest.raises(psycopg.OperationalError):
            maken.maak(aanvraag.id)
    assert overzichten.aanvraag(aanvraag.id, "stelsel").toestand == "bezig"
    assert gemaakt(aanvraag.id).toestand == "klaar"
