"""Migration operations that open a table to the application's role, with a policy or, for public data, without.

A new table is closed to ``kernregister_app``: it opens only with one of these. The owner has a policy of its own,
or its migrations would silently do nothing; ``kernregister_stelsel`` (the apply step, sweeps) sees all rows.
"""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

EIGENAAR = "kernregister_eigenaar"
APP = "kernregister_app"
STELSEL = "kernregister_stelsel"


class SchermAf(RunSQL):
    """Turn on row level security for a table and open it to the application as far as a condition says.

    Args:
        tabel: the table.
        lees: condition (SQL over the row and the ``pas_*`` functions) on what the application may read.
        schrijf: condition on what it may insert and change as well; None: it only reads.
        wijzigt: False: it may insert and never change.
    """

    def __init__(self, tabel: str, lees: str, schrijf: str | None = None, wijzigt: bool = True) -> None:
        self.tabel, self.lees, self.schrijf, self.wijzigt = tabel, lees, schrijf, wijzigt
        sql = f"""
            ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {tabel} FORCE ROW LEVEL SECURITY;
            CREATE POLICY eigenaar ON {tabel} TO {EIGENAAR} USING (true) WITH CHECK (true);
            CREATE POLICY stelsel ON {tabel} TO {STELSEL} USING (true) WITH CHECK (true);
            CREATE POLICY app_lees ON {tabel} FOR SELECT TO {APP} USING ({lees});
            GRANT SELECT ON {tabel} TO {APP};
        """
        if schrijf is not None:
            sql += f"""
                CREATE POLICY app_voegt_toe ON {tabel} FOR INSERT TO {APP} WITH CHECK ({schrijf});
                GRANT INSERT ON {tabel} TO {APP};
            """
        if schrijf is not None and wijzigt:
            sql += f"""
                CREATE POLICY app_wijzigt ON {tabel} FOR UPDATE TO {APP} USING ({schrijf}) WITH CHECK ({schrijf});
                GRANT UPDATE ON {tabel} TO {APP};
            """
        terug = f"""
            DROP POLICY IF EXISTS app_lees ON {tabel};
            DROP POLICY IF EXISTS app_voegt_toe ON {tabel};
            DROP POLICY IF EXISTS app_wijzigt ON {tabel};
            DROP POLICY IF EXISTS stelsel ON {tabel};
            DROP POLICY IF EXISTS eigenaar ON {tabel};
            ALTER TABLE {tabel} NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE {tabel} DISABLE ROW LEVEL SECURITY;
            REVOKE ALL ON {tabel} FROM {APP};
        """
        super().__init__(sql, terug)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Return how a migration file writes this operation."""
        return type(self).__name__, [self.tabel, self.lees, self.schrijf, self.wijzigt], {}


class MaakOpenbaar(RunSQL):
    """Let the application read a table of public data (reference data) without a pass."""

    def __init__(self, tabel: str, rechten: str = "SELECT") -> None:
        self.tabel, self.rechten = tabel, rechten
        super().__init__(f"GRANT {rechten} ON {tabel} TO {APP};", f"REVOKE {rechten} ON {tabel} FROM {APP};")

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Return how a migration file writes this operation."""
        return type(self).__name__, [self.tabel, self.rechten], {}


class AlleenToevoegen(RunSQL):
    """Make a table append-only for everybody: a trigger refuses UPDATE, DELETE and TRUNCATE.

    A version is closed for every melding that replaces it, so that path is free of a function: ``kernregister_stelsel``
    may update the columns that can be filled and no others, and the trigger looks only at whether they were empty.

    Args:
        tabel: the table.
        behalve: columns that may be filled once, from empty.
        vernietigbaar: a function of the owner may delete rows (retention).
    """

    def __init__(self, tabel: str, behalve: tuple[str, ...] = (), vernietigbaar: bool = False) -> None:
        self.tabel, self.behalve, self.vernietigbaar = tabel, tuple(behalve), vernietigbaar
        argumenten = ", ".join(f"'{arg}'" for arg in (vernietigbaar and "vernietigbaar", *behalve) if arg)
        gevuld = "".join(
            f" OR OLD.{kolom} IS NOT NULL AND NEW.{kolom} IS DISTINCT FROM OLD.{kolom}" for kolom in behalve
        )
        wie = f"WHEN (current_user <> '{STELSEL}'{gevuld})" if behalve else ""
        rechten = f"""
            REVOKE UPDATE ON {tabel} FROM {STELSEL};
            GRANT UPDATE ({", ".join(behalve)}) ON {tabel} TO {STELSEL};
        """
        super().__init__(
            f"""
            CREATE TRIGGER niet_wijzigen BEFORE UPDATE ON {tabel}
                FOR EACH ROW {wie} EXECUTE FUNCTION alleen_toevoegen({argumenten});
            CREATE TRIGGER niet_verwijderen BEFORE DELETE ON {tabel}
                FOR EACH ROW EXECUTE FUNCTION alleen_toevoegen({argumenten});
            CREATE TRIGGER niet_leegmaken BEFORE TRUNCATE ON {tabel}
                FOR EACH STATEMENT EXECUTE FUNCTION alleen_toevoegen();
            {rechten if behalve else ""}
            """,
            f"""
            DROP TRIGGER IF EXISTS niet_wijzigen ON {tabel};
            DROP TRIGGER IF EXISTS niet_verwijderen ON {tabel};
            DROP TRIGGER IF EXISTS niet_leegmaken ON {tabel};
            GRANT UPDATE ON {tabel} TO {STELSEL};
            """,
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Return how a migration file writes this operation."""
        return type(self).__name__, [self.tabel, self.behalve, self.vernietigbaar], {}
