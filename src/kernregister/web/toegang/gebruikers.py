"""People who work with the portal: their accounts, the roles they are given, and in which capacity they act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import connections, transaction
from msgspec import Struct

from kernregister.kern.gegevens import Soort as Bekostigd
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import audit, klok
from kernregister.platform.pas import Pas, Soort
from kernregister.platform.rechten import Recht, bijzonder_van
from kernregister.platform.sql import STELSEL
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.toegang.models import Roltoekenning
from kernregister.web.toegang.rollen import KENMERK_DUO, KENMERK_SECTOR, ROLLEN, Rol, rechten_van, soort_van

_INSTELLINGSCODE = re.compile(r"[0-9]{2}[A-Z0-9]{2}")
_STUDIEJAAR = re.compile(r"([0-9]{4})-([0-9]{4})")
_BEHEER = (Rol.BEHEERDER, Rol.TOEGANG)
_VOLGORDE = [rol.value for rol in Rol]
_ZONDER_SLEUTEL = {KENMERK_DUO: Soort.DUO, KENMERK_SECTOR: Soort.SECTOR}


class Fout(Struct, frozen=True):
    """One thing that is wrong with a role as it was asked for."""

    veld: str
    """The field it is about: ``rol``, ``kenmerk``, ``studiejaar``, ``tot`` or ``adres``."""
    tekst: Tekst


class Toekenningsfout(Exception):
    """A role cannot be given or taken back like that; the text says everything that is wrong, in Dutch."""

    def __init__(self, *fouten: Fout) -> None:
        super().__init__("\n".join(fout.tekst.nl for fout in fouten))
        self.fouten = fouten


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
    with transaction.atomic(using=STELSEL):
        gebruiker.save(using=STELSEL)
        EmailAddress.objects.using(STELSEL).create(
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
    """Give somebody a role for a kenmerk; one that is there with another end is closed and given anew.

    Raises:
        Toekenningsfout: role, kenmerk, studiejaar and end do not fit together, or no Beheerder would be left.
    """
    if fouten := wat_ontbreekt(rol, kenmerk, studiejaar, geldig_tot):
        raise Toekenningsfout(*fouten)
    wat = {"gebruiker": gebruiker, "rol": rol.value, "kenmerk": kenmerk, "studiejaar": studiejaar}
    with transaction.atomic(using=STELSEL), _bewaakt(kenmerk):
        staat = Roltoekenning.objects.using(STELSEL).filter(**wat, ingetrokken_op=None).first()
        if staat is not None and staat.geldig_tot == geldig_tot:
            return staat
        if staat is not None:
            _sluit(staat, door)
        rij = Roltoekenning.objects.using(STELSEL).create(
            **wat, gegeven_op=klok.nu(), gegeven_door=door, geldig_tot=geldig_tot
        )
        _audit("rol.toekennen", rij, door)
    return rij


def trek_in(toekenning: Roltoekenning, *, door: str, ook_laatste: bool = False) -> None:
    """Take back a role; it stops working with the next request.

    Args:
        toekenning: the role that was given.
        door: who takes it back.
        ook_laatste: whether the kenmerk may be left without Beheerder; only for who administers the register.

    Raises:
        Toekenningsfout: no Beheerder would be left.
    """
    with transaction.atomic(using=STELSEL), _bewaakt(toekenning.kenmerk, ook_laatste):
        _sluit(toekenning, door)


def _sluit(toekenning: Roltoekenning, door: str) -> None:
    geraakt = (
        Roltoekenning.objects.using(STELSEL)
        .filter(pk=toekenning.pk, ingetrokken_op=None)
        .update(ingetrokken_op=klok.nu(), ingetrokken_door=door)
    )
    if geraakt:
        _audit("rol.intrekken", toekenning, door)


@contextmanager
def _bewaakt(kenmerk: str, ook_laatste: bool = False) -> Iterator[None]:
    """Change roles of a kenmerk, one after the other, and see that it keeps a Beheerder when it had one.

    Raises:
        Toekenningsfout: none would be left that stays.
    """
    with connections[STELSEL].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"rollen {kenmerk}"])
    had = bool(_blijvende_beheerders(kenmerk))
    yield
    if had and not ook_laatste and not _blijvende_beheerders(kenmerk):
        raise Toekenningsfout(
            Fout(
                "rol",
                Tekst(
                    f"Dit is de laatste Beheerder instelling van {kenmerk} zonder einddatum. "
                    "Geef eerst iemand anders die rol, met Mijn DUO-toegang.",
                    f"This is the last administrator of {kenmerk} without an end date. "
                    "First give somebody else that role, with access to Mijn DUO.",
                ),
            )
        )


def _blijvende_beheerders(kenmerk: str) -> set[int]:
    """Return who can administer a kenmerk without an end: an open account with both roles that it takes."""
    rijen = Roltoekenning.objects.using(STELSEL).filter(
        kenmerk=kenmerk, ingetrokken_op=None, geldig_tot=None, gebruiker__is_active=True
    )
    met = {rol: set(rijen.filter(rol=rol).values_list("gebruiker_id", flat=True)) for rol in _BEHEER}
    return set.intersection(*met.values())


def beheert_tot(gebruiker: User, kenmerk: str) -> datetime | None:
    """Return the moment on which somebody who administers a kenmerk now stops doing so; None: there is no end."""
    einden = [rij.geldig_tot for rij in toekenningen(gebruiker, kenmerk) if rij.rol in _BEHEER]
    return min((einde for einde in einden if einde is not None), default=None)


def duurt_te_lang(gever: User, wie: User | None, rol: Rol, kenmerk: str, geldig_tot: datetime | None) -> bool:
    """Tell whether a Beheerder who stands in for a time would make that time longer.

    Such a Beheerder gives others what their work takes, but makes nobody Beheerder for longer, and gives oneself
    nothing that lasts longer.
    """
    einde = beheert_tot(gever, kenmerk)
    if einde is None or (rol is not Rol.BEHEERDER and wie != gever):
        return False
    return geldig_tot is None or geldig_tot > einde


def toekenningen(gebruiker: User, kenmerk: str | None = None) -> list[Roltoekenning]:
    """Return the roles that somebody has now, of one kenmerk or all, in the order in which roles are described."""
    rijen = Roltoekenning.objects.using(STELSEL).filter(gebruiker=gebruiker, ingetrokken_op=None)
    return sorted(
        (rij for rij in rijen if geldt(rij) and kenmerk in (None, rij.kenmerk)),
        key=lambda rij: (rij.kenmerk, _VOLGORDE.index(rij.rol), rij.studiejaar),
    )


def sluit_account(gebruiker: User, *, door: str) -> None:
    """Take back all roles of somebody and close the account: they are out at the next request."""
    with transaction.atomic(using=STELSEL):
        for rij in toekenningen(gebruiker):
            trek_in(rij, door=door, ook_laatste=True)
        get_user_model().objects.using(STELSEL).filter(pk=gebruiker.pk).update(is_active=False)
        audit.leg_vast("gebruiker.sluiten", "gebruiker", gebruiker.pk, door=door)


def vergeet_token(gebruiker: User, *, door: str) -> None:
    """Remove the token generator and recovery codes of who lost both; at the next login they connect another."""
    from allauth.mfa.models import Authenticator

    with transaction.atomic(using=STELSEL):
        Authenticator.objects.using(STELSEL).filter(user=gebruiker).delete()
        audit.leg_vast("gebruiker.token-vergeten", "gebruiker", gebruiker.pk, door=door)


def geldt(rij: Roltoekenning) -> bool:
    """Tell whether a role that was given still holds."""
    return rij.ingetrokken_op is None and (rij.geldig_tot is None or rij.geldig_tot > klok.nu())


def zoek_gebruiker(adres: str) -> User | None:
    """Return whose account an e-mail address is; None: nobody's."""
    gevonden: User | None = (
        get_user_model().objects.using(STELSEL).filter(username=adres.strip().lower()).first()
    )
    return gevonden


_GELDIG = """
SELECT rol, kenmerk, studiejaar, gegeven_op FROM toegang_roltoekenning
WHERE gebruiker_id = %s AND ingetrokken_op IS NULL AND (geldig_tot IS NULL OR geldig_tot > %s)
"""
"""As SQL, for every page asks it: through models it took 0.8 ms of the 6 of a bare page, so 0.2."""


def hoedanigheden(gebruiker: User) -> tuple[Hoedanigheid, ...]:
    """Return in which capacities somebody may act now: those that open something, of who gave a role first in front.

    A Beheerder may give roles to anybody: who gets one of another institution goes on for the own one.
    """
    with connections[STELSEL].cursor() as cursor:
        cursor.execute(_GELDIG, [gebruiker.pk, klok.nu()])
        geldig = [(Rol(rol), *rest) for rol, *rest in cursor.fetchall()]
    sinds: dict[str, datetime] = {}
    for _, kenmerk, _, gegeven_op in geldig:
        sinds[kenmerk] = min(gegeven_op, sinds.get(kenmerk, gegeven_op))
    toegang = {kenmerk for rol, kenmerk, *_ in geldig if rol is Rol.TOEGANG}
    per: dict[tuple[str, Soort, str], set[Rol]] = {}
    for rol, kenmerk, studiejaar, _ in geldig:
        soort = Soort.ACCOUNTANT if studiejaar else soort_van(rol, kenmerk)
        per.setdefault((kenmerk, soort, studiejaar), set()).add(rol)
    uit = []
    for (kenmerk, soort, studiejaar), namen in sorted(
        per.items(), key=lambda een: (sinds[een[0][0]], een[0])
    ):
        rollen = frozenset(namen | {Rol.TOEGANG}) if kenmerk in toegang else frozenset(namen)
        rechten = rechten_van(rollen)
        if rechten:
            sleutel = "" if kenmerk in _ZONDER_SLEUTEL else kenmerk
            pas = Pas(soort, sleutel, studiejaar, bijzonder_van(rechten))
            uit.append(Hoedanigheid(pas, rollen, rechten))
    return tuple(uit)


def wat_ontbreekt(rol: Rol, kenmerk: str, studiejaar: str, geldig_tot: datetime | None) -> list[Fout]:
    """Return everything that is wrong with a role as it would be given."""
    return list(_fouten(rol, kenmerk, studiejaar, geldig_tot))


def _fouten(rol: Rol, kenmerk: str, studiejaar: str, geldig_tot: datetime | None) -> Iterable[Fout]:
    beschrijving = ROLLEN[rol]
    titel = beschrijving.titel
    if kenmerk not in _ZONDER_SLEUTEL and not _INSTELLINGSCODE.fullmatch(kenmerk):
        yield _fout(
            "kenmerk",
            f"Kenmerk '{kenmerk}': verwacht een instellingscode van vier tekens, zoals 25PV.",
            f"Kenmerk '{kenmerk}': expected the code of an institution of four characters, such as 25PV.",
        )
        return
    soort = Soort.ACCOUNTANT if studiejaar else soort_van(rol, kenmerk)
    if soort not in beschrijving.soorten:
        yield _fout(
            "rol",
            f"De rol {titel.nl} past niet bij het kenmerk {kenmerk}{' met een studiejaar' if studiejaar else ''}.",
            f"The role {titel.en} does not fit the kenmerk {kenmerk}{' with a studiejaar' if studiejaar else ''}.",
        )
    if beschrijving.alleen_bekostigd and not is_bekostigd(kenmerk):
        yield _fout(
            "rol",
            f"De rol {titel.nl} is er niet voor een niet-bekostigde instelling zoals {kenmerk}.",
            f"There is no role {titel.en} for an institution without funding such as {kenmerk}.",
        )
    jaren = _STUDIEJAAR.fullmatch(studiejaar)
    if studiejaar and not (jaren and int(jaren[2]) == int(jaren[1]) + 1):
        yield _fout(
            "studiejaar",
            f"Studiejaar '{studiejaar}': verwacht twee jaren na elkaar, zoals 2025-2026.",
            f"Studiejaar '{studiejaar}': expected two years in a row, such as 2025-2026.",
        )
    if beschrijving.tijdelijk and not studiejaar:
        yield _fout(
            "studiejaar",
            f"De rol {titel.nl} geldt voor één studiejaar: noem het, zoals 2025-2026.",
            f"The role {titel.en} is for one studiejaar: name it, such as 2025-2026.",
        )
    if beschrijving.tijdelijk and not geldig_tot:
        yield _fout(
            "tot",
            f"De rol {titel.nl} heeft een einddatum: vul in tot en met welke dag zij geldt.",
            f"The role {titel.en} has an end date: fill in its last day.",
        )
    if geldig_tot is not None and geldig_tot <= klok.nu():
        yield _fout("tot", "De einddatum ligt in het verleden.", "The end date is in the past.")


def _fout(veld: str, nl: str, en: str) -> Fout:
    return Fout(veld, Tekst(nl, en))


def is_bekostigd(kenmerk: str) -> bool:
    """Tell whether roles around funding make sense: of a kenmerk that is no known NBI."""
    if kenmerk in _ZONDER_SLEUTEL:
        return True
    return stamgegevens.gegevens().soort_van(kenmerk) is not Bekostigd.NBI


def te_geven(kenmerk: str) -> tuple[Rol, ...]:
    """Return the roles that a Beheerder of a kenmerk can give."""
    eigen = _ZONDER_SLEUTEL.get(kenmerk)
    soorten = {eigen} if eigen else {Soort.INSTELLING, Soort.ACCOUNTANT}
    bekostigd = is_bekostigd(kenmerk)
    return tuple(
        rol
        for rol, een in ROLLEN.items()
        if een.soorten & soorten and (bekostigd or not een.alleen_bekostigd)
    )


def _audit(handeling: str, rij: Roltoekenning, door: str) -> None:
    audit.leg_vast(
        handeling,
        "gebruiker",
        rij.gebruiker_id,
        door=door,
        namens=rij.kenmerk,
        details={"rol": rij.rol, "kenmerk": rij.kenmerk, "studiejaar": rij.studiejaar},
    )
