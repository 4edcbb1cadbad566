"""Of who has a secret address nothing tells where else they go to school: also not what was on record before (h. 07).

A signal that stands is judged anew as the secrecy arrives, and says so itself. Signals and cases that closed before are
never changed; what they name is left out as they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Protocol, TypeVar

from msgspec import structs

from kernregister.kern.sleutels import GEHEIM
from kernregister.voorzieningen.register import public as register

NOEMT: Final = "andere_instelling"
"""The value of a finding that names another institution."""


class _MetWaarden(Protocol):
    """What is shown of a signal."""

    @property
    def persoon(self) -> int: ...
    @property
    def waarden(self) -> dict[str, Any]: ...


_S = TypeVar("_S", bound=_MetWaarden)


def verzwijg(gevonden: Iterable[_S]) -> tuple[_S, ...]:
    """Return signals without the name of another institution, of who has a secret address now."""
    alle = tuple(gevonden)
    geheim = register.met_geheim_adres(
        {een.persoon for een in alle if een.waarden.get(NOEMT, GEHEIM) != GEHEIM}
    )
    return tuple(
        structs.replace(een, waarden=een.waarden | {NOEMT: GEHEIM})  # type: ignore[type-var]
        if een.persoon in geheim and NOEMT in een.waarden
        else een
        for een in alle
    )
