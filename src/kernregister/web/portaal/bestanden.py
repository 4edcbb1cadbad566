"""Static files, each with a version in its address, so that a browser may keep it for good."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.storage import StaticFilesStorage


class MetVersie(StaticFilesStorage):
    """What ``{% static %}`` asks for the address of a file."""

    def url(self, name: str | None) -> str:
        """Return the address of a file, with a version that changes when its contents do."""
        return f"{super().url(name)}?v={_versie(Path(self.path(name or '')))}"


@cache
def _versie(pad: Path) -> str:
    # Ten characters: never mistaken for the number of a person, which has nine.
    return hashlib.sha256(pad.read_bytes()).hexdigest()[:10]
