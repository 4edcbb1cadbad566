"""How long a session lasts: a working day, and not longer than an hour without a step of a person.

Real time decides, not the clock of a demo that can be moved.
"""

from __future__ import annotations

import time
from typing import Final

from django.conf import settings
from django.http import HttpRequest

_BEGIN: Final = "zitting_begin"
_LAATST: Final = "zitting_laatst"
_PER: Final = 60.0
"""Seconds between two notes of the last step: not every request writes."""


def is_voorbij(request: HttpRequest) -> bool:
    """Tell whether the session of who is logged in is over."""
    nu = time.time()
    begin, laatst = request.session.get(_BEGIN, nu), request.session.get(_LAATST, nu)
    return bool(nu - begin > settings.SESSION_COOKIE_AGE or nu - laatst > settings.SESSION_IDLE)


def houd_bij(request: HttpRequest) -> None:
    """Note that somebody took a step; a page that refreshes a part of itself is no step."""
    nu = time.time()
    request.session.setdefault(_BEGIN, nu)
    ververst = request.method == "GET" and request.headers.get("HX-Request") == "true"
    if not ververst and nu - request.session.get(_LAATST, 0.0) > _PER:
        request.session[_LAATST] = nu
