"""What the environment decides: where data is kept, which databases, which secrets, demo or not.

Nothing in production starts with a default secret: outside demo mode the master key must be given. In demo mode it is
generated once and kept beside the data, readable by its owner only.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SLEUTELLENGTE = 32
"""Bytes of the master key and of every key derived from it."""


class Omgevingsfout(Exception):
    """The environment misses something; the text says what, and how to mend it."""


class Omgeving:
    """The settings that come from the environment.

    Args:
        waarden: environment variables.
        map_: where data and secrets are kept when ``KERNREGISTER_VAR`` does not say so.
    """

    def __init__(self, waarden: Mapping[str, str], map_: Path) -> None:
        self.waarden = waarden
        self.map = Path(waarden.get("KERNREGISTER_VAR") or map_)

    @property
    def demo(self) -> bool:
        """Tell whether this is a trial: fictitious persons, helpers to make them, a clock that can be moved."""
        return self.aan("KERNREGISTER_DEMO")

    def aan(self, naam: str) -> bool:
        """Tell whether a setting is turned on: 1, ja or true."""
        return self.waarden.get(naam, "").lower() in {"1", "ja", "true"}

    @property
    def hosts(self) -> list[str]:
        """Names under which the web part answers."""
        namen = self.waarden.get("KERNREGISTER_HOSTS", "localhost,127.0.0.1,[::1]")
        return [naam.strip() for naam in namen.split(",") if naam.strip()]

    def databank_url(self, rol: str) -> str | None:
        """Return the address of the database for a role: ``app``, ``stelsel`` or ``eigenaar``; None when not given."""
        naam = "DATABASE_URL" if rol == "app" else f"DATABASE_URL_{rol.upper()}"
        return self.waarden.get(naam) or None

    def getal(self, naam: str, standaard: int) -> int:
        """Return a setting that is a whole number of 1 or more.

        Raises:
            Omgevingsfout: it is something else.
        """
        tekst = self.waarden.get(naam, "").strip() or str(standaard)
        if not (tekst.isascii() and tekst.isdecimal() and int(tekst) > 0):
            raise Omgevingsfout(f"{naam} is geen heel getal van 1 of meer, bijvoorbeeld {standaard}.")
        return int(tekst)

    def sleutel(self, doel: str) -> bytes:
        """Return the key for one purpose, derived from the master key."""
        afleiding = HKDF(algorithm=SHA256(), length=SLEUTELLENGTE, salt=None, info=doel.encode())
        return afleiding.derive(self._hoofdsleutel)

    @cached_property
    def _hoofdsleutel(self) -> bytes:
        """Return the master key: ``KERNREGISTER_SLEUTEL``, 32 bytes in base64.

        Raises:
            Omgevingsfout: it is missing outside demo mode, or is not 32 bytes.
        """
        tekst = self.waarden.get("KERNREGISTER_SLEUTEL") or self._ontwikkelsleutel()
        try:
            sleutel = base64.b64decode(tekst, validate=True)
        except ValueError:
            sleutel = b""
        if len(sleutel) != SLEUTELLENGTE:
            raise Omgevingsfout(
                f"KERNREGISTER_SLEUTEL is geen base64 van {SLEUTELLENGTE} bytes. "
                "Maak er een met: openssl rand -base64 32"
            )
        return sleutel

    def _ontwikkelsleutel(self) -> str:
        if not self.demo:
            raise Omgevingsfout(
                "KERNREGISTER_SLEUTEL ontbreekt. Maak er een met: openssl rand -base64 32, en bewaar hem goed: "
                "zonder deze sleutel zijn persoonsnummers niet meer te lezen. "
                "Alleen om te proberen: KERNREGISTER_DEMO=1."
            )
        pad = self.map / "geheim" / "sleutel"
        pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not pad.exists():
            nieuw = pad.with_name(f".sleutel.{os.getpid()}")
            with os.fdopen(os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as bestand:
                bestand.write(base64.b64encode(secrets.token_bytes(SLEUTELLENGTE)).decode())
            with suppress(FileExistsError):
                os.link(nieuw, pad)  # whole or not at all, and never over another one
            nieuw.unlink()
        return pad.read_text()
