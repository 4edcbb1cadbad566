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

from django.conf import settings
from django.db import connections, transaction
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


class Pas(Struct, frozen=True):
    """Who asks. ``sleutel`` is the key that goes with the kind (an institution's code, a person's id, ...).

    ``extra`` narrows it further: the studiejaar of an accountant, as ``2025-2026``.
    """

    soort: Soort
    sleutel: str = ""
    extra: str = ""
    bijzonder: frozenset[Bijzonder] = frozenset()


def onderteken(pas: Pas, tot: int) -> str:
    """Return the pass as text, valid until a moment in seconds since 1970.

    Raises:
        ValueError: a part of it holds the sign that separates the parts.
    """
    delen = ["1", pas.soort.value, pas.sleutel, pas.extra, ",".join(sorted(pas.bijzonder)), str(tot)]
    if any("|" in deel for deel in delen):
        raise ValueError("een pas bevat geen rechte streep")
    tekst = "|".join(delen)
    return f"{tekst}|{hmac.new(_sleutel(), tekst.encode(), 'sha256').hexdigest()}"


@contextmanager
def met_pas(pas: Pas, verbinding: str = "default") -> Iterator[None]:
    """Run a transaction on a connection with this pass; without one, the application sees nothing of anybody."""
    # the pass expires by the clock of the database, which no demo moves
    tot = int((klok.nu() - klok.verschil()).timestamp()) + GELDIG if settings.DEMO else _straks()
    with transaction.atomic(using=verbinding):
        with connections[verbinding].cursor() as cursor:
            cursor.execute(
                "SELECT set_config(%s, %s, true)", [INSTELLING_VAN_DE_TRANSACTIE, onderteken(pas, tot)]
            )
        yield


def _straks() -> int:
    return int(klok.nu().timestamp()) + GELDIG


@lru_cache(maxsize=1)
def _sleutel() -> bytes:
    sleutel: bytes = settings.OMGEVING.sleutel("pas")
    return sleutel


def hmac_blokken() -> tuple[bytes, bytes]:
    """Return the key in the two forms that the database needs to verify a pass (RFC 2104: inner and outer block)."""
    sleutel = _sleutel().ljust(_BLOK, b"\0")
    return bytes(b ^ 0x36 for b in sleutel), bytes(b ^ 0x5C for b in sleutel)
