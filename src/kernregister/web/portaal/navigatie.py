"""The parts of the portal in the order of the menu; everybody sees those that they may enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kernregister.web.portaal.paginas import PAGINAS, Pagina

MENU: Final = (
    "portaal_dashboard",
    "portaal_signalen",
    "portaal_studentdossier",
    "portaal_invoer",
    "portaal_meldingen",
    "portaal_administratie",
    "portaal_overzichten",
    "portaal_verantwoording",
    "portaal_sectorinformatie",
    "portaal_stamgegevens",
    "portaal_gebruikers",
    "portaal_regels",
)
"""The first page of each part; the addresses of the others begin with its address."""


def onderdelen(mag: Callable[[str], bool]) -> list[Pagina]:
    """Return the parts of which somebody may enter the first page."""
    return [PAGINAS[naam] for naam in MENU if mag(naam)]
