"""Logging in through an identity provider of OpenID Connect, such as SURFconext or eduID (ADR 0031)."""

from __future__ import annotations

import secrets
from typing import Any, Final

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import Http404, HttpRequest, HttpResponse

_BEREIK: Final = ["openid", "profile", "email"]


class Identiteitsaanbieder(OpenIDConnectProvider):  # type: ignore[misc]
    """A provider that is asked one thing: who this is, for this visit."""

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the address of the login decides: where to go afterwards, and no more.

        Raises:
            django.http.Http404: something else than logging in is asked, such as connecting another's account.
        """
        gevraagd = super().get_redirect_from_request_kwargs(request)
        if gevraagd["process"] != AuthProcess.LOGIN:
            raise Http404
        return {naam: gevraagd[naam] for naam in ("process", "next_url") if naam in gevraagd}

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **meer: Any,
    ) -> HttpResponse:
        """Send the browser to the provider with a number that must come back in its answer."""
        eenmalig = secrets.token_urlsafe(24)
        antwoord: HttpResponse = super().redirect(
            request,
            process,
            next_url=next_url,
            data=data,
            scope=list(_BEREIK),
            auth_params={"nonce": eenmalig},
            nonce=eenmalig,
            **meer,
        )
        return antwoord

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return what is kept of an answer: not who somebody is, which the account here says already."""
        return {"nonce": data.get("id_token", {}).get("nonce", "")}

    @staticmethod
    def hoort_bij_vraag(aanmelding: SocialLogin) -> bool:
        """Tell whether an answer carries the number that was sent along with the question."""
        eenmalig = aanmelding.state.get("nonce")
        terug = aanmelding.account.extra_data.get("nonce", "")
        return bool(eenmalig) and secrets.compare_digest(str(terug), str(eenmalig))
