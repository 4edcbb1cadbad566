"""A look at the database on a server of others: what is missing is said in full, nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
import psycopg.conninfo

from kernregister.platform.databank.fouten import Databankfout
from kernregister.platform.databank.rollen import APP, EIGENAAR, STELSEL

LAAGSTE_VERSIE = 16

_NAAM = {APP: "DATABASE_URL", STELSEL: "DATABASE_URL_STELSEL", EIGENAAR: "DATABASE_URL_EIGENAAR"}
_WACHT = 10
"""Seconds for a server to answer."""

_ROL = """
    SELECT current_user, rolsuper, rolbypassrls, rolcreatedb OR rolcreaterole,
           pg_get_userbyid(d.datdba) = current_user, d.oid,
           has_schema_privilege('public', 'USAGE'), has_schema_privilege('public', 'CREATE'),
           pg_encoding_to_char(d.encoding)
    FROM pg_roles, pg_database d WHERE rolname = current_user AND datname = current_database()
"""
_LID = """
    SELECT r.rolname FROM pg_roles r
    WHERE r.rolname <> current_user AND r.rolname LIKE 'kernregister\\_%%' AND pg_has_role(r.oid, 'MEMBER')
"""
_STANDAARD = """
    SELECT count(DISTINCT a.defaclobjtype) FROM pg_default_acl a, aclexplode(a.defaclacl) e
    WHERE pg_get_userbyid(a.defaclrole) = %(eigenaar)s AND pg_get_userbyid(e.grantee) = %(stelsel)s
      AND ((a.defaclobjtype = 'r' AND e.privilege_type = 'INSERT')
           OR (a.defaclobjtype = 'S' AND e.privilege_type = 'USAGE'))
"""


def zie_na(urls: Mapping[str, str | None]) -> None:
    """Look whether a server fits: version, roles and rights.

    Args:
        urls: the address for each role that is given.

    Raises:
        Databankfout: something is missing; the text names all of it, without addresses or passwords.
    """
    gebreken: list[str] = []
    databanken: set[int] = set()
    for rol, url in urls.items():
        if url is None:
            continue
        if not _is_adres(url):
            gebreken.append(
                f"{_NAAM[rol]}: geen adres van PostgreSQL; verwacht postgresql://gebruiker:wachtwoord@server/databank."
            )
            continue
        try:
            with psycopg.connect(url, connect_timeout=_WACHT, autocommit=True) as verbinding:
                gebreken += _gebreken(rol, verbinding, databanken)
        except psycopg.Error as fout:
            gebreken.append(f"{_NAAM[rol]}: geen verbinding ({_reden(fout)}).")
    if len(databanken) > 1:
        gebreken.append("De adressen wijzen niet alle naar dezelfde databank.")
    if gebreken:
        regels = "\n".join(f"- {gebrek}" for gebrek in dict.fromkeys(gebreken))
        raise Databankfout(
            f"De databank op de opgegeven server is nog niet klaar voor Kernregister:\n{regels}"
        )


def _gebreken(rol: str, verbinding: psycopg.Connection, databanken: set[int]) -> list[str]:
    if verbinding.info.server_version < LAAGSTE_VERSIE * 10_000:
        versie = verbinding.info.server_version // 10_000
        return [f"De server is PostgreSQL {versie}; nodig is {LAAGSTE_VERSIE} of nieuwer."]
    rij = verbinding.execute(_ROL).fetchone()
    assert rij is not None
    naam, super_, zonder_rls, maakt, eigenaar, databank, gebruik, aanmaken, codering = rij
    databanken.add(databank)
    waar = _NAAM[rol]
    uit = []
    if naam != rol:
        uit.append(f"{waar} is van de rol {naam}; nodig is {rol}: de rechten op de tabellen noemen die naam.")
    if super_ or zonder_rls:
        uit.append(
            f"{waar}: de rol {naam} gaat aan de rijbeveiliging voorbij. "
            f"Herstel: ALTER ROLE {naam} NOSUPERUSER NOBYPASSRLS."
        )
    if maakt:
        uit.append(
            f"{waar}: de rol {naam} mag rollen of databanken maken. Herstel: ALTER ROLE {naam} NOCREATEROLE NOCREATEDB."
        )
    if codering != "UTF8":
        uit.append(f"De databank is in {codering}; nodig is UTF8.")
    if not gebruik:
        uit.append(f"{waar}: geen toegang tot schema public. Herstel: GRANT USAGE ON SCHEMA public TO {rol}.")
    for (ander,) in verbinding.execute(_LID).fetchall() if not super_ else ():
        uit.append(f"{waar}: de rol {naam} is lid van {ander}. Herstel: REVOKE {ander} FROM {naam}.")
    if rol == EIGENAAR:
        uit += _gebreken_eigenaar(verbinding, aanmaken)
    elif aanmaken or eigenaar:
        uit.append(f"{waar}: de rol {naam} mag tabellen maken. Dat hoort alleen {EIGENAAR} te mogen.")
    return uit


def _gebreken_eigenaar(verbinding: psycopg.Connection, aanmaken: bool) -> list[str]:
    if not aanmaken:
        return [
            f"{_NAAM[EIGENAAR]}: geen rechten om tabellen te maken. "
            f"Herstel: GRANT CREATE ON SCHEMA public TO {EIGENAAR}."
        ]
    rij = verbinding.execute(_STANDAARD, {"eigenaar": EIGENAAR, "stelsel": STELSEL}).fetchone()
    if rij is None or rij[0] < 2:
        wat = f"ALTER DEFAULT PRIVILEGES FOR ROLE {EIGENAAR} IN SCHEMA public"
        return [
            f"De rol {STELSEL} krijgt geen rechten op nieuwe tabellen. Herstel als {EIGENAAR}: "
            f"{wat} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {STELSEL}; "
            f"{wat} GRANT USAGE, SELECT ON SEQUENCES TO {STELSEL}."
        ]
    return []


def _is_adres(url: str) -> bool:
    """Tell whether this can be read as an address; what libpq says of one that cannot repeats it, password and all."""
    try:
        psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return False
    return True


def _reden(fout: psycopg.Error) -> str:
    """Return why there is no connection, on one line; the server's own words never hold a password."""
    return " ".join(str(fout).split()).removesuffix(".") or type(fout).__name__
