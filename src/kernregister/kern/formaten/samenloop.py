"""Two deliveries of the same layout side by side: which persons differ, without decoding the persons that do not.

Both files are in the canonical order of persons, so one pass over both is enough. The texts of the persons are
compared as they stand; only what differs is handed on. The totals of the closing records are verified on the way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import structs

from kernregister.kern.formaten.indeling import Indeling, regel_van, tag, velden
from kernregister.kern.formaten.recordbestand import Groep, Recordlezer
from kernregister.kern.formaten.sorteren import gesorteerd
from kernregister.kern.formaten.verkennen import Bereik, Verkenning, aanhef_van, blokken
from kernregister.kern.formaten.verslag import Verslag

Paar = tuple[list[bytes], list[bytes]]
"""Texts of persons, in order, of the old and of the new delivery: all that differs in a stretch of both."""

_NUMMERLENGTE: Final = 9
_HOOGST: Final = b"\xff"


def in_volgorde(verkenning: Verkenning, verslag: Verslag, doel: Path) -> Verkenning:
    """Return a delivery in canonical form and order: itself, or else a copy on ``doel``; what is wrong is explained."""
    if verkenning.geordend:
        return verkenning
    indeling = verkenning.indeling
    personen = (_in_canonieke_vorm(groep, indeling) for groep in Recordlezer(verkenning, verslag).groepen())
    with doel.open("wb") as uit:
        begin = uit.write(regel_van(verkenning.kop).encode() + b"\n")
        eind = begin + sum(uit.write(tekst) for _, tekst in gesorteerd(personen))
    return structs.replace(
        verkenning, pad=doel, begin=begin, eind=eind, scheiding=indeling.scheiding, geordend=True
    )


def _in_canonieke_vorm(groep: Groep, indeling: Indeling) -> tuple[bytes, bytes]:
    """Return the place of a person in the order, and the text of the records."""
    for record in groep:
        for naam in indeling.nummervelden:
            nummer = getattr(record, naam)
            if nummer and nummer.isdigit():
                setattr(record, naam, nummer.zfill(_NUMMERLENGTE))
    tekst = "".join(regel_van(record) + "\n" for record in groep).encode()
    return _sleutel(tekst.partition(b"|")[2]), tekst


def samenloop(
    oud: Verkenning,
    nieuw: Verkenning,
    tellingen: Counter[str],
    bereiken: tuple[Bereik, ...] | None = None,
) -> Iterator[Paar]:
    """Give the persons that are not the same in both deliveries, stretch by stretch, in order.

    Args:
        oud: the old delivery, in order.
        nieuw: the new delivery, in order.
        tellingen: where the old delivery is counted, as its closing record asks for (see ``totalen``).
        bereiken: a range of each, cut at the same person (see ``delen.gelijke_delen``).
    """
    bereik_oud, bereik_nieuw = bereiken or ((oud.begin, oud.eind), (nieuw.begin, nieuw.eind))
    with oud.pad.open("rb") as bestand_oud, nieuw.pad.open("rb") as bestand_nieuw:
        stroom_oud = _personen(bestand_oud, oud.indeling, bereik_oud, tellingen)
        stroom_nieuw = _personen(bestand_nieuw, oud.indeling, bereik_nieuw, None)
        wachtend: tuple[set[bytes], set[bytes]] = (set(), set())
        tot_oud = tot_nieuw = b""
        while tot_oud < _HOOGST or tot_nieuw < _HOOGST:
            if tot_oud <= tot_nieuw:
                tot_oud = _vul(wachtend[0], stroom_oud)
            else:
                tot_nieuw = _vul(wachtend[1], stroom_nieuw)
            gelijk = wachtend[0] & wachtend[1]
            wachtend[0].difference_update(gelijk)
            wachtend[1].difference_update(gelijk)
            zeker = min(tot_oud, tot_nieuw)
            paar = _neem(wachtend[0], zeker), _neem(wachtend[1], zeker)
            if paar[0] or paar[1]:
                yield paar


def _personen(
    bestand: BinaryIO, indeling: Indeling, bereik: Bereik, tellingen: Counter[str] | None
) -> Iterator[list[bytes]]:
    """Give the texts of the persons of each block, without the recordsoort of the first record."""
    aanhef = aanhef_van(indeling.persoon, indeling.scheiding)
    knip = b"\n" + aanhef
    for _, blok in blokken(bestand, *bereik, aanhef):
        if b"\r" in blok:
            blok = blok.replace(b"\r\n", b"\n")
        if tellingen is not None:
            _tel_tekst(blok, indeling, tellingen)
        yield blok.removeprefix(aanhef).split(knip)


def _vul(wachtend: set[bytes], stroom: Iterator[list[bytes]]) -> bytes:
    """Add the persons of the next block; return the key of the last, beyond which nothing is known yet."""
    personen = next(stroom, None)
    if personen is None:
        return _HOOGST
    wachtend.update(personen)
    return _sleutel(personen[-1])


def _neem(wachtend: set[bytes], tot: bytes) -> list[bytes]:
    """Take out the persons of whom everything is known, in order."""
    zeker = [persoon for persoon in wachtend if _sleutel(persoon) <= tot]
    wachtend.difference_update(zeker)
    zeker.sort(key=_sleutel)
    return zeker


def _sleutel(persoon: bytes) -> bytes:
    """Return the place of a person in the order (see ``verkennen.in_orde``): those without burgerservicenummer last."""
    eind = persoon.find(b"|", persoon.find(b"|") + 1)
    return b"~" + persoon[:eind] if persoon[:1] == b"|" else persoon[:eind]


@cache
def _tekstpatronen(indeling: Indeling) -> list[tuple[str, bool, re.Pattern[bytes]]]:
    """Return for each total that needs values: its field, whether it is a sum, and where the values stand."""
    scheiding = re.escape(indeling.scheiding)
    uit = []
    for totaal in indeling.totalen:
        veld = totaal.som or (totaal.met or ("",))[0]
        if not veld:
            continue
        waarde = (
            r"(\d+)" if totaal.som else re.escape((totaal.met or ("", ""))[1]) + rf"(?=[{scheiding}\n]|$)"
        )
        soorten = []
        for soort in totaal.soorten:
            plaats = [v.naam for v in velden(indeling.records[soort])].index(veld)
            soorten.append(rf"{soort}{scheiding}(?:[^{scheiding}\n]*{scheiding}){{{plaats}}}")
        uit.append(
            (totaal.veld, bool(totaal.som), re.compile(rf"\n(?:{'|'.join(soorten)}){waarde}".encode()))
        )
    return uit


def _tel_tekst(blok: bytes, indeling: Indeling, tellingen: Counter[str]) -> None:
    """Count a block for the totals without decoding it."""
    per = tag(indeling.persoon)
    for soort in {soort for totaal in indeling.totalen if totaal.is_aantal for soort in totaal.soorten}:
        tellingen[soort] += blok.count(f"\n{soort}{indeling.scheiding}".encode()) + (soort == per)
    for veld, is_som, patroon in _tekstpatronen(indeling):
        gevonden = patroon.findall(blok)
        tellingen[veld] += sum(map(int, gevonden)) if is_som else len(gevonden)
