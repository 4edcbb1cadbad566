"""How the register is doing: database, migrations, worker, disk, and what rooms add to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
from django.db import DatabaseError, connections

from kernregister.platform.migreren import openstaand

MINSTE_RUIMTE = 1_000_000_000
"""Bytes that should be free: a database that cannot write stops."""

WERKER_STIL = 60
"""Seconds after which a worker that shows no life is missed; it shows itself every ten."""

_metingen: dict[str, Callable[[], int | str | None]] = {}


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """The health of a register.

    Args:
        goed: nothing is amiss.
        databank: the database answers.
        versie: version of PostgreSQL; None when it does not answer.
        migraties: names of migrations that wait; None when they cannot be looked up.
        worker_gezien: seconds since a worker showed itself; None when there is none.
        ruimte: bytes free where the data is kept.
        metingen: what rooms add, such as the last stand number.
        gebreken: what is amiss, in words.
    """

    goed: bool
    databank: bool
    versie: str | None
    migraties: list[str] | None
    worker_gezien: int | None
    ruimte: int
    metingen: dict[str, int | str | None]
    gebreken: list[str]


def meet_ook(naam: str, meting: Callable[[], int | str | None]) -> None:
    """Have a figure of a room shown with the health; the room calls this in its ``AppConfig.ready``."""
    _metingen[naam] = meting


def neem_op(map_: Path) -> Stand:
    """Look how the register is doing.

    Args:
        map_: where data is kept; its disk is looked at.
    """
    gebreken: list[str] = []
    versie, migraties, worker, metingen = None, None, None, {}
    try:
        with connections["stelsel"].cursor() as cursor:
            cursor.execute("SHOW server_version")
            versie = cursor.fetchone()[0]
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
        migraties = openstaand("stelsel")
        if migraties:
            gebreken.append(f"Er wachten {len(migraties)} migraties. Draai: kernregister migreer")
        else:
            worker = _worker_gezien()
            metingen = {naam: meting() for naam, meting in _metingen.items()}
            if worker is None or worker > WERKER_STIL:
                gebreken.append("Er is geen worker die taken uitvoert. Draai: kernregister start")
    except DatabaseError as fout:
        gebreken.append(f"De databank antwoordt niet ({type(fout).__name__}).")
    ruimte = _ruimte(map_)
    if ruimte < MINSTE_RUIMTE:
        gebreken.append(f"Er is nog maar {ruimte // 1_000_000} MB vrij op de schijf van {map_}.")
    return Stand(
        goed=not gebreken,
        databank=versie is not None,
        versie=versie,
        migraties=migraties,
        worker_gezien=worker,
        ruimte=ruimte,
        metingen=metingen,
        gebreken=gebreken,
    )


def _worker_gezien() -> int | None:
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM now() - max(last_heartbeat))::int FROM procrastinate_workers"
        )
        gezien: int | None = cursor.fetchone()[0]
    return gezien


def _ruimte(map_: Path) -> int:
    while not map_.exists():
        map_ = map_.parent
    return shutil.disk_usage(map_).free
