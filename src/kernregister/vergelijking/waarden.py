"""What a value of an export means in the register: translated, with the dates and the yes and no of people."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final, Literal, get_args, get_origin

from kernregister.kern.formaten.indeling import Veld, Veldfout

DATUMVORMEN: Final[dict[str, re.Pattern[str]]] = {
    "jjjj-mm-dd": re.compile(r"(?P<j>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", re.ASCII),
    "dd-mm-jjjj": re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<j>\d{4})", re.ASCII),
    "mm-dd-jjjj": re.compile(r"(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[-/.](?P<j>\d{4})", re.ASCII),
    "jjjjmmdd": re.compile(r"(?P<j>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),
    "ddmmjjjj": re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<j>\d{4})", re.ASCII),
}
"""Forms of a date, by the name that a translation gives them; between the parts a hyphen, stroke or point."""

_TIJD: Final = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", re.ASCII)
_JA_NEE: Final = {
    "ja": "J",
    "y": "J",
    "yes": "J",
    "true": "J",
    "waar": "J",
    "1": "J",
    "nee": "N",
    "no": "N",
    "false": "N",
    "onwaar": "N",
    "0": "N",
}
_LEEG: Final = frozenset({"-", "n.v.t.", "nvt", "null", "#n/b", "#n/a"})


class Lezer:
    """Reads the values of one field, each different text once.

    Args:
        veld: the field of the register.
        waarden: the export's own values -> those of the register.
        datumvorm: the form of its dates; without it, the forms that can be read in one way only.
    """

    def __init__(self, veld: Veld, waarden: dict[str, str], datumvorm: str = "") -> None:
        self.veld = veld
        self._waarden = {van.strip().lower(): naar for van, naar in waarden.items()}
        self._vorm = DATUMVORMEN[datumvorm] if datumvorm else None
        self._is_datum = veld.soort is date or bool(veld.extra.get("onvolledig"))
        self._is_ja_nee = get_origin(veld.soort) is Literal and set(get_args(veld.soort)) == {"J", "N"}
        self._gelezen: dict[str, Any] = {"": None}

    def lees(self, tekst: str) -> Any:
        """Return the value of a text; None for an empty one.

        Raises:
            Veldfout: the text is no value of this field.
        """
        if tekst not in self._gelezen:
            self._gelezen[tekst] = self._lees(tekst)
        return self._gelezen[tekst]

    def _lees(self, tekst: str) -> Any:
        klein = tekst.strip().lower()
        if klein in self._waarden:
            tekst = self._waarden[klein]
        elif klein in _LEEG:
            return None
        elif self._is_ja_nee:
            tekst = _JA_NEE.get(klein, tekst)
        elif self._is_datum:
            tekst = self._als_iso(_TIJD.sub("", tekst))
        return self.veld.lees(tekst.strip()) if tekst.strip() else None

    def _als_iso(self, tekst: str) -> str:
        vormen = [self._vorm] if self._vorm else [DATUMVORMEN[naam] for naam in ("jjjj-mm-dd", "jjjjmmdd")]
        gevonden = next((m for vorm in vormen if (m := vorm.fullmatch(tekst))), None)
        if gevonden is None and self._vorm is not None:
            gevonden = DATUMVORMEN["jjjj-mm-dd"].fullmatch(tekst)  # a real date cell of a spreadsheet
            if gevonden is None:
                raise Veldfout("een datum in de opgegeven vorm")
        if gevonden is None:
            return tekst
        return f"{gevonden['j']}-{gevonden['m']:0>2}-{gevonden['d']:0>2}"

    def schrijf(self, waarde: Any) -> str:
        """Return a value as text."""
        return self.veld.schrijf()(waarde)
