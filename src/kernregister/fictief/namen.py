"""Names in the fictitious sector of what only has a code there: electives and training companies; and of surnames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kernregister.fictief.persoon import ACHTERNAMEN, VOORVOEGSELS
from kernregister.fictief.traject import KEUZEDEELCODES

KOPPEN: Final = {
    "keuzedelen": ("keuzedeelcode", "naam", "uren"),
    "leerbedrijven": ("leerbedrijf", "naam", "plaats"),
}
"""Columns of the rows below, by list of the reference data."""

_VAKKEN: Final = (
    *("Ondernemend gedrag", "Duurzaam werken", "Digitale vaardigheden", "Engels in de beroepscontext"),
    *("Duits in de beroepscontext", "Samenwerken met vrijwilligers", "Veilig werken", "Omgaan met geld"),
    *("Klantgesprekken", "Internationale samenwerking", "Gezond blijven werken", "Ketenzorg"),
    *("Presenteren", "Data en privacy", "Circulaire economie", "Werken in projecten"),
    *("Innovatie op de werkvloer", "Erfgoed en ambacht", "Begeleiden van collega's", "Logistiek"),
)
_VERVOLG: Final = (
    *("oriëntatie", "basis", "vervolg", "verdieping"),
    *("in de zorg", "in de techniek", "in de handel", "in de horeca"),
)
_BEDRIJVEN: Final = (
    *("Bouwbedrijf {}", "{} Installatietechniek", "Bakkerij {}", "Zorgboerderij {}", "{} Transport"),
    *(
        "Kapsalon {}",
        "Restaurant {}",
        "{} Accountants",
        "Kinderopvang {}",
        "Garage {}",
        "{} Groenvoorziening",
    ),
    *("Thuiszorg {}", "{} Automatisering", "Drukkerij {}", "Hotel {}", "{} Beveiliging"),
)
_STAP: Final = 37
"""So that numbers that follow each other do not have names that do."""

_PLAATSEN: Final = (
    *("Amsterdam", "Rotterdam", "Utrecht", "Groningen", "Eindhoven"),
    *("Tilburg", "Almere", "Breda", "Nijmegen", "Zwolle"),
)


def splits(achternaam: str | None) -> tuple[str | None, str | None]:
    """Return the prefix of a fictitious surname as the BRP writes it, and the surname without; None: it has none."""
    for voor in sorted(filter(None, VOORVOEGSELS), key=len, reverse=True):
        if achternaam and achternaam.startswith(voor):
            return voor.strip().lower(), achternaam.removeprefix(voor)
    return None, achternaam


def keuzedelen() -> Iterator[tuple[str, str, str]]:
    """Give the rows of all electives: code, name and hours of study."""
    for code in KEUZEDEELCODES:
        nummer = int(code[1:])
        vak, vervolg = _VAKKEN[nummer % len(_VAKKEN)], _VERVOLG[nummer // len(_VAKKEN) % len(_VERVOLG)]
        yield code, f"{vak}, {vervolg}", "240" if nummer % 3 else "480"


def leerbedrijven(codes: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Give the rows of training companies: number, name and town."""
    for code in sorted(codes):
        nummer = int(code)
        reeks, soort = divmod(nummer, len(_BEDRIJVEN))
        naam = _BEDRIJVEN[soort].format(ACHTERNAMEN[reeks * _STAP % len(ACHTERNAMEN)])
        yield code, naam, _PLAATSEN[nummer // 7 % len(_PLAATSEN)]
