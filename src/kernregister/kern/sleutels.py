"""The keys of the register: person numbers, institution codes, sequence numbers, RIO and CREBO codes.

Forms are those of the PvE MBO-instelling (13.5, 15.5) and of the RIO schema. A form says what a code looks like,
never what it means: whether a code exists is reference data.
"""

from __future__ import annotations

import re
from typing import Final

from stdnum.nl import bsn, onderwijsnummer

Pgn = str
"""Persoonsgebonden nummer: a burgerservicenummer or, for who has none, an onderwijsnummer. Nine digits."""

Instellingscode = str
"""Two digits and two capitals (the former BRIN number), such as ``27DV``."""

GEHEIM: Final = "99AA"
"""Stands in for the institution of a person whose address is secret; never an institution (Handleiding, h. 07)."""


class Vorm:
    """The form of a code: a pattern with the words that explain it."""

    def __init__(self, patroon: str, verwacht: str) -> None:
        self.patroon = re.compile(patroon, re.ASCII)
        self.verwacht = verwacht

    def past(self, code: str) -> bool:
        """Tell whether a code has this form, as a whole."""
        return self.patroon.fullmatch(code) is not None


INSTELLINGSCODE: Final = Vorm(r"\d{2}[A-Z]{2}", "twee cijfers en twee hoofdletters, zoals 27DV")
VOLGNUMMER: Final = Vorm(r"[A-Za-z0-9]{1,20}", "1 tot 20 letters en cijfers")
ONDERWIJSAANBIEDER: Final = Vorm(r"\d{3}A\d{3}", "een code zoals 100A501")
ONDERWIJSLOCATIE: Final = Vorm(r"\d{3}X\d{3}", "een code zoals 101X591")
OPLEIDINGCODE: Final = Vorm(r"\d{5}", "vijf cijfers, zoals 25655")
KEUZEDEELCODE: Final = Vorm(r"K\d{4}", "K en vier cijfers, zoals K0067")
AMVB_CODE: Final = Vorm(r"C\d{4}", "C en vier cijfers, zoals C0004")
GENERIEK_EXAMENONDERDEEL: Final = Vorm(r"30\d{2}", "vier cijfers die met 30 beginnen, zoals 3005")
LEERBEDRIJF: Final = Vorm(r"[1-9]\d{8}", "negen cijfers, van 100000000 tot en met 999999999")


def is_bsn(nummer: str) -> bool:
    """Tell whether a number is nine digits that pass the number check of a burgerservicenummer."""
    if len(nummer) != 9 or not (nummer.isascii() and nummer.isdigit()):
        return False
    return (_rest(nummer) == 0 and nummer != "000000000") or bsn.is_valid(nummer)


def is_onderwijsnummer(nummer: str) -> bool:
    """Tell whether a number is nine digits that pass the number check of an onderwijsnummer.

    The check differs from that of a burgerservicenummer (remainder 5 instead of 0), so no number passes both.
    """
    return len(nummer) == 9 and nummer.isascii() and nummer.isdigit() and onderwijsnummer.is_valid(nummer)


def is_nummer_van_persoon(tekst: str) -> bool:
    """Tell whether a text is a BSN or an onderwijsnummer, however its digits are spaced."""
    kaal = tekst.translate(_SCHEIDING)
    return is_bsn(kaal) or is_onderwijsnummer(kaal)


_SCHEIDING = str.maketrans("", "", " .-\t\N{NO-BREAK SPACE}")


def _rest(nummer: str) -> int:
    """Return the remainder of the number check: stdnum's sum in one go, 1 microsecond instead of 4 (measured).

    What passes here need not be put to stdnum, and nearly every number passes.
    """
    a, b, c, d, e, f, g, h, i = nummer.encode()
    return (9 * a + 8 * b + 7 * c + 6 * d + 5 * e + 4 * f + 3 * g + 2 * h - i - 43 * 48) % 11
