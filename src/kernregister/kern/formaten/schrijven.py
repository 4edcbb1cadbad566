"""Writing deliveries of lines in canonical form: opening record, persons in order, closing record with its totals.

Streaming: persons may come in any order and number, memory does not grow with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import obo, obo_dossier, ro, ro_dossier
from kernregister.kern.formaten.indeling import Indeling, Record, regel_van, tag, velden
from kernregister.kern.formaten.sorteren import Rij, gesorteerd
from kernregister.kern.formaten.totalen import Teller, totalen_van
from kernregister.kern.tijd import Studiejaar

CRLF: Final = "\r\n"
"""The line end of DUO's own files."""


@contextmanager
def als_geheel(pad: Path) -> Iterator[Path]:
    """Give a new, empty file beside ``pad``: complete it takes that place, broken off it goes.

    What stood there is replaced and never written into, so that a link leads nobody's file astray.
    """
    deel = pad.with_name(f".{token_hex(8)}.deel")
    deel.touch(exist_ok=False)
    try:
        yield deel
        deel.replace(pad)
    finally:
        deel.unlink(missing_ok=True)


class Onschrijfbaar(ValueError):
    """A value cannot stand in a file of lines. Never holds the value itself."""


def schrijf_ro(pad: Path, kop: ro.Vlp, dossiers: Iterable[Dossier], regeleinde: str = CRLF) -> Counter[str]:
    """Write what an RO of the institution in ``kop`` carries of dossiers; return the numbers of records.

    Raises:
        Onschrijfbaar: a value holds a separator or a line end, or a person comes twice.
    """
    groepen = (list(ro_dossier.records_van(dossier, kop.instellingscode)) for dossier in dossiers)
    return schrijf(pad, ro.RO, kop, groepen, regeleinde)


def schrijf_obo(pad: Path, kop: obo.Vlp, dossiers: Iterable[Dossier], regeleinde: str = CRLF) -> Counter[str]:
    """Write what an OBO of the institution and studiejaar in ``kop`` carries of dossiers; return the numbers.

    Raises:
        Onschrijfbaar: a value holds a separator or a line end, or a person comes twice.
        ValueError: the studiejaar of ``kop`` is none.
    """
    jaar = Studiejaar.lees(kop.studiejaar)
    groepen = (list(obo_dossier.records_van(dossier, kop.instellingscode, jaar)) for dossier in dossiers)
    return schrijf(pad, obo.OBO, kop, groepen, regeleinde)


def schrijf(
    pad: Path, indeling: Indeling, kop: Record, groepen: Iterable[list[Record]], regeleinde: str = CRLF
) -> Counter[str]:
    """Write records in any layout; each list starts with a PER record, and may go on with another person's.

    Raises:
        Onschrijfbaar: a value holds a separator or a line end, or a person comes twice.
    """
    teller = Teller(indeling.totalen)
    with pad.open("w", encoding="utf-8", newline=regeleinde) as bestand:
        bestand.write(_regel(kop, indeling) + "\n")
        vorige: bytes | None = None
        for sleutel, tekst in gesorteerd(_gesleuteld(indeling, groepen, teller)):
            if sleutel == vorige:
                raise Onschrijfbaar(
                    "een persoon komt twee keer voor; een bestand heeft elke persoon één keer"
                )
            vorige = sleutel
            bestand.write(tekst.decode() + "\n")
        sluit = indeling.sluit(**totalen_van(indeling.totalen, teller.tellingen))
        bestand.write(_regel(sluit, indeling) + "\n")
    return teller.tellingen


def _gesleuteld(indeling: Indeling, groepen: Iterable[list[Record]], teller: Teller) -> Iterator[Rij]:
    for groep in groepen:
        teller.tel([groep])
        persoon: list[str] = []
        sleutel = b""
        for record in groep:
            if isinstance(record, indeling.persoon):
                if persoon:
                    yield sleutel, "\n".join(persoon).encode()
                persoon, sleutel = [], _sleutel(record, indeling)
            persoon.append(_regel(record, indeling))
        if persoon:
            yield sleutel, "\n".join(persoon).encode()


def _sleutel(persoon: Any, indeling: Indeling) -> bytes:
    """Return the place of a person: on burgerservicenummer, and after all of those on onderwijsnummer."""
    nummers = [getattr(persoon, naam) or "" for naam in indeling.nummervelden]
    return f"{int(not nummers[0])}{indeling.scheiding.join(nummers)}".encode()


def _regel(record: Record, indeling: Indeling) -> str:
    regel = regel_van(record, indeling.scheiding)
    te_veel = regel.count(indeling.scheiding) != len(velden(type(record))) and not record.meer
    if te_veel or any(teken in regel for teken in '\r\n"'):
        raise Onschrijfbaar(
            f"een waarde van een {tag(type(record))} heeft een scheidingsteken, regeleinde of aanhalingsteken"
        )
    return regel
