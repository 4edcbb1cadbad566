"""What somebody types and what it means: dates as people write them, marks with a comma, yes and no.

Every fault is told in words, in the language of the page, and says what was expected.
"""

from __future__ import annotations

import re
import string
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Any, Final

from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.sleutels import (
    KEUZEDEELCODE,
    LEERBEDRIJF,
    ONDERWIJSAANBIEDER,
    ONDERWIJSLOCATIE,
    OPLEIDINGCODE,
)
from kernregister.kern.tijd import is_onvolledige_datum
from kernregister.web.portaal.formulieren.vorm import Soort, Veld, past

_RAND = string.whitespace + "\u00a0\u2007\u202f\u200b\u200e\ufeff"
"""What clings to a value that was copied from elsewhere: spaces of all kinds, and marks that nobody sees."""

JA, NEE = "ja", "nee"
NUMMERS: Final = frozenset({"burgerservicenummer", "onderwijsnummer"})
"""Fields with the number of a person, which people write with dots and spaces."""

CODES: Final = {
    "opleidingcode": OPLEIDINGCODE,
    "onderwijsaanbieder": ONDERWIJSAANBIEDER,
    "onderwijslocatie": ONDERWIJSLOCATIE,
    "leerbedrijf_id": LEERBEDRIJF,
    "keuzedeelcode": KEUZEDEELCODE,
}
"""Fields with a code, which may be typed with spaces in it and in small letters."""

_VORIGE_EEUW = 70
"""A year of two digits from here on is one of the twentieth century."""

_DAG_EERST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
_JAAR_EERST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_ACHTEREEN = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_SCHEIDING = re.compile(r"[\s.\-\u2010-\u2013\u200b]+")
_GETAL = re.compile(r"-?\d{1,12}", re.ASCII)
_CIJFER = re.compile(r"-?\d{1,6}([.,]\d{1,6})?", re.ASCII)

ONTBREEKT = Tekst("Vul dit veld in.", "Fill in this field.")
GEEN_DATUM = Tekst(
    "Dit is geen datum. Schrijf dag, maand en jaar, zoals 31-07-2027.",
    "This is no date. Write day, month and year, such as 31-07-2027.",
)
"""What is said of what ``lees_dag`` cannot read."""
_GEEN_ONVOLLEDIGE = Tekst(
    "Dit is geen datum. Schrijf dag, maand en jaar, zoals 14-05-2006; een onbekende dag of maand is 00.",
    "This is no date. Write day, month and year, such as 14-05-2006; an unknown day or month is 00.",
)
_BESTAAT_NIET = Tekst(
    "Deze dag bestaat niet: {maand}-{jaar} heeft {dagen} dagen.",
    "There is no such day: {maand}-{jaar} has {dagen} days.",
)
_JAAR_VOLUIT = Tekst(
    "Schrijf het jaar met vier cijfers, zoals 14-05-2006.",
    "Write the year with four digits, such as 14-05-2006.",
)
_GEEN_GETAL = Tekst("Schrijf een geheel getal, zoals 640.", "Write a whole number, such as 640.")
_GEEN_CIJFER = Tekst("Schrijf een cijfer, zoals 7,4.", "Write a mark, such as 7.4.")
_GEEN_KEUZE = Tekst("Kies een van de mogelijkheden.", "Choose one of the possibilities.")
_TE_LANG = Tekst("Schrijf hoogstens {n} tekens.", "Write at most {n} characters.")
_TE_VEEL = Tekst("Schrijf hoogstens {n} regels.", "Write at most {n} lines.")
_TEKEN = Tekst(
    "Hier staat een teken dat niet bewaard kan worden.", "This holds a character that cannot be kept."
)
_PAST_NIET = Tekst("Deze waarde past hier niet.", "This value does not fit here.")


class Tikfout(ValueError):
    """What was typed is no value of the field; ``tekst`` says what was expected."""

    def __init__(self, tekst: Tekst) -> None:
        self.tekst = tekst
        super().__init__(tekst.nl)


def zonder_scheiding(nummer: str) -> str:
    """Return the number of a person without the dots, dashes and spaces that people put in it."""
    return _SCHEIDING.sub("", nummer)


def lees(veld: Veld, getypt: str) -> Any:
    """Return the value that was typed as JSON knows it; None: nothing was typed.

    Raises:
        Tikfout: it is no value of this field.
    """
    kaal = getypt.strip(_RAND)
    if not kaal:
        return None
    if any(ord(teken) < 32 and teken not in "\r\n\t" for teken in kaal):
        raise Tikfout(_TEKEN)
    code = "".join(kaal.split()).upper()
    if veld.naam in CODES and CODES[veld.naam].past(code):
        return code
    waarde = zonder_scheiding(kaal) if veld.naam in NUMMERS else _lees(veld, kaal)
    if past(veld, waarde) is not None:
        raise Tikfout(_waarom(veld, waarde))
    return waarde


def _lees(veld: Veld, kaal: str) -> Any:
    match veld.soort:
        case Soort.DATUM | Soort.ONVOLLEDIGE_DATUM:
            return _datum(kaal, heel=veld.soort is Soort.DATUM)
        case Soort.GETAL:
            return int(_als(_GETAL, kaal, _GEEN_GETAL))
        case Soort.CIJFER:
            return str(Decimal(_als(_CIJFER, kaal, _GEEN_CIJFER).replace(",", ".")))
        case Soort.JA_NEE | Soort.KEUZE:
            if kaal not in (veld.waarden or (JA, NEE)):
                raise Tikfout(_GEEN_KEUZE)
            return kaal if veld.waarden else kaal == JA
        case Soort.REGELS:
            return [regel.strip() for regel in kaal.splitlines() if regel.strip()]
    return kaal


def _als(vorm: re.Pattern[str], kaal: str, verwacht: Tekst) -> str:
    if not vorm.fullmatch(kaal):
        raise Tikfout(verwacht)
    return kaal


def _datum(kaal: str, *, heel: bool) -> str:
    verwacht = GEEN_DATUM if heel else _GEEN_ONVOLLEDIGE
    if delen := _DAG_EERST.fullmatch(kaal) or _ACHTEREEN.fullmatch(kaal):
        dag, maand, jaar = delen.groups()
    elif delen := _JAAR_EERST.fullmatch(kaal):
        jaar, maand, dag = delen.groups()
    else:
        raise Tikfout(verwacht)
    if len(jaar) == 2:
        if not heel:
            raise Tikfout(_JAAR_VOLUIT)
        jaar = str(_eeuw(int(jaar)))
    if 1 <= int(maand) <= 12 and int(jaar) and int(dag) > (dagen := monthrange(int(jaar), int(maand))[1]):
        plek = {"maand": f"{maand:>02}", "jaar": jaar, "dagen": dagen}
        raise Tikfout(Tekst(_BESTAAT_NIET.nl.format(**plek), _BESTAAT_NIET.en.format(**plek)))
    gelezen = f"{jaar}-{maand:>02}-{dag:>02}"
    if not is_onvolledige_datum(gelezen) or (heel and not _is_heel(jaar, maand, dag)):
        raise Tikfout(verwacht)
    return gelezen


def _eeuw(jaar: int) -> int:
    """Return the year that two digits stand for; of a birth it could be either, so there nobody guesses."""
    return jaar + (1900 if jaar >= _VORIGE_EEUW else 2000)


def lees_dag(getypt: str) -> date | None:
    """Return the day that somebody typed, in any of the ways that a form takes; None: it is no day."""
    try:
        return date.fromisoformat(_datum(getypt.strip(_RAND), heel=True))
    except ValueError:
        return None


def _is_heel(jaar: str, maand: str, dag: str) -> bool:
    return bool(int(jaar) and int(maand) and int(dag))


def _waarom(veld: Veld, waarde: Any) -> Tekst:
    """Return in words which bound of the type a value breaks."""
    from msgspec import inspect

    info: Any = inspect.type_info(veld.type)
    info = info.type if isinstance(info, inspect.Metadata) else info
    meeste = getattr(info, "max_length", None)
    if isinstance(waarde, str) and meeste is not None and len(waarde) > meeste:
        return Tekst(_TE_LANG.nl.format(n=meeste), _TE_LANG.en.format(n=meeste))
    if isinstance(waarde, list) and meeste is not None and len(waarde) > meeste:
        return Tekst(_TE_VEEL.nl.format(n=meeste), _TE_VEEL.en.format(n=meeste))
    if isinstance(waarde, int):
        return _GEEN_GETAL
    return _PAST_NIET


def schrijf(veld: Veld, waarde: Any) -> str:
    """Return a value as somebody would type it: what `lees` reads back as the same value."""
    if waarde is None:
        return ""
    match veld.soort:
        case Soort.DATUM | Soort.ONVOLLEDIGE_DATUM:
            jaar, maand, dag = str(waarde)[:4], str(waarde)[5:7], str(waarde)[8:]
            return f"{dag}-{maand}-{jaar}"
        case Soort.JA_NEE:
            return JA if waarde else NEE
        case Soort.CIJFER:
            return str(waarde).replace(".", ",")
        case Soort.REGELS:
            return "\n".join(map(str, waarde))
    return str(waarde)
