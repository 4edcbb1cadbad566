"""The colleagues who handle signals of an institution: to whom one can be given."""

from __future__ import annotations

from django.db.models import Q

from kernregister.platform import klok
from kernregister.web.toegang.gebruikers import VERBINDING
from kernregister.web.toegang.models import Roltoekenning
from kernregister.web.toegang.rollen import Rol


def collegas(kenmerk: str | None) -> dict[str, str]:
    """Return who handles signals for a kenmerk now: the name to log in with -> the name that colleagues know.

    Args:
        kenmerk: an instellingscode; None: nobody.
    """
    if kenmerk is None:
        return {}
    rijen = (
        Roltoekenning.objects.using(VERBINDING)
        .filter(Q(geldig_tot=None) | Q(geldig_tot__gt=klok.nu()))
        .filter(kenmerk=kenmerk, rol=Rol.SIGNALEN.value, ingetrokken_op=None, gebruiker__is_active=True)
        .select_related("gebruiker")
    )
    namen = {rij.gebruiker.get_username(): rij.gebruiker.get_full_name() for rij in rijen}
    return dict(
        sorted(((wie, naam or wie) for wie, naam in namen.items()), key=lambda een: een[1].casefold())
    )


def zonder_tweede(kenmerk: str | None, wie: str) -> bool:
    """Tell whether nobody but one person handles signals for a kenmerk: DUO then is the second pair of eyes.

    Args:
        kenmerk: an instellingscode.
        wie: the name with which that person logs in.
    """
    return not collegas(kenmerk).keys() - {wie}
