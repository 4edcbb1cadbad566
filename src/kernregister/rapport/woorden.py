"""The words of the report in one language, and how it writes numbers, dates and values for people."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.regels.woorden import Begrip, Taal, in_taal, woord

_MAANDEN: dict[Taal, str] = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}


@cache
def teksten() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return all texts: part, key, language."""
    bron = files("kernregister.rapport") / "sjablonen" / "teksten.toml"
    return tomllib.loads(bron.read_text(encoding="utf-8"))


class Woorden:
    """Everything that differs between Dutch and English.

    Raises:
        ValueError: a language the report does not speak.
    """

    def __init__(self, taal: Taal) -> None:
        if taal not in _MAANDEN:
            raise ValueError(f"het rapport spreekt {' en '.join(_MAANDEN)}, niet {taal!r}")
        self.taal: Taal = taal

    def t(self, sleutel: str, **waarden: Any) -> str:
        """Return a text of the page, with values filled in."""
        tekst = teksten()["pagina"][sleutel][self.taal]
        return tekst.format_map({naam: self._in_zin(w) for naam, w in waarden.items()}) if waarden else tekst

    def tel(self, aantal: int, wat: str) -> str:
        """Return a number with what it counts, singular or plural: 1 signaal, 2 signalen."""
        een, meer = teksten()["telwoorden"][wat][self.taal].split("|")
        return f"{self.getal(aantal)} {een if aantal == 1 else meer}"

    def van(self, tekst: Tekst) -> str:
        """Return a text of the catalogue in this language."""
        return in_taal(tekst, self.taal)

    def begrip(self, begrip: Begrip) -> str:
        """Return a term of the catalogue in words."""
        return woord(begrip, self.taal)

    def naam(self, deel: str, sleutel: str) -> str:
        """Return the name of a column, a kind of record or a missing source; the key itself when it has none."""
        tekst = teksten()[deel].get(sleutel)
        return tekst[self.taal] if tekst else sleutel.replace("_", " ")

    def kent(self, deel: str, sleutel: str) -> bool:
        """Tell whether a key has a name of its own."""
        return sleutel in teksten()[deel]

    def getal(self, getal: int) -> str:
        """Return a number with the separators of the language."""
        return f"{getal:,}".replace(",", "." if self.taal == "nl" else ",")

    def procent(self, deel: int, geheel: int) -> str:
        """Return a share in per cent: whole, or with one decimal below ten."""
        if not geheel:
            return ""
        share = 100 * deel / geheel
        tekst = f"{share:.0f}" if share >= 10 or share == 0 else f"{share:.1f}"
        return (tekst.replace(".", ",") if self.taal == "nl" else tekst) + "%"

    def datum(self, dag: date | None) -> str:
        """Return a date as people write it in a table."""
        return f"{dag:%d-%m-}{dag.year:04}" if dag and dag != date.max else ""

    def datum_voluit(self, dag: date) -> str:
        """Return a date as people write it in a sentence."""
        return f"{dag.day} {self.maand(dag.month)} {dag.year}"

    def maand(self, nummer: int) -> str:
        """Return the name of a month."""
        return _MAANDEN[self.taal].split()[nummer - 1]

    def maand_kort(self, nummer: int) -> str:
        """Return the name of a month in three letters."""
        return "mrt" if (nummer, self.taal) == (3, "nl") else self.maand(nummer)[:3]

    def waarde(self, waarde: Any) -> str:
        """Return a named value of a finding."""
        if waarde is None:
            return self.t("leeg")
        if isinstance(waarde, bool):
            return self.t("ja" if waarde else "nee")
        if isinstance(waarde, date):
            return self.datum(waarde) or self.t("open")
        if isinstance(waarde, list | tuple | set | frozenset):
            return ", ".join(self.waarde(w) for w in waarde)
        if isinstance(waarde, Decimal | float):
            return str(waarde).replace(".", "," if self.taal == "nl" else ".")
        return str(waarde)

    def _in_zin(self, waarde: Any) -> str:
        if isinstance(waarde, date):
            return self.datum_voluit(waarde)
        return self.getal(waarde) if isinstance(waarde, int) else str(waarde)
