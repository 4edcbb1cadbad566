"""Facts of health and of residence are readable only with a scope of their own, wherever they were delivered."""

import pytest
from django.db import connections

from kernregister.kern.dossier import Dossier
from kernregister.kern.leesbaar import als_object
from kernregister.platform.pas import Bijzonder, Pas, Soort, met_pas
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.register.verhaal import HIER, bsn, een_persoon, inschrijving, registreer, wie

GROND = "W-document"


@pytest.fixture
def persoon(databank) -> int:
    return registreer(Dossier(wie(bsn(0)), (inschrijving(verblijf_grond=GROND),)))


def lees(persoon: int, *bijzonder: Bijzonder) -> Dossier:
    with met_pas(Pas(Soort.INSTELLING, HIER, bijzonder=frozenset(bijzonder))):
        return register.dossier_met_pas(persoon)


@pytest.mark.parametrize(
    ("bijzonder", "steun", "verblijf"),
    [
        ((), False, False),
        ((Bijzonder.ONDERSTEUNING,), True, False),
        ((Bijzonder.VERBLIJF,), False, True),
        ((Bijzonder.ONDERSTEUNING, Bijzonder.VERBLIJF), True, True),
    ],
)
def test_each_scope_opens_its_own_part_of_an_enrolment(persoon, bijzonder, steun, verblijf):
    gelezen = lees(persoon, *bijzonder)
    (een,) = gelezen.inschrijvingen
    assert bool(een.extra_ondersteuning) == steun
    assert een.verblijf_grond == (GROND if verblijf else None)
    assert bool(gelezen.persoon.verblijfstitels) == verblijf
    assert een.perioden == inschrijving().perioden


def test_the_register_itself_reads_it_whole_now_and_at_a_stand(persoon):
    stand = register.stand()
    registreer(Dossier(wie(bsn(0)), (inschrijving(verblijf_grond="paspoort", extra_ondersteuning=()),)))
    (nu,), (toen,) = register.dossier(persoon).inschrijvingen, register.dossier(persoon, stand).inschrijvingen
    assert (nu.verblijf_grond, nu.extra_ondersteuning) == ("paspoort", ())
    assert toen == inschrijving(verblijf_grond=GROND)


def test_neither_table_nor_journal_holds_it_in_the_open(persoon):
    een_persoon(inschrijving("2", verblijf_grond=GROND))
    with connections["stelsel"].cursor() as sql:
        for tabel in ("register_versie", "register_melding"):
            sql.execute(f"SELECT count(*) FROM {tabel} WHERE inhoud::text LIKE '%%' || %s || '%%'", [GROND])
            assert sql.fetchone() == (0,)


def test_a_melding_taken_over_from_elsewhere_is_read_back_whole_and_by_name(persoon):
    een = inschrijving(verblijf_grond=GROND)
    with connections["stelsel"].cursor() as sql:
        sql.execute("SELECT uuid, soort FROM register_melding ORDER BY id")
        uuids = {soort: uuid for uuid, soort in sql.fetchall()}
    with met_pas(Pas(Soort.DUO)):
        gelezen = {soort: register.melding(uuid)[1] for soort, uuid in uuids.items()}
    assert gelezen["OvernemenInschrijving"]["inschrijving"] == als_object(een)
    assert gelezen["OvernemenInschrijving"]["burgerservicenummer"] == bsn(0)
    assert gelezen["VerstrekkenPersoonsgegevens"]["persoon"]["verblijfstitels"] == als_object(
        wie().verblijfstitels
    )
