"""Files that people upload: encrypted as they come in, so that nothing readable ever lies on disk (AVG art. 32).

Django's own way writes a large upload to a temporary file as it is. This one seals it block by block into a file
without a name, which goes with the process; it is read back through the same door.
"""

from __future__ import annotations

import io
import os
import tempfile
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from kernregister.platform.versleuteling import kluis

GROOTSTE_UPLOAD = 256 << 20
"""Most bytes of an upload: twenty times the RO of the largest institution. What is longer is cut off, and says so."""

BLOK = 1 << 16
"""Bytes that are sealed together."""


class VerzegeldBestand(io.RawIOBase):
    """A file on disk of which only this object can read what it says. Written once, then read."""

    def __init__(self) -> None:
        super().__init__()
        self._bestand: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this object
        self._kenmerk = os.urandom(16)
        self._maten: list[tuple[int, int]] = []
        """Of each block where it lies, and how long it is there."""
        self._rest = bytearray()
        self._plek = 0
        self.omvang = 0

    def schrijf(self, stuk: bytes) -> None:
        """Add to the end."""
        self._rest += stuk
        self.omvang += len(stuk)
        while len(self._rest) >= BLOK:
            self._sluit(bytes(self._rest[:BLOK]))
            del self._rest[:BLOK]

    def klaar(self) -> None:
        """Seal what is left: from now on it is read."""
        if self._rest:
            self._sluit(bytes(self._rest))
            self._rest.clear()

    def _sluit(self, blok: bytes) -> None:
        begin = self._bestand.seek(0, io.SEEK_END)
        self._maten.append((begin, self._bestand.write(kluis().sluit(blok, self._plaats(len(self._maten))))))

    def _plaats(self, nummer: int) -> bytes:
        return b"upload:" + self._kenmerk + str(nummer).encode()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that any place in it can be read."""
        return True

    def tell(self) -> int:
        """Return where reading goes on."""
        return self._plek

    def seek(self, plek: int, vanaf: int = io.SEEK_SET) -> int:
        """Read on from another place."""
        self._plek = max(0, plek + {io.SEEK_SET: 0, io.SEEK_CUR: self._plek, io.SEEK_END: self.omvang}[vanaf])
        return self._plek

    def readinto(self, naar: Any) -> int:
        """Read on, at most to the end of a block."""
        nummer, binnen = divmod(self._plek, BLOK)
        if nummer >= len(self._maten):
            return 0
        begin, maat = self._maten[nummer]
        self._bestand.seek(begin)
        blok = kluis().open(self._bestand.read(maat), self._plaats(nummer))[binnen : binnen + len(naar)]
        naar[: len(blok)] = blok
        self._plek += len(blok)
        return len(blok)

    def close(self) -> None:
        """Let go of the file: it is gone."""
        if not self.closed:
            self._bestand.close()
        super().close()


class Verzegeld(FileUploadHandler):
    """Takes in what a form uploads (``FILE_UPLOAD_HANDLERS``); from somebody who is not logged in, nothing."""

    chunk_size = BLOK
    _bestand: VerzegeldBestand | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file.

        Raises:
            StopUpload: nobody is logged in.
        """
        super().new_file(*args, **kwargs)
        wie = getattr(self.request, "user", None)
        if wie is None or not wie.is_authenticated:
            raise StopUpload(connection_reset=True)
        self._bestand = VerzegeldBestand()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece; what comes after the largest size is let go of, and the size tells so."""
        assert self._bestand is not None
        if self._bestand.omvang <= GROOTSTE_UPLOAD:
            self._bestand.schrijf(raw_data)

    def file_complete(self, file_size: int) -> Any:
        """Return the file as a form sees it."""
        assert self._bestand is not None
        self._bestand.klaar()
        return UploadedFile(
            io.BufferedReader(self._bestand, BLOK), self.file_name, self.content_type, file_size, self.charset
        )

    def upload_interrupted(self) -> None:
        """Let go of what came in of a file that broke off."""
        if self._bestand is not None:
            self._bestand.close()
