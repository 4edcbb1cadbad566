"""What following the own administration would do: whether it touches the funding, which open signals it closes.

Worked out on the dossier with the rules themselves, difference by difference; nothing is asked of the door.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec import Struct

from kernregister.kern.bekostiging.mutatiestop import geraakt
from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.meldingen.toepassen import Mutatie, pas_toe
from kernregister.kern.regels.motor import Motor
from kernregister.kern.regels.paspoort import Fase
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.vergelijking.herstel import Student, herstel
from kernregister.vergelijking.oorzaken import Aard, Afwijking
from kernregister.vergelijking.wijzigen import Keuze, NietMogelijk, Opdracht
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens


class Gevolg(Struct, frozen=True):
    """What one difference means."""

    raakt_bekostiging: bool = False
    sluit: tuple[str, ...] = ()


class Weger:
    """Weighs differences of an institution on a day."""

    def __init__(self, instelling: str) -> None:
        self.instelling = instelling
        self._vandaag = klok.vandaag()
        self._gegevens = stamgegevens.gegevens()
        self._motor = Motor(register.regels(self._vandaag, Fase.SIGNAAL), self._vandaag, self._gegevens)
        self._moment = klok.nu()
        dit_jaar = Studiejaar.van(self._vandaag)
        self._jaren = (Studiejaar(dit_jaar.start - 1), dit_jaar)
        """The studiejaren of which funding is still open: that of the accountant and the present one."""

    def weeg(self, afwijking: Afwijking, dossier: Dossier | None, wie: Student) -> Gevolg:
        """Return what following the own administration in one difference would do."""
        keuze = Keuze.VERWIJDEREN if afwijking.aard is Aard.NIET_IN_EXPORT else Keuze.OVERNEMEN
        opdracht = Opdracht(UUID(int=0), self.instelling, self._moment, keuze)
        try:
            meldingen = herstel([afwijking], dossier, wie, opdracht)
        except NietMogelijk:
            return Gevolg()
        voor = na = dossier or Dossier(Persoon(wie.burgerservicenummer, wie.onderwijsnummer))
        mutaties: list[Mutatie] = []
        for melding in meldingen:
            na, deel = pas_toe(na, melding)
            mutaties += deel
        raakt = any(geraakt(voor, mutaties, self.instelling, jaar, self._gegevens) for jaar in self._jaren)
        weg = () if keuze is Keuze.VERWIJDEREN else self._signalen(voor) - self._signalen(na)
        return Gevolg(raakt, tuple(sorted({regel for regel, _ in weg})))

    def _signalen(self, dossier: Dossier) -> set[tuple[str, Any]]:
        """Return the own signals on a dossier, each with its record."""
        return {
            (uitkomst.regel, uitkomst.sleutel)
            for uitkomst in self._motor.controleer(dossier)
            if uitkomst.sleutel.instelling == self.instelling
        }
