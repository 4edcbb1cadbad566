"""The value lists of the register, with the days on which each value may be used and the source of the list."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec
from msgspec import Struct

from kernregister.kern.gegevens import Soort
from kernregister.kern.parameters import lees
from kernregister.kern.tijd import OPEN


class Waarde(Struct, frozen=True, forbid_unknown_fields=True):
    """A value with its meaning in Dutch and English."""

    nl: str
    en: str
    van: date = date.min
    tot_en_met: date = OPEN
    alleen: Soort | None = None
    aanname: bool = False


class Waardelijst(Struct, frozen=True, forbid_unknown_fields=True):
    """A value list. ``volledig`` is False where the published list may not be the whole list."""

    bron: str
    waarden: dict[str, Waarde]
    volledig: bool = True

    def __contains__(self, code: str) -> bool:
        return code in self.waarden

    def geldig(self, code: str, dag: date) -> bool:
        """Tell whether a value is in the list and may begin on a day."""
        waarde = self.waarden.get(code)
        return waarde is not None and waarde.van <= dag <= waarde.tot_en_met


WAARDELIJSTEN: Final = msgspec.convert(lees("waardelijsten"), dict[str, Waardelijst])
"""All value lists by name."""
