"""A sample that anybody can draw again, and that treats no difference better than another."""

import hashlib
from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.kern.verschil import Relevantie, SoortWijziging, Verschil
from kernregister.voorzieningen.overzichten.steekproef import Steekproef, lot, trek, verdeel

REDENEN = [*Relevantie]


def verschil(nummer: int, reden: Relevantie = Relevantie.WIJZIGING_MET_J) -> Verschil:
    return Verschil(
        "ISP", SoortWijziging.WIJZIGING, f"9999{nummer:05}", None, ("1", "2025-08-01"), None, None, reden
    )


def lijst(*aantallen: int) -> list[Verschil]:
    """Return so many differences that can be relevant, that have to be judged, and that are not relevant."""
    redenen = (Relevantie.RECORD_MET_J, Relevantie.GEEN_TELDATA, Relevantie.RECORD_NN)
    return [
        verschil(1000 * plaats + n, reden)
        for plaats, (reden, aantal) in enumerate(zip(redenen, aantallen, strict=True))
        for n in range(aantal)
    ]


def test_the_same_seed_draws_the_same_and_another_seed_something_else():
    verschillen = lijst(200, 50, 50)
    eerste = trek(Steekproef(30, "a"), verschillen)
    assert trek(Steekproef(30, "a"), verschillen) == eerste
    assert trek(Steekproef(30, "b"), verschillen).getrokken != eerste.getrokken


def test_it_is_drawn_again_with_nothing_but_sha256_and_the_words_of_the_method():
    verschillen = lijst(40, 0, 0)
    getrokken = trek(Steekproef(5, "z"), verschillen).getrokken

    def som(v: Verschil) -> str:
        tekst = f"z|ISP|W|{v.burgerservicenummer}||1 2025-08-01"
        return hashlib.sha256(tekst.encode("utf-8")).hexdigest()

    verwacht = sorted(verschillen, key=som)[:5]
    assert [verschillen[g.plaats] for g in getrokken] == verwacht
    assert [g.rang for g in getrokken] == [1, 2, 3, 4, 5]
    assert lot("z", verschillen[0]) == som(verschillen[0])


def test_the_order_of_the_list_plays_no_part():
    verschillen = lijst(60, 20, 20)
    een = trek(Steekproef(12, "z"), verschillen)
    ander = trek(Steekproef(12, "z"), verschillen[::-1])
    assert [verschillen[g.plaats] for g in een.getrokken] == [
        verschillen[::-1][g.plaats] for g in ander.getrokken
    ]


def test_a_larger_sample_holds_the_smaller_one_within_a_stratum():
    verschillen = lijst(100, 0, 0)
    klein, groot = ({g.plaats for g in trek(Steekproef(n, "z"), verschillen).getrokken} for n in (10, 25))
    assert klein < groot


def test_the_strata_get_their_share():
    trekking = trek(Steekproef(40, "z"), lijst(300, 75, 25))
    assert [(s.naam, s.aantal, s.getrokken) for s in trekking.strata] == [
        ("Kan relevant zijn", 300, 30),
        ("Zelf beoordelen", 75, 8),
        ("Niet relevant", 25, 2),
    ]
    assert Counter(g.stratum for g in trekking.getrokken) == {
        "Kan relevant zijn": 30,
        "Zelf beoordelen": 8,
        "Niet relevant": 2,
    }


def test_a_sample_larger_than_the_list_is_the_list_and_of_nothing_it_is_nothing():
    assert len(trek(Steekproef(10, "z"), lijst(2, 1, 0)).getrokken) == 3
    assert trek(Steekproef(10, "z"), []).getrokken == ()


@given(st.integers(1, 60), st.lists(st.integers(0, 40), min_size=3, max_size=3))
def test_a_size_is_divided_over_strata_in_full_and_no_stratum_is_left_out_that_need_not_be(omvang, aantallen):
    uit = verdeel(omvang, aantallen)
    totaal = sum(aantallen)
    assert sum(uit) == min(omvang, totaal)
    assert all(0 <= n <= aantal for n, aantal in zip(uit, aantallen, strict=True))
    niet_leeg = sum(map(bool, aantallen))
    if omvang >= niet_leeg:
        assert all(n for n, aantal in zip(uit, aantallen, strict=True) if aantal)
    for n, aantal in zip(uit, aantallen, strict=True):
        if totaal:
            assert abs(n - min(omvang, totaal) * aantal / totaal) < 3


@given(st.integers(1, 30), st.lists(st.sampled_from(REDENEN), max_size=40), st.text(min_size=1, max_size=10))
def test_nothing_is_drawn_twice(omvang, redenen, zaad):
    if not zaad.isprintable():
        return
    verschillen = [verschil(n, reden) for n, reden in enumerate(redenen)]
    plaatsen = [g.plaats for g in trek(Steekproef(omvang, zaad), verschillen).getrokken]
    assert len(plaatsen) == len(set(plaatsen)) == min(omvang, len(verschillen))


@pytest.mark.parametrize(
    ("omvang", "zaad"),
    [(0, "z"), (-1, "z"), (10**9, "z"), (5, ""), (5, "x" * 101), (5, "a\x00b"), (5, "a\nb")],
)
def test_a_size_or_a_seed_that_makes_no_sense_is_refused_in_words(omvang, zaad):
    with pytest.raises(ValueError, match="steekproef"):
        Steekproef(omvang, zaad)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"omvang": omvang, "zaad": zaad}, Steekproef)
