"""The addresses of django-allauth that we use, and no others: nobody makes an account or adds an e-mail address."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as herstelcodes
from allauth.mfa.totp import views as token
from allauth.socialaccount import views as sociaal
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.db import transaction
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from kernregister.platform.sql import STELSEL

urlpatterns: list[URLPattern] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path(
        # a first password goes through the mailbox: an open session of a provider is no way to outlive its account
        "password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("mfa/", RedirectView.as_view(pattern_name="portaal_account"), name="mfa_index"),
    path("mfa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("mfa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "mfa/totp/activate/",
        transaction.atomic(using=STELSEL)(token.activate_totp),  # with its recovery codes, or not at all
        name="mfa_activate_totp",
    ),
    path("mfa/totp/deactivate/", token.deactivate_totp, name="mfa_deactivate_totp"),
    path("mfa/recovery-codes/", herstelcodes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "mfa/recovery-codes/generate/",
        # new codes are made under a lock on the account, which lies on a connection of its own
        transaction.atomic(using=STELSEL)(herstelcodes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "mfa/recovery-codes/download/",
        herstelcodes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("oidc/<slug:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", oidc.callback, name="openid_connect_callback"),
    path("oidc/cancelled/", sociaal.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/error/", sociaal.login_error, name="socialaccount_login_error"),
]
