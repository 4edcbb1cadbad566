"""What one melding asks of the database: each statement is a way to and fro, and they make up most of its time."""

import pytest

from tests.voorzieningen.register.opzet import tel_statements
from tests.voorzieningen.register.wereld import identificeer, lukt, plaats_bpv, schrijf_in, wie, zet_klaar

MEEST = 24
"""Nineteen of the register, its outbox and its signals; the rest is for the rooms that follow it."""


@pytest.fixture
def statements(databank, monkeypatch) -> list[str]:
    """Return the statements of a process that has met its rules and reference data before."""
    zet_klaar(monkeypatch)
    lukt(identificeer(wie(0)), identificeer(wie(1)), schrijf_in(wie(0)))
    lukt(schrijf_in(wie(0), "2"))
    return tel_statements(monkeypatch)


@pytest.mark.parametrize("melding", [lambda: schrijf_in(wie(1)), lambda: plaats_bpv(wie(0))])
def test_one_melding_asks_the_database_no_more_than_so_often(statements, melding):
    een = melding()
    statements.clear()
    lukt(een)
    assert len(statements) <= MEEST, "\n".join(statements)


def test_which_versions_of_rules_and_reference_data_hold_is_asked_once_in_a_transaction(statements):
    statements.clear()
    lukt(schrijf_in(wie(1)))
    for tabel in ("register_regelinstelling", "stamgegevens_versie"):
        assert len([een for een in statements if tabel in een]) == 1, tabel
