"""The reasons of a funding decision: every step of the tree, what it looks at, and what each outcome says.

The codes are our own, as those of DUO are not public. Of three characters: T for an enrolment on a teldatum or R for a
diploma, the step (1 to 9, then A and B), and which of the ways to fail. A step is passed under its code that ends in 0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import Any, Final

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.bekostiging.redenen_diploma import SOORTEN as VAN_DIPLOMA
from kernregister.kern.bekostiging.redenen_inschrijving import SOORTEN as VAN_INSCHRIJVING
from kernregister.kern.bekostiging.redensoort import Redensoort
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.regels.woorden import Taal, in_taal
from kernregister.kern.verblijf import Reden as Verblijfsgrond

VOORBEHOUD: Final = Tekst(
    "Indicatief: de beslisboom van DUO en de rekenregels van nu zijn niet openbaar. Berekend met parameters {kenmerk}.",
    "Indicative: DUO's decision tree and the current rules are not public. Computed with parameters {kenmerk}.",
)
"""What is said with every outcome; ``kenmerk`` is that of the parameters."""

_VAN_EEN_ANDER: Final = frozenset({"inschrijvingvolgnummer", "resultaatvolgnummer"})
"""Values of a reason that may name a record of another institution."""

_ENGELS: Final = {Verblijfsgrond.GEEN_RECHT.value: "a residence title that gives no right to enrol"}
"""The only ground on which somebody may not be enrolled."""


@cache
def catalogus() -> dict[str, Redensoort]:
    """Return all reasons by code, in the order of the tree: first those of enrolments."""
    return {soort.code: soort for soort in (*VAN_INSCHRIJVING, *VAN_DIPLOMA)}


def tekst(reden: Reden, taal: Taal) -> str:
    """Return what a reason says, in Dutch (nl) or English (en), without what may not be told (a value that is None).

    Raises:
        KeyError: there is no reason with this code, or it has no words for this outcome.
    """
    soort = catalogus()[reden.code]
    woorden = soort.niet if reden.voldaan is False else soort.voldaan if reden.voldaan else soort.onbekend
    if woorden is None:
        raise KeyError(f"{reden.code}: geen tekst voor uitkomst {reden.voldaan}")
    bekend = {naam: _woord(w, taal) for naam, w in reden.waarden.items() if w is not None}
    return _STUK.sub(lambda stuk: _zo_mogelijk(stuk[1], bekend), in_taal(woorden, taal)).format_map(
        dict.fromkeys(reden.waarden, "-") | bekend
    )


_STUK: Final = re.compile(r"\[([^]]*)]")
"""A part of a text between brackets is said only when its values may be told."""


def _zo_mogelijk(stuk: str, bekend: Collection[str]) -> str:
    return stuk if all(veld in bekend for _, veld, _, _ in Formatter().parse(stuk) if veld) else ""


def signaal(redenen: Iterable[Reden]) -> Reden | None:
    """Return the first step that failed: the signal of the TBG-i. None when nothing failed."""
    return next((reden for reden in redenen if reden.voldaan is False), None)


def open_punten(redenen: Iterable[Reden]) -> tuple[Reden, ...]:
    """Return the steps that failed or could not be judged, in their order."""
    return tuple(reden for reden in redenen if not reden.voldaan)


def zonder_ander(reden: Reden, instelling: str) -> Reden:
    """Return a reason that tells an institution of another's record at most whose it is.

    Source: like signal E06 (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06).
    """
    van_wie = _VAN_EEN_ANDER & reden.waarden.keys()
    if not van_wie or reden.waarden.get("instelling") == instelling:
        return reden
    return Reden(reden.code, reden.voldaan, reden.waarden | dict.fromkeys(van_wie))


def voorbehoud(kenmerk: str, taal: Taal) -> str:
    """Return the words that go with every outcome."""
    return in_taal(VOORBEHOUD, taal).format(kenmerk=kenmerk)


def _woord(waarde: Any, taal: Taal) -> str:
    """Return a value in words."""
    if isinstance(waarde, date):
        return waarde.strftime("%d-%m-%Y") if taal == "nl" else waarde.isoformat()
    if isinstance(waarde, Decimal):
        return f"{waarde:f}".replace(".", ",") if taal == "nl" else f"{waarde:f}"
    return _ENGELS.get(str(waarde), str(waarde)) if taal == "en" else str(waarde)
