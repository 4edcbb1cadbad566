"""The passport of a reason: where it stands in the tree and what it says."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst

_STAPPEN: Final = "123456789AB"


class Redensoort(Struct, frozen=True):
    """The passport of a reason: where it stands in the tree, its words for each outcome, its source.

    ``niet``, ``voldaan`` or ``onbekend`` is None where that outcome does not occur under this code. ``besluit`` says
    what we decided where the source is silent.
    """

    code: str
    titel: Tekst
    niet: Tekst | None
    bron: str
    voldaan: Tekst | None = None
    onbekend: Tekst | None = None
    besluit: Tekst | None = None

    @property
    def stap(self) -> int:
        """Its step in the tree, from 1."""
        return _STAPPEN.index(self.code[1]) + 1

    @property
    def over_diploma(self) -> bool:
        """Tell whether it is about a diploma; otherwise about an enrolment on a teldatum."""
        return self.code[0] == "R"
