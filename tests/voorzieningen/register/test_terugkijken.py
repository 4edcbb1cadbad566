"""As known then: nothing that happens later changes what the register says of a moment, of anybody or anywhere."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from kernregister.kern.dossier import Dossier, Persoon
from kernregister.platform import klok
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.register.verhaal import draag_over, herroep, voeg_samen, vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    MET_BSN,
    dossier,
    geef_keuzedeel,
    identificeer,
    lukt,
    nummer_van,
    plaats_bpv,
    schrijf_in,
    verwijder,
    wie,
    zet_klaar,
)

EEN, ANDER = wie(0), wie(MET_BSN)


@pytest.fixture(autouse=True)
def wereld(databank, monkeypatch):
    zet_klaar(monkeypatch)


def records(stand: int | None, instelling: str | None = None) -> dict[int, Dossier]:
    """Return who has something registered, there or anywhere, at a stand; numbers are those of now."""
    gevonden = register.dossiers(instelling=instelling, stand=stand)
    return {
        id_: structs.replace(d, persoon=Persoon())
        for id_, d in gevonden
        if any(instelling in {None, een.instelling} for een in d.inschrijvingen)
    }


def test_every_state_of_a_record_can_be_asked_again_by_its_stand():
    toen = {}
    for stap in (
        identificeer(EEN),
        schrijf_in(EEN),
        schrijf_in(EEN, datum_uitschrijving_gepland="2028-07-31"),
        plaats_bpv(EEN),
        verwijder("Bpv", EEN, inschrijvingvolgnummer="1", bpv_volgnummer="1"),
        verwijder("Inschrijving", EEN, inschrijvingvolgnummer="1"),
        schrijf_in(EEN),
    ):
        lukt(stap)
        toen[register.stand()] = dossier(EEN)
    assert len(toen) == 7
    assert {stand: dossier(EEN, stand) for stand in toen} == toen
    assert not dossier(EEN, 0).inschrijvingen


def test_corrections_and_deletions_are_versions_and_the_history_says_by_which_melding():
    lukt(identificeer(EEN), schrijf_in(EEN))
    lukt(schrijf_in(EEN, datum_uitschrijving_gepland="2028-07-31"))
    lukt(verwijder("Inschrijving", EEN, inschrijvingvolgnummer="1"))
    rijen = vraag(
        "SELECT v.inhoud::text, m.soort, e.soort, v.geregistreerd_op IS NULL, v.vervallen_op IS NULL"
        " FROM register_versie v JOIN register_melding m ON m.id = v.melding_van"
        " LEFT JOIN register_melding e ON e.id = v.melding_tot WHERE v.soort = 'inschrijving' ORDER BY v.id"
    )
    assert [rij[1:] for rij in rijen] == [
        ("AanleverenInschrijving", "AanleverenInschrijving", False, False),
        ("AanleverenInschrijving", "VerwijderenInschrijving", False, False),
    ]
    assert ["2027-07-31" in str(rij[0]) for rij in rijen] == [True, False]


def test_what_changes_nothing_makes_no_version():
    lukt(identificeer(EEN), schrijf_in(EEN))
    voor = vraag("SELECT count(*) FROM register_versie")
    lukt(schrijf_in(EEN), identificeer(EEN))
    assert vraag("SELECT count(*) FROM register_versie") == voor


def test_a_version_that_did_not_outlive_its_batch_is_in_the_history_all_the_same():
    lukt(identificeer(EEN), schrijf_in(EEN), schrijf_in(EEN, datum_uitschrijving_gepland="2028-07-31"))
    assert vraag(
        "SELECT melding_tot IS NULL FROM register_versie WHERE soort = 'inschrijving' ORDER BY id"
    ) == [
        (False,),
        (True,),
    ]


def test_a_moment_is_the_last_stand_before_it(monkeypatch):
    ochtend = datetime(2026, 3, 2, 9, tzinfo=UTC)
    monkeypatch.setattr(klok, "nu", lambda: ochtend)
    lukt(identificeer(EEN), schrijf_in(EEN))
    eerste = register.stand()
    monkeypatch.setattr(klok, "nu", lambda: ochtend + timedelta(hours=2))
    lukt(geef_keuzedeel(EEN))
    tweede = register.stand()
    assert register.stand_op(ochtend - timedelta(seconds=1)) == 0
    assert register.stand_op(ochtend) == eerste
    assert register.stand_op(ochtend + timedelta(hours=1)) == eerste
    assert register.stand_op(ochtend + timedelta(hours=2)) == tweede > eerste
    with pytest.raises(ValueError, match="toekomst"):
        register.stand_op(ochtend + timedelta(hours=3))


def test_the_whole_register_of_then_still_holds_who_went_up_in_another_since():
    lukt(identificeer(EEN), schrijf_in(EEN), identificeer(ANDER, DAAR), schrijf_in(ANDER, "2", DAAR))
    toen = register.stand()
    voor = records(toen), records(toen, DAAR)
    voeg_samen(nummer_van(EEN), nummer_van(ANDER))
    assert (records(toen), records(toen, DAAR)) == voor
    assert list(records(None)) == [nummer_van(EEN)]
    assert list(records(register.stand())) == [nummer_van(EEN)]


def test_an_institution_that_went_up_in_another_still_has_what_it_had_then():
    lukt(identificeer(EEN), schrijf_in(EEN))
    toen = register.stand()
    voor = records(toen, HIER)
    overdracht = draag_over(nummer_van(EEN), HIER, DAAR)
    assert overdracht.aanvaard
    tussen = register.stand()
    bij_daar = records(tussen, DAAR)
    assert bij_daar
    assert records(toen, HIER) == voor
    assert not records(tussen, HIER)
    herroep(overdracht)
    assert records(toen, HIER) == voor
    assert records(tussen, DAAR) == bij_daar, "undoing it changes what was known in between"
    assert not records(None, DAAR)


def test_within_a_batch_each_melding_has_its_own_stand_in_the_order_in_which_it_was_applied():
    lukt(identificeer(EEN), schrijf_in(EEN), plaats_bpv(EEN, "1"), plaats_bpv(EEN, "2"))
    assert register.stand() == 4
    gezien = [[len(i.bpvs) for i in dossier(EEN, stand).inschrijvingen] for stand in range(5)]
    assert gezien == [[], [], [0], [1], [2]]
