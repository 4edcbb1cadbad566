"""Two who prove to be one, one who proves to be two, institutions that merge: nothing is lost, all can be undone."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.meldingen import berichten as b
from kernregister.platform import klok
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.ingrepen import Onmogelijk
from kernregister.voorzieningen.register.samenvoegen import voer_uit
from tests.voorzieningen.register.verhaal import (
    DAAR,
    HIER,
    MOMENT,
    betrokken,
    bsn,
    deelname,
    diploma,
    dossier,
    een_persoon,
    herroep,
    inschrijving,
    keuzedeel,
    own,
    plaatsen,
    records,
    regels_van,
    registreer,
    splits,
    versie_van,
    vo_resultaat,
    voeg_samen,
    vraag,
    wie,
)


@pytest.fixture
def twee(databank) -> tuple[int, int]:
    """The same student twice: once by BSN, once by an onderwijsnummer."""
    een = een_persoon(inschrijving("1"), diplomas=(diploma(),))
    ander = een_persoon(
        inschrijving("2", DAAR),
        own_=True,
        losse_resultaten=(keuzedeel(instelling=DAAR),),
        deelnames=(deelname(),),
        vooropleidingen=(vo_resultaat(),),
    )
    return een, ander


# ----------------------------------------------------------------------------------------- merging


def test_two_persons_become_one_dossier_with_all_that_was_registered_of_both(twee):
    een, ander = twee
    voor = records(dossier(een), dossier(ander))
    antwoord = voeg_samen(een, ander)
    assert antwoord.aanvaard, antwoord
    assert records(dossier(een)) == voor
    assert records(dossier(ander)) == {}
    assert dossier(een).persoon.onderwijsnummer == dossier(ander).persoon.onderwijsnummer
    assert dossier(een).persoon.burgerservicenummer


def test_special_data_go_along(twee):
    een, ander = twee
    voeg_samen(een, ander)
    assert all(i.extra_ondersteuning for i in dossier(een).inschrijvingen)
    assert dossier(een).persoon.verblijfstitels


def test_who_is_known_by_the_old_number_is_from_now_on_the_one_left(twee):
    een, ander = twee
    nummer = dossier(ander).persoon.onderwijsnummer
    voeg_samen(een, ander)
    assert personen.zoek([nummer]) == {nummer: een}


def test_as_of_before_the_merge_still_gives_the_two_old_dossiers(twee):
    een, ander = twee
    toen, oud = register.stand(), (dossier(een), dossier(ander))
    voeg_samen(een, ander)
    assert records(dossier(een, toen)) == records(oud[0])
    assert dossier(ander, toen) == oud[1]
    assert records(dossier(een, register.stand())) == records(*oud)
    assert records(dossier(ander, register.stand())) == {}


def test_an_institution_of_the_old_person_is_involved_with_the_new_one(twee):
    een, ander = twee
    voeg_samen(een, ander)
    assert betrokken(een) == [DAAR, HIER]
    assert betrokken(ander) == [DAAR]  # what it registered then stays readable to it


def test_what_both_have_under_one_key_is_refused_and_named(databank):
    een, ander = een_persoon(inschrijving("1")), een_persoon(inschrijving("1"), diplomas=(diploma(),))
    voor = dossier(een), dossier(ander)
    antwoord = voeg_samen(een, ander)
    assert not antwoord.aanvaard
    (bevinding,) = antwoord.bevindingen
    assert bevinding.regel == "N12"
    assert bevinding.waarden["sleutels"] == [{"soort": "inschrijving", "instelling": HIER, "nummer": "1"}]
    assert (dossier(een), dossier(ander)) == voor
    assert personen.gaat_op_in([ander]) == {}


def test_the_same_melding_again_gives_the_same_answer_and_does_nothing(twee):
    een, ander = twee
    id_ = uuid4()
    eerste = voeg_samen(een, ander, id_)
    aantal = vraag("SELECT count(*) FROM register_versie")
    assert voeg_samen(een, ander, id_) == eerste
    assert vraag("SELECT count(*) FROM register_versie") == aantal
    assert list(regels_van(voeg_samen(ander, een, id_))) == ["N02"]


def test_who_went_up_already_or_does_not_exist_is_refused(twee):
    een, ander = twee
    voeg_samen(een, ander)
    assert list(regels_van(voeg_samen(een, ander))) == ["N11"]
    assert list(regels_van(voeg_samen(een, een))) == ["N11"]
    assert list(regels_van(voeg_samen(een, 10**9))) == ["N11"]


def test_a_trial_run_shows_the_answer_and_changes_nothing(twee):
    een, ander = twee
    melding = b.SamenvoegenPersonen(
        id=uuid4(), afzender="STEL", moment=MOMENT, blijft=een, gaat_op=ander, reden="proef"
    )
    voor = dossier(een), dossier(ander)
    antwoord = voer_uit(melding, "beheerder", proef=True)
    assert (antwoord.aanvaard, antwoord.proef) == (True, True)
    assert (dossier(een), dossier(ander)) == voor
    assert vraag("SELECT 1 FROM register_melding WHERE uuid = %s", melding.id) == []


@pytest.mark.parametrize("reden", ["", "  ", f"het was eigenlijk {bsn(3)}"])
def test_a_reason_is_needed_and_names_nobody_by_number(twee, reden):
    melding = b.SamenvoegenPersonen(
        id=uuid4(), afzender="STEL", moment=MOMENT, blijft=twee[0], gaat_op=twee[1], reden=reden
    )
    with pytest.raises(Onmogelijk, match="reden"):
        voer_uit(melding, "beheerder")


def test_no_institution_merges_persons(twee):
    melding = b.SamenvoegenPersonen(
        id=uuid4(), afzender=HIER, moment=MOMENT, blijft=twee[0], gaat_op=twee[1], reden="x"
    )
    with pytest.raises(Onmogelijk, match="STEL"):
        voer_uit(melding, HIER)


def test_followers_of_either_are_told_and_follow_the_one_left(twee):
    een, ander = twee
    with transaction.atomic(using="stelsel"):
        personen.zet_abonnement(ander, "99ZZ", Abonnementsoort.PERSOONSGEGEVENS, "aan", klok.vandaag())
        personen.zet_abonnement(een, "98ZZ", Abonnementsoort.VOOROPLEIDING, "aan", klok.vandaag())
    voeg_samen(een, ander)
    (bericht,) = register.haal("99ZZ").berichten
    assert bericht.burgerservicenummer == dossier(een).persoon.burgerservicenummer
    assert bericht.persoon.achternaam == "Zonderling"
    assert len(register.haal("98ZZ").berichten) == 1
    assert (een, "99ZZ") in personen.abonnees([een], Abonnementsoort.PERSOONSGEGEVENS, klok.vandaag())


def test_it_is_on_the_audit_trail_and_in_the_processing_log_of_both(twee):
    een, ander = twee
    antwoord = voeg_samen(een, ander)
    ((handeling, door, sleutel, details),) = vraag(
        "SELECT handeling, door, object_sleutel, details::text FROM platform_auditregel"
    )
    assert (handeling, door, sleutel) == ("persoon.samenvoegen", "beheerder", str(een))
    assert str(antwoord.id) in details
    gelogd = vraag("SELECT data_subject_id FROM platform_verwerking WHERE name = 'SamenvoegenPersonen'")
    assert {rij[0] for rij in gelogd} == {personen.pseudoniem(een), personen.pseudoniem(ander)}


def test_open_signals_of_the_merged_person_close(twee):
    een, ander = twee
    voeg_samen(een, ander)
    assert vraag("SELECT 1 FROM kwaliteit_signaal WHERE persoon_id = %s AND gesloten_op IS NULL", ander) == []


def test_who_delivers_during_a_merge_finds_the_one_that_is_left(twee):
    een, ander = twee
    nummer = dossier(ander).persoon.onderwijsnummer

    def lever(volgnummer: int) -> None:
        try:
            registreer(Dossier(Persoon(None, nummer), (inschrijving(f"{volgnummer}", DAAR),)))
        finally:
            connections.close_all()

    def voeg() -> None:
        try:
            assert voeg_samen(een, ander).aanvaard
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as draden:
        werk = [draden.submit(lever, n) for n in range(10, 16)]
        werk.insert(3, draden.submit(voeg))
        werk += [draden.submit(lever, n) for n in range(16, 22)]
        for een_werk in werk:
            een_werk.result()
    assert records(dossier(ander)) == {}
    assert len(dossier(een).inschrijvingen) == 2 + 12


# ----------------------------------------------------------------------------------------- undoing


def test_undoing_a_merge_gives_both_dossiers_back(twee):
    een, ander = twee
    voor = dossier(een), dossier(ander)
    antwoord = voeg_samen(een, ander)
    terug = herroep(antwoord)
    assert terug.aanvaard, terug
    assert (dossier(een), dossier(ander)) == voor
    assert (betrokken(een), betrokken(ander)) == ([HIER], [DAAR])
    assert personen.zoek([voor[1].persoon.onderwijsnummer]) == {voor[1].persoon.onderwijsnummer: ander}
    assert list(regels_van(herroep(antwoord))) == ["N11"]  # once is enough


def test_what_changed_since_stands_in_the_way(twee):
    een, ander = twee
    pgn = dossier(een).persoon.burgerservicenummer
    antwoord = voeg_samen(een, ander)
    registreer(Dossier(Persoon(pgn), (inschrijving("3", DAAR),)))
    voor = dossier(een)
    geweigerd = herroep(antwoord)
    assert list(regels_van(geweigerd)) == ["N11"]
    assert dossier(een) == voor


def test_a_correction_of_what_was_moved_stands_in_the_way(twee):
    een, ander = twee
    pgn = dossier(een).persoon.burgerservicenummer
    antwoord = voeg_samen(een, ander)
    registreer(Dossier(Persoon(pgn), (inschrijving("2", DAAR, reden_uitschrijving="08"),)))
    assert list(regels_van(herroep(antwoord))) == ["N11"]


def test_after_new_records_splitting_takes_them_apart_all_the_same(twee):
    een, ander = twee
    voor = dossier(ander)
    pgn = dossier(een).persoon.burgerservicenummer
    voeg_samen(een, ander)
    registreer(Dossier(Persoon(pgn), (inschrijving("3", DAAR),)))
    weg = [versie_van(een, nummer) for nummer in ("2", "5", "VO 7 2020-08-01", "VO 8")]
    antwoord = splits(een, ander, *weg)
    assert antwoord.aanvaard, antwoord
    assert dossier(ander) == voor
    assert [i.inschrijvingvolgnummer for i in dossier(een).inschrijvingen] == ["3", "1"]
    assert herroep(antwoord).aanvaard  # and then they are one again
    assert personen.gaat_op_in([ander]) == {ander: een}
    assert len(dossier(een).inschrijvingen) == 3


def test_only_what_was_accepted_of_these_kinds_is_undone(twee):
    een, _ = twee
    geweigerd = voeg_samen(een, een)
    assert list(regels_van(herroep(geweigerd))) == ["N11"]
    ((uuid,),) = vraag("SELECT uuid FROM register_melding WHERE soort = 'OvernemenDiploma'")
    assert list(regels_van(herroep(replace(geweigerd, id=uuid)))) == ["N11"]
    assert list(regels_van(herroep(replace(geweigerd, id=uuid4())))) == ["N11"]


# --------------------------------------------------------------------------------------- splitting


def test_a_person_that_proves_to_be_two_is_split_record_by_record(databank):
    een = een_persoon(inschrijving("1"), inschrijving("2", DAAR), diplomas=(diploma(),))
    nieuw = een_persoon()
    voor = records(dossier(een), dossier(nieuw))
    antwoord = splits(een, nieuw, versie_van(een, "2"))
    assert antwoord.aanvaard, antwoord
    assert [i.inschrijvingvolgnummer for i in dossier(nieuw).inschrijvingen] == ["2"]
    assert records(dossier(een), dossier(nieuw)) == voor
    assert betrokken(nieuw) == [DAAR]
    assert herroep(antwoord).aanvaard
    assert (len(dossier(een).inschrijvingen), betrokken(nieuw)) == (2, [])


def test_a_version_that_no_longer_holds_is_not_split_off(databank):
    een, nieuw = een_persoon(inschrijving("1")), een_persoon()
    versie = versie_van(een, "1")
    pgn = dossier(een).persoon.pgn
    registreer(Dossier(Persoon(pgn), (inschrijving("1", reden_uitschrijving="08"),)))
    assert list(regels_van(splits(een, nieuw, versie))) == ["N11"]
    assert list(regels_van(splits(een, nieuw))) == ["N11"]
    assert list(regels_van(splits(een, een, versie_van(een, "1")))) == ["N11"]


# ---------------------------------------------------------------------------------- always and ever

_NUMMERS = st.sampled_from(["1", "2", "3"])
_INSTELLINGEN = st.sampled_from([HIER, DAAR])


@st.composite
def inhoud(draw: st.DrawFn) -> Dossier:
    sleutels = st.sets(st.tuples(_NUMMERS, _INSTELLINGEN), max_size=3)
    return Dossier(
        Persoon(),
        tuple(inschrijving(*s) for s in draw(sleutels)),
        tuple(diploma(*s) for s in draw(sleutels)),
        (),
        tuple(deelname(n) for n in draw(st.sets(_NUMMERS, max_size=2))),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(een=inhoud(), ander=inhoud(), draait_om=st.booleans())
def test_a_merge_keeps_everything_and_undoing_it_changes_nothing(databank, een, ander, draait_om):
    blijft = registreer(replace(een, persoon=wie(bsn(next(plaatsen)))))
    gaat_op = registreer(replace(ander, persoon=wie(None, own(next(plaatsen)))))
    if draait_om:
        blijft, gaat_op = gaat_op, blijft
    voor = dossier(blijft), dossier(gaat_op)
    antwoord = voeg_samen(blijft, gaat_op)
    dubbel = set(records(voor[0])) & set(records(voor[1]))
    assert antwoord.aanvaard == (not dubbel)
    if antwoord.aanvaard:
        assert records(dossier(blijft)) == records(*voor)
        assert records(dossier(gaat_op)) == {}
        assert herroep(antwoord).aanvaard
    assert (dossier(blijft), dossier(gaat_op)) == voor
