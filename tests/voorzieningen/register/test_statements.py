"""What one melding asks of the database: each statement is a way to and fro, and they make up most of its time."""

import pytest
from django.db import transaction

from kernregister.platform.sql import cursor
from kernregister.voorzieningen.register import standen
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


def test_who_was_first_is_found_without_reading_the_journal_also_right_after_a_large_load(databank):
    with transaction.atomic(using="stelsel"), cursor() as sql:
        sql.execute(
            "INSERT INTO register_melding (uuid, soort, afzender, moment, persoon_id, inhoud, vingerafdruk, aanvaard,"
            " antwoord, client, ontvangen_op) SELECT gen_random_uuid(), 'x', '27DV', now(), n, '{}', '', true, '{}',"
            " '', now() FROM generate_series(1, 20000) AS n"
        )
    with transaction.atomic(using="stelsel"), cursor() as sql:
        sql.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        sql.execute(f"PREPARE eerst (bigint[], text[]) AS {standen._INGEHAALD % ('$1', '$2')}")
        sql.execute("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) EXECUTE eerst ('{5}', '{y}')")
        plan = [regel for (regel,) in sql]
    gelezen = [regel for regel in plan if "Scan" in regel and "never executed" not in regel]
    assert len(gelezen) == 1, plan
    assert "Index" in gelezen[0]
