"""Another number for a person, in deliveries that may not carry a burgerservicenummer (PvE MBO-instelling 17).

The number is a keyed permutation: who has the key and the register can make it again, who has only the delivery cannot
lead it back. The same person always gets the same number at one receiver, another number at another, and no two persons
share one. It is never a burgerservicenummer or an onderwijsnummer, so that nothing can mistake it for one.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from array import array
from operator import mul
from typing import Final

NUMMERS: Final = 10**8
"""How many persons can be given a number: eight of the nine digits are free, the last follows from them."""

KORTSTE_SLEUTEL: Final = 16
"""Fewest bytes of a key."""

_HELFT: Final = 10**4
_RONDEN: Final = 10
"""As many as the standard for format-preserving encryption asks of a Feistel network (NIST SP 800-38G, FF1)."""

_GEWICHTEN: Final = (9, 8, 7, 6, 5, 4, 3, 2)


class Hernummering:
    """Gives persons their number at one receiver.

    Args:
        sleutel: secret, at least sixteen bytes.
        ontvanger: for whom; another receiver gets other numbers with the same key.

    Raises:
        ValueError: the key is too short.
    """

    __slots__ = ("_ronden",)

    def __init__(self, sleutel: bytes, ontvanger: str = "") -> None:
        if len(sleutel) < KORTSTE_SLEUTEL:
            raise ValueError(
                f"de sleutel voor hernummeren heeft {len(sleutel)} bytes; verwacht er ten minste {KORTSTE_SLEUTEL}"
            )
        self._ronden = [_tabel(sleutel, ontvanger, ronde) for ronde in range(_RONDEN)]

    def __call__(self, nummer: int) -> str:
        """Return the nine digits for a person.

        Args:
            nummer: the register's own number of the person, from 0 up to ``NUMMERS``; never one that others know.

        Raises:
            ValueError: it is not such a number.
        """
        if not 0 <= nummer < NUMMERS:
            raise ValueError(f"alleen een eigen nummer van 0 tot {NUMMERS} kan worden omgenummerd")
        links, rechts = divmod(nummer, _HELFT)
        for ronde in self._ronden:
            links, rechts = rechts, (links + ronde[rechts]) % _HELFT
        return _met_slot(f"{links:04d}{rechts:04d}")


def _tabel(sleutel: bytes, ontvanger: str, ronde: int) -> array[int]:
    """Return what a round adds to one half, for each value of the other half.

    The whole table at once: hashing for each person anew takes six times as long (measured).
    """
    zaad = hmac.digest(sleutel, f"kernregister hernummering {ronde} {ontvanger}".encode(), "sha512")
    getallen = struct.unpack(f"<{_HELFT}Q", hashlib.shake_256(zaad).digest(8 * _HELFT))
    return array("H", [getal % _HELFT for getal in getallen])


def _met_slot(acht: str) -> str:
    """Return eight digits with a ninth that makes the number check come out at 9 or 10.

    A burgerservicenummer has 0 there and an onderwijsnummer 5.
    """
    som = sum(map(mul, _GEWICHTEN, map(int, acht)))
    return f"{acht}{(som % 11 + 1) % 10}"
