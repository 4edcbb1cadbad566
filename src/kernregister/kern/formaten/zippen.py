"""A zip of which the bytes follow from what is in it: names, contents and their order, and nothing else.

No clock, no permissions and no compression: what a compressor makes of the same bytes changes with its version, and an
overview that is asked for again years later has to be the same to the byte. Sending it compressed is for the web.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from shutil import copyfileobj
from typing import Final

from kernregister.kern.formaten.schrijven import als_geheel

_OOIT: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name."""

_UNIX: Final = 3
_GEWOON_BESTAND: Final = 0o100644


def zip_bestanden(pad: Path, bestanden: Iterable[Path]) -> Path:
    """Put files in a zip, each under its own name and in this order, and return the zip.

    Raises:
        FileNotFoundError: one of them is not there; nothing is left of the zip then.
    """
    with als_geheel(pad) as deel, zipfile.ZipFile(deel, "w", zipfile.ZIP_STORED) as zip_:
        for bestand in bestanden:
            lid = zipfile.ZipInfo(bestand.name, _OOIT)
            lid.create_system = _UNIX
            lid.external_attr = _GEWOON_BESTAND << 16
            lid.file_size = bestand.stat().st_size
            with bestand.open("rb") as bron, zip_.open(lid, "w") as doel:
                copyfileobj(bron, doel, 1 << 20)
    return pad
