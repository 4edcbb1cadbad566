"""Numbers at rest: unreadable without the key, found all the same."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from kernregister.fictief import nummers
from kernregister.platform.versleuteling import Kluis

KLUIS = Kluis(bytes(32), bytes(range(32)))
ANDER = Kluis(bytes([1] * 32), bytes(32))
BSN = nummers.burgerservicenummer(0, 1)


@given(st.text())
def test_what_goes_in_comes_out(tekst):
    assert KLUIS.ontsleutel(KLUIS.versleutel(tekst)) == tekst


def test_the_same_number_is_never_the_same_bytes_and_always_found_under_the_same_key():
    assert KLUIS.versleutel(BSN) != KLUIS.versleutel(BSN)
    assert KLUIS.zoek(BSN) == KLUIS.zoek(BSN)
    assert KLUIS.zoek(BSN) != ANDER.zoek(BSN)
    assert BSN.encode() not in KLUIS.versleutel(BSN) + KLUIS.zoek(BSN)


@pytest.mark.parametrize("plaats", [0, 1, 12, 13, 20, -1])
def test_bytes_that_were_changed_are_not_believed(plaats):
    dicht = bytearray(KLUIS.versleutel(BSN))
    dicht[plaats] ^= 1
    with pytest.raises(InvalidTag):
        KLUIS.ontsleutel(bytes(dicht))
    with pytest.raises(InvalidTag):
        ANDER.ontsleutel(KLUIS.versleutel(BSN))


@given(st.binary(), st.binary())
def test_bytes_open_in_the_place_they_were_made_for_and_nowhere_else(inhoud, plaats):
    dicht = KLUIS.sluit(inhoud, plaats)
    assert KLUIS.open(dicht, plaats) == inhoud
    with pytest.raises(InvalidTag):
        KLUIS.open(dicht, plaats + b"x")
