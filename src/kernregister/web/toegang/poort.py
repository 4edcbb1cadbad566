"""The gate: from a bearer token to who asks and what they may, in one indexed query or none.

A verified token is remembered for `GEHEUGEN` seconds in each process: a revoked connection is out within that time.
"""

from __future__ import annotations

import hashlib
from time import monotonic

from django.db import connections
from msgspec import Struct

from kernregister.platform.geheugen import bij_vergeten
from kernregister.platform.pas import Pas, Soort
from kernregister.platform.rechten import bijzonder_van
from kernregister.platform.sql import STELSEL

GEHEUGEN = 5.0
"""Seconds for which a process trusts a token that it verified."""

_MEESTE = 10_000

_VRAAG = """
SELECT a.client_id, a.pas_soort, a.sleutel, a.extra, a.rechten, t.scopes
FROM allauth_idp_oidc_token t
JOIN toegang_aansluiting a ON a.client_id = t.client_id
WHERE t.type = 'at' AND t.hash = %s AND t.expires_at > now()
  AND a.ingetrokken_op IS NULL AND (a.geldig_tot IS NULL OR a.geldig_tot > now())
"""


class Bezoeker(Struct, frozen=True):
    """Who asks: the client, its pass, and the scopes of this token."""

    client: str
    pas: Pas
    rechten: frozenset[str]


_bekend: dict[str, tuple[float, Bezoeker]] = {}


def bezoeker(token: str) -> Bezoeker | None:
    """Return who comes with a token, or None when it opens nothing."""
    hash_ = hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
    nu = monotonic()
    if (onthouden := _bekend.get(hash_)) and onthouden[0] > nu:
        return onthouden[1]
    with connections[STELSEL].cursor() as cursor:
        cursor.execute(_VRAAG, [hash_])
        rij = cursor.fetchone()
    if rij is None:
        _bekend.pop(hash_, None)
        return None
    client, soort, sleutel, extra, gegeven, gevraagd = rij
    rechten = frozenset(gegeven) & frozenset(gevraagd.split())
    gevonden = Bezoeker(client, Pas(Soort(soort), sleutel, extra, bijzonder_van(rechten)), rechten)
    if len(_bekend) >= _MEESTE:
        _bekend.clear()
    _bekend[hash_] = (nu + GEHEUGEN, gevonden)
    return gevonden


def vergeet() -> None:
    """Forget every token that this process verified."""
    _bekend.clear()


bij_vergeten(vergeet)
