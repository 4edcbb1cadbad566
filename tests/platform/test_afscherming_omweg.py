"""Somebody who can run any SQL as the application looks for a way round the policies."""

import psycopg
import pytest
from django.db import connections

from kernregister.platform import pas as pas_module
from kernregister.platform.databank.rollen import APP, STELSEL
from kernregister.platform.pas import Pas, Soort, hmac_blokken, met_pas, onderteken
from tests.platform.kleine_sector import EIGEN, neem, straks, ziet

OPENBAAR = {
    "django_migrations": "which migrations ran: nothing of anybody",
    "register_stand": "stand numbers reveal nothing",
    "register_regelinstelling": "what the register decided about rules is published with the rules",
}
"""Tables that the application reads without row level security, with the reason why that is no harm."""
OPENBARE_KAMER = ("stamgegevens_",)
"""Reference data: codes of institutions, programmes and places; no row is of a person."""


def test_every_table_is_shielded_or_public_with_a_reason(databank):
    """Who adds a table opens it with SchermAf, lists it here with the reason, or leaves it closed to all."""
    open_zonder_reden = []
    with databank.verbind("kernregister_eigenaar") as eigenaar:
        tabellen = eigenaar.execute(
            "SELECT relname, relkind, relrowsecurity AND relforcerowsecurity, reloptions,"
            " has_any_column_privilege('kernregister_app', oid, 'SELECT, INSERT, UPDATE, REFERENCES')"
            " OR has_table_privilege('kernregister_app', oid, 'DELETE, TRUNCATE, TRIGGER')"
            " FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'f', 'm', 'v')"
        ).fetchall()
    assert len(tabellen) > 15
    for naam, soort, afgeschermd, opties, bereikbaar in tabellen:
        if not bereikbaar or afgeschermd or naam in OPENBAAR or naam.startswith(OPENBARE_KAMER):
            continue
        if soort == "v" and {"security_invoker=true", "security_barrier=true"} & {*(opties or ())}:
            continue
        open_zonder_reden.append(naam)
    assert open_zonder_reden == []


def test_what_is_public_is_not_written_by_the_application(databank):
    with databank.verbind("kernregister_eigenaar") as eigenaar:
        schrijfbaar = eigenaar.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT relrowsecurity AND (has_any_column_privilege('kernregister_app', oid, 'INSERT, UPDATE')"
            " OR has_table_privilege('kernregister_app', oid, 'DELETE, TRUNCATE, TRIGGER'))"
        ).fetchall()
    assert schrijfbaar == []


@pytest.mark.parametrize("soort", list(Soort))
def test_with_a_pass_of_nobody_every_shielded_table_is_empty(sector, soort):
    """For each table in turn, whatever room made it: a key that belongs to nobody sees no row."""
    if soort is Soort.DUO:
        pytest.skip("DUO sees all")
    with sector.verbind("kernregister_eigenaar") as eigenaar:
        tabellen = eigenaar.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm')"
            " AND (relrowsecurity OR relkind <> 'r') AND has_table_privilege('kernregister_app', oid, 'SELECT')"
        ).fetchall()
    assert len(tabellen) >= 8
    with met_pas(Pas(soort, "404")), connections["default"].cursor() as cursor:
        for (tabel,) in tabellen:
            cursor.execute(f"SELECT count(*) FROM {tabel}")
            assert (tabel, cursor.fetchone()) == (tabel, (0,))


def doe(verbinding: psycopg.Connection, opdracht: str) -> None:
    if not opdracht.startswith("COPY"):
        verbinding.execute(opdracht)
        return
    with verbinding.cursor().copy(opdracht) as stroom:
        list(stroom) if "TO" in opdracht else stroom.write("")


@pytest.mark.parametrize(
    "opdracht",
    [
        "SET ROLE kernregister_stelsel",
        "SET ROLE kernregister_eigenaar",
        "SET SESSION AUTHORIZATION kernregister_eigenaar",
        "SET session_replication_role = replica",
        "ALTER TABLE register_versie DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE register_versie NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY app_lees ON register_versie",
        "CREATE POLICY alles ON register_versie USING (true)",
        "ALTER ROLE kernregister_app BYPASSRLS",
        "CREATE FUNCTION lek(text) RETURNS boolean COST 0.0001 LANGUAGE sql AS 'SELECT true'",
        "CREATE FUNCTION pg_temp.lek(text) RETURNS boolean COST 0.0001 LANGUAGE sql AS 'SELECT true'",
        "CREATE OPERATOR public.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
        "CREATE TABLE register_kopie AS SELECT * FROM register_versie",
        "CREATE TEMPORARY TABLE platform_passleutel (id int, binnen bytea, buiten bytea)",
        "CREATE VIEW kijk AS SELECT * FROM register_versie",
        "CREATE SCHEMA eigen",
        "CREATE STATISTICS s ON persoon_id, instelling FROM register_versie",
        "CREATE TRIGGER t BEFORE INSERT ON register_versie FOR EACH ROW EXECUTE FUNCTION alleen_toevoegen()",
        "CREATE RULE r AS ON SELECT TO register_versie DO INSTEAD SELECT 1",
        "CREATE OR REPLACE FUNCTION pas_delen() RETURNS text[] LANGUAGE sql AS $$ SELECT '{1,duo,,,,9,x}'::text[] $$",
        "ALTER FUNCTION pas_delen() SECURITY INVOKER",
        "ALTER FUNCTION pas_delen() RESET search_path",
        "DROP FUNCTION pas_delen CASCADE",
        "SELECT * FROM platform_passleutel",
        "SELECT binnen FROM platform_passleutel",
        "UPDATE platform_passleutel SET binnen = '', buiten = ''",
        "INSERT INTO platform_passleutel VALUES (2, '', '')",
        "COPY platform_passleutel TO STDOUT",
        "COPY register_versie FROM STDIN",
        "COPY register_versie TO '/dev/null'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT lo_import('/etc/hostname')",
        "SELECT nextval(pg_get_serial_sequence('register_versie', 'id'))",
        "SELECT * FROM pg_statistic",
        "SELECT * FROM pg_authid",
        "LOCK TABLE register_versie IN ACCESS EXCLUSIVE MODE",
        "REINDEX TABLE register_versie",
        "DO LANGUAGE plpgsql $$ BEGIN EXECUTE 'SET ROLE kernregister_stelsel'; END $$",
        "SELECT * FROM register_versie FOR UPDATE",
        "TRUNCATE register_versie",
        "DELETE FROM platform_auditregel",
        "UPDATE platform_verwerking SET client = 'niemand'",
        "CREATE EXTENSION dblink",
    ],
)
def test_what_leads_round_the_policies_is_refused(aanvaller, opdracht):
    voor = ziet(aanvaller)
    with pytest.raises(psycopg.Error) as fout:
        doe(aanvaller, opdracht)
    assert not isinstance(fout.value, (psycopg.errors.SyntaxError, psycopg.errors.UndefinedTable)), fout.value
    assert ziet(aanvaller) == voor


@pytest.mark.parametrize(
    "instelling",
    [
        "row_security=off",
        "search_path=pg_temp,pg_catalog",
        "search_path=information_schema,pg_temp,public",
        "kernregister.pas_soort=duo",
        "kernregister.sleutel=x",
        "role=kernregister_stelsel",
        "is_superuser=on",
        "session_authorization=kernregister_eigenaar",
    ],
)
def test_no_setting_opens_more(aanvaller, instelling):
    naam, _, waarde = instelling.partition("=")
    try:
        aanvaller.execute("SELECT set_config(%s, %s, false)", [naam, waarde])
        gezien = {n for (n,) in aanvaller.execute("SELECT DISTINCT instelling FROM public.register_versie")}
    except psycopg.Error:
        return
    assert gezien <= {"", "25LX"}


def test_the_functions_of_the_owner_hold_on_to_their_search_path(databank):
    """A function with the owner's rights that looked things up by the path of its caller could be led astray."""
    with databank.verbind("kernregister_eigenaar") as eigenaar:
        rijen = eigenaar.execute(
            "SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        ).fetchall()
    assert "pas_delen" in {naam for naam, _ in rijen}
    los = [naam for naam, opties in rijen if not any(o.startswith("search_path=") for o in opties or ())]
    assert los == []


@pytest.mark.parametrize("rol", [APP, STELSEL])
def test_the_key_of_the_pass_is_the_owners_alone(databank, rol):
    """Who has it makes any pass: the apply step sees all rows, but must not be able to send others to look."""
    with databank.verbind(rol) as verbinding:
        for recht in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"):
            vraag = "SELECT has_table_privilege('platform_passleutel', %s)"
            assert verbinding.execute(vraag, [recht]).fetchone() == (False,)


def test_the_definition_of_a_function_holds_no_secret(aanvaller):
    binnen, buiten = hmac_blokken()
    teksten = aanvaller.execute(
        "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'"
    ).fetchall()
    assert teksten
    for geheim in (binnen.hex(), buiten.hex(), pas_module._sleutel().hex()):
        assert not any(geheim in tekst for (tekst,) in teksten)


def test_statistics_of_a_shielded_table_are_not_shown(sector, aanvaller):
    with sector.verbind("kernregister_eigenaar") as eigenaar:
        eigenaar.execute("ANALYZE")
    assert aanvaller.execute(
        "SELECT count(*) FROM pg_stats WHERE tablename LIKE 'register_versie'"
    ).fetchone() == (0,)
    assert aanvaller.execute(
        "SELECT count(*) FROM pg_stats WHERE tablename = 'platform_passleutel'"
    ).fetchone() == (0,)


@pytest.mark.parametrize(
    "lek",
    [
        "1 / (length(instelling) - 4) > 0",
        "(instelling || 'x')::integer > 0",
        "sleutel::integer / 0 = 1 AND instelling = '27DV'",
        "(inhoud::text || instelling)::jsonb IS NOT NULL AND instelling = '27DV'",
        "to_date(instelling, 'YYYY') IS NOT NULL AND instelling = '27DV'",
    ],
)
def test_an_error_tells_nothing_of_rows_that_one_may_not_see(sector, lek):
    """A condition that fails on a value would betray it, if it ran before the policy."""
    with sector.verbind(APP) as verbinding:
        neem(verbinding, onderteken(Pas(Soort.GEMEENTE, "0363"), straks()))
        assert verbinding.execute(f"SELECT * FROM register_versie WHERE {lek}").fetchall() == []
        plan = verbinding.execute(f"EXPLAIN SELECT * FROM register_versie WHERE {lek}").fetchall()
        assert not any("27DV" in regel for (regel,) in plan if "27DV" not in lek)


def test_copy_out_gives_what_a_question_gives(aanvaller):
    with aanvaller.cursor().copy("COPY register_versie (instelling) TO STDOUT") as stroom:
        assert {rij[0] for rij in stroom.rows()} == {"", "25LX"}


def test_the_error_of_a_taken_key_does_not_name_the_row_that_took_it(databank):
    """A table with a unique key that one may insert into: the refusal may not quote a row of somebody else."""
    with databank.verbind("kernregister_eigenaar") as eigenaar, databank.verbind(APP) as verbinding:
        from kernregister.platform.afscherming import SchermAf

        eigenaar.execute("CREATE TABLE proef (sleutel text UNIQUE, instelling text)")
        eigen = "instelling = (SELECT pas_sleutel('instelling'))"
        eigenaar.execute(SchermAf("proef", eigen, eigen).sql)
        eigenaar.execute("INSERT INTO proef VALUES ('geheim van een ander', '27DV')")
        neem(verbinding, onderteken(EIGEN, straks()))
        with pytest.raises(psycopg.errors.UniqueViolation) as fout:
            verbinding.execute("INSERT INTO proef VALUES ('geheim van een ander', '25LX')")
        assert fout.value.diag.message_detail is None
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            verbinding.execute("INSERT INTO proef VALUES ('nieuw', '27DV')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            verbinding.execute(
                "INSERT INTO proef VALUES ('mijn', '25LX'); UPDATE proef SET instelling = '27DV'"
            )
        assert verbinding.execute("UPDATE proef SET sleutel = 'x' WHERE instelling = '27DV'").rowcount == 0


def test_other_sessions_show_no_values(sector, aanvaller):
    """The apply step works on everybody: the application sees that it is there, not what it does."""
    with sector.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute("SELECT 'waarde van een ander'")
        teksten = aanvaller.execute(
            "SELECT query FROM pg_stat_activity WHERE usename = 'kernregister_stelsel'"
        ).fetchall()
    assert teksten
    assert not any("waarde" in tekst for (tekst,) in teksten)


# ------------------------------------------------------------------------------------------------- in whose name


@pytest.mark.parametrize("namens", ["27DV", ""])
def test_nobody_writes_a_log_line_in_the_name_of_another(aanvaller, namens):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        aanvaller.execute(
            "INSERT INTO platform_auditregel (moment, door, namens, handeling, object_soort, object_sleutel, details,"
            " trace_id) VALUES (now(), 'x', %s, 'x', 'x', '', '{}', '')",
            [namens],
        )
