"""Writing a TBG-i in the form of the PvE: empty values nil, empty groups left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape

from kernregister.kern.formaten.indeling import NUMMERS, Veld
from kernregister.kern.formaten.schrijven import CRLF
from kernregister.kern.formaten.sorteren import Rij, gesorteerd
from kernregister.kern.formaten.tbgi import TBGI, UITBREIDING, Element, Inschrijving, Onderdeel
from kernregister.kern.formaten.tbgi_lezen import vorm_van

_OPENING: Final = (
    '<?xml version="1.0" encoding="utf-8"?>',
    f'<{TBGI.wortel} xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
)

_BEKEND: Final = 4096
"""Values of an element of which the text is kept."""

_ONMOGELIJK: Final = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
"""What no XML can hold; a key that was taken over from an RO may have it."""

_heeft_teken: Final = re.compile(f"[&<>]|{_ONMOGELIJK}").search
_vervang: Final = re.compile(_ONMOGELIJK).sub


def schrijf_tbgi(
    pad: Path, onderdelen: Iterable[Onderdeel], *, uitbreiding: bool = False, opmerking: str = ""
) -> Counter[str]:
    """Write enrolments and then diplomas, in the order of persons of other deliveries; return how many of each.

    They may come in any order and number: memory does not grow with them.

    Args:
        pad: where to.
        onderdelen: what to write.
        uitbreiding: also write the onderwijsaanbieder and onderwijslocatie that the manual promises (25.0, h. 05)
            and the PvE does not have.
        opmerking: words to go with the file, such as what its amounts rest on; a comment, which no reader minds.
    """
    tellingen: Counter[str] = Counter()
    with pad.open("wb") as bestand:
        opening, wortel = _OPENING
        regels = [opening, *([f"<!-- {opmerking.replace('--', '- -')} -->"] if opmerking else []), wortel]
        bestand.write("".join(f"{regel}{CRLF}" for regel in regels).encode())
        for _, tekst in gesorteerd(_rijen(onderdelen, uitbreiding, tellingen)):
            bestand.write(tekst)
        bestand.write(f"</{TBGI.wortel}>{CRLF}".encode())
    return tellingen


def _rijen(onderdelen: Iterable[Onderdeel], uitbreiding: bool, tellingen: Counter[str]) -> Iterator[Rij]:
    for onderdeel in onderdelen:
        tellingen[str(type(onderdeel).__struct_config__.tag)] += 1
        if isinstance(onderdeel, Inschrijving):
            plaats, volgnummer = 0, onderdeel.inschrijvingvolgnummer
        else:
            plaats, volgnummer = 1, onderdeel.resultaatvolgnummer
        # An empty burgerservicenummer leaves the separator in front, which comes after all digits.
        nummers = f"{onderdeel.burgerservicenummer or ''}|{onderdeel.onderwijsnummer or ''}"
        yield f"{plaats}{nummers}|{volgnummer}".encode(), _xml(onderdeel, 1, uitbreiding).encode()


def _xml(groep: Element, diepte: int, uitbreiding: bool) -> str:
    opmaak = _opmaak(type(groep), diepte, uitbreiding)
    delen = [
        opmaak.open,
        *[regel(waarde) for regel, waarde in zip(opmaak.regels, opmaak.waarden(groep), strict=True)],
    ]
    for plaats in opmaak.groepen:
        delen += [_xml(deel, diepte + 1, uitbreiding) for deel in getattr(groep, plaats)]
    delen.append(opmaak.sluit)
    return "".join(delen)


def _ontsnapt(tekst: str) -> str:
    return escape(_vervang("\ufffd", tekst)) if _heeft_teken(tekst) else tekst


class _Opmaak(NamedTuple):
    """A group of elements as it is written at some depth; each of ``regels`` writes a value as its element."""

    open: str
    regels: tuple[Callable[[Any], str], ...]
    waarden: Callable[[Element], tuple[Any, ...]]
    groepen: tuple[str, ...]
    sluit: str


@cache
def _opmaak(soort: type[Element], diepte: int, uitbreiding: bool) -> _Opmaak:
    vorm = vorm_van(soort)
    inspringing = "\t" * diepte
    velden = {
        naam: veld for naam, veld in vorm.teksten.items() if uitbreiding or not veld.extra.get(UITBREIDING)
    }
    return _Opmaak(
        f"{inspringing}<{vorm.naam}>{CRLF}",
        tuple(_regel(naam, veld, f"{inspringing}\t") for naam, veld in velden.items()),
        attrgetter(*[veld.naam for veld in velden.values()]),
        tuple(plaats for plaats, _ in vorm.groepen.values()),
        f"{inspringing}</{vorm.naam}>{CRLF}",
    )


def _regel(naam: str, veld: Veld, inspringing: str) -> Callable[[Any], str]:
    """Return what writes a value as an element, with what stands there without one.

    Most values come back time and again and are written once. Amounts are not among them, for two that are equal may
    be written with more or fewer digits, nor are numbers of persons.
    """
    schrijf = _ontsnapt if veld.soort is str else veld.schrijf()
    voor, na = f"{inspringing}<{naam}>", f"</{naam}>{CRLF}"
    leeg = "" if veld.extra.get(UITBREIDING) else f'{inspringing}<{naam} xsi:nil="true"/>{CRLF}'

    def regel(waarde: Any) -> str:
        tekst = "" if waarde is None else schrijf(waarde)
        return f"{voor}{tekst}{na}" if tekst else leeg

    return regel if veld.soort is Decimal or veld.naam in NUMMERS else lru_cache(maxsize=_BEKEND)(regel)
