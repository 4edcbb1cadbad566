"""Forms of django-allauth that must work on the connection on which accounts lie."""

from __future__ import annotations

from typing import Final

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction

from kernregister.platform.sql import STELSEL

_GELDIG: Final = (2 * app_settings.TOTP_TOLERANCE + 2) * app_settings.TOTP_PERIOD
"""Seconds in which a code could be used again: longer than it is good for, which allauth remembers only in part."""


class _InTransactie:
    """A recovery code is struck off under a lock, and a lock asks for a transaction on its own connection."""

    def clean_code(self) -> str:
        """Check a code; a wrong one is refused after the transaction, or the attempt would not be counted.

        Raises:
            django.core.exceptions.ValidationError: it is wrong, or one of too many.
        """
        with transaction.atomic(using=STELSEL):
            try:
                code: str = super().clean_code()  # type: ignore[misc]
                if cache.add(f"toegang:code:{self.user.pk}:{code}", 1, _GELDIG):  # type: ignore[attr-defined]
                    return code
                raise get_adapter().validation_error("incorrect_code")
            except ValidationError as fout:
                geweigerd = fout
        raise geweigerd


class Aanmeldcode(_InTransactie, forms.AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class Bevestigcode(_InTransactie, forms.ReauthenticateForm):  # type: ignore[misc]
    """The code before a step that matters."""
