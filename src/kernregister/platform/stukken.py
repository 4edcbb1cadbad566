"""Files that lie in the database as sealed pieces, each in the table of the room whose file it is.

A table of pieces is as closed as the room makes it: by policies of its own, or to the application altogether. What is
the same everywhere stands here. A piece is compressed, and encrypted for one place: whose file, the how-manieth, and
whether it is the last. So one that was changed, put in another file, swapped, or left out, also at the end, is noticed.
"""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db import DatabaseError, models
from psycopg.sql import SQL, Composed, Identifier

from kernregister.platform.pas import Pas, met_pas
from kernregister.platform.sql import STELSEL, cursor
from kernregister.platform.versleuteling import kluis

PER_STUK: Final = 1 << 20
"""Bytes of a piece before it is compressed."""

SNEL: Final = 1
"""Level of compression: what is kept is read once or twice, and made while somebody waits."""

ONTVANGST_DUURT: Final = timedelta(days=1)
"""What is still coming in after this, broke off: the process that took it in has died."""

Eigenaar = UUID | int
"""Key of the row that a file belongs to."""


class Vernietigd(LookupError):
    """The file is not kept (any more), or the pass does not open it."""


class Geschonden(ValueError):
    """What is kept is not what was stored."""


class Bewaard(NamedTuple):
    """What was stored: its size in bytes, and the SHA-256 of the whole."""

    omvang: int
    sha256: str


class Stuk(models.Model):
    """A piece of a file; a room adds whose it is, and that there is one of each number."""

    nummer = models.IntegerField()
    inhoud = models.BinaryField()

    class Meta:
        abstract = True


class Stukken:
    """The files of one kind.

    Args:
        model: the table of their pieces.
        eigenaar: its field that says whose file it is.
        soort: what the kind is called in the seal; no two kinds share it.
    """

    def __init__(self, model: type[Stuk], eigenaar: str, soort: str) -> None:
        veld: Any = model._meta.get_field(eigenaar)
        namen = {"tabel": Identifier(model._meta.db_table), "van": Identifier(veld.column)}
        self._soort = soort
        self._voeg_toe = SQL("INSERT INTO {tabel} ({van}, nummer, inhoud) VALUES (%s, %s, %b)").format(
            **namen
        )
        self._hoogste = SQL("SELECT max(nummer) FROM {tabel} WHERE {van} = %s").format(**namen)
        self._lees = SQL("SELECT inhoud FROM {tabel} WHERE {van} = %s AND nummer = %s").format(**namen)
        self._verwijder = SQL("DELETE FROM {tabel} WHERE {van} = %s").format(**namen)

    def neem_in(self, eigenaar: models.Model, stroom: Iterable[bytes]) -> Bewaard:
        """Store a row and then the file that belongs to it; when that breaks off, neither stays.

        The row says that it is still coming in. What a process leaves that dies, its room removes after a while.
        """
        eigenaar.save(using=STELSEL, force_insert=True)
        try:
            return self.bewaar(eigenaar.pk, stroom)
        except BaseException:
            with suppress(DatabaseError):
                eigenaar.delete(using=STELSEL)
            raise

    def bewaar(self, eigenaar: Eigenaar, stroom: Iterable[bytes], verbinding: str = STELSEL) -> Bewaard:
        """Store a file as it comes in, a statement a piece.

        Outside a transaction each piece is one by itself, and so should it be for what is large or slow: one for all
        of them would hold up the stand numbers of everybody. Until the end the file is not there as a whole: the row
        of its owner has to say so. What breaks off leaves its pieces; they go with the owner, or with ``vernietig``.
        """
        afdruk, omvang = hashlib.sha256(), 0
        for nummer, (stuk, laatste) in enumerate(_in_stukken(stroom)):
            afdruk.update(stuk)
            omvang += len(stuk)
            dicht = kluis().sluit(zlib.compress(stuk, SNEL), plaats(self._soort, eigenaar, nummer, laatste))
            with cursor(verbinding) as sql:
                sql.execute(self._voeg_toe, [eigenaar, nummer, dicht], prepare=True)
        return Bewaard(omvang, afdruk.hexdigest())

    def lees(self, eigenaar: Eigenaar, pas: Pas | None = None) -> Iterator[bytes]:
        """Give a file piece by piece, each read by itself: no transaction waits for who receives it.

        Args:
            eigenaar: whose file.
            pas: who reads; None: the register itself.

        Raises:
            Vernietigd: it is not there (any more), or not for this pass.
            Geschonden: it is not what was stored.
        """
        hoogste = self._een(self._hoogste, [eigenaar], pas)
        if hoogste is None:
            raise Vernietigd("dit bestand is er niet meer")
        for nummer in range(hoogste + 1):
            dicht = self._een(self._lees, [eigenaar, nummer], pas)
            if dicht is None:
                weg = self._een(self._hoogste, [eigenaar], pas) is None
                raise Vernietigd("dit bestand is er niet meer") if weg else _geschonden()
            try:
                stuk = kluis().open(dicht, plaats(self._soort, eigenaar, nummer, nummer == hoogste))
            except InvalidTag:
                raise _geschonden() from None
            yield zlib.decompress(stuk)

    @contextmanager
    def als_bestand(self, eigenaar: Eigenaar, naam: str = "bestand") -> Iterator[Path]:
        """Give a file on disk for as long as the block lasts, in a folder that only its owner reads.

        Raises:
            Vernietigd: it is not there.
            Geschonden: it is not what was stored.
        """
        with tempfile.TemporaryDirectory(prefix="kernregister-") as map_:
            pad = Path(map_) / naam
            with pad.open("wb") as bestand:
                bestand.writelines(self.lees(eigenaar))
            yield pad

    def vernietig(self, eigenaar: Eigenaar) -> None:
        """Destroy a file, in the transaction that is going on; one that is gone already is left at that."""
        with cursor() as sql:
            sql.execute(self._verwijder, [eigenaar])

    def _een(self, vraag: Composed, waarden: list[Any], pas: Pas | None) -> Any:
        """Return the one value that is asked for; None when there is none, or not for this pass."""
        if pas is None:
            with cursor() as sql:
                rij = sql.execute(vraag, waarden, binary=True).fetchone()
        else:
            with met_pas(pas), cursor("default") as sql:
                rij = sql.execute(vraag, waarden, binary=True).fetchone()
        return None if rij is None else rij[0]


def _in_stukken(stroom: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Give pieces of one size, each with whether it is the last; of nothing one that is empty."""
    over = bytearray()
    for deel in stroom:
        over += deel
        while len(over) > PER_STUK:
            yield bytes(over[:PER_STUK]), False
            del over[:PER_STUK]
    yield bytes(over), True


def plaats(soort: str, eigenaar: Eigenaar, nummer: int, laatste: bool) -> bytes:
    """Return the place for which a piece is sealed."""
    return f"{soort}:{eigenaar}:{nummer}{':laatste' if laatste else ''}".encode()


def _geschonden() -> Geschonden:
    return Geschonden("dit bestand is niet meer wat er bewaard is")
