"""The log of the machine: with the trace, and without a number of a person, whoever wrote the line."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from kernregister.platform import spoor
from kernregister.platform.nummers import maskeer

_TEKST = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")


class ZonderNummers(logging.Filter):
    """Make a record safe before anything formats it: message, arguments, exception and stack.

    The exception goes on as text only, so that no handler after it can write the values it holds.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record and let it pass."""
        try:
            tekst = record.getMessage()
        except Exception:  # noqa: BLE001 - a line with wrong arguments is still a line
            tekst = str(record.msg)
        record.msg, record.args = maskeer(tekst), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _TEKST.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = maskeer(record.exc_text)
        record.exc_info = None
        if record.stack_info:
            record.stack_info = maskeer(record.stack_info)
        record.trace_id = spoor.trace_id() or "-"
        return True


class JsonRegel(logging.Formatter):
    """One line of JSON for each record, for machines that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what a record carries besides these fields is left out."""
        regel: dict[str, Any] = {
            "moment": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "bron": record.name,
            "bericht": record.getMessage(),
            "trace_id": getattr(record, "trace_id", "-"),
        }
        if record.exc_text:
            regel["fout"] = record.exc_text
        if record.stack_info:
            regel["stapel"] = record.stack_info
        return maskeer(json.dumps(regel, ensure_ascii=False))


class TekstRegel(logging.Formatter):
    """Lines for people."""

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s [%(trace_id)s] %(message)s", defaults={"trace_id": "-"}
        )

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of the record, masked once more."""
        return maskeer(super().format(record))


def instellingen(als_json: bool = False, niveau: str = "INFO") -> dict[str, Any]:
    """Return the settings of Python's logging: one way out, and nothing goes past it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"zonder_nummers": {"()": f"{__name__}.ZonderNummers"}},
        "formatters": {"regel": {"()": f"{__name__}.{'JsonRegel' if als_json else 'TekstRegel'}"}},
        "handlers": {
            "uit": {"class": "logging.StreamHandler", "filters": ["zonder_nummers"], "formatter": "regel"},
        },
        "root": {"handlers": ["uit"], "level": niveau},
        "loggers": {
            # Django's own handlers would write beside ours, and one of them mails whole requests.
            **{naam: {"handlers": [], "propagate": True} for naam in ("django", "django.server")},
            "procrastinate": {"level": "WARNING"},  # it tells of every task that it gets to know
        },
    }
