"""From which list somebody came: pages about one student lead back to it, with its filters, page and line.

The session remembers the last list, in which capacity it was shown, and how its lines are called. A page where one
begins anew forgets it, so that nobody is led back to where they did not come from.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.web.portaal.bezoek import Bezoek

LIJST: Final = "lijst"
"""Where the session remembers it."""

Regelnaam = Literal["student", "rij"]
"""How the lines of a list are called in its page: ``student-<persoon>``, or ``rij-<signaal>``."""


class Weg(Struct, frozen=True):
    """A way back."""

    adres: str
    titel: Tekst


def onthoud_lijst(bezoek: Bezoek, titel: Tekst, regels: Regelnaam = "student") -> None:
    """Remember the list that this page shows as the one to go back to."""
    if bezoek.is_fragment or bezoek.hoedanigheid is None:
        return
    hier = [bezoek.hoedanigheid.sleutel, bezoek.request.get_full_path(), titel.nl, titel.en, regels]
    if bezoek.request.session.get(LIJST) != hier:
        bezoek.request.session[LIJST] = hier


def vergeet_lijst(bezoek: Bezoek) -> None:
    """Forget the list: here one begins anew."""
    if not bezoek.is_fragment:
        bezoek.request.session.pop(LIJST, None)


def terug(bezoek: Bezoek, persoon: int | None = None, signaal: int | None = None) -> Weg | None:
    """Return the way back to the line of a student or signal; None: the visitor came from no list."""
    onthouden = bezoek.request.session.get(LIJST)
    if onthouden is None or bezoek.hoedanigheid is None:
        return None
    sleutel, adres, nl, en, regels = onthouden
    if sleutel != bezoek.hoedanigheid.sleutel:
        return None
    nummer = persoon if regels == "student" else signaal
    return Weg(f"{adres}#{regels}-{nummer}" if nummer else adres, Tekst(nl, en))
