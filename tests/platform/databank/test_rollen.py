"""The three roles: each does its own work, and none can become another or let itself be more."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql

from kernregister.platform.databank import APP, EIGENAAR, STELSEL, Cluster, klaarzetten, verbindingen
from kernregister.platform.databank.cluster import BEHEERDER
from kernregister.platform.databank.programmas import VERSIES
from kernregister.platform.databank.rollen import DATABANK, INSTELLINGEN, ROLLEN
from kernregister.platform.databank.verbindingen import maak_gereed
from kernregister.platform.omgeving import Omgeving
from tests.databank import tijdelijk_cluster

GEEN_RECHT = psycopg.errors.InsufficientPrivilege


@dataclass
class Huis:
    """A database with its roles, and a table of each kind."""

    cluster: Cluster

    def als(self, rol: str, databank: str = DATABANK) -> psycopg.Connection:
        return psycopg.connect(self.cluster.url(rol, databank), autocommit=True)


@pytest.fixture(scope="module", params=VERSIES)
def huis(request: pytest.FixtureRequest) -> Iterator[Huis]:
    with tijdelijk_cluster(request.param) as cluster:
        cluster.start()
        maak_gereed(cluster, DATABANK)
        uit = Huis(cluster)
        with uit.als(EIGENAAR) as eigenaar:
            eigenaar.execute(
                "CREATE TABLE dicht (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, wie text)"
            )
            eigenaar.execute("CREATE TABLE open (wie text)")
            eigenaar.execute("ALTER TABLE open ENABLE ROW LEVEL SECURITY")
            eigenaar.execute(f"GRANT SELECT ON open TO {APP}")
            eigenaar.execute(f"CREATE POLICY eigen ON open TO {APP} USING (wie = 'ik')")
            eigenaar.execute("INSERT INTO open VALUES ('ik'), ('een ander')")
        yield uit


def test_the_application_reads_only_what_a_migration_opened_and_a_policy_allows(huis):
    with huis.als(APP) as app:
        with pytest.raises(GEEN_RECHT):
            app.execute("SELECT * FROM dicht")
        assert app.execute("SELECT wie FROM open").fetchall() == [("ik",)]
        with pytest.raises(GEEN_RECHT):
            app.execute("INSERT INTO open VALUES ('ik')")
        app.execute("SET row_security = off")
        with pytest.raises(GEEN_RECHT):
            app.execute("SELECT wie FROM open")


def test_the_system_reads_and_writes_every_new_table_but_makes_none(huis):
    with huis.als(STELSEL) as stelsel:
        stelsel.execute("INSERT INTO dicht (wie) VALUES ('iemand')")
        stelsel.execute("UPDATE dicht SET wie = 'een ander'")
        stelsel.execute("DELETE FROM dicht")
        for verboden in (
            "TRUNCATE dicht",
            "CREATE TABLE x (a int)",
            "DROP TABLE dicht",
            "ALTER TABLE dicht ADD x int",
        ):
            with pytest.raises(GEEN_RECHT):
                stelsel.execute(verboden)
        stelsel.execute("CREATE TEMPORARY TABLE aanvoer (a int)")


@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("ander", [*ROLLEN, BEHEERDER])
def test_no_role_becomes_another(huis, rol, ander):
    if rol == ander:
        return
    with huis.als(rol) as verbinding:
        for poging in ("SET ROLE {}", "SET SESSION AUTHORIZATION {}", "GRANT {} TO CURRENT_USER"):
            with pytest.raises(GEEN_RECHT):
                verbinding.execute(sql.SQL(poging).format(sql.Identifier(ander)))


@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize(
    "poging",
    [
        "CREATE ROLE erbij LOGIN",
        "CREATE DATABASE erbij",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
        "ALTER ROLE CURRENT_USER CREATEROLE",
        "CREATE EXTENSION plpgsql_check",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "ALTER SYSTEM SET fsync = off",
        "SELECT rolpassword FROM pg_authid",
    ],
)
def test_no_role_lets_itself_be_more(huis, rol, poging):
    with huis.als(rol) as verbinding, pytest.raises((GEEN_RECHT, psycopg.errors.FeatureNotSupported)):
        verbinding.execute(poging)


@pytest.mark.parametrize(
    "poging", ["CREATE TABLE x (a int)", "CREATE SCHEMA x", "CREATE TEMPORARY TABLE open (wie text)"]
)
def test_the_application_makes_nothing_that_could_stand_in_for_something_else(huis, poging):
    with huis.als(APP) as app, pytest.raises(GEEN_RECHT):
        app.execute(poging)


@pytest.mark.parametrize(
    "poging",
    [
        "SELECT pg_advisory_lock(1802633217)",
        "SELECT pg_advisory_xact_lock(1, 2)",
        "SELECT pg_try_advisory_lock_shared(1)",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')",
    ],
)
def test_the_application_takes_no_lock_of_others_and_keeps_nothing_outside_the_tables(huis, poging):
    """Whoever holds the lock under which stands are numbered, holds up everybody who asks for one."""
    with huis.als(APP) as app, pytest.raises(GEEN_RECHT):
        app.execute(poging)


@pytest.mark.parametrize("rol", [EIGENAAR, STELSEL])
def test_who_works_for_all_takes_locks(huis, rol):
    with huis.als(rol) as verbinding:
        genomen = verbinding.execute("SELECT pg_try_advisory_lock(1), pg_try_advisory_xact_lock(1, 2)")
        assert genomen.fetchone() == (True, True)
        # A session that was closed may end a moment later than the next one asks for the same lock.
        assert verbinding.execute("SELECT pg_advisory_unlock(1)").fetchone() == (True,)


@pytest.mark.parametrize("rol", ROLLEN)
def test_no_session_holds_up_everybody(huis, rol):
    with huis.als(rol) as verbinding:
        for naam, waarde in INSTELLINGEN[rol].items():
            gezet = verbinding.execute("SELECT current_setting(%s)::interval = %s::interval", [naam, waarde])
            assert gezet.fetchone() == (True,)


def test_a_statement_of_the_application_that_takes_too_long_is_broken_off(huis):
    with huis.als(APP) as app:
        app.execute("SET statement_timeout = '50ms'")
        with pytest.raises(psycopg.errors.QueryCanceled):
            app.execute("SELECT pg_sleep(10)")


def test_a_role_that_was_given_too_much_is_brought_back(huis):
    with huis.als(BEHEERDER, "postgres") as beheer:
        beheer.execute(f"ALTER ROLE {APP} BYPASSRLS CREATEDB")
        beheer.execute(f"GRANT {EIGENAAR} TO {APP}")
    maak_gereed(huis.cluster, DATABANK)
    with huis.als(APP) as app:
        with pytest.raises(GEEN_RECHT):
            app.execute(f"SET ROLE {EIGENAAR}")
        assert app.execute("SELECT wie FROM open").fetchall() == [("ik",)]


def test_what_a_role_left_behind_for_its_next_sessions_is_gone_after_a_start(huis):
    """PostgreSQL lets every role change its own defaults and password: who slips in a statement could stay that way."""
    with huis.als(APP) as app:
        app.execute(f"ALTER ROLE {APP} SET statement_timeout = 0")
        app.execute(f"ALTER ROLE {APP} SET default_transaction_read_only = on")
        app.execute(f"ALTER ROLE {APP} IN DATABASE {DATABANK} SET lock_timeout = 0")
        app.execute(f"ALTER ROLE {APP} PASSWORD 'van de inbreker'")
    maak_gereed(huis.cluster, DATABANK)
    with huis.als(APP) as app:
        gezet = [
            app.execute("SELECT current_setting(%s)", [naam]).fetchone()
            for naam in ("statement_timeout", "default_transaction_read_only", "lock_timeout")
        ]
        assert gezet == [("30s",), ("off",), ("5s",)]


def test_the_log_of_the_server_holds_no_password_and_no_value_of_a_row(huis):
    with huis.als(EIGENAAR) as eigenaar:
        eigenaar.execute("CREATE TABLE uniek (nummer text PRIMARY KEY)")
        eigenaar.execute("INSERT INTO uniek VALUES ('een nummer van iemand')")
        for _ in range(2):
            with pytest.raises(psycopg.errors.UniqueViolation):
                eigenaar.execute("INSERT INTO uniek VALUES ('een nummer van iemand')")
    log = (huis.cluster.map / "postgres.log").read_text()
    assert "uniek_pkey" in log  # it was said that something went wrong
    assert "een nummer van iemand" not in log
    assert not any(huis.cluster.wachtwoord(rol) in log or "SCRAM" in log for rol in (*ROLLEN, BEHEERDER))


def test_everything_is_ready_from_nothing_and_once_more(tmp_path):
    with tijdelijk_cluster() as plaats:
        omgeving = Omgeving({}, plaats.map / "var")
        (plaats.map / "var").mkdir()
        plaats.map.chmod(0o711)
        adressen = klaarzetten(omgeving)
        try:
            assert klaarzetten(omgeving) == adressen or adressen.app == verbindingen(omgeving).app
            for url, rol in ((adressen.app, APP), (adressen.stelsel, STELSEL), (adressen.eigenaar, EIGENAAR)):
                with psycopg.connect(url) as verbinding:
                    wie = verbinding.execute("SELECT current_user, current_database()").fetchone()
                    assert wie == (rol, DATABANK)
            assert adressen.cluster.wachtwoord(APP) not in repr(adressen)
            assert "DATABASE_URL_EIGENAAR" not in adressen.als_omgeving()
        finally:
            adressen.cluster.stop()
