"""The worker: ``python -m kernregister.platform.werker`` does the tasks of the queue until it is told to stop.

Not by Procrastinate's own command, which greets whoever starts the register in English.
"""

from __future__ import annotations

from typing import Final

import django

TEGELIJK: Final = 2
"""Tasks at the same time."""

VRAAGT_PER: Final = 0.2
"""Seconds after which it asks for a task again: somebody waits for an overview."""

UITLOOP: Final = 20.0
"""Seconds in which tasks may end once it is told to stop; they begin again with the next worker."""


def werk() -> None:
    """Do tasks until a signal says to stop."""
    django.setup()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as werkend:
        werkend.run_worker(
            concurrency=TEGELIJK,
            delete_jobs="successful",
            fetch_job_polling_interval=VRAAGT_PER,
            # It asks and does not listen: every role may speak on a channel of PostgreSQL, and what it cannot read
            # stops it.
            listen_notify=False,
            shutdown_graceful_timeout=UITLOOP,
        )


if __name__ == "__main__":
    werk()
