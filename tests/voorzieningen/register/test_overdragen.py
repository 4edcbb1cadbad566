"""Institutions that merge: what the one registered goes to the other, person by person, and can be undone."""

import pytest
from django.db import transaction

from kernregister.platform import klok
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort
from kernregister.voorzieningen.register import samenvoegen
from kernregister.voorzieningen.register.ingrepen import Onmogelijk
from kernregister.voorzieningen.register.samenvoegen import overdracht_van_instelling
from tests.voorzieningen.register.verhaal import (
    DAAR,
    HIER,
    betrokken,
    deelname,
    diploma,
    dossier,
    draag_over,
    een_persoon,
    herroep,
    inschrijving,
    keuzedeel,
    vraag,
)


def test_institutions_merge_and_the_records_go_along(databank):
    een = een_persoon(
        inschrijving("1"),
        diplomas=(diploma(),),
        losse_resultaten=(keuzedeel(),),
        deelnames=(deelname(instelling=HIER),),
    )
    voor = dossier(een)
    antwoord = draag_over(een, HIER, DAAR)
    assert antwoord.aanvaard, antwoord
    na = dossier(een)
    eigen = (*na.inschrijvingen, *na.diplomas, *na.losse_resultaten)
    assert {record.instelling for record in eigen} == {DAAR}
    assert na.deelnames == voor.deelnames  # what another sector registered is not ours to move
    assert betrokken(een) == [DAAR]
    assert herroep(antwoord).aanvaard
    assert dossier(een) == voor
    assert betrokken(een) == [HIER]


def test_the_student_number_comes_back_with_the_institution(databank):
    een = een_persoon(inschrijving("1"))
    with transaction.atomic(using="stelsel"):
        vraag("UPDATE register_betrokkenheid SET studentnummer = 's-17' RETURNING 1")
    antwoord = draag_over(een, HIER, DAAR)
    assert vraag("SELECT instelling, studentnummer FROM register_betrokkenheid") == [(DAAR, "s-17")]
    herroep(antwoord)
    assert vraag("SELECT instelling, studentnummer FROM register_betrokkenheid") == [(HIER, "s-17")]
    # what was known in between stays: DAAR had to do with this person for a while
    assert vraag("SELECT instelling FROM register_beeindigdebetrokkenheid") == [(DAAR,)]


def test_subscriptions_go_to_the_institution_that_goes_on(databank):
    een = een_persoon(inschrijving("1"))
    with transaction.atomic(using="stelsel"):
        personen.zet_abonnement(een, HIER, Abonnementsoort.PERSOONSGEGEVENS, "aan", klok.vandaag())
    draag_over(een, HIER, DAAR)
    assert personen.abonnees([een], Abonnementsoort.PERSOONSGEGEVENS, klok.vandaag()) == [(een, DAAR)]


def test_a_whole_institution_is_handed_over_and_the_next_run_does_the_rest(databank, monkeypatch):
    monkeypatch.setattr(samenvoegen, "PER_KEER", 2)
    allen = [een_persoon(inschrijving("1")) for _ in range(5)]
    botst = een_persoon(inschrijving("1"), inschrijving("1", DAAR))
    elders = een_persoon(inschrijving("1", "01BB"))

    class Stroomuitval(Exception):
        pass

    def val_uit(gezien: int) -> None:
        if gezien == 4:
            raise Stroomuitval

    with pytest.raises(Stroomuitval):
        overdracht_van_instelling(HIER, DAAR, "fusie", "beheerder", val_uit)
    uit = overdracht_van_instelling(HIER, DAAR, "fusie", "beheerder")
    assert (uit.overgedragen, [a.persoon for a in uit.afgekeurd]) == (1, [botst])
    assert {i.instelling for id_ in allen for i in dossier(id_).inschrijvingen} == {DAAR}
    assert {i.instelling for i in dossier(botst).inschrijvingen} == {HIER, DAAR}
    assert dossier(elders).inschrijvingen[0].instelling == "01BB"
    assert overdracht_van_instelling(HIER, DAAR, "fusie", "beheerder").overgedragen == 0


@pytest.mark.parametrize(("van", "naar"), [(HIER, HIER), ("27dv", DAAR), (HIER, ""), ("STEL", DAAR)])
def test_only_two_institutions_hand_over(databank, van, naar):
    with pytest.raises(Onmogelijk, match="instellingscodes"):
        overdracht_van_instelling(van, naar, "fusie", "beheerder")
