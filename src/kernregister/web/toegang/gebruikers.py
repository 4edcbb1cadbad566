"""People who work with the portal: their accounts, the roles they are given, and in which capacity they act."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from msgspec import Struct

from kernregister.platform import audit, klok
from kernregister.platform.pas import Pas, Soort
from kernregister.platform.rechten import Recht, bijzonder_van
from kernregister.web.toegang.models import Roltoekenning
from kernregister.web.toegang.rollen import KENMERK_DUO, KENMERK_SECTOR, ROLLEN, Rol, rechten_van, soort_van

VERBINDING = "stelsel"

_INSTELLINGSCODE = re.compile(r"[0-9]{2}[A-Z0-9]{2}")
_STUDIEJAAR = re.compile(r"[0-9]{4}-[0-9]{4}")
_ZONDER_SLEUTEL = {KENMERK_DUO: Soort.DUO, KENMERK_SECTOR: Soort.SECTOR}


class Toekenningsfout(Exception):
    """A role cannot be given like that; the text says everything that is wrong, in Dutch."""


class Hoedanigheid(Struct, frozen=True):
    """In which capacity somebody acts: for one institution, as its accountant in one studiejaar, as DUO or sector."""

    pas: Pas
    rollen: frozenset[Rol]
    rechten: frozenset[Recht]

    @property
    def sleutel(self) -> str:
        """Return what a session remembers of the choice."""
        return ":".join((self.pas.soort.value, self.pas.sleutel, self.pas.extra))

    @property
    def kenmerk(self) -> str:
        """Return the kenmerk: an instellingscode, ``DUO`` or ``SECTOR``."""
        return self.pas.sleutel or self.pas.soort.value.upper()


def maak_gebruiker(
    naam: str, voornaam: str = "", achternaam: str = "", wachtwoord: str | None = None
) -> User:
    """Make an account that can log in by e-mail address; without a password it can only through an identity provider.

    Args:
        naam: the e-mail address, which is also the name to log in with.
        voornaam: given name, as colleagues see it.
        achternaam: family name.
        wachtwoord: password.
    """
    from allauth.account.models import EmailAddress

    gebruiker: User = get_user_model()(
        username=naam.lower(), email=naam.lower(), first_name=voornaam, last_name=achternaam
    )
    gebruiker.set_password(wachtwoord) if wachtwoord else gebruiker.set_unusable_password()
    with transaction.atomic(using=VERBINDING):
        gebruiker.save(using=VERBINDING)
        EmailAddress.objects.using(VERBINDING).create(
            user=gebruiker, email=gebruiker.email, verified=True, primary=True
        )
    return gebruiker


def ken_toe(
    gebruiker: User,
    rol: Rol,
    kenmerk: str,
    *,
    door: str,
    studiejaar: str = "",
    geldig_tot: datetime | None = None,
) -> Roltoekenning:
    """Give somebody a role for a kenmerk; what was given already stays as it is.

    Raises:
        Toekenningsfout: role, kenmerk, studiejaar and end do not fit together.
    """
    if fouten := list(_fouten(rol, kenmerk, studiejaar, geldig_tot)):
        raise Toekenningsfout("\n".join(fouten))
    with transaction.atomic(using=VERBINDING):
        rij, nieuw = Roltoekenning.objects.using(VERBINDING).get_or_create(
            gebruiker=gebruiker,
            rol=rol.value,
            kenmerk=kenmerk,
            studiejaar=studiejaar,
            ingetrokken_op=None,
            defaults={"gegeven_op": klok.nu(), "gegeven_door": door, "geldig_tot": geldig_tot},
        )
        if nieuw:
            _audit("rol.toekennen", rij, door)
    return rij


def trek_in(toekenning: Roltoekenning, *, door: str) -> None:
    """Take back a role; it stops working with the next request."""
    with transaction.atomic(using=VERBINDING):
        geraakt = (
            Roltoekenning.objects.using(VERBINDING)
            .filter(pk=toekenning.pk, ingetrokken_op=None)
            .update(ingetrokken_op=klok.nu(), ingetrokken_door=door)
        )
        if geraakt:
            _audit("rol.intrekken", toekenning, door)


def hoedanigheden(gebruiker: User) -> tuple[Hoedanigheid, ...]:
    """Return in which capacities somebody may act now: those that open something, in order of kenmerk."""
    nu = klok.nu()
    rijen = Roltoekenning.objects.using(VERBINDING).filter(gebruiker=gebruiker, ingetrokken_op=None)
    geldig = [rij for rij in rijen if rij.geldig_tot is None or rij.geldig_tot > nu]
    toegang = {rij.kenmerk for rij in geldig if rij.rol == Rol.TOEGANG}
    per: dict[tuple[str, Soort, str], set[Rol]] = {}
    for rij in geldig:
        soort = Soort.ACCOUNTANT if rij.studiejaar else soort_van(Rol(rij.rol), rij.kenmerk)
        per.setdefault((rij.kenmerk, soort, rij.studiejaar), set()).add(Rol(rij.rol))
    uit = []
    for (kenmerk, soort, studiejaar), namen in sorted(per.items()):
        rollen = frozenset(namen | {Rol.TOEGANG}) if kenmerk in toegang else frozenset(namen)
        rechten = rechten_van(rollen)
        if rechten:
            sleutel = "" if kenmerk in _ZONDER_SLEUTEL else kenmerk
            pas = Pas(soort, sleutel, studiejaar, bijzonder_van(rechten))
            uit.append(Hoedanigheid(pas, rollen, rechten))
    return tuple(uit)


def _fouten(rol: Rol, kenmerk: str, studiejaar: str, geldig_tot: datetime | None) -> Iterable[str]:
    beschrijving = ROLLEN[rol]
    titel = beschrijving.titel.nl
    if kenmerk not in _ZONDER_SLEUTEL and not _INSTELLINGSCODE.fullmatch(kenmerk):
        yield f"Kenmerk '{kenmerk}': verwacht een instellingscode van vier tekens, zoals 25PV."
        return
    soort = Soort.ACCOUNTANT if studiejaar else soort_van(rol, kenmerk)
    if soort not in beschrijving.soorten:
        yield f"De rol {titel} past niet bij het kenmerk {kenmerk}{' met een studiejaar' if studiejaar else ''}."
    if studiejaar and not _STUDIEJAAR.fullmatch(studiejaar):
        yield f"Studiejaar '{studiejaar}': verwacht twee jaren, zoals 2025-2026."
    if beschrijving.tijdelijk and not (studiejaar and geldig_tot):
        yield f"De rol {titel} geldt voor één studiejaar en heeft een einddatum: vul beide in."
    if geldig_tot is not None and geldig_tot <= klok.nu():
        yield "De einddatum ligt in het verleden."


def _audit(handeling: str, rij: Roltoekenning, door: str) -> None:
    audit.leg_vast(
        handeling,
        "gebruiker",
        rij.gebruiker_id,
        door=door,
        namens=rij.kenmerk,
        details={"rol": rij.rol, "kenmerk": rij.kenmerk, "studiejaar": rij.studiejaar},
    )
