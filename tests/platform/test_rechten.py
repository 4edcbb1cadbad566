"""The permission table: a route is closed until somebody writes down who may enter."""

import pytest

from kernregister.platform.pas import Bijzonder, Pas, Soort
from kernregister.platform.rechten import ALLEEN_PROEF, OPENBAAR, RECHTEN, Recht, bijzonder_van, mag

ALLES = frozenset(Recht)
INSTELLING = Pas(Soort.INSTELLING, "27DV")


def test_a_route_that_nobody_wrote_down_is_closed_to_everybody():
    assert not any(mag(Pas(soort), ALLES, "nieuw_bedacht") for soort in Soort)
    assert not mag(None, ALLES, "nieuw_bedacht")


def test_without_a_pass_only_what_holds_nothing_of_anybody_opens():
    assert {route for route in (*RECHTEN, *OPENBAAR) if mag(None, ALLES, route)} == OPENBAAR


@pytest.mark.parametrize("route", sorted(RECHTEN))
def test_each_scope_and_each_kind_that_a_route_asks_for_is_needed(route):
    toegang = RECHTEN[route]
    assert toegang.soorten
    for soort in Soort:
        assert mag(Pas(soort), toegang.rechten, route) == (soort in toegang.soorten)
        for recht in toegang.rechten:
            assert not mag(Pas(soort), ALLES - {recht}, route)


def test_only_an_institution_writes_what_is_registered():
    schrijft = [route for route, toegang in RECHTEN.items() if Recht.MELDINGEN_SCHRIJVEN in toegang.rechten]
    assert {soort for route in schrijft for soort in RECHTEN[route].soorten if route not in ALLEEN_PROEF} == {
        Soort.INSTELLING
    }


def test_every_scope_opens_a_route_or_special_data():
    gebruikt = frozenset().union(*(toegang.rechten for toegang in RECHTEN.values()))
    assert gebruikt | {Recht.ONDERSTEUNING_LEZEN, Recht.VERBLIJF_LEZEN} == ALLES


def test_no_route_is_both_open_and_closed():
    assert RECHTEN.keys() & OPENBAAR == set()
    assert RECHTEN.keys() | OPENBAAR >= ALLEEN_PROEF


@pytest.mark.parametrize(
    ("gekregen", "ziet"),
    [
        ([], set()),
        (["dossier.lezen"], set()),
        (["ondersteuning.lezen"], {Bijzonder.ONDERSTEUNING}),
        (["verblijf.lezen", "onbekend"], {Bijzonder.VERBLIJF}),
        (list(Recht), set(Bijzonder)),
    ],
)
def test_special_data_asks_for_a_scope_of_its_own(gekregen, ziet):
    assert bijzonder_van(gekregen) == ziet


def test_a_scope_that_only_looks_like_one_opens_nothing():
    assert mag(INSTELLING, ["meldingen.schrijven"], "melding_indienen")
    for nep in (["Meldingen.Schrijven"], ["meldingen.schrijven "], ["meldingen"], ["*"], [""]):
        assert not mag(INSTELLING, nep, "melding_indienen")
