"""Dutch first, English beside it: which of the two a visitor reads, and texts in it.

Both languages of a text stand side by side where it is used (ADR 0030), so neither can be forgotten.
"""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest

from kernregister.kern.regels.woorden import Taal, in_taal

__all__ = ["KOEKJE", "THEMA", "THEMAS", "Lezer", "Taal", "in_taal", "taal_van", "thema_van"]

KOEKJE = "taal"
"""The cookie that remembers the choice; without one the browser's wish decides, and otherwise it is Dutch."""

THEMA = "thema"
"""The cookie that remembers light or dark; without one the system's wish decides."""

THEMAS = ("licht", "donker")


class Lezer(NamedTuple):
    """What the tags of a template need of a visit that is the same for all who read in a language."""

    taal: Taal


def taal_van(request: HttpRequest) -> Taal:
    """Return the language of a visitor."""
    keuze = request.COOKIES.get(KOEKJE)
    if keuze in {"en", "nl"}:
        return "en" if keuze == "en" else "nl"
    eerste = request.headers.get("Accept-Language", "").partition(",")[0].strip().lower()
    return "en" if eerste.startswith("en") else "nl"


def thema_van(request: HttpRequest) -> str:
    """Return the chosen theme, or an empty text: as the system of the visitor has it."""
    keuze = request.COOKIES.get(THEMA, "")
    return keuze if keuze in THEMAS else ""
