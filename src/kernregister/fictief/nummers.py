"""Numbers of persons who do not exist, which pass the number checks all the same.

Burgerservicenummers are the last ones that nine digits can hold: they end at 999999999 and start no lower than
990000000, far above the numbers that are given to people and around those customary in tests (9999...). A larger
sector starts lower in that range. Onderwijsnummers all begin with 10; these are the last of those, from 109000000 on.
"""

from __future__ import annotations

from typing import Final

_PER_TIENTAL: Final = 9
"""Of each ten bodies of eight digits at least nine have a check digit, since 2 x 0..9 differ modulo 11."""

MEESTE_BSN: Final = 100_000 * _PER_TIENTAL
MEESTE_ONDERWIJSNUMMERS: Final = 10_000 * _PER_TIENTAL

_BSN_EINDE: Final = 10_000_000
_ONDERWIJSNUMMER_EINDE: Final = 1_100_000


def burgerservicenummer(plaats: int, aantal: int) -> str:
    """Return the number at a place (from 0) of a row of so many; a later place has a higher number."""
    return _nummer(_BSN_EINDE, plaats, aantal, rest=0)


def onderwijsnummer(plaats: int, aantal: int) -> str:
    """Return the onderwijsnummer at a place (from 0) of a row of so many; a later place has a higher number."""
    return _nummer(_ONDERWIJSNUMMER_EINDE, plaats, aantal, rest=5)


def _nummer(einde: int, plaats: int, aantal: int, rest: int) -> str:
    tientallen = -(-aantal // _PER_TIENTAL)
    tiental, keus = divmod(plaats, _PER_TIENTAL)
    begin = einde - tientallen + tiental
    som, over = 0, begin
    for gewicht in (3, 4, 5, 6, 7, 8, 9):
        over, cijfer = divmod(over, 10)
        som += gewicht * cijfer
    for achtste in range(10):
        controle = (som + 2 * achtste - rest) % 11
        if controle < 10:
            if keus == 0:
                return f"{begin}{achtste}{controle}"
            keus -= 1
    raise AssertionError("nine of ten bodies have a check digit")
