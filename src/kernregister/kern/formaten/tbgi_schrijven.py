"""Writing a TBG-i in the form of the PvE: empty values nil, empty groups left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from kernregister.kern.formaten.tbgi import TBGI, UITBREIDING, Element, Onderdeel
from kernregister.kern.formaten.tbgi_lezen import vorm_van

_OPENING = (
    '<?xml version="1.0" encoding="utf-8"?>',
    f'<{TBGI.wortel} xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
)


def schrijf_tbgi(pad: Path, onderdelen: Iterable[Onderdeel], *, uitbreiding: bool = False) -> None:
    """Write enrolments and diplomas, in the order in which they come (the PvE has enrolments first).

    Args:
        pad: where to.
        onderdelen: what to write.
        uitbreiding: also write the onderwijsaanbieder and onderwijslocatie that the manual promises (25.0, h. 05)
            and the PvE does not have.
    """
    with pad.open("w", encoding="utf-8", newline="\r\n") as bestand:
        bestand.write("\n".join(_OPENING) + "\n")
        for onderdeel in onderdelen:
            bestand.writelines(regel + "\n" for regel in _regels(onderdeel, 1, uitbreiding))
        bestand.write(f"</{TBGI.wortel}>\n")


def _regels(groep: Element, diepte: int, uitbreiding: bool) -> Iterator[str]:
    vorm = vorm_van(type(groep))
    inspringing = "\t" * diepte
    yield f"{inspringing}<{vorm.naam}>"
    for naam, veld in vorm.teksten.items():
        tekst = escape(veld.schrijf()(getattr(groep, veld.naam)))
        if veld.extra.get(UITBREIDING) and not (uitbreiding and tekst):
            continue
        yield f"{inspringing}\t" + (f"<{naam}>{tekst}</{naam}>" if tekst else f'<{naam} xsi:nil="true"/>')
    for plaats, _ in vorm.groepen.values():
        for deel in getattr(groep, plaats):
            yield from _regels(deel, diepte + 1, uitbreiding)
    yield f"{inspringing}</{vorm.naam}>"
