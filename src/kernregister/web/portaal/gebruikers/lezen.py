"""Who works with the portal for a kenmerk, and who gave what to whom when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.auth.models import User
from msgspec import Struct

from kernregister.platform.sql import STELSEL
from kernregister.web.portaal.gebruikers.formulier import laatste_dag
from kernregister.web.toegang.gebruikers import geldt
from kernregister.web.toegang.models import Roltoekenning
from kernregister.web.toegang.rollen import ROLLEN, Rol, Rolbeschrijving
from kernregister.web.toegang.uitnodigingen import heeft_wachtwoord_nodig


class Gegeven(Struct, frozen=True):
    """A role that somebody has now."""

    nummer: int
    rol: Rol
    beschrijving: Rolbeschrijving
    studiejaar: str
    tot_en_met: date | None


class Collega(Struct, frozen=True):
    """Somebody with a role for the kenmerk, now or before."""

    gebruiker: User
    gegeven: tuple[Gegeven, ...]
    uitgenodigd: bool
    """Whether the invitation still waits."""

    @property
    def rollen(self) -> frozenset[Rol]:
        """Return the roles that they have now."""
        return frozenset(een.rol for een in self.gegeven)


class Gebeurtenis(Struct, frozen=True):
    """A line of the history: a role was given or taken back."""

    moment: datetime
    door: str
    wie: User
    beschrijving: Rolbeschrijving
    studiejaar: str
    tot_en_met: date | None
    gegeven: bool


def collegas(kenmerk: str, nummer: int | None = None) -> list[Collega]:
    """Return everybody who ever had a role for a kenmerk, by name; or only one of them.

    Args:
        kenmerk: the kenmerk of who asks, and no other.
        nummer: the number of an account.
    """
    rijen = Roltoekenning.objects.using(STELSEL).filter(kenmerk=kenmerk).select_related("gebruiker")
    if nummer is not None:
        rijen = rijen.filter(gebruiker_id=nummer)
    per: dict[int, list[Roltoekenning]] = {}
    for rij in rijen:
        per.setdefault(rij.gebruiker_id, []).append(rij)
    uit = [_collega(van_een) for van_een in per.values()]
    return sorted(
        uit, key=lambda een: (een.gebruiker.last_name.casefold(), een.gebruiker.first_name.casefold())
    )


def _collega(rijen: list[Roltoekenning]) -> Collega:
    volgorde = [rol.value for rol in Rol]
    nu = sorted(
        (rij for rij in rijen if geldt(rij)), key=lambda rij: (volgorde.index(rij.rol), rij.studiejaar)
    )
    gegeven = tuple(
        Gegeven(rij.pk, Rol(rij.rol), ROLLEN[Rol(rij.rol)], rij.studiejaar, laatste_dag(rij.geldig_tot))
        for rij in nu
    )
    return Collega(rijen[0].gebruiker, gegeven, heeft_wachtwoord_nodig(rijen[0].gebruiker))


def geschiedenis(kenmerk: str) -> list[Gebeurtenis]:
    """Return who gave and took back what for a kenmerk, newest first."""
    rijen = Roltoekenning.objects.using(STELSEL).filter(kenmerk=kenmerk).select_related("gebruiker")
    return sorted(
        (gebeurtenis for rij in rijen for gebeurtenis in _gebeurtenissen(rij)),
        key=lambda een: een.moment,
        reverse=True,
    )


def _gebeurtenissen(rij: Roltoekenning) -> Iterator[Gebeurtenis]:
    wat = (rij.gebruiker, ROLLEN[Rol(rij.rol)], rij.studiejaar, laatste_dag(rij.geldig_tot))
    yield Gebeurtenis(rij.gegeven_op, rij.gegeven_door, *wat, True)
    if rij.ingetrokken_op is not None:
        yield Gebeurtenis(rij.ingetrokken_op, rij.ingetrokken_door or "", *wat, False)
