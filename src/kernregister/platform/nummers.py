"""Numbers of persons where they do not belong: found in any text and made unreadable.

A burgerservicenummer or onderwijsnummer is nine digits that pass a check; that is all that can be known of a text, so
one in ten of the other runs of nine digits is masked along with them. Better so than the other way round.
"""

from __future__ import annotations

import re
from typing import Any, Final

MASKER: Final = "[nummer]"
"""What is put in the place of a number."""

_KLEINSTE: Final = 10_000_000
"""Below this a whole number is no BSN that lost its nought, but an id or a count."""

_TEKEN = r"[ .\-_\u00a0\u2009\u202f]?"
_NA_ESCAPE = r"(?<=\\x[0-9a-f]{2})|(?<=\\u[0-9a-f]{4})"
"""The digits of an escape, as in a text of bytes or in JSON, are no part of the number behind it."""

_NEGEN: Final = re.compile(rf"(?:(?<!\d)|{_NA_ESCAPE})\d(?:{_TEKEN}\d){{8}}(?!\d)")
_GEWICHTEN: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_nummer(tekst: str) -> bool:
    """Tell whether a text as a whole is a BSN or onderwijsnummer, with or without separators."""
    return (gevonden := _NEGEN.fullmatch(tekst.strip())) is not None and _klopt(gevonden.group())


def maskeer(tekst: str) -> str:
    """Return a text in which every number of a person is masked; digits of any script count."""
    return _NEGEN.sub(lambda gevonden: MASKER if _klopt(gevonden.group()) else gevonden.group(), tekst)


def maskeer_waarde(waarde: Any) -> Any:
    """Return a value as JSON can hold it, in which every number of a person is masked: in texts, keys and numbers."""
    if isinstance(waarde, str):
        return maskeer(waarde)
    if isinstance(waarde, dict):
        return {maskeer(str(naam)): maskeer_waarde(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, (list, tuple, set, frozenset)):
        return [maskeer_waarde(deel) for deel in waarde]
    if waarde is None or isinstance(waarde, bool):
        return waarde
    if isinstance(waarde, (int, float)):
        return MASKER if abs(waarde) >= _KLEINSTE and is_nummer(f"{abs(waarde):09.0f}") else waarde
    return maskeer(str(waarde))


def _klopt(tekst: str) -> bool:
    """Tell whether nine digits pass the check of a BSN (rest 0) or of an onderwijsnummer (rest 5, begins with 10)."""
    cijfers = [int(teken) for teken in tekst if teken.isdecimal()]
    rest = sum(gewicht * cijfer for gewicht, cijfer in zip(_GEWICHTEN, cijfers, strict=True)) % 11
    return (rest == 0 and any(cijfers)) or (rest == 5 and cijfers[:2] == [1, 0])
