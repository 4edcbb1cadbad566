"""Reading files of lines with a recordsoort: streaming, typed, grouped by person.

Two readers give the same records. The fast one rewrites a block of lines to JSON and lets msgspec decode it into the
declared Structs, three to four times as fast as field by field. A block that does not decode goes to the slow one,
which takes every line apart and explains all that is wrong with it. Memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Union

import msgspec

from kernregister.kern.formaten.herschikken import Herschikking
from kernregister.kern.formaten.indeling import Indeling, Record, Veld, Veldfout, tag, velden
from kernregister.kern.formaten.regellezer import Regellezer
from kernregister.kern.formaten.totalen import Teller
from kernregister.kern.formaten.verkennen import (
    BLOK,
    GROOTSTE_PERSOON,
    Bereik,
    Verkenning,
    aanhef_van,
    blokken,
    in_orde,
)
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.tijd import is_onvolledige_datum

Groep = list[Record]
"""The records of one person; the first is the PER record."""

Regel = tuple[int, bytes]
"""Number and text of a line."""


class Recordlezer:
    """Gives the records of (a range of) a file, grouped by person, and counts them per recordsoort."""

    def __init__(self, verkenning: Verkenning, verslag: Verslag, bereik: Bereik | None = None) -> None:
        self.verkenning = verkenning
        self.verslag = verslag
        self.indeling = verkenning.indeling
        self.bereik = bereik or (verkenning.begin, verkenning.eind)
        self.teller = Teller(self.indeling.totalen)
        self._lezer = Regellezer(self.indeling, verslag, verkenning.scheiding)
        self._van_personen = (self.indeling.persoon, *self.indeling.kinderen)
        self._mend = False

    def groepen(self) -> Iterator[Groep]:
        """Give the records of each person, PER record first."""
        if not self.verkenning.geordend:
            yield from self._bijeengezocht()
            return
        regels_voor: tuple[int, int] = (0, 0)
        with self.verkenning.pad.open("rb") as bestand:
            for plaats, blok in blokken(
                bestand, *self.bereik, aanhef_van(self.indeling.persoon, self.indeling.scheiding)
            ):
                groepen = self._snel(blok)
                if groepen is None:
                    regels_voor = plaats, _tel_regels(self.verkenning.pad, *regels_voor, plaats)
                    groepen = list(self._groepeer(self._langzaam(blok, regels_voor[1] + 1)))
                else:
                    self.teller.tel(groepen)
                yield from groepen

    def lees_blok(self, blok: bytes) -> list[Groep]:
        """Return the records of the persons in a text that was taken out of the file, whole persons at a time."""
        groepen = self._snel(blok)
        if groepen is None or not _hebben_canonieke_nummers(groepen, self.indeling):
            return list(self._groepeer((0, regel) for regel in blok.split(b"\n")))
        self.teller.tel(groepen)
        return groepen

    def _snel(self, blok: bytes) -> list[Groep] | None:
        """Return the groups of a block, or None when it needs explaining."""
        if b"\r" in blok:
            blok = blok.replace(b"\r\n", b"\n").rstrip(b"\r")
        if not self.indeling.snel or b'"' in blok or b"\\" in blok or b"\r" in blok:
            return None
        decodeer = _decoder(self.indeling)
        if not self._mend:
            try:
                return decodeer(_als_json(blok, self.indeling))
            except (msgspec.DecodeError, UnicodeDecodeError):
                if not self.indeling.afwijkingen:
                    return None
        return self._snel_gemend(blok, decodeer)

    def _snel_gemend(self, blok: bytes, decodeer: Callable[[bytes], list[Groep]]) -> list[Groep] | None:
        """Return the groups after mending the known deviations; from then on, every block is mended first."""
        gemend = []
        for afwijking in self.indeling.afwijkingen:
            blok, aantal = afwijking.patroon.subn(afwijking.vervanging, blok)
            gemend.append((afwijking, aantal))
        try:
            groepen = decodeer(_als_json(blok, self.indeling))
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        self._mend = True
        for afwijking, aantal in gemend:
            if aantal:
                self.verslag.opmerking(
                    afwijking.code, afwijking.uitleg, aantal=aantal, recordsoort=afwijking.recordsoort
                )
        return groepen

    def _langzaam(self, blok: bytes, nummer: int) -> Iterator[tuple[int, bytes]]:
        yield from enumerate(blok.split(b"\n"), nummer)

    def _bijeengezocht(self) -> Iterator[Groep]:
        """Give the records of each person of a file in another order: sorted first, a stretch of persons at a time."""
        stuk: list[Regel] = []
        omvang, van_persoon, vorige = 0, 0, b""
        for persoon, nummer, regel in Herschikking(self.verkenning, self._lezer).regels():
            if persoon != vorige:
                vorige, van_persoon = persoon, 0
                if omvang > BLOK:
                    yield from self._stuk(stuk)
                    stuk, omvang = [], 0
            van_persoon += len(regel) + 1
            if van_persoon > GROOTSTE_PERSOON:
                self._te_groot(nummer)
                continue
            stuk.append((nummer, regel))
            omvang += len(regel) + 1
        yield from self._stuk(stuk)

    def _stuk(self, stuk: list[Regel]) -> Iterator[Groep]:
        if self.verkenning.scheiding == self.indeling.scheiding:
            blok = b"\n".join([regel for _, regel in stuk])
            if in_orde(blok, self.indeling) is not None and (groepen := self._snel(blok)) is not None:
                self.teller.tel(groepen)
                yield from groepen
                return
        yield from self._groepeer(iter(stuk))

    def _groepeer(self, regels: Iterator[Regel]) -> Iterator[Groep]:
        """Give the groups of explained lines; what belongs to no readable person is reported and left out."""
        groep: Groep = []
        van_wie: tuple[str | None, ...] = ()
        for nummer, regel in regels:
            record = self._lezer.lees(regel, nummer)
            if record is None:
                continue
            self.teller.tel([[record]])
            if not isinstance(record, self._van_personen):
                self.verslag.fout(
                    "recordsoort_misplaatst",
                    "Een openings- of sluitrecord staat tussen de records van personen.",
                    regel=nummer,
                    waarde=tag(type(record)),
                )
                continue
            nummers = tuple(getattr(record, naam) for naam in self.indeling.nummervelden)
            if isinstance(record, self.indeling.persoon):
                if groep and nummers == van_wie:
                    self._dubbele_persoon(nummer, groep[0] == record)
                    continue
                if groep:
                    yield groep
                groep, van_wie = [record], nummers
            elif groep and nummers == van_wie:
                groep.append(record)
            else:
                self.verslag.fout(
                    "persoon_ontbreekt",
                    f"Records waarvan het {tag(self.indeling.persoon)}-record ontbreekt of onleesbaar is.",
                    regel=nummer,
                    waarde=tag(type(record)),
                )
        if groep:
            yield groep

    def _te_groot(self, nummer: int) -> None:
        self.verslag.fout(
            "persoon_te_groot",
            f"Eén persoon heeft meer dan {GROOTSTE_PERSOON >> 20} MB aan records: dit is geen levering. De rest is "
            "overgeslagen.",
            regel=nummer,
        )

    def _dubbele_persoon(self, nummer: int, gelijk: bool) -> None:
        soort = tag(self.indeling.persoon)
        if gelijk:
            self.verslag.opmerking(
                "persoon_dubbel", f"Hetzelfde {soort}-record staat er meer dan eens.", regel=nummer
            )
        else:
            self.verslag.fout(
                "persoon_tegenstrijdig",
                f"Eén persoon heeft {soort}-records die van elkaar verschillen; het eerste is gebruikt.",
                regel=nummer,
            )


def _tel_regels(pad: Path, vanaf: int, al_geteld: int, tot: int) -> int:
    """Return the number of line ends before a place, given how many lie before an earlier place."""
    with pad.open("rb") as bestand:
        bestand.seek(vanaf)
        while vanaf < tot and (blok := bestand.read(min(BLOK, tot - vanaf))):
            al_geteld += blok.count(b"\n")
            vanaf += len(blok)
    return al_geteld


@cache
def _decoder(indeling: Indeling) -> Callable[[bytes], list[Groep]]:
    soorten: Any = Union[(indeling.persoon, *indeling.kinderen)]
    decoder = msgspec.json.Decoder(list[list[soorten]], strict=False)
    deels_bekend = {
        record: tuple(veld.naam for veld in velden(record) if veld.extra.get("onvolledig"))
        for record in (indeling.persoon, *indeling.kinderen)
    }
    alleen_persoon = not any(deels_bekend[record] for record in indeling.kinderen)

    def decodeer(tekst: bytes) -> list[Groep]:
        groepen: list[Groep] = decoder.decode(tekst)
        for groep in groepen:
            if type(groep[0]) is not indeling.persoon:
                raise msgspec.DecodeError
            for record in groep[:1] if alleen_persoon else groep:
                for naam in deels_bekend[type(record)]:
                    waarde = getattr(record, naam)
                    if waarde is not None and not is_onvolledige_datum(waarde):
                        raise msgspec.DecodeError
        return groepen

    return decodeer


def _hebben_canonieke_nummers(groepen: list[Groep], indeling: Indeling) -> bool:
    """Tell whether the reader of lines would read the same numbers; of a file in order that is known already."""
    for veld in velden(indeling.persoon):
        if veld.naam in indeling.nummervelden:
            for groep in groepen:
                nummer = getattr(groep[0], veld.naam)
                if (
                    nummer is not None
                    and not (len(nummer) == 9 and nummer.isdigit())
                    and not _is_canoniek(veld, nummer)
                ):
                    return False
    return True


def _is_canoniek(veld: Veld, tekst: str) -> bool:
    try:
        return veld.lees_vorm(tekst)[1] is None
    except Veldfout:
        return False


def _als_json(blok: bytes, indeling: Indeling) -> bytes:
    """Return a block of lines as a JSON list of persons, each a list of records, each a list of texts or null."""
    scheiding, per = indeling.scheiding.encode(), tag(indeling.persoon).encode()
    velden_ = (
        blok.replace(scheiding, b'","').replace(b'\n%b"' % per, b'"]],[["%b"' % per).replace(b"\n", b'"],["')
    )
    return (b'[[["%b"]]]' % velden_).replace(b'""', b"null")
