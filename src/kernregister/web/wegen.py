"""Which connection serves which table: who may come in is kept out of reach of the application's role.

A statement slipped into the application's connection could otherwise write a token or read a session, and be anybody.
"""

from __future__ import annotations

from typing import Any

TOEGANG = frozenset(
    {
        *(
            "auth",
            "contenttypes",
            "sessions",
            "account",
            "allauth_idp_oidc",
            "mfa",
            "socialaccount",
            "toegang",
        ),
        *("usersessions", "django_cache"),
    }
)
"""Apps that hold users, sessions, clients and tokens, and how often somebody tried to log in."""


class Toegangsweg:
    """Sends the tables of admission over the connection of the apply step."""

    def db_for_read(self, model: Any, **_: Any) -> str | None:
        """Return the connection to read a model with; None: the one that was going to be used."""
        return "stelsel" if model._meta.app_label in TOEGANG else None

    def db_for_write(self, model: Any, **_: Any) -> str | None:
        """Return the connection to write a model with."""
        return self.db_for_read(model)
