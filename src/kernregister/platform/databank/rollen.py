"""The three roles, the database they share, and what each may do in it.

``kernregister_eigenaar`` owns the tables and runs the migrations. ``kernregister_app`` is the application: it sees the
rows that its pass allows, in the tables that a migration opened to it. ``kernregister_stelsel`` applies meldingen and
runs the tasks. None is a member of another, so none can become another.
"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import sql

EIGENAAR = "kernregister_eigenaar"
APP = "kernregister_app"
STELSEL = "kernregister_stelsel"
ROLLEN = (EIGENAAR, APP, STELSEL)

DATABANK = "kernregister"

INSTELLINGEN: Mapping[str, Mapping[str, str]] = {
    # An index on a large table takes its time; but a migration that waits for a lock makes all others wait behind it.
    EIGENAAR: {
        "statement_timeout": "0",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "10min",
    },
    # Somebody waits at a screen: what takes longer than this is an error, and should be one soon.
    APP: {
        "statement_timeout": "30s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
    },
    # A sweep or a bulk load works set by set, and runs rules between two statements of one transaction.
    STELSEL: {
        "statement_timeout": "10min",
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "5min",
    },
}
"""Limits of each role; without them one forgotten session holds up everybody."""

_RECHTEN = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
_SLOT = 7351_2026
"""Key of the advisory lock: two processes that make roles at once would trip over each other."""


_SLOTEN = tuple(
    f"pg_{probeer}advisory{duur}_lock{soort}({vorm})"
    for probeer in ("", "try_")
    for duur in ("", "_xact")
    for soort in ("", "_shared")
    for vorm in ("bigint", "integer, integer")
)
"""Functions by which whoever has the number takes a lock that others wait for."""

_GROTE_OBJECTEN = ("lo_create(oid)", "lo_creat(integer)", "lo_from_bytea(oid, bytea)")
"""Functions that keep bytes outside every table, and so outside every policy."""


def maak_rollen(beheer: psycopg.Connection, wachtwoorden: Mapping[str, str]) -> None:
    """Make the roles, or bring them back to what they should be.

    Args:
        beheer: session of a superuser, or of a role that may make roles.
        wachtwoorden: the password of each role; only its scram verifier goes to the server, and so to its log.
    """
    with beheer.transaction():
        beheer.execute("SELECT pg_advisory_xact_lock(%s)", [_SLOT])
        for rol in ROLLEN:
            naam = sql.Identifier(rol)
            if beheer.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [rol]).fetchone() is None:
                beheer.execute(sql.SQL("CREATE ROLE {}").format(naam))
            sleutel = beheer.pgconn.encrypt_password(
                wachtwoorden[rol].encode(), rol.encode(), b"scram-sha-256"
            )
            beheer.execute(
                sql.SQL("ALTER ROLE {} " + _RECHTEN + " PASSWORD {}").format(
                    naam, sql.Literal(sleutel.decode())
                )
            )
            _vergeet_eigen_instellingen(beheer, rol)
            for instelling, waarde in INSTELLINGEN[rol].items():
                beheer.execute(
                    sql.SQL("ALTER ROLE {} SET {} = {}").format(
                        naam, sql.Identifier(instelling), sql.Literal(waarde)
                    )
                )
        _trek_lidmaatschappen_in(beheer)


def _vergeet_eigen_instellingen(beheer: psycopg.Connection, rol: str) -> None:
    """Take away what a role set for its next sessions: PostgreSQL lets each do so, and it would outlive a break-in."""
    rijen = beheer.execute(
        "SELECT d.datname FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole "
        "LEFT JOIN pg_database d ON d.oid = s.setdatabase WHERE r.rolname = %s",
        [rol],
    ).fetchall()
    for (databank,) in rijen:
        waar = sql.SQL(" IN DATABASE {}").format(sql.Identifier(databank)) if databank else sql.SQL("")
        beheer.execute(sql.SQL("ALTER ROLE {}{} RESET ALL").format(sql.Identifier(rol), waar))


def _trek_lidmaatschappen_in(beheer: psycopg.Connection) -> None:
    """Make no role of ours a member of another of ours: a member takes on the other's rights."""
    rijen = beheer.execute(
        "SELECT r.rolname, m.rolname FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid "
        "JOIN pg_roles m ON m.oid = a.member WHERE r.rolname = ANY(%(ons)s) AND m.rolname = ANY(%(ons)s)",
        {"ons": list(ROLLEN)},
    ).fetchall()
    for rol, lid in rijen:
        beheer.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(rol), sql.Identifier(lid)))


def maak_databank(beheer: psycopg.Connection, naam: str = DATABANK) -> None:
    """Make the database, owned by the owner role, when it is not there.

    Args:
        beheer: session of a superuser, outside a transaction.
        naam: name of the database.
    """
    if beheer.execute("SELECT 1 FROM pg_database WHERE datname = %s", [naam]).fetchone() is None:
        try:
            beheer.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(naam), sql.Identifier(EIGENAAR))
            )
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return  # another process was first


def sluit_af(beheer: psycopg.Connection) -> None:
    """Take from the application what PostgreSQL gives everybody: locks of the others, and a place to keep things.

    Args:
        beheer: session in the database, of a superuser; on a server of others its administrator decides.
    """
    beheer.execute(f"REVOKE EXECUTE ON FUNCTION {', '.join((*_SLOTEN, *_GROTE_OBJECTEN))} FROM PUBLIC")
    beheer.execute(f"GRANT EXECUTE ON FUNCTION {', '.join(_SLOTEN)} TO {EIGENAAR}, {STELSEL}")


def richt_in(verbinding: psycopg.Connection) -> None:
    """Say who may do what in a database.

    Args:
        verbinding: session in that database, of a superuser or of the owner role.
    """
    with verbinding.transaction():
        verbinding.execute("SELECT pg_advisory_xact_lock(%s)", [_SLOT])
        databank = sql.Identifier(verbinding.info.dbname)
        for opdracht in (
            "REVOKE ALL ON DATABASE {databank} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {databank} TO {app}, {stelsel}",
            # Staging tables of a bulk load. Not for the application: a temporary table may stand in for a real one.
            "GRANT TEMPORARY ON DATABASE {databank} TO {stelsel}",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO {app}, {stelsel}",
            "GRANT USAGE, CREATE ON SCHEMA public TO {eigenaar}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {eigenaar} IN SCHEMA public "
            "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {stelsel}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {eigenaar} IN SCHEMA public "
            "GRANT USAGE, SELECT ON SEQUENCES TO {stelsel}",
        ):
            verbinding.execute(
                sql.SQL(opdracht).format(
                    databank=databank,
                    eigenaar=sql.Identifier(EIGENAAR),
                    app=sql.Identifier(APP),
                    stelsel=sql.Identifier(STELSEL),
                )
            )
