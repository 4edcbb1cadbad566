"""What reading a file has to say: errors and remarks, all of them, grouped by cause.

Never holds a person's number: such values are masked before they are kept.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from pathlib import Path
from typing import Any

from msgspec import Struct, field

VOORBEELDEN = 20
"""Places kept of each group; the count goes on. Keeps a file that is wrong on every line within memory."""

_NUMMER = re.compile(r"(?!\d{1,2}\.\d{1,2}\.\d{4}(?!\d))\d(?:[.,\s]?\d){6,}(?:E\+?\d+)?", re.IGNORECASE)
"""Seven digits or more in a row, also glued to other fields, with thousand separators, or as 1,2E+08; no date."""

_KORT = 60
_RUIM = 1000
"""Characters that are looked at: a number is masked as a whole, not the part of it that happens to be shown."""

_ONZICHTBAAR = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class OnbruikbaarBestand(Exception):
    """A file of which nothing can be used. The message says why, and what to do about it."""


class Plaats(Struct, frozen=True, omit_defaults=True):
    """Where something is: line number (from 1; 0 for the file as a whole) and the value found there."""

    regel: int = 0
    waarde: str = ""


class Opmerking(Struct, omit_defaults=True):
    """One cause with all the places it shows: a remark, or an error (then the record was left out)."""

    code: str
    tekst: str
    fout: bool = False
    bestand: str = ""
    recordsoort: str = ""
    veld: str = ""
    verwacht: str = ""
    aantal: int = 0
    plaatsen: list[Plaats] = field(default_factory=list)


class Verslag:
    """Collects errors and remarks while a file is read.

    Args:
        bestand: the name of the file.
        voorbeelden: places kept of each group.
    """

    def __init__(self, bestand: str = "", voorbeelden: int = VOORBEELDEN) -> None:
        self.bestand = zichtbaar(bestand)
        self._voorbeelden = voorbeelden
        self._groepen: dict[tuple[str, ...], Opmerking] = {}

    def opmerking(
        self,
        code: str,
        tekst: str,
        *,
        fout: bool = False,
        aantal: int = 1,
        regel: int = 0,
        waarde: str = "",
        telling: str = "",
        recordsoort: str = "",
        veld: str = "",
        verwacht: str = "",
    ) -> None:
        """Add a remark: something that deviates, and was read all the same. With ``fout``: it was left out.

        A ``waarde`` comes from the file and is shown with its numbers masked, a ``telling`` is ours and shown as it is.
        """
        sleutel = (code, recordsoort, veld, verwacht)
        groep = self._groepen.get(sleutel)
        if groep is None:
            groep = Opmerking(code, tekst, fout, self.bestand, recordsoort, veld, verwacht)
            self._groepen[sleutel] = groep
        groep.aantal += aantal
        if (regel or waarde or telling) and len(groep.plaatsen) < self._voorbeelden:
            groep.plaatsen.append(Plaats(regel, telling or toonbaar(waarde)))

    def fout(self, code: str, tekst: str, **bijzonderheden: Any) -> None:
        """Add an error: something that could not be read and was left out."""
        self.opmerking(code, tekst, fout=True, **bijzonderheden)

    def neem_over(self, opmerkingen: list[Opmerking]) -> None:
        """Add what another process collected on another part of the same file."""
        for ander in opmerkingen:
            sleutel = (ander.code, ander.recordsoort, ander.veld, ander.verwacht)
            groep = self._groepen.get(sleutel)
            if groep is None:
                self._groepen[sleutel] = ander
                continue
            groep.aantal += ander.aantal
            groep.plaatsen.extend(ander.plaatsen[: self._voorbeelden - len(groep.plaatsen)])

    @property
    def opmerkingen(self) -> list[Opmerking]:
        """All groups: errors first, the largest first."""
        return sorted(
            self._groepen.values(), key=lambda o: (not o.fout, -o.aantal, o.code, o.recordsoort, o.veld)
        )

    @property
    def fouten(self) -> list[Opmerking]:
        """The groups that are errors."""
        return [o for o in self.opmerkingen if o.fout]


def toonbaar(waarde: str) -> str:
    """Return a value fit to be shown: short, printable, and without anything that can be a person's number."""
    zonder = "".join(c if c.isprintable() else "�" for c in zonder_nummers(waarde[:_RUIM]))
    return zonder if len(zonder) <= _KORT else zonder[:_KORT] + "…"


def zonder_nummers(tekst: str) -> str:
    """Return a text with a mask over anything that can be a person's number."""
    return _NUMMER.sub("•••••••••", tekst)


_REDENEN = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijfruimte die u mag gebruiken is op",
    errno.EACCES: "geen toestemming",
    errno.EPERM: "geen toestemming",
    errno.EROFS: "er kan hier alleen gelezen worden",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.ENOENT: "het bestaat niet",
    errno.EEXIST: "er bestaat al iets met die naam",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EMFILE: "er staan te veel bestanden open",
    errno.EFBIG: "het bestand wordt te groot",
    errno.EIO: "de schijf geeft een fout",
    errno.ELOOP: "de verwijzing verwijst naar zichzelf",
}


def reden(fout: OSError) -> str:
    """Return in words why something with a file failed."""
    return _REDENEN.get(fout.errno or 0) or fout.strerror or "onbekende oorzaak"


def bestandsnaam_van(pad: Path) -> str:
    """Return the name of a file, as it can be shown and written anywhere."""
    return zichtbaar(pad.name).replace("\n", "�")


def zichtbaar(tekst: str) -> str:
    """Return a text without what steers a terminal, or turns the order of reading around."""
    if tekst.isprintable():
        return tekst
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in _ONZICHTBAAR else "�" for c in tekst)
