"""Getting at the text of a delivery: plain or zipped, with bounds on everything that comes from outside."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from kernregister.kern.formaten.verslag import OnbruikbaarBestand

GROOTSTE_UITGEPAKT = 8 << 30
"""Most bytes that a zip may hold unpacked: some fifty times the whole sector."""

GROOTSTE_VERHOUDING = 200
"""Most times that a member may grow; deliveries grow ten to twenty times."""

MEESTE_BESTANDEN = 100
"""Most files in one zip; DUO's have up to nine."""

_BLOK = 1 << 20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BOM = b"\xef\xbb\xbf"
_ANDERE_CODERING = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@contextmanager
def ontsluit(pad: Path) -> Iterator[list[Path]]:
    """Give the plain files of a delivery: the file itself, or what a zip holds, unpacked for as long as needed.

    Raises:
        OnbruikbaarBestand: there is nothing to read, the zip is broken, locked or grows out of bounds, or the
            file is no text in UTF-8.
    """
    begin = _eerste_bytes(pad)
    if not begin.startswith(_ZIP):
        controleer_tekst(begin, pad.name)
        yield [pad]
        return
    with tempfile.TemporaryDirectory(prefix="kernregister-") as map_:
        paden = list(_pak_uit(pad, Path(map_)))
        if not paden:
            raise OnbruikbaarBestand(f"{pad.name}: de zip bevat geen bestanden.")
        for uitgepakt in paden:
            controleer_tekst(_eerste_bytes(uitgepakt), f"{pad.name} > {uitgepakt.name}")
        yield paden


def _eerste_bytes(pad: Path) -> bytes:
    try:
        with pad.open("rb") as bestand:
            begin = bestand.read(1 << 16)
    except FileNotFoundError:
        raise OnbruikbaarBestand(f"{pad}: dit bestand bestaat niet. Controleer de naam en de map.") from None
    except IsADirectoryError:
        raise OnbruikbaarBestand(f"{pad}: dit is een map. Noem de bestanden zelf.") from None
    except OSError as fout:
        raise OnbruikbaarBestand(f"{pad}: kan het bestand niet lezen ({fout.strerror}).") from None
    if not begin:
        raise OnbruikbaarBestand(f"{pad.name}: het bestand is leeg.")
    return begin


def controleer_tekst(begin: bytes, naam: str) -> None:
    """Refuse what is not text, by its content and whatever its name.

    Raises:
        OnbruikbaarBestand: the first bytes are not those of a text in UTF-8.
    """
    for bom, codering in _ANDERE_CODERING.items():
        if begin.startswith(bom):
            raise OnbruikbaarBestand(
                f"{naam}: opgeslagen als {codering}; verwacht UTF-8. Sla het bestand opnieuw op als UTF-8."
            )
    if b"\r" in begin and b"\n" not in begin:
        raise OnbruikbaarBestand(
            f"{naam}: de regels eindigen op CR zonder LF, en dat is geen regeleinde. Sla het bestand opnieuw op."
        )
    if begin.startswith(_ZIP):
        raise OnbruikbaarBestand(f"{naam}: een zip in een zip. Pak de buitenste eerst uit.")
    if b"\x00" in begin:
        raise OnbruikbaarBestand(
            f"{naam}: dit is geen tekstbestand. Verwacht een bestand van DUO, of een zip daarvan."
        )


def zonder_bom(begin: bytes) -> bytes:
    """Return the bytes without the mark that some programs put before UTF-8."""
    return begin.removeprefix(_BOM)


def _pak_uit(pad: Path, naar: Path) -> Iterator[Path]:
    aantal = 0
    try:
        with zipfile.ZipFile(pad) as zip_:
            over = GROOTSTE_UITGEPAKT
            for lid in zip_.infolist():
                naam = PurePosixPath(lid.filename.replace("\\", "/")).name
                if lid.filename == "[Content_Types].xml":
                    raise OnbruikbaarBestand(
                        f"{pad.name}: dit is een werkboek van Excel. Verwacht het bestand zoals DUO het leverde."
                    )
                if lid.is_dir() or not naam or naam.startswith(".") or lid.filename.startswith("__MACOSX"):
                    continue
                if lid.flag_bits & 1:
                    raise OnbruikbaarBestand(
                        f"{pad.name}: de zip is met een wachtwoord beveiligd. Pak hem eerst uit."
                    )
                aantal += 1
                if aantal > MEESTE_BESTANDEN:
                    raise OnbruikbaarBestand(
                        f"{pad.name}: meer dan {MEESTE_BESTANDEN} bestanden in één zip. Dit is geen levering."
                    )
                doel = naar / f"{aantal:03d}" / naam[-100:]
                doel.parent.mkdir()
                over -= _kopieer(
                    zip_, lid, doel, min(over, max(lid.compress_size, 1 << 16) * GROOTSTE_VERHOUDING)
                )
                yield doel
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise OnbruikbaarBestand(
            f"{pad.name}: de zip is beschadigd of afgekapt. Haal hem opnieuw op."
        ) from None


def _kopieer(zip_: zipfile.ZipFile, lid: zipfile.ZipInfo, doel: Path, grens: int) -> int:
    geschreven = 0
    with zip_.open(lid) as bron, doel.open("wb") as uit:
        while blok := bron.read(_BLOK):
            geschreven += len(blok)
            if geschreven > grens:
                raise OnbruikbaarBestand(
                    f"{doel.name}: de inhoud van de zip is buitensporig groot ({grens >> 20} MB en meer). "
                    "Dit is geen levering; er is niets gelezen."
                )
            uit.write(blok)
    return geschreven
