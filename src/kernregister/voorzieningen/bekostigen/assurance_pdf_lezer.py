"""Reads one PDF from standard input and writes what is wrong with it, as JSON: the child of ``assurance_pdf``.

It stands alone: pypdf and the standard library, no settings, no database. What a viewer could run is looked for in all
that can be reached from the trailer, compressed parts included, for nothing else can be run.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from typing import Any

SECONDEN = 15
GEHEUGEN = 1 << 30
MEESTE_OBJECTEN = 300_000
MEESTE_VOLGENDE = 1000

_EINDE = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF[\s\x00]*\Z")
_KRUISTABEL = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")

_SLEUTELS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/XFA": "script",
    "/EmbeddedFiles": "ingesloten",
    "/EF": "ingesloten",
    "/RichMediaContent": "ingesloten",
    "/OnInstantiate": "script",
}
"""Keys that may not stand in any dictionary."""

_SOORTEN = {
    "/JavaScript": "script",
    "/Launch": "opdracht",
    "/ImportData": "opdracht",
    "/SubmitForm": "opdracht",
    "/GoToR": "opdracht",
    "/GoToE": "opdracht",
    "/Thread": "opdracht",
    "/Rendition": "ingesloten",
    "/Movie": "ingesloten",
    "/Sound": "ingesloten",
    "/RichMedia": "ingesloten",
    "/RichMediaExecute": "ingesloten",
    "/FileAttachment": "ingesloten",
    "/Screen": "ingesloten",
    "/3D": "ingesloten",
}
"""Kinds of action (``/S``) and of annotation (``/Subtype``) that may not occur."""

_ELDERS = {"/F", "/Ref"}
"""Keys of a stream whose content, or of a drawing of which a part, lies in another file."""


def begrens() -> None:
    """Take away from this process what a file could make it use up."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDEN, SECONDEN))
        resource.setrlimit(resource.RLIMIT_AS, (GEHEUGEN, GEHEUGEN))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def keur(inhoud: bytes) -> dict[str, Any]:
    """Return the number of pages, or the objections."""
    bezwaren = set(_vorm(inhoud))
    bladen = 0
    try:
        from pypdf import PdfReader

        lezer = PdfReader(BytesIO(inhoud))
        # of a file with two tables of its parts a viewer finds in the second what the first calls free
        lezer.xref_free_entry = {}
        if lezer.is_encrypted:
            return {"bezwaren": ["versleuteld", *sorted(bezwaren)]}
        bladen = len(lezer.pages)
        bezwaren |= set(_zoek(lezer))
        for bladzijde in lezer.pages:
            bladzijde.get_contents()
    except (MemoryError, RecursionError):
        bezwaren.add("te-ingewikkeld")
    except Exception:  # noqa: BLE001 - a broken file can break a reader in any way
        bezwaren.add("beschadigd")
    else:
        if not bladen:
            bezwaren.add("zonder-bladen")
    if "afgekapt" in bezwaren:
        bezwaren.discard("beschadigd")
    return {"bladen": 0 if bezwaren else bladen, "bezwaren": sorted(bezwaren)}


def _vorm(inhoud: bytes) -> Iterable[str]:
    """Look at the end of the file, where a PDF says where its parts are."""
    plek = inhoud.rfind(b"%%EOF")
    if plek < 0:
        yield "afgekapt"
        return
    if inhoud[plek + 5 :].strip(b"\0 \t\r\n\f"):
        # of a linearized file the first part has an end of its own
        yield "afgekapt" if b"/Linearized" in inhoud[:2048] else "staart"
        return
    einde = _EINDE.search(inhoud, max(0, plek - 64))
    if einde is None or _KRUISTABEL.match(inhoud, int(einde[1])) is None:
        yield "beschadigd"


def _zoek(lezer: Any) -> Iterable[str]:
    """Walk over all that can be reached, and give what may not be there."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

    houders = (IndirectObject, DictionaryObject, ArrayObject)
    gezien: set[tuple[int, int]] = set()
    te_doen: list[Any] = [lezer.trailer]
    aantal = 0
    while te_doen:
        ding = te_doen.pop()
        if isinstance(ding, IndirectObject):
            if (sleutel := (ding.idnum, ding.generation)) in gezien:
                continue
            gezien.add(sleutel)
            ding = ding.get_object()
        aantal += 1
        if aantal > MEESTE_OBJECTEN:
            raise MemoryError
        if isinstance(ding, DictionaryObject):
            yield from (_SLEUTELS[naam] for naam in ding if naam in _SLEUTELS)
            if (isinstance(ding, StreamObject) and _ELDERS & ding.keys()) or _opent_adres(ding):
                yield "opdracht"
            yield from (
                _SOORTEN[soort]
                for naam in ("/S", "/Subtype")
                if naam in ding and (soort := str(ding[naam])) in _SOORTEN
            )
            te_doen += [deel for deel in dict.values(ding) if isinstance(deel, houders)]
        elif isinstance(ding, ArrayObject):
            te_doen += [deel for deel in list.__iter__(ding) if isinstance(deel, houders)]


def _opent_adres(ding: Any) -> bool:
    """Tell whether an address is opened that nobody clicked on: with the file, a page or a field."""
    vanzelf = [ding["/OpenAction"]] if "/OpenAction" in ding else []
    for bij in [ding["/AA"]] if "/AA" in ding else []:
        vanzelf += [bij[naam] for naam in bij] if hasattr(bij, "keys") else []
    gezien = 0
    while vanzelf:
        actie = vanzelf.pop()
        gezien += 1
        if gezien > MEESTE_VOLGENDE:
            raise MemoryError
        if not hasattr(actie, "keys"):
            continue
        if "/S" in actie and actie["/S"] == "/URI":
            return True
        volgende = actie["/Next"] if "/Next" in actie else []  # noqa: SIM401 - get() does not resolve
        vanzelf += [een.get_object() for een in volgende] if isinstance(volgende, list) else [volgende]
    return False


def main() -> None:
    """Judge what stands on standard input."""
    begrens()
    logging.disable(logging.CRITICAL)
    json.dump(keur(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
