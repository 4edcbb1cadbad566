"""Group F: what the numbers of a person say of themselves."""

import pytest

from kernregister.kern.regels.nummers import aard
from tests.kern.voorbeelden import bevindingen, inschrijving, student

NUMMERREGELS = ("F01", "F02", "F03", "F04", "F05")


def gevonden(bsn, onderwijsnummer):
    dossier = student(inschrijving(), burgerservicenummer=bsn, onderwijsnummer=onderwijsnummer)
    return [u for id_ in NUMMERREGELS for u in bevindingen(id_, dossier, "2025-10-01")]


@pytest.mark.parametrize(
    ("bsn", "onderwijsnummer", "regels"),
    [
        ("999990007", None, []),
        (None, "100310303", []),
        ("999990007", "100310303", []),
        ("999990008", None, ["F01"]),
        ("BSN1", None, ["F01"]),
        ("000000000", None, ["F01"]),
        (None, "BSN8", ["F02"]),
        ("100310303", None, ["F03"]),
        (None, "999990007", ["F04"]),
        ("100310303", "999990007", ["F03", "F04"]),
        (None, None, ["F05"]),
        ("", "", ["F05"]),
    ],
)
def test_each_number_gets_one_verdict(bsn, onderwijsnummer, regels):
    assert [u.regel for u in gevonden(bsn, onderwijsnummer)] == regels


@pytest.mark.parametrize(
    ("bsn", "gebrek"),
    [("BSN1", "vorm"), ("99999000", "vorm"), ("999990008", "nummerproef"), ("٩٩٩٩٩٠٠٠٧", "nummerproef")],
)
def test_a_pseudonym_is_told_from_a_slip(bsn, gebrek):
    assert gevonden(bsn, None)[0].waarden == {"gebrek": gebrek}


def test_one_number_is_checked_once_for_all_rules():
    aard.cache_clear()
    gevonden("999990019", None)
    assert aard.cache_info().misses == 1


def test_no_number_stands_in_the_values_of_a_finding():
    for bsn in ("999990008", "100310303"):
        assert bsn not in str(gevonden(bsn, None)[0].waarden)
