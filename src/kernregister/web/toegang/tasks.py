"""What the worker does for admission: sessions that are over are not kept."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from kernregister.platform.sql import cursor
from kernregister.platform.taken import OPNIEUW
from kernregister.web.toegang.aansluitingen import VERBINDING


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
    with cursor(VERBINDING) as sql:
        sql.execute(
            "DELETE FROM usersessions_usersession WHERE NOT EXISTS"
            " (SELECT FROM django_session s WHERE s.session_key = usersessions_usersession.session_key)"
        )
        sql.execute("DELETE FROM toegang_geheugen WHERE expires < now()")
