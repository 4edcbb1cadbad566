"""Django's settings: everything that differs between installations comes from the environment (platform/omgeving)."""

import base64
import os
from pathlib import Path

import dj_database_url

from kernregister.platform.omgeving import Omgeving

OMGEVING = Omgeving(os.environ, Path.cwd() / "var")
DEMO = OMGEVING.demo
DEBUG = False
SECRET_KEY = base64.b64encode(OMGEVING.sleutel("django")).decode()
ALLOWED_HOSTS = OMGEVING.hosts

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "procrastinate.contrib.django",
    "kernregister.platform",
    "kernregister.voorzieningen.stamgegevens",
    "kernregister.voorzieningen.personen",
    "kernregister.voorzieningen.register",
    "kernregister.voorzieningen.kwaliteit",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
            ]
        },
    }
]


def _databank(rol: str) -> dict[str, object]:
    """Return a connection: ``app`` sees what its pass allows, ``stelsel`` applies, ``eigenaar`` migrates."""
    url = OMGEVING.databank_url(rol)
    instellingen: dict[str, object] = dict(dj_database_url.parse(url)) if url else {"NAME": "kernregister"}
    return {
        **instellingen,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # after a restart of PostgreSQL no request meets a dead session
    }


DATABASES = {"default": _databank("app"), "stelsel": _databank("stelsel")}
if OMGEVING.databank_url("eigenaar"):  # only `kernregister migreer` is given this one
    DATABASES["eigenaar"] = _databank("eigenaar")
PROCRASTINATE_DATABASE_ALIAS = "stelsel"
PROCRASTINATE_IMPORT_PATHS = ["kernregister.platform.taken"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
STATIC_URL = "static/"
