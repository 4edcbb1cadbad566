"""What the worker does for admission: links for a new password go out, sessions that are over are not kept."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kernregister.platform.sql import STELSEL, WEG, cursor
from kernregister.platform.taken import MEESTE_POGINGEN, OPNIEUW
from kernregister.web.toegang import uitnodigingen


@app.periodic(cron="23 * * * *", periodic_id="toegang")
@app.task(
    name="toegang.ruim_op",
    queue="platform",
    queueing_lock="toegang.ruim_op",
    lock="toegang.ruim_op",
    retry=OPNIEUW,
)
def ruim_op(timestamp: int = 0) -> None:
    """Remove sessions that are over, with what was noted of them, and counts of attempts that no longer count."""
    SessionStore.clear_expired()
    with cursor(STELSEL) as sql:
        sql.execute(
            "DELETE FROM usersessions_usersession WHERE NOT EXISTS"
            " (SELECT FROM django_session s WHERE s.session_key = usersessions_usersession.session_key)"
        )
        sql.execute("DELETE FROM toegang_geheugen WHERE expires < now()")


@app.task(
    name="toegang.stuur_wachtwoordlink",
    queue="platform",
    retry=RetryStrategy(max_attempts=MEESTE_POGINGEN, exponential_wait=6, retry_exceptions={*WEG, OSError}),
)
def stuur_wachtwoordlink(gebruiker: int, basis: str) -> None:
    """Send somebody the link for a new password; again later, within the hour, when the mail server does not answer.

    The link is made here: it lies in no queue.
    """
    uitnodigingen.verstuur_wachtwoordlink(gebruiker, basis)
