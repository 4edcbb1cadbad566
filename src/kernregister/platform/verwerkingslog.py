"""The processing log: whose data were processed, by which activity, in whose name (Logboek Dataverwerkingen, Logius).

One line for each person and each step. Processing fails when its line cannot be written: the lines go into the
transaction that reads or changes the data. Who works at an organisation is not in it; that is in the audit trail, under
the same trace.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from django.apps import apps
from django.db import connections
from msgspec import Struct

from kernregister.platform import klok, spoor
from kernregister.platform.sql import als_rijen, cursor

SOORT_BETROKKENE: Final = "pseudoniem"
"""Kind of identity of the persons in the log."""

BESTAND: Final = "verwerkingen.toml"
"""Where a room declares its processing activities: beside its ``apps.py``."""

_PSEUDONIEM: Final = re.compile(r"[0-9a-f]{32,64}", re.ASCII)

_VOEG_TOE = """
    INSERT INTO platform_verwerking (trace_id, span_id, parent_span_id, status_code, name, start_time, end_time,
        processing_activity_id, data_subject_id, data_subject_id_type, namens, client)
    SELECT %s, %s, %s, status, name, start, eind, activiteit, betrokkene, %s, namens, client
    FROM json_to_recordset(%s::json) AS regel (status smallint, name text, start timestamptz, eind timestamptz,
        activiteit text, betrokkene text, namens text, client text)
"""
_KOLOMMEN = ("status", "name", "start", "eind", "activiteit", "betrokkene", "namens", "client")


class Status(IntEnum):
    """How a step ended, with the numbers of the standard; a refusal for a fault of the asker is no ERROR."""

    UNSET = 0
    OK = 1
    ERROR = 2


class Activiteit(Struct, frozen=True, forbid_unknown_fields=True):
    """A processing activity, as the register of article 30 AVG asks for it. A relevant change is a new ``versie``."""

    id: str
    versie: int
    naam: str
    doel: str
    grondslag: str
    betrokkenen: str
    gegevens: str
    ontvangers: str
    bewaartermijn: str

    @property
    def uri(self) -> str:
        """What a line of the log points to."""
        return f"urn:kernregister:verwerkingsactiviteit:{self.id}:{self.versie}"


class Verwerking(Struct, frozen=True):
    """One step with the data of one person.

    Args:
        activiteit: id of the processing activity.
        naam: what was done within it, such as ``dossier lezen``.
        betrokkene: pseudonym of the person, hexadecimal; never a number or an id.
        client: the system that did it: a client of the API, or a part of the register; no employee.
        namens: in whose name: ``Pas.namens``; empty: a person, or the register itself.
        status: how it ended.
        begonnen: when it began; None: now.
        geeindigd: when it ended; None: now.
    """

    activiteit: str
    naam: str
    betrokkene: str
    client: str
    namens: str = ""
    status: Status = Status.UNSET
    begonnen: datetime | None = None
    geeindigd: datetime | None = None


def leg_vast(regels: Sequence[Verwerking], verbinding: str = "stelsel") -> None:
    """Write the lines in one statement, in the transaction that runs on the connection.

    Raises:
        ValueError: an activity that no room declares, or a person who is named by something else than a pseudonym.
        django.db.ProgrammingError: the application writes without a pass, or in another's name.
    """
    if not regels:
        return
    bekend = {id_: _bekende(id_) for id_ in {regel.activiteit for regel in regels}}
    if not all(_PSEUDONIEM.fullmatch(regel.betrokkene) for regel in regels):
        raise ValueError(_GEEN_PSEUDONIEM)
    hier, nu = spoor.huidig(), klok.nu()
    with connections[verbinding].cursor() as cursor:
        cursor.execute(
            _VOEG_TOE,
            [
                *(hier.trace_id, hier.span_id, hier.parent_span_id, SOORT_BETROKKENE),
                als_rijen(
                    _KOLOMMEN,
                    (
                        (
                            int(regel.status),
                            regel.naam,
                            regel.begonnen or nu,
                            regel.geeindigd or nu,
                            bekend[regel.activiteit].uri,
                            regel.betrokkene,
                            regel.namens,
                            regel.client,
                        )
                        for regel in regels
                    ),
                ),
            ],
        )


class Stap(Struct, frozen=True):
    """One step with the data of many persons; what it says is that of `Verwerking`."""

    activiteit: str
    naam: str
    client: str
    namens: str = ""
    begonnen: datetime | None = None


_VOEG_VELEN_TOE = """
    INSERT INTO platform_verwerking (trace_id, span_id, parent_span_id, status_code, name, start_time, end_time,
        processing_activity_id, data_subject_id, data_subject_id_type, namens, client)
    SELECT %(trace)s, %(span)s, %(ouder)s, %(status)s, %(naam)s, %(begin)s, %(eind)s, %(activiteit)s, betrokkene,
        %(soort)s, %(namens)s, %(client)s
    FROM unnest(%(betrokkenen)s::text[]) AS betrokkene
"""


def leg_vast_voor_velen(stap: Stap, betrokkenen: Sequence[str], verbinding: str = "stelsel") -> None:
    """Write a line for each of many persons about the same step: what differs is sent, and nothing else.

    Raises:
        ValueError: an activity that no room declares, or a person who is named by something else than a pseudonym.
        django.db.ProgrammingError: the application writes without a pass, or in another's name.
    """
    activiteit = _bekende(stap.activiteit)
    if not all(map(_PSEUDONIEM.fullmatch, betrokkenen)):
        raise ValueError(_GEEN_PSEUDONIEM)
    hier, nu = spoor.huidig(), klok.nu()
    with cursor(verbinding) as sql:
        sql.execute(
            _VOEG_VELEN_TOE,
            {
                "trace": hier.trace_id,
                "span": hier.span_id,
                "ouder": hier.parent_span_id,
                "status": int(Status.UNSET),
                "naam": stap.naam,
                "begin": stap.begonnen or nu,
                "eind": nu,
                "activiteit": activiteit.uri,
                "soort": SOORT_BETROKKENE,
                "namens": stap.namens,
                "client": stap.client,
                "betrokkenen": list(betrokkenen),
            },
        )


_GEEN_PSEUDONIEM: Final = "een betrokkene staat in het verwerkingenlogboek onder een pseudoniem (32-64 hex)"


def _bekende(id_: str) -> Activiteit:
    gevonden = activiteiten().get(id_)
    if gevonden is None:
        raise ValueError(f"geen verwerkingsactiviteit: {id_!r}; zet haar in {BESTAND}")
    return gevonden


@cache
def activiteiten() -> dict[str, Activiteit]:
    """Return the register of processing activities: what the rooms declare, by id."""
    return lees_activiteiten(Path(kamer.path) for kamer in apps.get_app_configs())


def lees_activiteiten(mappen: Iterable[Path]) -> dict[str, Activiteit]:
    """Read the activities that are declared in folders.

    Raises:
        ValueError: an id is declared twice.
        msgspec.ValidationError: a field is missing, unknown or of the wrong kind.
    """
    uit: dict[str, Activiteit] = {}
    for pad in sorted(map_ / BESTAND for map_ in mappen):
        if not pad.is_file():
            continue
        gelezen: dict[str, dict[str, Any]] = tomllib.loads(pad.read_text("utf-8"))
        for id_, velden in gelezen.items():
            if id_ in uit:
                raise ValueError(f"verwerkingsactiviteit {id_!r} staat er twee keer")
            uit[id_] = msgspec.convert({"id": id_, **velden}, Activiteit)
    return uit
