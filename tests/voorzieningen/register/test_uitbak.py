"""Who follows a person is told what changed: in the order of the stand, at least once, and as it was then."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connections, transaction
from msgspec.structs import replace

from kernregister.kern.dossier import Adres, Deelname, Dossier, Persoon, Verblijfstitel
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.platform import klok
from kernregister.platform.pas import Bijzonder, Pas, Soort, met_pas
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.uitbak import PERSOONSGEGEVENS, VOOROPLEIDING, haal
from tests.voorzieningen.register.opzet import MOMENT, identificatie, inschrijving, stuur, zet_sector_klaar

VOLGER = "99ZZ"


@pytest.fixture
def sector(databank):
    return zet_sector_klaar()


@pytest.fixture
def student(sector) -> Dossier:
    """Somebody enrolled at one institution."""
    wie = next(d for d in sector.dossiers() if len(d.inschrijvingen) == 1 and d.persoon.burgerservicenummer)
    (antwoord,) = stuur(identificatie(wie, wie.inschrijvingen[0].instelling, studentnummer="s-1"))
    assert antwoord.aanvaard, antwoord
    return wie


def persoon_id(student: Dossier) -> int:
    return personen.zoek([student.persoon.pgn])[student.persoon.pgn]


def volg(student: Dossier, instelling: str, soort: Abonnementsoort, stand: str = "aan") -> None:
    with transaction.atomic(using="stelsel"):
        personen.zet_abonnement(persoon_id(student), instelling, soort, stand, klok.vandaag())


def uit_de_bron(student: Dossier, **anders: object) -> Persoon:
    """Let the BRP tell of a person, and return what it told."""
    nieuw = replace(student.persoon, **anders)
    zonder = replace(nieuw, burgerservicenummer=None, onderwijsnummer=None)
    melding = b.VerstrekkenPersoonsgegevens(
        id=uuid4(),
        afzender="BRP",
        moment=MOMENT,
        burgerservicenummer=nieuw.burgerservicenummer,
        persoon=zonder,
    )
    (antwoord,) = register.verwerk([melding], register.Herkomst("bron", ""))
    assert antwoord.aanvaard, antwoord
    return zonder


def test_a_follower_is_told_of_a_change_once_it_has_a_stand(student):
    volg(student, VOLGER, Abonnementsoort.PERSOONSGEGEVENS)
    nieuw = uit_de_bron(student, voornamen="Anouk")
    pagina = haal(VOLGER)
    (bericht,) = pagina.berichten
    assert (bericht.soort, bericht.persoon, bericht.vooropleiding) == (PERSOONSGEGEVENS, nieuw, None)
    assert bericht.burgerservicenummer == student.persoon.burgerservicenummer
    assert pagina.tot == bericht.stand == register.stand()
    assert haal(VOLGER, pagina.tot).berichten == ()
    assert haal(VOLGER) == pagina  # at least once: who asks again gets it again


def test_who_does_not_follow_is_told_nothing(student):
    volg(student, VOLGER, Abonnementsoort.VOOROPLEIDING)
    volg(student, "98ZZ", Abonnementsoort.PERSOONSGEGEVENS, "eenmalig")
    uit_de_bron(student, voornamen="Anouk")
    assert haal(VOLGER).berichten == haal("98ZZ").berichten == haal("97ZZ").berichten == ()


def test_nothing_is_told_when_nothing_changed(student):
    volg(student, VOLGER, Abonnementsoort.PERSOONSGEGEVENS)
    uit_de_bron(student, voornamen="Anouk")
    uit_de_bron(student, voornamen="Anouk")
    assert len(haal(VOLGER).berichten) == 1


def test_each_message_holds_what_was_so_at_its_stand(student):
    volg(student, VOLGER, Abonnementsoort.PERSOONSGEGEVENS)
    for naam in ("Anouk", "Bram", "Céline"):
        uit_de_bron(student, voornamen=naam)
    berichten = haal(VOLGER).berichten
    assert [bericht.persoon.voornamen for bericht in berichten] == ["Anouk", "Bram", "Céline"]
    assert [bericht.stand for bericht in berichten] == sorted({bericht.stand for bericht in berichten})


def test_pages_follow_each_other_without_a_gap_or_a_double(student):
    volg(student, VOLGER, Abonnementsoort.PERSOONSGEGEVENS)
    for nummer in range(7):
        uit_de_bron(student, voornamen=f"Anouk {'x' * nummer}")
    namen, na, meer = [], 0, True
    while meer:
        pagina = haal(VOLGER, na, 3)
        namen += [bericht.persoon.voornamen for bericht in pagina.berichten]
        na, meer = pagina.tot, pagina.meer
    assert namen == [f"Anouk {'x' * nummer}" for nummer in range(7)]


def test_an_enrolment_elsewhere_is_told_to_who_follows_the_vooropleiding_and_not_to_who_delivered_it(student):
    eigenaar = student.inschrijvingen[0].instelling
    for instelling in (VOLGER, eigenaar):
        volg(student, instelling, Abonnementsoort.VOOROPLEIDING)
    (antwoord,) = stuur(inschrijving(student))
    assert antwoord.aanvaard, antwoord.bevindingen
    (bericht,) = haal(VOLGER).berichten
    assert bericht.soort == VOOROPLEIDING
    assert bericht.vooropleiding is not None
    assert [deelname.instelling for deelname in bericht.vooropleiding.deelnames] in ([eigenaar], [])
    assert haal(eigenaar).berichten == ()


def test_one_melding_that_changes_both_is_two_messages_that_no_page_parts(student):
    deelname = Deelname(
        "VO", "01AA", date(2020, 8, 1), None, inschrijvingvolgnummer="1", niveau="HAVO", leerjaar=4
    )
    melding = b.AanleverenDeelname(
        id=uuid4(),
        afzender="VO",
        moment=MOMENT,
        deelname=deelname,
        burgerservicenummer=student.persoon.burgerservicenummer,
    )
    assert register.verwerk([melding], register.Herkomst("bron", ""))[0].aanvaard
    for soort in Abonnementsoort:
        volg(student, VOLGER, soort)
    uit_de_bron(student, geheim=True)
    berichten = haal(VOLGER, 0, 1).berichten
    assert {bericht.soort for bericht in berichten} == {PERSOONSGEGEVENS, VOOROPLEIDING}
    assert {
        deelname.instelling
        for bericht in berichten
        if bericht.vooropleiding
        for deelname in bericht.vooropleiding.deelnames
    } == {"99AA"}


def test_who_stopped_following_is_not_told_what_still_lay_ready(student):
    volg(student, VOLGER, Abonnementsoort.PERSOONSGEGEVENS)
    uit_de_bron(student, voornamen="Anouk")
    volg(student, VOLGER, Abonnementsoort.PERSOONSGEGEVENS, "uit")
    pagina = haal(VOLGER)
    assert pagina.berichten == ()
    assert pagina.tot == register.stand()  # and it is not stuck there


def test_the_institutions_own_number_goes_with_it(student):
    eigenaar = student.inschrijvingen[0].instelling
    volg(student, eigenaar, Abonnementsoort.PERSOONSGEGEVENS)
    uit_de_bron(student, voornamen="Anouk")
    assert [bericht.studentnummer for bericht in haal(eigenaar).berichten] == ["s-1"]


def test_residence_is_only_given_with_a_scope_of_its_own(student):
    volg(student, VOLGER, Abonnementsoort.PERSOONSGEGEVENS)
    uit_de_bron(student, verblijfstitels=(Verblijfstitel("26", OnvolledigeDatum("2026-01-01")),))
    (zonder,) = haal(VOLGER).berichten
    (met,) = haal(VOLGER, bijzonder=frozenset({Bijzonder.VERBLIJF})).berichten
    assert zonder.persoon.verblijfstitels == ()
    assert [titel.code for titel in met.persoon.verblijfstitels] == ["26"]


def test_the_outbox_itself_holds_no_personal_data_and_shows_each_its_own(student):
    volg(student, VOLGER, Abonnementsoort.PERSOONSGEGEVENS)
    uit_de_bron(student, voornamen="Anouk", adres=Adres("Turfkade", "3", None, "9741KX", "Groningen"))
    vraag = "SELECT u::text FROM register_uitbakbericht u"
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(vraag)
        ((tekst,),) = cursor.fetchall()
    for woord in ("Anouk", "Turfkade", student.persoon.burgerservicenummer):
        assert woord not in tekst
    for instelling, aantal in ((VOLGER, 1), ("98ZZ", 0)):
        with met_pas(Pas(Soort.INSTELLING, instelling)), connections["default"].cursor() as cursor:
            cursor.execute(vraag)
            assert len(cursor.fetchall()) == aantal


def test_each_message_given_is_in_the_processing_log(student):
    volg(student, VOLGER, Abonnementsoort.PERSOONSGEGEVENS)
    uit_de_bron(student, voornamen="Anouk")
    haal(VOLGER, client="sis-1")
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT namens, data_subject_id FROM platform_verwerking WHERE client = 'sis-1'")
        assert cursor.fetchall() == [(VOLGER, personen.pseudoniem(persoon_id(student)))]


@pytest.mark.parametrize(("na", "aantal"), [(-1, 10), (0, 0), (0, 1001)])
def test_a_cursor_or_number_that_cannot_be_is_refused(databank, na: int, aantal: int):
    with pytest.raises(ValueError, match="berichten"):
        haal(VOLGER, na, aantal)
