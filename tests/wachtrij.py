"""What was asked of the worker, done here and now."""

import json
from typing import Any

from procrastinate.tasks import Task

from kernregister.platform.sql import cursor


def werk(*taken: Task[..., Any, Any]) -> list[dict[str, Any]]:
    """Do what waits of these tasks, as the worker does, and return what each was given."""
    op_naam = {taak.name: taak for taak in taken}
    with cursor() as sql:
        sql.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = ANY (%s) RETURNING task_name, args::text",
            [list(op_naam)],
        )
        gevraagd = [(naam, json.loads(argumenten)) for naam, argumenten in sql]
    for naam, argumenten in gevraagd:
        op_naam[naam](**argumenten)
    return [argumenten for _, argumenten in gevraagd]
