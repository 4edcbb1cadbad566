"""The second factor: who logs in with a password shows a code of a token generator too (Handleiding h. 04).

An identity provider asks for it by itself (ADR 0031). Whoever is known by neither of the two opens no page: a way of
logging in that somebody adds later is closed until it says how it proves who comes.
"""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest

from kernregister.web.toegang.personas import ADRESSEN

_ONTHOUDEN = "_kernregister_tweede_factor"


def via_aanbieder(request: HttpRequest, gebruiker: User) -> bool:
    """Tell whether somebody came in this session through an identity provider."""
    stappen = get_authentication_records(request, gebruiker)
    return any(stap.get("method") == "socialaccount" for stap in stappen)


def heeft_tokengenerator(gebruiker: User) -> bool:
    """Tell whether somebody has a token generator; with one, no password alone logs in."""
    return bool(is_mfa_enabled(gebruiker, [Authenticator.Type.TOTP]))


def voldoet(request: HttpRequest) -> bool:
    """Tell whether who is logged in may open pages: by a provider, with a token generator, or as one of the demo."""
    onthouden = getattr(request, _ONTHOUDEN, None)
    gebruiker = getattr(request, "user", None)
    if not isinstance(gebruiker, User):
        return False
    if onthouden is None or onthouden[0] != gebruiker.pk:
        is_persona = settings.DEMO and gebruiker.get_username() in ADRESSEN
        uitkomst = is_persona or via_aanbieder(request, gebruiker) or heeft_tokengenerator(gebruiker)
        onthouden = (gebruiker.pk, uitkomst)
        setattr(request, _ONTHOUDEN, onthouden)
    return bool(onthouden[1])


def vergeet(request: HttpRequest) -> None:
    """Look again: a token generator was just added or removed."""
    if hasattr(request, _ONTHOUDEN):
        delattr(request, _ONTHOUDEN)
