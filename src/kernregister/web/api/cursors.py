"""Cursors of pages and feeds: opaque to a client, signed so that nobody makes one up, bound to their route."""

from __future__ import annotations

import base64
import hmac
from functools import lru_cache
from typing import Any

import msgspec
from django.conf import settings

from kernregister.web.api.problemen import Fout, Punt

_MAC = 12


@lru_cache(maxsize=1)
def _sleutel() -> bytes:
    sleutel: bytes = settings.OMGEVING.sleutel("cursor")
    return sleutel


def maak(doel: str, waarde: Any) -> str:
    """Return the cursor for a place in a list.

    Args:
        doel: the list: a cursor of one opens no other.
        waarde: the place, of plain values.
    """
    inhoud = msgspec.msgpack.encode([doel, waarde])
    mac = hmac.digest(_sleutel(), inhoud, "sha256")[:_MAC]
    return base64.urlsafe_b64encode(mac + inhoud).decode().rstrip("=")


def lees(doel: str, cursor: str, soort: Any) -> Any:
    """Return the place in a list that a cursor stands for.

    Raises:
        Fout: it is none of ours, or of another list.
    """
    try:
        if len(cursor) > 500 or not cursor.isascii():
            raise ValueError(cursor)
        ruw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        mac, inhoud = ruw[:_MAC], ruw[_MAC:]
        if not hmac.compare_digest(mac, hmac.digest(_sleutel(), inhoud, "sha256")[:_MAC]):
            raise ValueError(cursor)
        van, waarde = msgspec.msgpack.decode(inhoud)
        if van != doel:
            raise ValueError(cursor)
        return msgspec.convert(waarde, soort)
    except (ValueError, msgspec.MsgspecError):
        raise Fout(
            "onleesbaar",
            [Punt("verwacht de waarde van 'volgende' uit een eerder antwoord van deze lijst", "?cursor")],
        ) from None
