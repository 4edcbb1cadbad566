"""Getting at the text of a delivery: plain or zipped, with bounds on everything that comes from outside."""

from __future__ import annotations

import stat
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, TextIO

from kernregister.kern.formaten.verslag import OnbruikbaarBestand, reden

GROOTSTE_UITGEPAKT = 8 << 30
"""Most bytes that a zip may hold unpacked: some fifty times the whole sector."""

GROOTSTE_VERHOUDING = 200
"""Most times that a member may grow; deliveries grow ten to twenty times."""

MEESTE_BESTANDEN = 100
"""Most files in one zip; DUO's have up to nine."""

GROOTSTE_INHOUDSOPGAVE = 1 << 20
"""Most bytes of a zip's list of members."""

GROOTSTE_TEKSTREGEL = 1 << 20
"""Most characters on a line of a table that somebody made."""

GROOTSTE_TOML = 1 << 20

_BLOK = 1 << 20
_STAART = (1 << 16) + 256
"""Where the end of a zip is looked for: behind it there may be a comment of 64 KB."""
_ZIP64_SLOT = 20 + 56
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
    begin = eerste_bytes(pad)
    if not begin.startswith(_ZIP):
        controleer_tekst(begin, pad.name)
        yield [pad]
        return
    with tempfile.TemporaryDirectory(prefix="kernregister-") as map_:
        paden = list(_pak_uit(pad, Path(map_)))
        if not paden:
            raise OnbruikbaarBestand(f"{pad.name}: de zip bevat geen bestanden.")
        for uitgepakt in paden:
            controleer_tekst(eerste_bytes(uitgepakt), f"{pad.name} > {uitgepakt.name}")
        yield paden


def eerste_bytes(pad: Path, grootste: int | None = None) -> bytes:
    """Return the beginning of a file that is there, is no pipe or device, and is not too large.

    Raises:
        OnbruikbaarBestand: it is none of these; the text says what to do.
    """
    try:
        gegevens = pad.stat()
        if not stat.S_ISREG(gegevens.st_mode) and not stat.S_ISDIR(gegevens.st_mode):
            raise OnbruikbaarBestand(
                f"{pad}: dit is geen gewoon bestand maar een pijp of een apparaat. Sla de inhoud eerst op als bestand."
            )
        with pad.open("rb") as bestand:
            begin = bestand.read(1 << 16)
    except FileNotFoundError:
        raise OnbruikbaarBestand(f"{pad}: dit bestand bestaat niet. Controleer de naam en de map.") from None
    except IsADirectoryError:
        raise OnbruikbaarBestand(f"{pad}: dit is een map. Noem de bestanden zelf.") from None
    except OSError as fout:
        raise OnbruikbaarBestand(f"{pad}: kan het bestand niet lezen ({reden(fout)}).") from None
    if grootste is not None and gegevens.st_size > grootste:
        raise OnbruikbaarBestand(
            f"{pad.name}: groter dan {grootste >> 20} MB; zo groot hoort dit bestand niet te zijn."
        )
    if not begin:
        raise OnbruikbaarBestand(f"{pad.name}: het bestand is leeg.")
    return begin


def tekstregels(bestand: TextIO, naam: str) -> Iterator[str]:
    """Give the lines of an open text; a line without end is refused before it fills memory.

    Raises:
        OnbruikbaarBestand: a line is out of all bounds.
    """
    while regel := bestand.readline(GROOTSTE_TEKSTREGEL):
        if len(regel) == GROOTSTE_TEKSTREGEL:
            raise OnbruikbaarBestand(
                f"{naam}: een regel is langer dan {GROOTSTE_TEKSTREGEL} tekens; dit is geen tabel."
            )
        yield regel


def lees_toml(pad: Path) -> dict[str, Any]:
    """Return what a TOML file says.

    Raises:
        OnbruikbaarBestand: there is no such file, or it is no TOML in UTF-8; the text says where it goes wrong.
    """
    eerste_bytes(pad, GROOTSTE_TOML)
    try:
        return tomllib.loads(pad.read_bytes().decode("utf-8-sig"))
    except OSError as fout:
        raise OnbruikbaarBestand(f"{pad}: kan het bestand niet lezen ({reden(fout)}).") from None
    except UnicodeDecodeError:
        raise OnbruikbaarBestand(f"{pad.name}: geen UTF-8. Sla het bestand op als UTF-8.") from None
    except tomllib.TOMLDecodeError as fout:
        raise OnbruikbaarBestand(f"{pad.name}: dit is geen geldige TOML: {fout}") from None
    except (RecursionError, ValueError):
        raise OnbruikbaarBestand(
            f"{pad.name}: dit is geen geldige TOML: delen die te diep in elkaar staan, of een getal dat niet bestaat"
        ) from None


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
    controleer_inhoudsopgave(pad)
    try:
        with zipfile.ZipFile(pad) as zip_:
            over = min(GROOTSTE_UITGEPAKT, max(pad.stat().st_size, 1 << 16) * GROOTSTE_VERHOUDING)
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
                if lid.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise OnbruikbaarBestand(
                        f"{pad.name}: de zip is op een ongewone manier ingepakt. Pak hem uit en geef het bestand zelf."
                    )
                aantal += 1
                if aantal > MEESTE_BESTANDEN:
                    raise _te_vol(pad)
                doel = naar / f"{aantal:03d}" / _veilige_naam(naam)
                doel.parent.mkdir()
                over -= _kopieer(
                    zip_, lid, doel, min(over, max(lid.compress_size, 1 << 16) * GROOTSTE_VERHOUDING)
                )
                yield doel
    except OnbruikbaarBestand:
        raise
    except OSError as fout:
        if fout.errno is not None:  # of the disk, not of the zip
            raise
        raise _beschadigd(pad) from None
    except Exception:  # noqa: BLE001 - zipfile and the decompressors raise anything on damage
        raise _beschadigd(pad) from None


def controleer_inhoudsopgave(pad: Path) -> None:
    """Refuse a zip whose list of members is out of all bounds, before it is read into memory.

    Raises:
        OnbruikbaarBestand: there is no such list, or it is too large.
    """
    with pad.open("rb") as bestand:
        grootte = bestand.seek(0, 2)
        bestand.seek(max(0, grootte - _STAART))
        staart = bestand.read()
    slot = staart.rfind(b"PK\x05\x06")
    if slot < 0:
        raise _beschadigd(pad)
    omvang = int.from_bytes(staart[slot + 12 : slot + 16], "little")
    groot_slot = slot - _ZIP64_SLOT  # of a zip beyond 4 GB; it is believed when it is there
    if groot_slot >= 0 and staart[slot - 20 : slot - 16] == b"PK\x06\x07":
        omvang = max(omvang, int.from_bytes(staart[groot_slot + 40 : groot_slot + 48], "little"))
    if omvang > GROOTSTE_INHOUDSOPGAVE:
        raise _te_vol(pad)


def _te_vol(pad: Path) -> OnbruikbaarBestand:
    return OnbruikbaarBestand(
        f"{pad.name}: meer dan {MEESTE_BESTANDEN} bestanden in één zip. Dit is geen levering."
    )


def _beschadigd(pad: Path) -> OnbruikbaarBestand:
    return OnbruikbaarBestand(f"{pad.name}: de zip is beschadigd of afgekapt. Haal hem opnieuw op.")


def _veilige_naam(naam: str) -> str:
    """Return the name of a member as any file system takes it."""
    heel = "".join(c if c.isprintable() else "_" for c in naam)
    return heel.encode(errors="replace")[-100:].decode(errors="ignore")


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
