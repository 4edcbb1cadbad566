"""Numbers for deliveries that may not say who somebody is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.kern.overzichten.hernummeren import NUMMERS, Hernummering
from kernregister.kern.sleutels import is_nummer_van_persoon

SLEUTEL = bytes(range(32))
IP = Hernummering(SLEUTEL, "IP")
PERSONEN = st.integers(0, NUMMERS - 1)


@given(PERSONEN)
def test_no_number_is_or_looks_like_that_of_a_person(nummer):
    gemaakt = IP(nummer)
    assert len(gemaakt) == 9
    assert gemaakt.isdigit()
    assert not is_nummer_van_persoon(gemaakt)


@given(PERSONEN, PERSONEN)
def test_two_persons_never_share_a_number(een, ander):
    assert (IP(een) == IP(ander)) == (een == ander)


def test_of_a_hundred_thousand_persons_in_a_row_none_shares_a_number_and_their_order_is_gone():
    nummers = [IP(n) for n in range(100_000)]
    assert len(set(nummers)) == 100_000
    opvolgend = sum(a < b for a, b in pairwise(nummers))
    assert 49_000 < opvolgend < 51_000
    assert 9_500 < sum(n[0] == "7" for n in nummers) < 10_500


def test_the_numbers_of_today_are_those_of_next_year():
    assert [IP(n) for n in (0, 1, 12345)] == ["274119603", "350286542", "869066299"]


@given(PERSONEN)
def test_the_same_person_has_the_same_number_again_and_elsewhere_another(nummer):
    assert Hernummering(SLEUTEL, "IP")(nummer) == IP(nummer)


def test_another_receiver_or_another_key_gives_other_numbers():
    elders, anders = Hernummering(SLEUTEL, "CBS"), Hernummering(SLEUTEL[::-1], "IP")
    for h in (elders, anders):
        assert sum(h(n) == IP(n) for n in range(1000)) <= 1


def test_a_short_key_and_a_number_that_others_know_are_refused_without_saying_it():
    with pytest.raises(ValueError, match="15 bytes"):
        Hernummering(bytes(15))
    with pytest.raises(ValueError, match="eigen nummer") as fout:
        IP(999990007)
    assert "999990007" not in str(fout.value)
    with pytest.raises(ValueError, match="eigen nummer"):
        IP(-1)
