"""Django's settings: everything that differs between installations comes from the environment (platform/omgeving)."""

import base64
import os
from pathlib import Path
from typing import Any

import dj_database_url

from kernregister.platform import logboek
from kernregister.platform.omgeving import Omgeving
from kernregister.web.toegang import instellingen

OMGEVING = Omgeving(os.environ, Path.cwd() / "var")
DEMO = OMGEVING.demo
DUO_GRENZEN = OMGEVING.aan("KERNREGISTER_DUO_GRENZEN")
"""The limits of Mijn DUO on overviews: one OBO a day, ready the next working day."""
DEBUG = False
SECRET_KEY = base64.b64encode(OMGEVING.sleutel("django")).decode()
ALLOWED_HOSTS = OMGEVING.hosts

INSTALLED_APPS = [
    "kernregister.web.portaal",  # before allauth: its templates are replaced by ours
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.idp.oidc",
    "procrastinate.contrib.django",
    "kernregister.platform",
    "kernregister.voorzieningen.stamgegevens",
    "kernregister.voorzieningen.personen",
    "kernregister.voorzieningen.register",
    "kernregister.voorzieningen.kwaliteit",
    "kernregister.voorzieningen.overzichten",
    "kernregister.voorzieningen.bekostigen",
    "kernregister.voorzieningen.sectorinformatie",
    "kernregister.web.toegang",
    "kernregister.web.leveringen",
    "kernregister.web.bulk",
    "kernregister.web.administratie",
]
MIDDLEWARE = [
    "kernregister.platform.verzoek.Verzoek",
    "kernregister.web.tussenlagen.Buitenkant",
    "kernregister.web.tussenlagen.Veiligheid",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kernregister.web.tussenlagen.Taal",
    "kernregister.web.tussenlagen.Sessie",
    "kernregister.web.tussenlagen.Gewoon",
    "kernregister.web.tussenlagen.Vervalsing",
    "kernregister.web.tussenlagen.Aanmelding",
    "kernregister.web.tussenlagen.Zitting",
    "kernregister.web.tussenlagen.Berichten",
    "allauth.account.middleware.AccountMiddleware",
    "kernregister.web.tussenlagen.Token",
]
ROOT_URLCONF = "kernregister.web.urls"
WSGI_APPLICATION = "kernregister.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kernregister.web.portaal.context.bezoek",
            ]
        },
    }
]


def _databank(rol: str) -> dict[str, Any]:
    """Return a connection: ``app`` sees what its pass allows, ``stelsel`` applies, ``eigenaar`` migrates."""
    url = OMGEVING.databank_url(rol)
    instellingen: dict[str, Any] = dict(dj_database_url.parse(url)) if url else {"NAME": "kernregister"}
    # Values go beside the statement, not in it: sessions of one role can read each other's statements.
    opties = {**instellingen.get("OPTIONS", {}), "server_side_binding": True}
    if rol == "app":
        # A page asks the same questions time and again. Reading and planning them under row level security took
        # PostgreSQL a quarter to a third of its work; asked so often, a session keeps the plan. Not where sets of
        # one and of five thousand rows go through the same statement: they want plans of their own.
        opties.setdefault("prepare_threshold", 5)
    return {
        **instellingen,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # after a restart of PostgreSQL no request meets a dead session
        "OPTIONS": opties,
    }


DATABASES = {"default": _databank("app"), "stelsel": _databank("stelsel")}
if OMGEVING.databank_url("eigenaar"):  # only `kernregister migreer` is given this one
    DATABASES["eigenaar"] = _databank("eigenaar")
PROCRASTINATE_DATABASE_ALIAS = "stelsel"
PROCRASTINATE_IMPORT_PATHS = ["kernregister.platform.taken"]
DATABASE_ROUTERS = ["kernregister.web.wegen.Toegangsweg"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILE_UPLOAD_HANDLERS = ["kernregister.web.leveringen.ontvangst.Verzegeld"]
DATA_UPLOAD_MAX_NUMBER_FILES = 4
"""Files in a form: ours ask for two at most, and each may be as large as an upload may be."""

LOGGING = logboek.instellingen(als_json=os.environ.get("KERNREGISTER_LOG") == "json")

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent / "portaal" / "static"
STORAGES = {"staticfiles": {"BACKEND": "kernregister.web.portaal.bestanden.MetVersie"}}
WHITENOISE_MAX_AGE = 365 * 24 * 3600  # an address carries the version of its file
WHITENOISE_ALLOW_ALL_ORIGINS = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# People: how they log in (ADR 0031).
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "portaal_personas" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "portaal_begin"
ACCOUNT_FORMS = {"reset_password": "kernregister.web.toegang.nieuw_wachtwoord.Wachtwoordvraag"}
ACCOUNT_ADAPTER = "kernregister.web.toegang.aanmelding.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/5m/key"}
"""A whole institution may come from one address; one account is guessed at five times in five minutes."""
MFA_ADAPTER = "kernregister.web.toegang.aanmelding.Tokengenerators"
MFA_TOTP_ISSUER = "Kernregister"
MFA_TOTP_TOLERANCE = 1
"""Half minutes that a telephone may be off (RFC 6238)."""
MFA_FORMS = {
    "authenticate": "kernregister.web.toegang.formulieren.Aanmeldcode",
    "reauthenticate": "kernregister.web.toegang.formulieren.Bevestigcode",
}
SOCIALACCOUNT_ADAPTER = "kernregister.web.toegang.aanmelding.Aanbieders"
SOCIALACCOUNT_PROVIDERS = instellingen.aanbieders(OMGEVING)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_LOGIN_ON_GET = True
"""A form could not lead to another site: the content security policy lets forms go to our own only."""
ALLAUTH_TRUSTED_PROXY_COUNT = (
    OMGEVING.getal("KERNREGISTER_PROXY", 1) if os.environ.get("KERNREGISTER_PROXY") else 0
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
globals().update(instellingen.post(OMGEVING))

# Sessions and forms of people.
SESSION_COOKIE_AGE = 10 * 3600
"""Seconds after which somebody logs in again: a working day (``toegang.zitting``)."""
SESSION_IDLE = 3600
"""Seconds without a step of a person after which a session ends."""
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
"""The web part listens on this computer only; the proxy with TLS before it says what a browser spoke."""
CSRF_FAILURE_VIEW = "kernregister.web.portaal.fouten.formulier_verlopen"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "toegang_geheugen",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
"""Counts of attempts, shared by all web processes, out of reach of the application's role (``wegen``)."""

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "kernregister.web.toegang.geheimen.Machinegeheim",
]
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 3600
IDP_OIDC_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]

VERZOEKEN_PER_MINUUT = int(os.environ.get("KERNREGISTER_VERZOEKEN_PER_MINUUT", "3000"))
"""What one machine client may ask of all web processes together."""
WEBPROCESSEN = int(os.environ.get("KERNREGISTER_WEBPROCESSEN", "1"))

ADMINISTRATIE_DAGEN = OMGEVING.getal("KERNREGISTER_ADMINISTRATIE_DAGEN", 30)
"""Days that an uploaded export of an own administration is kept, with the differences that were found."""

TBG_MOMENTEN = os.environ.get("KERNREGISTER_TBG_MOMENTEN", "11-01,03-01,06-01")
"""Days of the year (maand-dag) on which every funded institution gets the TBG overview; empty: never."""
TBG_UITBREIDING = os.environ.get("KERNREGISTER_TBG_UITBREIDING", "") == "1"
"""Whether that overview carries onderwijsaanbieder and onderwijslocatie too, as the manual promises (h. 05)."""

CODES_VAN_NEGEN_CIJFERS = {"na", "stand"}
"""Parts of an address after which a stand comes: of those of nine digits one in eleven looks like a BSN."""
