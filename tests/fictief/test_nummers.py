"""Made-up numbers pass the checks, differ, come in order and lie where no real ones do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.fictief.nummers import (
    MEESTE_BSN,
    MEESTE_ONDERWIJSNUMMERS,
    burgerservicenummer,
    onderwijsnummer,
)
from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer


@given(st.integers(1, MEESTE_BSN).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_a_burgerservicenummer_passes_its_check_from_990000000_on(plek: tuple[int, int]) -> None:
    aantal, plaats = plek
    nummer = burgerservicenummer(plaats, aantal)
    assert is_bsn(nummer)
    assert nummer.startswith("99")


@given(
    st.integers(1, MEESTE_ONDERWIJSNUMMERS).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1)))
)
def test_an_onderwijsnummer_passes_its_check_from_109000000_on(plek: tuple[int, int]) -> None:
    aantal, plaats = plek
    nummer = onderwijsnummer(plaats, aantal)
    assert is_onderwijsnummer(nummer)
    assert nummer.startswith("109")


@pytest.mark.parametrize("aantal", [1, 9, 10, 5000])
def test_numbers_differ_and_come_in_order(aantal: int) -> None:
    for maak in (burgerservicenummer, onderwijsnummer):
        rij = [maak(plaats, aantal) for plaats in range(aantal)]
        assert rij == sorted(set(rij))


def test_a_small_sector_has_numbers_that_are_customary_in_tests() -> None:
    assert burgerservicenummer(0, 2000).startswith("9999")
