"""The packed stream of dossiers: what a sweep over a whole sector reads, in any number of processes.

A file is an opening (magic and schema number), frames, and a closing that counts the frames. A frame is its length in
four bytes, then the msgpack of a list of dossiers. A process takes its share of the frames and jumps over the others;
memory holds one frame. Not a format to keep data in: when the aggregates change, the schema number does.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.verslag import OnbruikbaarBestand

MAGIE: Final = b"KRNPAKET"
SCHEMA: Final = 3
"""Number of the aggregates' form; raised whenever ``kern.dossier`` changes."""

PER_FRAME: Final = 64
"""So few that a frame's dossiers are still in the processor's cache when the rules come by: a sweep takes 14
microseconds a dossier instead of 20 with frames of 1000 (measured)."""

GROOTSTE_FRAME: Final = 256 << 20
"""A length above this is damage, not a frame."""

_KOP = struct.Struct("<8sI")
_LENGTE = struct.Struct("<I")
_SLOT = struct.Struct("<IQ")
"""A length of nought, and the number of frames before it."""


def schrijf_pakket(pad: Path, dossiers: Iterable[Dossier], per_frame: int = PER_FRAME) -> int:
    """Write a stream of dossiers and return how many there were. A file without its closing was not finished."""
    codeer = msgspec.msgpack.Encoder().encode
    over, frames, aantal = iter(dossiers), 0, 0
    with pad.open("wb") as bestand:
        bestand.write(_KOP.pack(MAGIE, SCHEMA))
        while groep := list(islice(over, per_frame)):
            frame = codeer(groep)
            bestand.write(_LENGTE.pack(len(frame)) + frame)
            frames += 1
            aantal += len(groep)
        bestand.write(_SLOT.pack(0, frames))
    return aantal


def lees_pakket(pad: Path, deel: int = 0, delen: int = 1) -> Iterator[Dossier]:
    """Give the dossiers of share ``deel`` (from 0) of ``delen``: every so many frames.

    Raises:
        OnbruikbaarBestand: it is no packed stream, of another schema, damaged or cut off.
        ValueError: there is no such share.
    """
    if not 0 <= deel < delen:
        raise ValueError(f"deel {deel} van {delen} bestaat niet")
    return _dossiers(pad, deel, delen)


def _dossiers(pad: Path, deel: int, delen: int) -> Iterator[Dossier]:
    decodeer = msgspec.msgpack.Decoder(list[Dossier]).decode
    with pad.open("rb") as bestand:
        grootte = bestand.seek(0, 2)
        bestand.seek(0)
        _lees_kop(bestand, pad)
        nummer = 0
        while lengte := _lengte(bestand, pad, grootte):
            if nummer % delen == deel:
                try:
                    groep = decodeer(bestand.read(lengte))
                except (msgspec.DecodeError, UnicodeDecodeError):
                    raise _kapot(pad, f"frame {nummer + 1} is beschadigd") from None
                yield from groep
            else:
                bestand.seek(lengte, 1)
            nummer += 1
        slot = bestand.read()
        if len(slot) != _SLOT.size - _LENGTE.size or int.from_bytes(slot, "little") != nummer:
            raise _kapot(pad, f"het slot past niet bij de {nummer} frames")


def _lees_kop(bestand: BinaryIO, pad: Path) -> None:
    kop = bestand.read(_KOP.size)
    if not kop.startswith(MAGIE) or len(kop) < _KOP.size:
        raise OnbruikbaarBestand(f"{pad.name}: dit is geen pakket van dossiers.")
    schema = _KOP.unpack(kop)[1]
    if schema != SCHEMA:
        raise OnbruikbaarBestand(
            f"{pad.name}: dit pakket heeft schema {schema}; deze versie leest schema {SCHEMA}. Maak het pakket opnieuw."
        )


def _lengte(bestand: BinaryIO, pad: Path, grootte: int) -> int:
    """Return the length of the next frame, or nought at the closing."""
    veld = bestand.read(_LENGTE.size)
    if len(veld) < _LENGTE.size:
        raise _kapot(pad, "het slot ontbreekt")
    lengte = int.from_bytes(veld, "little")
    if lengte > GROOTSTE_FRAME or bestand.tell() + lengte > grootte:
        raise _kapot(pad, "een frame is langer dan wat er nog is")
    return lengte


def _kapot(pad: Path, wat: str) -> OnbruikbaarBestand:
    return OnbruikbaarBestand(f"{pad.name}: het pakket is beschadigd of afgekapt ({wat}). Maak het opnieuw.")
