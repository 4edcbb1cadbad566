"""The pass: who asks, signed, so that the database itself decides which rows they may see.

A setting alone does not hold against raw SQL, since anybody may set one. The pass carries a mac made with a key that
the application's role cannot read; the policies of the tables call a function of the owner that verifies it. A forged
or expired pass opens nothing.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import lru_cache

import psycopg
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from msgspec import Struct

from kernregister.platform import klok

INSTELLING_VAN_DE_TRANSACTIE = "kernregister.pas"
"""The transaction-local setting that carries the pass."""

GELDIG = 300
"""Seconds for which a pass holds: longer than any request, shorter than a shift."""

_BLOK = 64


class Soort(StrEnum):
    """Kinds of scope. What each opens is written in the policies of the tables."""

    INSTELLING = "instelling"
    ACCOUNTANT = "accountant"
    STUDENT = "student"
    VERTEGENWOORDIGER = "vertegenwoordiger"
    SCHOOL = "school"
    GEMEENTE = "gemeente"
    LEERBEDRIJF = "leerbedrijf"
    SECTOR = "sector"
    DUO = "duo"


class Bijzonder(StrEnum):
    """Data that is readable only with a scope of its own: facts of health, and of residence."""

    ONDERSTEUNING = "ondersteuning"
    VERBLIJF = "verblijf"


ZONDER_SLEUTEL = frozenset({Soort.SECTOR, Soort.DUO})
"""Kinds that are not of somebody in particular."""

_NAAMLOOS = ZONDER_SLEUTEL | {Soort.STUDENT, Soort.VERTEGENWOORDIGER}


class Pas(Struct, frozen=True):
    """Who asks. ``sleutel`` is the key that goes with the kind (an institution's code, a person's id, ...).

    ``extra`` says more: the studiejaar of an accountant, as ``2025-2026``; of a student or representative the
    pseudonyms under which the processing log knows the person, separated by commas.
    """

    soort: Soort
    sleutel: str = ""
    extra: str = ""
    bijzonder: frozenset[Bijzonder] = frozenset()

    @property
    def namens(self) -> str:
        """In whose name somebody with this pass acts: empty for a person, who is not named in a log, and for all."""
        return "" if self.soort in _NAAMLOOS else self.sleutel


def onderteken(pas: Pas, tot: int) -> str:
    """Return the pass as text, valid until a moment in seconds since 1970.

    Raises:
        ValueError: a part of it holds the sign that separates the parts, or the key that the kind asks for is missing.
    """
    delen = ["1", pas.soort.value, pas.sleutel, pas.extra, ",".join(sorted(pas.bijzonder)), str(tot)]
    if any("|" in deel for deel in delen):
        raise ValueError("een pas bevat geen rechte streep")
    if not pas.sleutel and pas.soort not in ZONDER_SLEUTEL:
        raise ValueError(f"een pas van de soort {pas.soort} heeft een sleutel")
    tekst = "|".join(delen)
    return f"{tekst}|{hmac.new(_sleutel(), tekst.encode(), 'sha256').hexdigest()}"


@contextmanager
def met_pas(pas: Pas, verbinding: str = "default") -> Iterator[None]:
    """Run a transaction on a connection with this pass; without one, the application sees nothing of anybody.

    Raises:
        RuntimeError: a transaction already runs on the connection: its pass would outlive this block.
    """
    # The pass expires by the clock of the database, which no demo moves.
    tekst = onderteken(pas, int(klok.machinetijd().timestamp()) + GELDIG)
    with transaction.atomic(using=verbinding, durable=True):
        # Bound by the server: in the text of the statement, other sessions of the role could read it while it lasts.
        with psycopg.Cursor(connections[verbinding].connection) as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [INSTELLING_VAN_DE_TRANSACTIE, tekst])
        yield


def zet_passleutel(verbinding: BaseDatabaseWrapper) -> None:
    """Give the database the key with which it verifies passes; done again with another master key, it replaces it.

    Args:
        verbinding: a connection of the owner; nobody else may touch the key.
    """
    with verbinding.cursor() as cursor:
        cursor.execute(
            "INSERT INTO platform_passleutel (id, binnen, buiten) VALUES (1, %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET binnen = excluded.binnen, buiten = excluded.buiten",
            list(hmac_blokken()),
        )


@lru_cache(maxsize=1)
def _sleutel() -> bytes:
    sleutel: bytes = settings.OMGEVING.sleutel("pas")
    return sleutel


def hmac_blokken() -> tuple[bytes, bytes]:
    """Return the key in the two forms that the database needs to verify a pass (RFC 2104: inner and outer block)."""
    sleutel = _sleutel().ljust(_BLOK, b"\0")
    return bytes(b ^ 0x36 for b in sleutel), bytes(b ^ 0x5C for b in sleutel)
