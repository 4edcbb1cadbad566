"""A migration operation: pieces that a room sealed in a way of its own are sealed as ``Stukken`` does."""

from __future__ import annotations

import zlib

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from psycopg.sql import SQL, Identifier

from kernregister.platform.sql import cursor
from kernregister.platform.stukken import SNEL, plaats
from kernregister.platform.versleuteling import kluis


class Herzegel(RunPython):
    """Seal again what was sealed for whose it is and the how-manieth, but not for being the last.

    Args:
        tabel: the table of pieces.
        van: its column that says whose file it is.
        soort: what the kind was called in the seal, and is.
        gepakt: the pieces were compressed already.
    """

    def __init__(self, tabel: str, van: str, soort: str, gepakt: bool = False) -> None:
        self.tabel, self.van, self.soort, self.gepakt = tabel, van, soort, gepakt
        super().__init__(self._herzegel, RunPython.noop)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Return how a migration file writes this operation."""
        return type(self).__name__, [self.tabel, self.van, self.soort, self.gepakt], {}

    def _herzegel(self, apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
        namen = {"tabel": Identifier(self.tabel), "van": Identifier(self.van)}
        lees = SQL("SELECT inhoud FROM {tabel} WHERE id = %s").format(**namen)
        schrijf = SQL("UPDATE {tabel} SET inhoud = %b WHERE id = %s").format(**namen)
        with cursor(schema.connection.alias) as sql:
            # What is append-only goes on saying the same.
            sql.execute(SQL("ALTER TABLE {tabel} DISABLE TRIGGER USER").format(**namen))
            sql.execute(
                SQL(
                    "SELECT id, {van}, nummer, lead(id) OVER (PARTITION BY {van} ORDER BY nummer) IS NULL FROM {tabel}"
                ).format(**namen)
            )
            for id_, eigenaar, nummer, laatste in sql.fetchall():
                ((dicht,),) = sql.execute(lees, [id_], binary=True)
                stuk = kluis().open(dicht, plaats(self.soort, eigenaar, nummer, False))
                if not self.gepakt:
                    stuk = zlib.compress(stuk, SNEL)
                sql.execute(
                    schrijf, [kluis().sluit(stuk, plaats(self.soort, eigenaar, nummer, laatste)), id_]
                )
            sql.execute(SQL("ALTER TABLE {tabel} ENABLE TRIGGER USER").format(**namen))
            # What is encrypted does not compress: no time is spent on trying.
            sql.execute(SQL("ALTER TABLE {tabel} ALTER COLUMN inhoud SET STORAGE EXTERNAL").format(**namen))
