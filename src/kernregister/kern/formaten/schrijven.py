"""Writing deliveries of lines in canonical form: opening record, persons in order, closing record with its totals.

Streaming: persons may come in any order and number, memory does not grow with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from secrets import token_hex
from typing import Final

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import grondslag, obo, obo_dossier, ro, ro_dossier
from kernregister.kern.formaten.grondslag_schrijven import Grondslagpersoon, Schrijver
from kernregister.kern.formaten.indeling import Indeling, Record, tag
from kernregister.kern.formaten.regelschrijver import Onschrijfbaar, regel, regels_van
from kernregister.kern.formaten.sorteren import Rij, gesorteerd
from kernregister.kern.formaten.totalen import Teller, totalen_van
from kernregister.kern.tijd import Studiejaar

CRLF: Final = "\r\n"
"""The line end of DUO's own files."""

PER_KEER: Final = 256
"""Persons whose lines are made together."""


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


def schrijf_ro(pad: Path, kop: ro.Vlp, dossiers: Iterable[Dossier], regeleinde: str = CRLF) -> Counter[str]:
    """Write what an RO of the institution in ``kop`` carries of dossiers; return the numbers of records.

    Raises:
        Onschrijfbaar: a value holds a separator or a line end, or a person comes twice or has no number.
    """
    groepen = (list(ro_dossier.records_van(dossier, kop.instellingscode)) for dossier in dossiers)
    return schrijf(pad, ro.RO, kop, groepen, regeleinde)


def schrijf_obo(pad: Path, kop: obo.Vlp, dossiers: Iterable[Dossier], regeleinde: str = CRLF) -> Counter[str]:
    """Write what an OBO of the institution and studiejaar in ``kop`` carries of dossiers; return the numbers.

    Raises:
        Onschrijfbaar: a value holds a separator or a line end, or a person comes twice or has no number.
        ValueError: the studiejaar of ``kop`` is none.
    """
    jaar = Studiejaar.lees(kop.studiejaar)
    groepen = (list(obo_dossier.records_van(dossier, kop.instellingscode, jaar)) for dossier in dossiers)
    return schrijf(pad, obo.OBO, kop, groepen, regeleinde)


def schrijf_grondslag(
    pad: Path,
    kop: grondslag.Vlp,
    personen: Iterable[Grondslagpersoon],
    hernummer: Callable[[int], str],
    *,
    bepaald_op: datetime | None = None,
    regeleinde: str = CRLF,
) -> Counter[str]:
    """Write what a GRONDSLAG of the institution and studiejaar in ``kop`` carries of persons; return the numbers.

    Args:
        pad: where to.
        kop: its opening record; ``bekostiging`` tells whether decisions are provisional (V) or definitive (D).
        personen: in any order.
        hernummer: gives the number of a person in this delivery (see ``overzichten.hernummeren``).
        bepaald_op: when funding was decided on, on the clock of the reader; needed with decisions.
        regeleinde: the line end.

    Raises:
        Onschrijfbaar: a value holds a separator or a line end, or a person comes twice or has no number.
        ValueError: the opening record names no institution, or decisions are of another studiejaar or no moment.
    """
    schrijver = Schrijver(kop, hernummer, bepaald_op)
    groepen = (list(schrijver.records_van(persoon)) for persoon in personen)
    return schrijf(pad, grondslag.GRONDSLAG, kop, groepen, regeleinde)


def schrijf(
    pad: Path, indeling: Indeling, kop: Record, groepen: Iterable[list[Record]], regeleinde: str = CRLF
) -> Counter[str]:
    """Write records in any layout; each list starts with a PER record, and may go on with another person's.

    Raises:
        Onschrijfbaar: a value holds a separator or a line end, or a person comes twice or has no number.
    """
    teller = Teller(indeling.totalen)
    einde = regeleinde.encode()
    with pad.open("wb") as bestand:
        bestand.write(regel(kop, indeling.scheiding).encode() + einde)
        vorige: bytes | None = None
        for sleutel, tekst in gesorteerd(_personen(indeling, groepen, teller, einde)):
            if sleutel == vorige:
                raise Onschrijfbaar(
                    "een persoon komt twee keer voor; een bestand heeft elke persoon één keer"
                )
            vorige = sleutel
            bestand.write(tekst)
        sluit = indeling.sluit(**totalen_van(indeling.totalen, teller.tellingen))
        bestand.write(regel(sluit, indeling.scheiding).encode() + einde)
    return teller.tellingen


def _personen(
    indeling: Indeling, groepen: Iterable[list[Record]], teller: Teller, einde: bytes
) -> Iterator[Rij]:
    """Give the lines of each person, with the person's place: burgerservicenummers first, then onderwijsnummers."""
    over = iter(groepen)
    scheiding = indeling.scheiding.encode()
    aanhef = tag(indeling.persoon).encode() + scheiding
    nummers = len(indeling.nummervelden)
    while stuk := list(islice(over, PER_KEER)):
        teller.tel(stuk)
        records = list(chain.from_iterable(stuk))
        if not records:
            continue
        tekst = regels_van(records, indeling, einde)
        # An empty burgerservicenummer leaves the separator in front, which comes after all digits.
        for persoon in tekst[len(aanhef) :].split(einde + aanhef):
            sleutel = scheiding.join(persoon.split(scheiding, nummers)[:nummers])
            if sleutel == scheiding * (nummers - 1):
                raise Onschrijfbaar("een persoon heeft geen nummer; een bestand noemt ieder bij een nummer")
            yield sleutel, aanhef + persoon + einde
