"""Invitations: an account for a colleague, and the link with which they, or who forgot it, choose a password."""

from __future__ import annotations

from typing import Final

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import audit
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import STELSEL
from kernregister.web.toegang.gebruikers import Fout, Toekenningsfout, maak_gebruiker, zoek_gebruiker
from kernregister.web.toegang.personas import ADRESSEN

_LANGSTE_ADRES: Final = 150
_LANGSTE_NAAM: Final = 100


def nodig_uit(adres: str, voornaam: str, achternaam: str, *, door: str, namens: str) -> tuple[User, bool]:
    """Return the account of an e-mail address, and whether it was made now; its roles come after.

    Args:
        adres: the e-mail address, also the name to log in with.
        voornaam: given name; of an account that exists, its own name stays.
        achternaam: family name.
        door: who invites.
        namens: the kenmerk for which they invite.

    Raises:
        Toekenningsfout: the address or the name cannot be one.
    """
    adres = adres.strip().lower()
    if fouten := list(_fouten(adres, voornaam.strip(), achternaam.strip())):
        raise Toekenningsfout(*fouten)
    with transaction.atomic(using=STELSEL):
        if (bekend := zoek_gebruiker(adres)) is not None:
            return bekend, False
        gebruiker = maak_gebruiker(adres, voornaam.strip(), achternaam.strip())
        audit.leg_vast("gebruiker.uitnodigen", "gebruiker", gebruiker.pk, door=door, namens=namens)
    return gebruiker, True


def _fouten(adres: str, voornaam: str, achternaam: str) -> list[Fout]:
    uit = []
    try:
        validate_email(adres)
    except ValidationError:
        uit.append(
            Fout(
                "adres",
                Tekst(
                    "Dit is geen e-mailadres: verwacht iets als naam@instelling.nl.",
                    "This is no e-mail address: expected something like name@institution.nl.",
                ),
            )
        )
    if len(adres) > _LANGSTE_ADRES or maskeer(adres) != adres:
        uit.append(
            Fout(
                "adres",
                Tekst(
                    f"Het adres is langer dan {_LANGSTE_ADRES} tekens, of er staat een persoonsnummer in.",
                    f"The address is longer than {_LANGSTE_ADRES} characters, or holds a number of a person.",
                ),
            )
        )
    for veld, waarde in (("voornaam", voornaam), ("achternaam", achternaam)):
        if not waarde or len(waarde) > _LANGSTE_NAAM or not waarde.isprintable():
            uit.append(
                Fout(
                    veld,
                    Tekst(
                        f"Vul een {veld} in van ten hoogste {_LANGSTE_NAAM} tekens.",
                        f"Fill in a name of at most {_LANGSTE_NAAM} characters.",
                    ),
                )
            )
    return uit


def heeft_wachtwoord_nodig(gebruiker: User) -> bool:
    """Tell whether somebody never chose a password and never came through an identity provider."""
    if settings.DEMO and gebruiker.get_username() in ADRESSEN:
        return False
    return not gebruiker.has_usable_password() and gebruiker.last_login is None


def link(gebruiker: User, basis: str) -> str:
    """Return the address with which somebody chooses a password, once, within ``PASSWORD_RESET_TIMEOUT``.

    Args:
        gebruiker: whose account it is.
        basis: how the addresses of this register begin, such as ``https://register.example``.
    """
    sleutel = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(gebruiker)
    pad = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(gebruiker), "key": sleutel},
    )
    return f"{basis.rstrip('/')}{pad}"


def verstuur(gebruiker: User, basis: str, *, namens: str, door: str) -> bool:
    """Send somebody the link by e-mail; False: it did not go out, for no server is set or it does not answer."""
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return False
    waarden = {
        "gebruiker": gebruiker,
        "link": link(gebruiker, basis),
        "namens": namens,
        "door": door,
        "aanbieder": next((app["name"] for app in _aanbieders()), ""),
    }
    tekst = render_to_string("toegang/uitnodiging.txt", waarden)
    try:
        return bool(send_mail("Kernregister: u bent uitgenodigd", tekst, None, [gebruiker.email]))
    except OSError:
        return False


def verstuur_wachtwoordlink(gebruiker: int, basis: str) -> None:
    """Send an account the link with which a password is chosen; nothing when it is not there or was closed.

    Raises:
        OSError: the mail server does not answer.
    """
    wie = User.objects.filter(pk=gebruiker, is_active=True).first()
    if wie is not None:
        tekst = render_to_string("toegang/nieuw_wachtwoord.txt", {"link": link(wie, basis)})
        send_mail("Kernregister: kies een nieuw wachtwoord / choose a new password", tekst, None, [wie.email])


def _aanbieders() -> list[dict[str, str]]:
    apps: list[dict[str, str]] = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return apps
