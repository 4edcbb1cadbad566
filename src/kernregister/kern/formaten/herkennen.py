"""Which layout a file is in, by what it holds and never by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from kernregister.kern.formaten.bron import zonder_bom
from kernregister.kern.formaten.grondslag import GRONDSLAG
from kernregister.kern.formaten.indeling import Indeling
from kernregister.kern.formaten.obo import OBO
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.tbgi import TBGI, XmlIndeling
from kernregister.kern.formaten.verkennen import GROOTSTE_REGEL, SCHEIDINGSTEKENS
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, toonbaar

LEESBAAR: Final[dict[str, Indeling | XmlIndeling]] = {
    "RO": RO,
    "OBO": OBO,
    "GRONDSLAG": GRONDSLAG,
    "TBGI": TBGI,
}
"""The layouts that are read as dossiers, by name."""

VERWACHT: Final = (
    "een RO (eerste regel VLP|27DV|2025-08-01|…), een OBO (VLP|2025-2026|27DV|…), een GRONDSLAG (VLP;27DV;2025;…), "
    "een TBG-i (XML met Bekostigingsgrondslagen), of een zip met zo'n bestand"
)

_INSTELLING = re.compile(r"\d{2}[A-Za-z]{2}", re.ASCII)
_STUDIEJAAR = re.compile(r"\d{4}-\d{4}", re.ASCII)
_JAAR = re.compile(r"\d{4}", re.ASCII)
_WORTEL = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")


def herken(pad: Path) -> Indeling | XmlIndeling:
    """Return the layout of a plain file that holds dossiers.

    Raises:
        OnbruikbaarBestand: it has none of the layouts, or one that holds no dossiers; the text says what was expected.
    """
    naam = naam_van(pad)
    if naam not in LEESBAAR:
        raise OnbruikbaarBestand(
            f"{pad.name}: dit is een verschillenbestand ({naam}). Dat vertelt wat er veranderde, en niet wat er "
            f"geregistreerd staat. Verwacht {VERWACHT}."
        )
    return LEESBAAR[naam]


def naam_van(pad: Path) -> str:
    """Return the name of a plain file's layout: RO, OBO, OBOV, GRONDSLAG or TBGI.

    Raises:
        OnbruikbaarBestand: it has none of these; the text says what was expected.
    """
    with pad.open("rb") as bestand:
        eerste = zonder_bom(bestand.read(GROOTSTE_REGEL)).decode(errors="replace").lstrip()
    if eerste.startswith("<"):
        return _naam_van_xml(eerste, pad.name)
    kop = _velden(eerste.split("\n", 1)[0])
    if kop[0] == "Recordsoort":
        return "OBOV"
    if kop[0] != "VLP":
        kop = _zoek_kop(pad)
    naam = _naam_van_kop(kop)
    if naam is None:
        begin = toonbaar(eerste.split("\n", 1)[0].rstrip("\r"))
        raise OnbruikbaarBestand(
            f"{pad.name}: geen bestand dat hier gelezen kan worden; het begint met '{begin}'. Verwacht {VERWACHT}."
        )
    return naam


def _naam_van_xml(tekst: str, bestand: str) -> str:
    wortel = _WORTEL.search(tekst)
    naam = wortel[1] if wortel else "geen enkel element"
    if naam != "Bekostigingsgrondslagen":
        raise OnbruikbaarBestand(f"{bestand}: een XML-bestand met {toonbaar(naam)}. Verwacht {VERWACHT}.")
    return "TBGI"


def _velden(regel: str) -> list[str]:
    """Return the fields of a line, whichever separator it has."""
    regel = regel.replace('"', "").rstrip("\r")
    teken = next((teken for teken in SCHEIDINGSTEKENS if teken in regel), "|")
    return regel.split(teken)


def _naam_van_kop(kop: list[str]) -> str | None:
    """Return which layout has an opening record like this one."""
    if len(kop) < 4:
        return None
    if _STUDIEJAAR.fullmatch(kop[1]):
        return "OBO"
    if _JAAR.fullmatch(kop[1]) or (_INSTELLING.fullmatch(kop[1]) and _JAAR.fullmatch(kop[2])):
        return "GRONDSLAG"
    return "RO" if _INSTELLING.fullmatch(kop[1]) else None


def _zoek_kop(pad: Path) -> list[str]:
    """Return the fields of the opening record of a file that was sorted anew, wherever it is now."""
    with pad.open("rb") as bestand:
        while regel := bestand.readline(GROOTSTE_REGEL):
            if regel.startswith((b"VLP", b'"VLP"')):
                return _velden(regel.rstrip(b"\r\n").decode(errors="replace"))
    return []
