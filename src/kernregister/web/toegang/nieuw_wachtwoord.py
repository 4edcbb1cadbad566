"""A new password: the link goes out by a task, so that asking for it takes as long with an account as without."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from kernregister.web.toegang import tasks

_NIEMAND: Final = 0
"""In the place of an account: a task goes into the queue all the same."""


class Wachtwoordvraag(ResetPasswordForm):  # type: ignore[misc]
    """Asks for a link, at an e-mail address; whether it has an account is looked up, and no more."""

    def save(self, request: HttpRequest, **_: Any) -> str:
        """Put a task in the queue, and return the address."""
        for wie in [gebruiker.pk for gebruiker in self.users] or [_NIEMAND]:
            tasks.stuur_wachtwoordlink.defer(gebruiker=wie, basis=request.build_absolute_uri("/"))
        return str(self.cleaned_data["email"])
