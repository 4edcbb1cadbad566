"""What the environment says about logging in: the identity provider and the mail server."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from kernregister.platform.omgeving import Omgeving, Omgevingsfout

AANBIEDER: Final = "instelling"
"""The name of the identity provider in addresses and with the accounts that are connected to it."""

_LUS: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def aanbieders(omgeving: Omgeving) -> dict[str, Any]:
    """Return what allauth must know of the provider that the environment names; empty: there is none.

    Raises:
        Omgevingsfout: a part is missing, or the address is not safe.
    """
    adres = omgeving.waarden.get("KERNREGISTER_OIDC_ADRES", "").rstrip("/")
    if not adres:
        return {}
    client = omgeving.waarden.get("KERNREGISTER_OIDC_CLIENT", "")
    geheim = _geheim(omgeving, "KERNREGISTER_OIDC_GEHEIM")
    if not client or not geheim:
        raise Omgevingsfout(
            "Bij KERNREGISTER_OIDC_ADRES horen KERNREGISTER_OIDC_CLIENT en KERNREGISTER_OIDC_GEHEIM "
            "(of KERNREGISTER_OIDC_GEHEIM_BESTAND, een bestand met het geheim)."
        )
    delen = urlsplit(adres)
    if delen.scheme != "https" and not (delen.scheme == "http" and delen.hostname in _LUS):
        raise Omgevingsfout(
            "KERNREGISTER_OIDC_ADRES begint niet met https://. Alleen een aanbieder op deze computer mag zonder."
        )
    app = {
        "provider_id": AANBIEDER,
        "name": omgeving.waarden.get("KERNREGISTER_OIDC_NAAM") or delen.hostname,
        "client_id": client,
        "secret": geheim,
        "settings": {"server_url": adres, "oauth_pkce_enabled": True, "fetch_userinfo": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def post(omgeving: Omgeving) -> dict[str, Any]:
    """Return Django's settings for e-mail; without a server nothing is sent; a demo shows it in its output.

    Raises:
        Omgevingsfout: the server or the sender is missing, or the port is no number.
    """
    server = omgeving.waarden.get("KERNREGISTER_POST_SERVER", "")
    afzender = omgeving.waarden.get("KERNREGISTER_POST_AFZENDER", "")
    if not server:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends."
            + ("console" if omgeving.demo else "dummy")
            + ".EmailBackend"
        }
    naam, _, poort = server.partition(":")
    if not afzender or "@" not in afzender:
        raise Omgevingsfout("Bij KERNREGISTER_POST_SERVER hoort KERNREGISTER_POST_AFZENDER: een e-mailadres.")
    if poort and not (poort.isascii() and poort.isdecimal()):
        raise Omgevingsfout(
            "KERNREGISTER_POST_SERVER is een naam met een poort, zoals post.voorbeeld.nl:587."
        )
    nummer = int(poort or 587)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": naam,
        "EMAIL_PORT": nummer,
        "EMAIL_HOST_USER": omgeving.waarden.get("KERNREGISTER_POST_GEBRUIKER", ""),
        "EMAIL_HOST_PASSWORD": _geheim(omgeving, "KERNREGISTER_POST_GEHEIM"),
        "EMAIL_USE_SSL": nummer == 465,
        "EMAIL_USE_TLS": nummer != 465 and naam not in _LUS,
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": afzender,
    }


def _geheim(omgeving: Omgeving, naam: str) -> str:
    """Return a secret: the setting itself, or what is in the file that ``<naam>_BESTAND`` names."""
    bestand = omgeving.waarden.get(f"{naam}_BESTAND")
    if not bestand:
        return omgeving.waarden.get(naam, "")
    try:
        return Path(bestand).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fout:
        raise Omgevingsfout(f"{naam}_BESTAND: {bestand} is niet te lezen ({type(fout).__name__}).") from fout
