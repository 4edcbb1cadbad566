"""The clock: the one place that knows what time it is.

In demo mode it can be moved forward, for all processes at once; elsewhere it is the clock of the machine.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections

NEDERLAND = ZoneInfo("Europe/Amsterdam")
"""A day begins and ends as it does in the Netherlands."""

_VERVERS = 1.0
"""Seconds for which a process remembers how far the clock was moved."""

_geheugen: dict[str, tuple[float, timedelta]] = {}
"""For each database: when it was asked, and what it said."""


def nu() -> datetime:
    """Return the moment, in UTC."""
    return machinetijd() + verschil() if settings.DEMO else machinetijd()


def machinetijd() -> datetime:
    """Return the moment by the clock of the machine, which nothing moves: for what expires, such as a pass."""
    return datetime.now(UTC)


def vandaag() -> date:
    """Return the day it is in the Netherlands."""
    return nu().astimezone(NEDERLAND).date()


def verschil() -> timedelta:
    """Return how far the clock was moved."""
    stelsel = connections["stelsel"]
    naam = str(stelsel.settings_dict["NAME"])
    gelezen, waarde = _geheugen.get(naam, (None, timedelta()))
    if gelezen is None or monotonic() - gelezen >= _VERVERS:
        with stelsel.cursor() as cursor:
            cursor.execute("SELECT verschil FROM platform_klokstand WHERE id = 1")
            rij = cursor.fetchone()
        waarde = rij[0] if rij else timedelta()
        _geheugen[naam] = (monotonic(), waarde)
    return waarde


def zet_op(moment: datetime) -> None:
    """Set the clock of a demo on a moment, past or future: only while a register is filled that was empty.

    Raises:
        ValueError: this is not a demo.
    """
    if not settings.DEMO:
        raise ValueError("de klok kan alleen in de demo worden verzet")
    waarden: list[Any] = [moment - machinetijd()]
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO platform_klokstand (id, verschil) VALUES (1, %s) "
            "ON CONFLICT (id) DO UPDATE SET verschil = excluded.verschil",
            waarden,
        )
    _geheugen.clear()


def zet_vooruit(duur: timedelta) -> datetime:
    """Move the clock of a demo forward and return the moment it is then.

    Raises:
        ValueError: this is not a demo, or the clock would go back.
    """
    if not settings.DEMO:
        raise ValueError("de klok kan alleen in de demo worden verzet")
    if duur < timedelta():
        raise ValueError("de klok gaat niet terug: wat geregistreerd is, blijft in volgorde")
    waarden: list[Any] = [duur]
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO platform_klokstand (id, verschil) VALUES (1, %s) "
            "ON CONFLICT (id) DO UPDATE SET verschil = platform_klokstand.verschil + excluded.verschil",
            waarden,
        )
    _geheugen.clear()
    return nu()
