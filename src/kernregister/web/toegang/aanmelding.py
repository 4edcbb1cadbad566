"""How people log in, where we differ from django-allauth: nobody makes an account, and a token generator is a duty."""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account import app_settings as account_instellingen
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import Provider
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import render

from kernregister.platform.versleuteling import kluis
from kernregister.web.toegang import tweede_factor
from kernregister.web.toegang.herkomst import adres_van
from kernregister.web.toegang.oidc import Identiteitsaanbieder

_ZONDER_BERICHT = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})
_PLAATS = b"tokengenerator"


class Tokenvraag(AuthenticateStage):  # type: ignore[misc]
    """Ask for the code of the token generator, except of who came through an identity provider."""

    def _should_handle(self, request: HttpRequest) -> bool:
        gebruiker = self.login.user
        if isinstance(gebruiker, User) and tweede_factor.via_aanbieder(request, gebruiker):
            return False
        return bool(super()._should_handle(request))


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from an invitation or the command line, never from a form that is open to all."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that nobody can make an account."""
        return False

    def get_login_stages(self) -> list[str]:
        """Return the steps between a password and being logged in."""
        return [f"{__name__}.{Tokenvraag.__name__}"]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address by which attempts are counted and sessions recognised."""
        return adres_van(request)

    def is_reauthentication_required(self, *, app: str, **meer: Any) -> bool:
        """Tell whether somebody must show again who they are: not within minutes after logging in."""
        request = context.request
        stappen = get_authentication_records(request, request.user)
        grens = time.time() - account_instellingen.REAUTHENTICATION_TIMEOUT
        if any(stap.get("at", 0) > grens for stap in stappen):
            return False
        return bool(super().is_reauthentication_required(app=app, **meer))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *woorden: Any,
        **meer: Any,
    ) -> None:
        """Leave out that somebody logged in or out: the page shows that."""
        if message_template not in _ZONDER_BERICHT:
            super().add_message(request, level, message_template, *woorden, **meer)


class Aanbieders(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Identity providers: they log in who has an account here already, and nobody else."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Provider:
        """Return the provider, with what we ask of it."""
        return Identiteitsaanbieder(
            request, app=self.get_app(request, provider=provider, client_id=client_id)
        )

    def list_apps(self, request: HttpRequest, *woorden: Any, **meer: Any) -> list[Any]:
        """Return the providers of the environment; none comes from the database."""
        from allauth.socialaccount.adapter import _build_apps_from_settings

        return [app for apps in _build_apps_from_settings(*woorden, **meer).values() for app in apps]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Stop who has no account here, and an answer that is not of this visit.

        Raises:
            ImmediateHttpResponse: a page that says who can help.
        """
        if not Identiteitsaanbieder.hoort_bij_vraag(sociallogin):
            raise ImmediateHttpResponse(
                render(request, "socialaccount/authentication_error.html", status=401)
            )
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(
                render(
                    request,
                    "socialaccount/onbekend.html",
                    {"aanbieder": sociallogin.provider.name},
                    status=403,
                )
            )


class Tokengenerators(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of token generators lie encrypted."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept."""
        return base64.b64encode(kluis().sluit(text.encode(), _PLAATS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret as it is used."""
        return kluis().open(base64.b64decode(encrypted_text), _PLAATS).decode()
