"""From a record in the dossier to the form that changes it, filled in with what is registered."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.invoer.adres import formulieradres

Actie = tuple[str, str]
"""What a link says, and where it leads."""


class Wegen(Struct, frozen=True):
    """Gives the addresses of forms about a student; none where the visitor may not enter anything."""

    persoon: int
    open: bool = False

    def naar(self, taak: str, tekst: str, volgnummer: str = "", nummer: str = "") -> tuple[Actie, ...]:
        """Return the link to a form, if it is open to the visitor.

        Args:
            taak: the word of the task in the address.
            tekst: what the link says.
            volgnummer: of the enrolment.
            nummer: of the placement or result.
        """
        if not self.open:
            return ()
        return ((tekst, formulieradres(taak, self.persoon, volgnummer, nummer)),)


NERGENS: Final = Wegen(0)


def wegen(bezoek: Bezoek, persoon: int, nu: bool) -> Wegen:
    """Return the ways to forms.

    Args:
        bezoek: the visit.
        persoon: the student.
        nu: the dossier is shown as it is now; at another moment a form would change something else than what is seen.
    """
    return Wegen(persoon, nu and bezoek.mag("portaal_invoer_soort"))
