"""What somebody searched for last, so that the list of students has an address to come back to.

A name or number never stands in an address; the session holds it sealed.
"""

from __future__ import annotations

import base64
from typing import Final

from cryptography.exceptions import InvalidTag

from kernregister.platform.versleuteling import kluis
from kernregister.web.portaal.bezoek import Bezoek

_PLEK: Final = "invoer.gezocht"


def bewaar(bezoek: Bezoek, tekst: str) -> None:
    """Remember a search, for this capacity."""
    gesloten = kluis().sluit(tekst.encode(), _plaats(bezoek))
    bezoek.request.session[_PLEK] = base64.b64encode(gesloten).decode()


def haal(bezoek: Bezoek) -> str | None:
    """Return what was searched for last in this capacity; None: nothing."""
    bewaard = bezoek.request.session.get(_PLEK)
    if bewaard is None:
        return None
    try:
        return kluis().open(base64.b64decode(bewaard), _plaats(bezoek)).decode()
    except InvalidTag:
        return None


def _plaats(bezoek: Bezoek) -> bytes:
    return f"{_PLEK}:{bezoek.naam}:{bezoek.pas.soort}:{bezoek.pas.sleutel}".encode()
