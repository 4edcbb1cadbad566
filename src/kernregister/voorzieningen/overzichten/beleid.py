"""The limits of Mijn DUO as policy: one OBO a day, ready the next working day. Off, unless the installation wants them.

They exist at DUO because overviews are made at night; here one is there within seconds, and a limit serves nobody. Who
practises for DUO, or must be shown the same, turns them on with ``KERNREGISTER_DUO_GRENZEN=1`` (Handleiding Register
Onderwijsdeelnemers mbo 25.0, h. 09 and 12).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from msgspec import Struct

from kernregister.platform import klok
from kernregister.voorzieningen.overzichten.soorten import Soort
from kernregister.voorzieningen.overzichten.werkdagen import volgende_werkdag

KLAAR_OM = time(6)
"""When on the next working day the overviews are ready: before office hours. Our decision."""


class Beleid(Struct, frozen=True):
    """What holds for a request of a kind."""

    een_per_dag: bool = False
    uitgesteld: bool = False

    def beschikbaar(self, nu: datetime) -> datetime:
        """Return from when the result is there."""
        if not self.uitgesteld:
            return nu
        dag = volgende_werkdag(nu.astimezone(klok.NEDERLAND).date())
        return datetime.combine(dag, KLAAR_OM, klok.NEDERLAND)

    def peilmoment(self, nu: datetime) -> datetime:
        """Return the moment as known at which it is made: with the delay, the end of the day of asking."""
        if not self.uitgesteld:
            return nu
        morgen = nu.astimezone(klok.NEDERLAND).date() + timedelta(days=1)
        return datetime.combine(morgen, time(), klok.NEDERLAND) - timedelta(microseconds=1)


def beleid(soort: Soort) -> Beleid:
    """Return what holds for a kind in this installation."""
    if not settings.DUO_GRENZEN:
        return Beleid()
    return Beleid(soort.een_per_dag, soort.uitgesteld)
