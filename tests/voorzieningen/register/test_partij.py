"""In one call or one by one, dry or for real: the same answers, and a dry run leaves nothing behind."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.verwerking import _Partij
from tests.voorzieningen.register.test_toestanden import MELDINGEN
from tests.voorzieningen.register.wereld import (
    HIER,
    identificeer,
    inhoud_van_alle_tabellen,
    lees,
    lukt,
    plaats_bpv,
    regels,
    schrijf_in,
    stuur,
    wie,
    zet_klaar,
)

EEN = wie(0)
HERKOMST = register.Herkomst("test", "")


@pytest.fixture(autouse=True)
def wereld(databank, monkeypatch):
    zet_klaar(monkeypatch)


def test_a_dry_run_answers_as_a_real_one_and_leaves_nothing_behind_but_that_somebody_looked():
    voor = inhoud_van_alle_tabellen()
    partij = [
        identificeer(EEN, abonnement="aan", studentnummer="s-1"),
        schrijf_in(EEN, studentnummer="s-1"),
        plaats_bpv(EEN),
        lees("AanvragenVooropleiding", HIER, EEN, abonnement="aan"),
        schrijf_in(EEN, "2", perioden=[]),
    ]
    droog = stuur(*partij, proef=True)
    anders = {tabel for tabel, inhoud in inhoud_van_alle_tabellen().items() if inhoud != voor[tabel]}
    assert anders == {"platform_verwerking"}, "that somebody was looked at is on record"
    assert [antwoord.aanvaard for antwoord in droog] == [True, True, True, True, False]
    assert all(antwoord.proef for antwoord in droog)
    nat = stuur(*partij)
    assert [_zonder_persoon(antwoord) for antwoord in droog] == [
        _zonder_persoon(antwoord) for antwoord in nat
    ]
    assert inhoud_van_alle_tabellen() != voor


def _zonder_persoon(antwoord: Terugkoppeling) -> Terugkoppeling:
    """Leave out what a dry run cannot know: under which id somebody will be made."""
    return structs.replace(antwoord, persoon=None, proef=False)


def test_in_a_batch_a_later_melding_builds_on_an_earlier_one_and_a_refused_one_stops_only_what_needs_it():
    antwoorden = stuur(
        identificeer(EEN),
        schrijf_in(EEN, "1", perioden=[]),
        plaats_bpv(EEN, onder="1"),
        schrijf_in(EEN, "2"),
        plaats_bpv(EEN, onder="2"),
    )
    assert [regels(antwoord) for antwoord in antwoorden] == [[], ["G08"], ["N06"], [], []]


def test_a_melding_that_is_in_a_batch_twice_is_one_melding_unless_it_says_something_else():
    melding = schrijf_in(EEN)
    anders = structs.replace(melding, studentnummer="s-9")
    eerste, tweede, derde = lukt(identificeer(EEN)) and stuur(melding, melding, anders)
    assert eerste.aanvaard
    assert tweede == eerste
    assert regels(derde) == ["N02"]


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.lists(MELDINGEN, min_size=4, max_size=14), st.integers(2, 14))
def test_the_size_of_a_batch_makes_no_difference(databank, meldingen, per):
    """The same deliveries one by one and in batches; what the first did is rolled back before the second."""
    vers = [structs.replace(melding, id=uuid4()) for melding in meldingen]
    los, dossiers_los = _terug(lambda: [_Partij([m], HERKOMST, False).verwerk()[0] for m in vers])
    samen, dossiers_samen = _terug(
        lambda: [
            antwoord
            for begin in range(0, len(vers), per)
            for antwoord in _Partij(vers[begin : begin + per], HERKOMST, False).verwerk()
        ]
    )
    assert [_zonder_persoon(antwoord) for antwoord in los] == [
        _zonder_persoon(antwoord) for antwoord in samen
    ]
    assert dossiers_los == dossiers_samen


def _terug(doe: Callable[[], list[Terugkoppeling]]) -> tuple[list[Terugkoppeling], list[Dossier]]:
    """Do something, look at everybody's dossier, and undo it."""
    with transaction.atomic(using="stelsel"):
        antwoorden = doe()
        gevonden = [dossier for _, dossier in register.dossiers()]
        transaction.set_rollback(True, using="stelsel")
    return antwoorden, sorted(gevonden, key=lambda dossier: dossier.persoon.pgn)
