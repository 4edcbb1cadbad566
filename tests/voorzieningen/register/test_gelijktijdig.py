"""Many at once: on one person in turn, on others side by side, under one UUID once; a stand that was seen stays."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connections, transaction

from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.volgers import volgers
from tests.voorzieningen.kwaliteit.opzet import open_in_tabel, verse_sweep
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    VANDAAG,
    diplomeer,
    dossier,
    geef_keuzedeel,
    identificeer,
    lukt,
    plaats_bpv,
    regels,
    schrijf_in,
    stuur,
    wie,
    zet_klaar,
)

EEN = wie(0)
DRADEN = 6


@pytest.fixture(autouse=True)
def wereld(databank, monkeypatch):
    zet_klaar(monkeypatch)


def tegelijk(*werk: Callable[[], Any]) -> list[Any]:
    """Do all of this at the same moment, each on connections of its own."""
    start = Barrier(len(werk))

    def een(doe: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return doe()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(werk)) as draden:
        return [deel.result(60) for deel in [draden.submit(een, doe) for doe in werk]]


def elk(meldingen: Sequence[Any]) -> list[Any]:
    """Deliver each melding in a call of its own, all at once."""
    return [antwoord for (antwoord,) in tegelijk(*[lambda m=m: stuur(m) for m in meldingen])]


def test_meldingen_on_one_person_wait_for_each_other_and_none_is_lost():
    lukt(identificeer(EEN), schrijf_in(EEN))
    antwoorden = elk([plaats_bpv(EEN, str(nummer)) for nummer in range(1, DRADEN + 1)])
    assert all(antwoord.aanvaard for antwoord in antwoorden)
    (een,) = dossier(EEN).inschrijvingen
    assert [bpv.volgnummer for bpv in een.bpvs] == [str(n) for n in range(1, DRADEN + 1)]
    assert vraag(
        "SELECT count(*) FROM register_versie WHERE soort = 'inschrijving' AND melding_tot IS NULL"
    ) == [(1,)]
    # every state on the way is there to be asked, and each holds one more
    laatste = register.stand()
    aantallen = [
        len(dossier(EEN, stand).inschrijvingen[0].bpvs) for stand in range(laatste - DRADEN, laatste + 1)
    ]
    assert aantallen == list(range(DRADEN + 1))


def test_of_two_that_exclude_each_other_one_is_refused():
    lukt(identificeer(EEN), schrijf_in(EEN))
    antwoorden = elk([diplomeer(EEN, "7"), geef_keuzedeel(EEN, "7")])
    assert sorted(antwoord.aanvaard for antwoord in antwoorden) == [False, True]
    assert [regels(a) for a in antwoorden if not a.aanvaard] == [["K03"]]


def test_meldingen_on_many_persons_all_succeed():
    mensen = [wie(plaats) for plaats in range(DRADEN * 4)]

    def school(deel: int) -> list[Any]:
        eigen = mensen[deel::DRADEN]
        van = (HIER, DAAR)[deel % 2]
        return lukt(*[m for een in eigen for m in (identificeer(een, van), schrijf_in(een, van=van))])

    tegelijk(*[lambda deel=deel: school(deel) for deel in range(DRADEN)])
    assert sum(len(dossier(een).inschrijvingen) for een in mensen) == len(mensen)
    assert open_in_tabel() == verse_sweep(VANDAAG)


def test_batches_that_meet_on_the_same_persons_in_another_order_all_succeed():
    mensen = [wie(plaats) for plaats in range(8)]
    heen = [m for een in mensen for m in (identificeer(een), schrijf_in(een))]
    terug = [m for een in reversed(mensen) for m in (identificeer(een, DAAR), schrijf_in(een, van=DAAR))]
    tegelijk(lambda: lukt(*heen), lambda: lukt(*terug))
    assert all(len(dossier(een).inschrijvingen) == 2 for een in mensen)


def test_the_same_uuid_at_the_same_moment_is_applied_once_and_answered_alike():
    lukt(identificeer(EEN))
    melding = schrijf_in(EEN)
    antwoorden = elk([melding] * 4)
    assert all(antwoord == antwoorden[0] for antwoord in antwoorden)
    assert antwoorden[0].aanvaard
    assert vraag("SELECT count(*) FROM register_versie WHERE soort = 'inschrijving'") == [(1,)]
    assert vraag("SELECT count(*) FROM register_melding WHERE uuid = %s", melding.id) == [(1,)]


def test_who_is_unknown_is_made_once_whoever_asks():
    antwoorden = elk([identificeer(EEN, van) for van in (HIER, DAAR) * 2])
    assert all(antwoord.aanvaard for antwoord in antwoorden)
    assert len({antwoord.persoon for antwoord in antwoorden}) == 1
    assert vraag("SELECT count(*) FROM personen_persoon") == [(1,)]


def test_who_is_slow_to_commit_never_appears_before_a_stand_that_was_handed_out(monkeypatch):
    """A melding that began first and commits last comes after what was seen meanwhile."""
    ander = wie(1)
    lukt(identificeer(EEN), identificeer(ander))
    bezig, verder = Event(), Event()

    def treuzel(toegepast: Sequence[register.Toegepast], nu: Any, vandaag: Any) -> dict[int, Any]:
        if any(een.na.persoon.pgn == EEN.pgn for een in toegepast):
            # its transaction has its number; the rest of the register goes on
            with connections["stelsel"].cursor() as sql:
                sql.execute("SELECT pg_current_xact_id()")
            bezig.set()
            assert verder.wait(30)
        return {}

    monkeypatch.setattr("kernregister.voorzieningen.register.volgers.volgers", [*volgers, treuzel])

    def langzaam() -> Any:
        try:
            return lukt(schrijf_in(EEN))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as draad:
        traag = draad.submit(langzaam)
        try:
            assert bezig.wait(30)
            lukt(schrijf_in(ander))
            gezien = register.stand()
            toen = dict(register.dossiers(stand=gezien))
        finally:
            verder.set()
        traag.result(60)
    assert dict(register.dossiers(stand=gezien)) == toen, "something appeared in what was handed out"
    straks = register.stand()
    assert straks > gezien
    assert [len(d.inschrijvingen) for _, d in register.dossiers(stand=straks)] == [1, 1]


def test_a_batch_that_fails_halfway_leaves_nothing_behind(monkeypatch):
    lukt(identificeer(EEN))
    voor = vraag("SELECT count(*) FROM register_melding"), vraag("SELECT count(*) FROM register_versie")

    def struikel(*_: Any) -> dict[int, Any]:
        raise RuntimeError("de stroom viel uit")

    monkeypatch.setattr("kernregister.voorzieningen.register.volgers.volgers", [*volgers, struikel])
    melding = schrijf_in(EEN)
    with pytest.raises(RuntimeError):
        stuur(melding)
    monkeypatch.undo()
    assert (
        vraag("SELECT count(*) FROM register_melding"),
        vraag("SELECT count(*) FROM register_versie"),
    ) == voor
    assert not transaction.get_connection("stelsel").in_atomic_block
    lukt(melding)
