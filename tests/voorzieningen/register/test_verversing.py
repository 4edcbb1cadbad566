"""What changes at the source of person data comes in by itself, and followers are told."""

import pytest
from django.conf import settings
from django.db import connections, transaction
from msgspec.structs import replace

from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.kern.dossier import Adres
from kernregister.platform import klok
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen import zandbak
from kernregister.voorzieningen.personen.ingebouwd import wijzig
from kernregister.voorzieningen.personen.public import Abonnementsoort
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.ingrepen import Onmogelijk
from kernregister.voorzieningen.register.verversing import Ververst, ververs
from tests.voorzieningen.register.opzet import identificatie, inschrijving, stuur, zet_sector_klaar

VOLGER = "99ZZ"
OWN = onderwijsnummer(0, 90_000)


@pytest.fixture
def student(databank, monkeypatch):
    """Somebody of a sector of fifty whom the register knows and whom an institution follows; the rest it knows not."""
    monkeypatch.setattr(settings, "DEMO", True)
    sector = zet_sector_klaar()
    wie = next(d for d in sector.dossiers() if d.persoon.burgerservicenummer)
    assert stuur(identificatie(wie, wie.inschrijvingen[0].instelling))[0].aanvaard
    _volg(wie.persoon.pgn)
    return wie


def _volg(pgn: str) -> None:
    with transaction.atomic(using="stelsel"):
        personen.zet_abonnement(
            personen.zoek([pgn])[pgn], VOLGER, Abonnementsoort.PERSOONSGEGEVENS, "aan", klok.vandaag()
        )


def test_a_move_comes_in_and_is_told_once(student):
    pgn = student.persoon.pgn
    assert ververs().gelezen == 50
    assert register.haal(VOLGER).berichten == ()  # nothing changed yet, and of strangers nothing is kept
    zandbak.verhuis(pgn, Adres("Turfkade", "3", None, "9741KX", "Groningen"))
    assert ververs() == Ververst(1, 0)
    (bericht,) = register.haal(VOLGER).berichten
    assert bericht.persoon.adres.straat == "Turfkade"
    assert register.dossier(personen.zoek([pgn])[pgn]).persoon.adres.straat == "Turfkade"
    assert ververs() == Ververst(0, 0)


def test_who_the_register_does_not_know_stays_unknown(student):
    ververs()
    assert len(list(register.dossiers())) == 1


def test_pages_of_the_source_follow_each_other(student):
    assert [ververs(20).gelezen for _ in range(4)] == [20, 20, 10, 0]


def test_a_bsn_found_later_is_linked_and_everybody_who_follows_is_told(databank, monkeypatch):
    monkeypatch.setattr(settings, "DEMO", True)
    wie = next(d for d in zet_sector_klaar(200).dossiers() if not d.persoon.burgerservicenummer)
    eigenaar = wie.inschrijvingen[0].instelling
    assert stuur(identificatie(wie, eigenaar))[0].aanvaard
    _volg(wie.persoon.onderwijsnummer)
    ververs()
    bsn = burgerservicenummer(0, 90_000)
    zandbak.geef_bsn(wie.persoon.onderwijsnummer, bsn)
    assert ververs() == Ververst(1, 0)
    (bericht,) = register.haal(VOLGER).berichten
    assert (bericht.burgerservicenummer, bericht.onderwijsnummer) == (bsn, wie.persoon.onderwijsnummer)
    wie_nu = register.dossier(personen.zoek([bsn])[bsn]).persoon
    assert wie_nu == replace(wie.persoon, burgerservicenummer=bsn)
    zandbak.overlijd(bsn, klok.vandaag())
    ververs()
    assert (
        len(register.haal(VOLGER, bericht.stand).berichten) == 1
    )  # told of the death, not of the number again


def test_two_persons_that_the_source_knows_as_one_are_told_to_be_merged(student):
    ander = personen.maak([personen.Nummers(None, OWN)])[0]
    ververs()
    wijzig(student.persoon.pgn, lambda persoon: replace(persoon, onderwijsnummer=OWN))
    pgn = student.persoon.pgn
    een = personen.zoek([pgn])[pgn]
    assert ververs().samen == ((een, ander),)
    assert [(v.een, v.ander) for v in register.voorstellen()] == [(een, ander)]
    stuur(identificatie(student, student.inschrijvingen[0].instelling))
    assert len(register.voorstellen()) == 1, "found again, it is proposed once"
    with met_pas(Pas(Soort.INSTELLING, VOLGER)), connections["default"].cursor() as sql:
        sql.execute("SELECT count(*) FROM register_samenvoegvoorstel")
        assert sql.fetchone() == (0,)
    personen.voeg_samen(ander, een)
    assert register.voorstellen() == []
    personen.haal_uiteen(ander)
    assert len(register.voorstellen()) == 1


def test_two_who_are_found_to_be_two_after_all_are_not_proposed_again(student):
    ander = personen.maak([personen.Nummers(None, OWN)])[0]
    wijzig(student.persoon.pgn, lambda persoon: replace(persoon, onderwijsnummer=OWN))
    vraag_ = identificatie(student, student.inschrijvingen[0].instelling)
    een = stuur(vraag_)[0].persoon
    (voorstel,) = register.voorstellen()
    for reden in (" ", f"zie {student.persoon.pgn}"):
        with pytest.raises(Onmogelijk, match="reden"):
            register.wijs_af(voorstel.nummer, reden, "beheerder")
    with pytest.raises(Onmogelijk, match="geen open voorstel 4711"):
        register.wijs_af(4711, "bestaat niet", "beheerder")
    register.wijs_af(voorstel.nummer, "nummer verkeerd overgenomen bij de bron", "beheerder")
    stuur(identificatie(student, student.inschrijvingen[0].instelling))
    assert register.voorstellen() == []
    assert ververs().samen == ()
    with connections["stelsel"].cursor() as sql:
        sql.execute("SELECT een, ander, afgewezen_door, reden FROM register_samenvoegvoorstel")
        assert sql.fetchall() == [(een, ander, "beheerder", "nummer verkeerd overgenomen bij de bron")]
        sql.execute("SELECT door FROM platform_auditregel WHERE handeling = 'persoon.niet_samenvoegen'")
        assert sql.fetchall() == [("beheerder",)]


def test_an_identification_that_shows_two_to_be_one_proposes_it_and_a_dry_run_does_not(student):
    ander = personen.maak([personen.Nummers(None, OWN)])[0]
    wijzig(student.persoon.pgn, lambda persoon: replace(persoon, onderwijsnummer=OWN))
    vraag = identificatie(student, student.inschrijvingen[0].instelling)
    assert stuur(vraag, proef=True)[0].aanvaard
    assert register.voorstellen() == []
    (antwoord,) = stuur(vraag)
    assert [(v.een, v.ander) for v in register.voorstellen()] == [(antwoord.persoon, ander)]


def test_of_whom_nobody_follows_or_enrolled_no_data_are_fetched(student):
    pgn = student.persoon.pgn
    with transaction.atomic(using="stelsel"):
        personen.doel_vervallen(personen.zoek([pgn])[pgn], VOLGER)
    ververs()
    voor = register.dossier(personen.zoek([pgn])[pgn])
    zandbak.verhuis(pgn, Adres("Turfkade", "3", None, "9741KX", "Groningen"))
    ververs()
    assert register.dossier(personen.zoek([pgn])[pgn]) == voor
    assert stuur(inschrijving(student, datum_uitschrijving_werkelijk=None, reden_uitschrijving=None))[
        0
    ].aanvaard
    zandbak.verhuis(pgn, Adres("Veenkade", "5", None, "9741KX", "Groningen"))
    ververs()
    assert register.dossier(personen.zoek([pgn])[pgn]).persoon.adres.straat == "Veenkade"
