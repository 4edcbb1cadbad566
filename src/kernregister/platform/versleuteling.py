"""Numbers of persons at rest: encrypted for who may read them, with a keyed hash to find them by.

A number is looked up by its hash, so no index ever holds it in the clear; the hash is keyed, because nine digits
are quickly tried out.
"""

from __future__ import annotations

import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSIE = b"\x01"
"""First byte of what is encrypted, so that a next key or method can live beside this one."""

_NONCE = 12


class Kluis:
    """Encrypts and finds numbers with two keys of 32 bytes."""

    def __init__(self, sleutel: bytes, zoeksleutel: bytes) -> None:
        self._aes = AESGCM(sleutel)
        self._zoeksleutel = zoeksleutel

    def versleutel(self, tekst: str) -> bytes:
        """Return a text encrypted and protected against change; never twice the same bytes."""
        return self.sluit(tekst.encode())

    def ontsleutel(self, bytes_: bytes) -> str:
        """Return the text again.

        Raises:
            cryptography.exceptions.InvalidTag: made with another key, or changed since.
        """
        return self.open(bytes_).decode()

    def sluit(self, inhoud: bytes, plaats: bytes = b"") -> bytes:
        """Return bytes encrypted, for one place: they open nowhere else."""
        nonce = os.urandom(_NONCE)
        return VERSIE + nonce + self._aes.encrypt(nonce, inhoud, VERSIE + plaats)

    def open(self, bytes_: bytes, plaats: bytes = b"") -> bytes:
        """Return the bytes again.

        Raises:
            cryptography.exceptions.InvalidTag: made with another key or for another place, or changed since.
        """
        return self._aes.decrypt(bytes_[1 : 1 + _NONCE], bytes_[1 + _NONCE :], bytes_[:1] + plaats)

    def zoek(self, tekst: str) -> bytes:
        """Return the keyed hash under which a text is found."""
        return hmac.digest(self._zoeksleutel, tekst.encode(), "sha256")


@lru_cache(maxsize=1)
def kluis() -> Kluis:
    """Return the safe of this installation."""
    return Kluis(settings.OMGEVING.sleutel("nummers"), settings.OMGEVING.sleutel("zoeken"))
