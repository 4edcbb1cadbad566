"""Secrets of machine clients: made here, long and random, so one fast hash keeps them.

A slow hash guards what people choose. These have 256 random bits: trying them out is hopeless, and a slow check would
let anybody who sends wrong secrets take the processor.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher

BYTES = 32
"""Random bytes of a secret."""


class Machinegeheim(BasePasswordHasher):
    """One SHA-256 over a salt and a secret of 256 random bits; not for what people choose."""

    algorithm = "machinegeheim"

    def encode(self, password: str, salt: str) -> str:
        """Return the secret as it is kept."""
        return f"{self.algorithm}${salt}${hashlib.sha256(f'{salt}{password}'.encode()).hexdigest()}"

    def decode(self, encoded: str) -> dict[str, Any]:
        """Return the parts of a kept secret."""
        algoritme, salt, hash_ = encoded.split("$", 2)
        return {"algorithm": algoritme, "salt": salt, "hash": hash_}

    def verify(self, password: str, encoded: str) -> bool:
        """Tell whether this is the secret, in a time that tells nothing."""
        return hmac.compare_digest(self.encode(password, self.decode(encoded)["salt"]), encoded)

    def safe_summary(self, encoded: str) -> Any:
        """Return what may be shown of a kept secret."""
        return {"algorithm": self.decode(encoded)["algorithm"]}

    def must_update(self, encoded: str) -> bool:
        """Tell whether it should be hashed anew: never, it is replaced with the secret."""
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Do nothing: there is no work factor to even out."""


def nieuw_geheim() -> tuple[str, str]:
    """Return a new secret, and how it is kept."""
    geheim = secrets.token_urlsafe(BYTES)
    return geheim, Machinegeheim().encode(geheim, secrets.token_hex(16))
